"""Whatever comes to the REST door, the answer is a sentence and never a breakdown; and nothing changes by nonsense."""

import json
import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks import verbs
from tests.factories import tasks as make
from tests.factories.deeds import DEEDS
from tests.tasks.api.caller import Caller, address
from workflow.models import Event

pytestmark = pytest.mark.once

NOUNS = {noun.plural: noun for noun in verbs.NOUNS}
FORMS = {NOUNS[deed.noun].verb(deed.verb).form: deed for deed in reversed(DEEDS)}
NASTY = (
    None, True, -1, 10**30, 1e308, "", "\x00", "\ud800", "\u202e", "9999-12-31", "0001-01-01", "长" * 20_000, [[]],
    {"a": []},
)  # fmt: skip


def fine(answer):
    """Tell whether the door answered, in its one shape where it refused."""
    refused = answer.status_code >= 400
    return answer.status_code < 500 and (
        not refused or answer.json().keys() == {"code", "message", "details", "request_id"}
    )


@pytest.mark.parametrize("deed", FORMS.values(), ids=lambda deed: deed.name)
def test_no_value_of_any_field_breaks_a_verb(who, deed):
    thing = deed.thing(who)
    caller, form = Caller(getattr(who, deed.by)), NOUNS[deed.noun].verb(deed.verb).form

    chance = random.Random(deed.name)
    said = [dict.fromkeys(form.base_fields, value) for value in NASTY]
    said += [{field: value} for field in (*form.base_fields, "nonsense") for value in chance.sample(NASTY, 4)]

    for wrong in said:
        body = json.dumps(deed.fields(who, thing) | wrong, default=str)
        answer = raw(caller, address(deed.noun, thing.pk, deed.verb), body, version=make.fresh(thing).version)
        assert fine(answer), (wrong, answer.status_code)


def raw(caller, where, body, kind="application/json", version=1, **headers):
    return caller.client.post(
        where, body, content_type=kind, headers={"If-Match": f'"{version}"'} | headers
    )  # fmt: skip


BODIES = (
    b"", b" ", b"{", b"[]", b'"x"', b"5", b"null", b"true", b"{}" * 2, b"\xff\xfe", "{}".encode("utf-16"),
    b"\xef\xbb\xbf{}", b'{"done": "' + b"x" * 6_000_000 + b'"}',
    b'{"done": NaN}', b'{"done": Infinity}', b'{"done": 1e999}', b'{"done": "\xff"}', b'{"done": "\\ud800"}',
    b'{"done": "\\u0000"}', b'{"percent": ' + b"9" * 5000 + b"}", b"[" * 100_000, b'{"a":' * 50_000,
    b'{"done": "a", "done": {}}', b"done=x", b"\x00" * 100, b"{'done': 1}", b'{"\\u0000": 1}', b'{"__proto__": {}}',
)  # fmt: skip
KINDS = (
    "application/json", "application/json; charset=utf-16", "application/json; charset=zip",
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=gbk", "multipart/form-data", "multipart/form-data; boundary=x",
    "multipart/form-data; boundary=" + "x" * 300, "multipart/form-data; boundary=x; charset=zip",
    "text/plain", "text/xml",
    "application/json\x00", "/", "application/json; charset=" + "x" * 1000,
)  # fmt: skip


COMMON = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: ascii(kind)[:40])
def test_no_body_breaks_the_door(who, kind):
    task, events = make.active(who), Event.objects.count()
    caller = Caller(who.handler)
    for body in BODIES if kind in COMMON else BODIES[:8]:
        answer = raw(caller, address("tasks", task.pk, "mark"), body, kind)
        assert answer.status_code < 500, (body[:40], answer.status_code)
        creation = raw(caller, address("reports"), body, kind)
        assert 400 <= creation.status_code < 500, (body[:40], creation.status_code)
    assert Event.objects.filter(kind__startswith="report").count() == 0
    assert Event.objects.count() <= events + len(BODIES)


def test_broken_uploads_are_refused(who):
    task = make.active(who)
    caller, where = Caller(who.handler), address("tasks", task.pk, "prove")
    part = 'Content-Disposition: form-data; name="file"; filename="{}"\r\nContent-Type: text/plain\r\n\r\nabc\r\n'
    names = (
        "",
        "..",
        "a.txt\x00.exe",
        "../../etc/passwd",
        "长" * 500 + ".txt",
        "\u202etxt.exe",
        "CON.txt",
        "a\r\nb.txt",
        "\udcff.txt",
    )
    for name in names:
        body = f"--x\r\n{part.format(name)}--x--\r\n".encode("utf-8", "surrogateescape")
        answer = raw(caller, where, body, "multipart/form-data; boundary=x")
        assert fine(answer), (name, answer.status_code)
    for body in (b"--x\r\n", b"--x--", b"--x\r\n\r\n\r\n--x--", b"x" * 70_000):
        assert fine(raw(caller, where, body, "multipart/form-data; boundary=x"))


@pytest.mark.parametrize(
    "headers",
    [
        {"Idempotency-Key": "\x00"}, {"Idempotency-Key": "x" * 9999}, {"If-Match": "\x00"}, {"If-Match": "9" * 9999},
        {"Accept": "text/html"}, {"Accept": "*/*;q=x"}, {"Accept": "/" * 100}, {"Accept-Language": "zz;q=9" * 50},
        {"X-Request-ID": "\x00\n" * 50}, {"X-Request-ID": "长" * 500}, {"Authorization": "Api-Key \x00"},
        {"Authorization": "Bearer x"}, {"Authorization": "长"}, {"Host": "testserver"},
        {"X-HTTP-Method-Override": "DELETE"},
    ],
    ids=lambda headers: ascii(headers)[:40],
)  # fmt: skip
def test_no_header_breaks_the_door(who, headers):
    task = make.active(who)
    client = Caller(who.handler).client

    for answer in (
        client.get(address("tasks"), headers=headers),
        client.get(address("tasks", task.pk), headers=headers),
        client.post(address("tasks", task.pk, "report"), {"done": "完成"}, format="json", headers=headers),
    ):
        assert answer.status_code < 500


@pytest.mark.parametrize(
    "noun", [noun.plural for noun in verbs.NOUNS] + ["evidence", "events", "departments", "people"]
)
def test_no_question_breaks_a_list(who, noun):
    make.active(who)
    caller = Caller(who.supervisor)
    chance = random.Random(noun)
    names = ("cursor", "page_size", "ordering", "state", "task", "q", "lead", "due_from", "format", "x" * 500, "\x00")
    values = (
        "",
        "\x00",
        "9" * 400,
        "-1",
        "%",
        "_",
        "'",
        "\\",
        "長" * 300,
        "null",
        "[]",
        "{}",
        "2026-06-30",
        "١",
        "1e9",
    )

    for _time in range(40):
        query = {chance.choice(names): chance.choice(values) for _n in range(chance.randint(1, 3))}
        assert caller.get(noun, **query).status_code < 500, query


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


FIELDS = (
    "matter", "lead", "joint", "co_units", "due_on", "limit_value", "limit_unit", "milestones", "urgency", "directive",
)  # fmt: skip


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(st.sampled_from(FIELDS), JSON, max_size=6))
def test_no_json_breaks_a_draft(house, body):
    caller, directive = house
    answer = raw(caller, address("tasks"), json.dumps({"directive": directive.pk, "matter": "清淤"} | body))

    assert fine(answer)


@pytest.fixture
def house(who):
    return Caller(who.supervisor), make.directive(who)
