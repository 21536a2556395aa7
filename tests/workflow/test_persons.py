"""A delegate counts as the principal too: nobody does both halves of one deed by another's hand (F53)."""

import pytest
from django.db import transaction

from tests.factories import organization as make
from workflow import persons
from workflow.models import Event
from workflow.record import record
from workflow.refusal import Forbidden


@pytest.fixture
def loan(db):
    """Return a delegate who acts for a leader, and the loan."""
    lent = make.delegation()
    return lent.delegate.act_in(lent.principal_post, lent), lent


def test_who_acts_in_person_is_one_person(db):
    one = make.person()

    assert persons.identities(one) == {one.pk}


def test_who_acts_for_another_is_both(loan):
    delegate, lent = loan

    assert persons.identities(delegate) == {delegate.pk, lent.principal_post.user_id}


def test_the_record_names_both_the_hand_and_the_principal(loan):
    delegate, lent = loan
    unit = make.department()

    with transaction.atomic():
        event = record("probe.deed", unit, delegate)

    event = Event.objects.get(pk=event.pk)
    principal = lent.principal_post.user
    assert (event.actor, event.actor_name) == (delegate, delegate.name)
    assert (event.behalf_id, event.behalf_name) == (principal.pk, principal.name)
    assert event.unit_id == lent.principal_post.department_id


def test_the_hands_in_a_deed_are_the_actors_and_their_principals(loan):
    delegate, lent = loan
    unit, one, other = make.department(), make.person(), make.person()
    with transaction.atomic():
        record("probe.claim", unit, one, detail={"closure": 1})
        record("probe.sign", unit, delegate, detail={"closure": 1})
        record("probe.sign", unit, other, detail={"closure": 2})
        record("probe.other", unit, other, detail={"closure": 1})
        record("probe.claim", unit, None, detail={"closure": 1})

    assert persons.hands(unit, "probe.claim", "probe.sign", closure=1) == {
        one.pk, delegate.pk, lent.principal_post.user_id,
    }  # fmt: skip


def test_the_same_person_is_refused_by_either_name(loan):
    delegate, lent = loan
    principal = lent.principal_post.user
    stranger = make.person()

    for others in ({delegate.pk}, {principal.pk}, {None, principal.pk}):
        with pytest.raises(Forbidden) as refused:
            persons.refuse_same(delegate, others, "probe.own", "不能审自己的事。")
        assert refused.value.code == "probe.own"
    persons.refuse_same(delegate, {stranger.pk, None}, "probe.own", "不能审自己的事。")
