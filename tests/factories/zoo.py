"""One task of every kind that the pages can meet, each made by operations."""

from datetime import timedelta

from django.utils import timezone

from tasks.models import Task
from tasks.operations import (
    assignments,
    blockers,
    closures,
    directives,
    extensions,
    readings,
    reports,
    suspensions,
    tasks,
)
from tests.factories import tasks as make

REPORT = {"done": "完成 6 处", "percent": 50}


def _extension(who, task):
    return extensions.ask(task, by=who.handler, reason="汛期", progress="一半", until=make.in_workdays(30))


def _blocker(who, task):
    return blockers.raise_(task, by=who.handler, waiting_on=who.housing, ask="请移交管线图")


def _child(who, task):
    child = tasks.split(task, by=who.handler, matter="整治三处易涝点", lead=who.river, responsible="河道处")
    return make.fresh(child)


def started(who):
    """Tasks up to the work of their units."""
    pending = directives.submit(make.directive(who, approved=False), by=who.supervisor)
    declined = make.assigned(who, matter="牵头单位退办")
    assignments.decline(make.share(declined, who.water), by=who.handler, reason="不属职责")
    co_declined = make.assigned(who, matter="配合单位退办")
    assignments.decline(make.share(co_declined, who.finance), by=who.helper, reason="无此经费")
    dropped = tasks.drop(make.draft(who, matter="删去"), by=who.supervisor)
    return {
        "draft": make.draft(who, matter="待交办"),
        "draft_pending": make.draft(who, pending, matter="立项审批中"),
        "dropped": dropped,
        "assigned": make.assigned(who, matter="待签收"),
        "declined": declined,
        "co_declined": co_declined,
        "active": make.active(who, matter="办理中"),
        "late": make.make_late(make.active(who, matter="已逾期"), 5),
    }


def asked(who):
    """Tasks on which something waits for an answer."""
    found = {}
    task = found["reported"] = make.active(who, matter="反馈待审阅")
    reports.file(task, by=who.handler, **REPORT)
    task = found["report_returned"] = make.active(who, matter="反馈被退回")
    reports.send_back(reports.file(task, by=who.helper, done="已拨款"), by=who.supervisor, comment="写明金额")
    task = found["report_again"] = make.active(who, matter="退回后又报")
    reports.send_back(reports.file(task, by=who.handler, **REPORT), by=who.supervisor, comment="写明数量")
    reports.accept(reports.file(make.fresh(task), by=who.handler, **REPORT), by=who.supervisor)
    task = found["report_due"] = make.active(who, matter="该报进展", cycle="weekly")
    Task.objects.filter(pk=task.pk).update(assigned_at=timezone.now() - timedelta(days=8))
    for stage in ("asked", "signed", "checked", "granted", "refused"):
        task = found[f"extension_{stage}"] = make.active(who, matter=f"延期 {stage}")
        _take_extension(who, _extension(who, task), stage)
    for stage in ("asked", "granted", "due", "refused"):
        task = found[f"suspension_{stage}"] = make.active(who, matter=f"挂起 {stage}")
        review_on = timezone.localdate() if stage == "due" else make.in_workdays(10)
        asked_for = suspensions.ask(
            task, by=who.handler, cause="待批复", waiting_on="省厅批复", proof="函", review_on=review_on
        )
        if stage != "asked":
            decide = suspensions.refuse if stage == "refused" else suspensions.grant
            decide(asked_for, by=who.leader, comment="同")
    for stage in ("raised", "confirmed", "resolved", "refused"):
        task = found[f"blocker_{stage}"] = make.active(who, matter=f"协调 {stage}")
        _take_blocker(who, _blocker(who, task), stage)
    return found


def _take_extension(who, extension, stage):
    if stage == "asked":
        return
    extension = extensions.sign_off(extension, by=who.unit_head)
    if stage == "refused":
        extensions.refuse(extension, by=who.supervisor, comment="理由不足")
    elif stage != "signed":
        extension = extensions.accept(extension, by=who.supervisor)
        if stage == "granted":
            extensions.grant(extension, by=who.leader)


def _take_blocker(who, blocker, stage):
    if stage == "refused":
        blockers.refuse(blocker, by=who.supervisor, resolution="可自行解决")
    elif stage != "raised":
        blocker = blockers.confirm(blocker, by=who.supervisor)
        if stage == "resolved":
            blockers.resolve(blocker, by=who.stranger, resolution="已移交")


def handed_in(who):
    """Tasks on their way to the end."""
    failed = [{"check": "facts", "reason": "缺验收单"}]
    returned = closures.send_back(make.in_review(who, matter="退回补办"), by=who.supervisor, failed=failed)
    reopened = tasks.reopen(
        make.closed(who, matter="重新办理"), by=who.supervisor, reason="问题反弹", due_on=make.in_workdays(15)
    )
    terminated = tasks.terminate(make.assigned(who, matter="终止"), by=who.leader, reason="政策调整")
    return {
        "claimed": make.claimed(who, matter="待单位签批"),
        "in_review": make.in_review(who, matter="待核验"),
        "in_approval": make.in_approval(who, matter="待批准"),
        "closed": make.closed(who, matter="已销号"),
        "returned": returned,
        "reopened": reopened,
        "terminated": terminated,
        **instructed(who),
    }


def instructed(who):
    """Tasks of the deputy's and of the chief's instruction on their way to the end."""
    of, of_chief = make.instruction(who), make.directive(who, instructed_by=who.chief.post)
    return {
        "to_read": make.in_review(who, of=of, matter="批示待阅示"),
        "unread": make.in_approval(who, of=of, matter="批示未阅示"),
        "read": readings.read(make.in_approval(who, of=of, matter="批示已阅示"), by=who.leader),
        "unread_of_chief": make.in_approval(who, of=of_chief, matter="市长批示未阅示"),
    }


def cascades(who):
    """Tasks broken down below a unit, and the tasks above them."""
    found = {}
    above = found["above"] = make.active(who, matter="有下级任务")
    found["child"] = _child(who, above)
    above = found["above_late"] = make.active(who, matter="下级已逾期")
    found["child_late"] = make.make_late(_child(who, above), 2)
    above = make.active(who, matter="下级已报送")
    child = _child(who, above)
    assignments.sign(make.share(child, who.river), by=who.below)
    child = make.fresh(child)
    reports.file(child, by=who.below, done="完成两处")
    extensions.ask(child, by=who.below, reason="雨天", progress="两处", until=make.in_workdays(21))
    found["child_asks"] = child
    above = make.active(who, matter="下级退办")
    child = _child(who, above)
    assignments.decline(make.share(child, who.river), by=who.below, reason="人手不足")
    found["child_declined"] = child
    return found


def everything(who):
    """Return every task by a name that tells what it is."""
    found = started(who) | asked(who) | handed_in(who) | cascades(who)
    return {name: make.fresh(task) for name, task in found.items()}
