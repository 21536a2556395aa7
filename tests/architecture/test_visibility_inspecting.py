"""The oracle of sight over plans and inspections: the querysets keep exactly what a plain predicate allows (G16, R11).

The predicates are written apart from the querysets, out of the regulation and the office's own words.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from organization.states import Role
from supervision.models import (
    Inspection,
    InspectionObject,
    InspectionTask,
    Member,
    Plan,
    PlanItem,
    Proof,
    Scheme,
    Worksheet,
)
from tasks.models import Directive, Task
from tasks.querysets import events_visible_to
from tests.architecture.worlds import FILE, World, world
from tests.tasks.acts import undone
from workflow.models import Event
from workflow.record import record

BUSINESS = {Role.SUPERVISOR, Role.LEADER, Role.UNIT_HEAD, Role.HANDLER}
STATES = ("draft", "pending", "approved", "running", "reported", "concluded", "finished", "withdrawn")
LIVE = {"approved", "running", "reported", "concluded"}
TODAY = timezone.localdate()


def day(n: int) -> Any:
    return TODAY + timedelta(days=n)


def inspect(new: World) -> None:
    """Put inspections of every kind and state into a world, with plans and parts."""
    for number, unit in enumerate(new.units):
        plan = Plan.objects.create(organiser=unit, year=2020 + number, drafted_by=new.people[0])
        PlanItem.objects.create(plan=plan, topic="x", kind="special", targets="x", month_from=1, month_to=2)
        record("plan.draft", plan, new.people[0])
    for number in range(40):
        _inspection(new, number)


def _inspection(new: World, number: int) -> None:
    chance, state = new.chance, new.chance.choice(STATES)
    covert, disclosed = new.likely(0.4), new.likely(0.4)
    known = state not in ("draft", "pending") and (state != "withdrawn" or new.likely(0.5))
    told = known and (not covert or disclosed)
    start = chance.choice([-60, -20, 0, 3])
    row = Inspection.objects.create(
        organiser=chance.choice(new.units), registered_by=chance.choice(new.people), state=state, covert=covert,
        title="x", topic="x", kind="special", subject_kind="duty", basis="decision", basis_text="x",
        starts_on=day(start), ends_on=day(start + chance.choice([0, 25, 40])),
        approved_at=timezone.now() if known else None, approved_by=new.people[0] if known else None,
        number=f"{number}号" if told else None, code=f"C{number}" if told else None,
        disclosed_at=timezone.now() if covert and told else None,
    )  # fmt: skip
    record("inspection.register", row, chance.choice(new.people))
    for unit in new.pick(new.units, 3):
        InspectionObject.objects.create(inspection=row, department=unit)
    for task in new.pick(new.tasks, 2):
        InspectionTask.objects.create(inspection=row, task=task)
    for version, of in enumerate(new.pick(["pending", "approved", "superseded", "returned"], 4), start=1):
        Scheme.objects.create(
            inspection=row, version_no=version, state=of, starts_on=TODAY, ends_on=TODAY, drafted_by=new.people[0]
        )
    inspectors = [user for user in new.people if user.role == Role.INSPECTOR] or new.people
    for user in new.pick(inspectors, 3):
        of = chance.choice(["standing", "standing", "declared", "recused", "left"])
        Member.objects.create(
            inspection=row, user=user, state=of, body="x", trained_on=TODAY, pledged_on=TODAY, ground="x",
            added_by=new.people[0], left_at=timezone.now() if of == "left" else None,
        )  # fmt: skip
    sheet = Worksheet.objects.create(
        inspection=row, department=chance.choice(new.units), department_name="x", standard="x", fact="x", place="x",
        checked_at=timezone.now(), result="fails", filed_by=new.people[0],
    )  # fmt: skip
    Proof.objects.create(inspection=row, worksheet=sheet, uploaded_by=new.people[0], **FILE)


class Eye:
    """One person, who sees or does not see one thing at a time."""

    def __init__(self, user: Any) -> None:
        self.user, self.role, self.unit = user, user.role, user.department
        self.rank = user.post.rank if user.post else 99

    def speaks_for(self, unit: Any) -> bool:
        if self.role not in BUSINESS:
            return False
        if self.role == Role.UNIT_HEAD:
            return unit.path.startswith(self.unit.path)
        if self.role == Role.LEADER:
            return unit.jurisdiction_path == self.unit.path
        if self.role == Role.SUPERVISOR and unit.path == self.unit.jurisdiction_path:
            return True
        return unit.pk == self.unit.pk

    def secret(self, inspection: Any) -> bool:
        return inspection.covert and inspection.disclosed_at is None

    def overseen(self, inspection: Any) -> bool:
        organiser, own = inspection.organiser, inspection.registered_by_id == self.user.pk
        if self.role == Role.LEADER:
            return organiser.jurisdiction_path == self.unit.path and (not self.secret(inspection) or self.rank <= 2)
        if self.role == Role.SUPERVISOR and self.unit.is_office:
            if self.secret(inspection):
                return own and organiser.pk == self.unit.pk
            return organiser.jurisdiction_path == self.unit.jurisdiction_path
        if self.role in (Role.HANDLER, Role.UNIT_HEAD) and not self.unit.is_office:
            return organiser.pk == self.unit.pk and (own or not self.secret(inspection))
        return False

    def joined(self, inspection: Any) -> bool:
        mine = [m for m in inspection.members.all() if m.user_id == self.user.pk and m.state == "standing"]
        in_time = inspection.starts_on <= TODAY <= inspection.ends_on + timedelta(days=30)
        return self.role == Role.INSPECTOR and bool(mine) and inspection.state in LIVE and in_time

    def whole(self, inspection: Any) -> bool:
        return self.overseen(inspection) or self.joined(inspection)

    def inspection(self, inspection: Any) -> bool:
        inspected = any(self.speaks_for(target.department) for target in inspection.targets.all())
        told = inspection.approved_at is not None and not self.secret(inspection)
        return self.whole(inspection) or (inspected and told)

    def part(self, part: Any) -> bool:
        return self.whole(part.inspection)

    def target(self, target: Any) -> bool:
        own = self.speaks_for(target.department) and self.inspection(target.inspection)
        return self.part(target) or own

    def scheme(self, scheme: Any) -> bool:
        in_force = scheme.state in ("approved", "superseded")
        return self.part(scheme) or (in_force and self.inspection(scheme.inspection))

    def plan(self, plan: Any) -> bool:
        if self.role == Role.LEADER:
            return plan.organiser.jurisdiction_path == self.unit.path
        same = plan.organiser.jurisdiction_path == self.unit.jurisdiction_path
        return self.role == Role.SUPERVISOR and self.unit.is_office and same

    def item(self, item: Any) -> bool:
        return self.plan(item.plan)


NOUNS = {
    Inspection: Eye.inspection, InspectionObject: Eye.target, InspectionTask: Eye.part, Scheme: Eye.scheme,
    Member: Eye.part, Worksheet: Eye.part, Proof: Eye.part, Plan: Eye.plan, PlanItem: Eye.item,
}  # fmt: skip


def rows_of(model: Any) -> list[Any]:
    if model is Inspection:
        return list(model.objects.select_related("organiser").prefetch_related("members", "targets__department"))
    if model in (Plan, PlanItem):
        return list(model.objects.select_related("organiser" if model is Plan else "plan__organiser"))
    whole = {row.pk: row for row in rows_of(Inspection)}
    rows = list(model.objects.select_related("department") if model is InspectionObject else model.objects.all())
    for row in rows:
        row.inspection = whole[row.inspection_id]
    return rows


@settings(
    max_examples=4, deadline=None, derandomize=True, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(seed=st.integers(0, 10_000))
def test_everybody_sees_exactly_what_the_predicates_allow(db, seed):
    with undone():
        new = world(seed, tasks=6)
        inspect(new)
        tables = {model: rows_of(model) for model in NOUNS}
        events = list(Event.objects.filter(subject_type__in=("inspection", "plan")))
        by_key = {("inspection", r.pk): r for r in tables[Inspection]} | {("plan", r.pk): r for r in tables[Plan]}
        seen_at_all = 0
        for user in new.people:
            eye, blind = Eye(user), not user.is_active or user.department is None
            for model, predicate in NOUNS.items():
                expected = set() if blind else {row.pk for row in tables[model] if predicate(eye, row)}
                got = list(model.objects.visible_to(user).values_list("pk", flat=True))
                assert len(got) == len(set(got)), (model, "a row twice")
                assert set(got) == expected, (user.role, model.__name__)
                seen_at_all += len(got)
            told = events_visible_to(user, Task.objects, Directive.objects).filter(pk__in=[e.pk for e in events])
            meant = {e.pk for e in events if not blind and reads(eye, by_key[e.subject_type, e.subject_id])}
            assert set(told.values_list("pk", flat=True)) == meant, user.role
        assert seen_at_all > 200


def reads(eye: Eye, thing: Any) -> bool:
    """Tell whether the person reads the record of a plan or an inspection."""
    if eye.role == Role.AUDITOR:
        return isinstance(thing, Plan) or not eye.secret(thing)
    return eye.plan(thing) if isinstance(thing, Plan) else eye.whole(thing)
