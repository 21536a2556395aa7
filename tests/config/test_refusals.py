"""One refusal, two doors, one answer."""

import json

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.urls import path
from django.utils.translation import override
from rest_framework import exceptions, serializers
from rest_framework.decorators import api_view, authentication_classes, permission_classes

from config import refusals, urls
from workflow.refusal import Conflict, Forbidden, Malformed, NotVisible, RuleBroken, Stale, WrongState

REFUSALS = [
    (Malformed("sheet.unreadable", "表格无法读取。"), 400),
    (Forbidden("task.close", "只有督查室可以销号。"), 403),
    (WrongState("task.close", "任务尚未办结。"), 409),
    (Conflict("task.double", "同一事项已立项。"), 409),
    (Stale("version.stale", "内容已被他人修改。"), 412),
    (RuleBroken("extension.pending", "已有延期申请。", details={"extension": 3}), 422),
]
FRAMEWORK = [
    (exceptions.ParseError(), 400, "input.malformed"),
    (exceptions.NotAuthenticated(), 401, "auth.required"),
    (exceptions.AuthenticationFailed("密钥已过期。"), 401, "auth.required"),
    (exceptions.PermissionDenied(), 403, "auth.forbidden"),
    (exceptions.PermissionDenied("CSRF Failed: CSRF token missing."), 403, "csrf.failed"),
    (PermissionDenied(), 403, "auth.forbidden"),
    (Http404(), 404, "not_found"),
    (exceptions.MethodNotAllowed("PUT"), 405, "method.not_allowed"),
    (exceptions.NotAcceptable(), 406, "media.not_acceptable"),
    (exceptions.UnsupportedMediaType("text/x"), 415, "media.unsupported"),
    (exceptions.Throttled(3), 429, "throttled"),
    (OperationalError("database is locked"), 503, "busy"),
]
error = None


def page(request):
    if error:
        raise error
    return HttpResponse("fine")


@api_view(["GET", "POST"])
@authentication_classes([])
@permission_classes([])
def noun(request):
    raise error


class Doors:
    urlpatterns = [*urls.urlpatterns, path("door/", page), path("api/v1/door/", noun)]
    handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def raising(settings, client, db):
    """Return a function that lets both doors raise an error and answers what each one says."""
    settings.ROOT_URLCONF = Doors
    client.raise_request_exception = False

    def through(what, **headers):
        global error
        error = what
        return client.get("/door/", headers=headers), client.get("/api/v1/door/")

    yield through
    globals()["error"] = None


@pytest.mark.parametrize(("refusal", "status"), REFUSALS, ids=lambda value: type(value).__name__)
def test_a_refusal_has_one_status_and_one_sentence_at_both_doors(raising, refusal, status):
    html, api = raising(refusal)

    assert (html.status_code, api.status_code) == (status, status)
    assert refusal.message in html.content.decode()
    assert api.json() == {
        "code": refusal.code,
        "message": refusal.message,
        "details": refusal.details,
        "request_id": api.json()["request_id"],
    }
    assert api.json()["request_id"]


def test_what_is_hidden_reads_like_what_is_absent(raising):
    hidden = raising(NotVisible("task.hidden", "这件绝不能提到的事"))
    absent = raising(Http404("no such row"))

    for one, other in zip(hidden, absent, strict=True):
        assert one.status_code == other.status_code == 404
        assert "绝不能提到" not in one.content.decode()
    assert hidden[1].json() | {"request_id": ""} == absent[1].json() | {"request_id": ""}


@pytest.mark.parametrize(
    ("what", "status", "code"), FRAMEWORK, ids=lambda value: getattr(value, "__class__", value).__name__
)
def test_the_frameworks_errors_have_the_same_shape(raising, what, status, code):
    _html, api = raising(what)

    assert (api.status_code, api.json()["code"]) == (status, code)
    assert set(api.json()) == {"code", "message", "details", "request_id"}


def test_an_invalid_field_is_named(raising):
    _html, api = raising(serializers.ValidationError({"due_on": ["请输入日期。"], "units": {"0": ["不存在。"]}}))

    assert (api.status_code, api.json()["code"]) == (400, "input.invalid")
    assert api.json()["details"] == {"due_on": ["请输入日期。"], "units": {"0": ["不存在。"]}}


def test_an_error_of_ours_is_500_and_tells_nothing_of_the_inside(raising):
    for answer in raising(ZeroDivisionError("inner word")):
        assert answer.status_code == 500
        assert "inner word" not in answer.content.decode()
        assert "系统出错" in answer.content.decode()


def test_a_fragment_gets_its_refusal_as_a_fragment(raising):
    html, _api = raising(RuleBroken("extension.pending", "已有延期申请。"), **{"HX-Request": "true"})

    assert html.status_code == 422
    assert "<html" not in html.content.decode()
    assert "已有延期申请。" in html.content.decode()


def test_a_refusal_speaks_the_readers_language(raising):
    with override("en"):
        assert refusals.body("busy", refusals.BUSY)["message"]


def test_an_unknown_address_of_the_rest_door_answers_in_its_shape(client, db):
    answer = client.get("/api/v1/nothing-here/")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_form_with_a_foreign_token_is_refused_with_a_way_out():
    request = RequestFactory().post("/x/")
    request.user = AnonymousUser()

    answer = refusals.csrf_failure(request, reason="missing")

    assert answer.status_code == 403
    assert "刷新" in answer.content.decode()


def test_a_form_with_a_foreign_token_to_the_rest_door_is_json():
    answer = refusals.csrf_failure(RequestFactory().post("/api/v1/x/"), reason="missing")

    assert json.loads(answer.content)["code"] == "csrf.failed"


def test_a_request_id_from_outside_is_not_believed(client, db):
    answer = client.get("/api/v1/nothing-here/", headers={"X-Request-ID": "x" * 4000})

    assert len(answer.json()["request_id"]) == 36
