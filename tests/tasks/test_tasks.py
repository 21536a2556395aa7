"""督查任务: one matter, one lead, complete before it is issued, numbered without gaps (R13–R15, R34)."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from organization.operations import departments
from tasks.models import Assignment, Office, Task
from tasks.operations import assignments, extensions, tasks
from tests.factories import organization
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, told
from workflow import numbers
from workflow.refusal import Forbidden, RuleBroken


def parts(task):
    """Return units and their parts in their order."""
    rows = task.assignments.exclude(state="released").order_by("position", "pk")
    return [(row.department.name, row.part, row.state) for row in rows]


# ------------------------------------------------------------------------------------------------ R13


def test_a_task_has_one_lead_and_any_number_of_helpers(who):
    task = make.draft(who, joint=[who.housing], co_units=[who.finance])

    assert parts(task) == [
        ("市水务局", "lead", "planned"), ("市住建局", "joint", "planned"), ("市财政局", "co", "planned"),
    ]  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(task=task, department=who.housing).update(part="lead")


def test_a_unit_has_one_part_in_a_task(who):
    directive = make.directive(who)
    before = Task.objects.count()
    for twice in (
        {"joint": [who.water]},
        {"co_units": [who.water]},
        {"joint": [who.finance], "co_units": [who.finance]},
    ):
        with refused("assignment.unit_twice", directive, kind=RuleBroken):
            tasks.draft(directive, by=who.supervisor, matter="某事", lead=who.water, **twice)

    assert Task.objects.count() == before


def test_joint_leads_need_one_who_answers(who):
    directive = make.directive(who)

    with refused("assignment.joint_without_lead", directive, kind=RuleBroken):
        tasks.draft(directive, by=who.supervisor, matter="某事", joint=[who.water])


# ------------------------------------------------------------------------------------------------ R14


def test_a_task_is_not_issued_while_matter_standard_lead_person_or_limit_is_missing(who):
    directive = make.directive(who)
    gaps = {
        "standard": {"standard": " "},
        "lead": {"lead": None, "co_units": []},
        "responsible": {"responsible": ""},
        "due": {"due_on": None},
        "matter": {"matter": " "},
    }
    for name, gap in gaps.items():
        task = make.draft(who, of=directive, **gap)
        with refused("task.incomplete", task, kind=RuleBroken) as refusal:
            tasks.assign(task, by=who.supervisor)
        assert refusal.value.details == {"missing": [name]}

    bare = tasks.draft(directive, by=who.supervisor, matter="某事")
    with refused("task.incomplete", bare, kind=RuleBroken) as refusal:
        tasks.assign(bare, by=who.supervisor)
    assert refusal.value.details == {"missing": ["standard", "lead", "responsible", "due"]}


def test_a_task_is_not_issued_before_its_directive_is_approved(who):
    task = make.draft(who, of=make.directive(who, approved=False))

    with refused("directive.not_approved", task, kind=RuleBroken):
        tasks.assign(task, by=who.supervisor)


def test_a_task_is_not_issued_for_a_day_gone_by(who):
    with at("2026-03-09 10:00"):
        task = make.draft(who, due_on=date(2026, 3, 10))

    with at("2026-03-10 18:00"):
        with refused("task.due_past", task, kind=RuleBroken):
            tasks.assign(task, by=who.supervisor)
    with at("2026-03-10 17:59"):
        assert tasks.assign(task, by=who.supervisor).state == "assigned"


def test_a_task_is_not_issued_to_a_unit_that_has_gone(who):
    task = make.draft(who)
    who.finance.valid_to = date(2026, 1, 1)
    who.finance.save()

    with refused("task.unit_gone", task, kind=RuleBroken) as refusal:
        tasks.assign(task, by=who.supervisor)

    assert refusal.value.details == {"units": ["市财政局"]}


def test_who_may_not_issue_a_task_is_not_told_what_became_of_its_units(who):
    task = make.draft(who)
    who.finance.valid_to = date(2026, 1, 1)
    who.finance.save()

    with refused("task.assign.forbidden", task, kind=Forbidden):
        tasks.assign(task, by=who.leader)


def test_a_task_is_not_given_to_another_unit_that_has_gone(who):
    task = make.assigned(who)
    assignments.decline(make.share(task, who.water), by=who.handler, reason="非职责")
    departments.dissolve(who.housing, by=None)
    gone = make.fresh(who.housing)

    with refused("task.unit_gone", make.fresh(task), kind=RuleBroken):
        tasks.reassign(make.fresh(task), by=who.supervisor, lead=gone, responsible="局长", reason="改派")


def test_an_issued_task_keeps_the_names_its_units_had(who):
    task = make.assigned(who)
    departments.rename(who.water, by=None, name="市水利局")

    task = make.fresh(task)
    assert (task.lead_name, task.lead.name) == ("市水务局", "市水利局")
    assert make.share(task, who.water).department_name == "市水务局"


# ------------------------------------------------------------------------------------------------ R15


def test_numbers_run_by_year_without_zeros_or_gaps(who):
    with at("2026-03-09 10:00"):
        first, second = make.assigned(who), make.assigned(who)
        with pytest.raises(RuleBroken):
            tasks.assign(make.draft(who, standard=""), by=who.supervisor)
        third = make.assigned(who)
    with at("2027-01-04 10:00"):
        later = make.assigned(who)

    assert [t.number for t in (first, second, third, later)] == [
        "督〔2026〕1号", "督〔2026〕2号", "督〔2026〕3号", "督〔2027〕1号",
    ]  # fmt: skip
    assert numbers.gaps({"督": [1, 3]}, 2026) == {"督": [2]}


def test_an_office_writes_its_own_word_before_the_year(who):
    Office.objects.create(department=who.office, mark="澜督")
    with at("2026-03-09 10:00"):
        task = make.assigned(who)

    assert (task.number, task.directive.number) == ("澜督〔2026〕1号", "澜督立〔2026〕1号")


def test_a_number_once_given_stays_through_decline_and_reassignment(who):
    task = make.assigned(who)
    assignments.decline(make.share(task, who.water), by=who.handler, reason="非职责")

    moved = tasks.reassign(make.fresh(task), by=who.supervisor, lead=who.housing, responsible="局长", reason="改派")

    assert (moved.number, moved.lead_name, moved.responsible) == (task.number, "市住建局", "局长")


# ------------------------------------------------------------------------------------------------ drafts


def test_a_draft_is_rewritten_as_a_whole_and_an_issued_task_is_not(who):
    task = make.draft(who, milestones=[{"title": "开工", "due_on": None}])

    task = tasks.edit(task, by=who.supervisor, matter="新事项", lead=who.finance, milestones=[{"title": "招标"}])

    assert (task.matter, task.standard, parts(task)) == ("新事项", "", [("市财政局", "lead", "planned")])
    assert [m.title for m in task.milestones.all()] == ["招标"]
    issued = make.assigned(who)
    with refused("task.edit.wrong_state", issued):
        tasks.edit(issued, by=who.supervisor, matter="新事项")


def test_a_limit_is_a_number_with_its_unit(who):
    directive = make.directive(who)
    for half in ({"limit_unit": "workdays"}, {"limit_value": 5}):
        with refused("task.limit_half", directive, kind=RuleBroken):
            tasks.draft(directive, by=who.supervisor, matter="某事", **half)


def test_a_draft_given_up_was_never_seen_outside_the_office(who):
    task = tasks.drop(make.draft(who), by=who.supervisor, reason="重复")

    assert (task.state, task.end_reason, task.number) == ("terminated", "重复", None)
    assert not Task.objects.visible_to(who.handler).exists()


# ------------------------------------------------------------------------------------------------ declined


def test_a_declined_task_is_given_to_another_lead_with_a_new_sign_in(who):
    with at("2026-03-09 10:00"):
        task = make.assigned(who)
        due = task.due_on
        assignments.decline(make.share(task, who.water), by=who.handler, reason="非职责")
    with at("2026-03-11 10:00"):
        task = tasks.reassign(make.fresh(task), by=who.supervisor, lead=who.housing, responsible="局长", reason="改派")

    assert (task.state, task.due_on, task.sign_by.date()) == ("assigned", due, date(2026, 3, 12))
    assert parts(task) == [("市住建局", "lead", "issued"), ("市财政局", "co", "issued")] or set(parts(task)) == {
        ("市住建局", "lead", "issued"), ("市财政局", "co", "issued"),
    }  # fmt: skip
    assert not Task.objects.visible_to(who.handler).exists()
    assert list(Task.objects.visible_to(who.stranger)) == [task]


def test_a_helper_who_becomes_lead_gives_its_old_part_up(who):
    task = make.assigned(who)
    assignments.decline(make.share(task, who.water), by=who.handler, reason="非职责")

    task = tasks.reassign(make.fresh(task), by=who.supervisor, lead=who.finance, responsible="局长", reason="改派")

    assert parts(task) == [("市财政局", "lead", "issued")]


def test_nothing_the_old_lead_asked_for_waits_on_after_it_was_replaced(who):
    task = make.assigned(who)
    asked = extensions.ask(task, by=who.handler, reason="汛期", progress="无", until=make.in_workdays(30))
    assignments.decline(make.share(task, who.water), by=who.handler, reason="非职责")

    tasks.reassign(make.fresh(task), by=who.supervisor, lead=who.housing, responsible="局长", reason="改派")

    assert make.fresh(asked).state == "withdrawn"


def test_giving_a_declined_task_to_the_same_unit_is_insisting(who):
    task = make.assigned(who)
    assignments.decline(make.share(task, who.water), by=who.handler, reason="非职责")
    task = make.fresh(task)

    with refused("task.same_lead", task, kind=RuleBroken):
        tasks.reassign(task, by=who.supervisor, lead=who.water, responsible="局长", reason="改派")


def test_what_the_office_insists_on_cannot_be_declined_again(who):
    task = make.assigned(who)
    assignments.decline(make.share(task, who.water), by=who.handler, reason="非职责")

    task = tasks.insist(make.fresh(task), by=who.supervisor, reason="三定方案明确")

    share = make.share(task, who.water)
    assert (task.state, share.state, share.declined_at) == ("assigned", "issued", None)
    with refused("decline.too_late", share, task, kind=RuleBroken):
        assignments.decline(share, by=who.handler, reason="仍非职责")
    assert assignments.sign(share, by=who.handler).state == "signed"


# ------------------------------------------------------------------------------------------------ broken down


def test_a_unit_breaks_its_task_down_for_its_own_departments_and_answers_above(who):
    task = make.active(who)

    child = tasks.split(task, by=who.handler, matter="清淤", lead=who.river, responsible="河道处")

    assert (child.state, child.parent, child.organiser) == ("assigned", task, who.water)
    assert (child.number, child.due_on, child.standard) == (f"{task.number}-1", task.due_on, task.standard)
    assert (child.depth, child.path) == (1, f"{task.path}{child.pk:09}")
    for reader in (who.below, who.handler, who.supervisor, who.leader, who.chief):
        assert child in Task.objects.visible_to(reader)
    for outsider in (who.helper, who.stranger, who.inspector):
        assert child not in Task.objects.visible_to(outsider)
    assert tasks.split(task, by=who.handler, matter="二", lead=who.river, responsible="处").number == f"{task.number}-2"


def test_a_unit_does_not_break_its_task_down_for_others(who):
    task = make.active(who)
    for lead, helpers in ((who.finance, ()), (who.water, ()), (who.government, ()), (who.river, [who.finance])):
        with refused("split.not_below", task, kind=RuleBroken):
            tasks.split(task, by=who.handler, matter="清淤", lead=lead, responsible="某", co_units=helpers)


def test_a_lower_task_is_due_no_later_than_the_upper(who):
    task = make.active(who)

    with refused("split.beyond_due", task, kind=RuleBroken):
        tasks.split(task, by=who.handler, matter="清淤", lead=who.river, responsible="某", due_on=make.in_workdays(21))


def test_a_task_is_broken_down_to_the_sixth_level_at_most(who):
    task, unit, person = make.active(who), who.water, who.handler
    for level in range(2, 7):
        unit = organization.department(f"第{level}级", unit)
        task = tasks.split(task, by=person, matter=f"第{level}级", lead=unit, responsible="某")
        person = organization.person("handler", unit)
        assignments.sign(make.share(task, unit), by=person)
        task = make.fresh(task)
    assert task.depth == 5

    with refused("split.too_deep", task, kind=RuleBroken):
        below = organization.department("第7级", unit)
        tasks.split(task, by=person, matter="再分", lead=below, responsible="某")


# ------------------------------------------------------------------------------------------------ ended


def test_a_closed_task_is_taken_up_again_with_its_history_and_its_first_due_day(who):
    task = make.closed(who)
    original = task.original_due_on

    task = tasks.reopen(task, by=who.supervisor, reason="回头看发现反弹", due_on=make.in_workdays(40))

    assert (task.state, task.reopened, task.closed_at, task.closed_by) == ("active", 1, None, None)
    assert (task.original_due_on, task.due_on) == (original, make.in_workdays(40))
    assert make.share(task, who.finance).state == "signed"
    assert told("task.close")
    assert task.closures.get().outcome == "approved"


def test_a_task_is_taken_up_again_only_with_a_day_to_come(who):
    task = make.closed(who)

    with refused("task.due_past", task, kind=RuleBroken):
        tasks.reopen(task, by=who.supervisor, reason="反弹", due_on=make.in_workdays(0))


def test_a_leader_ends_a_task_with_everything_below_and_everything_that_waits(who):
    task = make.active(who)
    child = tasks.split(task, by=who.handler, matter="清淤", lead=who.river, responsible="河道处")
    asked = extensions.ask(task, by=who.handler, reason="汛期", progress="无", until=make.in_workdays(30))
    with refused("task.terminate.forbidden", make.fresh(task), kind=Forbidden):
        tasks.terminate(make.fresh(task), by=who.supervisor, reason="不再需要")

    task = tasks.terminate(make.fresh(task), by=who.leader, reason="不再需要")

    assert (task.state, task.end_reason) == ("terminated", "不再需要")
    assert (make.fresh(child).state, make.fresh(asked).state) == ("terminated", "withdrawn")
    assert told("task.settle") == [{"parts": 1}]


def test_a_draft_without_a_day_gets_the_sources_limit_when_it_is_asked_for(who):
    of = make.directive(who, source="minutes")

    plain = make.draft(who, of, due_on=None)
    asked = make.draft(who, of, due_on=None, default_limit=True, matter="按默认时限")
    urgent = make.draft(who, of, due_on=None, default_limit=True, urgency="urgent", matter="加急")

    assert (plain.limit_value, plain.limit_unit) == (None, "fixed")
    assert (asked.limit_value, asked.limit_unit, asked.due_on) == (20, "days", None)
    assert (urgent.limit_value, urgent.limit_unit) == (5, "workdays")
    assert told("task.draft")[0] == {"matter": plain.matter}
    assert told("task.draft")[1] == {"matter": "按默认时限", "default_limit": {"value": 20, "unit": "days"}}
    with at("2026-03-02 10:00"):
        assert tasks.assign(asked, by=who.supervisor).due_on == date(2026, 3, 23)  # day 20 is a Sunday and rolls


def test_a_day_or_limit_that_is_named_stands_before_the_default(who):
    of = make.directive(who, source="minutes")

    by_day = make.draft(who, of, due_on=date(2027, 6, 30), default_limit=True)
    by_limit = make.draft(who, of, due_on=None, limit_value=9, limit_unit="workdays", default_limit=True, matter="九天")

    assert (by_day.due_on, by_day.limit_value) == (date(2027, 6, 30), None)
    assert (by_limit.limit_value, by_limit.limit_unit) == (9, "workdays")
    assert all("default_limit" not in detail for detail in told("task.draft"))


def test_a_draft_that_is_rewritten_may_be_given_the_default_limit(who):
    task = make.draft(who, make.directive(who, source="minutes"), due_on=None)

    task = tasks.edit(task, by=who.supervisor, matter=task.matter, lead=who.water, default_limit=True)

    assert (task.limit_value, task.limit_unit) == (20, "days")
    assert told("task.edit")[0]["default_limit"] == {"value": 20, "unit": "days"}
