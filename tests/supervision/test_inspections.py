"""督查: who may open one and on whose word (R1-R5, R8), and what repeats another (R9)."""

from datetime import timedelta

import pytest

from organization.states import Kind, Rank, Role
from supervision.models import Inspection, Scheme
from supervision.operations import inspections, overlaps, schemes
from tests.factories import organization
from tests.factories import supervision_inspecting as make
from tests.factories import tasks as of_tasks
from tests.organization.refusing import refused
from tests.tasks.acts import lend, told
from workflow.models import Event
from workflow.refusal import Forbidden, NotVisible, RuleBroken, WrongState

DAY = timedelta(days=1)


def test_an_inspection_runs_from_the_draft_to_the_end(who):
    task = of_tasks.active(who)
    made = make.running(who, tasks=[task])
    head = make.head_of(made)
    make.sheet(made, head, task=task)
    made = inspections.report(make.fresh(made), by=head, report="抽查12处，3处未通电。")
    made = inspections.finish(inspections.conclude(made, by=who.supervisor), by=who.colleague)

    assert (made.state, made.reported_by, made.number) == ("finished", head, f"督查〔{make.today().year}〕1号")
    kinds = list(Event.objects.filter(stream=made.stream).order_by("seq").values_list("kind", flat=True))
    assert [kind for kind in kinds if kind.startswith("inspection.")] == [
        "inspection.register", "inspection.add_member", "inspection.add_member", "inspection.submit",
        "inspection.approve", "inspection.link", "inspection.start", "inspection.note", "inspection.report",
        "inspection.conclude", "inspection.finish",
    ]  # fmt: skip
    assert not Event.objects.filter(stream=task.stream, kind__startswith="inspection")


# ------------------------------------------------------------------------------------------------ R1 basis


def test_a_proposal_of_the_office_leaves_the_draft_by_the_chiefs_approval_alone(who):
    """R1 (b): and (a) by a leader of deputy rank, where the plan holds it."""
    item = make.plan(who).items.get()
    planned = {"plan_item": item, "unplanned_reason": ""}
    proposal = make.pending(who, basis="proposal", overlap_reason="不同点位", **planned)
    decision = make.pending(who, overlap_reason="不同点位", **planned)
    unplanned = make.pending(who, overlap_reason="不同点位")

    for inspection in (proposal, unplanned):
        with refused("inspection.approve.forbidden", inspection, kind=Forbidden):
            inspections.approve(inspection, by=who.leader)
        assert inspections.approve(inspection, by=who.chief).state == "approved"
    assert inspections.approve(decision, by=who.leader).state == "approved"


def test_a_decision_names_its_document(who):
    made = make.manned(who, basis_document="")

    with refused("inspection.basis_document_missing", made, kind=RuleBroken):
        inspections.submit(made, by=who.supervisor)


def test_nobody_approves_what_he_drafted_even_as_a_delegate(who):
    made = make.pending(who)
    secretary = organization.person(Role.LEADER, who.government, rank=Rank.SECRETARY)
    for person in (who.supervisor, who.colleague, who.unit_head, secretary):
        with refused("inspection.approve.forbidden", made, kind=Forbidden):
            inspections.approve(made, by=person)
    with refused("inspection.approve.own", made, kind=Forbidden):
        inspections.approve(made, by=lend(who.chief, who.supervisor))

    assert make.fresh(made).number is None


# ------------------------------------------------------------------------------------------------ R2 kind and method


@pytest.mark.parametrize("methods", [[], ["打卡"], ["on_site", "x"]])
def test_a_method_of_article_12_is_named(who, methods):
    with refused("inspection.method_missing", kind=RuleBroken):
        make.draft(who, methods=methods)
    assert not Inspection.objects.exists()


def test_the_five_kinds_and_eight_methods_are_the_regulations_own():
    from supervision.states.inspecting import InspectionKind, Method, SubjectKind

    assert [str(kind.label) for kind in InspectionKind] == [
        "综合督查", "专项督查", "事件调查", "日常督办", "线索核查",
    ]  # fmt: skip
    assert len(Method) == 8
    assert len(SubjectKind) == 4


# ------------------------------------------------------------------------------------------------ R3 designation

DESIGNATED = {
    "designation_matter": "防汛专项", "designation_scope": "市管河道", "designation_duty": "组织督查",
    "designation_document": "青政〔2026〕9号",
}  # fmt: skip


