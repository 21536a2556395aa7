"""Accounts are made by one administrator, come into use by another, and close at once (F50, F55)."""

import pytest
from django.contrib.auth.backends import ModelBackend
from django.db import IntegrityError, transaction

from organization.models import Session, User
from organization.operations import clients, people, posts
from tests.factories import organization as make
from tests.organization.refusing import refused
from workflow.models import Event
from workflow.refusal import Forbidden

pytestmark = pytest.mark.django_db


def test_a_new_account_is_not_in_use_and_its_password_is_for_once(admin):
    made = people.create(by=admin, username="zhangsan", name="张三", employee_no="0001")

    assert (made.state, made.is_active, made.must_change_password) == ("inactive", False, True)
    assert made.check_password(made.one_time_password)
    assert ModelBackend().authenticate(None, "zhangsan", made.one_time_password) is None
    assert Event.objects.get(kind="user.create").detail == {"username": "zhangsan", "name": "张三"}


def test_a_one_time_password_meets_the_houses_own_rules(admin):
    person = make.user()
    for _try in range(50):
        people.refuse_weak(people.one_time_password(), person)


@pytest.mark.parametrize("role", ["security_admin", "auditor", "supervisor", "leader"])
def test_nobody_else_creates_accounts(role):
    person = make.person(role)

    with refused("user.create.forbidden", person, kind=Forbidden):
        people.create(by=person, username="zhangsan", name="张三")


def test_user_names_and_staff_numbers_are_given_once(admin):
    people.create(by=admin, username="zhangsan", name="张三", employee_no="0001")

    with refused("user.username_taken", admin):
        people.create(by=admin, username="zhangsan", name="张三丰")
    with refused("user.employee_no_taken", admin):
        people.create(by=admin, username="lisi", name="李四", employee_no="0001")


def test_two_people_may_lack_a_staff_number(admin):
    people.create(by=admin, username="zhangsan", name="张三")
    people.create(by=admin, username="lisi", name="李四")

    assert User.objects.filter(employee_no=None, username__in=["zhangsan", "lisi"]).count() == 2


def test_an_account_comes_into_use_by_its_first_post(admin, guard):
    made = people.create(by=admin, username="zhangsan", name="张三")

    posts.appoint(made, by=guard, department=make.department(), role="handler")

    made.refresh_from_db()
    assert made.is_active
    kinds = Event.objects.filter(subject_type="user", subject_id=made.pk).values_list("kind", "old_state", "new_state")
    assert list(kinds) == [("user.create", "", "inactive"), ("user.activate", "inactive", "active")]


def test_a_corrected_name_leaves_history_as_it_was(admin, handler):
    people.sign_in(handler)

    people.rename(handler, by=admin, name="经办人乙")

    assert User.objects.get(pk=handler.pk).name == "经办人乙"
    assert Event.objects.get(kind="user.sign_in").actor_name == "经办人甲"


def test_a_reset_password_ends_all_sessions(admin, handler, client):
    client.force_login(handler, backend="django.contrib.auth.backends.ModelBackend")

    reset = people.reset_password(handler, by=admin)

    assert reset.must_change_password
    assert reset.check_password(reset.one_time_password)
    assert not Session.objects.filter(user=handler).exists()


@pytest.mark.parametrize("role", ["security_admin", "auditor"])
def test_the_system_administrator_does_not_take_over_another_administrator(admin, role):
    other = make.person(role)

    with refused("user.reset_password.admin", other, kind=Forbidden):
        people.reset_password(other, by=admin)

    assert people.reset_password(other, by=None).one_time_password


def test_people_set_their_own_password_only(admin, handler):
    with refused("user.change_password.forbidden", handler, kind=Forbidden):
        people.change_password(handler, by=admin, password="Xiangmu#2026")

    changed = people.change_password(handler, by=handler, password="Xiangmu#2026")

    assert changed.check_password("Xiangmu#2026")
    assert not changed.must_change_password


@pytest.mark.parametrize("weak", ["Aa1!", "password123", "1234567890", "abcdefghij1", "经办人甲经办人甲经办"])
def test_a_weak_password_is_refused_with_what_it_lacks(handler, weak):
    with refused("user.password", handler) as caught:
        people.change_password(handler, by=handler, password=weak)

    assert caught.value.details["password"]


