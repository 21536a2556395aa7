"""What both layouts print alike: the cleaned texts of a paper, how the title breaks, where the signature stands."""

import math
import re
import unicodedata
from dataclasses import dataclass
from itertools import combinations, pairwise

from documents.papers import measures
from documents.papers.numbering import day
from documents.papers.paper import Block, Heading, Paper, Paragraph, Run, Table

MOST_WEIGHED_LINES = 3
UNSEEN = frozenset({"Cc", "Cf", "Cs"})
NONCHARACTERS = frozenset("\ufffe\uffff")
WORD = re.compile(r"[0-9A-Za-z.,%·-]+|《[^》]*》|〔[^〕]*〕|“[^”]*”")
FIGURE = re.compile(r"[-+]?[0-9][0-9,.]*[%‰]?")
NEVER_FIRST = frozenset("的了和与及或等，。、；：！？）》〉〕】”’％%")
NEVER_LAST = frozenset("（《〈〔【“‘第和与及或对")
GOOD_STARTS = ("贯彻", "落实", "执行", "推进", "开展", "办理", "整改", "督查", "专项", "有关", "情况", "进展")
KNOWN_WORDS = (
    *GOOD_STARTS,
    "工作",
    "任务",
    "通报",
    "结论",
    "通知",
    "决定",
    "建议",
    "方案",
    "人民",
    "政府",
    "委员",
    "项目",
    "建设",
)


def clean(text: str) -> str:
    """Take out what cannot be seen: controls, marks that turn the reading direction, halves of characters.

    Line breaks stay; other blanks become spaces. Everything else, 4-byte characters too, is text and stays text.
    """
    lines = text.replace("\t", " ").splitlines()
    return "\n".join(
        "".join(char for char in line if unicodedata.category(char) not in UNSEEN and char not in NONCHARACTERS)
        for line in lines
    )


def flat(text: str) -> str:
    """Clean a text that stands on one line."""
    return clean(text).replace("\n", " ")


