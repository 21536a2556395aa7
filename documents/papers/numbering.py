"""How official papers write ordinals and days."""

from datetime import date

DIGITS = "〇一二三四五六七八九"


def chinese(number: int) -> str:
    """Write 1 to 99 as headings are numbered: 一, 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    return (DIGITS[tens] if tens > 1 else "") + ("十" if tens else "") + (DIGITS[ones] if ones else "")


def day(when: date) -> str:
    """Write a day without leading zeros: 2026年3月5日. Source: GB/T 9704."""
    return f"{when.year}年{when.month}月{when.day}日"
