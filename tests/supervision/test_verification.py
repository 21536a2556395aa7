"""一事一码: an inspected unit checks a notice without a login; whatever is not genuine is 不予认可, all alike (R10)."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from supervision import verification
from supervision.operations import inspections
from supervision.operations.inspections import CODE_LENGTH, UNAMBIGUOUS
from tests.factories import supervision_inspecting as make
from tests.factories import tasks as of_tasks

NOT_RECOGNISED = "不予认可"


@pytest.fixture
def made(who):
    return make.approved(who)


def asked(code, unit=""):
    """Return what the page and REST answer."""
    page = Client().post("/verify/", {"code": code, "unit": unit})
    rest = Client().get(f"/api/v1/verify/{code}/", {"unit": unit})
    return page, rest


def test_a_genuine_code_tells_what_stands_on_the_notice_and_no_more(who, made):
    page, rest = asked(made.code)

    assert rest.json() == {
        "number": made.number, "title": "城市内涝治理专项督查", "organiser": "市政府督查室",
        "starts_on": made.starts_on.isoformat(), "ends_on": made.ends_on.isoformat(), "objects": ["市水务局"],
        "head": "督查组员",
    }  # fmt: skip
    assert "经核验，督查属实" in page.content.decode()
    assert "一事一报" not in page.content.decode()


@pytest.mark.parametrize("unit", ["市水务局", " 市水务局 ", ""])
def test_the_code_is_read_as_it_was_copied(who, made, unit):
    for code in (made.code.lower(), f"{made.code[:6]} {made.code[6:]}", f"{made.code[:6]}-{made.code[6:]}"):
        page, rest = asked(code, unit)
        assert (page.status_code, rest.status_code) == (200, 200), code


def test_expired_withdrawn_finished_unknown_and_mismatched_are_answered_alike(who, made):
    """R10; none of them says which it was, and none says whether the code exists."""
    answers = [asked("ABCDEFGHJKMN"), asked(made.code, "市财政局"), asked("!"), asked(made.code[:-1])]
    withdrawn = make.approved(who, overlap_reason="不同点位")
    inspections.withdraw(withdrawn, by=who.supervisor, reason="不再需要")
    finished = make.finished(who, overlap_reason="不同点位")
    answers += [asked(withdrawn.code), asked(finished.code)]
    with time_machine.travel(of_tasks.timezone.now() + timedelta(days=11)):
        answers.append(asked(made.code))

    pages = {plain(page) for page, _rest in answers}
    told = {(rest.status_code, rest.json()["code"], rest.json()["message"]) for _page, rest in answers}
    assert {page.status_code for page, _rest in answers} == {404}
    assert len(pages) == 1
    assert NOT_RECOGNISED in pages.pop()
    ((status, code, message),) = told
    assert (status, code) == (404, "verify.not_recognised")
    assert message.startswith(NOT_RECOGNISED)


def plain(page):
    """Return a page's text without what was typed and the form's token."""
    return re.sub(r'\s*value="[^"]*"|content="[^"]*"|name="csrfmiddlewaretoken"[^>]*', "", page.content.decode())


def test_a_covert_visit_has_no_code_before_it_is_disclosed(who):
    covert = make.running(who, covert=True)
    assert covert.code is None
    assert asked("None")[1].status_code == 404
    disclosed = inspections.disclose(covert, by=who.supervisor)

    assert asked(disclosed.code)[1].status_code == 200


def test_a_code_is_long_enough_and_nobody_confuses_its_letters(who, made):
    assert len(made.code) == CODE_LENGTH >= 10
    assert set(made.code) <= set(UNAMBIGUOUS)
    assert not set(UNAMBIGUOUS) & set("01OIL")
    assert len(UNAMBIGUOUS) ** CODE_LENGTH > 10**17


def test_guessing_is_stopped_at_both_doors_together(who, made):
    cache.clear()
    for _ in range(verification.TRIES // 2):
        asked("ABCDEFGHJKMN")

    page, rest = asked(made.code)

    assert (page.status_code, rest.status_code) == (429, 429)
    assert rest.json()["code"] == "verify.too_often"
    assert "过于频繁" in page.content.decode()


def test_the_page_opens_without_a_login_and_takes_a_scanned_code(client, db):
    page = client.get("/verify/", {"code": "ABCDEFGHJKMN"})

    assert page.status_code == 200
    assert 'value="ABCDEFGHJKMN"' in page.content.decode()
    assert client.post("/verify/", {}).status_code == 400
