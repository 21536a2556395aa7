"""督查组: one head, trained and pledged members, nobody from the inspected unit; access by the days (R6, R7)."""

from datetime import timedelta

import time_machine

from organization.models import Post, User
from organization.states import Role
from supervision.models import Inspection
from supervision.operations import inspections, members, schemes
from tasks.models import Reader, Task
from tests.factories import organization
from tests.factories import supervision_inspecting as make
from tests.factories import tasks as of_tasks
from tests.organization.refusing import refused
from workflow.models import Event
from workflow.refusal import Forbidden, RuleBroken

DAY = timedelta(days=1)


def sees(user, thing):
    return type(thing).objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=thing.pk).exists()


# ------------------------------------------------------------------------------------------------ R6 the head


def test_a_team_has_exactly_one_head(who):
    crew, made = make.team(who), make.draft(who)
    make.join(who, made, crew.member)
    with refused("inspection.no_head", make.fresh(made), kind=RuleBroken):
        inspections.submit(make.fresh(made), by=who.supervisor)
    head = make.join(who, made, crew.head, "head")
    with refused("member.second_head", head, kind=RuleBroken):
        make.join(who, made, crew.expert, "head")

    assert inspections.submit(make.fresh(made), by=who.supervisor).state == "pending"


def test_after_the_approval_the_head_is_named_by_who_approves(who):
    made = make.approved(who)
    members.leave(made.members.get(role="head"), by=who.supervisor, reason="另有任务")
    with refused("inspection.no_head", make.fresh(made), kind=RuleBroken):
        inspections.start(make.fresh(made), by=who.supervisor)
    new = make.team(who).expert
    with refused("member.head_by_leader", make.fresh(made), kind=Forbidden):
        make.join(who, made, new, "head")

    assert make.join(who, made, new, "head", by=who.chief).role == "head"
    assert inspections.start(make.fresh(made), by=who.supervisor).state == "running"


def test_the_head_alone_signs_the_report_and_not_without_facts(who):
    task = of_tasks.active(who)
    crew = make.team(who)
    made = make.running(who, crew, [task])
    for person in (crew.member, who.supervisor, who.chief):
        with refused("inspection.report.forbidden", made, kind=Forbidden):
            inspections.report(make.fresh(made), by=person, report="属实")
    with refused("report.no_worksheet", made, kind=RuleBroken):
        inspections.report(make.fresh(made), by=crew.head, report="属实")
    make.sheet(made, crew.member)
    made = make.fresh(made)
    with refused("report.unchecked", made, kind=RuleBroken) as told:
        inspections.report(made, by=crew.head, report="属实")
    assert told.value.details == {"unchecked": 1}
    make.sheet(made, crew.member, task=task, standard="", result="unverified")

    assert inspections.report(make.fresh(made), by=crew.head, report="属实").reported_by == crew.head


def test_outside_members_are_flagged_and_a_joint_team_comes_of_two_bodies(who):
    crew, made = make.team(who), make.draft(who, joint=True)
    make.join(who, made, crew.head, "head")
    make.join(who, made, crew.member)
    with refused("inspection.joint_bodies", make.fresh(made), kind=RuleBroken):
        inspections.submit(make.fresh(made), by=who.supervisor)

    expert = make.join(who, made, crew.expert, body="省水利学会", external="expert")

    assert expert.get_external_display() == "专家学者"
    assert inspections.submit(make.fresh(made), by=who.supervisor).state == "pending"


# ------------------------------------------------------------------------------------------------ R7 training, pledge


def test_nobody_joins_untrained_or_without_a_pledge(who):
    crew, made = make.team(who), make.draft(who)
    for late in ({"trained_on": make.today() + DAY}, {"pledged_on": make.today() + DAY}):
        with refused("member.untrained", made, kind=RuleBroken):
            make.join(who, made, crew.member, **late)
    from supervision.inputs.inspecting import MemberForm

    assert MemberForm.base_fields["trained_on"].required
    assert MemberForm.base_fields["pledged_on"].required


def test_nobody_joins_without_a_post_of_an_inspector_or_twice(who):
    made = make.draft(who)
    with refused("member.no_post", made, kind=RuleBroken):
        make.join(who, made, who.helper)
    crew = make.team(who)
    member = make.join(who, made, crew.member)
    with refused("member.twice", member, kind=RuleBroken):
        make.join(who, made, crew.member)


# ------------------------------------------------------------------------------------------------ recusal


def test_who_serves_or_served_in_the_inspected_unit_stands_aside(who):
    """His own unit, one above or below it, and what he left within three years."""
    made = make.draft(who)
    own = make.team(who).member
    organization.post(own, who.river)
    former = make.team(who).expert
    organization.post(former, who.water, ended_on=make.today() - 1000 * DAY)
    long_gone = organization.person(Role.INSPECTOR, who.office)
    organization.post(long_gone, who.water, ended_on=make.today() - 1100 * DAY)
    for person in (own, former):
        with refused("member.recused", made, kind=RuleBroken):
            make.join(who, made, person)

    assert make.join(who, made, long_gone).state == "standing"


