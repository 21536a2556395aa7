"""Every noun of the room of tasks at every state, what is said with every verb, and who may: the ground of the laws."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from organization.models import CalendarDay, CalendarYear, Client, Delegation, Department, DepartmentName, Post, User
from organization.states import Role
from tasks import lifecycles, verbs
from tasks.models import (
    Assignment,
    Batch,
    BatchRow,
    Blocker,
    Closure,
    Directive,
    Extension,
    Hold,
    Milestone,
    Office,
    Overseer,
    Reading,
    Report,
    Suspension,
    Task,
)
from tasks.operations import (
    assignments,
    batches,
    blockers,
    closures,
    directives,
    extensions,
    offices,
    reports,
    suspensions,
    tasks,
)
from tests.architecture import theme as themes
from tests.architecture.theme import Theme
from tests.architecture.violations import again, change, first, put
from tests.factories import deeds, organization
from tests.factories import tasks as make
from tests.factories.tasks import Cast
from workflow.models import Counter, Event, Replay
from workflow.record import record

WORDS = {"reason": "情况有变"}


def stage(who: Cast) -> dict[str, list[Any]]:
    """Return every noun at every state, by noun."""
    return {
        "directive": all_directives(who),
        "task": all_tasks(who) + lower_tasks(who) + instructed_tasks(who),
        "assignment": all_shares(who),
        "report": all_reports(who),
        "extension": all_extensions(who),
        "suspension": all_suspensions(who),
        "blocker": all_blockers(who),
        "batch": all_batches(who),
        "office": [offices.set_up(by=who.system_admin, department=who.office, mark="青政督")],
    }


def whole(noun: str, thing: Any) -> Any:
    """Return the row as it is now, with what every actor asks of it, so that asking costs nothing."""
    rows = type(thing).objects.filter(pk=thing.pk)
    if noun == "task":
        return rows.for_page().get()
    rows = rows if noun == "office" else rows.for_list()
    return rows.get() if noun in ("directive", "batch", "office") else rows.prefetch_related("task__assignments").get()


def people(who: Cast) -> dict[str, Any]:
    """Add the head of the department below."""
    return {"below_head": organization.person(Role.UNIT_HEAD, who.river, "河道处长")}


def all_directives(who: Cast) -> list[Any]:
    draft = make.directive(who, approved=False)
    pending = directives.submit(make.directive(who, approved=False), by=who.supervisor)
    withdrawn = directives.withdraw(make.directive(who, approved=False), by=who.supervisor, reason="重复")
    return [draft, pending, make.directive(who), withdrawn]


def all_tasks(who: Cast) -> list[Any]:
    of = make.directive(who)
    declined = make.assigned(who, of=of)
    assignments.decline(make.share(declined, who.water), by=who.handler, reason="非职责")
    finished = make.active(who, of=of)
    assignments.finish(make.share(finished, who.finance), by=who.helper)
    suspended = make.active(who, of=of)
    suspensions.grant(paused(who, suspended), by=who.leader)
    stages = (make.draft, make.assigned, make.active, make.claimed, make.in_review, make.in_approval, make.closed)
    built = [stage(who, of=of) for stage in stages]
    ended = tasks.terminate(make.active(who, of=of), by=who.leader, reason="不再需要")
    return [*built, declined, finished, suspended, ended, tasks.drop(make.draft(who, of=of), by=who.supervisor)]


def lower_tasks(who: Cast) -> list[Any]:
    """Tasks that the water bureau gave to its own department."""
    of, head = make.directive(who), organization.person(Role.UNIT_HEAD, who.river, "河道处负责人")

    def child() -> Any:
        above = make.active(who, of=of, co_units=[])
        return tasks.split(above, by=who.handler, matter="清淤", lead=who.river, responsible="河道处")

    def signed() -> Any:
        task = child()
        assignments.sign(make.share(task, who.river), by=who.below)
        return make.fresh(task)

    declined = child()
    assignments.decline(make.share(declined, who.river), by=who.below, reason="非职责")
    reviewed = closures.sign_off(closures.claim(signed(), by=who.below, summary="完成"), by=head)
    checked = closures.sign_off(closures.claim(signed(), by=who.below, summary="完成"), by=head)
    checked = closures.verify(checked, by=who.handler, checks=make.CHECKS, opinion="属实")
    return [child(), declined, signed(), reviewed, checked]


def instructed_tasks(who: Cast) -> list[Any]:
    """Tasks of the deputy's instruction: in hand, handed in, and to be closed, none of them read."""
    of = make.instruction(who)
    return [make.active(who, of=of), make.in_review(who, of=of), make.in_approval(who, of=of)]


