"""The door of the decomposition: text, tables and directory in; clauses and drafts out.

Three kinds of paper, told apart by what they hold: annotations beside the clauses; units inside the sentences of
numbered items (minutes, instructions); neither, where the imperative sentences are listed and nobody is guessed.
A proposer other than these rules could stand behind the same door: what it returns is a Breakdown, accepted by people.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from hashlib import sha256

from documents.blocks import SourceTable
from documents.dates import Deadline
from organization.matching import Directory
from tasks.decomposition import imperatives, times
from tasks.decomposition.cleaning import Clean, clean, squeezed, squeezed_names
from tasks.decomposition.facts import DAY, DOC_NO, cycle_for_all, facts_of, is_reporting, place_of
from tasks.decomposition.naming import Names, place_named
from tasks.decomposition.pieces import NOTE, Piece, Walker
from tasks.decomposition.sentences import LEADER, SentenceReader
from tasks.decomposition.shapes import FRAME, PLAIN, TASK, Breakdown, Clause, Draft, Facts, Statement, Workdays
from tasks.decomposition.standards import standards_in
from tasks.decomposition.structure import NONE, TOP, paragraphs, sentences
from tasks.decomposition.tables import Line, read_tables, task_tables
from tasks.decomposition.times import Calendar
from tasks.decomposition.titles import title_of
from tasks.decomposition.urgency import urgency_of

INSTRUCTION = re.compile("^(?:批示(?:要求|内容)|领导批示|指示要求|[\u4e00-\u9fff]{0,6}批示)：")
OPINION = re.compile(r"\s*(?:拟办|办理|承办|交办|落实)(?:意见|要求|事项|建议)：\s*(?=\S)")
ITEMS_NAMING_OF_TEN = 3
STRONG = re.compile("(?:由|请)[^，。；]{2,40}|牵头|负责|会同")


def decompose(
    text: str,
    directory: Directory,
    *,
    tables: Sequence[SourceTable] = (),
    within: str = "",
    name: str = "",
    received_on: date | None = None,
    after_workdays: Workdays = None,
) -> Breakdown:
    """Take a paper apart.

    ``tables`` are those that the reader of the file found, with their places in ``text``. ``within`` is the path of the
    place that the paper speaks from, where the paper does not name one itself; ``name`` (of the file) and
    ``received_on`` give the year of dates that have none, where the paper says nothing of it. ``after_workdays`` gives
    the day of 10个工作日内; without it such a limit has no day. Every span slices ``text``; the clauses stand in order
    and do not overlap; the same text gives the same ids.
    """
    return _Paper(clean(text), directory, tables, within, name, received_on, after_workdays).breakdown()


class _Paper:
    """One paper on its way through the rules."""

    def __init__(
        self,
        text: Clean,
        directory: Directory,
        tables: Sequence[SourceTable],
        within: str,
        name: str,
        received_on: date | None,
        after_workdays: Workdays,
    ) -> None:
        self.text = text
        kept = task_tables(tables)
        self.found = [p for start, end in _outside(text, kept) for p in paragraphs(text, start, end)]
        facts = facts_of(self.found, directory)
        self.tables = read_tables(kept, facts, after_workdays=after_workdays)
        titles = self.tables.titles
        if not facts.title and titles:
            facts = replace(facts, title=max(titles, key=len))
        if kept and facts.year is None:
            facts = _dated(facts, [*titles, name])
            self.tables = read_tables(kept, facts, after_workdays=after_workdays)
        if facts.year is None and received_on is not None:
            facts = replace(facts, year=received_on.year)
        place = place_of(self.found, facts, directory) or next(
            (path for title in titles if (path := place_named(directory, title))), ""
        )
        self.names = Names(directory, place or within)
        if kept:  # once more, now that the place and so the units are known
            self.tables = read_tables(kept, facts, self.names.knows_zone, after_workdays)
        self.facts = replace(facts, cycle=self.tables.cycle)
        self.calendar = Calendar.of(self.facts, after_workdays)
        self.sentences = SentenceReader(self.names)
        self.seen: dict[str, int] = {}
        self.entries: list[tuple[int, int, tuple[str, ...], str, Draft | None]] = []

    def breakdown(self) -> Breakdown:
        """Give clauses and drafts in the order of the paper."""
        walker = Walker(self.names, self.found)
        pieces = [piece for piece in walker.pieces() if self._words(piece).strip()]
        annotated = bool(walker.marked or self.tables.lines)
        wanted = self._wanted(pieces, annotated=annotated)
        plain = (squeezed(self._words(piece)) for piece, statement in wanted if statement is None)
        self.facts = replace(self.facts, cycle=cycle_for_all(plain) or self.facts.cycle)
        leaders = self._leaders(pieces)
        made: list[tuple[Clause, Draft | None]] = []
        for piece, statement in wanted:
            clause = self._clause(piece, TASK if statement is not None else self._kind(piece))
            draft = None
            if statement is not None:
                leader = statement.leader or _leader_over(piece.path, leaders)
                draft = self._draft(clause, replace(statement, leader=leader), piece)
            made.append((clause, draft))
        made.extend(self._row(line) for line in self.tables.lines)
        made.extend((self._made((), start, end, PLAIN), None) for start, end in self.tables.notes)
        made.sort(key=lambda one: one[0].start)
        clauses = tuple(replace(clause, number=n) for n, (clause, _draft) in enumerate(made, 1))
        drafts = tuple(
            replace(draft, clause=clause) for clause, (_c, draft) in zip(clauses, made, strict=True) if draft
        )
        named = annotated or any(d.lead or d.cooperating or d.groups for d in drafts)
        return Breakdown(replace(self.facts, annotated=named), clauses, drafts)

    def _wanted(self, pieces: list[Piece], *, annotated: bool) -> list[tuple[Piece, Statement | None]]:
        """Give each piece with what is said of it; None where it is no task."""
        if annotated:
            return [(piece, self._marked(piece)) for piece in pieces]
        bare = [self._without_label(piece) for piece in pieces]
        told = [(piece, self._told(piece)) for whole in bare for piece in self._parts(whole)]
        items = [s for p, s in told if p.rank != NONE and not imperatives.is_idle(p.path)]
        naming = [s for s in items if s is not None]
        if naming and len(naming) * 10 >= len(items) * ITEMS_NAMING_OF_TEN:
            return [(p, s if p.rank != NONE else None) for p, s in told]
        spoken = [p for p, s in told if s is not None and (s.leads or s.cooperating)]
        if self._is_short() and spoken:
            return [pair for piece, statement in told for pair in self._sentences_of(piece, statement)]
        if sum(bool(STRONG.search(self._squeezed(piece))) for piece in spoken) > 1:
            return [pair for piece, statement in told for pair in self._sentences_of(piece, statement)]
        return [pair for piece in pieces for pair in self._imperative(piece)]

    def _without_label(self, piece: Piece) -> Piece:
        """Begin a clause after 办理意见："""
        label = OPINION.match(self._words(piece))
        return replace(piece, start=piece.start + label.end()) if label else piece

    def _parts(self, piece: Piece) -> list[Piece]:
        """Give the sub-items of a piece where several of them name their own units; else the piece."""
        parts = [replace(piece, start=start, end=end, parts=()) for start, end in piece.parts]
        naming = [part for part in parts if self._told(part) is not None]
        if len(naming) < 2:
            return [piece]
        return [replace(piece, end=parts[0].start - 1, parts=()), *parts]

    def _marked(self, piece: Piece) -> Statement | None:
        """Give what an annotated paper says of a piece: its annotation, else 由甲牵头 in a numbered item of its own."""
        if piece.statement is not None:
            inherited_idle = not piece.own and imperatives.is_idle(piece.path[-1:])
            usable = piece.statement.names_units or piece.statement.deadline_text
            return piece.statement if usable and not inherited_idle and self._has_words(piece) else None
        words = squeezed(self._words(piece))
        strong = re.search("(?:^|[，。；])(?:由|请)[^，。；]{2,40}?(?:牵头|负责|主办)", words)
        if piece.rank == NONE or not strong or imperatives.is_idle(piece.path):
            return None
        return self._told(piece)

    def _has_words(self, piece: Piece) -> bool:
        words = squeezed(self._words(piece))
        return len(words) > 3 and not (piece.statement and not piece.own and NOTE.match(words))

    def _squeezed(self, piece: Piece) -> str:
        return squeezed(self._words(piece))

    def _words(self, piece: Piece) -> str:
        return self.text.text[piece.start : piece.end]

    def _told(self, piece: Piece) -> Statement | None:
        """Give who acts in the sentences of a piece; None where nobody does, or it is only an instruction quoted."""
        words = squeezed_names(self._words(piece))
        if INSTRUCTION.match(words) or NOTE.match(words) or is_reporting(words) or len(words) < 8:
            return None
        if self._kind(piece) == FRAME and not STRONG.search(words):
            return None
        statement = self.sentences.read(words)
        return statement if statement.names_units else None

    def _leaders(self, pieces: list[Piece]) -> dict[tuple[str, ...], str]:
        """Give the leader whom the instruction of each section puts in front (请分管县长牵头研究)."""
        leaders: dict[tuple[str, ...], str] = {}
        for piece in pieces:
            words = squeezed(self._words(piece))
            leader = LEADER.search(words) if INSTRUCTION.match(words) else None
            if leader and piece.path:
                leaders[piece.path] = leader["post"]
        return leaders

    def _sentences_of(self, piece: Piece, statement: Statement | None) -> list[tuple[Piece, Statement | None]]:
        """Split an unnumbered paragraph where several of its sentences name who acts."""
        if statement is None:
            return [(piece, None)]
        parts = self._split(piece)
        told = [(part, self._told(part)) for part in parts]
        naming = [part for part, said in told if said is not None and STRONG.search(self._squeezed(part))]
        if len(naming) > 1:
            return told
        return [(piece, statement)] if naming or self._is_short() else [(piece, None)]

    def _is_short(self) -> bool:
        return len(self.text.text) < 600

    def _split(self, piece: Piece) -> list[Piece]:
        words = self._words(piece)
        return [replace(piece, start=piece.start + start, end=piece.start + end) for start, end in sentences(words)]

    def _imperative(self, piece: Piece) -> list[tuple[Piece, Statement | None]]:
        """Give the sentences of a piece that are tasks, where nobody is named."""
        if imperatives.is_idle(piece.path) or (piece.rank == NONE and not piece.path):
            return [(piece, None)]
        listed = piece.rank not in {NONE} and piece.rank >= TOP
        parts = self._split(piece)
        first = squeezed(self._words(parts[0])) if parts else ""
        run_in = len(parts) > 1 and imperatives.is_run_in(first)
        body = parts[1:] if run_in else parts
        tasks = [imperatives.is_task(squeezed(self._words(part)), listed=listed and len(body) == 1) for part in body]
        if len(body) == 1:
            return [(parts[0], None)] * run_in + [(body[0], Statement() if tasks[0] else None)]
        found = [(part, Statement() if task else None) for part, task in zip(body, tasks, strict=True)]
        return [(parts[0], None)] * run_in + found

    def _clause(self, piece: Piece, kind: str) -> Clause:
        words = self._words(piece)
        start = piece.start + len(words) - len(words.lstrip())
        end = piece.start + len(words.rstrip())
        first, last = self.text.span(start, end)
        return self._made(piece.path, first, last, kind)

    def _made(self, path: tuple[str, ...], start: int, end: int, kind: str) -> Clause:
        text = self.text.original[start:end]
        key = "\n".join([*path, squeezed(text)])
        self.seen[key] = self.seen.get(key, 0) + 1
        digest = sha256(f"{key}\n{self.seen[key]}".encode()).hexdigest()[:12]
        hint = ""
        if kind == PLAIN:
            hint = "report" if is_reporting(squeezed(text)) else "idle" if imperatives.is_idle(path) else ""
        return Clause(f"c{digest}", 0, path, start, end, text, kind, hint)

    def _kind(self, piece: Piece) -> str:
        """Tell frame (number, title, addressee, day, signature) from what a person must decide on."""
        words = squeezed(self._words(piece))
        named = (self.facts.title, self.facts.issuer)
        bare = bool(DOC_NO.fullmatch(words) or DAY.fullmatch(words) or words in named)
        if bare and piece.rank == NONE:
            return FRAME
        if piece.path or piece.rank != NONE:
            return PLAIN
        aside = words[:1] == "（" and words[-1:] == "）"
        return FRAME if aside or (len(words) <= 60 and words[-1] not in "。；") else PLAIN

    def _draft(self, clause: Clause, statement: Statement, piece: Piece) -> Draft:
        words = squeezed(self._words(piece))
        leads = self.names.resolve(statement.leads)
        helpers = self.names.resolve(statement.cooperating)
        cycle = self._cycle(words, statement)
        return Draft(
            clause=clause,
            title=title_of(words, self.names),
            lead=tuple(leads.names),
            cooperating=tuple(name for name in helpers.names if name not in leads.names),
            groups=statement.groups,
            unresolved=tuple(dict.fromkeys([*leads.unresolved, *helpers.unresolved])),
            choices=(*leads.choices, *helpers.choices),
            leader=statement.leader,
            deadline=self._deadline(words, statement),
            cycle=cycle,
            standards=standards_in(words),
            urgency=urgency_of(f"{statement.raw}{words}"),
            annotation=self._annotation(piece),
            suggested=self._suggested(words, statement.names_units),
            named_leads=tuple(leads.named),
            named_helpers=tuple(helpers.named),
        )

    def _suggested(self, words: str, named: bool) -> tuple[str, ...]:
        """Give the unit that the directory's duty words tell of, where the paper names nobody for a clause."""
        return () if named else self.names.on_duty(words)

    def _annotation(self, piece: Piece) -> str:
        return piece.annotation if piece.own else ""

    def _cycle(self, words: str, statement: Statement) -> str | None:
        """Give the task's own cycle, else the paper's; 每半年 is the task's own and none of the four."""
        for text in (statement.cycle_text, statement.deadline_text, words):
            says, cycle = times.cycle_in(squeezed(text))
            if says:
                return cycle
        return self.facts.cycle

    def _deadline(self, words: str, statement: Statement) -> Deadline:
        """Give the deadline: what the annotation says goes before what the sentence says."""
        if statement.deadline_text:
            stated = self.calendar.stated(statement.deadline_text)
            if stated.kind != "unreadable":
                return stated
        return self.calendar.in_sentence(words)

    def _row_cycle(self, stated: str | None, words: str) -> str | None:
        """Give the cycle of a row's own cells, else that of its sentence, else the paper's."""
        if stated and stated != self.tables.cycle:
            return stated
        says, cycle = times.cycle_in(words)
        return cycle if says else stated or self.facts.cycle

    def _row(self, line: Line) -> tuple[Clause, Draft]:
        """Make clause and draft of a table's row."""
        row = line.row
        clause = self._made((line.heading,) if line.heading else (), line.start, line.end, TASK)
        leads, helpers = self.names.resolve(row.leads), self.names.resolve(row.cooperating)
        words = squeezed(row.matter)
        deadline = row.deadline if row.deadline.kind != "missing" else self.calendar.in_sentence(words)
        draft = Draft(
            clause=clause,
            title=title_of(words, self.names),
            lead=tuple(leads.names),
            cooperating=tuple(name for name in helpers.names if name not in leads.names),
            groups=row.groups,
            unresolved=tuple(dict.fromkeys([*leads.unresolved, *helpers.unresolved])),
            choices=(*leads.choices, *helpers.choices),
            leader=row.leader,
            deadline=deadline,
            cycle=self._row_cycle(row.cycle, words),
            standards=standards_in(squeezed(f"{row.matter}，{row.standard}")),
            urgency=urgency_of(f"{row.note}{words}"),
            row=line.whole,
            suggested=self._suggested(words, bool(row.leads or row.cooperating or row.groups)),
            named_leads=tuple(leads.named),
            named_helpers=tuple(helpers.named),
        )
        return clause, draft


def _leader_over(path: tuple[str, ...], leaders: dict[tuple[str, ...], str]) -> str:
    """Give the leader named under the nearest heading above."""
    return next((leaders[path[:depth]] for depth in range(len(path), 0, -1) if path[:depth] in leaders), "")


def _outside(text: Clean, tables: Sequence[SourceTable]) -> list[tuple[int, int]]:
    """Give the stretches of the plain text that are no table."""
    stretches, place = [], 0
    for table in sorted(tables, key=lambda one: one.start):
        start, end = _plain_place(text, table.start), _plain_place(text, table.end)
        stretches.append((place, start))
        place = end
    return [*stretches, (place, len(text.text))]


def _plain_place(text: Clean, original: int) -> int:
    if text.offsets is None:
        return original
    low, high = 0, len(text.offsets)
    while low < high:
        middle = (low + high) // 2
        if text.offsets[middle] < original:
            low = middle + 1
        else:
            high = middle
    return low


def _dated(facts: Facts, titles: list[str]) -> Facts:
    """Give a table's paper the year that its titles or its file name."""
    found = next((m for title in titles if (m := re.search(r"(?<!\d)(20\d\d)\s*年?(?=\D|$)", title))), None)
    return replace(facts, year=int(found[1])) if found else facts
