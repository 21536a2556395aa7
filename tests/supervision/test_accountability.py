"""问责建议书: the office proposes with due process, the head approves, the competent organ decides (R39, R40, R41)."""

import re

import pytest
from django.apps import apps
from django.utils import timezone

from organization.states import Role
from supervision import attached
from supervision.models import Accountability, Exhibit, Seal, Statement
from supervision.operations import accountability as proposals
from supervision.operations import statements
from supervision.states.answering import Direction
from supervision.verbs import answering as verbs
from tasks.operations import evidence, reports
from tests.factories import organization
from tests.factories import supervision_answering as ready
from tests.factories import supervision_correcting as correcting
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import in_post, lend
from workflow.models import Event
from workflow.refusal import Forbidden, RuleBroken, WrongState


def seen(model, person):
    return list(model.objects.visible_to(person).order_by("pk"))


# ------------------------------------------------------------------------------------------------ the whole path


def test_a_proposal_goes_from_the_draft_to_the_written_answer(who):
    task = make.active(who)

    made = ready.answered(who, tasks=[task])

    assert (made.state, made.adoption) == ("answered", "partly")
    assert re.fullmatch(r"督责〔\d{4}〕1号", made.number)
    assert (made.approved_by, made.transferred_by, made.answered_by) == (who.chief, who.supervisor, who.discipline)
    kinds = list(Event.objects.of(made.stream).values_list("kind", flat=True))
    assert kinds == [
        "accountability.create", "statement.ask", "accountability.ask_statement", "statement.state",
        "accountability.assess", "exhibit.add", "accountability.prove", "accountability.submit",
        "accountability.approve", "accountability.transfer", "accountability.answer",
    ]  # fmt: skip


def test_only_an_officer_drafts_one(who):
    for person in (who.leader, who.chief, who.handler, who.unit_head, who.discipline, who.inspector):
        with refused("accountability.register.forbidden", kind=Forbidden):
            proposals.register(by=person, **ready.words(who))
    assert Accountability.objects.count() == 0


# ------------------------------------------------------------------------------------------------ R40: due process


def test_r40_without_statement_tolerance_and_evidence_it_is_refused_in_this_order(who):
    made = ready.proposal(who)
    with refused("accountability.no_statement", made, kind=RuleBroken):
        proposals.submit(made, by=who.supervisor)
    statement = statements.ask(made, by=who.supervisor)
    made = make.fresh(made)
    with refused("accountability.no_statement", made, kind=RuleBroken):
        proposals.submit(made, by=who.supervisor)
    statements.state(statement, by=who.unit_head, text="情况属实。")
    with refused("accountability.no_tolerance", make.fresh(made), kind=RuleBroken):
        proposals.submit(make.fresh(made), by=who.supervisor)
    made = proposals.assess(make.fresh(made), by=who.supervisor, grounds=ready.grounds(), opinion="无")
    with refused("accountability.no_evidence", made, kind=RuleBroken):
        proposals.submit(made, by=who.supervisor)
    proposals.prove(made, by=who.supervisor, file=make.upload())

    assert proposals.submit(make.fresh(made), by=who.supervisor).state == "pending"


def test_a_piece_of_the_tasks_evidence_is_evidence_enough(who):
    task = make.active(who)
    proof = evidence.add(task, by=who.handler, file=make.upload(), evidence_on=timezone.localdate())
    made = ready.heard(who, evidence=[proof])
    made = proposals.assess(made, by=who.supervisor, grounds=ready.grounds(), opinion="无")

    assert proposals.submit(made, by=who.supervisor).state == "pending"


def test_an_agreed_finding_is_evidence_enough_and_a_disputed_one_no_ground(who):
    disputed = correcting.disputed(who)
    agreed = correcting.accepted(who, disputed.inspection)
    with refused("accountability.finding_open", kind=RuleBroken):
        proposals.register(by=who.supervisor, **ready.words(who, findings=[agreed, disputed]))
    assert Accountability.objects.count() == 0
    made = ready.heard(who, findings=[agreed])
    made = proposals.assess(made, by=who.supervisor, grounds=ready.grounds(), opinion="无")

    assert proposals.submit(made, by=who.supervisor).state == "pending"
    assert [row.kind for row in attached.to(made)] == ["finding"]
    offered = verbs.ACCOUNTABILITY.verb("edit").form(user=who.supervisor, subject=made).fields["findings"].queryset
    assert list(offered) == [agreed]


