"""整改 in the record: rewritten rows are found, a covert visit's chains are sealed, an heir answers (R45, F49, F57)."""

from organization.operations import departments
from supervision.models import Claim, Conclusion, Correction, Finding, Rectification, Review
from supervision.operations import findings, heirs, reviews
from tests.factories import supervision_correcting as correcting
from tests.factories import tasks as make
from workflow import audit, sight
from workflow.models import Event


def wrong(stream=None):
    return [(finding.kind, finding.words) for finding in audit.verify(stream)]


def test_a_clean_house_is_found_clean(who):
    correcting.verified(who, result="false")
    correcting.decided(who, decision="changed")

    assert wrong() == []


def test_a_claim_a_correction_a_conclusion_and_a_state_that_were_rewritten_are_found(who):
    item = correcting.verified(who, result="false")
    conclusion = correcting.received(who)
    Claim.objects.filter(rectification=item).update(done="从未申报")
    Correction.objects.filter(rectification=item).update(requirement="不必改正")
    snapshot = [row | {"fact": "没有问题"} for row in conclusion.snapshot]
    Conclusion.objects.filter(pk=conclusion.pk).update(snapshot=snapshot)
    Finding.objects.filter(pk=item.finding_id).update(state="accepted")

    words = " ".join(words for _kind, words in wrong())

    assert len(wrong()) == 4
    for name in ("claim", "correction", "conclusion", "finding"):
        assert f"{name} " in words


def test_f57_the_chains_of_a_covert_visits_findings_are_sealed(who):
    covert = correcting.draft(who, correcting.inspected(who, covert=True))
    plain = correcting.draft(who)

    sealed = set(Event.objects.filter(sight.sealed()).values_list("stream", flat=True))

    assert covert.stream in sealed
    assert plain.stream not in sealed


def test_f49_a_merged_units_heir_answers_for_its_findings(who):
    inspection = correcting.inspected(who, objects=[who.water, who.finance])
    own = correcting.issued(who, inspection, department=who.finance, task=None)
    finding = correcting.issued(who, inspection)
    item = correcting.ordered(who)
    review = correcting.asked(who)
    assert heirs.open_duties(who.water) == 4  # three open findings and a review

    departments.merge(who.water, by=None, into=who.finance)

    finding, item, review = (make.fresh(thing) for thing in (finding, item, review))
    assert [thing.department for thing in (finding, item, review, review.conclusion)] == [who.finance] * 4
    assert (own.number, finding.number) == (1, 2)
    assert finding.department_name == "市水务局"
    assert findings.accept(finding, by=who.helper_head).state == "accepted"
    assert reviews.withdraw(review, by=who.helper_head).state == "withdrawn"
    assert heirs.open_duties(make.fresh(who.water)) == 0
    assert list(Rectification.objects.visible_to(who.helper_head)) == [item]
    assert Review.objects.visible_to(who.helper_head).count() == 1
