"""督查机构设置: the word in the numbers and the lights of an office (R15, R23); which numbers nobody bears."""

import dataclasses
from io import StringIO

import pytest
from django.core.management import call_command

from organization.operations import departments
from organization.states import Role
from tasks import defaults, shown
from tasks.models import Office, Task
from tasks.operations import directives, gaps, offices, tasks
from tasks.states import Light
from tests.factories import organization
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import at, lend, told
from workflow.refusal import Conflict, Forbidden, RuleBroken

BLUE = {"meaning": "near_due", "tone": "blue", "icon": "bell"}


@pytest.fixture
def office(who):
    return offices.set_up(by=who.system_admin, department=who.office, mark="澜督")


def test_the_system_administrator_gives_an_office_its_word_and_its_lights(who):
    office = offices.set_up(by=who.system_admin, department=who.office, mark="澜督", lights=[BLUE])

    assert (office.mark, office.lights) == ("澜督", {"near_due": {"tone": "blue", "icon": "bell"}})
    with at("2026-03-09 10:00"):
        assert make.assigned(who).number == "澜督〔2026〕1号"
    assert told("office.set_up") == [{"department": "市政府督查室", "mark": "澜督", "lights": office.lights}]


def test_nobody_else_changes_them_nor_whoever_borrows_the_administrators_post(who, office):
    others = [person for name, person in who.everyone().items() if name != "system_admin"]
    for person in [*others, lend(who.system_admin, who.colleague)]:
        with refused("office.amend.forbidden", office, kind=Forbidden):
            offices.amend(office, by=person, mark="青督")
        with refused("office.set_up.forbidden", office, kind=Forbidden):
            offices.set_up(by=person, department=organization.office(), mark="青督")


@pytest.mark.parametrize("mark", ["澜督2", "澜督〔2026〕", "澜（督）", "澜 督", "澜-督", "督", "澜督立", ""])
def test_a_word_is_letters_alone_and_never_the_common_one(who, office, mark):
    with refused("office.mark", office, kind=RuleBroken):
        offices.amend(office, by=who.system_admin, mark=mark)


def test_a_word_belongs_to_one_office_and_an_office_is_set_up_once(who, office):
    other = organization.office("市委督查室")

    with refused("office.mark_taken", office, kind=Conflict):
        offices.set_up(by=who.system_admin, department=other, mark="澜督")
    with refused("office.set_up", office, kind=Conflict):
        offices.set_up(by=who.system_admin, department=who.office, mark="青督")
    with refused("office.not_office", office, kind=RuleBroken):
        offices.set_up(by=who.system_admin, department=who.water, mark="青督")


@pytest.mark.parametrize(
    ("code", "lights"),
    [
        ("office.light", [{"meaning": "near_due", "tone": "blue", "icon": ""}]),
        ("office.light", [{"meaning": "near_due", "tone": "pink", "icon": "bell"}]),
        ("office.light", [{"meaning": "flying", "tone": "blue", "icon": "bell"}]),
        ("office.light", [BLUE, BLUE]),
        ("office.icon_twice", [BLUE | {"icon": "alert-triangle"}]),
        ("office.icon_twice", [BLUE, BLUE | {"meaning": "overdue"}]),
    ],
)
def test_no_light_is_without_an_icon_or_told_from_another_by_colour_alone(who, office, code, lights):
    with refused(code, office, kind=RuleBroken):
        offices.amend(office, by=who.system_admin, mark="澜督", lights=lights)


def test_every_light_of_every_scheme_has_a_colour_an_icon_of_its_own_and_a_word(who, office):
    office = offices.amend(
        office, by=who.system_admin, mark="青督", lights=[BLUE, BLUE | {"meaning": "overdue", "icon": "star"}]
    )

    looks = {light: shown.look(light, office.lights) for light in Light}
    assert looks[Light.NEAR_DUE] == {"tone": "blue", "icon": "bell"}
    assert len({look["icon"] for look in looks.values()}) == len(Light)
    assert all(look["tone"] in defaults.TONES and look["icon"] in defaults.ICONS for look in looks.values())
    assert all(str(light.label) for light in Light)


def test_a_changed_word_leaves_the_numbers_that_papers_bear(who, office):
    with at("2026-03-09 10:00"):
        old = make.assigned(who)
        offices.amend(office, by=who.system_admin, mark="青督")
        new = make.assigned(who)

    assert (make.fresh(old).number, new.number) == ("澜督〔2026〕1号", "青督〔2026〕1号")
    assert told("office.amend") == [{"before": {"mark": "澜督", "lights": {}}, "mark": "青督", "lights": {}}]


# ------------------------------------------------------------------------------------------------ gaps


def test_the_gaps_of_a_year_are_told_with_the_reason_on_record(who, office):
    with at("2026-03-09 10:00"):
        of = make.directive(who)
        kept, ended = (make.assigned(who, of=of) for _ in range(2))
        tasks.terminate(make.fresh(ended), by=who.leader, reason="政策调整")
        directives.withdraw(make.directive(who), by=who.supervisor, reason="重复立项")
        lost = make.assigned(who, of=of)
        Task.objects.filter(pk=lost.pk).update(number="遗失")

    found = gaps.of(office, by=who.supervisor, year=2026)

    assert kept.number == "澜督〔2026〕1号"
    assert found == [
        gaps.Gap("澜督", 2, "澜督〔2026〕2号", True, "政策调整"),
        gaps.Gap("澜督", 3, "澜督〔2026〕3号", True, ""),
        gaps.Gap("澜督立", 2, "澜督立〔2026〕2号", True, "重复立项"),
    ]
    assert gaps.of(office, by=who.leader, year=2025) == []