def test_facts_that_changed_after_the_statement_have_to_be_told_again(who):
    made = ready.complete(who)
    made = proposals.edit(made, by=who.supervisor, **ready.words(who, facts="四处易涝点至今未动工。"))

    with refused("accountability.statement_outdated", made, kind=RuleBroken):
        proposals.submit(made, by=who.supervisor)
    again = statements.ask(made, by=who.supervisor)
    assert again.facts == "四处易涝点至今未动工。"
    statements.state(again, by=who.unit_head, text="第四处不在计划内。")
    assert proposals.submit(make.fresh(made), by=who.supervisor).state == "pending"


def test_every_ground_of_tolerance_is_answered_once(who):
    made = ready.heard(who)
    some = ready.grounds()[:-1]
    for rows in ([], some, [*ready.grounds(), ready.grounds()[0]]):
        with refused("accountability.grounds", made, kind=RuleBroken):
            proposals.assess(made, by=who.supervisor, grounds=rows, opinion="无")

    made = proposals.assess(made, by=who.supervisor, grounds=ready.grounds("objected")[::-1], opinion="部分成立")

    assert made.tolerance[0]["ground"] == "pioneering"
    assert Event.objects.get(kind="accountability.assess").detail == {"holding": ["objected"]}


def test_directions_are_of_the_list_that_fits_the_object(who):
    for fields in (
        ready.words(who, directions=[Direction.CADRE_DISCIPLINE]),
        ready.words(who, directions=[]),
        ready.about_a_cadre(who, directions=[Direction.ORG_BULLETIN, Direction.CADRE_ADMONITION]),
    ):
        with refused("accountability.wrong_list", kind=RuleBroken):
            proposals.register(by=who.supervisor, **fields)
    with refused("accountability.unnamed", kind=RuleBroken):
        proposals.register(by=who.supervisor, **ready.about_a_cadre(who, person_name=""))
    assert Accountability.objects.count() == 0

    made = proposals.register(
        by=who.supervisor,
        **ready.about_a_cadre(who, directions=[Direction.CADRE_DISCIPLINE, Direction.CADRE_BULLETIN]),
    )

    assert made.directions == ["cadre_bulletin", "cadre_discipline"]


# ------------------------------------------------------------------------------------------------ the statement


def test_the_object_has_five_working_days_and_may_be_given_more(who):
    made = ready.proposal(who)
    with refused("statement.too_short", made, kind=RuleBroken):
        statements.ask(made, by=who.supervisor, due_on=make.in_workdays(4))

    assert statements.ask(made, by=who.supervisor, due_on=make.in_workdays(8)).due_on == make.in_workdays(8)
    with refused("statement.open", make.fresh(made), kind=RuleBroken):
        statements.ask(make.fresh(made), by=who.supervisor)
    with refused("statement.open", make.fresh(made), kind=RuleBroken):
        proposals.edit(make.fresh(made), by=who.supervisor, **ready.words(who))


def test_the_head_of_the_unit_reads_the_facts_and_nothing_of_the_proposal(who):
    statement = ready.asked(who)

    assert seen(Statement, who.unit_head) == [statement]
    assert statement.facts == ready.FACTS
    assert seen(Accountability, who.unit_head) == []
    for person in (who.handler, who.below, who.helper_head, who.stranger_head, who.leader, who.inspector):
        assert seen(Statement, person) == []
    with refused("statement.state.forbidden", statement, kind=Forbidden):
        statements.state(statement, by=who.handler, text="代为说明")


def test_a_cadre_with_an_account_answers_himself_and_loses_sight_of_the_proposal(who):
    """reliability.md 5.5e: who is named loses read and search, but for the request for his statement."""
    statement = ready.asked(who, **ready.about_a_cadre(who, who.colleague))

    assert seen(Accountability, who.colleague) == []
    assert not Accountability.objects.visible_to(who.colleague).search("履职不力").exists()
    assert seen(Statement, who.colleague) == [statement]
    assert seen(Statement, who.unit_head) == []
    with refused("statement.state.forbidden", statement, kind=Forbidden):
        statements.state(statement, by=who.unit_head, text="代为说明")
    with refused("accountability.edit.forbidden", statement.accountability, kind=Forbidden):
        proposals.edit(statement.accountability, by=who.colleague, **ready.words(who))

    assert statements.state(statement, by=who.colleague, text="我当时在外学习。").state == "stated"


def test_nobody_proposes_or_approves_against_himself(who):
    with refused("accountability.own", kind=Forbidden):
        proposals.register(by=who.supervisor, **ready.about_a_cadre(who, who.supervisor))
    chief = ready.proposal(who, **ready.about_a_cadre(who, who.chief))
    assert seen(Accountability, who.chief) == []
    assert "approve" not in verbs.ACCOUNTABILITY.steps(chief, who.chief)


