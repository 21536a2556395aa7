"""Real task tables (05, 12 of the corpus) become what an officer would make of them."""

from collections import Counter
from datetime import date

import pytest

from organization.models import Department
from tasks.models import Task
from tests.tasks.imports import house

# 05: two leads and five helpers that the directory does not know (县城管局, 县信访局; 县税务局, 国网供电公司, 供销社,
# 城关镇, 残联); 12: two helpers (市固废管理中心, 市检察院).
KEPT = {house.COUNTY: [5, 11, 13, 17, 19, 23, 29], house.CITY: [22, 23]}


@pytest.mark.parametrize("name", [house.COUNTY, house.CITY], ids=["05", "12"])
def test_a_real_table_is_read_row_by_row_as_an_officer_reads_it(offices, name):
    office, gold = offices[name], house.gold(name)

    batch = house.read(house.directive(office), office.supervisor, house.corpus(name), f"{name}.xlsx")

    rows = list(batch.rows.all())
    assert (batch.state, batch.total) == ("ready", len(gold))
    names = dict(Department.objects.values_list("pk", "name"))
    assert [row.proposed["matter"] for row in rows] == [task["clause"] for task in gold]
    leads = [[names[key] for key in [row.proposed["lead"], *row.proposed["joint"]] if key] for row in rows]
    assert leads == [task["lead"] for task in gold]
    named = [{m["unit"] for m in row.proposed["mentions"] if m["role"] == "co" and m["unit"]} for row in rows]
    assert [{names[key] for key in keys} for keys in named] == [set(task["cooperating"]) for task in gold]
    assert [row.proposed["due_on"] for row in rows] == [task["deadline"] for task in gold]
    assert [row.proposed["cycle"] or None for row in rows] == [task["cycle"] for task in gold]
    assert [row.proposed["leader"] or None for row in rows] == [task["responsible_leader"] for task in gold]
    unknown = [[m["text"] for m in row.proposed["mentions"] if m["unit"] is None] for row in rows]
    assert [set(texts) for texts in unknown] == [set(task["unresolved"]) for task in gold]
    assert [row.line for row in rows if not row.good] == KEPT[name]
    assert batch.good == len(gold) - len(KEPT[name])


@pytest.mark.parametrize("name", [house.COUNTY, house.CITY], ids=["05", "12"])
def test_the_good_rows_become_drafts_with_their_shares_and_the_rest_is_kept(offices, name):
    office, gold = offices[name], {task["clause"]: task for task in house.gold(name)}
    directive = house.directive(office)

    batch = house.taken(directive, office.supervisor, house.corpus(name))

    tasks = list(Task.objects.filter(directive=directive).prefetch_related("assignments__department"))
    assert (batch.state, batch.taken, batch.kept) == ("done", len(gold) - len(KEPT[name]), len(KEPT[name]))
    assert len(tasks) == batch.taken
    for task in tasks:
        parts = Counter(share.part for share in task.assignments.all())
        lead = [share.department.name for share in task.assignments.all() if share.part == "lead"]
        assert (lead, parts["lead"]) == (gold[task.matter]["lead"][:1], 1)
        due = gold[task.matter]["deadline"]
        assert task.due_on == (date.fromisoformat(due) if due else None)
        assert (task.state, task.organiser, task.number) == ("draft", office.unit, None)
    assert list(batch.rows.filter(task=None).values_list("line", flat=True)) == KEPT[name]


def test_generic_groups_are_expanded_only_where_they_are_sure(offices):
    office = offices[house.CITY]

    batch = house.read(house.directive(office), office.supervisor, house.corpus(house.CITY))

    sure = batch.rows.get(line=5)
    assert sure.proposed["groups"] == "各县区政府"
    counties = Department.objects.filter(kind="government", level="county").values_list("pk", flat=True)
    assert set(counties) <= {sure.proposed["lead"], *sure.proposed["co_units"]}
    assert [p["code"] for p in sure.problems] == ["group.expanded", "assign.incomplete", "deadline.past"]
    open_ = batch.rows.get(line=14)
    assert open_.proposed["groups"] == "沿河县区政府"
    assert [p["code"] for p in open_.problems] == ["group.open", "assign.incomplete"]
    assert open_.good


def test_each_problem_names_its_cell_what_why_and_what_next(offices):
    office = offices[house.COUNTY]

    batch = house.read(house.directive(office), office.supervisor, house.corpus(house.COUNTY))

    problem = batch.rows.get(line=19).problems[0]
    assert (problem["cell"], problem["column"], problem["code"]) == ("E19", "牵头单位", "unit.unknown")
    assert problem["message"] == (
        "单位目录里没有“县城管局”。请核对名称，选定一个单位；确是新单位的，请先由系统管理员登记。"
    )