def test_a_department_inspects_only_what_it_is_designated_for(who):
    said = make.words(who, objects=[who.finance], overlap_reason="")
    with refused("inspection.designation_missing", kind=RuleBroken):
        inspections.register(by=who.unit_head, **said)
    days = {"designated_from": make.today() - DAY, "designated_until": make.today() + 30 * DAY}

    made = inspections.register(by=who.unit_head, **said | DESIGNATED | days)

    assert (made.organiser, made.state) == (who.water, "draft")
    assert Inspection.objects.visible_to(who.handler).filter(pk=made.pk)
    assert not Inspection.objects.visible_to(who.below).filter(pk=made.pk)


@pytest.mark.parametrize(("first", "last"), [(1, 30), (-30, -1)])
def test_the_designation_is_valid_on_the_first_day(who, first, last):
    days = {"designated_from": make.today() + first * DAY, "designated_until": make.today() + last * DAY}
    said = make.words(who, objects=[who.finance])
    made = inspections.register(by=who.unit_head, **said | DESIGNATED | days)

    with refused("inspection.designation_not_valid", made, kind=RuleBroken):
        inspections.submit(made, by=who.unit_head)


def test_nobody_else_drafts_an_inspection(who):
    for person in (who.leader, who.inspector, who.discipline, who.auditor):
        with refused("inspection.register.forbidden", kind=Forbidden):
            inspections.register(by=person, **make.words(who))


# ------------------------------------------------------------------------------------------------ R4 reach


def test_a_unit_more_than_one_level_below_needs_a_written_necessity(who):
    county = organization.government("云涧县人民政府", who.government, level="county")
    bureau = organization.department("县水务局", county, kind=Kind.DEPARTMENT)
    town = organization.government("石门乡人民政府", county, level="township")
    near = make.draft(who, objects=[who.water, county, bureau])
    assert {target.necessity for target in near.targets.all()} == {""}

    with refused("inspection.necessity_missing", near, kind=RuleBroken):
        make.draft(who, objects=[county, town])
    deep = make.draft(who, objects=[county, town], necessity="群众反映集中，须直插现场")

    assert {str(target.department): target.necessity for target in deep.targets.all()} == {
        "云涧县人民政府": "", "石门乡人民政府": "群众反映集中，须直插现场",
    }  # fmt: skip


def test_what_the_government_does_not_govern_is_no_object(who):
    elsewhere = organization.department("邻市水务局", organization.government("邻市人民政府"))
    gone = organization.department("市旧局", who.government, valid_to=make.today())
    for units, code in (
        ([who.water, elsewhere], "inspection.object_outside"),
        ([who.government], "inspection.object_outside"),
        ([gone], "inspection.object_gone"),
    ):
        with refused(code, kind=RuleBroken):
            make.draft(who, objects=units)


def test_a_party_office_inspects_across_the_two_trees(who):
    committee = organization.party_committee("中共青澜市委员会")
    office = organization.office("市委督查室", committee, side="party")
    officer = organization.person(Role.SUPERVISOR, office)

    made = inspections.register(by=officer, **make.words(who))

    assert made.party


# ------------------------------------------------------------------------------------------------ R5 the scheme


def test_no_inspection_without_a_scheme_but_daily_supervision(who):
    made = make.manned(who, content="", overlap_reason="不同点位")
    with refused("inspection.scheme_missing", made, kind=RuleBroken):
        inspections.submit(made, by=who.supervisor)

    assert make.pending(who, kind="daily", content="", scope="", overlap_reason="不同点位").state == "pending"


def amendment(who, made, **said):
    words = make.words(who)
    fields = {name: words[name] for name in ("objects", "content", "scope", "ends_on")}
    fields |= {"reason": "增加点位", "starts_on": made.starts_on} | said
    return schemes.amend(make.fresh(made), by=who.supervisor, **fields)


