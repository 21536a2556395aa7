"""Deadlines in every writing of the office, read into a day or into the reason why there is none.

Conventions: 某月底 is its last day; 上/中/下旬 the 10th, 20th and last; 季度 its end; 上半年 30 June; 年底, 年内, 全年
31 December; of several deadlines the latest counts and each becomes a milestone.
"""

import calendar
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from documents import date_words as words
from documents.numerals import arabic, squeeze, tidy
from workflow.tongue import say

LONGEST = 500
SEPARATORS = ",;。、\n"
EPOCH = date(1899, 12, 30)


@dataclass(frozen=True)
class Milestone:
    """One stage of a task with several deadlines."""

    text: str
    date: date


@dataclass(frozen=True)
class Deadline:
    """What a deadline says: a day, or the reason for having none.

    ``kind`` is date, open (长期坚持), cyclic (每月), event (汛期前), vague, missing or unreadable. ``cycle`` is weekly,
    monthly, quarterly, yearly or None. ``text`` is the writing of the source.
    """

    date: date | None
    text: str
    kind: str = "date"
    reason: str = ""
    cycle: str | None = None
    milestones: tuple[Milestone, ...] = ()

    @property
    def settled(self) -> bool:
        """Tell whether nobody needs to look at it again: a day, an open end or a cycle."""
        return self.kind in {"date", "open", "cyclic"}


@dataclass(frozen=True)
class Context:
    """What the document knows: its year, its day of issue, the day of the meeting, and how to count working days."""

    year: int | None = None
    issued_on: date | None = None
    meeting_on: date | None = None
    after_workdays: Callable[[date, int], date] | None = None

    @property
    def base_year(self) -> int | None:
        """Give the year that a date without a year belongs to."""
        base = self.issued_on or self.meeting_on
        return self.year or (base.year if base else None)


class Unreadable(Exception):  # noqa: N818 - a finding about a text, not an error
    """A writing that looks like a date and is none; carries a key of date_words.REASONS."""


@dataclass
class _Scan:
    """One reading of one text: the context and the last year that was named."""

    context: Context
    year: int | None = field(init=False)

    def __post_init__(self) -> None:
        self.year = self.context.base_year

    def year_of(self, match: re.Match[str]) -> int:
        """Give the year a match names, or the last one named before it."""
        groups = match.groupdict()
        if groups.get("y"):
            self.year = int(groups["y"])
        if self.year is None:
            raise Unreadable("no_year")
        return self.year + words.RELATIVE_YEARS.get(groups.get("rel") or "", 0)


def last_day(year: int, month: int) -> date:
    """Give the last day of a month."""
    if not 1 <= month <= 12:
        raise Unreadable("no_such_day")
    return date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Unreadable("no_such_day") from None


def _on_day(match: re.Match[str], scan: _Scan) -> date:
    return _day(scan.year_of(match), int(match["m"]), int(match["d"]))


def _month_end(match: re.Match[str], scan: _Scan) -> date:
    return last_day(scan.year_of(match), int(match["m"]))


def _part_of_month(match: re.Match[str], scan: _Scan) -> date:
    day = words.TENTHS[match["part"]]
    year, month = scan.year_of(match), int(match["m"])
    return _day(year, month, day) if day else last_day(year, month)


def _quarter_end(match: re.Match[str], scan: _Scan) -> date:
    return last_day(scan.year_of(match), words.QUARTER_ENDS[int(match["q"])])


def _half_year_end(match: re.Match[str], scan: _Scan) -> date:
    return last_day(scan.year_of(match), 12 if match["half"] == "下半年" else 6)


def _year_end(match: re.Match[str], scan: _Scan) -> date:
    return last_day(scan.year_of(match), 12)


def _plan_end(match: re.Match[str], scan: _Scan) -> date:
    return last_day(words.FIVE_YEAR_PLANS[match["plan"]], 12)


def _years_on(match: re.Match[str], scan: _Scan) -> date:
    return last_day(scan.year_of(match) + int(match["n"]) - 1, 12)


def _month_of_issue(match: re.Match[str], scan: _Scan) -> date:
    issued = scan.context.issued_on
    if issued is None:
        raise Unreadable("no_base")
    return months_after(issued.replace(day=1), 1 if match["which"] in {"下", "次"} else 0, end=True)


