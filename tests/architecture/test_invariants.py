"""The last line: every constraint of the tables refuses what its name says, and none is untried."""

import re
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organization.models import (
    CalendarDay,
    CalendarYear,
    Client,
    Delegation,
    Department,
    DepartmentName,
    Post,
    User,
)
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
    Report,
    Suspension,
    Task,
)
from tests.architecture.source import ROOMS
from tests.factories import organization
from workflow.models import Counter, Event, Replay

pytestmark = pytest.mark.django_db


def change(model, /, where=None, **values):
    """Return an attempt to overwrite one row of ``model``."""

    def attempt(house):
        row = model.objects.filter(**where or {}).order_by("pk").first()
        assert row is not None, (model, where)
        model.objects.filter(pk=row.pk).update(**{k: v(row) if callable(v) else v for k, v in values.items()})

    return attempt


def again(model, where=None, **values):
    """Return an attempt to insert a second row like one that stands."""

    def attempt(house):
        row = model.objects.filter(**where or {}).order_by("pk").first()
        assert row is not None, (model, where)
        columns = {f.attname: getattr(row, f.attname) for f in model._meta.concrete_fields if not f.primary_key}
        model.objects.bulk_create([model(**columns | values)])

    return attempt


def first(model, /, **where):
    return model.objects.filter(**where).order_by("pk").first()


def put(model, **values):
    """Return an attempt to insert a row twice."""

    def attempt(house):
        for _ in "12":
            model.objects.create(**values)

    return attempt


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
    from workflow.record import record

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
    "milestone_done_on_and_by_together": change(Milestone, done_on=date(2026, 1, 1), done_by=None),
    "batch_state_is_known": change(Batch, **RANDOM),
    "batch_failed_says_why": change(Batch, {"state": "failed"}, problem=""),
    "batch_row_once_a_line": again(BatchRow),
    "batch_row_taken_is_good": change(BatchRow, good=False, task=lambda row: first(Task).pk),
}  # fmt: skip


def constraints():
    """Return every constraint and every unique column of the house, by name, with its table and columns."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS:
            continue
        for constraint in model._meta.constraints:
            found[constraint.name] = (model, getattr(constraint, "fields", ()))
        for field in model._meta.concrete_fields:
            if field.unique and not field.primary_key:
                found[f"{model.__name__}.{field.name}"] = (model, (field.name,))
    return found


@pytest.fixture
def rows(house):
    """Add to the house what it lacks for a violation of each kind."""
    who = house.who
    Milestone.objects.create(task=first(Task), title="开工")
    Office.objects.create(department=who.office, mark="澜督")
    BatchRow.objects.create(batch=first(Batch), line=1)
    organization.client()
    organization.delegation()
    Department.objects.filter(pk=who.finance.pk).update(district_code="530000", uscc="11530000015100000X")
    User.objects.filter(pk=who.stranger.pk).update(employee_no="1001")
    Report.objects.filter(pk=first(Report).pk).update(percent=50)
    return house


def test_no_constraint_is_untried():
    assert set(constraints()) == set(VIOLATIONS)


def test_every_constraint_refuses_what_its_name_says(rows):
    known = constraints()
    for name, attempt in VIOLATIONS.items():
        with pytest.raises(IntegrityError) as refusal, transaction.atomic():
            attempt(rows)
        assert names(refusal.value, name, *known[name]), (name, str(refusal.value))


def names(error, name, model, fields):
    """Tell whether the database's complaint names this very constraint."""
    told = str(error)
    if model is Event and connection.vendor == "sqlite" and told == "workflow_event is append-only":
        return True  # the guard against INSERT OR REPLACE is asked first
    if "." not in name and re.search(rf"\b{name}\b", told):
        return True
    columns = [model._meta.get_field(field).column for field in fields]
    if connection.vendor == "sqlite":
        table = model._meta.db_table
        return bool(columns) and told == f"UNIQUE constraint failed: {', '.join(f'{table}.{c}' for c in columns)}"
    return bool(columns) and f"Key ({', '.join(columns)})=" in told.replace('"', "")


ALONE = {
    "Blocker.ended_by": "a reorganisation by the house itself ends a blocker and names nobody",
    "Extension.requested_by": "requested_on is the day asked for, not the day of asking; both must be given",
}
"""Who without when, or when without who: why."""


def test_who_did_it_and_when_stand_together(rows):
    """Each pair of ``x_at`` or ``x_on`` and ``x_by`` that may be empty is empty as a whole."""
    pairs = 0
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS:
            continue
        by_name = {field.name: field for field in model._meta.concrete_fields}
        for name, who in by_name.items():
            when = by_name.get(f"{name[:-3]}_at") or by_name.get(f"{name[:-3]}_on")
            if not name.endswith("_by") or when is None or f"{model.__name__}.{name}" in ALONE:
                continue
            pairs += 1
            assert who.null == when.null, (model, name)
            if who.null:
                split(model, name, when.name)

    assert pairs >= 12


def split(model, who, when):
    """Try to keep half of a pair, in either row that stands."""
    for empty in (True, False):
        row = model.objects.filter(**{f"{who}__isnull": empty}).order_by("pk").first()
        if row is None:
            continue
        moment = NOW.date() if when.endswith("_on") else NOW
        half = {when: moment} if empty else {who: None}
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=row.pk).update(**half)
