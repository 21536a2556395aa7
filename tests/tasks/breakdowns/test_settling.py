"""From drafts to tasks: people accept, correct, merge, split, dispose and undo; the whole is issued or nothing is."""

import pytest

from organization.models import Department
from tasks.models import Draft, Task
from tasks.operations.breakdowns import clauses, drafts, revising, settling
from tests.factories import tasks as make
from tests.tasks.breakdowns import paper
from tests.tasks.breakdowns.paper import clause_of, draft_of
from workflow.models import Event
from workflow.refusal import Conflict, Forbidden, RuleBroken, Stale, WrongState

pytestmark = pytest.mark.django_db


def coverage(breakdown):
    """Return what each clause has come to, by its number."""
    return dict(breakdown.clauses.with_coverage().values_list("number", "coverage"))


def settled(breakdown, cast):
    """Settle everything: the unknown unit is named, the plain clauses are disposed of, what lacks is filled in."""
    drafts.choose(draft_of(breakdown, "应急预案"), by=cast.supervisor, text="市防办", unit=cast.housing)
    for one in breakdown.drafts.all():
        words = {name: one.proposed[name] for name in ("matter", "standard", "clause", "deadline")}
        words.pop("deadline")
        units = Department.objects.in_bulk(one.units)
        drafts.edit(
            one, by=cast.supervisor, **words | {"standard": words["standard"] or words["clause"]},
            lead=units[one.proposed["lead"]], co_units=[units[key] for key in one.proposed["co_units"]],
            responsible="主要负责人", default_limit=True,
        )  # fmt: skip
    settling.accept_many(make.fresh(breakdown), by=cast.supervisor)
    plain = list(breakdown.clauses.unsettled())
    clauses.dispose_many(
        make.fresh(breakdown), by=cast.supervisor, clauses=plain, disposition="transmit", reason="一般要求"
    )
    return make.fresh(breakdown)


# ------------------------------------------------------------------------------------------------ one draft


def test_an_accepted_draft_covers_its_clause(breakdown, cast):
    draft = draft_of(breakdown, "水库")
    assert coverage(breakdown)[draft.clause.number] == "proposed"

    drafts.accept(draft, by=cast.supervisor)

    assert coverage(breakdown)[draft.clause.number] == "covered"
    assert Event.objects.get(kind="draft.accept").stream == f"breakdown:{breakdown.pk}"


def test_a_draft_whose_lead_is_unclear_is_not_accepted(breakdown, cast):
    draft = draft_of(breakdown, "应急预案")
    with pytest.raises(RuleBroken) as refused:
        drafts.accept(draft, by=cast.supervisor)

    assert refused.value.code == "draft.unit_open"
    assert refused.value.details == {"names": ["市防办"]}
    assert make.fresh(draft).state == "proposed"
    assert not Event.objects.filter(kind="draft.accept").exists()


def test_a_name_left_out_leaves_the_draft_without_a_lead(breakdown, cast):
    draft = drafts.choose(draft_of(breakdown, "应急预案"), by=cast.supervisor, text="市防办")
    with pytest.raises(RuleBroken) as refused:
        drafts.accept(draft, by=cast.supervisor)
    assert refused.value.code == "draft.lead_missing"


def test_a_name_that_is_remembered_is_known_to_all_drafts_and_to_the_directory(cast):
    text = paper.TEXT.replace("（责任单位：市住建局）", "（责任单位：市防办）")
    breakdown = paper.broken_down(cast, text)
    drafts.choose(draft_of(breakdown, "应急预案"), by=cast.supervisor, text="市防办", unit=cast.housing, remember=True)

    assert make.fresh(cast.housing).aliases == ["市防办"]
    assert draft_of(breakdown, "易涝点").proposed["lead"] == cast.housing.pk
    assert draft_of(paper.broken_down(cast, text), "易涝点").proposed["lead"] == cast.housing.pk
    assert Event.objects.get(kind="department.alias").detail["alias"] == "市防办"


