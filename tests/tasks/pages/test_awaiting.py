"""我的待办 is exactly what waits for somebody."""

from tasks.awaiting import TURNS, awaiting, directives_awaiting, of_turn, turns_of
from tasks.models import Directive, Task
from tasks.operations import directives
from tests.factories import tasks as make

EXPECTED = {
    "sign": {("assigned", "handler"), ("assigned", "helper")},
    "redo": {("returned", "handler"), ("reopened", "unit_head")},
    "report_again": {("report_returned", "helper")},
    "report": {("report_due", "handler")},
    "resolve": {("blocker_confirmed", "stranger")},
    "sign_off": {("claimed", "unit_head")},
    "extension_sign": {("extension_asked", "unit_head")},
    "verify": {("in_review", "supervisor"), ("in_review", "colleague")},
    "declined": {("declined", "supervisor"), ("child_declined", "handler")},
    "help_declined": {("co_declined", "supervisor")},
    "review": {("reported", "supervisor"), ("child_asks", "unit_head")},
    "extension_check": {("extension_signed", "supervisor")},
    "confirm": {("blocker_raised", "supervisor")},
    "suspension_review": {("suspension_due", "supervisor"), ("suspension_due", "colleague")},
    "assign": {("draft", "supervisor")},
    "read": {("unread", "leader"), ("unread_of_chief", "chief")},
    "close": {
        ("in_approval", "leader"),
        ("in_approval", "chief"),
        ("read", "chief"),
        ("read", "leader"),
        ("unread", "leader"),
        ("unread_of_chief", "chief"),
    },
    "extension_grant": {("extension_checked", "leader")},
    "suspension_grant": {("suspension_asked", "leader")},
}
BUSY = ("supervisor", "colleague", "chief", "leader", "handler", "unit_head", "helper", "helper_head", "below",
        "stranger", "stranger_head")  # fmt: skip
NOT_MINE = {
    ("draft_pending", "supervisor"), ("dropped", "supervisor"), ("active", "handler"), ("report_again", "handler"),
    ("terminated", "handler"), ("closed", "supervisor"), ("blocker_confirmed", "supervisor"),
    ("blocker_resolved", "stranger"), ("report_due", "helper"), ("claimed", "handler"),
    ("suspension_granted", "supervisor"), ("suspension_due", "handler"), ("suspension_due", "leader"),
    ("unread", "chief"), ("to_read", "leader"), ("read", "supervisor"),
}  # fmt: skip


def test_a_task_awaits_exactly_those_to_whom_a_turn_is_open(who, beasts):
    names = {task.pk: name for name, task in beasts.items()}
    everybody = who.everyone()

    told = {
        (names.get(task.pk, task.matter), person, turn.key)
        for task in Task.objects.all()
        for person, user in everybody.items()
        for turn in turns_of(task, user)
    }
    found = {
        (names.get(task.pk, task.matter), person, turn.key)
        for person, user in everybody.items()
        for turn in TURNS
        for task in awaiting(user, turn.key)
    }

    assert found == told
    for key, pairs in EXPECTED.items():
        assert pairs <= {(name, person) for name, person, turn in told if turn == key}, key
    assert not NOT_MINE & {(name, person) for name, person, _turn in told}
    for person, user in everybody.items():
        assert {names.get(task.pk, task.matter) for task in awaiting(user)} == {n for n, p, _ in told if p == person}
        # Whose turn it is sees the task, and no task stands twice in the list.
        assert not Task.objects.filter(of_turn(user)).exclude(pk__in=Task.objects.visible_to(user)).exists()
        assert len({task.pk for task in awaiting(user)}) == len(awaiting(user))
        assert person in BUSY or not awaiting(user)


def test_directives_await_their_approval_or_their_submission(who):
    draft = make.directive(who, approved=False)
    pending = directives.submit(make.directive(who, approved=False), by=who.supervisor)
    make.directive(who)

    assert list(directives_awaiting(who.leader)) == list(directives_awaiting(who.chief)) == [pending]
    assert list(directives_awaiting(who.supervisor)) == [draft]
    assert list(directives_awaiting(who.handler)) == []
    assert Directive.objects.count() == 3
