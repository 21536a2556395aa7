"""Another system's key: hashed, expiring, revocable, and no wider than its unit and scopes."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from organization.authentication import ClientAuthentication, SessionAuthentication
from organization.models import Client
from organization.operations import clients, people
from organization.permissions import HasScope
from tests.factories import organization as make
from tests.organization.refusing import refused
from workflow.models import Event
from workflow.refusal import Forbidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make.department("市大数据局")


def register(by, unit, **changes):
    terms = {"name": "省统一待办", "role": "handler", "scopes": ["tasks:read", "reports:write"], "days": 30}
    return clients.register(by=by, department=unit, **terms | changes)


def test_a_key_is_shown_once_and_stored_as_a_hash(guard, unit):
    client = register(guard, unit)

    assert client.key.startswith(client.prefix + ".")
    stored = Client.objects.get()
    assert stored.key is None
    assert client.key.partition(".")[2] not in str(Client.objects.values().get())
    assert (stored.department, stored.user.kind, stored.user.role) == (unit, "client", "handler")
    assert client.key.partition(".")[2] not in str(list(Event.objects.values("detail")))


@pytest.mark.parametrize("role", ["system_admin", "auditor", "supervisor", "handler"])
def test_nobody_but_the_security_administrator_hands_out_keys(role, unit):
    person = make.person(role)

    with refused("client.register.forbidden", unit, person, kind=Forbidden):
        register(person, unit)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"role": "system_admin"}, "client.role"),
        ({"role": "king"}, "client.role"),
        ({"scopes": ["tasks"]}, "client.scopes"),
        ({"scopes": ["*:*"]}, "client.scopes"),
        ({"scopes": []}, "client.scopes"),
        ({"days": 0}, "client.days"),
        ({"days": 5000}, "client.days"),
    ],
)
def test_a_request_for_too_much_is_refused(guard, unit, changes, code):
    with refused(code, unit, guard):
        register(guard, unit, **changes)


def test_an_ended_unit_registers_no_system(guard):
    ended = make.department(valid_to=timezone.localdate())

    with refused("client.department_ended", ended):
        register(guard, ended)


def test_a_rotated_key_replaces_the_old_one_at_once(guard, unit):
    old = register(guard, unit)

    new = clients.rotate(old, by=guard, days=60)

    assert answer(old.key).status_code == 401
    assert answer(new.key).data == {"user": new.user.pk, "post": new.post.pk}
    assert (new.user, new.scopes) == (old.user, ["reports:write", "tasks:read"])


def test_a_revoked_key_stays_revoked(guard, unit):
    client = register(guard, unit)

    revoked = clients.revoke(client, by=guard)

    assert revoked.state == "revoked"
    assert answer(client.key).status_code == 401
    with refused("client.rotate.wrong_state", revoked):
        clients.rotate(revoked, by=guard)


def test_the_security_administrator_alone_sees_the_keys(guard, admin, unit):
    client = register(guard, unit)

    assert list(Client.objects.visible_to(guard)) == [client]
    assert list(Client.objects.visible_to(admin)) == []


# ------------------------------------------------------------------------------------------------ at the door


class Who(APIView):
    """Tells who is asking."""

    noun = "tasks"
    authentication_classes = [SessionAuthentication, ClientAuthentication]
    permission_classes = [IsAuthenticated, HasScope]

    def get(self, request):
        return Response({"user": request.user.pk, "post": request.user.post.pk})

    post = get


def answer(key, method="get", **headers):
    headers = headers or {"HTTP_AUTHORIZATION": f"Api-Key {key}"}
    return Who.as_view()(getattr(APIRequestFactory(), method)("/api/v1/who/", **headers))


def test_a_key_opens_the_door_for_one_query(guard, unit, django_assert_num_queries):
    client = register(guard, unit)

    with django_assert_num_queries(1):
        assert answer(client.key).data == {"user": client.user.pk, "post": client.post.pk}


@pytest.mark.parametrize("wrong", ["", "x", "abc.def", "{prefix}.wrong", "{prefix}.", ".{secret}", "{key}x", "甲.乙"])
def test_a_wrong_key_gets_401(guard, unit, wrong):
    client = register(guard, unit)
    prefix, _dot, secret = client.key.partition(".")

    assert answer(wrong.format(prefix=prefix, secret=secret, key=client.key)).status_code == 401


def test_no_key_gets_401():
    assert answer("", HTTP_ACCEPT="application/json").status_code == 401


def test_an_expired_key_a_left_account_and_an_ended_post_get_401(guard, admin, unit):
    expired, left, ended = (register(guard, unit) for _n in range(3))
    Client.objects.filter(pk=expired.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    people.deactivate(left.user, by=admin)
    ended.user.posts.update(ended_on=timezone.localdate())

    assert [answer(client.key).status_code for client in (expired, left, ended)] == [401, 401, 401]


def test_a_key_does_what_its_scopes_say_and_no_more(guard, unit):
    client = register(guard, unit, scopes=["tasks:read"])

    assert answer(client.key).status_code == 200
    refused_ = answer(client.key, "post")
    assert (refused_.status_code, refused_.data["code"], refused_.data["details"]) == (
        403,
        "client.scope",
        {"scope": "tasks:write"},
    )


def test_a_view_without_noun_is_closed_to_keys(guard, unit, monkeypatch):
    client = register(guard, unit)
    monkeypatch.delattr(Who, "noun")

    assert answer(client.key).status_code == 403


# ------------------------------------------------------------------------------------------------ the command


def test_the_command_prints_a_key_that_works(unit):
    out = StringIO()

    call_command(
        "create_client", "省平台", department="市大数据局", scopes=["tasks:read"], stdout=out, stderr=StringIO()
    )

    assert answer(out.getvalue().strip()).status_code == 200
    client = Client.objects.get()
    assert (client.name, client.department, client.scopes) == ("省平台", unit, ["tasks:read"])
    assert 364 <= (client.expires_at - timezone.now()).days <= 365


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ({"department": "没有的局", "scopes": ["tasks:read"]}, "没有名为"),
        ({"department": "市大数据局", "scopes": ["tasks"]}, "权限范围"),
    ],
)
def test_the_command_says_what_is_wrong(unit, options, told):
    with pytest.raises(CommandError, match=told):
        call_command("create_client", "省平台", **options)


def test_the_command_refuses_a_name_that_means_two_units(unit):
    make.department("省大数据局", short="市大数据局")

    with pytest.raises(CommandError, match="多个单位"):
        call_command("create_client", "省平台", department="市大数据局", scopes=["tasks:read"])