def test_a_name_of_another_unit_is_not_remembered_for_a_second_one(breakdown, cast):
    cast.finance.aliases = ["市防办"]
    cast.finance.save()
    draft = draft_of(breakdown, "应急预案")
    with pytest.raises(Conflict) as refused:
        drafts.choose(draft, by=cast.supervisor, text="市防办", unit=cast.housing, remember=True)

    assert refused.value.code == "department.alias_taken"
    assert make.fresh(draft).proposed["lead"] is None
    assert make.fresh(cast.housing).aliases == []


def test_a_name_without_an_offer_is_refused(breakdown, cast):
    with pytest.raises(RuleBroken) as refused:
        drafts.choose(draft_of(breakdown, "水库"), by=cast.supervisor, text="市防办", unit=cast.housing)
    assert refused.value.code == "draft.name_unknown"
    with pytest.raises(RuleBroken) as refused:
        drafts.choose(draft_of(breakdown, "水库"), by=cast.supervisor)
    assert refused.value.code == "draft.unit_missing"
    with pytest.raises(RuleBroken) as refused:
        drafts.choose(draft_of(breakdown, "水库"), by=cast.supervisor, unit=cast.finance)
    assert refused.value.code == "assignment.unit_twice"


def test_two_officers_do_not_overwrite_each_other(breakdown, cast):
    mine, his = draft_of(breakdown, "水库"), draft_of(breakdown, "水库")
    drafts.edit(mine.expecting(mine.version), by=cast.supervisor, matter="我的写法", lead=cast.water)
    with pytest.raises(Stale) as refused:
        drafts.edit(his.expecting(his.version), by=cast.colleague, matter="他的写法", lead=cast.water)

    assert refused.value.details["current"] == 2
    assert make.fresh(mine).proposed["matter"] == "我的写法"


def test_two_officers_at_different_drafts_do_not_disturb_each_other(breakdown, cast):
    mine, his = draft_of(breakdown, "水库"), draft_of(breakdown, "易涝点")
    drafts.accept(mine.expecting(mine.version), by=cast.supervisor)
    drafts.accept(his.expecting(his.version), by=cast.colleague)

    assert breakdown.drafts.filter(state="accepted").count() == 2


def test_drafts_that_are_merged_stand_for_all_their_clauses(breakdown, cast):
    whole, part = draft_of(breakdown, "水库"), draft_of(breakdown, "易涝点")
    whole = drafts.merge(whole, by=cast.supervisor, others=[part], matter="水利工程建设")

    assert whole.proposed["matter"] == "水利工程建设"
    assert whole.proposed["co_units"] == [cast.finance.pk, cast.housing.pk]
    assert "易涝点" in whole.proposed["clause"]
    drafts.accept(whole, by=cast.supervisor)
    assert [coverage(breakdown)[one.clause.number] for one in (whole, part)] == ["covered", "covered"]


def test_a_merged_draft_stands_again_when_the_whole_is_dropped(breakdown, cast):
    whole, part = draft_of(breakdown, "水库"), draft_of(breakdown, "易涝点")
    whole = drafts.merge(whole, by=cast.supervisor, others=[part])
    drafts.drop(whole, by=cast.supervisor)

    assert make.fresh(part).state == "proposed"
    assert make.fresh(part).merged_into is None
    assert coverage(breakdown)[whole.clause.number] == "open"


def test_what_has_ended_is_not_merged(breakdown, cast):
    whole, part = draft_of(breakdown, "水库"), draft_of(breakdown, "易涝点")
    drafts.drop(part, by=cast.supervisor)
    with pytest.raises(Conflict) as refused:
        drafts.merge(whole, by=cast.supervisor, others=[part])
    assert refused.value.code == "merge.not_live"
    with pytest.raises(RuleBroken) as refused:
        drafts.merge(whole, by=cast.supervisor, others=[whole])
    assert refused.value.code == "merge.nothing_named"


def test_a_split_draft_has_brothers_at_the_same_clause(breakdown, cast):
    draft = draft_of(breakdown, "水库")
    drafts.split(draft, by=cast.supervisor, parts=[{"matter": "完成加固"}, {"matter": "完成验收"}])

    found = Draft.objects.filter(clause=draft.clause).in_order()
    assert [str(one) for one in found] == ["完成加固", "完成验收"]
    assert {one.proposed["lead"] for one in found} == {cast.water.pk}
    with pytest.raises(RuleBroken) as refused:
        drafts.split(make.fresh(draft), by=cast.supervisor, parts=[{"matter": "一项"}])
    assert refused.value.code == "split.too_few"