def all_shares(who: Cast) -> list[Any]:
    of = make.directive(who)
    draft, issued, active = make.draft(who, of=of), make.assigned(who, of=of), make.active(who, of=of)
    by_lead, by_helper = make.assigned(who, of=of), make.assigned(who, of=of)
    assignments.decline(make.share(by_lead, who.water), by=who.handler, reason="非职责")
    assignments.decline(make.share(by_helper, who.finance), by=who.helper, reason="无资金")
    done, excused, moved = make.active(who, of=of), make.active(who, of=of), make.assigned(who, of=of)
    assignments.finish(make.share(done, who.finance), by=who.helper)
    assignments.excuse(make.share(excused, who.finance), by=who.supervisor, reason="无需")
    assignments.decline(make.share(moved, who.water), by=who.handler, reason="非职责")
    released = make.share(moved, who.water)
    tasks.reassign(make.fresh(moved), by=who.supervisor, lead=who.housing, responsible="局长", reason="改派")
    ended = make.active(who, of=of)
    tasks.terminate(ended, by=who.leader, reason="不再需要")
    shares = [make.share(task, unit) for task in (draft, issued, active) for unit in (who.water, who.finance)]
    shares += [make.share(by_lead, who.water), make.share(by_helper, who.finance), make.share(done, who.finance)]
    return [*shares, make.share(excused, who.finance), released, make.share(ended, who.finance)]


def all_reports(who: Cast) -> list[Any]:
    task = make.active(who)
    one, two, three, of_helper = (
        reports.file(task, by=person, done="完成") for person in (who.handler, who.handler, who.unit_head, who.helper)
    )
    reports.accept(two, by=who.supervisor)
    reports.send_back(three, by=who.supervisor, comment="写明数量")
    return [one, two, three, of_helper]


def asked(who: Cast, of: Any) -> Extension:
    return extensions.ask(
        make.active(who, of=of), by=who.handler, reason="汛期", progress="一半", until=make.in_workdays(30)
    )


def all_extensions(who: Cast) -> list[Any]:
    of = make.directive(who)
    requested, signed, checked, granted, refused, taken_back = (asked(who, of) for _ in range(6))
    for each in (signed, checked, granted):
        extensions.sign_off(each, by=who.unit_head)
    for each in (checked, granted):
        extensions.accept(each, by=who.supervisor)
    extensions.grant(granted, by=who.leader)
    extensions.refuse(refused, by=who.unit_head, comment="不必")
    extensions.withdraw(taken_back, by=who.handler)
    return [requested, signed, checked, granted, refused, taken_back]


def paused(who: Cast, task: Any) -> Any:
    day = make.in_workdays(10)
    return suspensions.ask(task, by=who.handler, cause="等批复", waiting_on="省厅", proof="函", review_on=day)


def all_suspensions(who: Cast) -> list[Any]:
    of = make.directive(who)
    requested, granted, ended, refused, taken_back = (paused(who, make.active(who, of=of)) for _ in range(5))
    for each in (granted, ended):
        suspensions.grant(each, by=who.leader)
    suspensions.resume(make.fresh(ended.task), by=who.supervisor, reason="已批复")
    suspensions.refuse(refused, by=who.leader, comment="不必")
    suspensions.withdraw(taken_back, by=who.handler)
    return [requested, granted, ended, refused, taken_back]


def all_blockers(who: Cast) -> list[Any]:
    of = make.directive(who)
    raised, confirmed, resolved, refused, taken_back = (
        blockers.raise_(make.active(who, of=of), by=who.handler, waiting_on=who.housing, ask="移交图纸")
        for _ in range(5)
    )
    for each in (confirmed, resolved):
        blockers.confirm(each, by=who.supervisor)
    blockers.resolve(resolved, by=who.supervisor, resolution="已移交")
    blockers.refuse(refused, by=who.supervisor, resolution="不成立")
    blockers.withdraw(taken_back, by=who.handler)
    return [raised, confirmed, resolved, refused, taken_back]


def all_batches(who: Cast) -> list[Any]:
    """Imports at every state, as rows: what the jobs do with them is proved beside the imports."""
    of = make.directive(who)
    return [
        Batch.objects.create(
            state=state, directive=of, organiser=who.office, uploaded_by=who.supervisor, name="分解表.xlsx",
            content_type="x", size=1, sha256="0" * 64, problem="坏了" if state == "failed" else "",
            total=1, good=1, leased_until=None,
        )
        for state in ("reading", "ready", "taking", "done", "failed", "dropped")
    ]  # fmt: skip


