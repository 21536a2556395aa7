"""Every verb at the doors, as a deed: on which thing, by whom, with what, and where it leads.

Both doors are tried with the same deeds; a law test holds the table to the tables of verbs.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from documents import sheets
from tasks.models import Batch, Office
from tasks.operations import (
    assignments,
    batch_runs,
    batches,
    blockers,
    directives,
    extensions,
    offices,
    reports,
    suspensions,
)
from tests.factories import organization
from tests.factories import tasks as make
from tests.factories.tasks import Cast

Fields = dict[str, Any]
HEAD = ("序号", "工作任务", "完成标准", "牵头单位", "配合单位", "责任人", "完成时限")


@dataclass(frozen=True)
class Deed:
    """A verb that may be done: ``thing`` makes what it is done to, ``by`` names who may, ``fields`` what is said.

    ``leads_to`` is the state afterwards; empty where another noun comes out of it. ``files`` marks an upload.
    """

    noun: str
    verb: str
    thing: Callable[[Cast], Any]
    by: str
    leads_to: str = ""
    fields: Callable[[Cast, Any], Fields] = field(default=lambda who, thing: {})
    files: bool = False

    @property
    def name(self) -> str:
        """The deed in a word."""
        return f"{self.noun}.{self.verb}"


def saying(**fields: Any) -> Callable[[Cast, Any], Fields]:
    """Return a function that says the same whatever the thing."""
    return lambda who, thing: fields


def day(n: int) -> str:
    """Return the day ``n`` working days from today as both doors take it."""
    return make.in_workdays(n).isoformat()


def text_file(name: str = "验收单.txt", content: bytes = "已完成".encode()) -> SimpleUploadedFile:
    """Return an upload as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="text/plain")


def sheet_file(*rows: tuple[Any, ...]) -> SimpleUploadedFile:
    """Return a 任务分解表 with these rows, or with two: a good one and one whose unit nobody knows."""
    rows = rows or (
        (1, "完成泵站改造", "验收合格", "市水务局", "市财政局", "水务局长", "2030年6月底前"),
        (2, "落实资金", "到位", "不知名局", "", "某人", "2030年6月底前"),
    )
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        page = book.add_worksheet("任务分解表")
        for line, row in enumerate((HEAD, *rows)):
            page.write_row(line, 0, row)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return SimpleUploadedFile("任务分解表.xlsx", stream.getvalue(), content_type=kind)


# ------------------------------------------------------------------------------------------------ things


def registered(who: Cast) -> Any:
    """Return a directive that is not submitted."""
    return make.directive(who, approved=False)


def pending(who: Cast) -> Any:
    """Return a directive that waits for approval."""
    return directives.submit(registered(who), by=who.supervisor)


def declined(who: Cast) -> Any:
    """Return a task whose lead objects."""
    task = make.assigned(who)
    assignments.decline(make.share(task, who.water), by=who.handler, reason="不属本局职责")
    return make.fresh(task)


def helper_declined(who: Cast) -> Any:
    """Return the share of a co-unit that objects."""
    share = make.share(make.assigned(who), who.finance)
    return assignments.decline(share, by=who.helper, reason="无此经费")


def share_of(stage: Callable[..., Any], unit: str) -> Callable[[Cast], Any]:
    """Return a function that makes a task at a stage and returns a unit's share in it."""
    return lambda who: make.share(stage(who), getattr(who, unit))


def with_milestones(who: Cast) -> Any:
    """Return a task with two milestones."""
    return make.active(who, milestones=[{"title": "开工"}, {"title": "完工"}])


def suspended(who: Cast) -> Any:
    """Return a task whose clock stands."""
    task = make.active(who)
    suspensions.grant(suspension(who, task), by=who.leader)
    return make.fresh(task)


def report(who: Cast) -> Any:
    """Return a report that waits for its reader."""
    return reports.file(make.active(who), by=who.handler, done="完成 6 处", percent=50)


def extension(who: Cast) -> Any:
    """Return a request that waits for the unit's head."""
    return extensions.ask(make.active(who), by=who.handler, reason="汛期", progress="一半", until=make.in_workdays(30))


def signed_extension(who: Cast) -> Any:
    """Return a request that waits for the office."""
    return extensions.sign_off(extension(who), by=who.unit_head)


def checked_extension(who: Cast) -> Any:
    """Return a request that waits for a leader."""
    return extensions.accept(signed_extension(who), by=who.supervisor)


def suspension(who: Cast, task: Any = None) -> Any:
    """Return a request to stop the clock."""
    return suspensions.ask(
        task or make.active(who),
        by=who.handler,
        cause="待上级批复",
        waiting_on="省水利厅批复",
        proof="函〔2026〕5号",
        review_on=make.in_workdays(10),
    )


