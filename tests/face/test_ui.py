"""The tags and filters of the pages."""

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django import forms
from django.contrib.auth.models import AnonymousUser

from config import ui
from tests.face import mocks
from tests.face.conftest import Draw

NOON = "2026-11-22T04:00:00+00:00"


@pytest.fixture(autouse=True)
def _addresses(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.face.addresses"


@time_machine.travel(NOON)
def test_a_day_names_its_weekday_and_a_moment_its_minute() -> None:
    assert ui.when(date(2026, 11, 28)) == "2026-11-28（周六）"
    assert ui.when(mocks.moment(11, 28, 18, 0)) == "11-28 18:00"
    assert ui.when(datetime(2025, 12, 31, 16, 5)) == "2025-12-31 16:05"
    assert ui.when(None) == "—"


@time_machine.travel(NOON)
def test_a_step_says_its_day_in_the_least_space() -> None:
    said = [
        ui.brief_when(value)
        for value in (date(2026, 11, 3), date(2025, 11, 3), mocks.moment(11, 3, 9, 0), "进行中", None)
    ]

    assert said == ["11-03", "2025-11-03", "11-03", "进行中", ""]


def test_the_clock_says_how_many_working_days_are_left() -> None:
    said = [ui.workdays_left(days) for days in (5, 1, 0, -4, None)]

    assert said == ["剩余 5 个工作日", "剩余 1 个工作日", "今天到期", "逾期 4 个工作日", "未定时限"]


def test_a_side_bar_shows_what_the_role_may_open_and_exists() -> None:
    shown = {
        role: [entry.url_name for entry, _url in ui.entries_for(role)]
        for role in ("supervisor", "handler", "system_admin", "")
    }

    everyday = ["desk", "directive-list", "task-list", "overdue-board"]
    assert shown == {
        "supervisor": [
            "desk", "directive-list", "breakdown-list", "task-list", "overdue-board", "import-list", "department-list",
        ],
        "handler": [*everyday, "department-list"],
        "system_admin": ["desk", "calendar"],
        "": [],
    }  # fmt: skip


def test_each_page_of_the_side_bar_has_a_letter_of_its_own() -> None:
    keys = [entry.key for entry in ui.NAV]

    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("path", "current"), [("/", "工作台"), ("/tasks/118/", "任务"), ("/overdue/", "逾期看板"), ("/elsewhere/", None)]
)
def test_the_side_bar_marks_where_one_is(path: str, current: str | None, draw: Draw) -> None:
    html = draw("base.html", path=path)

    marked = html.split('aria-current="page"')[1:]
    assert len(marked) == (1 if current else 0)
    if current:
        assert f"<span>{current}</span>" in marked[0][:200]


def test_a_visitor_sees_no_name_and_no_pages(draw: Draw) -> None:
    html = draw("base.html", user=AnonymousUser())

    assert "identity-name" not in html
    assert "side-link" not in html


def test_a_person_with_two_posts_may_change_between_them(draw: Draw) -> None:
    html = draw("base.html")

    assert 'name="post" value="1" aria-current="true"' in html
    assert 'name="post" value="2"' in html


def test_a_light_is_never_a_colour_alone(draw: Draw) -> None:
    html = draw("components/_light.html", {"light": mocks.RED})

    assert html.count("ti-alert-triangle") == html.count("逾期</span>") == html.count("逾期 4 个工作日") == 1


def test_a_state_is_shown_with_the_tone_of_its_meaning() -> None:
    assert ui.state(mocks.TASKS[5]) == {"label": "已办结", "tone": "green"}
    assert ui.state(SimpleNamespace(state="unheard", get_state_display=lambda: "新")) == {"label": "新", "tone": "grey"}


@pytest.mark.parametrize(
    ("noun", "word", "tone"),
    [
        ("bulletin", "issued", "green"),
        ("conclusion", "issued", "amber"),
        ("receipt", "received", "green"),
        ("notice", "received", "amber"),
        ("mention", "answered", "amber"),
        ("notice", "answered", "green"),
        ("finding", "accepted", "blue"),
        ("mention", "accepted", "green"),
    ],
)
def test_a_word_that_ends_one_noun_and_opens_another_has_the_tone_of_its_noun(noun: str, word: str, tone: str) -> None:
    subject = SimpleNamespace(state=word, get_state_display=str, _meta=SimpleNamespace(model_name=noun))

    assert ui.state(subject)["tone"] == tone


def test_a_verb_that_is_not_open_says_why(draw: Draw) -> None:
    html = draw("components/_verbs.html", {"verbs": mocks.VERBS})

    assert html.count("<a ") == 3
    assert 'aria-disabled="true" role="link" tabindex="0" title="牵头单位尚未申请办结。"' in html
    assert "核验</strong>：牵头单位尚未申请办结。" in draw("components/_reasons.html", {"verbs": mocks.VERBS})
    assert draw("components/_reasons.html", {"verbs": mocks.VERBS[:3]}).strip() == ""


def test_what_is_missing_is_asked_for_by_name(settings: Any) -> None:
    form = mocks.AssignForm({})

    assert [ui.complaints(form[name]) for name in ("lead", "due_on", "agree")] == [
        ["请选择牵头单位。"],
        ["请填写办结时限。"],
        ["请勾选“已核对责任单位和验收标准”。"],
    ]


def test_a_complaint_of_the_form_itself_is_kept() -> None:
    assert ui.complaints(mocks.report_form()["done"]) == [
        "内容过短：请说明完成量、存在问题和下步计划（不少于 30 字）。"
    ]


def test_a_form_ties_errors_and_help_to_their_fields(draw: Draw) -> None:
    html = draw("components/_form.html", {"form": mocks.report_form(), "submit": "提交反馈", "version": 5})

    assert 'href="#id_done"' in html
    assert 'aria-describedby="id_done_helptext id_done_error"' in html
    assert '<input type="hidden" name="version" value="5">' in html
    assert 'enctype="multipart/form-data"' in html


def test_days_are_typed_as_the_browser_writes_them(draw: Draw) -> None:
    class Due(forms.Form):
        on = forms.DateField(label="时限", initial=date(2026, 11, 8))

    assert '<input type="date" name="on" value="2026-11-08"' in draw(
        "forms/form.html", {"form": Due(), "fields": [(Due()["on"], "")]}
    )


def test_no_page_carries_inline_code_or_style(draw: Draw) -> None:
    html = draw(
        "task.html", {"task": mocks.TASKS[0], "steps": mocks.STEPS, "events": mocks.EVENTS, "form": mocks.report_form()}
    )

    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    assert "javascript:" not in html
