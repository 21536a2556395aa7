"""Papers made by rule, with the right answer by construction: every way of writing that the patterns describe.

Nothing here is taken from the reference corpus: other places, other units, other matters. What these papers showed
to be wrong was mended: their figures tell of steadiness, not of papers never seen (``python -m
benchmarks.decomposition``).
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.paper_words import (
    CITY,
    CITY_UNITS,
    COUNTIES,
    EXHORTATIONS,
    GROUPS,
    LIMITS,
    MATTERS,
    OPEN,
    PLAIN_DAYS,
    PLAIN_TASKS,
    UNKNOWN,
)


@dataclass
class Roles:
    """Who does a task, as written and as it should be read."""

    lead: list[str] = field(default_factory=list)
    cooperating: list[str] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    deadline: str | None = None
    cycle: str | None = None
    leader: str | None = None


class Maker:
    """Makes papers from one seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - no secrets are made here
        self.full = {f"市{w}": f"{CITY}{n}" for n, s, aliases in CITY_UNITS for w in (s, *aliases)}
        self.full |= {f"{one}政府": f"{one}人民政府" for one in COUNTIES} | {
            "临泽经开区管委会": "临泽经济技术开发区管理委员会"
        }

    def units(self, count: int) -> list[str]:
        """Give that many different units, each in one of its writings; sometimes one that nobody knows."""
        chosen = self.dice.sample(range(len(CITY_UNITS)), count)
        return ["市" + self.dice.choice((CITY_UNITS[i][1], *CITY_UNITS[i][2])) for i in chosen]

    def matter(self) -> str:
        """Give what is to be done."""
        return self.dice.choice(MATTERS)[0].format(n=self.dice.randint(3, 900))

    def names(self, written: list[str]) -> list[str]:
        """Give the full names."""
        return [self.full[one] for one in written]

    def limit(self) -> tuple[str, str | None]:
        """Give a limit and its day."""
        if self.dice.random() < 0.2:
            return self.dice.choice(OPEN), None
        return self.dice.choice(LIMITS)

    def annotation(self) -> tuple[str, Roles]:
        """Give an annotation in one of the styles, and what it says."""
        return self.dice.choice(STYLES)(self)


def _led(m: Maker) -> tuple[str, Roles]:
    a, b, c = m.units(3)
    return f"（{a}牵头，{b}、{c}配合）", Roles(m.names([a]), m.names([b, c]))


def _labelled(m: Maker) -> tuple[str, Roles]:
    a, b, c = m.units(3)
    limit, day = m.limit()
    return f"（牵头单位：{a}；配合单位：{b}、{c}；完成时限：{limit}）", Roles(
        m.names([a]), m.names([b, c]), deadline=day or ""
    )


def _tortoise(m: Maker) -> tuple[str, Roles]:
    a, b, c, group = *m.units(3), m.dice.choice(GROUPS[:2])
    return f"〔{a}、{b}牵头，{c}，{group}按职责分工负责〕", Roles(m.names([a, b]), m.names([c]), [group])


def _square(m: Maker) -> tuple[str, Roles]:
    a, b, c = m.units(3)
    return f"【责任单位：{a}、{b}、{c}】", Roles(m.names([a]), m.names([b, c]))


def _responsible(m: Maker) -> tuple[str, Roles]:
    a, b, group, strange = *m.units(2), m.dice.choice(GROUPS), m.dice.choice(UNKNOWN)
    return f"（责任单位：{a}、{b}、{strange}，{group}）", Roles(m.names([a]), m.names([b]), [group], [strange])


def _severally(m: Maker) -> tuple[str, Roles]:
    a, b, c = m.units(3)
    return f"（{a}、{b}、{c}分别负责）", Roles(m.names([a, b, c]))


def _alone(m: Maker) -> tuple[str, Roles]:
    (a,) = m.units(1)
    return f"（{a}负责）", Roles(m.names([a]))


