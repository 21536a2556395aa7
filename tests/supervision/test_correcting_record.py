"""整改 in the record: rewritten rows are found, a covert visit's chains are sealed, an heir answers (R45, F49, F57)."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from organization.operations import departments
from supervision.models import Claim, Conclusion, Correction, Finding, Rectification, Review
from supervision.operations import findings, heirs, rectifications, reviews
from tests.factories import supervision_correcting as correcting
from tests.factories import tasks as make
from tests.workflow.chains import set_, unguarded
from workflow import audit, sight
from workflow.models import Event


def wrong(stream=None):
    return [(finding.kind, finding.words) for finding in audit.verify(stream)]


def test_a_clean_house_is_found_clean(who):
    correcting.verified(who, result="false")
    correcting.decided(who, decision="changed")

    assert wrong() == []


def test_a_claim_its_check_a_correction_a_conclusion_and_a_state_that_were_rewritten_are_found(who):
    item = correcting.verified(who, result="false")
    checked = correcting.verified(who)
    conclusion = correcting.received(who)
    with unguarded() as cursor:
        set_(cursor, "supervision_claim", item.claims.get().pk, done="从未申报")
        set_(cursor, "supervision_claim", checked.claims.get().pk, opinion="未到现场")
        set_(cursor, "supervision_correction", item.corrections.get().pk, requirement="不必改正")
    snapshot = [row | {"fact": "没有问题"} for row in conclusion.snapshot]
    Conclusion.objects.filter(pk=conclusion.pk).update(snapshot=snapshot)
    Finding.objects.filter(pk=item.finding_id).update(state="accepted")

    assert sorted(words for _kind, words in wrong()) == sorted([
        f"claim {item.claims.get().pk} was edited",
        f"claim {checked.claims.get().pk} was edited",
        f"correction {item.corrections.get().pk} was edited",
        f"conclusion {conclusion.pk} was edited",
        f"finding {item.finding_id} is accepted, its record says rectifying",
    ])  # fmt: skip


@pytest.mark.parametrize("column", ["done", "claimed_at", "due_on", "result", "opinion", "verified_by", "verified_at"])
def test_r45_what_was_claimed_and_what_was_found_of_it_is_written_once(who, column):
    claim = correcting.verified(who).claims.get()
    values = {"claimed_at": timezone.now(), "verified_at": timezone.now(), "verified_by": who.chief,
              "due_on": date(2030, 1, 1), "result": "not"}  # fmt: skip

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(**{column: values.get(column, "另一说法")})

    assert wrong() == []


def test_r45_a_claim_that_waits_is_checked_once_and_nothing_else_of_it_is_written(who):
    item = correcting.claimed(who)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Claim.objects.filter(rectification=item).update(done="从未申报")

    item = rectifications.verify(item, by=who.colleague, result="done", opinion="现场核查属实")

    assert item.claims.get().opinion == "现场核查属实"


@pytest.mark.parametrize("model", [Claim, Correction])
def test_r45_a_claim_and_a_correction_are_neither_changed_nor_taken_away(who, model):
    correcting.verified(who, result="false")
    rows = model.objects.all()
    columns = {"done": "改"} if model is Claim else {"fact": "改"}
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows.update(**columns)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        rows._raw_delete(rows.db)

    assert rows.count() == 1
    assert wrong() == []


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