def granted_suspension(who: Cast) -> Any:
    """Return a request by which the clock stands."""
    return suspensions.grant(suspension(who), by=who.leader)


def blocker(who: Cast) -> Any:
    """Return a request for coordination that waits for confirmation."""
    return blockers.raise_(make.active(who), by=who.handler, waiting_on=who.finance, ask="请拨付资金")


def confirmed_blocker(who: Cast) -> Any:
    """Return a blocker whose own clock runs."""
    return blockers.confirm(blocker(who), by=who.supervisor)


def office_settings(who: Cast) -> Any:
    """Return what an office has set; of another office each time, for one has settings once."""
    unit = who.office
    if Office.objects.filter(department=unit).exists():
        unit = organization.office(None, who.government)
    return offices.set_up(by=who.system_admin, department=unit, mark="青" * (1 + Office.objects.count()))


def batch(who: Cast) -> Any:
    """Return an import that was read: one good line, one to be corrected."""
    directive = make.directive(who)
    file = sheet_file()
    made = batches.upload(directive, by=who.supervisor, file=sheets.accept(file, file.name))
    batch_runs.carry_on(made.pk)
    return Batch.objects.get(pk=made.pk)


def answered(who: Cast) -> Any:
    """Return a task of the leader's instruction whose answer waits to be read and checked."""
    return make.in_review(who, of=make.instruction(who))


def instructed(who: Cast) -> Any:
    """Return a task of the leader's instruction in hand."""
    return make.active(who, of=make.instruction(who))


# ------------------------------------------------------------------------------------------------ what is said

DIRECTIVE_FIELDS = {"title": "防汛工作", "source": "document", "document_no": "青政发〔2026〕8号"}


def task_fields(who: Cast, thing: Any) -> Fields:
    """Return a whole draft."""
    return {
        "matter": "清淤河道", "standard": "清淤 8 公里", "lead": who.water.pk, "co_units": [who.finance.pk],
        "responsible": "水务局长", "due_on": day(15), "limit_unit": "fixed",
    }  # fmt: skip


def evidence_fields(who: Cast, thing: Any) -> Fields:
    """Return a file and its day."""
    return {"file": text_file(), "evidence_on": timezone.localdate().isoformat(), "note": "现场验收"}


def amend_fields(who: Cast, thing: Any) -> Fields:
    """Return the line to be corrected as it ought to be."""
    row = thing.rows.last()
    return {
        "row": row.pk, "matter": "落实资金", "standard": "到位", "lead": who.finance.pk, "responsible": "某人",
        "due_on": (timezone.localdate() + timedelta(days=60)).isoformat(),
    }  # fmt: skip


CHECKS = list(make.CHECKS)
REASON = saying(reason="情况有变")
COMMENT = saying(comment="同意")