# ------------------------------------------------------------------------------------------------ clauses


def test_a_clause_that_is_disposed_of_takes_its_unaccepted_drafts_along(breakdown, cast):
    draft = draft_of(breakdown, "水库")
    clauses.dispose(draft.clause, by=cast.supervisor, disposition="not_taken", reason="上年已列入")

    assert make.fresh(draft).state == "dropped"
    assert coverage(breakdown)[draft.clause.number] == "disposed"
    with pytest.raises(Conflict) as refused:
        drafts.reconsider(make.fresh(draft), by=cast.supervisor)
    assert refused.value.code == "clause.disposed"


def test_a_covered_clause_is_not_disposed_of(breakdown, cast):
    draft = drafts.accept(draft_of(breakdown, "水库"), by=cast.supervisor)
    with pytest.raises(Conflict) as refused:
        clauses.dispose(draft.clause, by=cast.supervisor, disposition="transmit", reason="传达")

    assert refused.value.code == "clause.covered"
    assert make.fresh(draft.clause).state == "open"
    assert make.fresh(draft).state == "accepted"


def test_what_is_in_hand_names_the_task(breakdown, cast):
    clause = clause_of(breakdown, "压实责任")
    with pytest.raises(RuleBroken) as refused:
        clauses.dispose(clause, by=cast.supervisor, disposition="ongoing", reason="已有任务")
    assert refused.value.code == "clause.ongoing_missing"

    task = make.active(cast)
    clauses.dispose(clause, by=cast.supervisor, disposition="ongoing", reason="已有任务", ongoing=task)
    assert make.fresh(clause).ongoing == task


def test_many_clauses_are_disposed_of_together_or_not_at_all(breakdown, cast):
    first, second = clause_of(breakdown, "以防为主"), clause_of(breakdown, "压实责任")
    clauses.dispose(first, by=cast.colleague, disposition="transmit", reason="传达")
    with pytest.raises(Conflict) as refused:
        clauses.dispose_many(
            make.fresh(breakdown), by=cast.supervisor, clauses=[first, second], disposition="not_taken", reason="不立"
        )

    assert refused.value.details == {"clauses": [first.number]}
    assert make.fresh(first).disposition == "transmit"
    assert make.fresh(second).state == "open"


# ------------------------------------------------------------------------------------------------ undo


def everything(breakdown):
    """Return drafts and clauses as they stand, without their versions."""
    rows = breakdown.drafts.exclude(state="dropped").order_by("pk").values("pk", "state", "proposed", "merged_into")
    return list(rows), list(breakdown.clauses.values("pk", "state", "disposition", "reason", "disposed_by"))


def merge_two(breakdown, cast):
    drafts.merge(draft_of(breakdown, "水库"), by=cast.supervisor, others=[draft_of(breakdown, "易涝点")])


STEPS = {
    "accept": lambda b, who: drafts.accept(draft_of(b, "水库"), by=who.supervisor),
    "edit": lambda b, who: drafts.edit(draft_of(b, "水库"), by=who.supervisor, matter="改", lead=who.housing),
    "choose": lambda b, who: drafts.choose(draft_of(b, "预案"), by=who.supervisor, text="市防办", unit=who.housing),
    "merge": merge_two,
    "split": lambda b, who: drafts.split(draft_of(b, "水库"), by=who.supervisor, parts=[{"matter": x} for x in "甲乙"]),
    "dispose": lambda b, who: clauses.dispose(
        draft_of(b, "水库").clause, by=who.supervisor, disposition="transmit", reason="传达"
    ),
    "add": lambda b, who: drafts.add(b, by=who.supervisor, clause=clause_of(b, "以防为主")),
    "accept_many": lambda b, who: settling.accept_many(b, by=who.supervisor),
    "fill": lambda b, who: settling.fill(b, by=who.supervisor, standard=True, default_limit=True),
}


