"""The paper walked through once: headings, clauses, and the annotation that stands for each clause.

An annotation closes the clause before it. Which paragraphs it covers: the one it ends, the sub-items before it that
have none of their own (（1）…；（2）…；（3）…。（甲牵头）), back to the item they stand under. A heading's annotation
covers all below it; 以上…由…负责 covers what has none above it.
"""

import re
from dataclasses import dataclass, field, replace

from documents.numerals import arabic
from tasks.decomposition.annotations import Bracket, Reader, brackets, is_label_line
from tasks.decomposition.cleaning import squeezed, squeezed_names
from tasks.decomposition.naming import Names
from tasks.decomposition.shapes import Statement
from tasks.decomposition.structure import (
    ANY_NUMBER,
    CHAPTER,
    ENDS,
    FIFTH,
    FOURTH,
    INSIDE,
    NONE,
    SAYING,
    SECOND,
    TOP,
    Paragraph,
)  # fmt: skip

DASH = re.compile(r"(?:——|--|—)(?=[^—-])(?P<inside>[^—。]{2,300})[。；]?\s*$")
LABEL_BEGINS = re.compile("\\s*[\u4e00-\u9fff]{2,8}：")
# Labels behind a sentence, without brackets: ….责任单位：甲；时限：10月底前。
LABEL_INSIDE = re.compile("(?<=[。；])\\s*(?:(?:总?牵头|主办|主责|责任)(?:单位|部门)|责任领导)：")
# A clause that tells problem, goal and measure apart is the measure (as in tables).
MEASURE = re.compile("^\\s*(?:整改|工作|具体|推进|主要|落实)?(?:措施|举措)：\\s*")
ABOVE = re.compile(
    "^(?:以上|上述|前述)(?:第?(?P<first>[\\d一二三四五六七八九十]{1,3})(?:项|"
    "条)?(?:[至到—–~-](?:第)?(?P<last>[\\d一二三四五六七八九十]{1,3}))?(?:项|条|款)?)?"
    "(?:各项|各条|所有|重点|主要)?(?:工作|任务|事项|措施|内容|条款|要求|议定事项)?(?:任务|事项)?[，：]?(?P<words>.*)$",
    re.DOTALL,
)
WHO = re.compile("由|牵头|负责|责任单位|配合")
RULE = re.compile("(?:第一位|首位|第一)(?:的)?(?:责任)?(?:单位|部门)?[^，。]{0,8}为牵头|为牵头单位")
OF_UNIT = re.compile("（[^）]*）|：$|(?:牵头|负责)?(?:负责)?的?(?:重点)?(?:任务|工作|事项|项目)?$")
NOTE = re.compile(
    r"^(?:注|备注|说明|附注|附件|附表|联系人|出席|列席|参会|请假|记录|分送|抄送|抄报|主送|印发)\d?\s*[：:．.、]?"
)

POINTED_TITLE = re.compile("[^，、；：。（）]{2,14}。")


@dataclass
class Piece:
    """A stretch of the plain text that may become a clause, with what is said of it."""

    start: int
    end: int
    path: tuple[str, ...]
    section: tuple[str, ...] = ()
    number: str = ""
    rank: int = NONE
    statement: Statement | None = None
    own: bool = True
    annotation: str = ""
    # The sub-items inside, where there are several: each may name its own units.
    parts: tuple[tuple[int, int], ...] = ()


@dataclass
class _Walk:
    """Where the walk stands: the headings above, what is not closed yet, what covers all below."""

    headings: list[tuple[int, str]] = field(default_factory=list)
    pending: list[Paragraph] = field(default_factory=list)
    covers: list[tuple[int, Statement]] = field(default_factory=list)
    spread: tuple[str, ...] = ()
    pieces: list[Piece] = field(default_factory=list)


