"""The OpenAPI document is complete and true, and can be read in a browser under the strict policy."""

import io
import json
import re
from contextlib import closing

import pytest
from django.core.management import call_command

from config.api import router, urlpatterns
from tests.architecture.themes import PLURALS
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def document():
    """Return the document as the command writes it; any warning fails."""
    written = io.StringIO()
    call_command("spectacular", "--validate", "--fail-on-warn", "--format", "openapi-json", stdout=written)
    return json.loads(written.getvalue())


def operations(document):
    return {
        (path, method): described
        for path, methods in document["paths"].items()
        for method, described in methods.items()
        if method in ("get", "post", "put", "patch", "delete")
    }


def test_every_address_of_rest_is_in_the_document(document):
    described = {re.sub(r"{[a-z_]+}", "{}", path) for path in document["paths"]}
    served = {
        "/api/v1/" + re.sub(r"\(\?P<[a-z]+>.*?\)|<str:[a-z]+>", "{}", str(pattern.pattern)).strip("^$")
        for pattern in (*router.urls, *urlpatterns[1:])
    }

    assert served - described == {"/api/v1/schema/", "/api/v1/docs/"}
    assert described <= served
    assert len(served) > 80


def test_every_verb_is_described_with_its_input_headers_and_refusals(document):
    found = operations(document)

    for noun in PLURALS.values():
        for verb in noun.verbs:
            described = found[f"/api/v1/{noun.plural}/{{id}}/{verb.name}/", "post"]
            headers = {p["name"]: p.get("required", False) for p in described["parameters"] if p["in"] == "header"}
            assert described["operationId"] == f"{noun.plural}_{verb.name}"
            assert headers == ({} if verb.makes else {"If-Match": True}) | {"Idempotency-Key": False}
            assert set(described["responses"]) >= {"400", "401", "403", "404", "409", "412", "422"}
            fields = input_of(document, described)
            assert set(fields) == set(verb.form.base_fields), verb.name


def input_of(document, described):
    """Return the fields that an operation takes."""
    content = described.get("requestBody", {"content": {}})["content"]
    if not content:
        return {}
    (schema,) = (kind["schema"] for kind in content.values())
    return document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]["properties"]


def test_an_upload_is_described_as_a_form(document):
    for path in ("/api/v1/evidence/", "/api/v1/tasks/{id}/prove/", "/api/v1/directives/{id}/attach/"):
        assert list(document["paths"][path]["post"]["requestBody"]["content"]) == ["multipart/form-data"]


def test_every_filter_is_described(document):
    named = {p["name"] for p in document["paths"]["/api/v1/tasks/"]["get"]["parameters"]}

    assert named >= {"q", "state", "light", "overdue", "lead", "unit", "due_from", "cursor", "page_size", "ordering"}


@pytest.mark.parametrize(
    "noun", ["tasks", "directives", "reports", "extensions", "blockers", "evidence", "assignments"]
)
def test_what_is_shown_is_what_is_described(who, document, noun):
    from tests.factories import crowds

    crowds.whole(who)
    caller = Caller(who.supervisor)
    row = caller.get(noun).json()["results"][0]
    one = caller.get(noun, row["id"]).json()

    listed = document["paths"][f"/api/v1/{noun}/"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    shown = document["paths"][f"/api/v1/{noun}/{{id}}/"]["get"]["responses"]["200"]["content"]["application/json"][
        "schema"
    ]
    page = schema_of(document, listed)["properties"]["results"]["items"]

    assert set(row) == set(schema_of(document, page)["properties"])
    assert set(one) == set(schema_of(document, shown)["properties"])


def schema_of(document, reference):
    return document["components"]["schemas"][reference["$ref"].rpartition("/")[2]]


def test_the_document_is_served_to_who_has_signed_in(who):
    answer = Caller(who.handler).client.get("/api/v1/schema/", {"format": "json"})

    assert answer.status_code == 200
    assert answer.json()["info"]["title"] == "闭环督查"


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_of_the_document_breaks_no_policy(live_server, browser):
    session = Caller(make.cast().supervisor).client.cookies["session"].value
    told = []
    with closing(browser.new_context()) as context:
        context.add_cookies([{"name": "session", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: told.append(request.url) if live_server.url not in request.url else None)
        page.goto(f"{live_server.url}/api/v1/docs/")
        # Of so many operations the page draws those that are in sight.
        page.wait_for_selector("[id^=operations-] .opblock-summary")

    assert [text for text in told if not text.startswith("data:")] == []
