"""Units as a paper names them: read out of running text, and matched to the directory.

A name is found only where one unit can be meant; where several can, a person chooses; where none is known, the writing
is kept as it stands (never given to the unit of the same name on another level).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from documents import units
from documents.unit_words import AREAS, LEVEL_PREFIX, STANDS_ALONE, one_of
from documents.units import Mention
from organization.matching import GOVERNMENT, Directory, Entry
from tasks.decomposition.former import FORMER
from tasks.decomposition.shapes import Choice, Named

DELIMITER = re.compile(r"[、/]|(?:以及|和|及|与)(?=.)")
ZONE_OFFICES = ("区管委会", "区管理委员会")
NOT_BARE = frozenset({"政府", "办公室", "办公厅", "委", "办", "部", "局"})
# What follows the subject of a sentence: 市城投集团要…, 市水务局负责….
AFTER_NAME = re.compile(
    "(?:要|应当?|须|需|负责|牵头|主办|主责|承办|会同|联合|配合|协办|协助|协同|参加|参与|指导|作为|按照?|分别|共同|"
    "具体|积极|抓紧|尽快|立即|等|做好|加强|组织|每|于|在|对|[，；。：]|$)"
)
ORGANS = one_of(
    "人民政府 政府 管委会 管理委员会 办事处 委员会 办公室 办公厅 指挥部 专班 领导小组 检察院 法院 "
    "医院 学院 研究院 设计院 大学 学校 中学 党校 海关 供销社 "
    "残联 妇联 工商联 文联 科协 支队 总队 大队 中心 集团 公司 银行 分行 支行 局 厅 委 办 部 队 处 院 会 所 站 社"
)
TAIL_OF_UNIT = re.compile(
    "^[\u4e00-\u9fff]{0,6}(?:办公室|办公厅|督查室|领导小组|委员会|指挥部|分局|支队|大队|总队|中心|"
    "支行|分公司|公司|处|站|所|队|院)$"
)
BARE_GUESS = re.compile(
    rf"[\u4e00-\u9fff]{{2,12}}?(?:局|厅|委|办|部|中心|集团|公司|管委会|政府)(?={AFTER_NAME.pattern})"
)
BEGINS = ("省", "市", "县", "区", "州", "盟", "旗", "国家", "国网", "中国", "中共", "团")
WIDE_AREAS = "|".join(sorted(AREAS.split("|"), key=len, reverse=True))
MEMBERS = one_of("部门 单位 地方 企业 机构 专班 委 办 局 科室 学校 高校 院校 医院 银行 园区")
QUALITIES = one_of(
    "有关 相关 级 招商 行政 执法 审批 行业 主管 监管 责任 成员 功能 产业 参建 承办 牵头 配合 主办 "
    "金融 国有 重点 市直 县直 省直 区直 市属 县属 省属"
)
GROUP = re.compile(
    rf"(?:(?:省|市|县|区|州|乡镇)(?:直|级|属|政府)?(?:机关)?)?(?:各|有关|相关|沿线|沿[河江湖海]各?|所有|其他|属地|辖区)"
    rf"(?:{QUALITIES})*(?:{WIDE_AREAS}|{MEMBERS})(?:[、和及]?(?:{WIDE_AREAS}))*(?:（(?:{WIDE_AREAS}|"
    rf"[、])+）)?(?:{WIDE_AREAS})?"
    r"(?:(?:人民)?政府|党委|党工委|管委会|办事处)?(?:（(?:管委会|办事处)）)?"
    r"|(?:省|市|县|区|乡镇)级(?:人民)?政府|(?:省|市|县|区)(?:直|属)(?:国有)?(?:部门|单位|企业|学校|医院)"
    r"|[省市县](?:、[市县乡区村]){1,2}[两三]级(?:有关|相关)?(?:部门|单位|政府|机关)"
    rf"|(?:园区|功能区|开发区|乡镇|镇街|县区|区县)(?:人民政府|政府|管委会|办事处|党委)?(?={AFTER_NAME.pattern})"
)


@dataclass
class Found:
    """The units of one role, sorted by what the directory knows of them."""

    names: list[str] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)


def mentions_of(names: list[str]) -> list[Mention]:
    """Complete the names of a run from their neighbours (市教育、财政局); groups stay as they are written."""
    found: list[Mention] = []
    waiting: list[str] = []
    for name in names:
        if units.is_group(name):
            found.extend([*units.mentions("、".join(waiting)), Mention(name, name)])
            waiting = []
        else:
            waiting.append(name)
    return [*found, *units.mentions("、".join(waiting))]


class Names:
    """The names of one paper: the directory, and the place that the paper speaks from (a path of the tree)."""

    def __init__(self, directory: Directory, within: str = "") -> None:
        self.directory, self.within = directory, within
        self.known = _writings(directory)
        self.longest = max(map(len, self.known), default=0)
        self._starts = {name[:2] for name in self.known}
        places = {place[: max(2, len(place) - 1)] for place in directory.places}
        self._guess = re.compile(
            rf"(?:{'|'.join(sorted({*BEGINS, *places}, key=len, reverse=True))})[\u4e00-\u9fff]{{1,14}}?(?:{ORGANS})"
            rf"(?:(?={AFTER_NAME.pattern}|{DELIMITER.pattern})|(?<=[局厅])(?![长部])|(?<=支队|集团|公司|学院|"
            rf"医院|中心)(?!的))"
        )

    def resolve(self, mentions: Iterable[Mention]) -> Found:
        """Sort mentions into full names, unknown writings and choices; each once."""
        found = Found()
        for mention in mentions:
            match = self.directory.match(mention.name, within=self.within or None)
            if match.id is None and mention.text != mention.name:
                written = self.directory.match(mention.text, within=self.within or None)
                match = written if written.id is not None or not match.candidates else match
            if match.id is not None:
                _add(found.names, self.directory.entries[match.id].name)
                found.named.append(Named(mention.text, match.id))
                continue
            _add(found.unresolved, mention.text)
            candidates = match.candidates or self._successors(mention.name)
            found.named.append(Named(mention.text, None, candidates))
            if candidates:
                names = tuple(self.directory.entries[one].name for one in candidates)
                found.choices.append(Choice(mention.text, names))
        return found

    def _successors(self, name: str) -> tuple[int, ...]:
        """Give who does the work of a unit that the reform of 2018 ended: offered to a person, never taken."""
        found: list[int] = []
        for former, heirs in FORMER.items():
            if not re.search(f"(?:{former})$", name):
                continue
            for heir in heirs.split():
                match = self.directory.match(re.sub(f"(?:{former})$", heir, name), within=self.within or None)
                found.extend([match.id] if match.id is not None else [])
        return tuple(dict.fromkeys(found))

    def knows(self, name: str) -> bool:
        """Tell whether the directory surely knows a name in this paper."""
        return self.directory.match(name, within=self.within or None).id is not None

    def knows_zone(self, name: str) -> bool:
        """Tell whether 高新区管委会 without a place is the only one of the paper's place."""
        return name.endswith(ZONE_OFFICES) and self.knows(name)

    def on_duty(self, words: str) -> tuple[str, ...]:
        """Give the full name of the unit whose work a clause is by its duty words; empty where that is not sure."""
        found = self.directory.by_duty(words, within=self.within or None)
        return () if found is None else (self.directory.entries[found].name,)

    def at(self, text: str, place: int = 0) -> str:
        """Give the longest name of the directory that stands at a place of a text; '' if none."""
        if text[place : place + 2] not in self._starts:
            return ""
        for length in range(min(self.longest, len(text) - place), 1, -1):
            name = text[place : place + length]
            if name in self.known and not self._cut(name, text[place + length : place + length + 2]):
                return name
        return ""

    def _cut(self, name: str, after: str) -> bool:
        """Tell whether a name is only the beginning of a longer word: 澜东区 in 澜东区域, 市林业局 in 市林业局长."""
        return bool(re.match("[县区市]$", name[-1:]) and re.match("域|内|级|直|城|属|长|外", after)) or (
            name[-1:] in "局委办部厅" and after[:1] == "长"
        )

    def run(self, text: str) -> tuple[list[str], str]:
        """Read a run of names at the beginning of a sentence: (names, the rest of the text).

        教育、财政 in 市教育、财政、人社局 count when the run ends with a name that lends them its ending.
        """
        names: list[str] = []
        pending: list[str] = []
        place = kept = 0
        while place < len(text):
            name, end = self._next(text, place, after_name=bool(names or pending))
            if name:
                names.extend([*pending, name])
                pending, kept = [], end
            else:
                part = re.match(r"[\u4e00-\u9fff]{2,8}(?=、)", text[place:])
                if (
                    not part
                    or not (names or pending or LEVEL_PREFIX.match(part.group()))
                    or NO_NAME.search(part.group())
                ):
                    break
                pending.append(part.group())
                end = place + part.end()
            joint = DELIMITER.match(text, end) or re.match("，(?=各|沿|有关|相关)", text[end:])
            if not joint:
                break
            place = joint.end() if joint.re is DELIMITER else end + joint.end()
        return names, text[kept:] if names else text

    def _next(self, text: str, place: int, *, after_name: bool) -> tuple[str, int]:
        """Give the name at a place: a group, a known unit, or what is written like a unit."""
        group = GROUP.match(text, place)
        if group and units.is_group(group.group()):
            return group.group(), group.end()
        known = self.at(text, place)
        guess = self._guess.match(text, place) or (BARE_GUESS.match(text, place) if after_name else None)
        if guess and len(guess.group()) > len(known) and _is_plausible(guess.group(), known):
            return guess.group(), guess.end()
        return known, place + len(known)