def _ranked_limit(m: Maker) -> tuple[str, Roles]:
    a, b, c = m.units(3)
    limit, day = m.limit()
    return f"（{a}、{b}、{c}等按职责分工负责；{limit}）", Roles(m.names([a]), m.names([b, c]), deadline=day or "")


def _merged(m: Maker) -> tuple[str, Roles]:
    return "（市教育、财政、民政局按职责分工负责）", Roles(m.names(["市教育局"]), m.names(["市财政局", "市民政局"]))


def _party(m: Maker) -> tuple[str, Roles]:
    (a,) = m.units(1)
    return (
        f"（市委宣传部、网信办牵头，{a}参与）",
        Roles([f"中共{CITY}委宣传部", f"中共{CITY}委网络安全和信息化委员会办公室"], m.names([a])),
    )


def _groups_first(m: Maker) -> tuple[str, Roles]:
    a, group = *m.units(1), m.dice.choice(GROUPS[:5])
    return f"（{group}负责，{a}指导）", Roles([], m.names([a]), [group])


def _hosts(m: Maker) -> tuple[str, Roles]:
    a, b = m.units(2)
    return f"（主办单位：{a}；协办单位：{b}、石桥县政府）", Roles(m.names([a]), [*m.names([b]), "石桥县人民政府"])


def _with_leader(m: Maker) -> tuple[str, Roles]:
    a, b = m.units(2)
    limit, day = m.limit()
    roles = Roles(m.names([a]), m.names([b]), deadline=day or "", leader="分管副市长")
    return f"（责任领导：分管副市长；牵头单位：{a}；责任单位：{b}；时限：{limit}）", roles


def _counties(m: Maker) -> tuple[str, Roles]:
    (a,) = m.units(1)
    return f"（{a}牵头，石桥县、枫林县、南湾区政府配合）", Roles(m.names([a]), [f"{c}人民政府" for c in COUNTIES[:3]])


def _together(m: Maker) -> tuple[str, Roles]:
    a, b = m.units(2)
    return f"（{a}会同{b}负责）", Roles(m.names([a]), m.names([b]))


STYLES: tuple[Callable[[Maker], tuple[str, Roles]], ...] = (
    _led, _labelled, _tortoise, _square, _responsible, _severally, _alone, _ranked_limit, _merged, _party,
    _groups_first, _hosts, _with_leader, _counties, _together,
)  # fmt: skip


def task_of(clause: str, roles: Roles, inside: str | None, cycle: str | None) -> dict[str, Any]:
    """Give a gold task; a limit of the annotation goes before that of the sentence."""
    day = inside if roles.deadline is None else roles.deadline or None
    return {
        "clause": clause, "lead": roles.lead, "cooperating": roles.cooperating, "groups": roles.groups,
        "unresolved": roles.unresolved, "deadline": day, "cycle": roles.cycle or cycle,
        "responsible_leader": roles.leader,
    }  # fmt: skip


SECTIONS = ("完善基础设施", "提升公共服务", "优化营商环境", "守牢安全底线")
NUMERALS = "一二三四五六七八九十"


def front(kind: str, title: str, *, cycle: str | None) -> str:
    """Give the first page: number, notice, signature, title."""
    told = {"monthly": "各牵头单位每月25日前将进展情况报送市政府督查室。",
            "quarterly": "请各责任单位于每季度末月20日前报送落实情况。", None: ""}[cycle]  # fmt: skip
    return (
        f"临政办发〔2027〕{kind}号\n\n{CITY}人民政府办公室\n关于印发{title}的通知\n\n各县、区人民政府，市政府各部门：\n"
        f"《{title}》已经市政府同意，现印发给你们。{told}\n\n{CITY}人民政府办公室\n2027年1月12日\n（此件公开发布）\n\n{title}\n\n"
        "一、总体要求\n坚持系统观念，到2030年治理能力明显提升（以下简称“总目标”）。实施期限为2027—2029年。\n"
    )


