"""Events of this room in words, for timelines; each theme adds its kinds."""

from __future__ import annotations

from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as T  # noqa: N812 - as in tasks.presenters

from supervision.states.inspecting import MemberRole, Result
from tasks.presenters import Presented, Sentence, says
from workflow.models import Event


def _number(text: Any) -> Sentence:
    return lambda detail, event: str(text) % {"number": detail.get("number", "")} if detail.get("number") else ""


def _joined(detail: dict[str, Any], event: Event) -> str:
    role = detail.get("role")
    return f"{event.subject_label}（{MemberRole(role).label}）" if role in MemberRole.values else event.subject_label


def _whose(detail: dict[str, Any], event: Event) -> str:
    said = detail.get("ground") or detail.get("reason") or ""
    return f"{event.subject_label}：{said}" if said else event.subject_label


def _found(detail: dict[str, Any], event: Event) -> str:
    corrected = _("（更正底稿 %s）") % detail["corrects"] if detail.get("corrects") else ""
    result = detail.get("result")
    return f"{event.subject_label if result in Result.values else ''}{corrected}"


def _linked(detail: dict[str, Any], event: Event) -> str:
    return _("%(count)d 项任务") % {"count": len(detail.get("tasks", []))}


def _moved(detail: dict[str, Any], event: Event) -> str:
    return _("由 %(before)s 变更为 %(after)s") % {"before": detail.get("from", ""), "after": detail.get("to", "")}


INSPECTING: Final[dict[str, Presented]] = {
    "plan.draft": Presented(T("编制年度计划"), "file-plus", "blue"),
    "plan.add_item": Presented(T("增加事项"), "plus", "blue", says("topic")),
    "plan.drop_item": Presented(T("删去事项"), "trash", "grey", says("topic")),
    "plan.submit": Presented(T("提请审批"), "send", "blue"),
    "plan.approve": Presented(T("批准计划"), "rubber-stamp", "green", says("comment")),
    "plan.send_back": Presented(T("退回修改"), "arrow-back-up", "red", says("reason")),
    "inspection.register": Presented(T("拟制督查"), "file-plus", "blue"),
    "inspection.edit": Presented(T("修改草稿"), "pencil"),
    "inspection.link": Presented(T("关联任务"), "list-check", "blue", _linked),
    "inspection.unlink": Presented(T("取消关联"), "x", "grey", _linked),
    "inspection.add_member": Presented(T("增加组员"), "user-plus", "blue"),
    "inspection.prove": Presented(T("上传材料"), "paperclip", "green"),
    "inspection.submit": Presented(T("提请批准"), "send", "blue"),
    "inspection.approve": Presented(T("批准督查"), "rubber-stamp", "green", _number(T("编号 %(number)s"))),
    "inspection.send_back": Presented(T("退回修改"), "arrow-back-up", "red", says("reason")),
    "inspection.amend": Presented(T("提请调整方案"), "arrows-exchange", "amber"),
    "inspection.amended": Presented(T("方案调整生效"), "arrows-exchange", "green", _number(T("第 %(number)s 版"))),
    "inspection.start": Presented(T("开始督查"), "player-play", "blue"),
    "inspection.note": Presented(T("填写底稿"), "clipboard-text", "green"),
    "inspection.report": Presented(T("签报督查报告"), "signature", "purple"),
    "inspection.find": Presented(T("登记问题"), "file-search", "blue"),
    "inspection.draft": Presented(T("拟制督查结论"), "file-text", "blue"),
    "inspection.recheck": Presented(T("对问题开展回头看"), "refresh", "blue"),
    "inspection.disclose": Presented(T("公开暗访"), "eye", "amber", _number(T("编号 %(number)s"))),
    "inspection.conclude": Presented(T("结论反馈完毕"), "checks", "green"),
    "inspection.finish": Presented(T("办结督查"), "archive", "green"),
    "inspection.withdraw": Presented(T("撤销督查"), "trash", "grey", says("reason")),
    "inspection.follow": Presented(T("随机构调整"), "building", "grey", _moved),
    "scheme.draft": Presented(T("起草方案"), "file-text", "blue", says("reason")),
    "scheme.approve": Presented(T("批准方案"), "rubber-stamp", "green", _number(T("第 %(number)s 版"))),
    "scheme.send_back": Presented(T("不予调整"), "arrow-back-up", "red", says("comment")),
    "scheme.supersede": Presented(T("被新版取代"), "history", "grey", _number(T("第 %(number)s 版"))),
    "member.add": Presented(T("增加组员"), "user-plus", "blue", _joined),
    "member.declare": Presented(T("申报回避"), "user-off", "amber", _whose),
    "member.recuse": Presented(T("决定回避"), "user-off", "red", _whose),
    "member.keep": Presented(T("无须回避"), "user-check", "green", _whose),
    "member.leave": Presented(T("退出督查组"), "logout", "grey", _whose),
    "worksheet.file": Presented(T("填写底稿"), "clipboard-text", "green", _found),
    "proof.add": Presented(T("上传材料"), "paperclip", "green"),
}

PRESENTED: Final[dict[str, Presented]] = {**INSPECTING}

# One deed, two events: a part's own, then the inspection's. Who sees the first need not read the second.
ECHOES: Final = {
    "inspection.add_member": "member.add",
    "inspection.prove": "proof.add",
    "inspection.note": "worksheet.file",
    "inspection.amend": "scheme.draft",
}
