"""Every verb of every noun has an address, and the same deed by the wrong person, at the wrong moment or over the
wrong version changes nothing."""

import pytest

from tests.architecture.themes import DEEDS
from tests.architecture.themes import PLURALS as MADE
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller
from workflow.models import Event

OTHERS = ("supervisor", "leader", "handler", "unit_head", "helper", "stranger", "auditor")


def makes(deed):
    return MADE[deed.noun].verb(deed.verb).makes


def version_of(thing):
    return make.fresh(thing).version


def test_the_deeds_are_all_the_verbs():
    assert sorted(deed.name for deed in DEEDS) == sorted(
        f"{noun.plural}.{verb.name}" for noun in MADE.values() for verb in noun.verbs
    )


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_a_verb_is_done_by_who_may_and_not_done_again(who, deed):
    thing = deed.thing(who)
    caller, seen = Caller(getattr(who, deed.by)), version_of(thing)
    offered = caller.get(deed.noun, thing.pk)

    answer = caller.post(deed.noun, thing.pk, deed.verb, version=seen, files=deed.files, **deed.fields(who, thing))

    assert deed.verb in offered.json()["steps"]
    assert offered["ETag"] == f'"{seen}"'
    if makes(deed):
        assert answer.status_code == 201, answer.json()
        return
    if answer.status_code == 204:  # his own deed took his sight: he is told no more than that it is done
        assert not type(thing).objects.visible_to(getattr(who, deed.by)).filter(pk=thing.pk).exists()
        assert make.fresh(thing).state == deed.leads_to
        return
    told = answer.json()
    assert (answer.status_code, told["id"], told["state"]) == (200, thing.pk, deed.leads_to), told
    assert answer["ETag"] == f'"{told["version"]}"' == f'"{version_of(thing)}"'
    assert told["version"] > seen
    if leads_on(deed):
        before = snapshot(thing), Event.objects.count()
        again = caller.post(deed.noun, thing.pk, deed.verb, version=told["version"], **deed.fields(who, thing))
        assert again.status_code in (403, 409) or again.json()["code"] == "task.same_lead", again.json()
        assert again.status_code in (403, 422) or again.json()["details"]["state"] == deed.leads_to
        assert (snapshot(thing), Event.objects.count()) == before


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.name)
def test_who_may_not_and_who_saw_another_version_change_nothing(who, deed):
    thing = deed.thing(who)
    seen, before = version_of(thing), (snapshot(thing), Event.objects.count())

    def attempt(person, version):
        said = deed.fields(who, thing)
        return Caller(person).post(deed.noun, thing.pk, deed.verb, version=version, files=deed.files, **said)

    refused = [getattr(who, name) for name in OTHERS if deed.verb not in steps(deed, thing, getattr(who, name))]
    answers = [(person, attempt(person, seen)) for person in refused]
    stale, silent = attempt(getattr(who, deed.by), seen + 1), attempt(getattr(who, deed.by), None)

    assert {"住建经办", "审计员"} <= {person.name for person in refused}
    for person, answer in answers:
        visible = type(thing).objects.visible_to(person).filter(pk=thing.pk).exists()
        assert (person.name, answer.status_code) == (person.name, 403 if visible else 404), answer.json()
        assert answer.json().keys() == {"code", "message", "details", "request_id"}
    assert (stale.status_code, stale.json()["code"], stale.json()["details"]["current"]) == (412, "version.stale", seen)
    if not makes(deed):
        assert (silent.status_code, silent.json()["code"]) == (428, "version.required")
        assert (snapshot(thing), Event.objects.count()) == before


def steps(deed, thing, person):
    return MADE[deed.noun].steps(make.fresh(thing), person)


def leads_on(deed):
    """Tell whether the verb leads to another state, so that it cannot be taken twice."""
    rows = MADE[deed.noun].lifecycle.rows(deed.verb)
    return all(row.target and row.target not in row.sources for row in rows)


def snapshot(thing):
    """Return every column of the row."""
    row = make.fresh(thing)
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_a_return_without_a_reason_names_the_check_by_field_and_one_with_reasons_shows_them(who):
    task, officer = make.in_review(who), Caller(who.supervisor)
    facts, bare = {"check": "facts", "reason": "缺验收单"}, {"check": "format"}

    refused = officer.post("tasks", task.pk, "send_back", version=task.version, failed=[facts, bare])
    done = officer.post("tasks", task.pk, "send_back", version=task.version, failed=[facts])

    assert (refused.status_code, refused.data["code"]) == (422, "return.reason_missing")
    assert refused.data["details"]["failed"] == {"format": ["请写明“格式规范”未通过的原因。"]}
    assert (done.status_code, done.data["state"]) == (200, "active")
    assert officer.get("tasks", task.pk, "closures").data[0]["returned_for"] == {"facts": "缺验收单"}
