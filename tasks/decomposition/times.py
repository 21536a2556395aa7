"""Deadlines, stages and cycles inside a sentence, told apart from the dates that are none.

Conventions of day and month are those of documents.dates; here stands which words of a sentence are a limit at all:
not the year of a version, not what is compared with, not the years of a plan, not how long a policy is in force.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from documents import dates
from documents.date_words import AN_EVENT_WORD, WITHOUT_DAY
from documents.dates import Context, Deadline, Milestone
from documents.numerals import arabic
from tasks.decomposition.shapes import Facts, Workdays

N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
YEAR = r"(?:(?:20\d\d|[二〇○零一二三四五六七八九]{4})年度?|今年|明年|次年|来年|后年|本年度?|当年)"
BEFORE = r"(?:之前|以前|前|内|底前)?"
DONE = "完成|建成|投用|投入|启动|开工|竣工|实现|达到|出台|印发|上线|开通|通车|见效|办结|报|正式|基本|全面|全部"
# What makes a limit finer than the year before it: 到次年4月底前 is no whole year.
FINER = rf"{N}月(?!份?报|度)|第?[一二三四1-4]季度|上半年|下半年"
# The writings of a limit, the most exact first.
WRITINGS: tuple[tuple[str, str], ...] = (
    ("relative", rf"(?:自|从)?[^，；。、]{{0,10}}?(?:会议?(?:结束)?后|(?:印发|发文|发布|下发|交办|公布|"
        rf"收到)(?:之日)?[起后])[^，；。\d一二三四五六七八九十半两]{{0,3}}(?:{N}|半|两)个?(?:工作日|月|周|"
        rf"星期|日|天)(?:之内|以内|内)"),
    ("day", rf"(?:{YEAR})?{N}月{N}[日号](?:（[^）]*）)?(?:起|{BEFORE})"),
    ("day", rf"20\d\d[-/.]\d{{1,2}}[-/.]\d{{1,2}}{BEFORE}"),
    ("third", rf"(?:{YEAR})?{N}月份?[上中下]旬{BEFORE}"),
    ("month", rf"(?:{YEAR})?{N}月份?[底末初]{BEFORE}"),
    ("month", rf"(?:{YEAR})?{N}月份?(?:之前|以前|前|内)"),
    ("month", rf"{YEAR}{N}月份?"),
    ("month", rf"(?<![\d月至到—-]){N}月份?(?=(?:{DONE}))"),
    ("month", r"(?:本|当|下)月[底末]?(?:之?前|内)"),
    ("quarter", rf"(?:{YEAR})?第?[一二三四1-4]季度[末底]?{BEFORE}"),
    ("half", rf"(?:{YEAR})?(?:上半年|下半年|年中)[末底]?{BEFORE}"),
    ("year", rf"(?:到|至)?{YEAR}?(?:年底|年末|年终|年内|本年度内){BEFORE}"),
    ("year", rf"(?:到|至)?{YEAR}(?!{FINER})(?:[底末]{BEFORE}|{BEFORE})"),
    ("year", r"全年度?"),
    ("plan", r"[“]?十[四五六]五[”]?(?:规划)?(?:期?末|期间)"),
    ("short", r"(?<![\d.])\d{1,2}\.\d{1,2}(?:日)?(?:之前|以前|前)"),
    ("span", r"(?:用|利用)?(?P<n>[两二三四五2-5])年(?:时间)?(?=累计|内|共|新增|完成|建设|改造|新建)"),
)  # fmt: skip
PHRASES = tuple((kind, re.compile(pattern)) for kind, pattern in WRITINGS)
STARTS = re.compile(r"[\d一二三四五六七八九十第自从到至今明次来后本当全年上下用利两“会印发公收交〇○零]")

# Words before and after that make a date no limit.
NOT_AFTER = re.compile(
    r"(?:较|比|同比|超过|高于|低于|不低于|自|从|截至|截止|期限|有效期|执行期?|延长|延续|暂定|实施期|"
    r"施行|每|逐|于?去年|上年|"
    r"以[^，。；]{0,4}为基[数期]|依据|根据|按照|落实|对照|参照)(?:为|到|至|的|在)?$"
)
NOT_BEFORE = re.compile(
    "^(?:以来|以后建|以前建|之前建|前建成|以前的|之前的|前的|底的|版|修订(?:版|本|的|）|$)|同期|水平|基数|为基|下达|"
    "印发的|出台的|建成的|建成以|起施行|起实施|度?省级|的)"
)
# 年末促消费活动, 年底考核: the end of the year is the name of something.
NAME_OF_THING = re.compile("^(?:[^，。；]{0,6}活动|考核|总结|述职|评比|评议|结算|决算|慰问)")
# 全年投资任务 is a limit only where nothing finer is said.
OF_ALL_YEAR = re.compile("^[^，。；]{0,8}?(?:任务|目标|计划|指标|预期)")
YEAR_NOT_BEFORE = re.compile("^(?:[—–~至到-]|[”》])")
IN_FORCE = re.compile(
    "(?:实施|执行|有效|政策|试点|施行)?(?:期限|有效期|执行期)[^，；。]{0,6}$|(?:延续|延长|施行|执行|"
    "顺延)(?:实施)?(?:至|到)$"
)
CYCLIC = re.compile(
    r"(?:每(?:个)?(?:半年|[两2双]?个?月|季度?|年|周|星期|旬|日|天)|逐月|逐季|按月|按季度?|按年)[^，；。：]*"
)
QUOTED = re.compile("《[^》]*》|（[^）]*[—–-]20\\d\\d年?）")
EVERY = re.compile(
    r"(?:每(?:个)?|按|逐)(?P<unit>半年|半个?月|双月|[两2]个?月|个月|季度|星期|年度?|季|月度?|周|旬|日|"
    r"天)(?!百|千|万户|人)"
)
ONCE_A = re.compile("一(?P<unit>年|季|月|周)一(?!体化)")
ONGOING = re.compile("(?P<unit>季度|月度|年度|周)(?:核查|调度|通报|评估|监测|检查|督查|会商|分析|点评)")
SEVERAL = re.compile("(?:日|周|旬|月|季|年)[\u4e00-\u9fff]{2}(?:、(?:周|旬|月|季|半年|年)[\u4e00-\u9fff]{2})+")
TWICE_A_YEAR = re.compile(rf"每年(?:的)?(?:{N}月[底末初中]?(?:旬|{N}日)?(?:前)?[、和及]{N}月|年中[、和及]?年[底末])")
ONCE_A_YEAR = re.compile("年度(?:核查|调度|通报|评估|监测|检查|督查|会商|分析|点评)")
CYCLES = {
    "周": "weekly", "星期": "weekly", "月": "monthly", "个月": "monthly", "月度": "monthly", "季": "quarterly",
    "季度": "quarterly", "年": "yearly", "年度": "yearly",
}  # fmt: skip
OPEN = tuple(pattern for pattern, kind, _reason in WITHOUT_DAY if kind in {"open", "event"})
MOST_PHRASES = 24


@dataclass(frozen=True)
class Phrase:
    """A limit as it stands in a sentence."""

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True)
class Calendar:
    """How limits of one paper are reckoned."""

    facts: Facts
    context: Context

    @classmethod
    def of(cls, facts: Facts, after_workdays: Workdays = None) -> "Calendar":
        """Make the reckoning of a paper from what it says of itself, and of the working days of who took it in."""
        base = facts.issued_on or facts.meeting_on
        year = facts.year or (base.year if base else None)
        return cls(facts, Context(year, facts.issued_on, facts.meeting_on, after_workdays))

    def in_sentence(self, text: str) -> Deadline:
        """Give the deadline that a clause names itself; several give milestones, and the last counts."""
        return self._of_phrases(text, list(phrases(text)))

    def stated(self, text: str) -> Deadline:
        """Read a limit that stands by itself: in an annotation, a label line or a cell."""
        found = dates.parse(text, self.context)
        if found.kind == "date" and found.date and self._is_plan_span(text):
            return self.in_sentence(text)
        return found

    def _is_plan_span(self, text: str) -> bool:
        return bool(re.fullmatch("[两二三四五2-5]年(?:内|时间)?", text))

    def _of_phrases(self, text: str, found: list[Phrase]) -> Deadline:
        dated = [(phrase, day) for phrase in found if (day := self._day(phrase)) is not None]
        if self.facts.issued_on is not None:
            dated = [(phrase, day) for phrase, day in dated if day >= self.facts.issued_on]
        finer = [(p, day) for p, day in dated if p.text != "全年" or not OF_ALL_YEAR.match(text[p.end :])]
        dated = finer or dated
        if not dated:
            return _undated(text)
        last = max(day for _phrase, day in dated)
        written = "；".join(dict.fromkeys(phrase.text for phrase, _day in dated))
        stages = _stages(text, dated)
        return Deadline(last, written, milestones=stages if len(stages) > 1 else ())

    def _day(self, phrase: Phrase) -> date | None:
        if phrase.kind == "span":
            return self._plan_end(phrase)
        text = arabic(phrase.text).removesuffix("起")
        if phrase.kind == "year":
            text = text.lstrip("到至")
        return dates.parse(text, self.context).date

    def _plan_end(self, phrase: Phrase) -> date | None:
        """Give the end of the paper's own years, where a clause speaks of as many years (三年累计)."""
        years = self.facts.plan_years
        count = int(arabic(phrase.text.lstrip("用利") + "年")[:1]) if phrase.text else 0
        if years and years[1] - years[0] + 1 == count:
            return date(years[1], 12, 31)
        return None


