"""audit_verify names what was done to a chain, and where (R45, G14)."""

import io

import pytest
from django.core.management import call_command

from tests.workflow.chains import chain, forge, renumber, set_, set_head, unguarded
from workflow import audit
from workflow.chain import digest
from workflow.models import Event, Head

S = "probe:1"


def delete(cursor, *events):
    for event in events:
        cursor.execute("DELETE FROM workflow_event WHERE id = %s", [event.pk])


def exchange(cursor, one, other, *columns):
    """Exchange columns of two rows, past the uniqueness of numbers."""
    mine, theirs = ({c: getattr(e, c) for c in columns} for e in (one, other))
    if "seq" in columns:
        set_(cursor, "workflow_event", one.pk, seq=9999)
    set_(cursor, "workflow_event", other.pk, **mine)
    set_(cursor, "workflow_event", one.pk, **theirs)


def rewritten(event, **values):
    """Return the values with the hash that the row would then need."""
    for name, value in values.items():
        setattr(event, name, value)
    return values | {"hash": digest(event)}


def edit_a_word(cursor, e):
    set_(cursor, "workflow_event", e[2].pk, actor_name="别人")


def edit_and_rehash(cursor, e):
    set_(cursor, "workflow_event", e[2].pk, **rewritten(e[2], kind="probe.forged"))


def edit_the_hash(cursor, e):
    set_(cursor, "workflow_event", e[2].pk, hash="f" * 64)


def edit_the_link(cursor, e):
    set_(cursor, "workflow_event", e[2].pk, prev="f" * 64)


def edit_the_first_and_the_last(cursor, e):
    set_(cursor, "workflow_event", e[0].pk, kind="probe.forged")
    set_(cursor, "workflow_event", e[5].pk, kind="probe.forged")


def edit_the_algorithm(cursor, e):
    set_(cursor, "workflow_event", e[2].pk, alg="md5")


def write_a_float(cursor, e):
    set_(cursor, "workflow_event", e[2].pk, detail='{"n": 3.5}')


def take_one_out(cursor, e):
    delete(cursor, e[2])


def take_one_out_and_close_the_ranks(cursor, e):
    delete(cursor, e[2])
    renumber(cursor, S, 4, -1)


def take_several_out(cursor, e):
    delete(cursor, e[1], e[2], e[4])


def take_the_first_out(cursor, e):
    delete(cursor, e[0], e[1])


def take_the_last_out(cursor, e):
    delete(cursor, e[4], e[5])


def take_all_out(cursor, e):
    delete(cursor, *e)


def put_one_in_and_make_room(cursor, e):
    renumber(cursor, S, 3, 1)
    forge(cursor, e[0], seq=3, kind="probe.forged", prev=e[1].hash, hash="e" * 64)


def put_one_in_with_a_sound_hash(cursor, e):
    renumber(cursor, S, 3, 1)
    forge(cursor, e[0], **rewritten(e[0], seq=3, kind="probe.forged", prev=e[1].hash))


def put_one_at_the_end(cursor, e):
    forge(cursor, e[0], **rewritten(e[0], seq=7, kind="probe.forged", prev=e[5].hash))


def copy_one_to_the_end(cursor, e):
    forge(cursor, e[1], seq=7)


def swap_the_numbers(cursor, e):
    exchange(cursor, e[1], e[3], "seq")


def swap_neighbours(cursor, e):
    exchange(cursor, e[1], e[2], "seq")


def swap_the_contents(cursor, e):
    exchange(cursor, e[1], e[3], "kind", "at")
    set_(cursor, "workflow_event", e[1].pk, detail='{"n": 4}')
    set_(cursor, "workflow_event", e[3].pk, detail='{"n": 2}')


def move_one_to_another_chain(cursor, e):
    other = chain("probe:2", 2)
    set_(cursor, "workflow_event", e[2].pk, stream=other[0].stream, seq=3)


def send_one_far_away(cursor, e):
    set_(cursor, "workflow_event", e[2].pk, seq=70000)


def give_one_a_later_key(cursor, e):
    set_(cursor, "workflow_event", e[1].pk, id=99999999)


def raise_the_head(cursor, e):
    set_head(S, seq=9)


def lower_the_head(cursor, e):
    set_head(S, seq=4)


def forge_the_head(cursor, e):
    set_head(S, hash="d" * 64)


def roll_the_head_back(cursor, e):
    set_head(S, seq=4, hash=e[3].hash)