NO_NAME = re.compile(
    "[的是有为把将对到在和及与等由各]|两级|会同|负责|牵头|配合|^(?:市场|县域|县城|区域|市区|市民|市县|省市)"
)


def _is_plausible(name: str, known: str) -> bool:
    """Tell whether a writing can be a unit: no words of a sentence in it, and no sentence behind a known name."""
    if NO_NAME.search(name):
        return False
    return not known or not name.startswith(known) or bool(TAIL_OF_UNIT.match(name[len(known) :]))


def _add(items: list[str], item: str) -> None:
    if item not in items:
        items.append(item)


def _writings(directory: Directory) -> frozenset[str]:
    """Give every writing of every unit, and the writings without 市, 县 or the place in front (人社局)."""
    known: set[str] = set()
    for entry in directory.entries.values():
        for written in (entry.name, entry.short, *entry.aliases, *entry.former):
            if not written:
                continue
            known.add(written)
            bare = LEVEL_PREFIX.sub("", written).removeprefix(directory.place[entry.id])
            if len(bare) >= 2 and bare not in NOT_BARE and not STANDS_ALONE.match(bare):
                known.add(bare)
    return frozenset(known)


def directory_of(data: dict[str, Any]) -> Directory:
    """Make a directory from departments.json: a list of units with name, short, aliases, level, parent and kind
    (and duties, where there are any).

    Governments that only appear as parents, or as the province and city of the file, are added.
    """
    rows: list[dict[str, Any]] = list(data["departments"])
    listed = {row["name"] for row in rows}
    province, city = _government(data.get("province")), _government(data.get("city"))
    above = [
        {"name": name, "level": level, "kind": "government", "parent": parent}
        for name, level, parent in ((province, "province", ""), (city, "city", province))
        if name and name not in listed
    ]
    rows = [*above, *rows]
    listed |= {row["name"] for row in above}
    missing = dict.fromkeys(row["parent"] for row in rows if row.get("parent") and row["parent"] not in listed)
    rows = [*({"name": name, "level": "", "kind": "government"} for name in missing), *rows]
    return Directory(_entries(rows))