def draft_words(who: Cast, thing: Any) -> dict[str, Any]:
    return {"matter": "新事项", "lead": who.water}


def evidence_words(who: Cast, thing: Any) -> dict[str, Any]:
    return {"file": themes.PROOFS[0](), "evidence_on": timezone.localdate()}


SAID: dict[str, Callable[[Cast, Any], dict[str, Any]]] = {
    "directive.edit": lambda who, thing: {"title": "新题", "source": "document"},
    "directive.attach": lambda who, thing: {"file": themes.PROOFS[0]()},
    "directive.draft": draft_words,
    "task.edit": draft_words,
    "task.reassign": lambda who, thing: {"lead": who.housing, "responsible": "局长", "reason": "改派"},
    "task.add_units": lambda who, thing: {"units": [who.housing]},
    "task.name": lambda who, thing: {"responsible": "新责任人"},
    "task.report": lambda who, thing: {"done": "完成6处"},
    "task.prove": evidence_words,
    "task.mark": lambda who, thing: {"reached": []},
    "task.split": lambda who, thing: {"matter": "清淤", "lead": who.river, "responsible": "某"},
    "task.extend": lambda who, thing: {"reason": "汛期", "progress": "一半", "until": make.in_workdays(30)},
    "task.suspend": lambda who, thing: {
        "cause": "等批复", "waiting_on": "省厅", "proof": "函", "review_on": make.in_workdays(10),
    },
    "task.raise": lambda who, thing: {"waiting_on": who.housing, "ask": "移交图纸"},
    "task.claim": lambda who, thing: {"summary": "完成"},
    "task.verify": lambda who, thing: {"checks": make.CHECKS, "opinion": "属实"},
    "task.send_back": lambda who, thing: {"failed": [{"check": "facts", "reason": "缺验收单"}]},
    "task.remark": lambda who, thing: {"remark": "请一并排查地下车库"},
    "task.close": lambda who, thing: {"conclusion": "同意"},
    "task.reopen": lambda who, thing: {"reason": "反弹", "due_on": make.in_workdays(20)},
    "office.amend": lambda who, thing: {"mark": "澜督"},
    "report.send_back": lambda who, thing: {"comment": "写明数量"},
    "extension.refuse": lambda who, thing: {"comment": "不必"},
    "suspension.refuse": lambda who, thing: {"comment": "不必"},
    "suspension.prolong": lambda who, thing: {"review_on": make.in_workdays(20), "reason": "仍待批复"},
    "blocker.refuse": lambda who, thing: {"resolution": "不成立"},
    "blocker.resolve": lambda who, thing: {"resolution": "已解决"},
} | {
    name: (lambda who, thing: dict(WORDS))
    for name in (
        "directive.send_back", "directive.withdraw", "task.insist", "task.resume", "task.terminate",
        "assignment.decline", "assignment.insist", "assignment.excuse",
        "assignment.recall",
    )
}  # fmt: skip


ISSUER = {"supervisor", "colleague"}
LEADERS = {"leader", "chief"}
WATER = {"handler", "unit_head"}
FINANCE = {"helper", "helper_head"}
RIVER = {"below", "below_head"}
HOUSING = {"stranger", "stranger_head"}