def remove_the_head(cursor, e):
    Head.objects.filter(stream=S).delete()


DEEDS = {
    edit_a_word: [("edited", S, 3)],
    edit_and_rehash: [("edited", S, 3)],
    edit_the_hash: [("edited", S, 3)],
    edit_the_link: [("edited", S, 3)],
    edit_the_first_and_the_last: [("edited", S, 1), ("edited", S, 6)],
    edit_the_algorithm: [("edited", S, 3)],
    write_a_float: [("edited", S, 3)],
    take_one_out: [("missing", S, 3)],
    take_one_out_and_close_the_ranks: [("missing", S, 3)],
    take_several_out: [("missing", S, 2), ("missing", S, 5)],
    take_the_first_out: [("missing", S, 1)],
    take_the_last_out: [("missing", S, 5)],
    take_all_out: [("missing", S, 1)],
    put_one_in_and_make_room: [("inserted", S, 3)],
    put_one_in_with_a_sound_hash: [("inserted", S, 3)],
    put_one_at_the_end: [("inserted", S, 7)],
    copy_one_to_the_end: [("inserted", S, 7)],
    swap_the_numbers: [("reordered", S, 2), ("reordered", S, 4)],
    swap_neighbours: [("reordered", S, 2), ("reordered", S, 3)],
    swap_the_contents: [("reordered", S, 2), ("reordered", S, 4)],
    move_one_to_another_chain: [("missing", S, 3), ("inserted", "probe:2", 3)],
    send_one_far_away: [("reordered", S, 3)],
    give_one_a_later_key: [("reordered", S, 2)],
    raise_the_head: [("head", S, 6)],
    lower_the_head: [("head", S, 6)],
    forge_the_head: [("head", S, 6)],
    roll_the_head_back: [("inserted", S, 5), ("inserted", S, 6)],
    remove_the_head: [("head", S, 6)],
}


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_what_was_done_to_a_chain_is_named_with_its_place(db, deed):
    events = chain(S)
    chain("probe:9", 3)
    assert list(audit.verify()) == []

    with unguarded() as cursor:
        deed(cursor, events)

    assert [(f.kind, f.stream, f.place) for f in audit.verify()] == DEEDS[deed]
    assert list(audit.verify("probe:9")) == []


def test_one_chain_is_verified_without_the_others(db):
    chain(S)
    other = chain("probe:2")
    with unguarded() as cursor:
        edit_a_word(cursor, other)

    assert [f.kind for f in audit.verify(S)] == []
    assert [f.kind for f in audit.verify("probe:2")] == ["edited"]


def test_a_value_that_cannot_even_be_read_is_named(db, vendor):
    if vendor != "sqlite":
        pytest.skip("PostgreSQL takes no such value")
    events = chain(S)
    later = chain("probe:2")
    with unguarded() as cursor:
        set_(cursor, "workflow_event", events[2].pk, at="gestern")
        edit_a_word(cursor, later)

    assert [(f.kind, f.stream, f.place) for f in audit.verify()] == [("edited", S, 3), ("edited", "probe:2", 3)]


def test_the_command_leaves_with_an_error_and_names_the_row(db, capsys):
    events = chain(S)
    call_command("audit_verify")
    assert "链条完整" in capsys.readouterr().out

    with unguarded() as cursor:
        take_one_out(cursor, events)
        edit_a_word(cursor, [None, None, events[4]])

    for arguments in ([], ["--stream", S]):
        out = io.StringIO()
        with pytest.raises(SystemExit) as left:
            call_command("audit_verify", *arguments, stdout=out, stderr=io.StringIO())
        assert left.value.code == 1
        assert "missing  probe:1 #3" in out.getvalue()
        assert f"edited  probe:1 #5  event id {events[4].pk} (probe.deed5)" in out.getvalue()


def test_upper_rooms_add_what_they_check_themselves(db, monkeypatch):
    monkeypatch.setattr(audit, "_checkers", [])
    asked = []

    @audit.register_checker
    def found(stream):
        asked.append(stream)
        yield audit.Finding("file", "task:1", 2, "bytes")

    audit.register_checker(found)

    assert [str(f) for f in audit.verify()] == ["file  task:1 #2  bytes"]
    assert [str(f) for f in audit.verify("task:1")] == ["file  task:1 #2  bytes"]
    assert asked == [None, "task:1"]
    assert Event.objects.count() == 0
