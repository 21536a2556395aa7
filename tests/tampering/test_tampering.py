"""What the owner of the database or of the files changes behind the house's back is found and named (G14)."""

import random
import sys
from collections import Counter

import pytest
from django.db import connection, transaction

from tasks.models import Evidence, Report, Task
from tasks.operations import evidence, reports
from tasks.triggers import EVIDENCE
from tests.factories import tasks as make
from workflow import audit
from workflow.models import Event, Head
from workflow.triggers import EVENT

ATTACKS, CLEAN, SEED = 200, 50, 20261123
TEXTS = ("kind", "subject_label", "new_state", "actor_name", "unit_name", "post_label", "behalf_name", "request_id")


class Owner:
    """Executes what only the owner of the tables may; the schema editor of SQLite will not inside a transaction."""

    connection = connection

    def execute(self, statement, params=None):
        with connection.cursor() as cursor:
            cursor.execute(statement)


class Undo(Exception):  # noqa: N818 - it undoes, nothing went wrong
    """Ends an attack and takes it back."""


@pytest.fixture
def house(db):
    """Three tasks with a history, a report and evidence each, and their triggers out of the way, as an owner would."""
    who = make.cast()
    for number in range(3):
        task = make.active(who)
        report = reports.file(task, by=who.handler, done=f"完成第 {number} 处", percent=30)
        file = make.upload(f"验收单{number}.txt", f"第{number}处".encode())
        evidence.add(make.fresh(task), by=who.handler, file=file, evidence_on=make.in_workdays(-1), report=report)
    connection.check_constraints()
    for guard in (EVENT, EVIDENCE):
        guard.remove(Owner())
    return random.Random(SEED)


def pick(chance, rows):
    return chance.choice(list(rows.order_by("pk")))


def edit_text(chance):
    event = pick(chance, Event.objects)
    name = chance.choice(TEXTS)
    Event.objects.filter(pk=event.pk).update(**{name: f"{getattr(event, name)[:8]}x"})
    return {audit.EDITED}, event.stream


def edit_detail(chance):
    event = pick(chance, Event.objects)
    Event.objects.filter(pk=event.pk).update(detail={**event.detail, "reason": "改过"})
    return {audit.EDITED}, event.stream


def edit_time(chance):
    event = pick(chance, Event.objects)
    Event.objects.filter(pk=event.pk).update(at=event.at.replace(microsecond=(event.at.microsecond + 1) % 1_000_000))
    return {audit.EDITED}, event.stream


def delete_one(chance):
    event = pick(chance, Event.objects)
    Event.objects.filter(pk=event.pk).delete()
    return {audit.MISSING}, event.stream


def delete_all(chance):
    stream = pick(chance, Task.objects).stream
    Event.objects.filter(stream=stream).delete()
    Head.objects.filter(stream=stream).delete()
    return {audit.MISSING}, stream


def insert_one(chance):
    event = pick(chance, Event.objects)
    last = Event.objects.of(event.stream).last()
    event.pk, event.seq, event.key = None, last.seq + 1, None
    event.save(force_insert=True)
    return {audit.INSERTED, audit.EDITED}, event.stream


def swap_two(chance):
    stream = pick(chance, Task.objects).stream
    first, second = chance.sample(list(Event.objects.of(stream)), 2)
    far = second.seq
    Event.objects.filter(pk=second.pk).update(seq=10_000)
    Event.objects.filter(pk=first.pk).update(seq=far)
    Event.objects.filter(pk=second.pk).update(seq=first.seq)
    return {audit.REORDERED}, stream


def move_head(chance):
    head = chance.choice(list(Head.objects.filter(stream__startswith="task:").order_by("stream")))
    Head.objects.filter(stream=head.stream).update(hash="0" * 64)
    return {audit.HEAD}, head.stream


def edit_evidence(chance):
    row = pick(chance, Evidence.objects)
    name = chance.choice(("note", "name", "department_name", "content_type", "sha256"))
    Evidence.objects.filter(pk=row.pk).update(**{name: "x"})
    return {audit.ROW}, row.stream


def backdate_evidence(chance):
    row = pick(chance, Evidence.objects)
    Evidence.objects.filter(pk=row.pk).update(uploaded_at=row.uploaded_at.replace(year=2024))
    return {audit.ROW}, row.stream


def delete_evidence(chance):
    row = pick(chance, Evidence.objects)
    Evidence.objects.filter(pk=row.pk).delete()
    return {audit.MISSING}, row.stream


def rewrite_report(chance):
    row = pick(chance, Report.objects)
    Report.objects.filter(pk=row.pk).update(done="全部完成")
    return {audit.ROW}, row.stream


def jump_state(chance):
    row = pick(chance, Task.objects)
    Task.objects.filter(pk=row.pk).update(state="review")
    return {audit.ROW}, row.stream


KINDS = (
    edit_text, edit_detail, edit_time, delete_one, delete_all, insert_one, swap_two, move_head, edit_evidence,
    backdate_evidence, delete_evidence, rewrite_report, jump_state,
)  # fmt: skip


def test_two_hundred_attacks_are_found_and_named_and_fifty_clean_runs_raise_no_alarm(house, capsys):
    found = Counter()
    for number in range(ATTACKS):
        attack = KINDS[number % len(KINDS)]
        try:
            with transaction.atomic():
                kinds, stream = attack(house)
                named = list(audit.verify())
                assert {f.kind for f in named if f.stream == stream} & kinds, (attack.__name__, stream, named)
                assert {f.stream for f in named} == {stream}, (attack.__name__, named)
                found[attack.__name__] += 1
                raise Undo
        except Undo:
            pass
    alarms = sum(len(list(audit.verify())) for _run in range(CLEAN))

    assert (sum(found.values()), alarms) == (ATTACKS, 0)
    with capsys.disabled():
        told = f"{ATTACKS} attacks of {len(found)} kinds found on {connection.vendor}"
        sys.stdout.write(f"\n{told}, {alarms} false alarms in {CLEAN} runs\n")


def test_a_flipped_byte_in_a_file_is_found(house):
    row = Evidence.objects.first()
    with row.file.open("rb") as stream:
        content = bytearray(stream.read())
    for place in range(len(content)):
        content[place] ^= 1
        with open(row.file.path, "wb") as stream:
            stream.write(content)
        assert [(f.kind, f.stream) for f in audit.verify()] == [(audit.FILE, row.stream)]
        content[place] ^= 1
    with open(row.file.path, "wb") as stream:
        stream.write(content)
    assert list(audit.verify()) == []
