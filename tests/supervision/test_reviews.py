"""复核: within 30 days of receipt, by people who took no part, decided by the government (R37, 条例 Art. 17)."""

from datetime import date

import pytest

from supervision.models import Review
from supervision.operations import rectifications, reviews
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, lend
from workflow.refusal import Forbidden, RuleBroken, WrongState


def test_r37_an_application_is_accepted_until_the_last_day_and_not_afterwards(who):
    with at("2026-09-01 10:00"):
        one, other = correcting.received(who), correcting.received(who)
    with at("2026-10-08 23:00"):
        review = correcting.asked(who, one)
    with at("2026-10-09 00:30"), refused("review.too_late", other, kind=RuleBroken) as refusal:
        correcting.asked(who, other)

    assert refusal.value.details == {"until": "2026-10-08"}
    # The duty of the authority is not rolled: day 30 is its warning day (R20).
    assert (review.asked_on, review.due_on) == (date(2026, 10, 8), date(2026, 11, 7))


def test_only_the_head_of_the_unit_applies_and_only_once(who):
    conclusion = correcting.received(who)
    for person in (who.handler, who.helper_head, who.supervisor):
        with refused("conclusion.ask_review.forbidden", conclusion, kind=Forbidden):
            reviews.ask(conclusion, by=person, reason="不服")
    review = correcting.asked(who, conclusion)
    with refused("review.asked", make.fresh(conclusion), kind=RuleBroken):
        correcting.asked(who, make.fresh(conclusion))

    reviews.withdraw(review, by=who.unit_head)

    assert correcting.asked(who, make.fresh(conclusion)).state == "asked"


def test_r37_who_took_part_handles_no_review(who):
    crew = inspecting.team(who)
    review = correcting.asked(who, correcting.received(who, crew=crew))
    # The team, who registered and drafted, who approved the inspection and the conclusion.
    for person in (crew.head, crew.member, who.supervisor, who.chief):
        with refused("review.took_part", review, kind=Forbidden):
            reviews.assign(review, by=who.colleague, handler=person)
    with refused("review.own_unit", review, kind=Forbidden):
        reviews.assign(review, by=who.colleague, handler=who.handler)
    with refused("review.no_post", review, kind=RuleBroken):
        reviews.assign(review, by=who.colleague, handler=who.auditor)

    assert reviews.assign(review, by=who.colleague, handler=who.helper).state == "assigned"


def test_r37_who_verified_the_rectification_or_judged_an_objection_took_part_too(who):
    from supervision.operations import findings

    inspection = correcting.inspected(who)
    judge = correcting.judge(who)
    finding = findings.uphold(correcting.disputed(who, inspection), by=judge, reason="属实")
    item = correcting.ordered(who, finding=finding)
    item = rectifications.plan(item, by=who.handler, measures="专线", responsible="处长")
    item = rectifications.claim(item, by=who.unit_head, done="已通电")
    rectifications.verify(item, by=who.colleague, result="done", opinion="属实")
    review = correcting.asked(who, correcting.received(who, inspection))

    for person in (judge, who.colleague):
        with refused("review.took_part", review, kind=Forbidden):
            reviews.assign(review, by=who.supervisor, handler=person)


def test_r37_a_delegate_counts_as_his_principal(who):
    review = correcting.proposed(who)

    with refused("review.took_part", review, kind=Forbidden):
        reviews.approve(review, by=who.chief)
    with refused("review.took_part", review, kind=Forbidden):
        reviews.approve(review, by=lend(who.chief, who.leader))

    assert reviews.approve(review, by=who.leader).state == "decided"


def test_who_handles_it_sees_the_conclusion_and_its_findings_and_others_of_his_unit_do_not(who):
    from supervision.models import Conclusion, Finding

    review = correcting.assigned(who)

    assert list(Review.objects.visible_to(who.helper)) == [review]
    assert list(Conclusion.objects.visible_to(who.helper)) == [review.conclusion]
    assert Finding.objects.visible_to(who.helper).count() == 1
    for person in (who.helper_head, who.stranger):
        assert not Review.objects.visible_to(person).exists()


def test_a_conclusion_that_is_upheld_stays_as_it_is(who):
    review = correcting.decided(who)

    conclusion = make.fresh(review.conclusion)
    assert (review.state, conclusion.state) == ("decided", "received")
    assert conclusion.inspection.findings.get().state == "accepted"


def test_a_conclusion_that_is_changed_says_what_changes_and_drops_what_is_decided(who):
    inspection = correcting.inspected(who)
    kept, falls = correcting.accepted(who, inspection), correcting.accepted(who, inspection)
    conclusion = correcting.received(who, inspection)

    correcting.decided(who, conclusion, "changed", dropped=[falls])

    assert [make.fresh(thing).state for thing in (conclusion, kept, falls)] == ["changed", "accepted", "dropped"]
    assert make.fresh(conclusion).changes == "不再认定弄虚作假"
    assert kept.task.holds.standing().count() == 1


def test_a_conclusion_that_is_annulled_takes_all_its_findings_with_it(who):
    finding = correcting.settled(who, inspection := correcting.inspected(who))
    conclusion = correcting.received(who, inspection)

    correcting.decided(who, conclusion, "annulled")

    assert [make.fresh(thing).state for thing in (conclusion, finding)] == ["annulled", "dropped"]
    assert not finding.task.holds.standing().exists()


@pytest.mark.parametrize(
    ("decision", "said", "code"),
    [("changed", {"changes": ""}, "review.no_changes"), ("upheld", {"dropped": "own"}, "review.upheld_drops"),
     ("annulled", {"dropped": "foreign"}, "review.other_finding")],
)  # fmt: skip
def test_an_opinion_does_not_contradict_itself(who, decision, said, code):
    review = correcting.assigned(who)
    own = list(review.conclusion.inspection.findings.all())
    findings = {"own": own, "foreign": [correcting.accepted(who)]}
    said = {name: findings.get(value, value) for name, value in said.items()}

    with refused(code, review, kind=RuleBroken):
        reviews.propose(review, by=who.helper, decision=decision, grounds="经核", **said)


def test_a_review_does_not_suspend_rectification(who):
    inspection = correcting.inspected(who)
    item = correcting.planned(who, inspection)
    correcting.asked(who, correcting.received(who, inspection))

    item = rectifications.claim(item, by=who.unit_head, done="已通电")

    assert item.state == "claimed"
    assert item.finding.task.holds.standing().exists()


def test_an_application_may_be_taken_back_until_an_opinion_is_proposed(who):
    review = correcting.proposed(who)
    with refused("review.withdraw.wrong_state", review, kind=WrongState):
        reviews.withdraw(review, by=who.unit_head)

    review = reviews.send_back(review, by=who.leader, reason="请补充事实")

    assert (review.state, reviews.withdraw(review, by=who.unit_head).state) == ("assigned", "withdrawn")


def test_a_late_decision_is_found(who):
    with at("2026-03-09 10:00"):
        review = correcting.asked(who)

    assert not review.is_overdue(date(2026, 4, 8))
    assert review.is_overdue(date(2026, 4, 9))
    assert list(Review.objects.overdue(date(2026, 4, 9))) == [review]
    assert not Review.objects.overdue(date(2026, 4, 8)).exists()