def test_an_object_from_which_a_member_comes_is_not_added_behind_his_back(who):
    made = make.approved(who, objects=[who.finance])
    member = made.members.get(role="member")
    organization.post(member.user, who.water)

    with refused("member.recused", made, kind=RuleBroken):
        schemes.amend(
            made, by=who.supervisor, reason="x", objects=[who.finance, who.water], starts_on=made.starts_on,
            ends_on=made.ends_on,
        )  # fmt: skip


def test_a_member_who_declares_a_ground_is_shut_out_before_anybody_decides(who):
    task, crew = of_tasks.active(who), make.team(who)
    made = make.running(who, crew, [task])
    member = made.members.get(role="member")
    assert sees(crew.member, made)
    assert sees(crew.member, task)

    members.declare(member, by=crew.member, ground="配偶在该局任职")

    assert not sees(crew.member, made)
    assert not sees(crew.member, task)
    assert sees(crew.head, task)
    with refused("inspection.note.forbidden", make.fresh(made), kind=Forbidden):
        make.sheet(made, crew.member)
    members.keep(make.fresh(member), by=who.supervisor, reason="已核实，不构成")
    assert sees(crew.member, task)
    members.recuse(make.fresh(member), by=who.colleague, ground="亲属承包工程")
    assert not sees(crew.member, task)


def test_nobody_decides_about_himself(who):
    both = organization.person(Role.SUPERVISOR, who.office, "督查员兼组员")
    organization.post(both, who.office, Role.INSPECTOR)
    made = make.running(who)
    member = make.join(who, made, both)
    officer = User.objects.get(pk=both.pk).act_in(
        Post.objects.select_related("department").get(user=both, role="supervisor")
    )

    with refused("member.recuse.own", member, kind=Forbidden):
        members.recuse(member, by=officer, ground="x")


# ------------------------------------------------------------------------------------------------ access by the days


def test_members_read_from_the_first_day_until_thirty_days_after_the_last(who):
    task, crew = of_tasks.active(who), make.team(who)
    days = {"starts_on": make.today() + DAY, "ends_on": make.today() + 3 * DAY}
    made = make.approved(who, crew, **days)
    inspections.link(made, by=who.supervisor, tasks=[task])
    assert not sees(crew.head, made)
    with time_machine.travel(of_tasks.timezone.now() + DAY):
        assert sees(crew.head, made)
        assert not sees(crew.head, task)
        inspections.start(make.fresh(made), by=crew.head)
        assert sees(crew.head, task)
    for late, open_ in ((33, True), (34, False)):
        with time_machine.travel(of_tasks.timezone.now() + late * DAY):
            assert sees(crew.head, made) is open_
            assert sees(crew.head, task) is open_


def test_a_member_or_a_task_added_later_is_opened_at_once(who):
    task, crew = of_tasks.active(who), make.team(who)
    made = make.running(who, crew)
    inspections.link(make.fresh(made), by=who.supervisor, tasks=[task])
    assert sees(crew.head, task)
    assert not sees(crew.expert, task)

    make.join(who, made, crew.expert)

    assert sees(crew.expert, task)


def test_access_ends_at_once_with_the_inspection_or_the_membership(who):
    task, crew = of_tasks.active(who), make.team(who)
    made = make.running(who, crew, [task])
    members.leave(made.members.get(role="member"), by=who.supervisor, reason="换人")
    assert (sees(crew.member, task), sees(crew.head, task)) == (False, True)

    inspections.withdraw(make.fresh(made), by=who.chief, reason="不再需要")

    assert not sees(crew.head, task)
    assert not sees(crew.head, made)


def test_two_inspections_of_one_task_do_not_shut_each_other(who):
    task, crew = of_tasks.active(who), make.team(who)
    one = make.running(who, crew, [task])
    two = make.running(who, crew, [task], overlap_reason="不同点位")

    inspections.withdraw(make.fresh(one), by=who.chief, reason="并入另一次")

    assert sees(crew.head, task)
    inspections.withdraw(make.fresh(two), by=who.chief, reason="不再需要")
    assert not sees(crew.head, task)


def test_a_moved_last_day_moves_the_access(who):
    task, crew = of_tasks.active(who), make.team(who)
    made = make.running(who, crew, [task])
    second = schemes.amend(
        make.fresh(made), by=who.supervisor, reason="延长", objects=[who.water], starts_on=made.starts_on,
        ends_on=made.ends_on + 5 * DAY, content="x", scope="y",
    )  # fmt: skip

    schemes.approve(second, by=who.chief)

    last = Reader.objects.filter(task=task, user=crew.head).latest("pk").until
    assert of_tasks.timezone.localdate(last - timedelta(seconds=1)) == made.ends_on + 35 * DAY
    assert sees(crew.head, task)


def test_the_tasks_own_record_says_nothing_of_its_readers(who):
    task, crew = of_tasks.active(who), make.team(who)
    before = list(Event.objects.filter(stream=task.stream).values_list("pk", flat=True))

    made = make.running(who, crew, [task])

    assert list(Event.objects.filter(stream=task.stream).values_list("pk", flat=True)) == before
    assert Event.objects.filter(kind="reader.grant", stream=made.stream).exists()
    assert Task.objects.visible_to(who.unit_head).filter(pk=task.pk)
    assert Inspection.objects.visible_to(who.unit_head).filter(pk=made.pk)