def ems(text: str) -> float:
    """Give the width of a text in Chinese characters; letters and digits count half."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def is_numeric(cell: str) -> bool:
    """Say whether a cell of a table holds a figure, which stands in the middle."""
    return bool(FIGURE.fullmatch(cell))


def title_lines(title: str) -> list[str]:
    """Break a title into lines of like length, within no number, quotation or frequent word. A line break is kept."""
    return [line for part in clean(title).split("\n") for line in _broken(part.strip())]


def _broken(text: str) -> list[str]:
    places = [place for place in range(1, len(text)) if _may_break(text, place)]
    fewest = math.ceil(ems(text) / measures.LONGEST_TITLE_LINE)
    if fewest < 2:
        return [text]
    for count in range(fewest, MOST_WEIGHED_LINES + 1):
        ways = [_cut(text, cuts) for cuts in combinations(places, count - 1)]
        fitting = [lines for lines in ways if all(ems(line) <= measures.LONGEST_TITLE_LINE for line in lines)]
        if fitting:
            return min(fitting, key=_badness)
    return _filled(text)


def _filled(text: str) -> list[str]:
    """Break a title beyond all measure wherever a line is full."""
    lines = [""]
    for char in text:
        if ems(lines[-1] + char) > measures.LONGEST_TITLE_LINE:
            lines.append("")
        lines[-1] += char
    return lines


def _cut(text: str, cuts: tuple[int, ...]) -> list[str]:
    return [text[start:end] for start, end in pairwise((0, *cuts, len(text)))]


def _may_break(text: str, place: int) -> bool:
    if text[place] in NEVER_FIRST or text[place - 1] in NEVER_LAST:
        return False
    if any(match.start() < place < match.end() for match in WORD.finditer(text) if len(match[0]) < 15):
        return False
    return text[place - 1 : place + 1] not in KNOWN_WORDS


def _badness(lines: list[str]) -> float:
    widths = [ems(line) for line in lines]
    uneven = max(widths) - min(widths)
    hollow = 6 if len(widths) > 2 and min(widths[1:-1]) < min(widths[0], widths[-1]) else 0
    good = sum(second.startswith(GOOD_STARTS) or first.endswith("的") for first, second in pairwise(lines))
    return uneven + hollow - 6 * good


@dataclass(frozen=True)
class Indented:
    """A line of the signature with its distance from the right edge of the 版心, in characters."""

    text: str
    right: float


@dataclass(frozen=True)
class AnnexPage:
    """An annex printed on pages of its own: 附件 with its number, its title, its blocks."""

    label: str
    title: list[str]
    blocks: list[Block]


@dataclass(frozen=True)
class Arrangement:
    """A paper as it is printed, element by element; an empty element is not printed."""

    mark: str
    mark_size: float  # points
    mark_tracking: float  # of its size
    number: str
    signer: str
    title: list[str]
    addressees: str
    blocks: list[Block]
    annex_names: list[str]
    signature: list[Indented]
    blanks_above_signature: int
    notes: list[str]
    annexes: list[AnnexPage]
    copies: str
    printed_by: str
    printed_on: str
    urgency: str
    colour_words: str
    colour: str  # RRGGBB
    letter: bool


def arrange(paper: Paper) -> Arrangement:
    """Give the printed texts of a paper. Source: GB/T 9704-2012."""
    mark, signed = flat(paper.organ), flat(paper.signed)
    spaced = 0.2 if len(mark) <= 6 else 0.04
    room = 0.97 * measures.points(measures.BLOCK_WIDTH) / max(len(mark), 1) / (1 + spaced)
    notes = [f"联系人：{flat(paper.contact)}"] if paper.contact else []
    notes += [flat(paper.notes)] if paper.notes else []
    colour = paper.colour.value if paper.colour else ""
    return Arrangement(
        mark=mark,
        mark_size=round(min(max(room, measures.MARK_SMALLEST), measures.MARK_LARGEST), 1),
        mark_tracking=spaced,
        number=flat(str(paper.number)) if paper.number else "",
        signer=flat(paper.signer),
        title=title_lines(paper.title),
        addressees="，".join(flat(one) for one in paper.addressees) + "：" if paper.addressees else "",
        blocks=[_cleaned(block) for block in paper.blocks],
        annex_names=[flat(annex.title) for annex in paper.annexes],
        signature=_signature(signed, day(paper.dated), seal=paper.seal),
        blanks_above_signature=2 if paper.seal else 1,
        notes=[f"（{note}）" for note in notes],
        annexes=[
            AnnexPage(
                f"附件{number}" if len(paper.annexes) > 1 else "附件",
                title_lines(annex.title),
                [_cleaned(block) for block in annex.blocks],
            )
            for number, annex in enumerate(paper.annexes, 1)
            if annex.blocks
        ],
        copies="，".join(flat(one) for one in paper.copies) + "。" if paper.copies else "",
        printed_by="" if paper.letter else flat(paper.printed_by),
        printed_on=f"{day(paper.printed_on)}印发" if paper.printed_on and not paper.letter else "",
        urgency=paper.urgency.value if paper.urgency else "",
        colour_words=f"{colour}色{paper.kind}" if colour else "",
        colour=measures.COLOURS.get(colour, ""),
        letter=paper.letter,
    )


def _cleaned(block: Block) -> Block:
    if isinstance(block, Heading):
        return Heading(flat(block.text), block.level)
    if isinstance(block, Paragraph):
        return Paragraph(tuple(Run(flat(run.text), run.bold) for run in block.runs), block.indent)
    return Table(
        tuple(tuple(clean(cell) for cell in row) for row in block.rows),
        tuple(flat(cell) for cell in block.header),
        block.widths or (1.0,) * len(block.header or block.rows[0]),
        flat(block.caption),
        block.labels,
    )


def _signature(signed: str, dated: str, *, seal: bool) -> list[Indented]:
    """Place name and day. With a seal: the day four characters in, the name centred over it.

    Without: the name two characters in, the day beginning two characters after the name does; a day longer than the
    name stands two characters in itself and the name moves.
    """
    name, written = ems(signed), ems(dated)
    if seal:
        return [Indented(signed, max(4 + (written - name) / 2, 0)), Indented(dated, max(4, (name - written) / 2))]
    if written > name:
        return [Indented(signed, 4 + written - name), Indented(dated, 2)]
    return [Indented(signed, 2), Indented(dated, name - written)]