@pytest.mark.parametrize("step", STEPS)
def test_the_last_step_is_undone_whatever_it_was(breakdown, cast, step):
    before = everything(breakdown)
    STEPS[step](breakdown, cast)
    assert everything(breakdown) != before

    revising.undo(make.fresh(breakdown), by=cast.supervisor)

    assert everything(breakdown) == before
    assert Event.objects.filter(kind="breakdown.undo").count() == 1


def test_steps_are_undone_one_after_the_other_the_last_first(breakdown, cast):
    before = everything(breakdown)
    drafts.accept(draft_of(breakdown, "水库"), by=cast.supervisor)
    drafts.edit(draft_of(breakdown, "水库"), by=cast.colleague, matter="改", lead=cast.water, clause="水库")
    merge_two(breakdown, cast)

    for _ in range(3):
        revising.undo(make.fresh(breakdown), by=cast.supervisor)
    assert everything(breakdown) == before
    with pytest.raises(RuleBroken) as refused:
        revising.undo(make.fresh(breakdown), by=cast.supervisor)
    assert refused.value.code == "undo.nothing"


def test_whoever_saw_an_older_state_does_not_undo_what_a_colleague_did_since(breakdown, cast):
    drafts.accept(draft_of(breakdown, "水库"), by=cast.supervisor)
    seen = make.fresh(breakdown)
    drafts.accept(draft_of(breakdown, "易涝点"), by=cast.colleague)
    with pytest.raises(Stale):
        revising.undo(seen.expecting(seen.version), by=cast.supervisor)

    assert breakdown.drafts.filter(state="accepted").count() == 2


# ------------------------------------------------------------------------------------------------ issuing


def test_open_clauses_bar_the_issue_and_are_named(breakdown, cast):
    with pytest.raises(Conflict) as refused:
        settling.issue(breakdown, by=cast.supervisor)

    assert refused.value.code == "breakdown.clauses_open"
    assert refused.value.details["clauses"] == [clause.key for clause in breakdown.clauses.unsettled()]
    assert len(refused.value.details["clauses"]) == 6
    assert not Task.objects.exists()
    assert make.fresh(breakdown).state == "open"


def test_the_tasks_are_made_and_assigned_in_one_go(breakdown, cast):
    breakdown = settling.issue(settled(breakdown, cast), by=cast.supervisor)

    tasks = Task.objects.order_by("pk")
    assert breakdown.state == "issued"
    assert [task.state for task in tasks] == ["assigned"] * 4
    assert [task.lead for task in tasks] == [cast.water, cast.housing, cast.housing, cast.finance]
    assert all(task.number and task.drafted_as.state == "issued" for task in tasks)
    assert [one.task.pk for one in settling.outcomes(breakdown)] == [task.pk for task in tasks]


def test_a_rehearsal_says_who_would_get_what_and_changes_nothing(breakdown, cast):
    breakdown = settled(breakdown, cast)
    events = Event.objects.count()
    told = settling.rehearse(breakdown, by=cast.supervisor)

    assert [one.task.lead for one in told] == [cast.water, cast.housing, cast.housing, cast.finance]
    assert all(one.done and one.due_on for one in told)
    assert not Task.objects.exists()
    assert Event.objects.count() == events


def test_one_incomplete_draft_keeps_all_and_says_which_and_what(breakdown, cast):
    breakdown = settled(breakdown, cast)
    draft = draft_of(breakdown, "防汛资金")
    drafts.edit(draft, by=cast.supervisor, matter="安排资金", lead=cast.finance)
    with pytest.raises(RuleBroken) as refused:
        settling.issue(make.fresh(breakdown), by=cast.supervisor)

    assert refused.value.code == "breakdown.incomplete"
    assert refused.value.details == {"drafts": {draft.pk: ["standard", "responsible", "due"]}}
    assert not Task.objects.exists()