def _blanked(text: str) -> str:
    """Blank out what only looks like a limit: names of papers, ranges of years, what recurs."""
    for pattern in (QUOTED, CYCLIC):
        text = pattern.sub(lambda match: "＿" * len(match.group()), text)
    return text


def phrases(text: str) -> Iterator[Phrase]:
    """Give the limits in a sentence (without white space), from left to right."""
    bare, place, count = _blanked(text), 0, 0
    while place < len(bare) and count < MOST_PHRASES:
        start = STARTS.search(bare, place)
        if start is None:
            return
        phrase = _phrase_at(bare, start.start())
        if phrase is None:
            place = start.start() + 1
            continue
        place = phrase.end
        if _is_limit(bare, phrase):
            count += 1
            yield phrase


def _phrase_at(text: str, place: int) -> Phrase | None:
    for kind, pattern in PHRASES:
        match = pattern.match(text, place)
        if match and match.end() > place:
            return Phrase(place, match.end(), match.group(), kind)
    return None


def _is_limit(text: str, phrase: Phrase) -> bool:
    """Tell whether a date is meant as a limit, from the words around it."""
    before, after = text[max(0, phrase.start - 12) : phrase.start], text[phrase.end : phrase.end + 12]
    if phrase.kind != "relative" and (NOT_AFTER.search(before) or IN_FORCE.search(before)):
        return False
    if phrase.text in {"年末", "年终", "年底"} and NAME_OF_THING.match(after):
        return False
    if NOT_BEFORE.match(after) or (phrase.kind == "year" and YEAR_NOT_BEFORE.match(after)):
        return False
    if phrase.kind == "year" and re.search("[—–~至到“《-]$", before):
        return False
    if phrase.kind == "year" and (text[: phrase.start].count("（") > text[: phrase.start].count("）")):
        return False
    return not (phrase.kind in {"year", "half"} and _leads_to_event(after))


