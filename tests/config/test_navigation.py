"""The side bar marks where one is, on every page of the rooms: the list, one thing, the form of a step."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern

from config import ui
from supervision import urls as supervision
from tasks import urls as tasks

OPEN_TO_ALL = {"verify"}
"""Asked without a login: it stands outside the frame."""
PLAIN = {"exhibits", "proofs", "vouchers", "evidence", "attachments"}
"""Addresses of files alone."""
KEPT = {"system", "offices"}
"""Pages of the administrators."""
UNDER = {
    "督查检查": (
        "inspections", "plans", "schemes", "members", "worksheets", "findings", "rectifications", "conclusions",
        "reviews",
    ),
    "通报": ("bulletins", "mentions", "receipts"),
    "催办督办": ("notices",),
    "问责": ("accountability", "statements", "clues", "commendations", "cases"),
    "任务分解": ("breakdowns", "clauses", "drafts"),
    "任务": ("tasks", "assignments", "reports", "extensions", "suspensions", "blockers"),
    "督查事项": ("directives", "instructions", "numbers"),
    "逾期看板": ("overdue",),
    "导入": ("imports",),
    "单位": ("departments",),
    "工作台": ("",),
}  # fmt: skip


def addresses() -> Iterator[str]:
    """Yield an address of every page of the two rooms that stands in the frame."""
    for pattern in (*supervision.urlpatterns, *tasks.urlpatterns):
        assert isinstance(pattern, URLPattern)
        route = str(pattern.pattern).replace("<int:pk>", "7").replace("<int:key>", "8")
        word = route.partition("/")[0]
        if pattern.name not in OPEN_TO_ALL and word not in PLAIN | KEPT:
            yield f"/{route}"


def marked(role: str, address: str) -> list[str]:
    groups = ui._groups(ui.entries_for(role), address)
    return [str(row["entry"].label) for group in groups for row in group["rows"] if row["current"]]


def test_every_page_of_the_rooms_is_marked_where_it_belongs() -> None:
    belongs = {word: label for label, words in UNDER.items() for word in words}

    found = {address: marked("supervisor", address) for address in addresses()}

    assert {a: labels for a, labels in found.items() if labels != [belongs[a.split("/")[1]]]} == {}
    assert len(found) > 150


@pytest.mark.parametrize("role", ["leader", "unit_head", "handler", "inspector", "discipline"])
def test_whoever_has_the_entry_finds_it_marked_on_all_that_stands_below(role: str) -> None:
    own = {str(entry.label) for entry, _url in ui.entries_for(role)}

    for label in own & set(UNDER):
        for word in UNDER[label]:
            assert marked(role, f"/{word}/7/" if word else "/") == [label]


def test_what_stands_nowhere_in_the_side_bar_marks_nothing() -> None:
    assert marked("supervisor", "/password/") == []
    assert marked("discipline", "/tasks/7/") == []
