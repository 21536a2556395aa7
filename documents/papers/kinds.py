"""The kinds of papers: what each must say, in which order, under which heading (domain: fields by kind of document).

Each kind is a row of ``KINDS``; a builder says the types of its plain values and hands them over to be composed. All
builders refuse with RuleBroken: "paper.incomplete" with the names of all missing parts, "secrecy.marked" where a text
carries a mark of a state secret (R43).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum, auto
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from documents import markings
from documents.papers.numbering import chinese, day
from documents.papers.paper import (
    Annex,
    Block,
    Colour,
    Heading,
    Paper,
    PaperNumber,
    Paragraph,
    Run,
    Table,
    Urgency,
)
from workflow.refusal import RuleBroken

GOVERNMENTS = ("人民政府", "国务院")
REVIEW_DAYS = 30
"""Days from receipt within which a 复核 may be asked for (政府督查工作条例, article 17)."""


@dataclass(frozen=True)
class Cover:
    """What every paper carries outside its body: who speaks, to whom, under which number, on which day."""

    organ: str  # 发文机关标志, as it stands in red
    signed: str  # 发文机关署名
    dated: date  # 成文日期
    number: PaperNumber | None = None
    addressees: Sequence[str] = ()  # 主送机关
    annexes: Sequence[Annex] = ()
    signer: str = ""  # 签发人, upward papers only
    urgency: Urgency | None = None
    copies: Sequence[str] = ()  # 抄送
    printed_by: str = ""  # 印发机关
    printed_on: date | None = None
    contact: str = ""  # 联系人及电话
    notes: str = ""  # 附注
    seal: bool = True


@dataclass(frozen=True)
class Finding:
    """One fact with the numbers of the evidence that it rests on."""

    NEEDS: ClassVar[Mapping[str, str]] = {"fact": "事实", "evidence": "证据编号"}

    fact: str
    evidence: Sequence[str]

    def __str__(self) -> str:
        """Write the fact with the numbers of its evidence."""
        return _with_note(self.fact, f"证据：{'、'.join(_lines(self.evidence))}")


@dataclass(frozen=True)
class RectificationItem:
    """One matter to put right, with its limit, its standard and who checks it."""

    NEEDS: ClassVar[Mapping[str, str]] = {
        "number": "问题编号", "problem": "问题", "demand": "整改要求", "due": "整改时限", "standard": "验收标准",
        "verifier": "验收人",
    }  # fmt: skip

    number: str
    problem: str
    demand: str
    due: date
    standard: str
    verifier: str
    basis: str = ""

    def rows(self) -> tuple[tuple[str, str], ...]:
        """Write the item as lines of a form."""
        labels = {**self.NEEDS, "basis": "依据"}
        said = ((labels[name], getattr(self, name)) for name in ("number", "problem", "basis", *list(self.NEEDS)[2:]))
        return tuple((label, "\n".join(_lines(value))) for label, value in said if not _absent(value))


@dataclass(frozen=True)
class Demand:
    """One matter to put right as the 督查结论书 names it: what and until when."""

    NEEDS: ClassVar[Mapping[str, str]] = {"demand": "整改事项", "due": "整改时限"}

    demand: str
    due: date

    def __str__(self) -> str:
        """Write the demand with its limit."""
        return _with_note(self.demand, f"时限：{day(self.due)}")


@dataclass(frozen=True)
class Problem:
    """One problem of a 督查通报; without ``units`` nobody is named."""

    NEEDS: ClassVar[Mapping[str, str]] = {"text": "问题"}

    text: str
    units: Sequence[str] = ()

    def __str__(self) -> str:
        """Write the problem; its units stand before it."""
        return self.text

    @property
    def lead(self) -> str:
        """Name the units, if they are to be named."""
        return f"{'、'.join(_lines(self.units))}：" if self.units else ""


@dataclass(frozen=True)
class Figures:
    """A table of figures in a 督查通报."""

    NEEDS: ClassVar[Mapping[str, str]] = {"title": "表名", "header": "表头", "rows": "数据"}

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[object]]
    widths: Sequence[float] = ()


class Place(Enum):
    """Where a part stands in its paper."""

    PLAIN = auto()  # paragraphs without a heading
    SECTION = auto()  # under a heading of its own: 一、 二、 三、
    ROW = auto()  # a line of the form: label and value


@dataclass(frozen=True)
class Part:
    """One part of a paper: its name on paper, the builder's arguments in it with their names for a refusal.

    ``words`` puts several values into one sentence; ``empty`` is what an empty list says on paper.
    """

    label: str
    asks: Mapping[str, str]
    place: Place = Place.SECTION
    needed: bool = True
    words: str = ""
    empty: str = ""


@dataclass(frozen=True)
class Kind:
    """One kind of paper. ``title`` takes {subject} and {name}; ``cover`` names what its cover must carry."""

    name: str
    parts: tuple[Part, ...]
    title: str = "关于{subject}的{name}"
    cover: tuple[str, ...] = ("number", "addressees")
    letter: bool = False
    government: bool = False


def _section(name: str, label: str, **more: Any) -> Part:
    return Part(label, {name: label}, **more)


def _row(name: str, label: str, **more: Any) -> Part:
    return Part(label, {name: label}, Place.ROW, **more)


def _plain(name: str, label: str, **more: Any) -> Part:
    return Part(label, {name: label}, Place.PLAIN, **more)


APPROVAL = Part(
    "审批", {"approved_by": "批准人", "approved_on": "批准日期"}, words="本{kind}经{approved_by}于{approved_on}批准。"
)
COVER = {
    "organ": "发文机关标志", "signed": "发文机关署名", "dated": "成文日期", "number": "发文字号",
    "addressees": "主送机关", "contact": "联系人及电话", "printed_by": "印发机关", "printed_on": "印发日期",
}  # fmt: skip
ALWAYS = ("organ", "signed", "dated")

NOTICE = Kind(
    "督查通知单",
    (
        _row("source", "来源"),
        _row("tasks", "承办任务"),
        _row("lead", "主办单位"),
        _row("partners", "协办单位", needed=False),
        _row("due", "完成时限"),
        _row("feedback", "反馈要求"),
        _row("drafted_by", "拟办人"),
        _row("approved_by", "审定人"),
    ),
    title="{name}",
    cover=("number", "contact"),
)
PLAN = Kind(
    "督查方案",
    (
        _section("basis", "督查依据"),
        _section("sort", "督查种类"),
        _section("content", "督查内容"),
        _section("objects", "督查对象", words="{objects}。"),
        _section("scope", "督查范围"),
        _section("methods", "督查方式", words="{methods}。"),
        Part("督查时间", {"begins_on": "起始日期", "ends_on": "结束日期"}, words="{begins_on}至{ends_on}。"),
        Part("督查组", {"leader": "组长", "members": "成员"}, words="组长：{leader}\n成员：{members}"),
        _section("discipline", "工作纪律"),
        _section("materials", "材料清单", empty="不要求报送材料。"),
        APPROVAL,
    ),
    cover=("number",),
)
RECTIFICATION = Kind(
    "整改通知书",
    (_plain("opening", "督查情况"), _section("items", "整改事项"), _section("reporting", "整改结果报送")),
)
CONCLUSION = Kind(
    "督查结论书",
    (
        _section("basis", "督查依据"),
        _section("process", "督查过程"),
        _section("findings", "查明的事实及证据"),
        _section("evaluation", "评价"),
        _section("demands", "整改事项及时限", empty="本次督查没有需要整改的事项。"),
        Part(
            "复核权利",
            {"review_authority": "复核受理机关"},
            words=f"对本督查结论有异议的，可以自收到本结论书之日起{REVIEW_DAYS}日内，向{{review_authority}}申请复核。",
        ),
    ),
    government=True,
)
BULLETIN = Kind(
    "督查通报",
    (
        _plain("opening", "开头", needed=False),
        _section("overview", "总体情况"),
        _section("achievements", "成效典型", needed=False),
        _section("problems", "存在问题"),
        _section("causes", "原因分析", needed=False),
        _section("next_steps", "下一步工作要求"),
        _plain("figures", "附表", needed=False),
    ),
)
SLIP = Kind(
    "督办单",
    (
        _row("matter", "督办事项"),
        _row("situation", "办理情况", needed=False),
        _row("demand", "督办要求"),
        _row("unit", "责任单位"),
        _row("person", "责任人"),
        _row("due", "办理时限"),
        _row("earlier", "前次督促"),
        _row("approved_by", "签批人"),
    ),
    title="{name}",
    cover=("number", "contact"),
)
CHASE = Kind(
    "催办函",
    (
        _plain("situation", "催办事由"),
        _plain("demand", "催办要求"),
        Part("", {"reply_by": "答复时限"}, Place.PLAIN, words="请于{reply_by}前书面反馈办理情况。"),
    ),
    cover=("number", "addressees", "contact"),
    letter=True,
)
ACCOUNTABILITY = Kind(
    "问责建议书",
    (
        _section("facts", "主要事实及证据"),
        _section("explanation", "有关单位和人员的说明"),
        _section("basis", "建议依据"),
        _section("tolerance", "容错情形评估"),
        _section("direction", "建议"),
        APPROVAL,
        Part("反馈", {}, words="请研究处理，并将是否采纳及办理情况书面反馈。"),
    ),
)
HANDOVER = Kind(
    "线索移送单",
    (
        _row("clue", "线索内容"),
        _row("origin", "线索来源"),
        _row("materials", "移送材料"),
        _row("basis", "移送依据"),
        _row("approved_by", "批准人"),
        _row("approved_on", "批准日期"),
        _row("handler", "移送人"),
    ),
    title="{name}",
)
INTERVIEW = Kind(
    "约谈记录",
    (
        _row("held_on", "约谈日期"),
        _row("venue", "约谈地点"),
        _row("interviewers", "约谈人"),
        _row("interviewees", "被约谈人"),
        _row("recorder", "记录人"),
        _row("reason", "约谈事由"),
        _row("content", "谈话要点"),
        _row("commitments", "整改承诺"),
        Part("签字确认", {}, Place.ROW, words="约谈人：\n被约谈人：\n记录人："),
    ),
    title="{name}",
    cover=(),
)
REVIEW = Kind(
    "复核决定书",
    (
        Part(
            "",
            {"applicant": "申请人", "applied_on": "申请日期", "accepted_on": "受理日期"},
            Place.PLAIN,
            words="{applicant}于{applied_on}申请复核，本机关于{accepted_on}受理，现已复核终结。",
        ),
        Part(
            "承办人员",
            {"handlers": "承办人"},
            words="本次复核由{handlers}承办。承办人员均未参与原督查结论的作出，无应当回避的情形。",
        ),
        _section("facts", "复核查明的情况"),
        _section("reasons", "决定理由"),
        _section("decision", "复核决定"),
    ),
    government=True,
)
EXPLANATION = Kind(
    "情况说明告知书",
    (
        _section("findings", "拟认定的情况及证据"),
        Part(
            "说明和申辩",
            {"receiver": "接收单位", "reply_by": "提交期限"},
            words="对上述情况有不同意见的，可以于{reply_by}前向{receiver}提交书面说明和有关材料，也可以当面陈述。逾期未提交的，视为没有不同意见。",
        ),
    ),
)
KINDS = (
    NOTICE, PLAN, RECTIFICATION, CONCLUSION, BULLETIN, SLIP, CHASE, ACCOUNTABILITY, HANDOVER, INTERVIEW, REVIEW,
    EXPLANATION,
)  # fmt: skip


# --- the builders: plain values in, a Paper out. Each hands all its arguments over by name. --------------------------


def notice(
    cover: Cover,
    *,
    source: str,
    tasks: Sequence[str],
    lead: str,
    due: date,
    feedback: str,
    drafted_by: str,
    approved_by: str,
    partners: Sequence[str] = (),
) -> Paper:
    """Build a 督查通知单: what was ordered where, who does it by when, and how to answer."""
    return _composed(NOTICE, locals())


def plan(
    cover: Cover,
    *,
    subject: str,
    basis: str,
    sort: str,
    content: Sequence[str],
    objects: Sequence[str],
    scope: str,
    methods: Sequence[str],
    begins_on: date,
    ends_on: date,
    leader: str,
    members: Sequence[str],
    discipline: str,
    approved_by: str,
    approved_on: date,
    materials: Sequence[str] = (),
) -> Paper:
    """Build a 督查方案 (政府督查工作条例, article 15). Without materials it says that none are asked for."""
    return _composed(PLAN, locals())


def rectification(
    cover: Cover, *, subject: str, opening: str, items: Sequence[RectificationItem], reporting: str
) -> Paper:
    """Build a 整改通知书 (article 18): numbered problems, each with demand, limit, standard and verifier."""
    return _composed(RECTIFICATION, locals())


def conclusion(
    cover: Cover,
    *,
    subject: str,
    basis: str,
    process: str,
    findings: Sequence[Finding],
    evaluation: str,
    review_authority: str,
    demands: Sequence[Demand] = (),
) -> Paper:
    """Build a 督查结论书 in the government's name (articles 16, 17; R36).

    Refuses a ``cover.signed`` that is no government ("paper.not_government") and a finding without evidence. The right
    of 复核 within 30 days of receipt, at ``review_authority``, is told by the builder. No demands is said on paper.
    """
    return _composed(CONCLUSION, locals())


def bulletin(
    cover: Cover,
    *,
    subject: str,
    overview: str,
    problems: Sequence[Problem],
    next_steps: str | Sequence[str],
    opening: str = "",
    achievements: str | Sequence[str] = "",
    causes: str | Sequence[str] = "",
    figures: Sequence[Figures] = (),
) -> Paper:
    """Build a 督查通报, with tables of figures; a problem names its units or nobody."""
    return _composed(BULLETIN, locals())


def slip(
    cover: Cover,
    *,
    matter: str,
    demand: str | Sequence[str],
    unit: str,
    person: str,
    due: date,
    earlier: Sequence[str],
    approved_by: str,
    situation: str = "",
    colour: Colour | None = None,
) -> Paper:
    """Build a 督办单: what is demanded of whom by when, after which earlier papers (``earlier``), signed by a leader.

    ``colour`` is the optional preset of three colours; the paper says it in a word within a border of that colour.
    """
    return _composed(SLIP, locals())


def chase(cover: Cover, *, subject: str, situation: str, demand: str | Sequence[str], reply_by: date) -> Paper:
    """Build a 催办函 in the form of a letter."""
    return _composed(CHASE, locals())


def accountability(
    cover: Cover,
    *,
    subject: str,
    facts: Sequence[Finding],
    explanation: str,
    basis: str,
    tolerance: str,
    direction: str,
    approved_by: str,
    approved_on: date,
) -> Paper:
    """Build a 问责建议书 to the competent organ (article 21; R39, R40): it proposes and asks for a written answer.

    ``explanation`` is what the object says, ``tolerance`` the assessment of 容错; a paper without them is refused.
    """
    return _composed(ACCOUNTABILITY, locals())


def handover(
    cover: Cover,
    *,
    clue: str,
    origin: str,
    materials: Sequence[str],
    basis: str,
    approved_by: str,
    approved_on: date,
    handler: str,
) -> Paper:
    """Build a 线索移送单 to the organ that investigates (article 23)."""
    return _composed(HANDOVER, locals())


def interview(
    cover: Cover,
    *,
    held_on: date,
    venue: str,
    interviewers: Sequence[str],
    interviewees: Sequence[str],
    recorder: str,
    reason: str,
    content: str | Sequence[str],
    commitments: str | Sequence[str],
) -> Paper:
    """Build a 约谈记录 with room for the signatures."""
    return _composed(INTERVIEW, locals())


def review(
    cover: Cover,
    *,
    subject: str,
    applicant: str,
    applied_on: date,
    accepted_on: date,
    handlers: Sequence[str],
    facts: str | Sequence[str],
    reasons: str | Sequence[str],
    decision: str,
) -> Paper:
    """Build a 复核决定书 (article 17). It declares that no handler took part in the conclusion: the caller knows it."""
    return _composed(REVIEW, locals())


def explanation(cover: Cover, *, subject: str, findings: Sequence[Finding], receiver: str, reply_by: date) -> Paper:
    """Build a 情况说明告知书: what is about to be found, and until when it may be answered."""
    return _composed(EXPLANATION, locals())


# --- composing -------------------------------------------------------------------------------------------------------


def _composed(kind: Kind, given: Mapping[str, Any]) -> Paper:
    """Refuse what is missing or marked, then put the parts in their order."""
    cover: Cover = given["cover"]
    lacking = _lacking(kind, cover, given)
    if lacking:
        raise RuleBroken(
            "paper.incomplete",
            _("%(kind)s还不完整，缺少：%(parts)s。请补齐后再生成。") % {"kind": kind.name, "parts": "、".join(lacking)},
            details={"kind": kind.name, "missing": lacking},
        )
    if kind.government and not cover.signed.endswith(GOVERNMENTS):
        raise RuleBroken(
            "paper.not_government",
            _("%(kind)s只能以人民政府名义作出，不能由“%(signed)s”署名。请改为作出结论的人民政府。")
            % {"kind": kind.name, "signed": cover.signed},
        )
    markings.refuse_marked(*_texts(given))
    subject = given.get("subject", "")
    return Paper(
        kind=kind.name,
        title=kind.title.format(subject=subject.removeprefix("关于"), name=kind.name),
        blocks=tuple(_blocks(kind, given)),
        colour=given.get("colour"),
        letter=kind.letter,
        **{one.name: _frozen(getattr(cover, one.name)) for one in fields(cover)},
    )


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _absent(value: Any) -> bool:
    return not value.strip() if isinstance(value, str) else not value


def _lacking(kind: Kind, cover: Cover, given: Mapping[str, Any]) -> list[str]:
    """Name everything that is missing, in the order of the paper."""
    needed = {*ALWAYS, *kind.cover}
    if cover.printed_by or cover.printed_on:
        needed |= {"printed_by", "printed_on"}
    lacking = [label for name, label in COVER.items() if name in needed and _absent(getattr(cover, name))]
    if "subject" in given and _absent(given["subject"]):
        lacking.append("事由")
    for part in kind.parts:
        for name, label in part.asks.items():
            if part.needed and not part.empty and _absent(given[name]):
                lacking.append(label)
            lacking += _lacking_within(given[name], label)
    return lacking


def _lacking_within(value: Any, label: str) -> Iterator[str]:
    """Name what the items of a list lack: 第2项的证据编号."""
    for number, item in enumerate(value if isinstance(value, list | tuple) else (), 1):
        needs = getattr(item, "NEEDS", {"": label})
        for name, need in needs.items():
            inner = getattr(item, name) if name else item
            if _absent(inner) or (isinstance(inner, list | tuple) and all(_absent(one) for one in inner)):
                yield f"“{label}”第{number}项的{need}" if name else f"“{label}”第{number}项"


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in the values, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        yield from _texts([getattr(value, one.name) for one in fields(value)])


def _blocks(kind: Kind, given: Mapping[str, Any]) -> Iterator[Block]:
    """Give the parts in order: headings numbered over those that are there, the lines of a form as one table."""
    rows: list[tuple[str, str]] = []
    count = 0
    for part in kind.parts:
        value = _value(kind, part, given)
        if _absent(value):
            continue
        if part.place is Place.ROW:
            rows.append((part.label, "\n".join(_lines(value))))
            continue
        if part.place is Place.SECTION:
            count += 1
            yield Heading(f"{chinese(count)}、{part.label}")
        yield from _written(value)
    if rows:
        yield Table(tuple(rows), widths=(1, 4), labels=True)


def _value(kind: Kind, part: Part, given: Mapping[str, Any]) -> Any:
    if part.words:
        said = {name: "、".join(_lines(given[name])) for name in part.asks}
        return part.words.format(kind=kind.name, **said)
    (value,) = (given[name] for name in part.asks)
    return part.empty if _absent(value) else value


def _lines(value: Any) -> list[str]:
    """Give a value as lines of text."""
    if isinstance(value, date):
        return [day(value)]
    return value.splitlines() if isinstance(value, str) else [str(one) for one in value]


def _with_note(sentence: str, note: str) -> str:
    """Put a note in parentheses before the full stop."""
    return f"{sentence.rstrip().rstrip('。')}（{note}）。"


def _written(value: Any) -> Iterator[Block]:
    """Write a value as blocks: texts as paragraphs, several items numbered, figures and items of a form as tables."""
    if isinstance(value, str | date):
        yield from (Paragraph((Run(line),)) for line in _lines(value) if line.strip())
        return
    for number, item in enumerate(value, 1):
        if isinstance(item, Figures):
            rows = tuple(tuple(str(cell) for cell in row) for row in item.rows)
            yield Table(rows, tuple(item.header), tuple(item.widths), item.title)
        elif isinstance(item, RectificationItem):
            yield Heading(f"（{chinese(number)}）问题{item.number}", 2)
            yield Table(item.rows(), widths=(1, 4), labels=True)
        else:
            first, *others = [line for line in str(item).splitlines() if line.strip()]
            lead = (f"{number}." if len(value) > 1 else "") + getattr(item, "lead", "")
            yield Paragraph((Run(lead, bold=True), Run(first)) if getattr(item, "lead", "") else (Run(lead + first),))
            yield from (Paragraph((Run(line),)) for line in others)
