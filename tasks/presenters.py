"""Events in words: every kind that the room records has its title, its sentence, its icon and its tone.

A sentence is a function of the event, so that it may name the day, the unit or the reason that the detail holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tasks import defaults
from tasks.states import Cause, Part, Source, Unit
from workflow.lifecycle import Text
from workflow.models import Event

Sentence = Callable[[dict[str, Any], Event], str]


@dataclass(frozen=True)
class Presented:
    """How one kind of event is told."""

    title: Text
    icon: str
    tone: str = "grey"
    sentence: Sentence | None = None


def says(name: str, before: Text = "") -> Sentence:
    """Return a sentence that is one entry of the detail, with words before it."""
    return lambda detail, event: f"{before}{detail[name]}" if detail.get(name) else ""


def _by_custom(detail: dict[str, Any], event: Event) -> str:
    limit = detail.get("default_limit")
    return _("时限按来源默认：%(value)s 个%(unit)s。") % {
        "value": limit["value"], "unit": Unit(limit["unit"]).label,
    } if limit else ""  # fmt: skip


def _drafted(detail: dict[str, Any], event: Event) -> str:
    return " ".join(filter(None, (detail.get("matter", ""), _by_custom(detail, event))))


def _assigned(detail: dict[str, Any], event: Event) -> str:
    parts: dict[str, list[str]] = {Part.LEAD: [], Part.JOINT: [], Part.CO: []}
    for row in detail.get("units", []):
        parts[row["part"]].append(row["unit"])
    named = "；".join(f"{Part(part).label}：{'、'.join(units)}" for part, units in parts.items() if units)
    return _("%(units)s。编号 %(number)s，办结时限 %(due)s。") % {
        "units": named, "number": detail.get("number", ""), "due": detail.get("due_on", ""),
    }  # fmt: skip


def _sign(detail: dict[str, Any], event: Event) -> str:
    return str(Part(detail["part"]).label) if detail.get("part") in Part.values else ""


def _reported(detail: dict[str, Any], event: Event) -> str:
    if detail.get("unchanged"):
        return _("本期无变化。")
    said = [_("完成比例 %(percent)s%%") % detail] if detail.get("percent") is not None else []
    said += [_("问题原因：%(cause)s") % {"cause": Cause(detail["cause"]).label}] if detail.get("cause") else []
    return "，".join(said)


def _returned(detail: dict[str, Any], event: Event) -> str:
    failed = detail.get("failed", {})
    each = [f"{defaults.CHECKS[name]}：{why}" for name, why in failed.items() if name in defaults.CHECKS]
    return "；".join(filter(None, (*each, detail.get("reason", ""))))


def _moved(detail: dict[str, Any], event: Event) -> str:
    return _("办结时限由 %(before)s 改为 %(after)s。") % {
        "before": detail.get("before", "—"), "after": detail.get("after", detail.get("until", "—")),
    }  # fmt: skip


def _granted(detail: dict[str, Any], event: Event) -> str:
    return " ".join(filter(None, (_moved(detail, event), detail.get("comment", ""))))


def _reassigned(detail: dict[str, Any], event: Event) -> str:
    return _("由 %(before)s 改派给 %(after)s：%(reason)s") % {
        "before": detail.get("before", ""), "after": detail.get("after", ""), "reason": detail.get("reason", ""),
    }  # fmt: skip


def _registered(detail: dict[str, Any], event: Event) -> str:
    source = Source(detail["source"]).label if detail.get("source") in Source.values else ""
    return "，".join(filter(None, (str(source), detail.get("document_no", ""))))


def _resumed(detail: dict[str, Any], event: Event) -> str:
    stood = _("暂停了 %(workdays)s 个工作日。") % {"workdays": detail.get("workdays", 0)}
    return f"{stood}{_moved(detail, event)} {detail.get('reason', '')}".strip()


def _until_review(detail: dict[str, Any], event: Event) -> str:
    day = _("%(day)s 复核。") % {"day": detail.get("review_on", "—")}
    return f"{day}{detail.get('comment', '')}"


def _asked_to_stop(detail: dict[str, Any], event: Event) -> str:
    return _("等待：%(what)s，%(day)s 复核。") % {
        "what": detail.get("waiting_on", ""), "day": detail.get("review_on", "—"),
    }  # fmt: skip


def _stood_on(detail: dict[str, Any], event: Event) -> str:
    days = _("复核日由 %(before)s 改为 %(after)s。") % {
        "before": detail.get("before", "—"), "after": detail.get("after", "—"),
    }  # fmt: skip
    return f"{days}{detail.get('reason', '')}"


def _reopened(detail: dict[str, Any], event: Event) -> str:
    return _("新的办结时限 %(due)s：%(reason)s") % {"due": detail.get("due_on", ""), "reason": detail.get("reason", "")}


def _freed(detail: dict[str, Any], event: Event) -> str:
    return _("受阻 %(days)s 天，逾期重新计入牵头单位。") % {"days": detail.get("days", 0)}


def _blocked(detail: dict[str, Any], event: Event) -> str:
    return _("等待 %(unit)s；逾期计入该单位。") % {"unit": detail.get("waiting_on", "")}


def _confirmed(detail: dict[str, Any], event: Event) -> str:
    return _("等待 %(unit)s，%(due)s 前答复；其间逾期计入该单位。") % {
        "unit": detail.get("waiting_on", ""), "due": detail.get("due_on", ""),
    }  # fmt: skip


def _split(detail: dict[str, Any], event: Event) -> str:
    return _("%(matter)s，由 %(lead)s 承办。") % {"matter": detail.get("matter", ""), "lead": detail.get("lead", "")}


def _read(detail: dict[str, Any], event: Event) -> str:
    by_closing = _("以批准销号为阅示。") if detail.get("by_closing") else ""
    return by_closing or str(detail.get("remark") or "")


def _added(detail: dict[str, Any], event: Event) -> str:
    return "、".join(detail.get("units", ()))


def _followed(detail: dict[str, Any], event: Event) -> str:
    return _("机构调整：由 %(old)s 转到 %(new)s。") % {"old": detail.get("from", ""), "new": detail.get("to", "")}


def _marked(detail: dict[str, Any], event: Event) -> str:
    return _("已完成 %(count)d 个节点。") % {"count": len(detail.get("reached", []))}


def _terminated(detail: dict[str, Any], event: Event) -> str:
    return str(detail.get("reason") or (_("上级任务终止。") if detail.get("because") else ""))


def _dropped(detail: dict[str, Any], event: Event) -> str:
    return str(detail.get("reason") or (_("来源事项已撤销。") if detail.get("because") else ""))


def _shown(detail: dict[str, Any], event: Event) -> str:
    day = _("反映 %(day)s 的情况") % {"day": detail.get("evidence_on", "—")}
    return f"{event.subject_label}（{day}）"


T: Final = gettext_lazy

PRESENTED: Final[dict[str, Presented]] = {
    "directive.create": Presented(T("来源登记"), "file-plus", "blue", _registered),
    "directive.edit": Presented(T("修改登记内容"), "pencil"),
    "directive.refuse_marked": Presented(T("拒收带密级标志的文件"), "shield-lock", "red"),
    "directive.attach": Presented(T("添加附件"), "paperclip", "grey", says("name")),
    "directive.submit": Presented(T("提请立项审批"), "send", "blue"),
    "directive.approve": Presented(T("批准立项"), "rubber-stamp", "green", says("comment")),
    "directive.send_back": Presented(T("退回修改"), "arrow-back-up", "amber", says("reason")),
    "directive.withdraw": Presented(T("撤销事项"), "trash", "grey", says("reason")),
    "directive.follow": Presented(T("随机构调整"), "building", "grey", _followed),
    "directive.draft": Presented(T("拟办任务"), "plus"),
    "directive.upload": Presented(T("导入分解表"), "file-import", "blue"),
    "task.draft": Presented(T("拟办"), "file-plus", "blue", _drafted),
    "task.import": Presented(T("导入拟办"), "file-import", "blue"),
    "task.edit": Presented(T("修改草稿"), "pencil", "grey", _by_custom),
    "task.drop": Presented(T("删去草稿"), "trash", "grey", _dropped),
    "task.assign": Presented(T("交办"), "send", "blue", _assigned),
    "task.reassign": Presented(T("改派"), "arrows-exchange", "amber", _reassigned),
    "task.insist": Presented(T("维持交办"), "hand-stop", "amber", says("reason")),
    "task.start": Presented(T("开始办理"), "player-play", "green"),
    "task.return": Presented(T("牵头单位退办"), "arrow-back-up", "red", says("reason")),
    "task.report": Presented(T("填报进展"), "message-report", "green", says("unit")),
    "task.prove": Presented(T("上传佐证"), "paperclip", "green"),
    "task.mark": Presented(T("更新节点"), "flag-check", "green", _marked),
    "task.split": Presented(T("向下分解"), "subtask", "blue", _split),
    "task.extend": Presented(T("申请延期"), "calendar-plus", "amber"),
    "task.suspend": Presented(T("申请挂起"), "player-pause", "amber"),
    "task.raise": Presented(T("提请协调"), "users", "amber"),
    "task.claim": Presented(T("申报办结"), "checks", "purple", says("completed_on", T("实际完成日期 "))),
    "task.sign_off": Presented(T("签批报送"), "signature", "purple"),
    "task.verify": Presented(T("核验通过"), "eye-check", "green", says("opinion")),
    "reading.create": Presented(T("阅示"), "eye-check", "green", _read),
    "task.read": Presented(T("阅示"), "eye-check", "green"),
    "task.remark": Presented(T("再批示"), "gavel", "amber", says("remark")),
    "task.close": Presented(T("批准销号"), "rubber-stamp", "green", says("conclusion")),
    "task.send_back": Presented(T("退回补办"), "arrow-back-up", "red", _returned),
    "task.withdraw": Presented(T("撤回申报"), "arrow-back-up", "grey", says("reason")),
    "task.hold_clock": Presented(T("暂停计时"), "player-pause", "grey"),
    "task.stand_on": Presented(T("续停"), "calendar-plus", "grey", _stood_on),
    "task.resume": Presented(T("恢复办理"), "player-play", "blue", _resumed),
    "task.reopen": Presented(T("重新办理"), "refresh", "amber", _reopened),
    "task.terminate": Presented(T("终止"), "ban", "grey", _terminated),
    "task.due_moved": Presented(T("调整时限"), "calendar-plus", "amber", _moved),
    "task.blocked": Presented(T("确认受阻"), "hourglass", "amber", _blocked),
    "task.freed": Presented(T("解除受阻"), "checks", "green", _freed),
    "task.settle": Presented(T("了结未决申请"), "playlist-x"),
    "task.follow": Presented(T("随机构调整"), "building", "grey", _followed),
    "task.hold": Presented(T("暂缓销号"), "lock", "amber", says("because")),
    "task.lift": Presented(T("解除暂缓"), "lock-open", "green"),
    "reader.grant": Presented(T("开放查阅"), "eye"),
    "reader.withdraw": Presented(T("停止查阅"), "eye-off"),
    "task.add_units": Presented(T("增加配合单位"), "users", "blue", _added),
    "task.name": Presented(T("更换责任人"), "user-check", "grey", says("responsible")),
    "assignment.recall": Presented(T("重新配合"), "refresh", "amber", says("reason")),
    "assignment.sign": Presented(T("签收"), "writing-sign", "green", _sign),
    "assignment.decline": Presented(T("退办"), "hand-stop", "red", says("reason")),
    "assignment.insist": Presented(T("维持分工"), "hand-stop", "amber", says("reason")),
    "assignment.finish": Presented(T("完成配合"), "check", "green", says("note")),
    "assignment.excuse": Presented(T("免予配合"), "user-off", "grey", says("reason")),
    "report.file": Presented(T("填报进展"), "message-report", "green", _reported),
    "report.accept": Presented(T("采纳反馈"), "check", "green", says("comment")),
    "report.send_back": Presented(T("退回反馈"), "arrow-back-up", "red", says("comment")),
    "evidence.add": Presented(T("上传佐证"), "paperclip", "green", _shown),
    "extension.ask": Presented(
        T("申请延期"), "calendar-plus", "amber",
        lambda d, e: _("申请延至 %(until)s：%(reason)s") % {"until": d.get("until", ""), "reason": d.get("reason", "")},
    ),
    "extension.sign_off": Presented(T("签批延期申请"), "signature", "blue"),
    "extension.accept": Presented(T("延期审核通过"), "check", "blue", says("comment")),
    "extension.grant": Presented(T("批准延期"), "rubber-stamp", "green", _granted),
    "extension.refuse": Presented(T("不同意延期"), "x", "red", says("comment")),
    "extension.withdraw": Presented(T("撤回延期申请"), "arrow-back-up"),
    "suspension.ask": Presented(T("申请挂起"), "player-pause", "amber", _asked_to_stop),
    "suspension.grant": Presented(T("批准挂起"), "rubber-stamp", "grey", _until_review),
    "suspension.prolong": Presented(T("续停"), "calendar-plus", "grey", _stood_on),
    "suspension.refuse": Presented(T("不同意挂起"), "x", "red", says("comment")),
    "suspension.withdraw": Presented(T("撤回挂起申请"), "arrow-back-up"),
    "suspension.end": Presented(
        T("结束挂起"), "player-play", "blue", lambda d, e: _("暂停了 %s 个工作日。") % d.get("workdays", 0)
    ),
    "blocker.raise": Presented(T("提请协调"), "users", "amber", says("waiting_on", T("等待："))),
    "blocker.confirm": Presented(T("确认协调事项"), "hourglass", "amber", _confirmed),
    "blocker.refuse": Presented(T("不予确认"), "x", "red", says("resolution")),
    "blocker.resolve": Presented(T("协调解决"), "checks", "green", says("resolution")),
    "blocker.withdraw": Presented(T("撤回协调事项"), "arrow-back-up", "grey", says("resolution")),
    "office.set_up": Presented(T("设置督查机构"), "settings", "blue", says("mark")),
    "office.amend": Presented(T("修改设置"), "pencil", "grey", says("mark")),
    "batch.create": Presented(T("上传分解表"), "file-upload", "blue"),
    "batch.upload": Presented(T("上传分解表"), "file-upload", "blue", says("name")),
    "batch.read": Presented(T("读取分解表"), "file-search"),
    "batch.fail": Presented(T("未能读取"), "file-x", "red", says("code")),
    "batch.amend": Presented(T("改正内容"), "pencil"),
    "batch.take": Presented(T("确认导入"), "file-check", "blue"),
    "batch.finish": Presented(T("导入完成"), "file-check", "green"),
    "batch.drop": Presented(T("放弃导入"), "trash"),
    "directive.break_down": Presented(T("分解文件"), "list-tree", "blue"),
    "breakdown.create": Presented(T("分解文件"), "list-tree", "blue"),
    "breakdown.accept": Presented(T("批量采纳"), "checks", "green"),
    "breakdown.fill": Presented(T("批量补全"), "wand"),
    "breakdown.dispose": Presented(T("批量处置条款"), "archive"),
    "breakdown.add": Presented(T("补拟一条"), "plus"),
    "breakdown.undo": Presented(T("撤销上一步"), "arrow-back-up"),
    "breakdown.waive": Presented(T("准予未落实条款下达"), "rubber-stamp", "amber", says("reason")),
    "breakdown.issue": Presented(T("下达"), "send", "blue"),
    "breakdown.resume": Presented(T("继续分解"), "player-play"),
    "breakdown.drop": Presented(T("放弃分解"), "trash", "grey", says("reason")),
    "clause.dispose": Presented(T("处置"), "archive", "grey", says("reason")),
    "clause.restore": Presented(T("取消处置"), "arrow-back-up"),
    "clause.undo": Presented(T("撤销上一步"), "arrow-back-up"),
    "draft.create": Presented(T("补拟一条"), "plus"),
    "draft.accept": Presented(T("采纳"), "check", "green"),
    "draft.edit": Presented(T("修改"), "pencil"),
    "draft.choose": Presented(T("选定单位"), "building"),
    "draft.merge": Presented(T("合并"), "arrows-join"),
    "draft.join": Presented(T("并入另一条"), "arrows-join"),
    "draft.release": Presented(T("从合并中放回"), "arrow-back-up"),
    "draft.split": Presented(T("拆分"), "arrows-split"),
    "draft.drop": Presented(T("舍弃"), "x", "grey", says("reason")),
    "draft.reconsider": Presented(T("重新核对"), "refresh"),
    "draft.issue": Presented(T("立为任务"), "send", "blue"),
    "draft.undo": Presented(T("撤销上一步"), "arrow-back-up"),
}  # fmt: skip

UNKNOWN: Final = Presented(T("其他留痕"), "circle-dot")
NO_MORE: Final[Mapping[str, Presented]] = {}

# One deed, two events: a part's own, then the task's. Who sees the first need not read the second.
ECHOES: Final = {
    "task.report": "report.file",
    "task.prove": "evidence.add",
    "task.read": "reading.create",
    "task.extend": "extension.ask",
    "task.suspend": "suspension.ask",
    "task.raise": "blocker.raise",
    "task.start": "assignment.sign",
    "task.return": "assignment.decline",
    "task.due_moved": "extension.grant",
    "task.hold_clock": "suspension.grant",
    "task.stand_on": "suspension.prolong",
    "task.resume": "suspension.end",
    "task.blocked": "blocker.confirm",
}


def presented(event: Event, also: Mapping[str, Presented] = NO_MORE) -> dict[str, Any]:
    """Return the event as components/_timeline.html draws it; ``also`` are the kinds of an upper room."""
    kind = PRESENTED.get(event.kind) or also.get(event.kind, UNKNOWN)
    return {
        "title": kind.title,
        "at": event.at,
        "by": who(event),
        "text": kind.sentence(event.detail, event) if kind.sentence else "",
        "icon": kind.icon,
        "tone": kind.tone,
    }


def who(event: Event) -> str:
    """Return who did it, in which unit, and on whose behalf, as the names were then."""
    behalf = _("（代 %s）") % event.behalf_name if event.behalf_name else ""
    return f"{event.unit_name} {event.actor_name}{behalf}".strip()


def timeline(
    events: Iterable[Event], also: Mapping[str, Presented] = NO_MORE, echoes: Mapping[str, str] = ECHOES
) -> list[dict[str, Any]]:
    """Return the events in words, in the order given; of one deed told twice, the first telling alone."""
    events = list(events)
    told = {(event.stream, event.seq): event.kind for event in events}
    return [presented(event, also) for event in events if not _is_echo(event, told, echoes)]


def _is_echo(event: Event, told: dict[tuple[str, int], str], echoes: Mapping[str, str]) -> bool:
    first = echoes.get(event.kind)
    return first is not None and told.get((event.stream, event.seq - 1)) == first
