"""Units come, change and end; what they did stays under the name they bore (F49, F52)."""

import random
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from organization import successions
from organization.models import Department, Post
from organization.operations import departments
from organization.querysets import path_range
from tests.factories import organization as make
from tests.organization.refusing import refused
from workflow.models import Event
from workflow.refusal import Forbidden, Stale

pytestmark = pytest.mark.django_db


@pytest.fixture
def city():
    return make.government("青澜市人民政府")


# ------------------------------------------------------------------------------------------------ the tree


def test_the_path_is_the_parents_path_and_the_own_key_in_five_digits(city):
    bureau = make.department("市财政局", city)

    assert bureau.path == f"{city.pk:05}{bureau.pk:05}"
    assert bureau.path.isdigit()


def test_a_subtree_holds_the_unit_and_all_below_and_nothing_else(city):
    bureau = make.department("市财政局", city)
    section = make.department("预算科", bureau)
    other = make.department("市教育局", city)

    assert set(Department.objects.within(bureau)) == {bureau, section}
    assert set(Department.objects.within(city)) == {city, bureau, section, other}
    assert section.is_within(bureau)
    assert section.is_within(section)
    assert not bureau.is_within(section)
    assert list(section.ancestors()) == [city, bureau]


@pytest.mark.parametrize(
    ("path", "after"), [("00001", "00002"), ("0000100009", "0000100010"), ("0000199999", "0000200000")]
)
def test_the_range_of_a_path_ends_before_its_decimal_successor(path, after):
    assert path_range(path) == (path, after)


def test_an_index_answers_for_a_subtree(city, vendor):
    query = str(Department.objects.within(city).order_by().values("pk").query)

    with connection.cursor() as cursor:
        if vendor == "postgresql":
            # A handful of rows is read whole unless that is forbidden.
            cursor.execute("SET LOCAL enable_seqscan = off")
        sql, params = Department.objects.within(city).order_by().values("pk").query.sql_with_params()
        cursor.execute(("EXPLAIN " if vendor == "postgresql" else "EXPLAIN QUERY PLAN ") + sql, params)
        plan = str(cursor.fetchall())

    assert query
    assert "department_path" in plan


def test_a_supervision_office_works_for_the_nearest_government_above(city):
    general_office = make.department("市政府办公室", city)
    office = make.office("市政府督查室", general_office)
    county = make.government("云涧县人民政府", city)
    county_office = make.office("县政府督查室", county)
    bureau = make.department("县财政局", county)

    assert office.jurisdiction == city
    assert county_office.jurisdiction == county
    assert office.governs(bureau)
    assert county_office.governs(bureau)
    assert not county_office.governs(general_office)
    assert set(Department.objects.governed_by(county_office)) == {county, county_office, bureau}


def test_a_party_office_works_for_the_party_committee():
    committee = make.party_committee("中共青澜市委员会")
    office = make.office("市委督查室", make.department("市委办公室", committee))

    assert office.jurisdiction == committee


def test_an_office_without_committee_works_for_its_parent():
    company = make.department("市水务集团")
    office = make.office("集团督查办", company)

    assert office.jurisdiction == company
    assert company.jurisdiction == company


def test_a_leaders_portfolio_holds_what_lies_below_it(city):
    bureau = make.department("市财政局", city)
    section = make.department("预算科", bureau)
    make.department("市教育局", city)
    post = make.post(department_=city, role="leader", portfolio=[bureau])

    assert set(Department.objects.in_charge_of(post)) == {bureau, section}


# ------------------------------------------------------------------------------------------------ create


def test_the_system_administrator_creates_a_unit(admin, city):
    made = departments.create(by=admin, name="市数据局", short="数据局", parent=city, aliases=["大数据局"])

    assert made.path == f"{city.path}{made.pk:05}"
    assert [row.name for row in made.names.all()] == ["市数据局"]
    event = Event.objects.get(kind="department.create")
    assert (event.subject_id, event.actor, event.new_state) == (made.pk, admin, "current")


@pytest.mark.parametrize("role", ["security_admin", "auditor", "supervisor", "leader", "handler"])
def test_nobody_else_creates_a_unit(role, city):
    person = make.person(role)

    with refused("department.create.forbidden", city, kind=Forbidden):
        departments.create(by=person, name="市数据局", parent=city)


def test_two_siblings_do_not_bear_one_name(admin, city):
    make.department("市财政局", city)

    with refused("department.name_taken", city):
        departments.create(by=admin, name="市财政局", parent=city)

    with pytest.raises(IntegrityError), transaction.atomic():
        make.department("市财政局", city)


def test_two_roots_do_not_bear_one_name(admin, city):
    with refused("department.name_taken", city):
        departments.create(by=admin, name=city.name)


