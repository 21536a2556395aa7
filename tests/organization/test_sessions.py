"""Who is asking costs one query; sessions die of idleness, of age, of a new password and of leaving (F50)."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.sessions.backends.base import UpdateError
from django.http import HttpResponse, JsonResponse
from django.test import Client as Browser
from django.urls import path
from django.utils import timezone
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response
from rest_framework.views import APIView

from organization.authentication import ClientAuthentication, SessionAuthentication
from organization.jobs import sweep_sessions
from organization.models import Session, User
from organization.operations import identities, people
from organization.sessions import SessionStore
from tests.factories import organization as make
from workflow.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]
BACKEND = "django.contrib.auth.backends.ModelBackend"


def whoami(request):
    user = request.user
    if not user.is_authenticated:
        return JsonResponse({"user": None})
    return JsonResponse(
        {"user": user.pk, "role": user.role, "unit": str(user.department), "behalf": user.behalf and user.behalf.pk}
    )


def quiet(request):
    return HttpResponse("ok")


def enter(request, pk):
    login(request, User.objects.get(pk=pk), backend=BACKEND)
    return HttpResponse("in")


def leave(request):
    logout(request)
    return HttpResponse("out")


def note(request):
    request.session["note"] = "x"
    return HttpResponse("noted")


class Api(APIView):
    noun = "me"
    authentication_classes = [SessionAuthentication, ClientAuthentication]
    permission_classes = [IsAuthenticated]

    def get(self, request):
        return Response({"user": request.user.pk, "role": request.user.role})

    post = get


urlpatterns = [
    path("whoami/", whoami),
    path("quiet/", quiet),
    path("enter/<int:pk>/", enter),
    path("leave/", leave),
    path("note/", note),
    path("api/me/", Api.as_view()),
    path("password/", quiet, name="password_change"),
    path("logout/", quiet, name="logout"),
]


@pytest.fixture
def browser(client, handler):
    client.force_login(handler, backend=BACKEND)
    return client


def asked(browser):
    return browser.get("/whoami/").json()["user"]


# ------------------------------------------------------------------------------------------------ one query


def test_a_page_knows_person_post_and_unit_for_one_query(browser, handler, django_assert_num_queries):
    with django_assert_num_queries(1):
        answer = browser.get("/whoami/").json()

    assert answer == {"user": handler.pk, "role": "handler", "unit": str(handler.department), "behalf": None}


def test_rest_knows_the_person_for_one_query(browser, handler, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert browser.get("/api/me/").json() == {"user": handler.pk, "role": "handler"}


def test_a_delegate_costs_one_query_too(client, handler, django_assert_num_queries):
    leader = make.person("leader")
    make.delegation(leader.post, handler)
    client.force_login(handler, backend=BACKEND)
    identities.take_up(leader.post, by=handler, session=client.session)

    with django_assert_num_queries(1):
        answer = client.get("/whoami/").json()

    assert answer == {"user": handler.pk, "role": "leader", "unit": str(leader.department), "behalf": leader.pk}


def test_a_visitor_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get("/whoami/").json() == {"user": None}


def test_a_person_with_one_post_is_not_asked_about_for_the_menu(browser, django_assert_num_queries, rf):
    request = browser.get("/whoami/").wsgi_request

    with django_assert_num_queries(0):
        assert len(request.user.standing_posts()) == 1


def test_a_person_with_two_posts_gets_both_to_choose_from(browser, handler, django_assert_num_queries):
    second = make.post(handler, role="unit_head")
    lent = make.delegation(delegate=handler).principal_post
    request = browser.get("/whoami/").wsgi_request

    with django_assert_num_queries(1):
        posts = request.user.standing_posts()

    assert set(posts) == {handler.posts.get(role="handler"), second, lent}


# ------------------------------------------------------------------------------------------------ in and out


def test_signing_in_and_out_through_djangos_own_doors(client, handler):
    client.get(f"/enter/{handler.pk}/")
    row = Session.objects.get()
    assert (row.user, row.post) == (handler, handler.post)
    assert asked(client) == handler.pk

    client.get("/leave/")

    assert not Session.objects.exists()
    assert asked(client) is None


def test_signing_in_changes_the_sessions_key(client, handler):
    client.get("/note/")
    before = client.cookies[settings.SESSION_COOKIE_NAME].value

    client.get(f"/enter/{handler.pk}/")

    assert client.cookies[settings.SESSION_COOKIE_NAME].value != before
    assert not Session.objects.filter(pk=before).exists()


def test_another_person_in_the_same_browser_gets_a_session_of_the_own(client, handler):
    client.get(f"/enter/{handler.pk}/")
    client.get("/note/")
    other = make.person()

    client.get(f"/enter/{other.pk}/")

    row = Session.objects.get()
    assert (row.user, row.post) == (other, other.post)
    assert "note" not in row.get_decoded()


def test_a_forged_key_is_nobody(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32

    assert asked(client) is None


def test_a_person_without_post_is_known_but_has_no_role(client):
    person = make.user()
    client.force_login(person, backend=BACKEND)

    assert client.get("/whoami/").json() == {"user": person.pk, "role": "", "unit": "None", "behalf": None}


# ------------------------------------------------------------------------------------------------ the limits


@pytest.mark.parametrize(("seconds", "alive"), [(29 * 60, True), (30 * 60 - 1, True), (30 * 60, False)])
def test_an_idle_session_ends_after_half_an_hour(client, handler, seconds, alive):
    with time_machine.travel("2026-11-23 09:00+08:00", tick=False) as clock:
        client.force_login(handler, backend=BACKEND)
        clock.shift(seconds)
        assert (asked(client) == handler.pk) is alive


def test_a_busy_session_ends_after_twelve_hours(client, handler):
    with time_machine.travel("2026-11-23 08:00+08:00", tick=False) as clock:
        client.force_login(handler, backend=BACKEND)
        for _quarter in range(47):
            clock.shift(15 * 60)
            assert asked(client) == handler.pk
        clock.shift(15 * 60)
        assert asked(client) is None


def test_changing_the_sessions_data_does_not_prolong_its_life(client, handler):
    with time_machine.travel("2026-11-23 08:00+08:00", tick=False) as clock:
        client.force_login(handler, backend=BACKEND)
        for _quarter in range(47):
            clock.shift(15 * 60)
            client.get("/note/")
        clock.shift(15 * 60)
        assert asked(client) is None


def test_being_seen_is_written_once_a_minute_at_most(client, handler, django_assert_num_queries):
    with time_machine.travel("2026-11-23 09:00+08:00", tick=False) as clock:
        client.force_login(handler, backend=BACKEND)
        clock.shift(59)
        with django_assert_num_queries(1):
            client.get("/whoami/")
        clock.shift(1)
        with django_assert_num_queries(2):
            client.get("/whoami/")
        with django_assert_num_queries(1):
            client.get("/whoami/")


def test_the_limits_come_from_the_settings(client, handler, settings):
    settings.SESSION_IDLE_SECONDS, settings.SESSION_ABSOLUTE_SECONDS = 60, 90
    with time_machine.travel("2026-11-23 09:00+08:00", tick=False) as clock:
        client.force_login(handler, backend=BACKEND)
        clock.shift(59)
        assert asked(client) == handler.pk
        clock.shift(31)
        assert asked(client) is None


def test_dead_sessions_are_swept(client, handler):
    with time_machine.travel("2026-11-23 09:00+08:00", tick=False):
        client.force_login(handler, backend=BACKEND)
    with time_machine.travel("2026-11-24 09:00+08:00", tick=False):
        SessionStore.clear_expired()

    assert not Session.objects.exists()


# ------------------------------------------------------------------------------------------------ what kills it


def test_a_new_password_ends_the_other_sessions(browser, handler):
    people.change_password(handler, by=handler, password="Xiangmu#2026")

    assert asked(browser) is None


def test_a_password_changed_behind_the_sessions_back_ends_it_too(browser, handler):
    handler.set_password("Xiangmu#2026")
    handler.save()

    assert asked(browser) is None
    assert not Session.objects.exists()


def test_a_leaver_is_nobody_from_the_next_request_on(browser, admin, handler):
    assert asked(browser) == handler.pk

    people.deactivate(handler, by=admin)

    assert asked(browser) is None
    assert browser.get("/api/me/").status_code in {401, 403}


def test_an_account_taken_out_of_use_is_nobody_though_the_session_stands(browser, handler):
    User.objects.filter(pk=handler.pk).update(is_active=False)

    assert asked(browser) is None


def test_an_unknown_backend_is_nobody(browser, handler):
    session = browser.session
    session["_auth_user_backend"] = "somebody.elses.Backend"
    session.save()

    assert asked(browser) is None


def test_a_session_ended_meanwhile_is_not_brought_back_by_saving(browser):
    session = browser.session
    session["note"] = "x"
    Session.objects.all().delete()

    with pytest.raises(UpdateError):
        session.save()


# ------------------------------------------------------------------------------------------------ identity


def test_the_chosen_post_is_kept_from_page_to_page(browser, handler):
    second = make.post(handler, role="unit_head")

    identities.take_up(second, by=handler, session=browser.session)

    assert browser.get("/whoami/").json()["role"] == "unit_head"
    assert Event.objects.get(kind="user.take_up").detail == {"post": second.pk, "delegation": None}


def test_back_from_a_loan_to_the_own_post(browser, handler):
    leader = make.person("leader")
    make.delegation(leader.post, handler)
    identities.take_up(leader.post, by=handler, session=browser.session)

    identities.take_up(handler.posts.get(), by=handler, session=browser.session)

    assert browser.get("/whoami/").json()["behalf"] is None


def test_a_loan_ends_inside_the_session_to_the_second(client, handler):
    leader = make.person("leader")
    with time_machine.travel("2026-11-23 09:00+08:00", tick=False) as clock:
        make.delegation(leader.post, handler, timezone.now(), timezone.now() + timedelta(minutes=20))
        client.force_login(handler, backend=BACKEND)
        identities.take_up(leader.post, by=handler, session=client.session)
        clock.shift(20 * 60 - 1)
        assert client.get("/whoami/").json()["role"] == "leader"
        clock.shift(1)
        assert client.get("/whoami/").json()["role"] == "handler"


# ------------------------------------------------------------------------------------------------ one-time password


def test_a_one_time_password_is_changed_before_anything_else(browser, handler):
    User.objects.filter(pk=handler.pk).update(must_change_password=True)

    page = browser.get("/whoami/")
    rest = browser.get("/api/me/")

    assert (page.status_code, page["Location"]) == (302, "/password/")
    assert (rest.status_code, rest.json()["code"]) == (403, "password.must_change")
    assert browser.get("/password/").status_code == browser.get("/logout/").status_code == 200


# ------------------------------------------------------------------------------------------------ CSRF


def test_rest_changes_by_session_need_the_csrf_token(handler):
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(handler, backend=BACKEND)

    assert browser.get("/api/me/").status_code == 200
    assert browser.post("/api/me/").status_code == 403


def test_the_sweep_deletes_dead_sessions_and_keeps_the_living(client, handler):
    with time_machine.travel("2026-11-23 09:00+08:00", tick=False) as clock:
        client.force_login(handler, backend=BACKEND)
        clock.shift(31 * 60)
        Browser().force_login(handler, backend=BACKEND)

        assert [sweep_sessions(), sweep_sessions()] == [1, 0]
        assert Session.objects.count() == 1