MAY: dict[str, set[str]] = {
    "directive.edit": ISSUER, "directive.attach": ISSUER, "directive.submit": ISSUER, "directive.approve": LEADERS,
    "directive.send_back": LEADERS, "directive.draft": ISSUER, "directive.withdraw": ISSUER,
    # tasks of the office, and those that the water bureau gave to its river department
    "task.edit": ISSUER, "task.drop": ISSUER, "task.assign": ISSUER,
    "task.add_units": ISSUER | WATER, "task.name": WATER | RIVER,
    "task.reassign": ISSUER | WATER | LEADERS, "task.insist": ISSUER | WATER,
    "task.report": WATER | FINANCE | RIVER, "task.prove": WATER | FINANCE | RIVER, "task.mark": WATER | RIVER,
    "task.split": WATER | FINANCE | RIVER, "task.extend": WATER | RIVER, "task.suspend": WATER | RIVER,
    "task.raise": WATER | FINANCE | RIVER, "task.claim": WATER | RIVER, "task.sign_off": {"unit_head"},
    "task.verify": ISSUER | {"handler", "unit_head"}, "task.close": LEADERS | {"unit_head"},
    "task.send_back": ISSUER | LEADERS | WATER, "task.withdraw": WATER | RIVER, "task.resume": ISSUER,
    "task.read": {"leader"}, "task.remark": {"leader"},
    "task.reopen": ISSUER, "task.terminate": LEADERS | {"unit_head"},
    "assignment.sign": WATER | FINANCE, "assignment.decline": WATER | FINANCE, "assignment.insist": ISSUER,
    "assignment.finish": FINANCE, "assignment.excuse": ISSUER, "assignment.recall": ISSUER,
    "report.accept": ISSUER, "report.send_back": ISSUER,
    "extension.sign_off": {"unit_head"}, "extension.accept": ISSUER, "extension.grant": LEADERS,
    "extension.refuse": {"unit_head"} | ISSUER | LEADERS, "extension.withdraw": WATER,
    "suspension.grant": LEADERS, "suspension.refuse": LEADERS, "suspension.withdraw": WATER,
    "suspension.prolong": ISSUER,
    "blocker.confirm": ISSUER, "blocker.refuse": ISSUER, "blocker.resolve": ISSUER | HOUSING,
    "blocker.withdraw": WATER,
    "batch.drop": ISSUER, "batch.take": ISSUER,
    "office.amend": {"system_admin"},
}  # fmt: skip
"""Who of the cast ever does what: written by hand, apart from the code."""

PAPERS = ("breakdown", "clause", "draft")
"""The nouns of a paper taken apart have a theme of their own."""

ELSEWHERE = {
    "directive.break_down": "takes a paper; tests/tasks/breakdowns",
    "directive.upload": "takes a sheet; tests/tasks/imports",
    "batch.amend": "takes a line of a read sheet; tests/tasks/imports",
}
"""Verbs whose input is too large for a law; their own tests try them."""

RULES = {
    "task.reassign": {"split.not_below"},
    "task.add_units": {"split.not_below", "assignment.unit_twice"},
    "task.claim": {"claim.helpers_open"},
    "task.split": {"split.not_below", "split.joint"},
    "task.close": {"close.unread"},
    "task.verify": {"verify.own"},
}
"""What an open step may still be refused for, with the words used here: rules, not the table."""


def two_heads(house):
    unit = organization.department()
    unit.names.create(name="另一名", short="另一名", valid_from=date(2026, 1, 1))


def one_admin_twice(house):
    user = organization.person("system_admin")
    organization.post(user, role="security_admin")


def roots_alike(house):
    Department.objects.bulk_create([Department(name="同名", short="同名") for _ in "12"])


def held_twice(house):
    task = first(Task)
    for _ in "12":
        Hold.objects.create(task=task, key="k", because="x")


def later_event(house):
    event = first(Event)
    values = {f.attname: getattr(event, f.attname) for f in Event._meta.concrete_fields if not f.primary_key}
    Event.objects.bulk_create([Event(**values)])


def same_key(house):
    for _ in "12":
        record("probe.deed", house.who.water, None, key="once")


NOW = timezone.now()
SOON = timedelta(days=1)
RANDOM = {"state": "flying"}