def test_after_approval_only_an_approved_version_changes_objects_and_days(who):
    made = make.approved(who)
    with refused("inspection.edit.wrong_state", made, kind=WrongState):
        inspections.edit(made, by=who.supervisor, **make.words(who))
    later = made.ends_on + 5 * DAY
    second = amendment(who, made, objects=[who.water, who.finance], ends_on=later, content="进度与资金")

    made = make.fresh(made)
    assert [target.department for target in made.targets.all()] == [who.water]
    assert made.ends_on != later
    assert not Inspection.objects.visible_to(who.helper).filter(pk=made.pk)
    with refused("scheme.pending", made, second, kind=RuleBroken):
        amendment(who, made)
    with refused("scheme.approve.forbidden", made, second, kind=Forbidden):
        schemes.approve(second, by=who.leader)  # not planned: the chief's, as the inspection was

    schemes.approve(second, by=who.chief, comment="同意")

    made = make.fresh(made)
    assert {target.department for target in made.targets.all()} == {who.water, who.finance}
    assert made.ends_on == later
    assert Inspection.objects.visible_to(who.helper).filter(pk=made.pk)
    assert list(made.schemes.values_list("version_no", "state")) == [(1, "superseded"), (2, "approved")]


def test_a_version_that_is_not_approved_leaves_the_old_one_in_force(who):
    made = make.approved(who)
    second = amendment(who, made, objects=[who.finance])

    schemes.send_back(second, by=who.chief, comment="不必增加")

    assert [target.department for target in make.fresh(made).targets.all()] == [who.water]
    assert list(made.schemes.values_list("version_no", "state")) == [(1, "approved"), (2, "returned")]
    assert amendment(who, made).version_no == 3


def test_the_first_version_is_approved_with_the_inspection_and_not_apart(who):
    made = make.pending(who)
    first = made.schemes.get()

    with refused("scheme.approve.forbidden", made, first, kind=Forbidden):
        schemes.approve(first, by=who.chief)
    inspections.approve(made, by=who.chief)

    assert make.fresh(first).state == "approved"


def test_who_drafted_a_version_does_not_approve_it(who):
    made = make.approved(who)
    second = amendment(who, made)

    with refused("scheme.approve.own", made, second, kind=Forbidden):
        schemes.approve(second, by=lend(who.chief, who.supervisor))


def test_the_first_day_of_a_running_inspection_is_not_moved_and_a_reported_one_not_amended(who):
    made = make.running(who)
    with refused("scheme.started", make.fresh(made), kind=RuleBroken):
        amendment(who, made, starts_on=made.starts_on + DAY)
    second = amendment(who, made)
    head = make.head_of(made)
    make.sheet(made, head)
    inspections.report(make.fresh(made), by=head, report="属实")

    with refused("scheme.too_late", made, second, kind=RuleBroken):
        schemes.approve(second, by=who.chief)
    assert schemes.send_back(second, by=who.chief, comment="已报告").state == "returned"


def test_a_draft_is_corrected_with_its_scheme(who):
    made = make.draft(who)

    made = inspections.edit(
        made,
        by=who.colleague,
        **make.words(who, title="新题", content="新内容", materials="台账\n\n合同", objects=[who.finance]),
    )

    scheme = made.schemes.get()
    assert (made.title, scheme.content, scheme.materials) == ("新题", "新内容", ["台账", "合同"])
    assert scheme.units == [{"id": who.finance.pk, "name": "市财政局"}]
    assert set(told("inspection.edit")[0]["changed"]) == {"title", "content", "materials"}


# ------------------------------------------------------------------------------------------------ R9 overlap


def test_the_same_object_and_topic_within_ninety_days_is_merged_or_justified(who):
    first = make.approved(who)
    later = {"starts_on": first.ends_on + 90 * DAY, "ends_on": first.ends_on + 95 * DAY}
    again = make.manned(who, topic="内涝治理专项督查", **later)

    with refused("inspection.overlap", again, kind=RuleBroken) as told_:
        inspections.submit(again, by=who.supervisor)
    assert told_.value.details == {"count": 1, "inspections": [first.pk]}
    beyond = {"starts_on": first.ends_on + 91 * DAY, "ends_on": first.ends_on + 95 * DAY}
    assert make.pending(who, **beyond).state == "pending"
    justified = inspections.edit(
        make.fresh(again), by=who.supervisor, **make.words(who, overlap_reason="复查", **later)
    )
    assert inspections.submit(justified, by=who.supervisor).state == "pending"


def test_another_topic_at_another_time_or_another_object_at_any_time_repeats_nothing(who):
    first = make.approved(who)
    later = {"starts_on": first.ends_on + DAY, "ends_on": first.ends_on + 2 * DAY}

    assert make.pending(who, topic="营商环境", **later).state == "pending"
    assert make.pending(who, objects=[who.finance]).state == "pending"