def _leads_to_event(after: str) -> bool:
    """Tell whether a year only belongs to an event: 2026年秋季学期, 2026年春节前."""
    event = AN_EVENT_WORD.search(after)
    return event is not None and not re.search("[，；。]", after[: event.start()]) and event.start() <= 2


def _stages(text: str, dated: list[tuple[Phrase, date]]) -> tuple[Milestone, ...]:
    """Give what is due on each day: the words around it up to the next date or mark."""
    stages: list[Milestone] = []
    for index, (phrase, day) in enumerate(dated):
        following = dated[index + 1][0].start if index + 1 < len(dated) else len(text)
        if text[phrase.end : following] in {"至", "到", "-", "—"}:
            continue
        before = dated[index - 1][0].end if index else 0
        marks = [text.rfind(mark, before, phrase.start) for mark in "，；。、："]
        start = max([before, *(mark + 1 for mark in marks)])
        ends = [end for mark in "，；。、" if 0 <= (end := text.find(mark, phrase.end)) < following]
        lead = re.sub("(?:须|要|应|需|于|在|确保|力争|其中)+$", "", text[start : phrase.start]).removeprefix("其中")
        stages.append(Milestone((lead + text[phrase.end : min(ends, default=following)]).strip(), day))
    return tuple(stages)