def annotated(seed: int) -> tuple[str, dict[str, Any]]:
    """Make a paper whose clauses carry annotations."""
    m = Maker(seed)
    cycle = m.dice.choice((None, "monthly", "quarterly"))
    title = "临泽市城市品质提升工作方案"
    lines, tasks, count = [front("7", title, cycle=cycle).rstrip("\n")], [], 0
    for section in range(2, 5):
        lines.append(f"{NUMERALS[section - 1]}、{m.dice.choice(SECTIONS)}")
        for part in range(1, 4):
            lines.append(f"（{NUMERALS[part - 1]}）第{part}类任务")
            for _item in range(2):
                count += 1
                _add_item(m, lines, tasks, count, cycle)
    lines += [
        f"{NUMERALS[4]}、保障措施",
        "加强组织领导，压实工作责任。各县区政府要制定实施细则，报市领导小组办公室（设在市住建局）备案。",
    ]
    return "\n".join(lines) + "\n", {"document": {"annotated": True, "cycle": cycle}, "tasks": tasks}


def _add_item(m: Maker, lines: list[str], tasks: list[dict[str, Any]], count: int, cycle: str | None) -> None:
    body, (note, roles) = m.matter(), m.annotation()
    inside: str | None = None
    if m.dice.random() < 0.4:
        written, inside = m.dice.choice(LIMITS)
        body = f"{body}，{written}完成"
    shape = m.dice.randint(0, 5)
    clause = f"{body}。"
    if shape == 0:  # label lines
        (a, b), (limit, day) = m.units(2), m.limit()
        lines += [f"{count}．{clause}", f"牵头单位：{a}", f"责任单位：{b}，各县区政府", f"完成时限：{limit}"]
        roles = Roles(m.names([a]), m.names([b]), ["各县区政府"], deadline=day or "")
    elif shape == 1:  # sub-items, the annotation at the last
        parts = [f"（{n}）{m.matter()}；" for n in (1, 2)] + [f"（3）{m.matter()}。"]
        clause = "\n".join([f"{body}：", *parts])
        lines.append(f"{count}．{clause}{note}")
        inside = None if inside is None else inside
    elif shape == 2:  # two parts in one paragraph
        other, (more, others) = m.matter(), m.annotation()
        lines.append(f"{count}．（1）{clause}{note}（2）{other}。{more}")
        tasks.append(task_of(clause, roles, inside, cycle))
        tasks.append(task_of(f"{other}。", others, None, cycle))
        return
    elif shape == 3 and note[0] in "（":  # a dash
        lines.append(f"{count}．{body}——{note[1:-1]}")
        clause = body
    else:
        lines.append(f"{count}．{clause}{note}")
    tasks.append(task_of(clause, roles, inside, cycle))


def minutes(seed: int) -> tuple[str, dict[str, Any]]:
    """Make minutes: the units stand in the sentences of numbered items."""
    m = Maker(seed)
    lines = [
        "市政府常务会议纪要", "〔2027〕9号", f"{CITY}人民政府办公室　　　　2027年3月8日", "",
        "3月5日上午，市长主持召开会议，研究有关工作。市财政局、市住建局负责同志参加会议。现将议定事项纪要如下：",
    ]  # fmt: skip
    tasks: list[dict[str, Any]] = []
    for number in range(12):
        if number % 4 == 0:
            lines.append(f"{NUMERALS[number // 4]}、关于第{number // 4 + 1}个议题")
            lines.append("会议指出，前期工作取得进展，但仍有不足。会议议定：")
        clause, roles = m.dice.choice(DECISIONS)(m)
        lines.append(f"（{_chinese(number + 1)}）{clause}")
        tasks.append(task_of(clause, roles, None, None))
    lines += ["会议要求，各单位要提高认识，狠抓落实。", "分送：市政府领导，各参会单位。"]
    return "\n".join(lines) + "\n", {"document": {"annotated": True}, "tasks": tasks}


