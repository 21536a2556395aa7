"""Events in words: 情况通报: notice, bulletin."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from supervision.states.informing import Ground, NoticeKind
from tasks.presenters import Presented, says
from workflow.models import Event

T: Final = gettext_lazy


def _drafted(detail: dict[str, Any], event: Event) -> str:
    kind, ground = (
        choices(detail[name]).label if detail.get(name) in choices.values else ""
        for name, choices in (("kind", NoticeKind), ("ground", Ground))
    )
    return _("%(kind)s，主送%(unit)s，依据：%(ground)s（逾期 %(late)s 个工作日，此前 %(repeats)s 次）。") % {
        "kind": kind, "unit": detail.get("unit", ""), "ground": ground, "late": detail.get("workdays_late", 0),
        "repeats": detail.get("repeats", 0),
    }  # fmt: skip


def _sent(detail: dict[str, Any], event: Event) -> str:
    said = _("编号 %(number)s，%(due)s 前答复。") % {
        "number": detail.get("number", ""), "due": detail.get("answer_due_on", ""),
    }  # fmt: skip
    skipped = detail.get("skip_reason")
    return " ".join(filter(None, (said, _("越级理由：%s") % skipped if skipped else "", detail.get("comment", ""))))


def _followed(detail: dict[str, Any], event: Event) -> str:
    return _("机构调整：由 %(old)s 转到 %(new)s。") % {"old": detail.get("from", ""), "new": detail.get("to", "")}


def _late(detail: dict[str, Any], event: Event) -> str:
    return _("超过答复时限。") if detail.get("late") else ""


def _talked(detail: dict[str, Any], event: Event) -> str:
    return _("%(day)s，参加：%(people)s") % {"day": detail.get("held_on", ""), "people": detail.get("attended", "")}


def _frozen(detail: dict[str, Any], event: Event) -> str:
    return _("数据摘要 %s") % str(detail.get("sha256", ""))[:16]


def _asked(detail: dict[str, Any], event: Event) -> str:
    return "、".join(detail.get("units", ()))


def _issued(detail: dict[str, Any], event: Event) -> str:
    said = _("编号 %(number)s，主送 %(count)d 个单位。") % {
        "number": detail.get("number", ""), "count": len(detail.get("units", ())),
    }  # fmt: skip
    return " ".join(filter(None, (said, detail.get("comment", ""))))


OUTWARD: Final = (
    "notice.issue", "notice.approve", "notice.receive", "notice.answer", "notice.note", "notice.withdraw",
    "notice.follow", "mention.ask", "mention.answer", "mention.accept", "mention.refuse", "mention.drop",
    "mention.follow",
)  # fmt: skip
"""What the unit reads of the record: how the office drafted it stays with the office."""

PRESENTED: Final[dict[str, Presented]] = {
    "notice.draft": Presented(T("拟稿"), "file-plus", "blue", _drafted),
    "notice.edit": Presented(T("修改"), "pencil", "grey", _drafted),
    "notice.issue": Presented(T("签发"), "send", "blue", _sent),
    "notice.submit": Presented(T("提请批准"), "send", "blue"),
    "notice.approve": Presented(T("批准签发"), "rubber-stamp", "green", _sent),
    "notice.send_back": Presented(T("退回修改"), "arrow-back-up", "amber", says("reason")),
    "notice.receive": Presented(T("签收"), "writing-sign", "green"),
    "notice.answer": Presented(T("答复"), "message-report", "green", _late),
    "notice.note": Presented(T("登记约谈记录"), "users", "blue", _talked),
    "notice.withdraw": Presented(T("撤销"), "trash", "grey", says("reason")),
    "notice.follow": Presented(T("随机构调整"), "building", "grey", _followed),
    "bulletin.draft": Presented(T("起草通报"), "file-plus", "blue", _frozen),
    "bulletin.edit": Presented(T("修改"), "pencil"),
    "bulletin.freeze": Presented(T("重取数据"), "refresh", "grey", _frozen),
    "bulletin.name": Presented(T("点名"), "user-check", "grey", says("unit")),
    "bulletin.consult": Presented(T("征求被点名单位意见"), "users", "amber", _asked),
    "bulletin.reopen": Presented(T("转回拟稿"), "arrow-back-up"),
    "bulletin.submit": Presented(T("提请批准"), "send", "blue"),
    "bulletin.approve": Presented(T("批准印发"), "rubber-stamp", "green", _issued),
    "bulletin.send_back": Presented(T("退回修改"), "arrow-back-up", "amber", says("reason")),
    "bulletin.withdraw": Presented(T("撤回"), "trash", "grey", says("reason")),
    "mention.name": Presented(T("点名"), "user-check", "grey", says("unit")),
    "mention.edit": Presented(T("修改点名内容"), "pencil", "grey", says("after")),
    "mention.ask": Presented(T("征求意见"), "message-report", "amber"),
    "mention.answer": Presented(T("提出意见"), "message-report", "amber"),
    "mention.accept": Presented(T("采纳意见"), "check", "green", says("decision")),
    "mention.refuse": Presented(T("不予采纳"), "x", "red", says("decision")),
    "mention.drop": Presented(T("不再点名"), "trash", "grey", says("reason")),
    "mention.follow": Presented(T("随机构调整"), "building", "grey", _followed),
    "receipt.receive": Presented(T("签收"), "writing-sign", "green"),
    "receipt.follow": Presented(T("随机构调整"), "building", "grey", _followed),
}
