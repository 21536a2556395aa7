"""Responsibility written beside a clause: in brackets, on label lines, after a dash, or in 以上…由…负责.

What an annotation says is taken apart by segments: label lines and verbs give the role of units (documents.units),
what is only a limit is the deadline, 责任领导 is a post.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents import units
from documents.unit_words import one_of
from tasks.decomposition import times
from tasks.decomposition.cleaning import squeezed, squeezed_names
from tasks.decomposition.naming import GROUP, Names
from tasks.decomposition.shapes import Statement

OPENING = {"（": "）", "〔": "〕", "【": "】"}
LONGEST_ANNOTATION = 600

DEADLINE_LABELS = one_of(
    "完成时限 完成时间 办理时限 办结时限 整改时限 工作时限 时限要求 时间要求 完成期限 办结期限 "
    "时间节点 时限 期限 时间 进度要求 "
    "截止时间 截止日期"
)
LEADER_LABELS = one_of(
    "责任领导 牵头领导 分管领导 包联领导 包保领导 督办领导 挂帅领导 责任市领导 责任县领导 牵头市领导 "
    "牵头县领导 分管市领导 "
    "分管县领导 市级领导 县级领导 市领导 县领导 市级责任领导 县级责任领导 市级牵头领导 县级牵头领导"
)
CYCLE_LABELS = one_of("反馈周期 报送周期 调度周期 反馈频次 报送频次 周期 反馈要求")
UNIT_LABELS = (
    "(?:总牵头|共同牵头|牵头(?:责任|组织|实施|组织实施|负责)*|主办|主责|主要责任|主抓|第一责任|责任|"
    "承办|承担|落实|实施|负责|配合(?:责任)?|协办|协同(?:责任)?|"
    "协助|协作|参与|参加|支持|指导|保障|会办)(?:单位|部门|科室|处室)|牵头|主办|主责|配合|协办|责任主体"
)
OTHER_LABELS = one_of("目标 标准 备注 联系人 联系电话 工作目标 工作标准 完成标准 责任人")
LABEL = re.compile(
    rf"(?P<deadline>{DEADLINE_LABELS})：|(?P<leader>{LEADER_LABELS})：|(?P<cycle>{CYCLE_LABELS})：|"
    rf"(?P<units>{UNIT_LABELS})：|(?P<other>{OTHER_LABELS})："
)
ROLE_WORDS = re.compile(
    "牵头|责任(?:单位|部门|主体|领导)|主(?:办|责)(?:单位|部门)?|配合|协办|协同|负责|分工|承办|"
    "(?:落实|实施|参与|参加|承担)(?:单位|部门)?$|"
    "(?:完成|办结|整改)?时限："
)
NO_ANNOTATION = re.compile(
    r"^(?:以下(?:简称|统称)|(?:以下)?简称|含|不含|包括|不包括|指|即|如|例如|详见|见|附|此件|"
    r"本[市县省]|联系|电话|另|注|其中|设在|"
    r"星期|周[一二三四五六日]|征求意见|修订|审议|代拟|试行|暂行|送审|草案|"
    r"[一二三四五六七八九十\d]+$)|(?:除外|为准|稿|公开发布|公开)$"
)
NO_UNITS = re.compile(r"^\d+[年—–-]|^20\d\d|(?:下同|以上|以下)$")
FIRST_LEADS = re.compile("(?:列|排)?(?:在)?(?:第一位|首位|第一)[^，；。]*(?:牵头|汇总)[^，；。]*(?:，?下同)?")
SPREADS = re.compile(
    rf"以下(?:各项|各条|任务|措施|工作|条款|内容|事项|各任务)*[^，。；]{{0,4}}?均(?:需|须|要|由|"
    rf"应)(?:请)?(?P<groups>(?:{GROUP.pattern})(?:[、和及](?:{GROUP.pattern}))*)"
    rf"[^，。；]{{0,6}}?(?:落实|负责|实施|配合)[^。；]*"
)
NOT_LISTED = re.compile("(?:后续)?(?:不再|不另|不一一)(?:单独|逐一|另行)?(?:列出|列示|标注|注明|列举|重复)[^。；]*")
BY_ALL = re.compile("^由(.+?)(?<!分工)负责$")  # 由甲、乙负责: both lead
UNIT_ENDING = re.compile("(?:局|厅|委|办|部|院|会|处|队|中心|集团|公司|政府|银行|行|社|站|所|学校|街道)$")
ROLE_TAIL = re.compile(
    "(?:共同|联合|分别|按照?(?:各自)?职责(?:分工)?)*"
    "(?:牵头|负责|配合|主办|协办|承办|落实|实施|参与|参加|指导)+(?:负责|落实|实施)?$"
)


@dataclass(frozen=True)
class Bracket:
    """A bracket with its inside; places are those of the text it was found in."""

    start: int
    end: int
    inside: str


def brackets(text: str) -> Iterator[Bracket]:
    """Give the outermost brackets of a text; one that is never closed ends with the text, so that nothing is lost."""
    place = 0
    while place < len(text):
        if text[place] not in OPENING:
            place += 1
            continue
        end = _closing(text, place)
        if end is None:
            place += 1
            continue
        yield Bracket(place, end, text[place + 1 : end - 1])
        place = end


def _closing(text: str, start: int) -> int | None:
    """Give the place after the bracket that closes the one at ``start``: the right one, else any that balances."""
    depth = 0
    for place in range(start, min(len(text), start + LONGEST_ANNOTATION)):
        if text[place] in OPENING:
            depth += 1
        elif text[place] in OPENING.values():
            depth -= 1
            if not depth:
                return place + 1
    return None


class Reader:
    """Reads annotations with the names of one paper at hand."""

    def __init__(self, names: Names) -> None:
        self.names = names

    def is_annotation(self, inside: str) -> bool:
        """Tell whether a bracket names who is responsible: role words, or nothing but units."""
        words = squeezed_names(inside)
        if not words or NO_ANNOTATION.search(words):
            return False
        if LABEL.match(words):
            return True
        if NO_UNITS.search(words) and not ROLE_WORDS.search(words):
            return False
        if ROLE_WORDS.search(words):
            return self._names_anybody(words)
        return self._only_units(words)

    def is_wholly_roles(self, inside: str) -> bool:
        """Tell whether every part of a text gives units a role or is a limit: 甲牵头，乙配合；10月底前."""
        parts = [part for part in re.split("[，；。]", squeezed_names(inside)) if part]
        says = [bool(ROLE_TAIL.search(one) or LABEL.match(one) or times.is_time(one)) for one in parts]
        return any(says) and all(said or self._only_units(one) for said, one in zip(says, parts, strict=True))

    def _names_anybody(self, words: str) -> bool:
        """Tell whether some segment begins with a unit, a group or something written like one."""
        for segment in re.split("[；，。]", words):
            bare = re.sub("^(?:由|请|[^：]{2,10}：)", "", segment)
            found, _rest = self.names.run(bare)
            if found or UNIT_ENDING.search(ROLE_TAIL.sub("", bare)):
                return True
        return False

    def _only_units(self, words: str) -> bool:
        found, rest = self.names.run(re.sub("[，；]", "、", words))
        return bool(found) and not rest.strip("等。、") and any(self.names.knows(n) or units.is_group(n) for n in found)

    def read(self, raw: str) -> Statement:
        """Take an annotation apart: who leads, who helps, until when."""
        text = squeezed_names(raw)
        inner = text[1:-1] if text[:1] in OPENING and text[-1:] in OPENING.values() else text
        inner = FIRST_LEADS.sub("", inner)
        spreads = self._spreads(inner)
        inner = NOT_LISTED.sub("", SPREADS.sub("", inner))
        limits, leaders, cycles, parts = self._sorted(inner)
        roles = units.read("；".join(parts), known=self.names.knows_zone)
        return Statement(
            tuple(roles.leads), tuple(roles.cooperating), tuple(roles.groups),
            "，".join(limits), "，".join(cycles), "、".join(leaders), raw, spreads,
        )  # fmt: skip

    def _spreads(self, text: str) -> tuple[str, ...]:
        match = SPREADS.search(text)
        return tuple(m.group() for m in GROUP.finditer(match["groups"])) if match else ()

    def _sorted(self, text: str) -> tuple[list[str], list[str], list[str], list[str]]:
        """Sort the segments of an annotation: limits, leaders, cycles, and what names units."""
        limits: list[str] = []
        leaders: list[str] = []
        cycles: list[str] = []
        parts: list[str] = []
        for kind, words in labelled(text):
            if kind == "deadline":
                limits.append(words)
            elif kind == "leader":
                leaders.append(words.strip("；，。"))
            elif kind == "cycle":
                cycles.append(words)
            elif kind != "other":
                self._sort_free(words, limits, parts)
        return [limit for one in limits if (limit := one.strip("；，。"))], leaders, cycles, parts

    def _sort_free(self, words: str, limits: list[str], parts: list[str]) -> None:
        """Sort what has no label of its own, or the label of units: a segment may be only a limit."""
        for sentence in re.split("[；。]", words):
            kept: list[str] = []
            for segment in _commas(sentence):
                if segment and times.is_time(segment):
                    limits.append(segment)
                elif segment:
                    kept.append(BY_ALL.sub(r"\1牵头", segment))
            if kept:
                parts.append("，".join(kept))


def _commas(sentence: str) -> list[str]:
    """Split at commas that stand outside of brackets."""
    parts, depth, start = [], 0, 0
    for place, char in enumerate(sentence):
        depth += (char in OPENING) - (char in OPENING.values())
        if char == "，" and depth <= 0:
            parts.append(sentence[start:place])
            start = place + 1
    return [*parts, sentence[start:]]


def labelled(text: str) -> Iterator[tuple[str, str]]:
    """Give the pieces of a text by the label that stands before each: (kind, words); units keep their label."""
    found = list(LABEL.finditer(text))
    starts = [match.start() for match in found] + [len(text)]
    if starts[0]:
        yield "free", text[: starts[0]]
    for match, end in zip(found, starts[1:], strict=True):
        words = text[match.end() : end].strip("；，。、 ")
        kind = str(match.lastgroup)
        yield kind, f"{match.group()}{words}" if kind == "units" else words


def is_label_line(text: str) -> bool:
    """Tell whether a paragraph begins with a label (牵头单位：…), also in brackets of its own."""
    words = re.sub(r"^[（〔【\s]+", "", squeezed(text))
    match = LABEL.match(words)
    return match is not None and match.lastgroup != "other"