def test_words_that_came_on_paper_are_recorded_with_the_paper(who):
    statement = ready.asked(who)
    with refused("statement.future", statement, kind=RuleBroken):
        statements.record(
            statement, by=who.supervisor, text="属实", stated_on=make.in_workdays(2), file=make.upload("说明.txt")
        )

    statement = statements.record(
        statement, by=who.supervisor, text="属实", stated_on=timezone.localdate(), file=make.upload("说明.txt")
    )

    assert (statement.state, statement.exhibits.count()) == ("stated", 1)


def test_silence_is_recorded_only_after_the_day_and_with_proof_that_it_was_told(who):
    statement = ready.asked(who)
    with refused("statement.too_early", statement, kind=RuleBroken):
        statements.decline(statement, by=who.supervisor, text="未回复", file=make.upload("送达回证.txt"))
    assert Exhibit.objects.count() == 0

    with ready.later(20):
        statement = statements.decline(statement, by=who.supervisor, text="未回复", file=make.upload("送达回证.txt"))

    assert statement.state == "declined"
    made = proposals.assess(
        make.fresh(statement.accountability), by=who.supervisor, grounds=ready.grounds(), opinion="无"
    )
    proposals.prove(made, by=who.supervisor, file=make.upload())
    assert proposals.submit(make.fresh(made), by=who.supervisor).state == "pending"


def test_a_request_may_be_taken_back_and_then_counts_for_nothing(who):
    statement = statements.withdraw(ready.asked(who), by=who.supervisor, reason="事实有误")

    made = make.fresh(statement.accountability)
    with refused("accountability.no_statement", made, kind=RuleBroken):
        proposals.submit(made, by=who.supervisor)
    assert statements.ask(made, by=who.supervisor).state == "asked"


# ------------------------------------------------------------------------------------------------ R39


def test_r39_the_head_of_the_government_alone_approves_and_never_what_went_through_his_hands(who):
    made = ready.pending(who)
    for person in (who.leader, who.supervisor, who.colleague, who.discipline, who.unit_head):
        with refused("accountability.approve.forbidden", made, kind=Forbidden):
            proposals.approve(made, by=person)
    organization.post(who.supervisor, who.government, Role.LEADER, rank=1)
    with refused("accountability.approve.own", made, kind=Forbidden):
        proposals.approve(made, by=in_post(who.supervisor, Role.LEADER))
    with refused("accountability.approve.own", made, kind=Forbidden):
        proposals.approve(made, by=lend(who.chief, who.supervisor))

    made = proposals.approve(made, by=who.chief, comment="同意")
    assert (made.state, made.approved_by) == ("approved", who.chief)


def test_r39_after_the_hand_over_it_is_open_to_the_named_alone(who):
    made = ready.approved(who)
    assert seen(Accountability, who.colleague) == [made]
    assert seen(Accountability, who.discipline) == []

    made = proposals.transfer(made, by=who.supervisor, contacts=[who.discipline])

    for person in (who.supervisor, who.chief, who.discipline):
        assert seen(Accountability, person) == [made], person
    for name, person in who.everyone().items():
        if person not in (who.supervisor, who.chief, who.discipline):
            assert seen(Accountability, person) == [], name
            assert seen(Exhibit, person) == [], name
    assert [seal.part for seal in Seal.objects.order_by("pk")] == ["approver", "contact", "drafter"]


def test_what_is_sealed_to_a_person_is_not_lent_with_his_post_and_ends_with_it(who):
    made = ready.transferred(who)
    other = organization.person(Role.DISCIPLINE, ready.organ(who), "另一联络员")
    assert seen(Accountability, other) == []
    assert seen(Accountability, lend(who.discipline, other)) == []
    assert seen(Accountability, lend(who.chief, who.stranger)) == []

    who.discipline.posts.update(ended_on=timezone.localdate())

    assert seen(Accountability, type(who.discipline).objects.get(pk=who.discipline.pk)) == []
    assert made.state == "transferred"


