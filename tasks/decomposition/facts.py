"""What a paper says of itself: title, number, issuer, day, level, and the cycle on which all tasks are reported."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from documents.numerals import arabic, chinese_number
from organization.matching import GOVERNMENT, Directory
from tasks.decomposition import times
from tasks.decomposition.cleaning import squeezed
from tasks.decomposition.naming import place_named
from tasks.decomposition.shapes import Facts
from tasks.decomposition.structure import Paragraph

DOC_NO = re.compile(r"(?P<sign>[\u4e00-\u9fff]{0,10})[〔（](?P<year>20\d\d)[〕）]\s*(?:第)?\d{1,4}\s*号")
DAY = re.compile(
    r"(20\d\d|[二〇○零一二三四五六七八九]{4})\s*年\s*(\d{1,2}|"
    r"[一二三四五六七八九十]{1,3})\s*月\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*日"
)
_MEETING_DAY = r"(?:(20\d\d)年)?(\d{1,2})月(\d{1,2})日"
MEETING = re.compile(rf"{_MEETING_DAY}(?:上午|下午|晚)?，[^。]{{0,80}}?(?:召开|主持|会议|研究)")
MEETING_LINE = re.compile(rf"^(?:会议)?时间：{_MEETING_DAY}")
TITLE_END = re.compile(
    "(?:方案|通知|意见|纪要|清单|措施|分解表|任务表|一览表|要点|办法|规划|计划|讲话|报告|决定|安排|"
    "分工|函|批示|责任表|行动)(?:（[^）]*）)?$"
)
TITLE_WEIGHT = ("清单", "方案", "措施", "表", "要点", "意见", "计划", "安排")
YEAR_IN_TITLE = re.compile(r"(?<!\d)(20\d\d)年?")
PLAN_YEARS = re.compile(r"(20\d\d)年?[—–~至-]{1,2}(20\d\d)年?")
LEVEL_WORDS = (
    ("province", "全省|我省|省委|省政府|省直|省级各"),
    ("city", "全市|我市|市委|市政府|市直|市级各"),
    ("county", "全县|我县|全区|我区|县委|县政府|区委|区政府|县直|区直"),
)
NAMED_LEVEL = re.compile("(?<![\u4e00-\u9fff])(省|市|县|区)(?=[\u4e00-\u9fff]{1,14}?(?:局|厅|委|办|部))")
LEVEL_OF_SIGN = {"省": "province", "市": "city", "县": "county", "区": "county"}
REPORTS = re.compile("报送|反馈|上报|报告|报(?:市|县|省|区|州|督查|[^，。]{0,8}(?:督查室|办公室|办))|汇总(?:上报|报)")
CONDITION = re.compile("的[，,]")
HEADER_LINES = 12
FRONT_CHARACTERS = 4000


def facts_of(found: list[Paragraph], directory: Directory) -> Facts:
    """Read what a paper says of itself from its first lines, its signature and its instructions on reporting."""
    front = _front(found)
    texts = [squeezed(p.text) for p in front]
    title = _title(texts)
    number = next((match for text in texts if (match := DOC_NO.search(text))), None)
    issued_on = _issued_on(found, front)
    year = _year(title, number["year"] if number else None, issued_on, found)
    years = next((m for text in [title, *texts] if (m := PLAN_YEARS.search(text))), None)
    return Facts(
        title=title,
        doc_no=number.group() if number else "",
        issuer=_issuer(texts, directory),
        issued_on=issued_on,
        meeting_on=_meeting_on(found, issued_on, year),
        year=year,
        plan_years=(int(years[1]), int(years[2])) if years else None,
        level=_level(found, front, directory, number["sign"] if number else ""),
    )


def _front(found: list[Paragraph]) -> list[Paragraph]:
    """Give what stands before the first heading or number, at most a page."""
    front: list[Paragraph] = []
    length = 0
    for paragraph in found:
        length += len(paragraph.text)
        if paragraph.numbered or length > FRONT_CHARACTERS:
            break
        front.append(paragraph)
    return front


def _title(texts: list[str]) -> str:
    """Give the title: of several lines that end like one, the paper that is carried (方案, 清单) before the notice."""
    titles = [text for text in texts if len(text) <= 80 and TITLE_END.search(text) and "：" not in text]
    if not titles:
        return next((text for text in texts if 4 <= len(text) <= 60 and text[-1] not in "。：；，"), "")
    carried = [t for t in titles if re.sub("（[^）]*）$", "", t).endswith(TITLE_WEIGHT) and not t.endswith("通知")]
    return (carried or titles)[-1]


def _year(title: str, number: str | None, issued_on: date | None, found: list[Paragraph]) -> int | None:
    """Give the year that dates without one belong to: of the number, the day of issue, else the title."""
    if issued_on is not None:
        return issued_on.year
    if number:
        return int(number)
    named = YEAR_IN_TITLE.search(arabic(title))
    return int(named[1]) if named else _usual_year(found)


def _usual_year(found: list[Paragraph]) -> int | None:
    """Give the year that a paper without day and number speaks of most."""
    years = Counter(match[1] for p in found[:200] for match in re.finditer(r"(?<!\d)(20\d\d)\s*年", arabic(p.text)))
    return int(years.most_common(1)[0][0]) if years else None


def day_of(match: re.Match[str]) -> date | None:
    """Make a day of its writing in either numerals; None if there is no such day."""
    year = arabic(match[1] + "年")[:4]
    month, day = (int(part) if part.isdigit() else chinese_number(part) or 0 for part in (match[2], match[3]))
    try:
        return date(int(year), month, day)
    except ValueError:
        return None


def _issued_on(found: list[Paragraph], front: list[Paragraph]) -> date | None:
    """Give the day of issue: a line of its own, or the end of a short line at the head or foot of the paper."""
    for paragraph in [*front, *found[-6:]]:
        text = squeezed(paragraph.text)
        match = DAY.search(text)
        if not match or len(text) > 60:
            continue
        alone = match.end() == len(text) and not re.search("[，。]", text)
        if alone or re.match(r"（(?=20)", text) or text.endswith("印发"):
            return day_of(match)
    return None


def _meeting_on(found: list[Paragraph], issued_on: date | None, year: int | None) -> date | None:
    for paragraph in found[:HEADER_LINES]:
        text = squeezed(paragraph.text)
        match = MEETING_LINE.match(text) or MEETING.search(text)
        base = issued_on.year if issued_on else year
        if match and (match[1] or base):
            try:
                return date(int(match[1] or base or 0), int(match[2]), int(match[3]))
            except ValueError:
                return None
    return None


def _issuer(texts: list[str], directory: Directory) -> str:
    """Give who issues: the first line that begins with a place or 中共 and names an organ."""
    for text in texts:
        words = re.sub("文件$", "", DAY.sub("", text))
        organ = re.match(
            "(?:中共)?[\u4e00-\u9fff]{2,12}?(?:办公室|办公厅|督查室|委员会|人民政府|领导小组|市委|县委|省委)", words
        )
        if organ and place_named(directory, words):
            whole = re.match("(?:中共)?[\u4e00-\u9fff]{2,30}?(?:办公室|办公厅|督查室|委员会|领导小组)(?=关于|$)", words)
            return whole.group() if whole else organ.group()
    return ""


def place_of(found: list[Paragraph], facts: Facts, directory: Directory) -> str:
    """Give the path of the government that a paper speaks from.

    First the place that its title or issuer names, then that of its number (青政办发: 青), then the only place of its
    level in the directory; '' where none is sure.
    """
    texts = [facts.title, facts.issuer, *(squeezed(p.text) for p in _front(found) if len(p.text) <= 80)]
    named = next((path for text in texts if (path := place_named(directory, text))), "")
    if named:
        return named
    of_level = [g for g in directory.governments if g.level == facts.level]
    sign = facts.doc_no[:1]
    if sign and sign != "〔":
        of_sign = [g for g in of_level or directory.governments if g.name.startswith(sign)]
        if len(of_sign) == 1:
            return of_sign[0].path
    if len(of_level) == 1:
        return of_level[0].path
    staffed = [g for g in of_level if _staff(directory, g.path)]
    return staffed[0].path if len(staffed) == 1 else ""


def _staff(directory: Directory, path: str) -> int:
    """Count the units under a government that are no governments."""
    return sum(
        e.path.startswith(path) and e.path != path and not GOVERNMENT.search(e.name) for e in directory.entries.values()
    )


def _level(found: list[Paragraph], front: list[Paragraph], directory: Directory, sign: str) -> str:
    """Give the level that a paper speaks from: of the place it names, else of the words it uses most."""
    for paragraph in front:
        path = place_named(directory, squeezed(paragraph.text)) if len(paragraph.text) <= 80 else ""
        if path:
            return next(g.level for g in directory.governments if g.path == path)
    whole = "\n".join(p.text for p in found[:400])
    counts: Counter[str] = Counter()
    for level, words in LEVEL_WORDS:
        counts[level] += len(re.findall(words, whole))
    for match in NAMED_LEVEL.finditer(whole):
        counts[LEVEL_OF_SIGN[match[1]]] += 1
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] else ""


def cycle_for_all(texts: Iterable[str]) -> str | None:
    """Give the cycle on which everything is reported, as the paper's instructions (without white space) say."""
    for text in texts:
        if not REPORTS.search(text):
            continue
        for sentence in re.split("[。；]", text):
            told = REPORTS.search(sentence) and not CONDITION.search(sentence) and is_for_all(sentence)
            says, cycle = times.cycle_in(sentence) if told else (False, None)
            if says:
                return cycle
    return None


FOR_ALL = re.compile(
    "各(?:有关)?(?:牵头|责任|承办|主办|配合|有关|县|区|部门|单位|地)|牵头(?:（主办）)?(?:单位|部门)|"
    "责任单位|承办单位|主办单位|上述|以上|本(?:方案|清单|表)|进展情况|办理情况|完成情况|落实情况"
)


REPORTING = re.compile(
    "^(?:请)?各(?:有关|牵头|责任|承办|主办|配合|相关|（主办）)*(?:单位|部门|地)[^。；]*(?:报送|反馈|"
    "上报|报(?:市|县|省|区|送)|汇总)"
)


def is_reporting(text: str) -> bool:
    """Tell whether a text (without white space) is nothing but how to report: it is no task."""
    return bool(REPORTING.match(text)) and len(text) <= 120


def is_for_all(sentence: str) -> bool:
    """Tell whether an instruction speaks to all units and not within one task."""
    return bool(FOR_ALL.search(sentence))
