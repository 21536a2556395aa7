"""Silence is a decision: every kind of event that can be recorded has its row, and no row is left over."""

from importlib import import_module

import pytest

from notifications.audiences import AUDIENCES, Silent, recipients
from tasks.operations import assignments, blockers, closures, directives, extensions, readers, reports
from tests.architecture.kinds import kinds
from tests.factories import organization
from tests.factories import tasks as make
from tests.tasks.acts import lend
from workflow.models import Event


def test_every_kind_that_the_code_can_record_has_a_decision_and_no_decision_is_stale():
    recorded = kinds()

    assert {kind: place for kind, place in recorded.items() if kind not in AUDIENCES} == {}
    assert set(AUDIENCES) - set(recorded) == set()


def test_a_decision_names_audiences_or_says_why_nobody_is_told():
    for kind, decision in AUDIENCES.items():
        if isinstance(decision, Silent):
            assert len(decision.why) >= 8, kind
        else:
            assert decision, kind
            assert all(getattr(import_module(one.__module__), one.__name__) is one for one in decision), kind
            assert all(one.__doc__ for one in decision), kind


def told(kind):
    return {user.name for user in recipients(Event.objects.filter(kind=kind).last())}


def test_what_is_issued_is_told_to_its_units_and_to_nobody_else(db):
    make.assigned(make.cast())

    assert told("task.assign") == {"水务经办", "水务局长", "财政经办", "财政局长"}
    assert told("task.draft") == set()
    assert told("directive.submit") == {"市长", "副市长"}
    assert told("directive.approve") == {"督查员", "另一督查员"}


def test_each_turn_is_told_to_those_whose_turn_it_is(db):
    who = make.cast()
    task = make.in_approval(who)

    assert told("task.claim") == {"水务局长"}
    assert told("task.sign_off") == {"督查员", "另一督查员"}
    assert told("task.verify") == {"市长", "副市长", "水务经办", "水务局长"}
    closures.close(task, by=who.leader, conclusion="同意")
    assert told("task.close") == {"水务经办", "水务局长", "财政经办", "财政局长", "督查员", "另一督查员"}


def test_requests_are_told_to_who_decides_and_their_answer_to_who_asked(db):
    who = make.cast()
    task = make.active(who)
    report = reports.file(task, by=who.helper, done="资金已拨")
    assert told("report.file") == {"督查员", "另一督查员"}
    reports.accept(report, by=who.supervisor)
    assert told("report.accept") == {"财政经办", "财政局长"}
    asked = extensions.ask(make.fresh(task), by=who.handler, reason="汛期", progress="无", until=make.in_workdays(30))
    assert told("extension.ask") == {"水务局长"}
    extensions.grant(extensions.accept(extensions.sign_off(asked, by=who.unit_head), by=who.supervisor), by=who.leader)
    assert told("extension.accept") == {"市长", "副市长"}
    assert told("extension.grant") == {"水务经办", "水务局长", "督查员", "另一督查员"}
    assert told("task.due_moved") == {"财政经办", "财政局长"}
    blocker = blockers.raise_(make.fresh(task), by=who.handler, waiting_on=who.housing, ask="移交图纸")
    blockers.confirm(blocker, by=who.supervisor)
    assert told("blocker.raise") == {"督查员", "另一督查员"}
    assert told("blocker.confirm") == {"水务经办", "水务局长", "住建经办", "住建局长"}


def test_who_did_it_and_who_lent_his_post_for_it_are_not_told(db):
    who = make.cast()
    directive = directives.submit(make.directive(who, approved=False), by=lend(who.supervisor, who.below))

    directives.approve(directive, by=lend(who.chief, who.colleague))

    assert told("directive.submit") == {"市长", "副市长"}
    assert told("directive.approve") == {"督查员"}


def test_who_may_not_see_it_is_not_told(db):
    """The people of a unit that declined and was replaced hear nothing more of the task."""
    who = make.cast()
    task = make.assigned(who)
    event = Event.objects.get(kind="task.assign")
    assignments.decline(make.share(task, who.water), by=who.handler, reason="非职责")
    make.fresh(task)
    type(task).objects.filter(pk=task.pk).update(lead=who.housing)
    task.assignments.filter(department=who.water).update(state="released")

    assert {user.name for user in recipients(event)} == {"财政经办", "财政局长"}


def test_a_covert_reader_is_told_to_nobody(db):
    who = make.cast()
    task = make.active(who)
    readers.grant(task, to=who.inspector, until=task.due_at, because="暗访", by=who.colleague)

    assert told("reader.grant") == set()
    assert organization.person("handler", who.water).name not in told("reader.grant")


# Last, because the house stands until the end of the module and no other may be built beside it.
@pytest.mark.django_db
def test_every_kind_met_in_a_whole_house_has_a_decision(house):
    met = set(Event.objects.values_list("kind", flat=True))

    assert len(met) > house.theme.kinds
    assert met - set(AUDIENCES) == set()
    for kind in met:
        recipients(Event.objects.filter(kind=kind).first())
