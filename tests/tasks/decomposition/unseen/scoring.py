"""Figures of decomposition as the reference corpus counts them: clauses paired one to one, then units, groups and days.

A clause is found where four fifths of the longer one's characters are common to both (for rows of a table: four fifths
of the clause, all of it from the same row).
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import Any

ENOUGH = 0.80
HALF = str.maketrans("，；：（）〔〕【】［］．“”‘’％－—＋！？", ",;:()()()().\"\"''%--+!?")
NUMBER = re.compile(
    r"^(?:第?[一二三四五六七八九十百]+[、.项条是要]|\([一二三四五六七八九十]+\)|\d{1,3}[、.]|\(\d{1,3}\)|[①-⑳])+"
)
Task = dict[str, Any]


def flat(text: str | None) -> str:
    """Give a clause without white space and number, in half-width marks."""
    return NUMBER.sub("", re.sub(r"\s+", "", text or "").translate(HALF)).rstrip(".。;,")


def common(one: str, other: str) -> int:
    """Count the characters that two clauses have in common, in order."""
    return sum(m.size for m in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks())


def alike(gold: Task, found: Task) -> float:
    """Give how much of a clause was found: 0 to 1."""
    wanted, said = flat(gold["clause"]), flat(found["clause"])
    if not wanted or not said:
        return 0.0
    share = common(wanted, said) / max(len(wanted), len(said))
    for row in map(flat, gold.get("alt_clauses", ())):
        inside = sum((Counter(said) & Counter(row)).values()) / len(said)
        cover = common(wanted, said) / len(wanted)
        if min(inside, cover) >= ENOUGH:
            share = max(share, min(inside, cover))
    return share


def pairs(gold: list[Task], found: list[Task]) -> list[tuple[Task, Task]]:
    """Pair the clauses, the most alike first."""
    near = sorted(
        (
            (share, -abs(i - j), i, j)
            for i, wanted in enumerate(gold)
            for j, said in enumerate(found)
            if (share := alike(wanted, said)) >= ENOUGH
        ),
        reverse=True,
    )
    left: dict[int, int] = {}
    for _share, _distance, i, j in near:
        if i not in left and j not in left.values():
            left[i] = j
    return [(gold[i], found[j]) for i, j in sorted(left.items())]


def group(name: str) -> str:
    """Give a 泛称 so that 各县、区人民政府 and 各县区政府 are the same."""
    return re.sub("人民政府|管委会|政府$", "", re.sub(r"[、，,（）()\s]", "", name))


def unknown(name: str) -> str:
    """Give an unknown name without the sign of its level."""
    return re.sub("^[省市县区]", "", re.sub(r"[\s（）()]", "", name))


def tally(gold: list[Task], found: list[Task]) -> Counter[str]:
    """Count what was found and what was not."""
    count = Counter({"gold": len(gold), "found": len(found)})
    for wanted, said in pairs(gold, found):
        count["matched"] += 1
        count["lead"] += set(wanted["lead"]) == set(said["lead"])
        for key, name in (("cooperating", str), ("groups", group), ("unresolved", unknown)):
            right, given = set(map(name, wanted[key])), set(map(name, said[key]))
            count[f"{key}_right"] += len(right & given)
            count[f"{key}_wrong"] += len(right ^ given)
        count["deadline"] += wanted["deadline"] == said["deadline"]
        if wanted["deadline"]:
            count["dated"] += 1
            count["dated_right"] += wanted["deadline"] == said["deadline"]
        if wanted["unresolved"]:
            named = set(said["lead"]) | set(said["cooperating"])
            count["strange"] += 1
            count["strange_kept"] += named <= set(wanted["lead"]) | set(wanted["cooperating"])
        count["cycle"] += wanted["cycle"] == said["cycle"]
        count["leader"] += (wanted["responsible_leader"] or "") == (said["responsible_leader"] or "")
    return count


def figures(count: Counter[str]) -> dict[str, float]:
    """Give the shares, 1.0 where there was nothing to find."""

    def share(part: str, whole: str) -> float:
        return count[part] / count[whole] if count[whole] else 1.0

    def f1(key: str) -> float:
        right, wrong = count[f"{key}_right"], count[f"{key}_wrong"]
        return 2 * right / (2 * right + wrong) if right + wrong else 1.0

    return {
        "recall": share("matched", "gold"), "precision": share("matched", "found"), "lead": share("lead", "matched"),
        "cooperating": f1("cooperating"), "groups": f1("groups"), "unresolved": f1("unresolved"),
        "deadline": share("deadline", "matched"), "dated": share("dated_right", "dated"),
        "strange_kept": share("strange_kept", "strange"), "cycle": share("cycle", "matched"),
        "leader": share("leader", "matched"),
    }  # fmt: skip
