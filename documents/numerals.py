"""Text made plain before it is read: half-width forms, no invisible characters, arabic digits."""

import re
import unicodedata

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
TENS = {"十": 10, "廿": 20, "卅": 30}
COUNTED = "年|月|日|号|季度|个|周|天|旬|工作日|小时|星期"

INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
YEAR = re.compile("[〇○零一二三四五六七八九]{4}(?=年)")
NUMBER = re.compile(f"[〇零一二两三四五六七八九十廿卅]{{1,4}}(?={COUNTED})")


def plain(text: object) -> str:
    """Give the text in half-width forms, without characters that cannot be seen."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", str(text)))


FULL_WIDTH = (
    {0xFF10 + i: 0x30 + i for i in range(10)}
    | {start + i: start + i - 0xFEE0 for start in (0xFF21, 0xFF41) for i in range(26)}
    | {0xFF0E: ".", 0xFF05: "%"}
)


def tidy(text: object) -> str:
    """Give the text as written, its punctuation too, but with half-width digits and letters and nothing invisible."""
    return INVISIBLE.sub("", str(text)).translate(FULL_WIDTH)


def squeeze(text: object) -> str:
    """Give the plain text without any white space."""
    return re.sub(r"\s+", "", plain(text))


def chinese_number(text: str) -> int | None:
    """Read a Chinese numeral up to 99 (十二, 二十一, 廿一); None if it is not one."""
    total, digit = 0, None
    for char in text:
        if char in TENS:
            total += (digit if digit is not None else 1) * 10 if char == "十" else TENS[char]
            digit = None
        elif char in DIGITS and digit is None:
            digit = DIGITS[char]
        else:
            return None
    return total + (digit or 0) if text else None


def _number(match: re.Match[str]) -> str:
    value = chinese_number(match.group())
    return match.group() if value is None else str(value)


def arabic(text: str) -> str:
    """Turn Chinese numerals before a unit of time into digits: 二〇二六年六月三十日 → 2026年6月30日."""
    digits = YEAR.sub(lambda m: "".join(str(DIGITS[c]) for c in m.group()), text)
    return NUMBER.sub(_number, digits)