def test_a_name_is_free_again_when_its_bearer_has_ended(admin, city):
    old = make.department("市财政局", city)
    departments.dissolve(old, by=admin)

    assert departments.create(by=admin, name="市财政局", parent=city).pk != old.pk


def test_a_credit_code_is_checked_and_registered_once(admin, city):
    with refused("department.uscc", city):
        departments.create(by=admin, name="甲局", parent=city, uscc="11100000000013127E")

    departments.create(by=admin, name="甲局", parent=city, uscc="11100000000013127D")

    with refused("department.uscc_taken", city):
        departments.create(by=admin, name="乙局", parent=city, uscc="11100000000013127D")


def test_units_without_codes_do_not_collide(admin, city):
    departments.create(by=admin, name="甲局", parent=city, uscc="", district_code="")
    departments.create(by=admin, name="乙局", parent=city, uscc="", district_code="")

    assert Department.objects.filter(uscc=None, district_code=None, parent=city).count() == 2


def test_a_wrong_district_code_is_refused(admin, city):
    with refused("department.district_code", city):
        departments.create(by=admin, name="甲县", parent=city, district_code="62292")


def test_nothing_is_created_under_a_unit_that_has_ended(admin, city):
    old = make.department("市旧局", city)
    departments.dissolve(old, by=admin)

    with refused("department.parent_ended", old):
        departments.create(by=admin, name="新科", parent=old)


# ------------------------------------------------------------------------------------------------ amend, rename


def test_a_changed_kind_is_felt_by_the_offices_below(admin, city):
    zone = make.department("高新区", city)
    office = make.office("高新区督查室", zone)
    assert office.jurisdiction == city

    departments.amend(zone, by=admin, kind="government", district_code="622921")

    office.refresh_from_db()
    assert office.jurisdiction == zone
    assert office.region == "622921"


def test_a_renamed_unit_keeps_its_old_name_for_old_days(admin, city):
    bureau = make.department("市粮食局", city, short="粮食局")

    renamed = departments.rename(bureau, by=admin, name="市粮食和物资储备局", short="粮储局")

    today = timezone.localdate()
    assert (renamed.name, renamed.short) == ("市粮食和物资储备局", "粮储局")
    assert list(renamed.names.order_by("pk").values_list("name", "valid_to")) == [
        ("市粮食局", today), ("市粮食和物资储备局", None),
    ]  # fmt: skip
    event = Event.objects.get(kind="department.rename")
    assert event.detail["old_name"] == "市粮食局"


def test_a_name_corrected_on_the_same_day_leaves_one_row(admin, city):
    bureau = make.department("市粮食局", city)
    departments.rename(bureau, by=admin, name="市粮储局")
    departments.rename(bureau, by=admin, name="市粮食和物资储备局")

    assert [row.name for row in bureau.names.all()] == ["市粮食局", "市粮食和物资储备局"]


def test_whoever_saw_an_older_version_does_not_overwrite_it(admin, city):
    bureau = make.department("市粮食局", city)
    departments.rename(bureau, by=admin, name="市粮储局")

    with refused("version.stale", bureau, kind=Stale):
        departments.rename(bureau.expecting(1), by=admin, name="市粮食储备局")


# ------------------------------------------------------------------------------------------------ move


def test_a_moved_unit_takes_everything_below_along(admin, city):
    bureau = make.department("市水务局", city)
    section = make.department("河长办", bureau)
    office = make.office("督查科", section)
    county = make.government("云涧县人民政府", city, district_code="622921")

    departments.move(bureau, by=admin, parent=county)

    bureau, section, office = (Department.objects.get(pk=unit.pk) for unit in (bureau, section, office))
    assert bureau.path == f"{county.path}{bureau.pk:05}"
    assert office.path == f"{bureau.path}{section.pk:05}{office.pk:05}"
    assert office.jurisdiction == county
    assert office.region == "622921"


def test_a_unit_does_not_move_below_itself(admin, city):
    bureau = make.department("市水务局", city)
    section = make.department("河长办", bureau)

    for under in (bureau, section):
        with refused("department.cycle", bureau, section):
            departments.move(bureau, by=admin, parent=under)