def months_after(start: date, months: int, *, end: bool = False) -> date:
    """Give the same day some months on, the last of the month where that day is missing (or always, with ``end``)."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = last_day(year, month + 1)
    return last if end else last.replace(day=min(start.day, last.day))


def _base(text: str, context: Context) -> date:
    for pattern, name in words.BASES:
        if pattern.search(text):
            found: date | None = getattr(context, name)
            if found is not None:
                return found
            break
    raise Unreadable("no_base")


def _within(match: re.Match[str], scan: _Scan) -> date:
    start = _base(match["base"], scan.context)
    count, unit = (15, "天") if match["n"] == "半" else (int(match["n"]), match["unit"])
    if unit == "工作日":
        if scan.context.after_workdays is None:
            raise Unreadable("workdays")
        return scan.context.after_workdays(start, count)
    if unit.endswith("月"):
        return months_after(start, count)
    return start + timedelta(days=count * (7 if unit in {"周", "星期"} else 1))


Reader = Callable[[re.Match[str], _Scan], date]
_Y, _BEFORE = words.YEAR, words.BEFORE
_M, _D = r"(?P<m>\d{1,2})", r"(?P<d>\d{1,2})"
_FULL_YEAR = r"(?P<y>(?:19|20)\d\d)"

# Tried in this order at every place of the text; the first that fits is taken.
WRITINGS: tuple[tuple[re.Pattern[str], Reader], ...] = tuple(
    (re.compile(p), reader)
    for p, reader in (
        (rf"{_FULL_YEAR}(?P<sep>[-/.])(?P<m>\d{{1,2}})(?P=sep)(?P<d>\d{{1,2}})(?!\d)日?{_BEFORE}", _on_day),
        (rf"(?<!\d){_FULL_YEAR}(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d){_BEFORE}", _on_day),
        (rf"{_Y}{_M}月{_D}(?:[日号](?:\([^)]*\))?{_BEFORE}|(?=前|之前|以前|$))", _on_day),
        (rf"{_Y}\d{{1,2}}月?[-—~至到]{_M}月份?(?!\d)[底末]?{_BEFORE}", _month_end),
        (rf"{_Y}{_M}月份?(?:上|中)?(?P<part>[上中下])旬{_BEFORE}", _part_of_month),
        (rf"{_Y}{_M}月(?P<part>初){_BEFORE}", _part_of_month),
        (rf"{_Y}{_M}月份?(?:月?[底末])?{_BEFORE}", _month_end),
        (rf"{_FULL_YEAR}[-/.](?P<m>\d{{1,2}})(?![\d%]){_BEFORE}", _month_end),
        (rf"{_Y}(?:前|第)*(?P<q>[1-4])季度?[底末]?{_BEFORE}", _quarter_end),
        (rf"(?:{_FULL_YEAR}年?)?[Qq](?P<q>[1-4])(?![0-9A-Za-z]){_BEFORE}", _quarter_end),
        (rf"{_Y}(?P<half>上半年|下半年|年中)[底末]?{_BEFORE}", _half_year_end),
        (
            r"(?P<base>(?:自|从)?[^,;。]{0,12}?(?:会议?(?:结束)?(?:后|之日起)|(?:印发|发文|发布|下发|成文|公布|出台|交办)(?:之?日)?[起后]?))"
            r"的?(?P<n>\d{1,3}|半)个?(?P<unit>工作日|星期|个月|月|周|日|天)(?:之内|以内|内)?",
            _within,
        ),
        (r"(?P<which>本|当|下|次)月[底末]?(?!\d)" + _BEFORE, _month_of_issue),
        (r'[“"]?十(?P<plan>[三四五六])五[”"]?(?:规划)?(?:期?末|期间|期内)', _plan_end),
        (r"^(?P<n>[2-9])年(?:时间)?$", _years_on),
        (rf"(?:到|至)?{_FULL_YEAR}(?:年|(?=[底末]))(?:全?年度?)?[底末内终]?{_BEFORE}", _year_end),
        (rf"(?:到|至)?(?P<rel>今年|明年|次年|来年|后年)[底末内终]?{_BEFORE}", _year_end),
        (rf"(?<![\d半])(?:本?年度?[底末内终]|全年度?){_BEFORE}", _year_end),
        (r"^(?P<m>\d{1,2})\.(?P<d>\d{1,2})日?(?:之前|以前|前)?$", _on_day),
        (rf"^{_FULL_YEAR}$", _year_end),
    )
)


@dataclass(frozen=True)
class _Found:
    start: int
    end: int
    day: date


def _scan(text: str, context: Context) -> Iterator[_Found]:
    """Read the text from left to right and give every day it names."""
    scan, place = _Scan(context), 0
    while place < len(text):
        for pattern, reader in WRITINGS:
            match = pattern.match(text, place)
            if match and match.end() > place:
                yield _Found(place, match.end(), reader(match, scan))
                place = match.end()
                break
        else:
            place += 1


def names_cycle(text: object) -> bool:
    """Tell whether a text says how often, be it a cycle of ours (每月) or not (每半年)."""
    return bool(words.EVERY.search(arabic(squeeze(text))[:LONGEST]))


def cycle_of(text: object) -> str | None:
    """Give the reporting cycle that a text asks for (每月, 按季, 开展季度核查), or None."""
    flat = arabic(squeeze(text))[:LONGEST]
    match = words.EVERY.search(flat) or words.ONGOING_CYCLE.search(flat)
    return words.CYCLES.get(match["unit"]) if match else None


def cycle_in_sentence(text: str) -> str | None:
    """Give the cycle that a task's own sentence asks for: 每月调度, 开展季度核查; not the 每年 of a goal."""
    flat = arabic(squeeze(text))[:LONGEST]
    match = words.EVERY_REPORT.search(flat) or words.ONGOING_CYCLE.search(flat)
    return words.CYCLES.get(match["unit"]) if match else None


