"""登录, 退出, 修改密码, 切换身份 at the page's door (F56, 等保 三级)."""

import re

import pytest
from django.test import Client as Browser

from organization.models import Session, User
from tests.factories import organization as make
from workflow.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.once]
RIGHT, WRONG = make.PASSWORD, "Nicht-2026!"


@pytest.fixture
def person():
    return make.person("handler", username="wangwu", password=RIGHT, name="王五")


def sign_in(client, username="wangwu", password=RIGHT, **more):
    return client.post("/login/", {"username": username, "password": password, **more})


def test_a_person_signs_in_and_it_is_on_record(client, person):
    answer = sign_in(client)

    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert Session.objects.get().user == person
    assert Event.objects.get(kind="user.sign_in").actor == person


def test_passwords_are_stored_by_argon2(settings, db):
    settings.PASSWORD_HASHERS = settings.PASSWORD_HASHERS[1:]

    assert settings.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert make.user(password=RIGHT).password.startswith("argon2$argon2id$")


def test_the_page_one_came_from_is_returned_to_but_no_foreign_one(client, person):
    assert sign_in(client, next="/password/")["Location"] == "/password/"
    client.post("/logout/")

    assert sign_in(client, next="https://evil.example/")["Location"] == "/"


@pytest.mark.parametrize(("username", "password"), [("wangwu", WRONG), ("nobody", RIGHT)])
def test_what_was_wrong_is_not_told(client, person, username, password):
    answer = sign_in(client, username, password)

    assert answer.status_code == 200
    assert "用户名或密码不正确，或账号未启用。" in answer.content.decode()
    assert not Session.objects.filter(user=person).exists()
    assert not Event.objects.exists()


def test_an_account_out_of_use_reads_like_a_wrong_password(client, person):
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert "用户名或密码不正确，或账号未启用。" in sign_in(client).content.decode()


def test_five_wrong_passwords_lock_the_name_from_that_address_only(client, person):
    for _try in range(4):
        assert sign_in(client, password=WRONG).status_code == 200
    locked = sign_in(client, password=WRONG)
    right = sign_in(client)
    elsewhere = sign_in(Browser(REMOTE_ADDR="192.0.2.7"))

    for answer in (locked, right):
        assert answer.status_code == 429
        assert "请 15 分钟后再试" in answer.content.decode()
    assert elsewhere.status_code == 302


def test_another_name_from_the_same_address_is_not_locked(client, person):
    for _try in range(6):
        sign_in(client, "zhaoliu", WRONG)

    assert sign_in(client).status_code == 302


def test_signing_out_needs_a_post_and_is_on_record(client, person):
    sign_in(client)

    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").status_code == 302

    assert not Session.objects.exists()
    assert Event.objects.get(kind="user.sign_out").actor == person


def test_the_login_page_says_that_no_state_secrets_belong_here(client):
    assert "本系统禁止存储、处理国家秘密" in client.get("/login/").content.decode()


def test_the_trial_tells_its_accounts_and_password_and_nothing_else_does(client, settings):
    make.person("supervisor", username="supervisor", name="督查员甲")
    settings.TRIAL_PASSWORD = "Duban#2026-shiyong"

    settings.EMBEDDED_TRIAL = True
    shown = client.get("/login/").content.decode()
    settings.EMBEDDED_TRIAL, settings.TRIAL_PASSWORD = False, ""
    hidden = client.get("/login/").content.decode()

    assert re.search(r"<code data-trial-password>([^<]*)</code>", shown)[1] == "Duban#2026-shiyong"
    assert "<code>supervisor</code>" in shown
    assert "data-trial-password" not in hidden
    assert "supervisor" not in hidden


# ------------------------------------------------------------------------------------------------ password


def change(client, old=RIGHT, new="Xiangmu#2026", again="Xiangmu#2026"):
    return client.post("/password/", {"old": old, "password": new, "again": again})


def test_a_changed_password_keeps_this_browser_and_ends_the_others(client, person):
    other = Browser()
    sign_in(client)
    sign_in(other)

    assert change(client).status_code == 302

    assert client.get("/password/").status_code == 200
    assert other.get("/password/").status_code == 302
    assert Session.objects.filter(user=person).count() == 1
    person.refresh_from_db()
    assert person.check_password("Xiangmu#2026")


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"old": WRONG}, "现用密码不正确"),
        ({"again": "Xiangmu#2027"}, "两次输入的新密码不一致"),
        ({"new": "abcdefghij1", "again": "abcdefghij1"}, "至少三类"),
        ({"new": RIGHT, "again": RIGHT}, "新密码不能与现用密码相同"),
    ],
)
def test_a_password_that_cannot_be_is_told_beside_the_field(client, person, form, told):
    sign_in(client)

    answer = change(client, **form)

    assert answer.status_code == 200
    assert told in answer.content.decode()
    person.refresh_from_db()
    assert person.check_password(RIGHT)


def test_a_visitor_is_sent_to_the_login(client):
    assert client.get("/password/")["Location"] == "/login/?next=/password/"
    assert client.post("/identity/", {"post": 1})["Location"].startswith("/login/")


def test_a_one_time_password_is_changed_first(client, person):
    User.objects.filter(pk=person.pk).update(must_change_password=True)
    sign_in(client)

    assert client.post("/identity/", {"post": person.post.pk})["Location"] == "/password/"
    assert "您使用的是一次性密码" in client.get("/password/").content.decode()
    assert change(client)["Location"] == "/"
    assert client.post("/identity/", {"post": person.post.pk})["Location"] == "/"


# ------------------------------------------------------------------------------------------------ identity


def test_a_person_acts_in_the_post_chosen(client, person):
    second = make.post(person, role="unit_head")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post("/identity/", {"post": second.pk}).status_code == 302

    assert client.get("/password/").wsgi_request.user.role == "unit_head"


@pytest.mark.parametrize("key", ["", "x", "0", "999999", "１", "-1"])
def test_a_post_that_is_not_open_to_one_is_not_found(client, person, key):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post("/identity/", {"post": key}).status_code == 404


def test_another_persons_post_is_not_found(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    assert client.post("/identity/", {"post": make.post(role="leader").pk}).status_code == 404
    assert not Event.objects.exists()
