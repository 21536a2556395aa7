"""A short title for a task: the part of the clause that says what is done, without who, when and how."""

import re

from tasks.decomposition import times
from tasks.decomposition.naming import Names
from tasks.decomposition.structure import number_of

LONGEST, SHORTEST = 30, 6
HEARD = re.compile("^会议(?:听取|研究|认为|指出|强调|传达|学习|审议|原则通过)")
LEAD_IN = re.compile(
    "^(?:会议(?:同意|议定|明确|决定|要求)|原则同意|同意|其中|同时|并|要|请|由|负责|抓紧|应|须|责成|委托)+"
)
ONLY_ROLE = re.compile("^(?:由|请)?[^，]{2,30}?(?:牵头|负责|配合|参与|参加|协办)$")
ROLE = re.compile(
    "^(?:(?:共同|联合|分别)?(?:牵头|主办|负责|配合|协办|会同|参加|参与)|按照?(?:各自)?职责分工?负责|"
    "要|应|须|作为[^，]{2,10}主体)(?:负责|组织|抓好)?"
)
CUTS = "、，和及并"


def title_of(text: str, names: Names) -> str:
    """Give a title of at most 30 characters."""
    words = text[number_of(text)[1] :]
    parts = [part for part in re.split("[，。；：！\n]", words) if part and not HEARD.match(part)]
    spoken = [bare for part in parts if not ONLY_ROLE.match(part) and (bare := _bare(part, names))]
    if not spoken:
        return words.strip("，。；：")[:LONGEST]
    title = spoken[0]
    if len(title) < SHORTEST and len(spoken) > 1:
        title = f"{title}，{spoken[1]}"
    return _shortened(title)


def _bare(part: str, names: Names) -> str:
    """Take subjects, their roles and the limit off the beginning of a part; '' if nothing is left."""
    words, before = part, ""
    while words != before:
        before = words
        words = _without_subject(words, names)
        first = next(times.phrases(words), None)
        if first is not None and first.start <= 1:
            words = words[first.end :]
    words = words.strip("、")
    return words if len(words) > 1 else ""


def _without_subject(words: str, names: Names) -> str:
    bare = ROLE.sub("", LEAD_IN.sub("", words))
    asked = bare != words and not words.startswith(("要", "应", "须", "负责"))
    found, rest = names.run(bare)
    return rest if found and (asked or not rest or ROLE.match(rest)) else bare


def _shortened(title: str) -> str:
    if len(title) <= LONGEST:
        return title
    cut = max(title.rfind(mark, SHORTEST, LONGEST) for mark in CUTS)
    return title[: cut if cut >= LONGEST // 2 else LONGEST]