def in_sentence(text: str, context: Context) -> Deadline | None:
    """Find the deadline inside a task's sentence (…于6月底前完成), where nothing else names one."""
    phrases = [match.group() for match in words.PHRASE.finditer(arabic(squeeze(text))[:LONGEST])]
    found = parse("，".join(phrases), context) if phrases else None
    return found if found and found.date else None


def _without_cycles(text: str) -> str:
    """Blank out 每年12月10日前 and the like, so that their days are not taken for deadlines."""
    return words.EVERY.sub(lambda m: "＿" * len(m.group()), text)


def _segment(text: str, found: _Found, before: int, after: int) -> str:
    """Give what is due on a day: the rest of its segment, not reaching into the days before and after it."""
    start = max(text.rfind(mark, 0, found.start) for mark in SEPARATORS) + 1
    ends = [at for at in (text.find(mark, found.end, after) for mark in SEPARATORS) if at >= 0]
    lead = text[start : found.start] if start >= before else ""
    return (lead + text[found.end : min(ends, default=after)]).strip(" ,;:。、()")


def _is_range(text: str, first: _Found, second: _Found) -> bool:
    return text[first.end : second.start] in {"至", "到", "-", "—", "~", "--", "——"}


def _milestones(text: str, found: list[_Found]) -> tuple[Milestone, ...]:
    stages = [
        one
        for one, after in zip(found, [*found[1:], None], strict=True)
        if after is None or not _is_range(text, one, after)
    ]
    if len(stages) < 2:
        return ()
    befores, afters = [0, *(s.end for s in stages)], [*(s.start for s in stages[1:]), len(text)]
    return tuple(
        Milestone(_segment(text, stage, before, after), stage.day)
        for stage, before, after in zip(stages, befores, afters, strict=False)
    )


def _before_events(text: str, found: list[_Found]) -> list[_Found]:
    """Drop 2026年 from 2026年秋季学期: the event is the deadline, not the year; 9月1日开学前 keeps its day.

    A day that a bracket gives for the event counts: 秋季学期前（8月底）.
    """
    spans = [(e.start(), e.end()) for e in words.AN_EVENT_WORD.finditer(text)]

    def beside(one: _Found) -> bool:
        return any(
            not re.search(f"[{SEPARATORS}(]", text[min(one.end, end) : max(one.start, start)]) for start, end in spans
        )

    return [one for one in found if re.search("[日号]", text[one.start : one.end]) or not beside(one)]


def _refused(text: str, kind: str, key: str) -> Deadline:
    return Deadline(None, text, kind, say(words.REASONS[key]) % {"text": text})


def _undated(text: str, flat: str, cycle: str | None) -> Deadline:
    """Say why a text without any day has none."""
    for pattern, kind, reason in words.WITHOUT_DAY:
        if pattern.search(flat):
            return Deadline(None, text, kind, say(reason) % {"text": text}, cycle)
    return _refused(text, "unreadable", "unreadable")


def _from_text(text: str, context: Context) -> Deadline:
    flat = arabic(squeeze(text))[:LONGEST]
    cycle = cycle_of(flat)
    bare = _without_cycles(flat)
    try:
        found = _before_events(bare, list(_scan(bare, context)))
    except Unreadable as problem:
        return _refused(text, "unreadable", str(problem))
    if not found:
        return _undated(text, flat, cycle)
    return Deadline(max(one.day for one in found), text, cycle=cycle, milestones=_milestones(bare, found))


def _plausible(day: date) -> Deadline:
    """Refuse the days that a broken cell gives (1900-02-29 and its neighbours)."""
    if not 2000 <= day.year < 2100:
        return _refused(day.isoformat(), "unreadable", "implausible")
    return Deadline(day, day.isoformat())


def _from_number(value: float, context: Context) -> Deadline:
    """Read a number cell: an Excel serial, 20261231, 202612 or a bare year."""
    if not math.isfinite(value):
        return _refused(str(value), "unreadable", "unreadable")
    whole = int(value)
    if 20000 <= value < 80000:
        return _plausible(EPOCH + timedelta(days=whole))
    if whole != value:
        return _refused(f"{value:g}", "unreadable", "decimal")
    if re.fullmatch(r"20\d\d(0[1-9]|1[0-2])", str(whole)):
        return _from_text(f"{whole // 100}-{whole % 100}", context)
    return _from_text(str(whole), context)


def parse(value: object, context: Context | None = None) -> Deadline:
    """Read a deadline from a cell or a phrase: a date, an Excel serial or any writing of the office.

    Never raises: what cannot be read gives ``date=None`` with a kind and a reason in Chinese.
    """
    context = context or Context()
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return _plausible(value)
    text = "" if value is None else tidy(value).strip()
    if not text or set(text) <= set("-—/ 无"):
        return _refused(text, "missing", "missing")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(float(value), context)
    if re.fullmatch(r"[2-7]\d{4}(?:\.\d+)?|20\d\d(?:0[1-9]|1[0-2])", text):
        return _from_number(float(text), context)
    return _from_text(text, context)