def _chinese(number: int) -> str:
    return NUMERALS[number - 1] if number <= 10 else f"十{NUMERALS[number - 11]}"


def _led_by(m: Maker) -> tuple[str, Roles]:
    (a, b, c), (limit, day) = m.units(3), m.dice.choice(LIMITS)
    return f"由{a}牵头，{b}、{c}配合，{m.matter()}，{limit}完成。", Roles(m.names([a]), m.names([b, c]), deadline=day)


def _asked(m: Maker) -> tuple[str, Roles]:
    a, b = m.units(2)
    return f"请{a}会同{b}研究提出贯彻意见，5月20日前报市政府。", Roles(
        m.names([a]), m.names([b]), deadline="2027-05-20"
    )


def _must(m: Maker) -> tuple[str, Roles]:
    a, b, c = m.units(3)
    words = f"{a}要{m.matter()}，确保{m.dice.choice(('如期', '按时'))}见效；{b}、{c}要做好要素保障。"
    return words, Roles(m.names([a]), m.names([b, c]), deadline="")


def _answers(m: Maker) -> tuple[str, Roles]:
    a, b = m.units(2)
    return f"由{a}负责，会同{b}、石桥县政府{m.matter()}，会后两周内完成。", Roles(
        m.names([a]), [*m.names([b]), "石桥县人民政府"], deadline="2027-03-19"
    )


def _each(m: Maker) -> tuple[str, Roles]:
    a, b = m.units(2)
    return f"请{a}、{b}分别制定工作方案，4月底前印发实施。", Roles(m.names([a, b]), deadline="2027-04-30")


def _agreed(m: Maker) -> tuple[str, Roles]:
    a, b = m.units(2)
    return f"原则同意安排专项资金800万元。由{a}会同{b}于6月10日前拨付到位。", Roles(
        m.names([a]), m.names([b]), deadline="2027-06-10"
    )


def _areas(m: Maker) -> tuple[str, Roles]:
    return "各县、区政府要落实属地责任，每月排查一次，发现问题立即整改。", Roles(
        [], [], ["各县、区政府"], deadline="", cycle="monthly"
    )


def _stranger(m: Maker) -> tuple[str, Roles]:
    a, strange = *m.units(1), m.dice.choice(UNKNOWN)
    return f"{strange}要{m.matter()}，{a}加强业务指导。", Roles([], m.names([a]), unresolved=[strange], deadline="")


def _shared(m: Maker) -> tuple[str, Roles]:
    a, b, c = m.units(3)
    return f"{a}要抓紧{m.matter()}；所需经费由{b}、{c}按比例分担。", Roles(m.names([a]), m.names([b, c]), deadline="")


DECISIONS: tuple[Callable[[Maker], tuple[str, Roles]], ...] = (
    _led_by, _asked, _must, _answers, _each, _agreed, _areas, _stranger, _shared,
)  # fmt: skip


def unannotated(seed: int) -> tuple[str, dict[str, Any]]:
    """Make a paper that names nobody: numbered items, or a speech."""
    m = Maker(seed)
    tasks = list(PLAIN_TASKS)
    m.dice.shuffle(tasks)
    speech = m.dice.random() < 0.5
    if speech:
        lines = [
            "在全市重点工作推进会上的讲话",
            "（2027年2月20日）",
            "",
            "同志们：",
            "今天的会议很重要。" + EXHORTATIONS[5],
        ]
        lines += ["一、认清形势，坚定信心", EXHORTATIONS[3] + EXHORTATIONS[4], "二、突出重点，抓好落实"]
        lines += [f"{NUMERALS[i]}要千方百计抓落实。{''.join(tasks[2 * i : 2 * i + 2])}" for i in range(5)]
        lines += ["三、加强领导，凝聚合力", EXHORTATIONS[0] + EXHORTATIONS[1] + EXHORTATIONS[2]]
    else:
        lines = [
            "临发〔2027〕3号",
            f"中共{CITY}委　{CITY}人民政府",
            "关于推动高质量发展的实施意见",
            "为深入贯彻上级部署，现提出以下意见。",
        ]
        lines += ["一、总体要求", "坚持稳中求进，到2030年综合实力显著增强。", "二、重点举措"]
        lines += [f"（{_chinese(i + 1)}）{task}" for i, task in enumerate(tasks)]
        lines += ["三、组织保障", EXHORTATIONS[0] + EXHORTATIONS[1]]
    gold = [
        {"clause": task, "lead": [], "cooperating": [], "groups": [], "unresolved": [],
         "deadline": next((day for written, day in PLAIN_DAYS.items() if written in task), None)}
        for task in tasks
    ]  # fmt: skip
    return "\n".join(lines) + "\n", {"document": {"annotated": False}, "tasks": gold}