def test_a_number_below_another_is_no_number_of_the_series(who, office):
    with at("2026-03-09 10:00"):
        above = make.active(who, co_units=[])
        tasks.split(above, by=who.handler, matter="清淤", lead=who.river, responsible="河道处")

    assert gaps.of(office, by=who.supervisor, year=2026) == []


def test_the_gaps_are_for_the_offices_officers_and_its_governments_leaders(who, office):
    for person in (who.supervisor, who.colleague, who.leader, who.chief):
        assert gaps.of(office, by=person, year=2026) == []
        assert gaps.readable(person) == [who.office]
    for person in (who.handler, who.unit_head, who.inspector, who.auditor, who.system_admin, who.security_admin):
        with refused("office.gaps.forbidden", office, kind=Forbidden):
            gaps.of(office, by=person, year=2026)
        assert gaps.readable(person) == []


def test_offices_that_share_the_common_series_read_only_their_own_reasons(who):
    second = organization.office("市政府第二督查室", who.government)
    there = dataclasses.replace(who, office=second, supervisor=organization.person(Role.SUPERVISOR, second))
    with at("2026-03-09 10:00"):
        for house, words in ((who, "我方原因"), (there, "对方原因")):
            tasks.terminate(make.assigned(house), by=who.leader, reason=words)

    found = gaps.found_in([who.office, second], 2026)

    assert [gap.reason for gap in found[who.office.pk]] == ["我方原因"]
    assert [gap.reason for gap in found[second.pk]] == ["对方原因"]


def test_as_many_statements_for_many_offices_as_for_one(who, django_assert_num_queries):
    others = [organization.office(f"{n}督查室", who.government) for n in "甲乙丙"]
    with at("2026-03-09 10:00"):
        Task.objects.filter(pk=make.assigned(who).pk).update(number="遗失")
    for units in ([who.office], [who.office, *others]):
        with django_assert_num_queries(5):
            gaps.found_in(units, 2026)


def test_the_command_names_every_office(who, office):
    with at("2026-03-09 10:00"):
        tasks.terminate(make.assigned(who), by=who.leader, reason="政策调整")

    out = StringIO()
    call_command("number_gaps", "--year", "2026", stdout=out)

    assert "市政府督查室：1 个\n  澜督〔2026〕1号 已给出，后来撤销或终止：政策调整" in out.getvalue()


# ------------------------------------------------------------------------------------------------ pages


def test_the_page_of_settings_is_the_system_administrators(who, office, client):
    organization.office("市委督查室")
    client.force_login(who.system_admin)

    page = client.get("/system/offices/").content.decode()
    assert "澜督" in page
    assert "（未设置，用共同编号）" in page
    client.force_login(who.supervisor)
    assert client.get("/system/offices/").status_code == 404


def test_the_form_of_settings_gathers_the_table_of_lights(who, office, client):
    client.force_login(who.system_admin)
    form = client.get(f"/offices/{office.pk}/amend/").content.decode()
    assert form.count("_tone") == len(Light)
    boxes = {f"lights_{light}_{part}": defaults.SCHEME[light][part] for light in Light for part in ("tone", "icon")}

    answer = client.post(
        f"/offices/{office.pk}/amend/",
        boxes | {"mark": "青督", "lights_near_due_tone": "blue", "version": str(office.version)},
    )

    assert answer.status_code == 302
    assert Office.objects.values_list("mark", "lights").get() == (
        "青督", {"near_due": {"tone": "blue", "icon": "clock-exclamation"}},
    )  # fmt: skip


def test_an_office_is_set_up_on_its_page(who, client):
    client.force_login(who.system_admin)
    assert (
        f'value="{who.office.pk}" selected'
        in client.get(f"/system/offices/set_up/?department={who.office.pk}").content.decode()
    )

    client.post("/system/offices/set_up/", {"department": who.office.pk, "mark": "澜督"})

    assert Office.objects.get().mark == "澜督"


def test_the_gaps_have_a_page_for_officers_and_leaders(who, office, client):
    with at("2026-03-09 10:00"):
        tasks.terminate(make.assigned(who), by=who.leader, reason="政策调整")
    for person, status in ((who.supervisor, 200), (who.leader, 200), (who.handler, 403), (who.system_admin, 403)):
        client.force_login(person)
        assert client.get("/numbers/?year=2026").status_code == status

    client.force_login(who.supervisor)
    page = client.get("/numbers/?year=2026").content.decode()
    assert "澜督〔2026〕1号" in page
    assert "政策调整" in page


def test_a_unit_that_is_an_office_no_more_cannot_be_set_up(who):
    ended = departments.dissolve(organization.office("旧督查室", who.government), by=who.system_admin)

    with pytest.raises(RuleBroken) as caught:
        offices.set_up(by=who.system_admin, department=ended, mark="旧督")

    assert caught.value.code == "office.not_office"
