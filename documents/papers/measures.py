"""The one table of measures for both layouts. Source: GB/T 9704-2012 (domain: layout). Millimetres and points."""

from typing import Final

PT_PER_MM: Final = 72 / 25.4

# The page and the 版心, in millimetres.
PAGE_WIDTH: Final = 210
PAGE_HEIGHT: Final = 297
TOP: Final = 37  # 天头
LEFT: Final = 28  # 订口
BLOCK_WIDTH: Final = 156
BLOCK_HEIGHT: Final = 225
RIGHT: Final = PAGE_WIDTH - LEFT - BLOCK_WIDTH
BOTTOM: Final = PAGE_HEIGHT - TOP - BLOCK_HEIGHT

# The grid: 22 lines of 28 characters of size 3, in points.
LINES: Final = 22
CHARACTERS: Final = 28
BODY: Final = 16  # 3号
PITCH: Final = 28.95  # of a line: 22 make 636.9 of the 637.8 points of the 版心; in whole twentieths for Word
TRACKING: Final = -0.25  # 28 characters make 441 of the 442.2 points
STEP: Final = BODY + TRACKING  # from character to character
GLYPH_TOP: Final = 0.88  # the em box of a Chinese character above its baseline
GLYPH_BOTTOM: Final = 0.12
STROKES_TOP: Final = 0.85  # how far the strokes of a Song face reach, in ems; within it by 0.02
STROKES_BOTTOM: Final = 0.08

# 版头.
MARK_BELOW_BLOCK: Final = 35  # mm from the top of the 版心: 72 from the edge of the paper
MARK_LARGEST: Final = 50  # points
MARK_SMALLEST: Final = 28
LETTER_MARK_FROM_EDGE: Final = 30  # mm
RULE_BELOW_NUMBER: Final = 4  # mm, also from the mark of a letter to its double line
RULE: Final = 2  # points
LETTER_RULE_WIDTH: Final = 170  # mm
LETTER_RULE_FROM_BOTTOM: Final = 20  # mm
LETTER_RULE_THICK: Final = 1.5  # points
LETTER_RULE_THIN: Final = 0.5
LETTER_NUMBER_BELOW: Final = BODY * 7 / 8
BLANKS_BELOW_MARK: Final = 2  # lines
BLANKS_BELOW_RULE: Final = 2
TITLE: Final = 22  # 2号
TITLE_PITCH: Final = 34
LONGEST_TITLE_LINE: Final = 20  # characters

# Tables, 版记, page numbers.
SMALL: Final = 14  # 4号
SMALL_PITCH: Final = 22
HAIRLINE: Final = 0.5  # points, of tables
COLOUR_RULE: Final = 2.25  # points, of the border of a coloured 督办单
THICK: Final = 0.35  # mm, first and last rule of the 版记
THIN: Final = 0.25
NUMBER_BELOW_BLOCK: Final = 7  # mm from the 版心 to the dash of the page number

RED: Final = "D8000F"
COLOURS: Final = {"蓝": "1F5FBF", "橙": "D9730D", "红": RED}


def points(millimetres: float) -> float:
    """Give millimetres in points."""
    return millimetres * PT_PER_MM


def table() -> dict[str, object]:
    """Give the measures by name, for a layout that is not written in Python."""
    return {name: value for name, value in globals().items() if name.isupper()}