def test_the_same_days_with_the_same_object_repeat_whatever_the_topic(who):
    make.approved(who)
    again = make.manned(who, topic="营商环境")

    with refused("inspection.overlap", again, kind=RuleBroken):
        inspections.submit(again, by=who.supervisor)


def test_an_overlap_with_what_the_caller_may_not_see_is_counted_but_not_named(who):
    """Another government's inspection of the same unit: repeated, and none of his business."""
    province = organization.government("澜江省人民政府")
    type(who.government).objects.filter(pk=who.government.pk).update(parent=province)
    office = organization.office("省政府督查室", province)
    other = Inspection(
        organiser=office, registered_by=who.auditor, title="省级督查", topic="城市内涝治理", kind="special",
        methods=["on_site"], subject_kind="duty", basis="decision", basis_text="x", starts_on=make.today(),
        ends_on=make.today(), state="approved", approved_by=who.auditor, approved_at=of_tasks.timezone.now(),
        number="省督查〔2026〕1号", code="ABCDEFGHJKMN",
    )  # fmt: skip
    other.save()
    other.targets.create(department=who.water)
    again = make.manned(who)

    with refused("inspection.overlap", again, kind=RuleBroken) as told_:
        inspections.submit(again, by=who.supervisor)

    assert told_.value.details == {"count": 1, "inspections": []}


def test_drafts_and_withdrawn_inspections_repeat_nothing(who):
    make.draft(who)
    inspections.withdraw(make.approved(who), by=who.supervisor, reason="不再需要")

    assert make.pending(who).state == "pending"


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("城市内涝治理", "内涝治理", True),
        ("营商环境专项督查", "营商环境", True),
        ("防汛物资储备", "防汛物资储备情况检查", True),
        ("城市内涝治理", "营商环境", False),
        ("督查", "检查", False),
    ],
)
def test_topics_are_compared_without_the_words_that_every_inspection_bears(one, other, alike):
    assert overlaps.alike(one, other) is alike


# ------------------------------------------------------------------------------------------------ linked tasks


def test_only_visible_tasks_of_the_objects_are_looked_at(who):
    task = of_tasks.active(who)
    made = make.draft(who)
    far = organization.person(Role.SUPERVISOR, organization.office())
    with pytest.raises(NotVisible):
        inspections.link(make.draft(who, objects=[who.finance]), by=who.supervisor, tasks=[type(task)(pk=999)])
    elsewhere = make.draft(who, objects=[who.housing])
    with refused("inspection.task_elsewhere", elsewhere, kind=RuleBroken):
        inspections.link(elsewhere, by=who.supervisor, tasks=[task])
    with refused("inspection.link.forbidden", made, kind=Forbidden):
        inspections.link(made, by=far, tasks=[task])

    made = inspections.link(made, by=who.supervisor, tasks=[task])
    made = inspections.link(made, by=who.supervisor, tasks=[task])
    assert [link.task for link in made.links.all()] == [task]
    assert not inspections.unlink(made, by=who.supervisor, tasks=[task]).links.exists()


# ------------------------------------------------------------------------------------------------ days


def test_an_inspection_starts_within_its_days(who):
    later = {"starts_on": make.today() + DAY, "ends_on": make.today() + 2 * DAY}
    early = make.approved(who, **later)
    with refused("inspection.too_early", early, kind=RuleBroken):
        inspections.start(early, by=who.supervisor)
    with refused("inspection.days", kind=RuleBroken):
        make.draft(who, ends_on=make.today() - DAY)
    past = make.approved(who, overlap_reason="不同点位")
    Inspection.objects.filter(pk=past.pk).update(starts_on=make.today() - 3 * DAY, ends_on=make.today() - DAY)
    past = make.fresh(past)
    with refused("inspection.over", past, kind=RuleBroken):
        inspections.start(past, by=who.supervisor)


def test_a_unit_that_is_merged_is_inspected_under_its_heir(who):
    from organization import successions

    made = make.approved(who)
    assert successions.open_duties(who.water) >= 1

    successions.hand_over(who.water, who.finance, None)

    assert [target.department for target in make.fresh(made).targets.all()] == [who.finance]
    assert told("inspection.follow") == [{"from": "市水务局", "to": "市财政局"}]
    assert Scheme.objects.get(inspection=made).units == [{"id": who.water.pk, "name": "市水务局"}]
