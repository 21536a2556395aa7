"""Lists are narrowed by questions; what cannot be read, and what is no question, is refused."""

import pytest

from organization.api import ROUTES as OF_ORGANIZATION
from tasks.api import ROUTES as OF_TASKS
from tasks.operations import blockers, directives, reports
from tests.factories import crowds
from tests.factories import organization as org
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller

FILTERS = [
    (prefix, name, found.field)
    for prefix, viewset in (*OF_ORGANIZATION, *OF_TASKS)
    for name, found in (viewset.filter_class.base_filters if viewset.filter_class else {}).items()
]
GOOD = {"IntegerField": "1", "DecimalField": "1", "DateField": "2026-06-30", "CharField": "水 务"}
BAD = {
    "IntegerField": ("x", "9" * 40),
    "DecimalField": ("x", "\x00"),
    "DateField": ("2026-06-31", "99999-01-01"),
    "ChoiceField": ("nonsense",),
    "MultipleChoiceField": ("nonsense",),
    "CharField": ("a\x00b", "长" * 1000),
}


def kind(field):
    return next(cls.__name__ for cls in type(field).__mro__ if cls.__name__ in BAD)


@pytest.fixture
def caller(who):
    crowds.whole(who)
    return Caller(who.supervisor)


def understood(field):
    """Return a value that the filter takes."""
    if hasattr(field, "choices"):
        return next(value for value, _label in field.choices if value)
    return GOOD[kind(field)]


def test_every_filter_answers_to_what_it_understands(caller):
    for noun, name, field in FILTERS:
        answer = caller.get(noun, **{name: understood(field)})
        assert answer.status_code == 200, (noun, name, answer.json())


def test_every_filter_refuses_what_it_does_not_understand(caller):
    for noun, name, field in FILTERS:
        for value in BAD[kind(field)]:
            answer = caller.get(noun, **{name: value})
            assert answer.status_code in (400, 200), (noun, name, value)
            if answer.status_code == 200:
                assert len(value) > 20, (noun, name, value)  # long, but neither a number's nor a text's limit is broken
            else:
                assert list(answer.json()["details"]) == [name], (noun, name, value, answer.json())


@pytest.mark.parametrize("noun", [prefix for prefix, _viewset in (*OF_ORGANIZATION, *OF_TASKS)])
def test_a_filter_that_is_none_is_refused(caller, noun):
    answer = caller.get(noun, stat="active")

    assert (answer.status_code, list(answer.json()["details"])) == (400, ["stat"])


def test_tasks_are_found_by_what_they_are(who):
    late = make.make_late(make.active(who, matter="清淤"), days=3)
    waiting = make.assigned(who, matter="治污", urgency="urgent")
    draft = make.draft(who, matter="绿化", lead=who.housing, co_units=[])
    caller = Caller(who.supervisor)

    def found(**query):
        return {row["id"] for row in caller.get("tasks", **query).json()["results"]}

    assert found(state=["active", "draft"]) == {late.pk, draft.pk}
    assert found(light="overdue") == found(overdue=1) == found(late_from=3) == {late.pk}
    assert found(overdue=0) == {waiting.pk, draft.pk}
    assert found(late_from=4) == found(late_to=2) == set()
    assert found(q="清淤 水务") == {late.pk}
    assert found(urgency="urgent") == {waiting.pk}
    assert found(lead=who.housing.pk) == {draft.pk}
    assert found(unit=who.finance.pk) == {late.pk, waiting.pk}
    assert found(open=0) == {draft.pk}
    assert found(directive=late.directive_id) == {late.pk}
    assert found(due_to=late.due_on.isoformat()) == {late.pk}
    assert found(mine="issued") == {late.pk, waiting.pk, draft.pk}


def test_what_is_blocked_counts_under_who_blocks(who):
    task = make.active(who)
    blockers.confirm(blockers.raise_(task, by=who.handler, waiting_on=who.finance, ask="请拨资金"), by=who.supervisor)
    caller = Caller(who.supervisor)

    assert [row["id"] for row in caller.get("tasks", answerable=who.finance.pk).json()["results"]] == [task.pk]
    assert caller.get("tasks", answerable=who.water.pk).json()["results"] == []


def test_parts_are_found_by_task_and_state(who):
    task, other = make.active(who), make.active(who)
    report = reports.file(task, by=who.handler, done="完成")
    reports.file(other, by=who.handler, done="完成")
    caller = Caller(who.supervisor)

    assert [row["id"] for row in caller.get("reports", task=task.pk, state="submitted").json()["results"]] == [
        report.pk
    ]
    assert caller.get("reports", task=task.pk, state="accepted").json()["results"] == []


def test_a_filter_is_no_way_to_what_is_hidden(who):
    task = make.active(who, matter="金丝雀")
    stranger = Caller(who.stranger)

    for query in ({"q": "金丝雀"}, {"directive": task.directive_id}, {"lead": who.water.pk}, {"overdue": 0}):
        assert stranger.get("tasks", **query).json()["results"] == []


def test_directives_are_found_by_words_and_state(who):
    made = directives.register(by=who.supervisor, title="防汛备汛", document_no="青政办〔2026〕9号")
    make.directive(who)
    caller = Caller(who.supervisor)

    for query in ({"q": "9号"}, {"q": "备汛"}, {"state": "draft"}):
        assert [row["id"] for row in caller.get("directives", **query).json()["results"]] == [made.pk]


def test_pages_follow_one_another_without_a_gap_or_a_double(who):
    task = crowds.whole(who)
    crowds.multiply(task, 10)
    caller = Caller(who.supervisor)

    first = caller.get("tasks", page_size=4).json()
    second = caller.get("tasks", page_size=4, cursor=first["next"]).json()
    third = caller.get("tasks", page_size=4, cursor=second["next"]).json()
    back = caller.get("tasks", page_size=4, cursor=third["previous"]).json()

    keys = [row["id"] for page in (first, second, third) for row in page["results"]]
    assert keys == sorted(keys, reverse=True)
    assert len(set(keys)) == 11
    assert (first["previous"], third["next"]) == (None, None)
    assert back["results"] == second["results"]


def test_who_serves_nowhere_finds_nothing_whatever_he_asks(who):
    crowds.whole(who)
    nobody = Caller(org.user())

    assert nobody.get("me").json()["post"] is None
    for prefix, viewset in OF_TASKS:
        assert nobody.get(prefix).json()["results"] == []
        for name, found in (viewset.filter_class.base_filters if viewset.filter_class else {}).items():
            assert nobody.get(prefix, **{name: understood(found.field)}).json()["results"] == []