def test_random_moves_never_close_a_cycle_and_paths_stay_true(admin):
    chance = random.Random(52)
    units = [make.government("省政府")]
    units += [make.department(f"单位{n}", chance.choice(units)) for n in range(12)]

    codes = set()
    for _turn in range(60):
        unit, parent = chance.choice(units), chance.choice([*units, None])
        try:
            departments.move(Department.objects.get(pk=unit.pk), by=admin, parent=parent)
        except departments.RuleBroken as refusal:
            codes.add(refusal.code)

    assert codes == {"department.cycle"}
    for unit in Department.objects.select_related("parent"):
        assert unit.path == (unit.parent.path if unit.parent else "") + f"{unit.pk:05}"
        assert len(set(unit.ancestors())) == unit.depth
        fresh = Department.objects.get(pk=unit.pk)
        fresh.derive()
        assert (fresh.path, fresh.jurisdiction_path, fresh.region) == (unit.path, unit.jurisdiction_path, unit.region)


# ------------------------------------------------------------------------------------------------ merge, dissolve


@pytest.fixture
def moved():
    """What other rooms are told of a reorganisation."""
    told = []
    with successions.only(handlers=(lambda old, new, by: told.append((old, new, by)),)):
        yield told


def test_merged_units_end_and_name_their_successor(admin, city, moved):
    a, b, c = (make.department(name, city) for name in ("市经信局", "市商务局", "市产业局"))

    departments.merge(a, by=admin, into=c, others=[b])

    a, b = Department.objects.get(pk=a.pk), Department.objects.get(pk=b.pk)
    assert (a.successor, b.successor) == (c, c)
    assert a.valid_to == b.valid_to == timezone.localdate()
    assert a.state == "ended"
    assert a.resolve() == c
    assert moved == [(a, c, admin), (b, c, admin)]
    assert not Department.objects.current().filter(pk__in=[a.pk, b.pk]).exists()
    assert a.name == a.names.get().name == "市经信局"
    assert sorted(Event.objects.filter(kind="department.merge").values_list("subject_id", flat=True)) == [a.pk, b.pk]


def test_the_people_of_a_merged_unit_serve_on_in_its_successor(admin, city):
    old, new = make.department("市经信局", city), make.department("市产业局", city)
    person = make.person("handler", old, title="科员")
    leader = make.post(department_=city, role="leader", portfolio=[old])
    loan = make.delegation(person.posts.get())

    departments.merge(old, by=admin, into=new)

    ended, standing = person.posts.order_by("pk")
    assert (ended.department, ended.ended_on) == (old, timezone.localdate())
    assert (standing.department, standing.role, standing.title, standing.ended_on) == (new, "handler", "科员", None)
    assert list(leader.portfolio.all()) == [new]
    loan.refresh_from_db()
    assert loan.principal_post == standing


def test_an_administrator_in_a_merged_unit_keeps_one_post(admin, city):
    old, new = make.department("市经信局", city), make.department("市产业局", city)
    auditor = make.person("auditor", old)

    departments.merge(old, by=admin, into=new)

    assert [post.department for post in Post.objects.standing().filter(user=auditor)] == [new]


def test_the_units_below_a_merged_unit_pass_to_its_successor(admin, city, moved):
    old, new = make.department("市经信局", city), make.department("市产业局", city)
    plain = make.department("运行科", old)
    twin, namesake = make.department("办公室", old), make.department("办公室", new)

    departments.merge(old, by=admin, into=new)

    plain.refresh_from_db()
    twin.refresh_from_db()
    assert plain.parent == new
    assert plain.is_within(new)
    assert twin.successor == namesake
    assert moved == [(twin, namesake, admin), (old, new, admin)]


def test_a_unit_is_not_merged_into_itself_its_child_or_an_ended_one(admin, city):
    bureau = make.department("市水务局", city)
    child = make.department("河长办", bureau)
    ended = make.department("旧局", city)
    departments.dissolve(ended, by=admin)

    for into in (bureau, child, ended):
        with refused("department.successor", bureau, into):
            departments.merge(bureau, by=admin, into=into)


def test_a_merger_that_another_room_refuses_changes_nothing(admin, city):
    old, new = make.department("市经信局", city), make.department("市产业局", city)

    def refuse(old, new, by):
        raise departments.RuleBroken("tasks.stuck", "不行")

    with successions.only(handlers=(refuse,)), refused("tasks.stuck", old, new):
        departments.merge(old, by=admin, into=new)


def test_a_unit_with_open_duties_is_not_dissolved_without_successor(admin, city, moved):
    bureau, heir = make.department("市水务局", city), make.department("市利局", city)

    with successions.only(probes=(lambda unit: 3 if unit == bureau else 0,)):
        with refused("department.duties_open", bureau) as caught:
            departments.dissolve(bureau, by=admin)
    assert caught.value.details == {"open": 3}

    departments.dissolve(bureau, by=admin, successor=heir)

    assert moved == [(bureau, heir, admin)]
    bureau.refresh_from_db()
    assert bureau.successor == heir


