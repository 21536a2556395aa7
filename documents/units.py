"""Units named in a cell, read apart: who leads, who cooperates, and which names stand for many (泛称).

Rules of the corpus: whatever is written with 牵头, 主办, 主责 leads, several may; of 责任单位：甲、乙 alone the first
leads; 分别, 共同, 联合 make all lead; where a 泛称 comes first nobody leads; 指导, 协办, 参加, 会同, 保障 cooperate.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from documents import unit_words as words
from documents.numerals import plain

KEPT = str.maketrans({"、": "\ue000", ",": "\ue001"})
FREED = str.maketrans({"\ue000": "、", "\ue001": ","})
WIDE_BRACKETS = str.maketrans("()", "（）")
LONGEST = 2000
Named = TypeVar("Named", "Mention", str)
Known = Callable[[str], bool]


@dataclass(frozen=True)
class Mention:
    """A unit as it is written (``text``) and completed from its neighbours (``name``: 市教育、财政局 → 市教育局)."""

    text: str
    name: str


@dataclass
class Roles:
    """The units of a cell by role, in their order.

    ``known`` tells of a 泛称 that it is one unit here after all: 高新区管委会, where the place has only one.
    """

    leads: list[Mention] = field(default_factory=list)
    cooperating: list[Mention] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    known: Known | None = None
    # A 泛称 stands where the lead does (牵头单位：各县区政府): of 责任单位 behind it nobody leads.
    led_by_group: bool = False

    def add(self, role: str, mentions: list[Mention]) -> None:
        """Take mentions in a role: leads, co, or ranked (the first leads unless it is a 泛称)."""
        for place, mention in enumerate(mentions):
            if is_group(mention.text) and not (self.known and self.known(mention.name)):
                _append(self.groups, mention.text)
                self.led_by_group |= role == "leads" and not self.leads
            elif role == "leads" or (role == "ranked" and place == 0 and not self.leads and not self.led_by_group):
                _append(self.leads, mention)
            elif mention not in self.leads:
                _append(self.cooperating, mention)

    def merge(self, other: "Roles") -> None:
        """Add what another cell of the same row says."""
        for mention in other.leads:
            _append(self.leads, mention)
        for mention in other.cooperating:
            if mention not in self.leads:
                _append(self.cooperating, mention)
        for group in other.groups:
            _append(self.groups, group)


def _append(items: list[Named], item: Named) -> None:
    if item not in items:
        items.append(item)


def is_group(text: str) -> bool:
    """Tell whether a name stands for many (各县区政府, 市直有关部门) and so for no single unit."""
    name = plain(text)
    return any(pattern.search(name) for pattern in words.GROUPS)


def _protect(text: str) -> str:
    """Keep the separators inside 各县、区政府 and 各县(市、区) from splitting the name."""

    def keep(match: re.Match[str]) -> str:
        return match.group().translate(KEPT)

    return words.SHARED_LEVELS.sub(keep, words.SHARED_AREAS.sub(keep, text))


def _open_brackets(text: str) -> str:
    """Keep brackets that belong to a name or give a role; drop those that explain (含…, a person, a telephone)."""

    def one(match: re.Match[str]) -> str:
        inside = match["inside"].strip()
        if words.STRUCTURAL.match(inside):
            return f"\ue002{inside.translate(KEPT)}\ue003"
        if any(pattern.match(inside) for pattern, _role in words.ONLY_ROLE):
            return f"{inside};"
        if any(pattern.match(inside) for pattern, _role in words.LABEL):
            return f";{inside};"
        return ""

    before = None
    while before != text:  # from the innermost outwards
        before, text = text, re.sub(r"[(\[〔【](?P<inside>[^()\[\]〔〕【】]*)[)\]〕】]", one, text)
    return text.replace("\ue002", "(").replace("\ue003", ")")


def _clean(name: str) -> str:
    """Take number, 等部门 and loose marks off a name; its brackets are full-width as the office writes them."""
    bare = words.AND_THE_LIKE.sub("", words.NUMBERED.sub("", name.translate(FREED)))
    return bare.strip(" .。:").translate(WIDE_BRACKETS)


def _pieces(segment: str) -> list[str]:
    """Split a run of names at 、 and /, and at white space unless that only wraps a long name."""
    names: list[str] = []
    for chunk in re.split(r"[、/|+]", words.JOINED.sub("、", segment)):
        parts = chunk.split()
        for part in parts:
            wrapped = (
                names
                and parts[0] is not part
                and not words.ENDING.search(names[-1])
                and not words.LEVEL_PREFIX.match(part)
            )
            if wrapped:
                names[-1] += part
            else:
                names.append(part)
    cleaned = (_clean(name) for name in names)
    return [name for name in cleaned if name and not re.fullmatch(r"[\d\-—（）\s.]*", name)]


def _borrow_endings(names: list[str]) -> list[str]:
    """Give 教育 and 财政 in 市教育、财政、人社局 the ending of the name they share."""
    completed, ending = list(names), ""
    for place in range(len(names) - 1, -1, -1):
        if ending == "管委会" and words.ZONE.search(names[place]):
            completed[place] = names[place] + ending
        elif words.ENDING.search(names[place]):
            found = words.BORROWED.search(names[place])
            ending = found.group() if found else ""
        elif ending and not is_group(names[place]):
            completed[place] = names[place] + ending
    return completed


def _carry_prefix(names: list[str]) -> list[str]:
    """Give 财政厅 in 省发展改革委、财政厅 the 省 of the name before; 网信办 after 市委宣传部 its 市委."""
    completed, level, party = [], "", ""
    for name in names:
        own = words.LEVEL_PREFIX.match(name)
        if own:
            level, party = own["level"], own["party"] or ""
        elif level and not words.STANDS_ALONE.match(name) and not is_group(name):
            name = level + ("" if name.endswith(("局", "厅")) else party) + name
        completed.append(name)
    return completed


def mentions(segment: str) -> list[Mention]:
    """Split a run of names into single units, each as written and as completed from its neighbours."""
    texts = _pieces(segment)
    completed = _carry_prefix(_borrow_endings(texts))
    return [Mention(text, name) for text, name in zip(texts, completed, strict=True)]


def _label(part: str) -> tuple[str | None, str]:
    for pattern, role in words.LABEL:
        match = pattern.match(part)
        if match:
            return role, part[match.end() :]
    return None, part


def _verb(part: str) -> tuple[str | None, str]:
    for pattern, role in words.VERB:
        match = pattern.match(part)
        if match:
            return role, match["names"]
    return None, part


def _parts(text: str) -> Iterator[tuple[str | None, str | None, str]]:
    """Give each part of a cell as (role by label, role by verb, names); an empty part closes a sentence."""
    for sentence in re.split(r"[;。]|\n(?=[^\n]*:)", text):
        for part in sentence.split(","):
            before, names = _label(part.strip())
            after, names = _verb(names)
            yield before, after, names
        yield None, None, ""


def read(cell: object, default: str = "ranked", known: Known | None = None) -> Roles:
    """Read the units of a cell; ``default`` is the role that the column gives: leads, co or ranked."""
    text = _open_brackets(_protect(plain(cell)[:LONGEST]))
    text = words.TOGETHER.sub(",会同:", text)
    roles, current = Roles(known=known), default
    waiting: list[str] = []
    for before, after, names in _parts(text):
        if before:
            roles.add(current, mentions("、".join(waiting)))
            current, waiting = before, []
        if names:
            waiting.append(names)
        if after:
            roles.add(after, mentions("、".join(waiting)))
            waiting = []
    roles.add(current, mentions("、".join(waiting)))
    return roles
