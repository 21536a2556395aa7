"""Whose turn it is: who must act now on a thing of this room, and what is waited for. Nothing here asks the database.

Offices, units and ranks are told, and of people only who verifies: whoever reads the page may read this line.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supervision import ladder
from supervision.states.answering import CaseKind, StatementState
from supervision.states.informing import NoticeKind
from workflow.lifecycle import Text

T: Final = gettext_lazy
Who = Callable[[Any], Any]

CHIEF: Final = T("行政首长")
DEPUTY: Final = T("分管以上领导")


def _office(thing: Any) -> Any:
    for way in ("finding", "conclusion", "bulletin", "accountability", "inspection"):
        thing = getattr(thing, way, thing)
    return thing.organiser


def _unit(thing: Any) -> Any:
    return thing.department


def _receiver(thing: Any) -> Any:
    return thing.receiver


def _unit_head(thing: Any) -> Any:
    return _("%(unit)s负责人") % {"unit": thing.department}


def _always(word: Text) -> Who:
    return lambda thing: word


def _approver(inspection: Any) -> Any:
    return CHIEF if inspection.approval_rank == 1 else DEPUTY


def _signer(notice: Any) -> Any:
    return ladder.rung_of(notice.kind).approver


def _answerer(notice: Any) -> Any:
    return _unit(notice) if notice.kind == NoticeKind.CHASE else _unit_head(notice)


def _publisher(case: Any) -> Any:
    return CHIEF if case.kind == CaseKind.NEGATIVE and not case.anonymised else DEPUTY


def _sending(notice: Any) -> Any:
    return T("核对后签发") if notice.kind == NoticeKind.CHASE else T("核对后提请领导批准")


WAITS: Final[dict[tuple[str, str], tuple[Who, Text | Who]]] = {
    ("plan", "draft"): (_office, T("增加事项后提请审批")),
    ("plan", "pending"): (_always(DEPUTY), T("审批年度计划")),
    ("inspection", "draft"): (_office, T("写明方案、确定督查组后提请批准")),
    ("inspection", "pending"): (_approver, T("审批督查和方案")),
    ("inspection", "approved"): (_office, T("%(starts_on)s 开始督查")),
    ("inspection", "running"): (_always(T("督查组")), T("填写底稿，由组长签报督查报告")),
    ("inspection", "reported"): (_office, T("下达问题，按单位拟制并反馈督查结论")),
    ("inspection", "concluded"): (_office, T("跟踪整改，办结督查")),
    ("finding", "draft"): (_office, T("关联证据，由组长或督查机构下达给单位")),
    ("finding", "issued"): (_unit_head, T("在 %(answer_until)s 前认可或提出异议")),
    ("finding", "disputed"): (_always(T("没有参与督查的本级领导或督查员")), T("裁定异议；裁定之前不计入通报和统计")),
    ("finding", "accepted"): (_office, T("下达整改要求")),
    ("finding", "rectifying"): (_unit, T("按期整改，整改到位后申报核验")),
    ("rectification", "ordered"): (_unit, T("填报整改措施和责任人")),
    ("rectification", "correcting"): (_unit, T("在 %(due_on)s 前整改到位，由单位负责人申报")),
    ("rectification", "claimed"): (lambda item: item.verifier.name, T("核验整改")),
    ("conclusion", "draft"): (_office, T("核对后提请批准")),
    ("conclusion", "pending"): (_always(DEPUTY), T("批准印发")),
    ("conclusion", "issued"): (_unit, T("签收；收到次日起算申请复核的 30 日")),
    ("review", "asked"): (_office, T("指定没有参与作出结论的承办人")),
    ("review", "assigned"): (_always(T("承办人")), T("提出复核意见")),
    ("review", "proposed"): (_always(T("没有参与作出结论的本级领导")), T("在 %(due_on)s 前批准复核决定")),
    ("notice", "draft"): (_office, _sending),
    ("notice", "pending"): (_signer, T("批准签发")),
    ("notice", "issued"): (_unit, T("签收")),
    ("notice", "received"): (_answerer, T("在 %(answer_due_on)s 前答复")),
    ("bulletin", "draft"): (_office, T("核对正文和点名；批评点名的先征求意见，再提请批准")),
    ("bulletin", "consulting"): (_always(T("被点名单位")), T("提出意见；逐条处理后提请批准")),
    ("bulletin", "pending"): (_always(DEPUTY), T("批准印发")),
    ("mention", "asked"): (_unit, T("提出意见，没有不实可以不提")),
    ("mention", "answered"): (_office, T("采纳或不予采纳，并说明理由")),
    ("accountability", "pending"): (_always(CHIEF), T("批准建议")),
    ("accountability", "approved"): (_office, T("选定接收人后移送")),
    ("accountability", "transferred"): (_receiver, T("书面反馈采纳情况")),
    ("statement", "asked"): (lambda statement: statement.about, T("在 %(due_on)s 前说明")),
    ("clue", "draft"): (_always(T("拟稿人")), T("添加证据后提请行政首长批准")),
    ("clue", "returned"): (_always(T("拟稿人")), T("修改后重新提请批准")),
    ("clue", "pending"): (_always(CHIEF), T("批准移送")),
    ("clue", "approved"): (_always(T("拟稿人")), T("选定接收人后移送")),
    ("clue", "transferred"): (_receiver, T("反馈受理情况")),
    ("commendation", "draft"): (_office, T("添加证明材料后提请批准")),
    ("commendation", "returned"): (_office, T("修改后重新提请批准")),
    ("commendation", "pending"): (_always(CHIEF), T("批准表扬激励")),
    ("commendation", "approved"): (_office, T("公布")),
    ("case", "draft"): (_office, T("核对后提请批准")),
    ("case", "returned"): (_office, T("修改后重新提请批准")),
    ("case", "pending"): (_publisher, T("批准发布")),
}
"""By noun and state; a state that is not here waits for nobody, but for a proposal that is being written."""


def of(thing: Any) -> dict[str, str] | None:
    """Return who must act now and what is waited for; None when nothing is."""
    if thing._meta.model_name == "accountability" and thing.state in ("draft", "returned"):
        return _being_written(thing)
    if thing._meta.model_name == "rectification" and thing.asked_until is not None:
        return {"who": thing.verifier.name, "what": _("批复延期申请；批复之前原期限不变")}
    found = WAITS.get((str(thing._meta.model_name), str(thing.state)))
    if found is None:
        return None
    who, what = found
    words = what(thing) if callable(what) else what
    return {"who": str(who(thing)), "what": str(words) % _Days(thing)}


class _Days(dict[str, str]):
    """The days that a sentence names, read from the thing."""

    def __init__(self, thing: Any) -> None:
        super().__init__()
        self.thing = thing

    def __missing__(self, name: str) -> str:
        day = getattr(self.thing, name)
        return day.isoformat() if day else ""


def _being_written(proposal: Any) -> dict[str, str]:
    """Return the next of the steps without which a proposal is not approved: heard, weighed, submitted (R40)."""
    statement, office = proposal.statement, str(proposal.organiser)
    if statement is None or statement.state == StatementState.WITHDRAWN:
        return {"who": office, "what": _("告知事实，听取对象说明")}
    if statement.state == StatementState.ASKED:
        return {"who": proposal.about, "what": _("在 %(day)s 前说明") % {"day": statement.due_on.isoformat()}}
    if proposal.assessed_at is None:
        return {"who": office, "what": _("对照第十七条、第十八条逐项作容错评估")}
    return {"who": office, "what": _("提请行政首长批准")}