DEEDS = (
    Deed("directives", "edit", registered, "supervisor", "draft", saying(**DIRECTIVE_FIELDS)),
    Deed("directives", "attach", registered, "supervisor", "", lambda who, thing: {"file": text_file()}, files=True),
    Deed("directives", "submit", registered, "supervisor", "pending"),
    Deed("directives", "approve", pending, "leader", "approved", COMMENT),
    Deed("directives", "send_back", pending, "leader", "draft", REASON),
    Deed("directives", "draft", make.directive, "supervisor", "", task_fields),
    Deed("directives", "upload", make.directive, "supervisor", "", lambda w, t: {"file": sheet_file()}, files=True),
    Deed("directives", "break_down", make.directive, "supervisor", "", saying(text="一、完成泵站改造。")),
    Deed("directives", "withdraw", registered, "supervisor", "withdrawn", REASON),
    Deed("tasks", "edit", make.draft, "supervisor", "draft", task_fields),
    Deed("tasks", "drop", make.draft, "supervisor", "terminated", REASON),
    Deed("tasks", "assign", make.draft, "supervisor", "assigned"),
    Deed(
        "tasks", "reassign", declined, "supervisor", "assigned",
        lambda who, thing: {"lead": who.housing.pk, "responsible": "住建局长", "reason": "职责所在"},
    ),
    Deed("tasks", "add_units", make.active, "supervisor", "active", lambda who, thing: {"units": [who.housing.pk]}),
    Deed("tasks", "name", make.active, "handler", "active", saying(responsible="新任局长")),
    Deed("tasks", "insist", declined, "supervisor", "assigned", REASON),
    Deed("tasks", "report", make.active, "handler", "", saying(done="完成 6 处", percent=50)),
    Deed("tasks", "prove", make.active, "handler", "", evidence_fields, files=True),
    Deed(
        "tasks", "mark", with_milestones, "handler", "active",
        lambda who, thing: {"reached": [thing.milestones.first().pk]},
    ),
    Deed(
        "tasks", "split", make.active, "handler", "",
        lambda who, thing: {"matter": "清淤三处", "lead": who.river.pk, "responsible": "河道处长"},
    ),
    Deed(
        "tasks", "extend", make.active, "handler", "",
        lambda who, thing: {"reason": "汛期", "progress": "一半", "until": day(30)},
    ),
    Deed(
        "tasks", "suspend", make.active, "handler", "",
        lambda who, thing: {"cause": "待批复", "waiting_on": "省厅批复", "proof": "函", "review_on": day(10)},
    ),
    Deed(
        "tasks", "raise", make.active, "handler", "",
        lambda who, thing: {"waiting_on": who.finance.pk, "ask": "请拨付资金", "category": "funds"},
    ),
    Deed(
        "tasks", "claim", lambda who: make.active(who, co_units=[]), "handler", "claimed", saying(summary="全部完成"),
    ),
    Deed("tasks", "sign_off", make.claimed, "unit_head", "review"),
    Deed("tasks", "verify", make.in_review, "supervisor", "approval", saying(checks=CHECKS, opinion="属实")),
    Deed("tasks", "read", answered, "leader", "review", saying(remark="请把回访结果报我")),
    Deed("tasks", "remark", instructed, "leader", "", saying(remark="请一并排查地下车库")),
    Deed("tasks", "close", make.in_approval, "leader", "closed", saying(conclusion="同意销号")),
    Deed(
        "tasks", "send_back", make.in_review, "supervisor", "active",
        saying(failed=[{"check": "facts", "reason": "缺验收单"}]),
    ),
    Deed("tasks", "withdraw", make.claimed, "handler", "active", REASON),
    Deed("tasks", "resume", suspended, "supervisor", "active", saying(reason="已批复")),
    Deed(
        "tasks", "reopen", make.closed, "supervisor", "active",
        lambda who, thing: {"reason": "问题反弹", "due_on": day(40)},
    ),
    Deed("tasks", "terminate", make.active, "leader", "terminated", REASON),
    Deed("assignments", "sign", share_of(make.assigned, "water"), "handler", "signed"),
    Deed("assignments", "decline", share_of(make.assigned, "finance"), "helper", "declined", REASON),
    Deed("assignments", "insist", helper_declined, "supervisor", "issued", REASON),
    Deed("assignments", "finish", share_of(make.active, "finance"), "helper", "done", saying(note="资金已到位")),
    Deed("assignments", "recall", share_of(make.claimed, "finance"), "supervisor", "signed", REASON),
    Deed("assignments", "excuse", share_of(make.active, "finance"), "supervisor", "excused", REASON),
    Deed("reports", "accept", report, "supervisor", "accepted", COMMENT),
    Deed("reports", "send_back", report, "supervisor", "returned", saying(comment="写明地点")),
    Deed("extensions", "sign_off", extension, "unit_head", "signed"),
    Deed("extensions", "accept", signed_extension, "supervisor", "checked", COMMENT),
    Deed("extensions", "grant", checked_extension, "leader", "granted", COMMENT),
    Deed("extensions", "refuse", signed_extension, "supervisor", "refused", saying(comment="理由不足")),
    Deed("extensions", "withdraw", extension, "handler", "withdrawn"),
    Deed("suspensions", "grant", suspension, "leader", "granted", COMMENT),
    Deed("suspensions", "refuse", suspension, "leader", "refused", saying(comment="理由不足")),
    Deed("suspensions", "withdraw", suspension, "handler", "withdrawn"),
    Deed(
        "suspensions", "prolong", granted_suspension, "supervisor", "granted",
        lambda who, thing: {"review_on": day(20), "reason": "仍待批复"},
    ),
    Deed("blockers", "confirm", blocker, "supervisor", "confirmed"),
    Deed("blockers", "refuse", blocker, "supervisor", "refused", saying(resolution="不属受阻")),
    Deed("blockers", "resolve", confirmed_blocker, "helper", "resolved", saying(resolution="资金已拨")),
    Deed("blockers", "withdraw", blocker, "handler", "withdrawn", saying(resolution="已自行解决")),
    Deed("offices", "amend", office_settings, "system_admin", "current",
         lambda who, thing: {"mark": "澜" * (1 + thing.pk % 9)}),
    Deed("batches", "take", batch, "supervisor", "taking"),
    Deed("batches", "amend", batch, "supervisor", "ready", amend_fields),
    Deed("batches", "drop", batch, "supervisor", "dropped", REASON),
)  # fmt: skip
BY_NAME = {deed.name: deed for deed in DEEDS}
