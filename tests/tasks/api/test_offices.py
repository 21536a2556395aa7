"""``/api/v1/offices/``."""

from tasks.models import Office
from tasks.operations import offices, tasks
from tests.factories import tasks as make
from tests.tasks.acts import at
from tests.tasks.api.caller import Caller, fresh_key


def test_an_office_is_set_up_read_and_changed(who):
    admin = Caller(who.system_admin)
    near = {"meaning": "near_due", "tone": "blue", "icon": "bell"}

    made = admin.post("offices", department=who.office.pk, mark="澜督", lights=[near], key=fresh_key())
    assert made.status_code == 201, made.data
    assert {"meaning": "near_due", "word": "临期", "tone": "blue", "icon": "bell"} in made.data["lights"]
    assert made.data["steps"] == ["amend"]
    changed = admin.post("offices", made.data["id"], "amend", version=made.data["version"], mark="青督", lights=[])

    assert (changed.status_code, changed.data["mark"]) == (200, "青督")
    assert Office.objects.get().lights == {}
    read = Caller(who.handler).get("offices").data["results"]
    assert [(row["mark"], row["steps"]) for row in read] == [("青督", [])]
    assert Caller(who.supervisor).post("offices", department=who.office.pk, mark="甲").data["code"] == (
        "office.set_up.forbidden"
    )


def test_a_light_without_an_icon_is_complained_of_by_field(who):
    office = offices.set_up(by=who.system_admin, department=who.office, mark="澜督")
    bare = {"meaning": "near_due", "tone": "blue"}

    answer = Caller(who.system_admin).post(
        "offices", office.pk, "amend", version=office.version, mark="澜督", lights=[bare]
    )

    assert (answer.status_code, list(answer.data["details"])) == (400, ["lights"])


def test_the_gaps_of_a_year_are_read(who):
    office = offices.set_up(by=who.system_admin, department=who.office, mark="澜督")
    with at("2026-03-09 10:00"):
        tasks.terminate(make.assigned(who), by=who.leader, reason="政策调整")

    told = Caller(who.supervisor).get("offices", office.pk, "gaps", year=2026)

    gap = {"series": "澜督", "serial": 1, "number": "澜督〔2026〕1号", "given": True, "reason": "政策调整"}
    assert (told.status_code, told.data) == (200, [gap])
    assert Caller(who.supervisor).get("offices", office.pk, "gaps", year="二〇二六").status_code == 400
    assert Caller(who.handler).get("offices", office.pk, "gaps").data["code"] == "office.gaps.forbidden"
