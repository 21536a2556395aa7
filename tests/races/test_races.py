"""Races (G5): however many press at once, one wins, the others are refused by name, and nothing is half done."""

import pytest
from django.db import transaction

from tasks.models import Directive
from tasks.operations import assignments, closures, directives, extensions
from tests.factories import tasks as make
from tests.races.crowd import CLIENTS, ROUNDS, all_win, by_turns, one_wins, serial
from workflow import audit
from workflow.models import Event

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def of_one_source(one, who):
    """Return what the rounds are about: tasks of one directive."""
    with transaction.atomic():
        of = make.directive(who)
        return [one(of) for _ in range(ROUNDS)]


def counted(*kinds):
    return Event.objects.filter(kind__in=kinds).count()


def test_signing_and_declining_at_once_does_one_of_both(who, crowd):
    shares = of_one_source(lambda of: make.share(make.assigned(who, of=of, co_units=[]), who.water), who)

    rounds = [
        by_turns(
            lambda share=share: assignments.sign(share, by=who.handler),
            lambda share=share: assignments.decline(share, by=who.unit_head, reason="非职责"),
        )
        for share in shares
    ]

    one_wins(crowd.rush(rounds), "assignment.sign.wrong_state", "assignment.decline.wrong_state")
    assert counted("assignment.sign", "assignment.decline") == ROUNDS
    for share in shares:
        share = make.fresh(share)
        assert (share.state, share.task.state) in {("signed", "active"), ("declined", "declined")}
    assert list(audit.verify()) == []


def test_a_task_is_struck_off_once(who, crowd):
    waiting = of_one_source(lambda of: make.in_approval(who, of=of, co_units=[]), who)

    rounds = [
        by_turns(
            lambda task=task: closures.close(task, by=who.leader, conclusion="同意"),
            lambda task=task: closures.close(task, by=who.chief, conclusion="同意"),
        )
        for task in waiting
    ]

    one_wins(crowd.rush(rounds), "task.close.wrong_state")
    assert counted("task.close") == ROUNDS
    assert {c.outcome for task in waiting for c in task.closures.all()} == {"approved"}
    assert list(audit.verify()) == []


def test_an_extension_is_granted_once_or_taken_back(who, crowd):
    until = make.in_workdays(30)

    def checked(of):
        task = make.active(who, of=of, co_units=[])
        asked = extensions.ask(task, by=who.handler, reason="汛期", progress="无", until=until)
        return extensions.accept(extensions.sign_off(asked, by=who.unit_head), by=who.supervisor)

    waiting = of_one_source(checked, who)
    rounds = [
        by_turns(
            lambda extension=extension: extensions.grant(extension, by=who.leader),
            lambda extension=extension: extensions.grant(extension, by=who.chief),
            lambda extension=extension: extensions.withdraw(extension, by=who.handler),
        )
        for extension in waiting
    ]

    one_wins(crowd.rush(rounds), "extension.grant.wrong_state", "extension.withdraw.wrong_state")
    assert counted("extension.grant", "extension.withdraw") == ROUNDS
    assert counted("task.due_moved") == counted("extension.grant")
    for extension in waiting:
        extension = make.fresh(extension)
        assert (extension.task.due_on == until) == (extension.state == "granted")
    assert list(audit.verify()) == []


def test_a_directive_is_approved_once(who, crowd):
    waiting = of_one_source(lambda of: directives.submit(make.directive(who, approved=False), by=who.supervisor), who)

    rounds = [
        by_turns(
            lambda directive=directive: directives.approve(directive, by=who.leader),
            lambda directive=directive: directives.approve(directive, by=who.chief),
            lambda directive=directive: directives.send_back(directive, by=who.leader, reason="请补依据"),
        )
        for directive in waiting
    ]

    one_wins(crowd.rush(rounds), "directive.approve.wrong_state", "directive.send_back.wrong_state")
    approved = [d for d in map(make.fresh, waiting) if d.state == "approved"]
    assert sorted(serial(d.number) for d in approved) == list(range(2, len(approved) + 2))
    assert list(audit.verify()) == []


def test_no_number_is_given_twice_and_none_is_left_out(who, crowd):
    waiting = Directive.objects.bulk_create(
        Directive(
            title=f"事项{n}", source="document", state="pending", organiser=who.office, registered_by=who.supervisor
        )
        for n in range(ROUNDS * CLIENTS)
    )

    rounds = [
        [lambda directive=directive: directives.approve(directive, by=who.leader) for directive in lot]
        for lot in (waiting[start : start + CLIENTS] for start in range(0, len(waiting), CLIENTS))
    ]

    all_win(crowd.rush(rounds))
    assert sorted(serial(d.number) for d in Directive.objects.all()) == list(range(1, ROUNDS * CLIENTS + 1))


def test_of_those_who_correct_the_same_version_one_is_heard(who, crowd):
    drafts = of_one_source(lambda of: make.directive(who, approved=False), who)

    def correction(draft, n):
        def attempt():
            seen = Directive.objects.get(pk=draft.pk).expecting(1)
            directives.edit(seen, by=(who.supervisor, who.colleague)[n % 2], title=f"第{n}稿", source="document")

        return attempt

    rounds = [[correction(draft, n) for n in range(CLIENTS)] for draft in drafts]

    one_wins(crowd.rush(rounds), "version.stale")
    assert {make.fresh(draft).version for draft in drafts} == {2}
    assert counted("directive.edit") == ROUNDS