VIOLATIONS = {
    # workflow
    "counter_once_a_series_and_year": put(Counter, series="督", year=1999),
    "event_once_a_stream_and_seq": later_event,
    "Event.key": same_key,
    "replay_once_a_caller_and_key": put(Replay, caller="user:1", key="k", fingerprint="f"),
    # organization
    "calendar_day_is_set_once": put(CalendarDay, day=date(1999, 1, 1), is_workday=True, name="x"),
    "calendar_year_is_set_once": put(CalendarYear, year=2040, status="published"),
    "calendar_year_status_is_known": change(CalendarYear, status="flying"),
    "calendar_year_is_plausible": change(CalendarYear, year=10_000),
    "department_level_is_known": change(Department, level="flying"),
    "department_side_is_known": change(Department, side="flying"),
    "department_kind_is_known": change(Department, kind="flying"),
    "department_ends_after_start": change(Department, valid_from=date(2026, 2, 1), valid_to=date(2026, 1, 1)),
    "department_successor_only_when_ended": change(
        Department, {"name": "市水务局"}, successor=lambda row: Department.objects.exclude(pk=row.pk).first()
    ),
    "department_is_not_its_own_parent": change(Department, parent=lambda row: row.pk),
    "department_codes_are_null_not_blank": change(Department, uscc=""),
    "department_name_is_unique_among_siblings": change(Department, {"name": "市水务局"}, name="市财政局"),
    "department_root_name_is_unique": roots_alike,
    "Department.district_code": again(Department, {"name": "市水务局"}, name="x", district_code="530000", uscc=None),
    "Department.uscc": again(Department, {"name": "市水务局"}, name="x", uscc="11530000015100000X"),
    "department_bears_one_name_at_a_time": two_heads,
    "department_name_ends_after_start": change(DepartmentName, valid_to=date(1990, 1, 1)),
    "post_role_is_known": change(Post, role="flying"),
    "post_rank_is_known": change(Post, rank=9),
    "post_ends_after_start": change(Post, ended_on=date(1990, 1, 1)),
    "post_is_held_once": again(Post),
    "post_one_admin_role_a_person": one_admin_twice,
    "Client.prefix": again(Client),
    "delegation_ends_after_start": change(Delegation, ends_at=lambda row: row.starts_at),
    "delegation_revoked_at_and_by_together": change(Delegation, revoked_at=NOW, revoked_by=None),
    "user_kind_is_known": change(User, kind="flying"),
    "user_left_is_not_active": change(User, is_active=True, deactivated_at=NOW),
    "User.username": again(User, employee_no=None),
    "User.employee_no": again(User, {"username__isnull": False}, username="other", employee_no="1001"),
    # who may, in tasks
    "overseer_once_a_task": again(Overseer),
    "hold_once_a_key": held_twice,
    "Office.department": again(Office, mark="别督"),
    "Office.mark": again(Office, department_id=0),
    # directives
    "directive_state_is_known": change(Directive, **RANDOM),
    "directive_source_is_known": change(Directive, source="flying"),
    "directive_approved_at_and_by_together": change(Directive, {"state": "approved"}, approved_by=None),
    "directive_approved_has_number": change(Directive, {"state": "approved"}, number=None),
    "Directive.number": change(
        Directive, {"state": "draft"}, number=lambda row: first(Directive, state="approved").number
    ),
    # tasks
    "task_state_is_known": change(Task, **RANDOM),
    "task_closed_iff_closed_at": change(Task, {"state": "closed"}, closed_at=None, closed_by=None),
    "task_assigned_at_and_by_together": change(Task, {"state": "active"}, assigned_by=None),
    "task_issued_is_complete": change(Task, {"state": "active"}, number=None),
    "task_suspended_iff_suspended_on": change(Task, {"state": "suspended"}, suspended_on=None),
    "task_progress_is_percent": change(Task, progress=101),
    "task_warned_not_after_due": change(Task, {"state": "active"}, warn_at=lambda row: row.due_at + SOON),
    "Task.number": change(Task, {"state": "draft"}, number=lambda row: first(Task, state="active").number),
    # shares
    "assignment_state_is_known": change(Assignment, **RANDOM),
    "assignment_one_lead_a_task": change(Assignment, {"part": "co", "state": "signed"}, part="lead"),
    "assignment_a_unit_once_a_task": again(Assignment, {"part": "co", "state": "signed"}),
    "assignment_signed_or_declined_not_both": change(
        Assignment, {"state": "signed"}, declined_at=NOW, declined_by=lambda row: row.signed_by_id
    ),
    "assignment_declined_gives_reason": change(Assignment, {"state": "declined"}, reason=""),
    # parts
    "report_state_is_known": change(Report, **RANDOM),
    "report_percent_is_percent": change(Report, percent=101),
    "report_reviewed_at_and_by_together": change(Report, {"state": "accepted"}, reviewed_by=None),
    "report_problem_has_cause": change(Report, problem="慢", cause=""),
    "extension_state_is_known": change(Extension, **RANDOM),
    "extension_one_pending_a_task": again(Extension, {"state": "requested"}),
    "extension_granted_names_the_day": change(Extension, {"state": "granted"}, granted_on=None),
    "extension_decided_at_and_by_together": change(Extension, {"state": "granted"}, decided_by=None),
    "suspension_state_is_known": change(Suspension, **RANDOM),
    "suspension_one_open_a_task": again(Suspension, {"state": "requested"}),
    "suspension_decided_at_and_by_together": change(Suspension, {"state": "granted"}, decided_by=None),
    "blocker_state_is_known": change(Blocker, **RANDOM),
    "blocker_one_open_a_task": again(Blocker, {"state": "raised"}),
    "blocker_confirmed_has_a_clock": change(Blocker, {"state": "confirmed"}, due_on=None),
    "blocker_confirmed_on_and_by_together": change(Blocker, {"state": "resolved"}, confirmed_by=None),
    "blocker_waits_on_another_unit": change(Blocker, waiting_on=lambda row: row.department_id),
    "closure_outcome_is_known": change(Closure, outcome="flying"),
    "closure_one_pending_a_task": again(Closure, {"outcome": ""}),
    "closure_signed_at_and_by_together": change(Closure, {"signed_by__isnull": False}, signed_by=None),
    "closure_verified_at_and_by_together": change(Closure, {"outcome": "approved"}, verified_by=None),
    "closure_approved_at_and_by_together": change(Closure, {"outcome": "approved"}, approved_by=None),
    "closure_three_different_persons": change(
        Closure, {"outcome": "approved"}, approved_by=lambda row: row.claimed_by_id
    ),
    "Reading.closure": again(Reading),
    "milestone_done_on_and_by_together": change(Milestone, done_on=date(2026, 1, 1), done_by=None),
    "batch_state_is_known": change(Batch, **RANDOM),
    "batch_failed_says_why": change(Batch, {"state": "failed"}, problem=""),
    "batch_row_once_a_line": again(BatchRow),
    "batch_row_taken_is_good": change(BatchRow, good=False, task=lambda row: first(Task).pk),
}  # fmt: skip