def test_a_unit_with_units_below_is_not_dissolved_without_successor(admin, city):
    bureau = make.department("市水务局", city)
    make.department("河长办", bureau)

    with refused("department.has_children", bureau):
        departments.dissolve(bureau, by=admin)


def test_the_posts_of_a_dissolved_unit_end(admin, city):
    bureau = make.department("市水务局", city)
    person = make.person("handler", bureau)

    departments.dissolve(bureau, by=admin)

    assert not Post.objects.standing().filter(user=person).exists()
    assert person.posts.count() == 1


def test_an_ended_unit_is_neither_renamed_nor_moved(admin, city):
    bureau = make.department("市水务局", city)
    departments.dissolve(bureau, by=admin)

    with refused("department.rename.wrong_state", bureau):
        departments.rename(bureau, by=admin, name="新名")
    with refused("department.move.wrong_state", bureau):
        departments.move(bureau, by=admin, parent=None)


def test_units_are_never_deleted(city):
    bureau = make.department("市水务局", city)
    make.post(department_=bureau)

    with pytest.raises(Exception, match="protected"):
        bureau.delete()


def test_random_reorganisations_leave_every_duty_with_one_current_unit(admin):
    """F49: 200 random reorganisations, no orphan, no double owner."""
    chance = random.Random(49)
    root = make.government("市政府")
    units = [make.department(f"局{n}", root) for n in range(8)]
    owner = {f"事项{n}": chance.choice(units).pk for n in range(40)}

    def follow(old, new, by):
        owner.update({duty: new.pk for duty, unit in owner.items() if unit == old.pk})

    done, codes = 0, set()
    with successions.only(handlers=(follow,), probes=(lambda unit: list(owner.values()).count(unit.pk),)):
        for turn in range(200):
            current = list(Department.objects.current().exclude(pk=root.pk).filter(path__startswith=root.path))
            unit, other = chance.choice(current), chance.choice([*current, root])
            verb = chance.choice(["merge", "rename", "move", "dissolve", "create"])
            try:
                if verb == "create" or len(current) < 4:
                    departments.create(by=admin, name=f"新局{turn}", parent=root)
                elif verb == "rename":
                    departments.rename(unit, by=admin, name=f"改局{turn}")
                elif verb == "move":
                    departments.move(unit, by=admin, parent=other)
                elif verb == "merge":
                    departments.merge(unit, by=admin, into=other)
                else:
                    departments.dissolve(unit, by=admin, successor=chance.choice([None, other]))
                done += 1
            except departments.RuleBroken as refusal:
                codes.add(refusal.code)

    assert done > 100
    assert codes <= {f"department.{why}" for why in ("cycle", "successor", "duties_open", "has_children")}
    assert len(owner) == 40
    assert all(Department.objects.get(pk=pk).is_current() for pk in owner.values())


# ------------------------------------------------------------------------------------------------ visibility


def test_the_directory_is_open_to_everybody_signed_in_and_to_nobody_else(city, handler):
    from django.contrib.auth.models import AnonymousUser

    assert city in Department.objects.visible_to(handler)
    assert list(Department.objects.visible_to(AnonymousUser())) == []


def test_another_system_sees_its_own_subtree_only(city):
    bureau = make.department("市财政局", city)
    section = make.department("预算科", bureau)
    client = make.client(bureau)

    assert set(Department.objects.visible_to(client.user)) == {bureau, section}


def test_a_system_of_a_supervision_office_sees_what_the_office_supervises(city):
    bureau = make.department("市财政局", city)
    office = make.office("督查室", city)
    make.government("外市政府")
    client = make.client(office)

    assert set(Department.objects.visible_to(client.user)) == {city, bureau, office}


# ------------------------------------------------------------------------------------------------ constraints


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("department_level_is_known", {"level": "galaxy"}),
        ("department_side_is_known", {"side": "left"}),
        ("department_kind_is_known", {"kind": "club"}),
        ("department_ends_after_start", {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}),
        ("department_codes_are_null_not_blank", {"uscc": ""}),
    ],
)
def test_the_database_refuses_what_the_constraint_names(city, constraint, fields):
    with (
        pytest.raises(IntegrityError, match=constraint),
        transaction.atomic(),
    ):
        Department.objects.filter(pk=city.pk).update(**fields)


def test_the_database_refuses_a_successor_of_a_living_unit_and_an_own_parent(city):
    bureau = make.department("市财政局", city)

    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.filter(pk=bureau.pk).update(successor=city)
    with pytest.raises(IntegrityError), transaction.atomic():
        Department.objects.filter(pk=bureau.pk).update(parent=bureau)


def test_a_form_refuses_a_wrong_credit_code(city):
    city.uscc = "123"
    with pytest.raises(ValidationError):
        city.full_clean()
