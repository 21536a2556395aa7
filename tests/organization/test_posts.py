"""Roles are granted by the security administrator alone, and the three administrators stay apart (F55, G17)."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from organization.models import Post, Session
from organization.operations import posts
from organization.states import ADMIN_ROLES, Role
from tests.factories import organization as make
from tests.organization.refusing import refused
from workflow.models import Event
from workflow.refusal import Forbidden

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def test_the_security_administrator_grants_a_post(guard):
    person, unit = make.user(), make.department()

    post = posts.appoint(person, by=guard, department=unit, role="unit_head", title="局长", rank=2)

    assert (post.user, post.department, post.role, post.title, post.rank) == (person, unit, "unit_head", "局长", 2)
    assert post.started_on == TODAY()
    assert person.role == "unit_head"
    event = Event.objects.get(kind="post.appoint")
    assert (event.subject_id, event.actor, event.new_state) == (post.pk, guard, "standing")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SECURITY_ADMIN])
def test_nobody_else_grants_posts(role):
    person, candidate = make.person(role), make.user()

    with refused("user.appoint.forbidden", candidate, kind=Forbidden):
        posts.appoint(candidate, by=person, department=make.department(), role="handler")
    assert not candidate.posts.exists()


def test_nobody_grants_to_oneself(guard):
    with refused("post.own", guard, kind=Forbidden):
        posts.appoint(guard, by=guard, department=guard.department, role="auditor")


@pytest.mark.parametrize(("held", "role"), list(product(Role, Role)))
def test_no_person_holds_two_roles_that_must_stay_apart(guard, held, role):
    """G17: every pair of roles."""
    person = make.person(held)
    apart = held in ADMIN_ROLES or role in ADMIN_ROLES
    unit = make.government()

    if apart:
        with refused("post.roles_apart", person):
            posts.appoint(person, by=guard, department=unit, role=role)
        assert person.posts.count() == 1
    else:
        assert posts.appoint(person, by=guard, department=unit, role=role).stands()


def test_roles_that_must_stay_apart_may_follow_one_another(guard):
    person = make.user()
    make.post(person, role="handler", ended_on=TODAY())

    assert posts.appoint(person, by=guard, department=make.department(), role="auditor").stands()


@pytest.mark.parametrize(("days", "allowed"), [(9, False), (10, True)])
def test_a_future_post_counts_from_its_first_day(guard, days, allowed):
    person = make.user()
    make.post(person, role="handler", ended_on=TODAY() + timedelta(days=10))
    kwargs = {"department": make.department(), "role": "auditor", "started_on": TODAY() + timedelta(days=days)}

    if allowed:
        assert posts.appoint(person, by=guard, **kwargs).state == "coming"
    else:
        with refused("post.roles_apart", person):
            posts.appoint(person, by=guard, **kwargs)


def test_who_acts_for_a_leader_becomes_no_administrator(guard):
    person = make.user()
    make.delegation(delegate=person)

    with refused("post.roles_apart", person):
        posts.appoint(person, by=guard, department=make.department(), role="system_admin")


def test_the_database_refuses_a_second_administrators_post(guard):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.post(guard, role="auditor")


def test_the_check_of_a_deployment_names_whoever_holds_roles_that_must_stay_apart(guard):
    call_command("check", databases=["default"])

    make.post(guard, role="handler")

    with pytest.raises(Exception, match=r"organization\.E001"):
        call_command("check", databases=["default"])
    with pytest.raises(Exception, match=guard.name):
        call_command("check_roles")


def test_the_same_post_is_not_granted_twice(guard, handler):
    with refused("post.held", handler):
        posts.appoint(handler, by=guard, department=handler.department, role="handler")


def test_no_post_ends_before_it_starts(guard, handler):
    with refused("post.days", handler):
        posts.appoint(
            handler,
            by=guard,
            department=make.department(),
            role="handler",
            started_on=date(2026, 2, 1),
            ended_on=date(2026, 1, 1),
        )
    post = make.post(handler, started_on=date(2026, 2, 1))
    with refused("post.days", post):
        posts.end(post, by=guard, ended_on=date(2026, 1, 1))


def test_nobody_is_appointed_to_a_unit_that_has_ended(guard, handler):
    ended = make.department(valid_to=TODAY())

    with refused("post.department_ended", handler):
        posts.appoint(handler, by=guard, department=ended, role="handler")


def test_an_ended_post_gives_no_right_the_same_day(guard, handler, client):
    client.force_login(handler, backend="django.contrib.auth.backends.ModelBackend")
    post = handler.posts.get()
    assert Session.objects.get().post == post

    posts.end(post, by=guard)

    handler.refresh_from_db()
    assert (handler.post, handler.role, handler.department) == (None, "", None)
    assert Session.objects.get().post is None
    with refused("post.end.wrong_state", post):
        posts.end(post, by=guard)


def test_a_post_that_never_began_can_be_taken_back(guard, handler):
    post = make.post(handler, started_on=TODAY() + timedelta(days=5))

    ended = posts.end(post, by=guard)

    assert ended.ended_on == ended.started_on
    assert not ended.stands(ended.started_on)


def test_a_person_with_two_posts_acts_in_the_first_until_another_is_chosen():
    person = make.user()
    second = make.post(person, role="handler", started_on=date(2024, 1, 1))
    first = make.post(person, role="unit_head", started_on=date(2023, 1, 1))

    assert person.post == first
    assert person.act_in(second).role == "handler"
    assert person.standing_posts() == [first, second] or set(person.standing_posts()) == {first, second}


def test_nobody_acts_in_another_persons_post(handler):
    other = make.post(role="leader")

    assert handler.act_in(other).role == "handler"


def test_a_portfolio_is_set_by_the_security_administrator(guard, handler):
    post = make.post(role="leader")
    units = [make.department("甲局"), make.department("乙局")]

    posts.set_portfolio(post, by=guard, portfolio=units)

    assert set(post.portfolio.all()) == set(units)
    assert Event.objects.get(kind="post.set_portfolio").detail == {"before": [], "after": ["乙局", "甲局"]}
    with refused("post.set_portfolio.forbidden", post, kind=Forbidden):
        posts.set_portfolio(post, by=handler, portfolio=[])
    assert post.portfolio.count() == 2


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("post_role_is_known", {"role": "king"}),
        ("post_rank_is_known", {"rank": 9}),
        ("post_ends_after_start", {"ended_on": date(1999, 1, 1)}),
    ],
)
def test_the_database_refuses_what_the_constraint_names(handler, constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Post.objects.filter(user=handler).update(**fields)


def test_the_database_refuses_the_same_post_twice(handler):
    with pytest.raises(IntegrityError), transaction.atomic():
        make.post(handler, handler.department, "handler")