def furnish(house):
    """Add what the stage does not hold."""
    who = house.who
    Milestone.objects.create(task=first(Task), title="开工")
    closure = first(Closure)
    Reading.objects.create(task=closure.task, closure=closure, reader=who.leader)
    BatchRow.objects.create(batch=first(Batch), line=1)
    organization.client()
    organization.delegation()
    Department.objects.filter(pk=who.finance.pk).update(district_code="530000", uscc="11530000015100000X")
    User.objects.filter(pk=who.stranger.pk).update(employee_no="1001")
    Report.objects.filter(pk=first(Report).pk).update(percent=50)


ALONE = {
    "Blocker.ended_by": "a reorganisation by the house itself ends a blocker and names nobody",
    "Extension.requested_by": "requested_on is the day asked for, not the day of asking; both must be given",
}


def resolved(who):
    return blockers.resolve(deeds.confirmed_blocker(who), by=who.helper, resolution="资金已拨")


MOMENTS = {
    "directives": (deeds.registered, deeds.pending),
    "tasks": (make.assigned, make.active),
    "assignments": (deeds.share_of(make.assigned, "water"), deeds.share_of(make.active, "finance")),
    "reports": (lambda who: reports.accept(deeds.report(who), by=who.supervisor),),
    "extensions": (deeds.extension, lambda who: extensions.withdraw(deeds.extension(who), by=who.handler)),
    "suspensions": (lambda who: suspensions.withdraw(deeds.suspension(who), by=who.handler),),
    "blockers": (deeds.blocker, resolved, lambda who: blockers.withdraw(deeds.blocker(who), by=who.handler)),
    "batches": (lambda who: batches.drop(deeds.batch(who), by=who.supervisor),),
    "offices": (),
}


TAKEN_BY_OTHERS = {f"task.{verb}": taker for verb, taker in lifecycles.TAKEN_BY_OTHERS.items()} | {
    "batch.read": "a job reads the sheet",
    "batch.fail": "a job gives the sheet up",
    "batch.finish": "a job is done with it",
    "suspension.end": "task.resume",
}

THEME = Theme(
    name="tasks",
    nouns=tuple(noun for noun in verbs.NOUNS if noun.name not in PAPERS),
    lifecycles=tuple(one for one in lifecycles.ALL if one.noun not in PAPERS),
    lone=(verbs.REGISTER, verbs.INSTRUCT, verbs.IMPORT),
    stage=stage,
    whole=whole,
    people=people,
    said=SAID,
    may=MAY,
    outside=frozenset({"discipline", "auditor", "system_admin", "security_admin", "inspector"}),
    elsewhere=ELSEWHERE,
    rules=RULES,
    taken_by_others=TAKEN_BY_OTHERS,
    kinds=40,
    rest=(
        "directives", "tasks", "assignments", "reports", "evidence", "extensions", "suspensions", "blockers", "events",
        "attachments", "batches", "offices",
    ),
    deeds=deeds.DEEDS,
    moments=MOMENTS,
    violations=VIOLATIONS,
    furnish=furnish,
    alone=ALONE,
)  # fmt: skip
