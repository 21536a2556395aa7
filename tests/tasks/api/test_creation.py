"""``POST /reports/`` with a task in the body is the same operation as ``POST /tasks/{id}/report/``."""

import pytest

from tasks.models import Directive, Task
from tests.factories import tasks as make
from tests.factories.deeds import BY_NAME, DIRECTIVE_FIELDS, sheet_file, task_fields
from tests.tasks.api.caller import Caller
from workflow.models import Event

SAME = {
    "reports": ("tasks.report", "task"),
    "evidence": ("tasks.prove", "task"),
    "extensions": ("tasks.extend", "task"),
    "suspensions": ("tasks.suspend", "task"),
    "blockers": ("tasks.raise", "task"),
    "tasks": ("directives.draft", "directive"),
}
VOLATILE = ("id", "task", "directive", "created_at", "uploaded_at", "number", "light", "assignments")


def steady(shown):
    return {name: value for name, value in shown.items() if name not in VOLATILE}


@pytest.mark.parametrize("noun", SAME)
def test_both_ways_of_making_a_thing_are_one(who, noun):
    name, root = SAME[noun]
    deed = BY_NAME[name]
    caller = Caller(getattr(who, deed.by))
    first, second = deed.thing(who), deed.thing(who)

    by_verb = caller.post(deed.noun, first.pk, deed.verb, files=deed.files, **deed.fields(who, first))
    by_noun = caller.post(noun, files=deed.files, **deed.fields(who, second), **{root: second.pk})

    assert (by_verb.status_code, by_noun.status_code) == (201, 201), by_noun.json()
    assert steady(by_verb.json()) == steady(by_noun.json())
    assert by_noun.json()[root]["id"] == second.pk
    assert by_noun.json() == caller.get(noun, by_noun.json()["id"]).json()


@pytest.mark.parametrize("noun", SAME)
def test_a_root_that_is_missing_malformed_or_hidden_is_refused_by_field(who, noun):
    name, root = SAME[noun]
    deed = BY_NAME[name]
    thing = deed.thing(who)
    caller, events = Caller(getattr(who, deed.by)), Event.objects.count()

    def answer(person=caller, **said):
        return person.post(noun, files=deed.files, **deed.fields(who, thing), **said)

    answers = [answer(), answer(**{root: ""}), answer(**{root: "abc"}), answer(**{root: 10**30})]
    absent, hidden = answer(**{root: 999_999}), answer(Caller(who.stranger), **{root: thing.pk})

    for refused in (*answers, absent, hidden):
        assert (refused.status_code, refused.json()["code"]) == (400, "input.invalid")
        assert list(refused.json()["details"]) == [root]
    assert absent.json()["details"] == hidden.json()["details"]
    assert Event.objects.count() == events


def test_who_sees_the_root_but_may_not_is_told_why(who):
    task = make.active(who)

    answer = Caller(who.leader).post("reports", task=task.pk, done="完成")

    assert (answer.status_code, answer.json()["code"]) == (403, "task.report.forbidden")


def test_a_stale_root_is_refused_where_a_version_is_named(who):
    task = make.active(who)

    answer = Caller(who.handler).post("reports", task=task.pk, done="完成", version=task.version - 1)

    assert (answer.status_code, answer.json()["code"]) == (412, "version.stale")


def test_a_directive_is_registered(who):
    answer = Caller(who.supervisor).post("directives", **DIRECTIVE_FIELDS)

    directive = Directive.objects.get()
    shown = answer.json()
    assert answer.status_code == 201
    assert answer["ETag"] == '"1"'
    assert (shown["id"], shown["title"], shown["state"], shown["organiser"]["id"]) == (
        directive.pk,
        "防汛工作",
        "draft",
        who.office.pk,
    )


def test_only_an_officer_registers(who):
    answer = Caller(who.handler).post("directives", **DIRECTIVE_FIELDS)

    assert (answer.status_code, answer.json()["code"]) == (403, "directive.register.forbidden")
    assert not Directive.objects.exists()


def test_a_sheet_is_uploaded_or_only_read(who):
    directive = make.directive(who)
    caller = Caller(who.supervisor)

    seen = caller.post("batches", directive=directive.pk, file=sheet_file(), dry_run="true", files=True)
    kept = caller.post("batches", directive=directive.pk, file=sheet_file(), files=True)

    assert (seen.status_code, seen.json()["total"], seen.json()["good"]) == (200, 2, 1)
    assert [row["good"] for row in seen.json()["rows"]] == [True, False]
    assert (kept.status_code, kept.json()["state"]) == (201, "reading")
    assert Task.objects.count() == 0


def test_the_lines_of_an_import_are_listed_in_the_order_of_the_sheet(who):
    batch = BY_NAME["batches.take"].thing(who)

    rows = Caller(who.supervisor).get("batches", batch.pk, "rows", page_size=1)
    more = Caller(who.supervisor).get("batches", batch.pk, "rows", cursor=rows.json()["next"])

    assert [row["line"] for row in rows.json()["results"] + more.json()["results"]] == [2, 3]
    assert Caller(who.handler).get("batches", batch.pk, "rows").status_code == 404


def test_what_is_drafted_is_shown_as_its_own_address_shows_it(who):
    directive = make.directive(who)
    caller = Caller(who.supervisor)

    answer = caller.post("directives", directive.pk, "draft", **task_fields(who, directive))

    assert answer.json() == caller.get("tasks", answer.json()["id"]).json()
    assert [row["department"]["name"] for row in answer.json()["assignments"]] == ["市水务局", "市财政局"]


def test_milestones_come_as_objects(who):
    directive = make.directive(who)
    rows = [{"title": "开工", "due_on": "2030-01-02"}, {"title": "完工"}]

    answer = Caller(who.supervisor).post("tasks", directive=directive.pk, matter="清淤", milestones=rows)

    assert [(row["title"], row["due_on"]) for row in answer.json()["milestones"]] == [
        ("开工", "2030-01-02"),
        ("完工", None),
    ]
