"""Department names as papers write them, matched to the departments that are meant; pure, no database.

A name is found only where one department can be meant. Where several can, they are candidates for a person to choose
from; a unit is never replaced by the unit of the same name on another level.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from workflow.tongue import gettext_noop as _
from workflow.tongue import say

LEVELS = ("province", "city", "county", "township")
OWN, ABOVE, BELOW, ELSEWHERE = range(4)
LONGEST = 80
SHORTEST_DUTY = 2  # one character tells nothing

VERTICAL = re.compile("^(?:中国共产党|中共|国家税务总局)")
PLACE = re.compile("^[\u4e00-\u9fff]{2,6}?(?:自治区|自治州|自治县|省|市|州|盟|县|区|旗)(?=.)")
LEVEL_SIGN = re.compile("^(?:本)?(?P<sign>自治区|省|市|州|盟|县|区|旗|镇|乡)(?=..)")
GOVERNMENT = re.compile("(?:人民)?政府$")

# Long and short forms of the same word; applied in this order to both sides of a comparison.
SAME_WORDS: tuple[tuple[str, str], ...] = (
    ("人民政府", "政府"),
    ("(?:高级|中级)?人民法院", "法院"),
    ("高院|中院", "法院"),
    ("人民检察院", "检察院"),
    ("管理委员会", "管委会"),
    ("委员会", "委"),
    ("办公[室厅]", "办"),
    ("监督管理", "监管"),
    ("(?:股份)?有限(?:责任)?公司$", ""),
    ("联合会$", "联"),
    ("(?<=.)[和与及](?=.)", ""),
)
ENDINGS = re.compile("(?:管委会|支队|总队|大队|集团|公司|中心|分局|局|厅|委|办|部|院|会|处|队|联|行)$")
ZONE_OFFICE = re.compile("(?:管委会|管理委员会)$")
CIVIL_OFFICES = frozenset("局厅委办")


class Entry(NamedTuple):
    """A department as matching needs it; ``path`` is the tree path (parent's path + own part), digits only."""

    id: int
    name: str
    short: str = ""
    aliases: tuple[str, ...] = ()
    level: str = ""
    former: tuple[str, ...] = ()
    path: str = ""
    kind: str = ""
    duties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """What a name stands for: ``id`` when found, else the ``candidates`` to choose from (none: unknown)."""

    text: str
    id: int | None = None
    candidates: tuple[int, ...] = ()
    how: str = "unknown"

    @property
    def status(self) -> str:
        """Give found, ambiguous or unknown."""
        if self.id is not None:
            return "found"
        return "ambiguous" if self.candidates else "unknown"


@dataclass(frozen=True)
class Expansion:
    """The members of a 泛称 where they are sure; otherwise no ids and the reason why a person must choose."""

    ids: tuple[int, ...]
    reason: str = ""


class _Reading(NamedTuple):
    """One way to read a name: the place or level sign in front (either may be empty) and the rest."""

    place: str
    sign: str
    core: str


def flat(text: str) -> str:
    """Give a name in half-width forms without white space, quotes and a trailing bracket."""
    plain = re.sub(r"[\s“”\"'《》]+", "", unicodedata.normalize("NFKC", text))[:LONGEST]
    return re.sub(r"(?<=.)\([^()]*\)$", "", plain).removesuffix("等")


def core(text: str) -> str:
    """Give the form in which long and short writings of the same name are equal."""
    for pattern, short in SAME_WORDS:
        text = re.sub(pattern, short, text)
    return text


def _in_order(short: str, full: str) -> bool:
    rest = iter(full)
    return all(char in rest for char in short)


def _abbreviates(short: str, full: str) -> bool:
    """Tell whether 人社局 can stand for 人力资源社会保障局: its characters in order, same first and last."""
    return len(short) >= 3 and short[0] == full[0] and short[-1] == full[-1] and _in_order(short, full)


def _resembles(short: str, full: str) -> bool:
    """Tell whether a name is near enough to be offered to a person, never to be taken."""
    same_office = short[-1:] == full[-1:] or {short[-1:], full[-1:]} <= CIVIL_OFFICES
    return len(short) >= 3 and same_office and _in_order(short[:-1], full[:-1])


class _Paper(NamedTuple):
    """The paper that names are read in: its level and the government of its place."""

    level: str | None
    region: Entry | None


class Directory:
    """All departments that a name may stand for, indexed once and asked often."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Index the entries; former names count like names, so that old papers still find their unit."""
        self.entries = {entry.id: entry for entry in entries}
        self.governments = sorted(
            (e for e in self.entries.values() if GOVERNMENT.search(e.name)), key=lambda e: len(e.path), reverse=True
        )
        self.places = sorted({GOVERNMENT.sub("", e.name) for e in self.governments}, key=len, reverse=True)
        self.stems = {place[:-1]: place for place in self.places if len(place) > 2}
        self.place = {entry.id: self._place_of(entry) for entry in self.entries.values()}
        self.exact: dict[str, set[int]] = defaultdict(set)
        self.cores: dict[str, set[int]] = defaultdict(set)
        self._known: dict[tuple[str, str | None, str | None], Match] = {}
        self._held: dict[str, list[tuple[str, set[int]]]] = {}
        for entry in self.entries.values():
            self._index(entry)

    def match(self, text: str, *, level: str | None = None, within: str | None = None) -> Match:
        """Find the department that a name stands for in a paper of ``level`` at the place of path ``within``.

        A place left out is the paper's own; a name without 省, 市 or 县 belongs to the paper's level only. Without
        level and place such a name gives candidates.
        """
        key = (text, level, within)
        if key not in self._known:
            self._known[key] = self._match(*key)
        return self._known[key]

    def _match(self, text: str, level: str | None, within: str | None) -> Match:
        name, region = flat(text), self.region(within)
        paper = _Paper(level or (region.level if region else None), region)
        if not name:
            return Match(text)
        written = self.exact.get(name)
        if written:
            return self._choose(text, written, "name", paper, named=bool(self._place_in(name)), sure=True)
        readings = list(self._readings(name))
        for how, search in (("core", self._equal), ("abbreviation", self._abbreviated)):
            for reading in readings:
                ids = {one for one in search(reading) if self._fits(reading, self.entries[one], paper)}
                if ids:
                    return self._choose(
                        text,
                        ids,
                        how,
                        paper,
                        named=bool(reading.place),
                        sure=bool(reading.place or reading.sign or paper.level),
                    )
        alike = {
            one for reading in readings for one in self._alike(reading) if self._fits(reading, self.entries[one], paper)
        }
        if paper.region is not None:
            alike = self._nearest(alike, paper.region)[0]
        return Match(text, candidates=tuple(sorted(alike)), how="alike" if alike else "unknown")

    def region(self, within: str | None) -> Entry | None:
        """Give the nearest government above (or at) a path of the tree."""
        if not within:
            return None
        return next((e for e in self.governments if e.path and within.startswith(e.path)), None)

    def _place_of(self, entry: Entry) -> str:
        """Give the place that a department belongs to: its nearest government's, else the one its name begins with."""
        region = self.region(entry.path)
        if region is not None:
            return GOVERNMENT.sub("", region.name)
        name = VERTICAL.sub("", flat(entry.name))
        guess = PLACE.match(name)
        return self._place_in(name) or (guess.group() if guess else "")

    def _place_in(self, name: str) -> str:
        return next((place for place in self.places if name.startswith(place)), "")

    def _index(self, entry: Entry) -> None:
        for written in (entry.name, entry.short, *entry.aliases, *entry.former):
            name = flat(written)
            if not name:
                continue
            self.exact[name].add(entry.id)
            if entry.kind == "zone":
                self.exact[ZONE_OFFICE.sub("", name)].add(entry.id)
            reading = next(self._readings(name, own=self.place[entry.id]))
            if reading.place in {"", self.place[entry.id]}:
                self.cores[reading.core].add(entry.id)

    def _readings(self, name: str, own: str = "") -> Iterator[_Reading]:
        """Give the ways to read a name, the surest first: with its place, with a level sign, bare."""
        bare = VERTICAL.sub("", name)
        place = own if own and bare.startswith(own) else self._place_in(bare)
        if place:
            yield _Reading(place, "", core(bare[len(place) :]) or "政府")
            return
        stem = next((stem for stem in self.stems if bare.startswith(stem)), "")
        if stem:
            yield _Reading(self.stems[stem], "", core(bare[len(stem) :]))  # 临川高新区 is in 临川市
        sign = LEVEL_SIGN.match(bare)
        if sign:
            yield _Reading("", sign["sign"], core(bare[sign.end() :]))
        yield _Reading("", "", core(bare))

    def _equal(self, reading: _Reading) -> set[int]:
        found = self.cores.get(reading.core, set())
        if reading.place or reading.sign:
            return found
        return found | self.cores.get(f"委{reading.core}", set())  # 宣传部 is 市委宣传部

    def _abbreviated(self, reading: _Reading) -> set[int]:
        return {
            one
            for key, ids in self.cores.items()
            if _abbreviates(reading.core, key)
            for one in ids
            if self._covers(reading.core, self.entries[one])
        }

    def _alike(self, reading: _Reading) -> set[int]:
        return {one for key, ids in self.cores.items() if _resembles(reading.core, key) for one in ids}

    def _covers(self, short: str, entry: Entry) -> bool:
        """Tell whether every part of 经济和信息化局 is in the short name: 经信局 is it, 经济局 may be another unit."""
        name = flat(entry.name).removeprefix(self.place[entry.id])
        return all(set(part) & set(short[:-1]) for part in re.split("[和与及]", ENDINGS.sub("", name)))

    def _fits(self, reading: _Reading, entry: Entry, paper: _Paper) -> bool:
        place = self.place[entry.id]
        if reading.place:
            return place == reading.place
        if reading.sign:
            return place.endswith(reading.sign)
        if paper.level is None:
            return True
        return entry.level == paper.level and (paper.region is None or place == GOVERNMENT.sub("", paper.region.name))

    def _nearness(self, entry: Entry, region: Entry) -> int:
        """Rank a department for a paper of a region, the nearest first."""
        home = self.region(entry.path)
        if home is None or home.path == region.path:
            return OWN
        if region.path.startswith(home.path):
            return ABOVE
        return BELOW if home.path.startswith(region.path) else ELSEWHERE

    def _nearest(self, ids: set[int], region: Entry) -> tuple[set[int], int]:
        """Keep the departments nearest to a region, and say how near they are."""
        ranks = {one: self._nearness(self.entries[one], region) for one in ids}
        best = min(ranks.values(), default=OWN)
        return {one for one, rank in ranks.items() if rank == best}, best

    def _choose(self, text: str, ids: set[int], how: str, paper: _Paper, *, named: bool, sure: bool) -> Match:
        """Take the only one that can be meant, or give the candidates.

        A name that tells its place is taken from anywhere; one that does not is only taken from the paper's own
        place or from above it, never from a place below (县教育局 in a city's paper could be any county's); the
        unit of a place beside it is not even offered.
        """
        if paper.region is not None and not named:
            ids, best = self._nearest(ids, paper.region)
            proper = self._is_proper(text)
            if best == ELSEWHERE and not proper:
                return Match(text)
            sure = sure and (best < BELOW or proper)
        elif paper.level is not None and len(ids) > 1:
            ids = {one for one in ids if self.entries[one].level == paper.level} or ids
        if len(ids) == 1 and sure:
            return Match(text, next(iter(ids)), how=how)
        return Match(text, candidates=tuple(sorted(ids)), how=how)

    def _is_proper(self, text: str) -> bool:
        """Tell whether a name carries a proper name (云涧经开区管委会) and not only a level sign or a common word."""
        name = flat(text)
        return any(place[:2] in name for place in self.places) and not LEVEL_SIGN.match(name)

    def by_duty(self, text: str, *, within: str | None) -> int | None:
        """Give the one unit at the paper's place whose duty words stand in a text (without white space).

        The longest word counts (住房公积金 before 公积金); where two units have one as long, or the place is not known,
        nobody is given: a suggestion is only made where it is sure. Units of other places and levels never count.
        """
        best = max((len(word) for word, _ids in self._duties(within) if word in text), default=0)
        found = {one for word, ids in self._duties(within) if len(word) == best and word in text for one in ids}
        return found.pop() if len(found) == 1 else None

    def _duties(self, within: str | None) -> list[tuple[str, set[int]]]:
        """Give the duty words of the units at a place, with the units that have each."""
        region = self.region(within)
        if region is None:
            return []
        if region.path not in self._held:
            home, held = GOVERNMENT.sub("", region.name), defaultdict(set)
            for entry in self.entries.values():
                if entry.level == region.level and self.place[entry.id] == home:
                    for word in filter(lambda one: len(one) >= SHORTEST_DUTY, entry.duties):
                        held[word].add(entry.id)
            self._held[region.path] = list(held.items())
        return self._held[region.path]

    def expand(self, group: str, *, level: str | None = None, within: str | None = None) -> Expansion:
        """Give the members of a 泛称 in a paper of ``level`` at ``within``, where they are sure.

        各县区政府 gives all county governments, 各乡镇 all townships; 市直各部门, 有关部门, 沿线乡镇 are for a person.
        """
        name = re.sub(r"[\s]+", "", unicodedata.normalize("NFKC", group))
        region = self.region(within)
        level = level or (region.level if region else None)
        for pattern, kind in GROUPS:
            match = pattern.match(name)
            if match:
                return self._members(group, kind, match.groupdict().get("areas") or "", level, within)
        return Expansion((), say(REASONS["unclear"]) % {"group": group})

    def _members(self, group: str, kind: str, areas: str, level: str | None, within: str | None) -> Expansion:
        wanted = _member_level(kind, areas, level)
        if wanted is None:
            return Expansion((), say(REASONS["unclear"]) % {"group": group})
        signs = tuple(re.findall("[县市区州盟旗]", areas)) if kind == "areas" else ()
        if {"县", "区"} <= set(signs):
            signs = ("",)  # 各县区 is said of all counties, 县级市 too
        root = within if within else ""
        region = self.region(within)
        if region is not None:
            root = region.path
        ids = tuple(
            sorted(
                e.id
                for e in self.entries.values()
                if e.path.startswith(root) and self._is_member(e, kind, wanted, signs, region)
            )
        )
        return Expansion(ids, "" if ids else say(REASONS["none"]) % {"group": group})

    def _is_member(self, entry: Entry, kind: str, wanted: str, signs: tuple[str, ...], region: Entry | None) -> bool:
        if kind == "zones":
            home = self.region(entry.path)
            return entry.kind == "zone" and entry.level == wanted and (region is None or home == region)
        if entry.level != wanted or not GOVERNMENT.search(entry.name):
            return kind == "townships" and entry.level == wanted and entry.kind in {"government", "township"}
        return kind == "townships" or self.place[entry.id].endswith(signs)


REASONS = {
    "unclear": _("“%(group)s”没有点明是哪些单位，请逐个选择。"),
    "none": _("单位目录里没有登记“%(group)s”的成员，请先补充目录或逐个选择。"),
}

# What a 泛称 stands for; only names without a qualification (有关, 相关, 沿线) are sure.
GROUPS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^各(?:乡|镇|街道|街|[、和及()])+(?:党委|党工委|人民政府|政府|办事处)?(?:\(办事处\))?$"), "townships"),
    (re.compile(r"^各(?P<areas>(?:县|市|区|州|盟|旗|[、和及()])+)(?:人民)?(?:政府)?$"), "areas"),
    (re.compile("^各(?:开发区|园区|功能区|产业园区)(?:管委会|管理委员会)?$"), "zones"),
)


def _member_level(kind: str, areas: str, level: str | None) -> str | None:
    """Give the level on which the members stand, None where the paper's level leaves it open."""
    if kind == "townships":
        return "township"
    if kind == "zones":
        return level
    signs = set(re.findall("[县市区州盟旗]", areas))
    if level == "province" and signs <= {"市", "州", "盟"}:
        return "city"
    if signs == {"市"} or (level == "county"):
        return None
    return "county"
