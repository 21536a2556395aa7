"""The kinds of papers: what each must say, in which order, under which heading (domain: fields by kind of document)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

REVIEW_DAYS = 30
"""Days from receipt within which a 复核 may be asked for (政府督查工作条例, article 17)."""


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
