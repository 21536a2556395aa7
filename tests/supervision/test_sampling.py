"""回头看抽查: drawn from the record, the same whenever it is asked, doubled where a unit fell back (C3, C7)."""

from datetime import date

import pytest

from supervision import sampling
from supervision.models import Finding
from tests.factories import supervision_correcting as correcting
from tests.factories import tasks as make
from tests.tasks.acts import at
from tests.tasks.api.caller import Caller

MARCH = date(2026, 3, 17)


def settled(who, cause):
    return correcting.settled(who, finding=correcting.accepted(who, cause=cause))


@pytest.fixture
def february(who):
    with at("2026-02-10 10:00"):
        return [settled(who, cause) for cause in ("capacity", "funds")]


def share(monkeypatch, percent):
    monkeypatch.setattr(sampling, "SHARE_PERCENT", percent)
    return set(sampling.drawn(MARCH))


def test_c3_what_was_settled_in_the_month_before_is_drawn_by_its_own_record(who, february, monkeypatch):
    with at("2026-03-02 10:00"):
        later = settled(who, "policy")
    keys = {finding.pk for finding in february}

    assert share(monkeypatch, 0) == set()
    assert share(monkeypatch, 100) == keys
    assert sampling.drawn(date(2026, 4, 1)) == [later.pk]
    half = share(monkeypatch, 50)
    assert half == share(monkeypatch, 50) <= keys


def test_c7_where_a_unit_fell_back_into_the_same_cause_the_share_is_doubled(who, february, monkeypatch):
    capacity, funds = february
    with at("2026-02-20 10:00"):
        correcting.accepted(who, cause="capacity")
        correcting.disputed(who, cause="funds")
    monkeypatch.setattr(sampling, "_lot", lambda month, seed: 15)

    assert sampling.recurrent(MARCH) == {(who.water.pk, "capacity")}
    assert share(monkeypatch, 10) == {capacity.pk}
    assert share(monkeypatch, 16) == {capacity.pk, funds.pk}


def test_the_draw_is_told_to_the_office_at_both_doors_and_to_no_unit(who, february, monkeypatch, client):
    share(monkeypatch, 100)
    keys = {finding.pk for finding in february}

    def told(person):
        client.force_login(person)
        rows = client.get("/findings/?drawn=2026-03").context["findings"]
        by_rest = Caller(person).get("findings", drawn="2026-03").data["results"]
        assert {row.pk for row in rows} == {row["id"] for row in by_rest}
        return {row.pk for row in rows}

    assert told(who.supervisor) == keys
    assert told(who.unit_head) == set()
    assert Finding.objects.visible_to(who.unit_head).count() == 2
    assert Caller(who.supervisor).get("findings", drawn="三月").status_code == 400
    assert make.fresh(february[0]).state == "settled"
