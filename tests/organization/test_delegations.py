"""A delegate acts inside the interval, and nowhere else; both names are on record (F53)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from organization.models import Delegation, Session
from organization.operations import delegations, identities, people
from tests.factories import organization as make
from tests.organization.refusing import refused
from workflow.models import Event
from workflow.refusal import Forbidden

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


@pytest.fixture
def leader():
    return make.person("leader", name="副市长甲", title="副市长")


def grant(post, by, delegate, **changes):
    terms = {"starts_at": timezone.now(), "ends_at": timezone.now() + timedelta(days=1), "reason": "出国访问"}
    return delegations.grant(post, by=by, delegate=delegate, **terms | changes)


def test_a_leader_lends_the_own_post(leader, handler):
    made = grant(leader.post, leader, handler)

    assert made.state == "effective"
    assert (made.principal_post, made.delegate, made.granted_by) == (leader.post, handler, leader)
    assert Event.objects.get(kind="delegation.grant").detail["delegate"] == handler.name


def test_the_security_administrator_may_arrange_it(guard, leader, handler):
    assert grant(leader.post, guard, handler).granted_by == guard


def test_nobody_else_lends_a_leaders_post(leader, handler, admin):
    for other in (handler, admin):
        with refused("post.delegate.forbidden", leader.post, kind=Forbidden):
            grant(leader.post, other, handler)


def test_a_delegate_does_not_lend_on(leader, handler):
    loan = grant(leader.post, leader, handler)
    handler.act_in(leader.post, loan)

    with refused("post.delegate.forbidden", loan, kind=Forbidden):
        grant(leader.post, handler, make.person())


def test_the_delegate_acts_as_both_and_both_names_are_recorded(leader, handler):
    loan = grant(leader.post, leader, handler)

    handler.act_in(leader.post, loan)

    assert (handler.role, handler.department, handler.behalf) == ("leader", leader.department, leader)
    people.sign_in(handler)
    event = Event.objects.get(kind="user.sign_in")
    assert (event.actor, event.actor_name, event.behalf_name) == (handler, "经办人甲", "副市长甲")


@pytest.mark.parametrize(
    ("seconds", "acts"),
    [(-1, False), (0, True), (1, True), (3599, True), (3600, False), (3601, False)],
)
def test_the_interval_holds_to_the_second(leader, handler, seconds, acts):
    loan = make.delegation(leader.post, handler, NOON, NOON + timedelta(hours=1))

    with time_machine.travel(NOON + timedelta(seconds=seconds), tick=False):
        handler.act_in(leader.post, loan)
        assert (handler.behalf == leader) is acts
        assert (handler.role == "leader") is acts
        assert (leader.post in handler.standing_posts()) is acts


def test_the_interval_is_asked_at_the_act_not_at_the_login(leader, handler):
    loan = make.delegation(leader.post, handler, NOON, NOON + timedelta(hours=1))

    with time_machine.travel(NOON, tick=False) as clock:
        handler.act_in(leader.post, loan)
        assert handler.role == "leader"
        clock.shift(timedelta(hours=1))
        assert handler.role == "handler"
        assert handler.behalf is None


def test_a_loan_is_used_by_its_taker_only(leader, handler):
    loan = grant(leader.post, leader, handler)
    stranger = make.person()

    assert stranger.act_in(leader.post, loan).role == "handler"
    with refused("identity.not_open", loan, kind=Forbidden):
        identities.take_up(leader.post, by=stranger)


def test_a_loan_of_an_ended_post_is_worth_nothing(leader, handler):
    loan = grant(leader.post, leader, handler)
    leader.posts.update(ended_on=timezone.localdate())

    post = leader.posts.get()
    assert handler.act_in(post, Delegation.objects.get(pk=loan.pk)).role == "handler"
    with refused("identity.not_open", loan, kind=Forbidden):
        identities.take_up(post, by=handler)


def test_a_lapsed_loan_cannot_be_taken_up(leader, handler):
    loan = make.delegation(leader.post, handler, NOON, NOON + timedelta(hours=1))

    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        with refused("identity.not_open", loan, kind=Forbidden):
            identities.take_up(leader.post, by=handler)


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [(1, 1, "delegation.interval"), (2, 1, "delegation.interval"), (-3, -1, "delegation.over")],
)
def test_an_empty_or_past_interval_is_refused(leader, handler, starts, ends, code):
    now = timezone.now()

    with refused(code, leader.post):
        grant(
            leader.post, leader, handler, starts_at=now + timedelta(hours=starts), ends_at=now + timedelta(hours=ends)
        )


def test_administrators_neither_lend_nor_borrow(guard, admin, leader):
    other = make.person()

    with refused("delegation.admin_post", admin.post):
        grant(admin.post, guard, other)
    with refused("delegation.roles_apart", leader.post):
        grant(leader.post, leader, admin)


def test_nobody_borrows_from_oneself_and_no_leaver_or_system_borrows(leader):
    with refused("delegation.self", leader.post):
        grant(leader.post, leader, leader)
    for other in (make.user(is_active=False), make.client().user):
        with refused("delegation.delegate", leader.post):
            grant(leader.post, leader, other)


def test_the_same_loan_is_not_given_twice_at_once(leader, handler):
    loan = grant(leader.post, leader, handler)

    with refused("delegation.overlap", loan):
        grant(leader.post, leader, handler)


def test_either_party_or_the_security_administrator_takes_it_back(guard, leader, handler):
    for who in (leader, handler, guard):
        loan = grant(leader.post, leader, handler)

        revoked = delegations.revoke(loan, by=who)

        assert (revoked.state, revoked.revoked_by) == ("revoked", who)
        assert handler.act_in(leader.post, revoked).role == "handler"


def test_nobody_else_takes_it_back(admin, leader, handler):
    loan = grant(leader.post, leader, handler)

    for who in (admin, make.person()):
        with refused("delegation.revoke.forbidden", loan, kind=Forbidden):
            delegations.revoke(loan, by=who)


def test_a_session_falls_back_when_the_loan_is_taken_back(leader, handler, client):
    loan = grant(leader.post, leader, handler)
    client.force_login(handler, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    identities.take_up(leader.post, by=handler, session=session)
    assert Session.objects.get().delegation == loan

    delegations.revoke(loan, by=leader)

    assert Session.objects.get().delegation is None


def test_parties_see_their_loans_and_strangers_do_not(guard, leader, handler):
    loan = grant(leader.post, leader, handler)

    assert [loan in Delegation.objects.visible_to(who) for who in (leader, handler, guard, make.person())] == [
        True,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("delegation_ends_after_start", {"ends_at": NOON, "starts_at": NOON}),
        ("delegation_revoked_at_and_by_together", {"revoked_at": NOON}),
    ],
)
def test_the_database_refuses_what_the_constraint_names(leader, handler, constraint, fields):
    loan = make.delegation(leader.post, handler)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Delegation.objects.filter(pk=loan.pk).update(**fields)