def _undated(text: str) -> Deadline:
    """Say why a clause has no day: it goes on for long, waits for an event, recurs, or says nothing."""
    for pattern, kind, _reason in WITHOUT_DAY:
        match = pattern.search(text) if kind in {"open", "event"} else None
        if match:
            return Deadline(None, match.group(), kind)
    every = EVERY.search(text)
    if every:
        return Deadline(None, every.group(), "cyclic")
    return Deadline(None, "", "missing")


def cycle_in(text: str) -> tuple[bool, str | None]:
    """Tell whether a text (without white space) says how often, and give the cycle where it is one of the four."""
    if SEVERAL.search(text) or TWICE_A_YEAR.search(text):
        return True, None
    for pattern in (EVERY, ONCE_A, ONGOING):
        for match in pattern.finditer(text):
            if match.group() in {"逐年", "按年"} or ONCE_A_YEAR.match(match.group()):
                continue
            return True, CYCLES.get(match["unit"])
    return False, None


LEADING = re.compile("^(?:力争|确保|原则上|计划|拟|并|且|须|需|应|于|在|限|请|务必|最迟|不晚于)+")
TRAILING = re.compile(
    rf"^(?:基本|全面|全部|逐步|首批|分批)?(?:完成|办结|落实|建成|报送?|前|内|之前|到位|整改到位|见成效|"
    rf"{DONE})*(?:并?(?:长期坚持|持续推进))?$"
)
WHOLLY_OPEN = re.compile(
    "^(?:并?(?:长期(?:坚持|整改|任务|推进)?|持续(?:推进|坚持|整改|实施|开展|深化)|常态化(?:推进|开展|"
    "实施|坚持)?|立行立改|即知即改|立即整改|边查边改|"
    "全年|年度内|汛期前|供暖季前|开学前|春节前|按时间?节点推进|按序时进度推进?|尽快|适时)[、，和及并]?)+$"
)


def is_time(segment: str) -> bool:
    """Tell whether a part of an annotation is nothing but a limit: 10月底前, 2026年底前完成, 持续推进."""
    if WHOLLY_OPEN.match(segment):
        return True
    words = LEADING.sub("", segment)
    every = CYCLIC.match(words)
    if every and len(words) <= 16:
        return True
    first = next(phrases(words), None)
    if first is None or first.start:
        return bool(re.fullmatch(r"(?:\d{1,2}月[、和]?)+", words))
    rest = words[first.end :]
    while (more := next(phrases(rest.lstrip("、，；和至到—-")), None)) is not None and more.start == 0:
        rest = rest.lstrip("、，；和至到—-")[more.end :]
    return bool(TRAILING.match(rest)) or len(rest) <= 14