def _government(place: object) -> str:
    return f"{place}人民政府" if place else ""


def _entries(rows: list[dict[str, Any]]) -> Iterable[Entry]:
    numbers = {row["name"]: number for number, row in enumerate(rows, 1)}
    parents = {row["name"]: row.get("parent") for row in rows}

    def path(name: str, seen: frozenset[str] = frozenset()) -> str:
        parent = parents.get(name)
        deeper = parent in parents and parent not in seen and parent != name
        return (path(str(parent), seen | {name}) if deeper else "") + f"{numbers[name]:05d}"

    for row in rows:
        yield Entry(
            numbers[row["name"]],
            row["name"],
            row.get("short", ""),
            tuple(row.get("aliases", ())),
            row.get("level", ""),
            tuple(row.get("former", ())),
            path(row["name"]),
            row.get("kind", ""),
            tuple(row.get("duties") or ()),
        )


def place_named(directory: Directory, text: str) -> str:
    """Give the path of the government whose place a title or an issuer begins with; '' if it names none."""
    words = re.sub(r"^(?:中共|中国共产党|关于|印发|在|《|〈|20\d\d年(?:度)?|\s)+", "", text)
    found = [g for g in directory.governments if words.startswith(GOVERNMENT.sub("", g.name))]
    return max(found, key=lambda g: len(g.name)).path if found else ""