def above_and_below(seed: int) -> tuple[str, dict[str, Any]]:
    """Make a paper whose annotations stand in headings, behind a group of clauses, or once for all."""
    m = Maker(seed)
    a, b, c, d = m.units(4)
    first, second, third = ([m.matter() + "。" for _n in range(3)] for _part in range(3))
    lines = [front("12", "临泽市重点任务分工方案", cycle=None).rstrip("\n"), f"二、第一部分（{a}牵头，{b}配合）"]
    lines += [f"{n}. {words}" for n, words in enumerate(first, 1)]
    lines += ["三、第二部分", *(f"{n}. {words}" for n, words in enumerate(second, 4))]
    lines += [f"以上第4—6项由{c}牵头，{d}配合，11月底前完成。", "四、第三部分"]
    lines.append(f"7. {third[0]}（责任单位：{a}、{b}；以下各项均需各县区落实，不再列出）")
    lines += [f"{n}. {words}（{d}负责）" for n, words in enumerate(third[1:], 8)]
    tasks = [task_of(w, Roles(m.names([a]), m.names([b])), None, None) for w in first]
    tasks += [task_of(w, Roles(m.names([c]), m.names([d])), "2027-11-30", None) for w in second]
    tasks.append(task_of(third[0], Roles(m.names([a]), m.names([b]), ["各县区"]), None, None))
    tasks += [task_of(w, Roles(m.names([d]), [], ["各县区"]), None, None) for w in third[1:]]
    return "\n".join(lines) + "\n", {"document": {"annotated": True}, "tasks": tasks}


KINDS: dict[str, Callable[[int], tuple[str, dict[str, Any]]]] = {
    "annotated": annotated, "minutes": minutes, "unannotated": unannotated, "above": above_and_below,
}  # fmt: skip


def half_width(text: str) -> str:
    """Give the text with the punctuation of a careless paste."""
    return text.translate(str.maketrans("，；：（）", ",;:()"))


def wrapped(text: str, width: int = 32) -> str:
    """Break every paragraph at a width, as a copied page is."""
    lines = []
    for paragraph in text.split("\n"):
        lines.extend(paragraph[at : at + width] for at in range(0, max(len(paragraph), 1), width))
    return "\n".join(lines)


def set_in_lines(text: str, width: int = 68) -> str:
    """Break every paragraph where a line of that many Latin characters is full, as a page of proportional type is."""
    lines = [""]
    for char in text:
        if char == "\n":
            lines.append("")
            continue
        if sum(2 if ord(c) > 255 else 1 for c in lines[-1]) + 2 > width:
            lines.append("")
        lines[-1] += char
    return "\n".join(lines)


def spaced(text: str) -> str:
    """Indent every paragraph with two wide spaces and end lines as Windows does."""
    return re.sub(r"(?m)^(?=.)", "　　", text).replace("\n", "\r\n")


DIRT: dict[str, Callable[[str], str]] = {
    "clean": str,
    "half": half_width,
    "wrapped": wrapped,
    "set": set_in_lines,
    "spaced": spaced,
}