def test_the_old_password_is_no_new_one(handler):
    people.change_password(handler, by=handler, password="Xiangmu#2026")
    handler.refresh_from_db()

    with refused("user.password", handler):
        people.change_password(handler, by=handler, password="Xiangmu#2026")


# ------------------------------------------------------------------------------------------------ leaving


def test_a_leaver_loses_sessions_posts_and_loans_at_once(admin, handler, client):
    client.force_login(handler, backend="django.contrib.auth.backends.ModelBackend")
    given = make.delegation(handler.posts.get())
    taken = make.delegation(delegate=handler)

    left = people.deactivate(handler, by=admin, reason="调离")

    given.refresh_from_db()
    taken.refresh_from_db()
    assert (left.state, left.is_active) == ("left", False)
    assert not Session.objects.filter(user=handler).exists()
    assert not handler.posts.standing().exists()
    assert taken.state == "revoked"
    assert make.user().act_in(given.principal_post, given).post is None
    assert Event.objects.get(kind="user.deactivate").detail == {"reason": "调离"}


def test_a_deactivated_systems_keys_are_dead(admin, guard):
    key = clients.register(by=guard, name="省平台", department=make.department(), role="handler", scopes=["tasks:read"])

    people.deactivate(key.user, by=admin)

    key.refresh_from_db()
    assert key.state == "revoked"


def test_nobody_closes_the_own_account(admin):
    make.person("system_admin")

    with refused("user.own", admin):
        people.deactivate(admin, by=admin)


def test_the_last_administrator_of_a_kind_stays(admin, guard):
    with refused("user.last_admin", guard):
        people.deactivate(guard, by=admin)

    make.person("security_admin")
    assert people.deactivate(guard, by=admin).state == "left"


def test_a_leaver_is_not_renamed_nor_appointed(admin, guard, handler):
    people.deactivate(handler, by=admin)

    with refused("user.rename.wrong_state", handler):
        people.rename(handler, by=admin, name="新名")
    with refused("user.appoint.wrong_state", handler):
        posts.appoint(handler, by=guard, department=make.department(), role="handler")


def test_who_comes_back_waits_for_a_post_again(admin, guard, handler):
    people.deactivate(handler, by=admin)

    back = people.restore(handler, by=admin)

    assert (back.state, back.must_change_password) == ("inactive", True)
    posts.appoint(back, by=guard, department=make.department(), role="handler")
    assert User.objects.get(pk=handler.pk).is_active


def test_an_account_with_a_past_is_not_deleted(handler):
    people.sign_in(handler)

    with pytest.raises(Exception, match="protected"):
        handler.delete()


def test_the_database_keeps_leavers_out_of_use(handler):
    with pytest.raises(IntegrityError, match="user_left_is_not_active"), transaction.atomic():
        User.objects.filter(pk=handler.pk).update(deactivated_at=handler.created_at)


# ------------------------------------------------------------------------------------------------ the directory


def test_the_directory_shows_people_in_service_and_no_leaver_system_or_newcomer(admin, guard, handler):
    newcomer = people.create(by=admin, username="new", name="新人")
    leaver = make.person()
    people.deactivate(leaver, by=admin)
    system = make.client().user

    seen = set(User.objects.visible_to(handler))

    assert {admin, guard, handler} <= seen
    assert not {newcomer, leaver, system} & seen
    assert {newcomer, leaver, system, handler} <= set(User.objects.visible_to(admin))


def test_another_system_sees_the_people_of_its_subtree_only(handler):
    client = make.client(handler.department)
    make.person()

    assert list(User.objects.visible_to(client.user)) == [handler]


def test_nobody_stores_a_phone_number():
    assert not [field.name for field in User._meta.get_fields() if "phone" in field.name or "mobile" in field.name]


def test_people_who_serve_in_a_role_are_found(handler):
    head = make.person("unit_head", handler.department)
    make.person("unit_head")

    assert list(User.objects.serving("unit_head", department=handler.department)) == [head]