class Walker:
    """Walks through the paragraphs of one paper."""

    def __init__(self, names: Names, found: list[Paragraph]) -> None:
        self.reader = Reader(names)
        self.found = found
        self.walk = _Walk()
        self.marked = 0
        self.numbers = any(p.numbered for p in found)
        self.first_number = next((place for place, p in enumerate(found) if p.numbered), 0)

    def pieces(self) -> list[Piece]:
        """Give the pieces of the paper in their order."""
        place = 0
        while place < len(self.found):
            paragraph = self.found[place]
            labels = self._label_block(place)
            if labels:
                self._close_by_labels(
                    self.found[place : place + labels], self.found[place + labels : place + labels + 1]
                )
                place += labels
                continue
            self._take(paragraph, place)
            place += 1
        self._flush()
        return self.walk.pieces

    def _label_block(self, place: int) -> int:
        """Count the label lines (牵头单位：…) that stand together from a place on."""
        count = 0
        while place + count < len(self.found):
            paragraph = self.found[place + count]
            if not is_label_line(paragraph.words if paragraph.rank in {NONE} else paragraph.text):
                break
            count += 1
        return count

    def _close_by_labels(self, block: list[Paragraph], below: list[Paragraph]) -> None:
        raw = "\n".join(p.text for p in block)
        statement = self.reader.read("；".join(squeezed_names(p.text).strip("（）〔〕【】；。") for p in block))
        self._spread(statement)
        if self.walk.pending and _stands_over(self.walk.pending[-1], below) and statement.names_units:
            self._enter(self.walk.pending.pop(), [], replace(statement, raw=raw))
            self.marked += 1
        elif self.walk.pending and (statement.names_units or self._limits(statement, block)):
            self._close(self.walk.pending[-1], self.walk.pending[-1].end, replace(statement, raw=raw))
            self.marked += 1
        else:
            self._keep_plain(block)

    def _limits(self, statement: Statement, block: list[Paragraph]) -> bool:
        """Tell whether labels that name nobody limit the item above; 时间：… under a title is the hour of a meeting."""
        below_an_item = bool(self.walk.headings) or self.walk.pending[-1].numbered
        return bool(statement.deadline_text) and (below_an_item or not block[0].text.startswith("时间"))

    def _take(self, paragraph: Paragraph, place: int) -> None:
        """Take one paragraph: a heading, an 以上…由…, or words that an annotation may close."""
        if self._all_above(squeezed(paragraph.words)):
            self._flush(keep=True)
            self.walk.pieces.append(self._piece(paragraph.start, paragraph.end, paragraph))
            return
        marks = self._marks(paragraph)
        if self._is_heading(paragraph, place, marks):
            self._flush()
            self._enter(paragraph, marks)
            return
        if paragraph.rank in {CHAPTER, TOP} or (paragraph.numbered and paragraph.rank <= self._cover_rank()):
            self._leave(paragraph.rank)
        self.walk.pending.append(paragraph)
        self._close_marks(paragraph, marks)

    def _close_marks(self, paragraph: Paragraph, marks: list[Bracket]) -> None:
        """Close a clause at every annotation of a paragraph; what stands between two is a clause of its own."""
        begin = paragraph.start
        for count, mark in enumerate(marks):
            raw = paragraph.text[mark.start : mark.end]
            statement = self.reader.read(mark.inside)
            self._spread(statement)
            self.marked += 1
            end = paragraph.start + mark.start
            if not count and not paragraph.text[: mark.start].strip("。；， "):
                self.walk.pending.pop()  # the annotation stands on a line of its own
                if self.walk.pending:
                    last = self.walk.pending[-1]
                    self._close(last, last.end, replace(statement, raw=raw))
            else:
                self._close(paragraph, end, replace(statement, raw=raw), begin=begin if count else None)
            begin = paragraph.start + mark.end
        if marks:
            self._rest(paragraph, begin)

    def _rest(self, paragraph: Paragraph, begin: int) -> None:
        """Let what a paragraph says after its last annotation wait for one on the next line; else it stays plain."""
        rest = paragraph.text[begin - paragraph.start :]
        lead = re.match(r"[。；，、\s]*", rest)
        start = begin + (lead.end() if lead else 0)
        words = paragraph.text[start - paragraph.start :]
        if len(words.strip()) > 1:
            number = ANY_NUMBER.match(words)
            body = start + (number.end() if number else 0)
            self.walk.pending = [Paragraph(start, paragraph.end, body, paragraph.rank, words)]

    def _spread(self, statement: Statement) -> None:
        if statement.spreads:
            self.walk.spread = statement.spreads

    def _marks(self, paragraph: Paragraph) -> list[Bracket]:
        """Give the annotations of a paragraph: brackets behind a sentence or at the end, or a dash at the end."""
        text = paragraph.text
        found = [
            bracket
            for bracket in brackets(text)
            if self._in_place(text, bracket) and self.reader.is_annotation(bracket.inside)
        ]
        if found:
            return found
        dash = DASH.search(text)
        if dash and self.reader.is_annotation(dash["inside"]) and self._closes(dash):
            return [Bracket(dash.start(), len(text), dash["inside"])]
        label = LABEL_INSIDE.search(text)
        if label and self.reader.is_annotation(text[label.start() :]):
            return [Bracket(label.start(), len(text), text[label.start() :])]
        return []

    def _closes(self, dash: re.Match[str]) -> bool:
        """Tell whether what follows a dash only says who is responsible, and is no sentence about what to do."""
        return bool(LABEL_BEGINS.match(dash["inside"])) or self.reader.is_wholly_roles(dash["inside"])

    def _in_place(self, text: str, bracket: Bracket) -> bool:
        """Tell whether a bracket stands where annotations do: after a sentence, at the end, or before a number."""
        after = text[bracket.end :].lstrip()
        before = text[: bracket.start].rstrip()
        ends = not after or after[0] in "。；（〔【" or bool(ANY_NUMBER.match(after) or INSIDE.match(after))
        return ends or before[-1:] in "。；！”" or not before

    def _is_heading(self, paragraph: Paragraph, place: int, marks: list[Bracket]) -> bool:
        """Tell whether a paragraph only names what follows: short, no full stop, and something stands below it."""
        if not marks and self._is_pointed_title(paragraph, place):
            return True
        if not paragraph.looks_like_heading or place + 1 >= len(self.found):
            return paragraph.rank == CHAPTER and paragraph.looks_like_heading
        below = self.found[place + 1]
        if is_label_line(below.text) or (below.text[:1] in "（〔【" and self._only_mark(below)):
            return False
        if paragraph.rank == SAYING:
            return False
        if not paragraph.numbered:
            if self.numbers and place < self.first_number:
                return False
            return not marks and len(paragraph.words) <= 30 and (below.numbered or len(below.text) > 40)
        deeper = below.numbered and below.rank > paragraph.rank
        return deeper or (not below.numbered and not NOTE.match(below.text))

    def _is_pointed_title(self, paragraph: Paragraph, place: int) -> bool:
        """Tell whether a few words with a full stop name the deeper numbers below: （一）供暖保障。 over 1. 2. 3."""
        below = self.found[place + 1] if place + 1 < len(self.found) else None
        deeper = below is not None and below.numbered and SAYING > below.rank > paragraph.rank
        return deeper and paragraph.numbered and bool(POINTED_TITLE.fullmatch(paragraph.words.strip()))

    def _only_mark(self, paragraph: Paragraph) -> bool:
        found = list(brackets(paragraph.text))
        return (
            len(found) == 1
            and not paragraph.text[found[0].end :].strip("。； ")
            and self.reader.is_annotation(found[0].inside)
        )

    def _enter(self, paragraph: Paragraph, marks: list[Bracket], said: Statement | None = None) -> None:
        """Go below a heading; its annotation covers what stands there."""
        rank = paragraph.rank if paragraph.numbered else CHAPTER - 1
        self._leave(rank)
        title = paragraph.text[: marks[0].start] if marks else paragraph.text
        self.walk.headings.append((rank, title.strip()))
        statement = self.reader.read(marks[0].inside) if marks else said or self._named_in(paragraph)
        if statement is not None:
            self._spread(statement)
            self.walk.covers.append((rank, statement))
            self.marked += 1

    def _named_in(self, paragraph: Paragraph) -> Statement | None:
        """Give the units that a heading is made of: 二、市住建局（5项）, 三、由市水务局牵头的工作."""
        words = OF_UNIT.sub("", squeezed(paragraph.words))
        found, rest = self.reader.names.run(re.sub("^由", "", words))
        known = found and not rest and all(self.reader.names.knows(name) for name in found)
        return self.reader.read("、".join(found)) if paragraph.numbered and known else None

    def _leave(self, rank: int) -> None:
        self._flush()
        self.walk.headings = [(r, title) for r, title in self.walk.headings if r < rank]
        self.walk.covers = [(r, statement) for r, statement in self.walk.covers if r < rank]

    def _cover_rank(self) -> int:
        return self.walk.headings[-1][0] if self.walk.headings else CHAPTER - 2

    def _piece(self, start: int, end: int, paragraph: Paragraph | None) -> Piece:
        titles = tuple(title for _rank, title in self.walk.headings)
        number = paragraph.text[: paragraph.body - paragraph.start] if paragraph else ""
        return Piece(start, end, titles, titles, number.strip(), paragraph.rank if paragraph else NONE)

    def _close(self, last: Paragraph, end: int, statement: Statement, *, begin: int | None = None) -> None:
        """Close the clause that an annotation stands for; what is pending before it stays plain."""
        pending = self.walk.pending
        first = len(pending) - 1 if begin is None and last in pending else len(pending)
        if begin is None:
            first = self._first_of(first)
            paragraph = pending[first]
            start = paragraph.body
            measure = next((p for p in pending[first:] if MEASURE.match(p.words)), None)
            if measure is not None:
                first, paragraph = pending.index(measure), measure
                behind = [(p.start, min(p.end, end)) for p in pending[first + 1 :]]
                self.walk.pieces.extend(self._piece(*span, None) for span in behind)
                end = min(end, measure.end)
                label = MEASURE.match(measure.words)
                start = measure.body + (label.end() if label else 0)
            self.walk.pending = pending[:first]
            self._flush()
        else:
            self.walk.pending = []
            start, paragraph = begin, last
        start = self._inner_start(last, start, end) if start >= last.start else start
        piece = self._piece(start, end, paragraph)
        piece.statement, piece.annotation = self._with_spread(statement), statement.raw
        self.walk.pending = []
        self.walk.pieces.append(piece)

    def _inner_start(self, paragraph: Paragraph, start: int, end: int) -> int:
        """Skip a lead-in and a number inside a paragraph (…。（2）…) so that each part begins with its own words."""
        words = paragraph.text[start - paragraph.start : end - paragraph.start]
        lead = re.match(r"[。；，、\s]*", words)
        offset = lead.end() if lead else 0
        number = ANY_NUMBER.match(words, offset) if offset or start > paragraph.body else None
        inside = None if number else next(iter(INSIDE.finditer(words)), None)
        if number:
            return start + number.end()
        if inside and inside.start() <= 40 and words[: inside.start()].rstrip()[-1:] in "。：":
            return start + inside.end()
        return start + offset

    def _first_of(self, place: int) -> int:
        """Give the first pending paragraph that the annotation behind ``place`` covers."""
        pending = self.walk.pending
        while place > 0:
            this, before = pending[place], pending[place - 1]
            if not self._covers_too(this, before, pending[: place - 1]):
                break
            place -= 1
            if before.numbered and before.rank < this.rank:
                break
        return place

    def _covers_too(self, this: Paragraph, before: Paragraph, earlier: list[Paragraph]) -> bool:
        """Tell whether the paragraph before belongs to the same clause."""
        if this.rank == before.rank:
            if not this.numbered:
                return bool(earlier) and earlier[-1].numbered
            lists = before.ends_with("；，") or this.rank >= FOURTH
            parent = next((p for p in reversed(earlier) if p.rank < this.rank), None)
            return lists or (parent is not None and parent.ends_with("："))
        if not this.numbered:
            return before.numbered and before.ends_with(ENDS)
        if before.numbered and before.rank < this.rank:
            return before.ends_with("：") or this.rank >= FOURTH
        return False

    def _with_spread(self, statement: Statement) -> Statement:
        """Add what an earlier 以下均需… says of every task."""
        missing = tuple(group for group in self.walk.spread if group not in statement.groups)
        return replace(statement, groups=(*statement.groups, *missing)) if missing else statement

    def _keep_plain(self, block: list[Paragraph]) -> None:
        for paragraph in block:
            self.walk.pieces.append(self._piece(paragraph.start, paragraph.end, None))

    def _flush(self, *, keep: bool = False) -> None:
        """Let what is pending stand as plain pieces, under the annotation of a heading where there is one."""
        pending, self.walk.pending = self.walk.pending, []
        cover = self.walk.covers[-1][1] if self.walk.covers else None
        for group in _items(pending):
            piece = self._piece(group[0].body, group[-1].end, group[0])
            piece.parts = tuple((p.body, p.end) for p in group[1:] if p.numbered)
            if cover is not None and not keep:
                piece.statement, piece.own = self._with_spread(cover), False
            self.walk.pieces.append(piece)

    def _all_above(self, words: str) -> bool:
        """Give what 以上第1项由…；第2项由… says, each part to its own items; False where it is no such sentence."""
        if not ABOVE.match(words):
            return False
        parts = [part for part in re.split("；(?=第?[\\d一二三四五六七八九十]{1,3}[项条至到、—～-])", words) if part]
        matches = [ABOVE.match(part if ABOVE.match(part) else f"以上{part}") for part in parts]
        given = [match is not None and self._above(match) for match in matches]
        return any(given)

    def _above(self, match: re.Match[str]) -> bool:
        """Give what 以上…由…负责 says to the pieces above that have nothing of their own."""
        words = match["words"]
        if not WHO.search(words) or RULE.search(words):
            return False
        statement = self.reader.read(re.sub("^分别由(.*?)负责", r"\1分别负责", words.strip("。")))
        if not statement.names_units:
            return False
        self._flush(keep=True)
        first, last = (int(arabic(f"{match[name]}个")[:-1]) if match[name] else None for name in ("first", "last"))
        self._give(statement, first, last if last is not None else first)
        self.marked += 1
        return True

    def _give(self, statement: Statement, first: int | None, last: int | None) -> None:
        """Give a statement to the pieces above: those of some numbers, else all under the same heading."""
        section = tuple(title for _rank, title in self.walk.headings)[:1]
        for piece in reversed(self.walk.pieces):
            if first is None and piece.section[:1] != section:
                break
            if piece.statement is not None or not piece.number:
                continue
            number = _figure(piece.number)
            if first is None or (number is not None and last is not None and first <= number <= last):
                piece.statement, piece.own = self._with_spread(statement), False


def _stands_over(heading: Paragraph, below: list[Paragraph]) -> bool:
    """Tell whether labels stand under a heading: what follows them is numbered deeper."""
    deeper = bool(below) and heading.rank < below[0].rank < NONE
    return deeper and heading.looks_like_heading and heading.rank in {TOP, SECOND}


def _figure(number: str) -> int | None:
    digits = re.search(r"\d+", arabic(re.sub("[（）、.第条项\\s]", "", number) + "个"))
    return int(digits.group()) if digits else None


def _items(pending: list[Paragraph]) -> list[list[Paragraph]]:
    """Put sub-items and unnumbered lines to the item they stand under, where it ends with a colon or lists them."""
    groups: list[list[Paragraph]] = []
    for paragraph in pending:
        head = groups[-1][0] if groups else None
        under = head is not None and head.numbered and paragraph.rank > head.rank
        lists = under and paragraph.rank in {FOURTH, FIFTH}
        if lists or (under and not paragraph.numbered and groups[-1][-1].ends_with("：；")):
            groups[-1].append(paragraph)
        else:
            groups.append([paragraph])
    return groups