def test_a_matter_that_the_directive_has_already_is_not_issued_again(breakdown, cast):
    breakdown = settled(breakdown, cast)
    draft = draft_of(breakdown, "水库")
    make.draft(cast, of=breakdown.directive, matter=str(draft))
    with pytest.raises(RuleBroken) as refused:
        settling.issue(breakdown, by=cast.supervisor)

    assert refused.value.code == "matter.exists"
    assert refused.value.details == {"drafts": [draft.pk]}
    assert Task.objects.count() == 1


def test_a_draft_left_undecided_bars_the_issue(breakdown, cast):
    breakdown = settled(breakdown, cast)
    clause = draft_of(breakdown, "水库").clause
    added = drafts.add(breakdown, by=cast.supervisor, clause=clause, matter="再立一项")
    with pytest.raises(Conflict) as refused:
        settling.issue(make.fresh(breakdown), by=cast.supervisor)
    assert refused.value.code == "breakdown.drafts_open"
    assert refused.value.details == {"drafts": [added.pk]}


def test_before_the_directive_is_approved_nothing_is_issued(cast):
    breakdown = settled(paper.broken_down(cast, directive=make.directive(cast, approved=False)), cast)
    with pytest.raises(RuleBroken) as refused:
        settling.issue(breakdown, by=cast.supervisor)
    assert refused.value.code == "directive.not_approved"
    assert not Task.objects.exists()


def test_a_leader_lets_open_clauses_go_with_a_reason_and_no_later_ones(breakdown, cast):
    breakdown = settled(breakdown, cast)
    loose = clause_of(breakdown, "压实责任")
    clauses.restore(loose, by=cast.supervisor)
    with pytest.raises(Forbidden):
        settling.waive(make.fresh(breakdown), by=cast.supervisor, reason="先行下达")
    settling.waive(make.fresh(breakdown), by=cast.leader, reason="先行下达")
    other = clause_of(breakdown, "以防为主")
    clauses.restore(other, by=cast.supervisor)
    with pytest.raises(Conflict) as refused:
        settling.issue(make.fresh(breakdown), by=cast.supervisor)
    assert refused.value.details == {"clauses": [other.key]}

    clauses.dispose(other, by=cast.supervisor, disposition="transmit", reason="传达")
    breakdown = settling.issue(make.fresh(breakdown), by=cast.supervisor)
    assert breakdown.waived == [loose.key]
    assert breakdown.waived_by == cast.leader
    assert Event.objects.get(kind="breakdown.waive").detail["reason"] == "先行下达"


def test_when_nothing_is_open_there_is_nothing_to_let_go(breakdown, cast):
    with pytest.raises(RuleBroken) as refused:
        settling.waive(settled(breakdown, cast), by=cast.leader, reason="先行")
    assert refused.value.code == "breakdown.nothing_open"


def test_an_issued_breakdown_stands_until_it_is_resumed(breakdown, cast):
    breakdown = settling.issue(settled(breakdown, cast), by=cast.supervisor)
    with pytest.raises(WrongState) as refused:
        clauses.restore(clause_of(breakdown, "压实责任"), by=cast.supervisor)
    assert refused.value.code == "breakdown.not_open"

    breakdown = settling.resume(breakdown, by=cast.supervisor)
    clause = clauses.restore(clause_of(breakdown, "压实责任"), by=cast.supervisor)
    drafts.add(make.fresh(breakdown), by=cast.supervisor, clause=clause)
    with pytest.raises(RuleBroken) as refused:
        settling.drop(make.fresh(breakdown), by=cast.supervisor)
    assert refused.value.code == "breakdown.has_tasks"


def test_what_is_missing_is_filled_in_and_what_stands_is_kept(breakdown, cast):
    drafts.edit(
        draft_of(breakdown, "防汛资金"), by=cast.supervisor, matter="资金", lead=cast.finance, responsible="赵某"
    )
    settling.fill(make.fresh(breakdown), by=cast.supervisor, responsible=True, standard=True, default_limit=True)

    water, money = draft_of(breakdown, "水库").proposed, breakdown.drafts.get(proposed__matter="资金").proposed
    assert water["responsible"] == "水务局长"
    assert money["responsible"] == "赵某"
    assert water["due_on"] == "2027-05-31"
    assert water["default_limit"] is False
    assert money["default_limit"] is True
