"""The deeds of 整改 in words: title, sentence, icon, tone; and what the unit reads of them."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supervision.states.correcting import Decision, Result
from tasks.presenters import Presented, says, timeline
from workflow.models import Event

T: Final = gettext_lazy


def _told(detail: dict[str, Any], event: Event) -> str:
    until = detail.get("answer_until", "")
    return _("请在 %(day)s 前答复：认可，或提出异议。") % {"day": until} if until else ""


def _file(detail: dict[str, Any], event: Event) -> str:
    return event.subject_label


def _relapsed(detail: dict[str, Any], event: Event) -> str:
    return " ".join(filter(None, (detail.get("opinion", ""), _told(detail, event))))


def _ordered(detail: dict[str, Any], event: Event) -> str:
    return _("整改期限 %(day)s。") % {"day": detail.get("due_on", "")}


def _checked(detail: dict[str, Any], event: Event) -> str:
    result = Result(detail["result"]).label if detail.get("result") in Result.values else ""
    new = _("新的期限 %(day)s。") % {"day": detail["due_on"]} if detail.get("due_on") else ""
    return " ".join(filter(None, (str(result), detail.get("opinion", ""), new)))


def _asked(detail: dict[str, Any], event: Event) -> str:
    return " ".join((_("申请延至 %(day)s。") % {"day": detail.get("until", "")}, detail.get("reason", "")))


def _granted(detail: dict[str, Any], event: Event) -> str:
    days = {"before": detail.get("before", ""), "after": detail.get("until", "")}
    return " ".join(filter(None, (_("期限由 %(before)s 延至 %(after)s。") % days, detail.get("comment", ""))))


def _received(detail: dict[str, Any], event: Event) -> str:
    until = detail.get("review_until")
    first = _("收到日期 %(day)s。") % {"day": detail.get("received_on", "")}
    return first + (_("可以申请复核至 %(day)s。") % {"day": until} if until else "")


def _proposed(detail: dict[str, Any], event: Event) -> str:
    said = Decision(detail["decision"]).label if detail.get("decision") in Decision.values else ""
    return "：".join(filter(None, (str(said), detail.get("grounds", ""))))


PRESENTED: Final[dict[str, Presented]] = {
    "finding.find": Presented(T("登记问题"), "file-search", "blue"),
    "finding.edit": Presented(T("修改问题"), "pencil"),
    "finding.discard": Presented(T("删去草稿"), "trash"),
    "finding.issue": Presented(T("下达问题"), "send", "amber", _told),
    "finding.accept": Presented(T("认可问题"), "check", "blue", says("comment")),
    "finding.object": Presented(T("提出异议"), "hand-stop", "red", says("reason")),
    "finding.take_as_accepted": Presented(T("逾期视为认可"), "alarm", "blue", says("comment")),
    "finding.uphold": Presented(T("维持问题"), "gavel", "amber", says("reason")),
    "finding.drop": Presented(T("采纳异议，撤销问题"), "circle-x", "grey", says("reason")),
    "finding.order": Presented(T("下达整改要求"), "list-check", "amber", _ordered),
    "finding.settle": Presented(T("整改完成"), "checks", "green"),
    "finding.recheck": Presented(T("安排回头看"), "refresh"),
    "finding.confirm": Presented(T("回头看合格"), "eye-check", "green", says("opinion")),
    "finding.relapse": Presented(T("问题反弹"), "alert-triangle", "red", _relapsed),
    "finding.waive": Presented(T("未整改结案"), "ban", "grey", says("reason")),
    "finding.annul": Presented(T("经复核撤销"), "circle-x", "grey", says("reason")),
    "finding.follow": Presented(T("随机构调整"), "building", "grey", says("to")),
    "rectification.order": Presented(T("列出整改事项"), "list-check", "amber", _ordered),
    "rectification.plan": Presented(T("填报整改措施"), "pencil", "blue", says("measures")),
    "rectification.claim": Presented(T("申报整改完成"), "signature", "purple"),
    "rectification.ask_longer": Presented(T("申请延期"), "calendar-plus", "amber", _asked),
    "rectification.withdraw_longer": Presented(T("撤回延期申请"), "arrow-back-up", "grey"),
    "rectification.grant_longer": Presented(T("批准延期"), "rubber-stamp", "green", _granted),
    "rectification.refuse_longer": Presented(T("不同意延期"), "x", "red", says("comment")),
    "voucher.add": Presented(T("上传整改佐证"), "paperclip", "blue", _file),
    "rectification.verify": Presented(T("核验整改"), "eye-check", "green", _checked),
    "rectification.return": Presented(T("退回继续整改"), "arrow-back-up", "red", _checked),
    "rectification.expose": Presented(T("认定虚假整改，责令改正"), "alert-triangle", "red", _checked),
    "rectification.reassign": Presented(T("更换核验人"), "user-check", "grey", says("reason")),
    "correction.order": Presented(T("责令改正"), "alert-triangle", "red", _ordered),
    "conclusion.draft": Presented(T("拟制督查结论"), "file-text", "blue"),
    "conclusion.edit": Presented(T("修改结论"), "pencil"),
    "conclusion.discard": Presented(T("作废草稿"), "trash"),
    "conclusion.submit": Presented(T("提请批准"), "send", "blue"),
    "conclusion.approve": Presented(T("批准印发"), "rubber-stamp", "green", says("number")),
    "conclusion.send_back": Presented(T("退回修改"), "arrow-back-up", "amber", says("reason")),
    "conclusion.receive": Presented(T("签收"), "writing-sign", "green", _received),
    "conclusion.ask_review": Presented(T("申请复核"), "scale", "amber"),
    "conclusion.explain": Presented(T("提交情况说明"), "message-report", "amber"),
    "conclusion.change": Presented(T("经复核变更"), "scale", "amber", says("changes")),
    "conclusion.annul": Presented(T("经复核撤销"), "circle-x", "grey", says("changes")),
    "conclusion.follow": Presented(T("随机构调整"), "building", "grey", says("to")),
    "review.ask": Presented(T("提出复核申请"), "scale", "amber"),
    "review.assign": Presented(T("指定承办人"), "user-check", "blue"),
    "review.propose": Presented(T("提出复核意见"), "scale", "purple", _proposed),
    "review.approve": Presented(T("批准复核决定"), "rubber-stamp", "green", _proposed),
    "review.send_back": Presented(T("退回再议"), "arrow-back-up", "amber", says("reason")),
    "review.withdraw": Presented(T("撤回申请"), "arrow-back-up", "grey", says("reason")),
}  # fmt: skip

# One deed, two events in one chain: the part's own tells it, these say it again.
ECHOES: Final = {
    "finding.order": "rectification.order",
    "conclusion.ask_review": "review.ask",
    "correction.order": "rectification.expose",
    "rectification.prove": "voucher.add",
}

WITHIN: Final = (
    "finding.find", "finding.edit", "finding.discard", "finding.recheck", "conclusion.draft", "conclusion.edit",
    "conclusion.discard", "conclusion.submit", "conclusion.send_back", "review.propose", "review.send_back",
)  # fmt: skip
"""What the unit does not read: how the office came to what it told."""


def history(stream: str, *, whole: bool) -> list[dict[str, Any]]:
    """Return the deeds of a chain in words, newest first; to who is not of the inspection what was told to the unit."""
    events = Event.objects.filter(stream=stream).order_by("-seq")
    return timeline(events if whole else events.exclude(kind__in=WITHIN), PRESENTED, ECHOES)