def test_it_goes_to_discipline_contacts_of_the_receiving_organ_and_not_to_whom_it_is_about(who):
    made = ready.approved(who)
    for person in (who.supervisor, who.unit_head, organization.person(Role.DISCIPLINE, who.water)):
        with refused("seal.not_a_contact", made, kind=RuleBroken):
            proposals.transfer(made, by=who.supervisor, contacts=[person])
    statement = ready.asked(who, **ready.about_a_cadre(who, who.discipline))
    statements.state(statement, by=who.discipline, text="无")
    about = make.fresh(statement.accountability)
    about = proposals.assess(about, by=who.supervisor, grounds=ready.grounds(), opinion="无")
    proposals.prove(about, by=who.supervisor, file=make.upload())
    about = proposals.approve(proposals.submit(make.fresh(about), by=who.supervisor), by=who.chief)
    with refused("seal.named", about, kind=RuleBroken):
        proposals.transfer(about, by=who.supervisor, contacts=[who.discipline])
    assert Seal.objects.filter(part="contact").count() == 0


def test_only_a_named_contact_answers_and_he_alone_says_whether_it_is_adopted(who):
    made = ready.transferred(who)
    other = organization.person(Role.DISCIPLINE, ready.organ(who), "另一联络员")
    for person in (who.supervisor, who.chief, other):
        with refused("accountability.answer.forbidden", made, kind=Forbidden):
            proposals.answer(made, by=person, adoption="adopted", reply="采纳")
    for verb in ("edit", "withdraw", "send_back", "transfer"):
        with pytest.raises((Forbidden, WrongState)):
            verbs.ACCOUNTABILITY.lifecycle.check(made, verb, who.supervisor)

    made = proposals.answer(made, by=who.discipline, adoption="not_adopted", reply="证据不足")
    assert (made.adoption, made.reply) == ("not_adopted", "证据不足")


SANCTION = re.compile(
    r"(?i)sanction|punish|penalt|demot|dismiss|demerit|warning_|处分决定|处理决定|问责决定|警告|记过|降级|撤职|开除|政务处分"
)
SUGGESTED = ("诫勉", "组织处理", "组织调整", "纪律处分", "改组")


def test_r39_no_column_choice_input_or_verb_of_the_room_records_a_sanction(db):
    told = []
    for model in apps.get_app_config("supervision").get_models():
        for field in model._meta.get_fields():
            words = [field.name, str(getattr(field, "verbose_name", "")), str(getattr(field, "help_text", ""))]
            words += [f"{value} {label}" for value, label in getattr(field, "choices", None) or ()]
            told += [(model.__name__, field.name, word) for word in words if SANCTION.search(word)]
            told += [(model.__name__, field.name, w) for w in words if any(form in w for form in SUGGESTED)]
    for noun in verbs.NOUNS:
        told += [(noun.name, step.verb) for step in noun.lifecycle if SANCTION.search(f"{step.verb} {step.label}")]
        for verb in noun.verbs:
            for name, field in verb.form.base_fields.items():
                choices = " ".join(str(label) for _value, label in getattr(field, "choices", ()) if _value)
                if SANCTION.search(f"{name} {field.label}") or any(form in choices for form in SUGGESTED):
                    told.append((noun.name, verb.name, name))

    # The one place where such forms are named is the suggestion, and it says that it is one.
    assert told == [("accountability", "edit", "directions")]
    directions = verbs.ACCOUNTABILITY.verb("edit").form.base_fields["directions"]
    column = Accountability._meta.get_field("directions")
    assert (str(directions.label), str(column.verbose_name)) == ("建议方向", "建议方向")


# ------------------------------------------------------------------------------------------------ R41


def test_r41_a_proposal_ends_no_task_and_holds_none_up(who):
    task = make.active(who)

    ready.answered(who, tasks=[task])

    assert make.fresh(task).state == "active"
    assert not task.holds.standing().exists()
    assert reports.file(make.fresh(task), by=who.handler, done="继续整改").state == "submitted"
    assert not Event.objects.filter(stream=task.stream, detail__has_key="accountability").exists()


# ------------------------------------------------------------------------------------------------ back and away


def test_it_may_be_sent_back_corrected_and_put_forward_again(who):
    made = proposals.send_back(ready.pending(who), by=who.chief, reason="补充依据")
    assert made.state == "returned"
    made = proposals.edit(made, by=who.supervisor, **ready.words(who, basis="《条例》第二十一条、第二十五条"))

    assert proposals.submit(made, by=who.supervisor).state == "pending"


def test_it_may_be_taken_back_until_it_is_handed_over(who):
    assert proposals.withdraw(ready.approved(who), by=who.supervisor, reason="事实有误").state == "withdrawn"
    gone = ready.transferred(who)
    with refused("accountability.withdraw.forbidden", gone, kind=Forbidden):
        proposals.withdraw(gone, by=who.supervisor, reason="事实有误")
    asked = ready.asked(who).accountability
    with refused("statement.open", asked, kind=RuleBroken):
        proposals.withdraw(asked, by=who.supervisor, reason="事实有误")
