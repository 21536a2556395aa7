"""Imports and many assignments at the REST door."""

import os
from datetime import date
from io import BytesIO

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from documents import sheets
from organization.models import Department
from organization.states import Role
from tasks.models import Batch, Task
from tasks.operations import tasks
from tests.factories import organization as make
from tests.tasks.api.caller import Caller, fresh_key
from tests.tasks.imports import house
from workflow.models import Event

BAD = (2, "修路。", "通车", "县火星局", "", "李某", "2027-12-31", "")


def file(content, name="分解表.xlsx"):
    return SimpleUploadedFile(name, content)


def stored():
    """Return every file below the data folder that could be one of ours."""
    folders = (settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR)
    return sorted(
        os.path.join(at, name) for folder in folders for at, _dirs, names in os.walk(folder) for name in names
    )


@pytest.fixture
def officer(county):
    return Caller(county.supervisor)


@pytest.fixture
def directive(county):
    return house.directive(county)


def test_an_import_goes_from_upload_to_drafts(officer, directive, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        made = officer.post("batches", files=True, directive=directive.pk, file=file(house.sheet(house.GOOD, BAD)))
    assert made.status_code == 201, made.data

    batch = officer.get("batches", made.data["id"])
    assert (batch.data["state"], batch.data["total"], batch.data["good"], batch.data["kept"]) == ("ready", 2, 1, 1)
    assert batch.data["steps"] == ["take", "amend", "drop"]

    with django_capture_on_commit_callbacks(execute=True):
        begun = officer.post("batches", made.data["id"], "take", version=batch.data["version"])
    assert begun.status_code == 200, begun.data

    batch = officer.get("batches", made.data["id"]).data
    rows = officer.get("batches", made.data["id"], "rows").data["results"]
    assert (batch["state"], batch["taken"]) == ("done", 1)
    assert [row["state"] for row in rows] == ["taken", "kept"]
    assert rows[0]["task"] == Task.objects.get().pk


def test_the_lines_name_units_problems_and_cells(officer, directive, county):
    batch = house.read(directive, county.supervisor, house.sheet(house.GOOD, BAD))

    first, second = officer.get("batches", batch.pk, "rows").data["results"]

    assert (first["lead"]["short"], [unit["short"] for unit in first["co_units"]]) == ("县住房城乡建设局", ["县财政局"])
    assert (first["cells"]["工作任务"], first["problems"]) == ("改造老旧小区6个。", [])
    [problem] = second["problems"]
    assert (problem["cell"], problem["column"], problem["code"], problem["blocking"]) == (
        "D4", "牵头单位", "unit.unknown", True,
    )  # fmt: skip
    kept = officer.get("batches", batch.pk, "rows", state="kept").data["results"]
    assert [row["line"] for row in kept] == [4]
    assert officer.get("batches", batch.pk, "rows", state="odd").status_code == 400


def test_a_line_is_corrected_by_sending_it_back(officer, directive, county):
    batch = house.read(directive, county.supervisor, house.sheet(BAD))
    [row] = officer.get("batches", batch.pk, "rows").data["results"]
    unit = Department.objects.get(short="县交通运输局")
    said = {name: row["proposed"][name] for name in ("matter", "standard", "responsible", "due_on")}

    answer = officer.post("batches", batch.pk, "amend", version=batch.version, row=row["id"], lead=unit.pk, **said)

    assert (answer.status_code, answer.data["good"], answer.data["kept"]) == (200, 1, 0)
    assert batch.rows.get().proposed["lead"] == unit.pk
    stale = officer.post("batches", batch.pk, "amend", version=batch.version, row=row["id"], **said)
    blind = officer.post("batches", batch.pk, "amend", row=row["id"], **said)
    assert (stale.status_code, blind.status_code) == (412, 428)


def test_a_dry_run_tells_all_and_keeps_nothing(officer, directive):
    events, before = Event.objects.count(), stored()

    answer = officer.post(
        "batches", files=True, directive=directive.pk, file=file(house.sheet(house.GOOD, BAD)), dry_run="true"
    )

    assert (answer.status_code, answer.data["total"], answer.data["good"], answer.data["kept"]) == (200, 2, 1, 1)
    assert [row["state"] for row in answer.data["rows"]] == ["good", "kept"]
    assert answer.data["rows"][0]["lead"]["short"] == "县住房城乡建设局"
    assert (Batch.objects.count(), Event.objects.count(), stored()) == (0, events, before)


def test_the_same_upload_again_is_the_same_import(officer, directive):
    key, content = fresh_key(), house.sheet(house.GOOD)

    first = officer.post("batches", key=key, files=True, directive=directive.pk, file=file(content))
    again = officer.post("batches", key=key, files=True, directive=directive.pk, file=file(content))
    other = officer.post("batches", key=key, files=True, directive=directive.pk, file=file(house.sheet(BAD)))

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.json()["id"] == first.data["id"]
    assert Batch.objects.count() == 1


def test_a_sheet_may_also_be_handed_to_its_directive(officer, directive):
    answer = officer.post("directives", directive.pk, "upload", files=True, file=file(house.sheet(house.GOOD)))

    assert (answer.status_code, answer.data["state"]) == (201, "reading")
    assert answer.data["directive"]["id"] == directive.pk


def test_who_may_not_import_is_told_so_or_sees_nothing(directive, county):
    handler = make.person(Role.HANDLER, Department.objects.get(short="县财政局"))
    other = house.office_of("青澜市", "city").supervisor
    batch = house.read(directive, county.supervisor, house.sheet(house.GOOD))
    content = house.sheet(house.GOOD)

    for person, upload, direct in ((handler, 403, 404), (county.leader, 403, 403), (other, 400, 404)):
        caller = Caller(person)
        assert caller.post("batches", files=True, directive=directive.pk, file=file(content)).status_code == upload
        reached = caller.post("directives", directive.pk, "upload", files=True, file=file(content))
        assert reached.status_code == direct
        assert caller.get("batches", batch.pk).status_code == 404
        assert caller.get("batches", batch.pk, "rows").status_code == 404
        assert caller.get("batches", batch.pk, "kept").status_code == 404
        assert caller.post("batches", batch.pk, "take", version=2).status_code == 404
        assert caller.get("batches").data["results"] == []
    assert Caller().get("batches").status_code == 401
    assert Batch.objects.count() == 1


def test_workbooks_leave_as_downloads(officer, directive, county):
    batch = house.read(directive, county.supervisor, house.sheet(house.GOOD, BAD))

    kept, template = officer.get("batches", batch.pk, "kept"), officer.get("batches", "template")

    assert all("attachment" in answer["Content-Disposition"] for answer in (kept, template))
    [line] = sheets.read(BytesIO(b"".join(kept.streaming_content)), "改.xlsx").rows
    assert line.matter == "修路。"
    units = sheets.load(BytesIO(b"".join(template.streaming_content)), "模板.xlsx")
    assert "县财政局" in str(units)


@pytest.mark.parametrize("count", [1, 50])
def test_lists_cost_the_same_however_long(officer, directive, county, count, django_assert_max_num_queries):
    lines = [(n, f"完成第{n}批改造。", *house.GOOD[2:]) for n in range(count)]
    batch = house.read(directive, county.supervisor, house.sheet(*lines))

    with django_assert_max_num_queries(3):
        assert officer.get("batches").status_code == 200
    with django_assert_max_num_queries(4):
        assert officer.get("batches", batch.pk).status_code == 200
    with django_assert_max_num_queries(4):
        assert len(officer.get("batches", batch.pk, "rows").data["results"]) == count


# ------------------------------------------------------------------------------------------------ 批量交办


def drafts(directive, officer, count=3):
    unit = Department.objects.get(short="县财政局")
    helper = Department.objects.get(short="县水利局")
    fields = {"standard": "验收", "lead": unit, "co_units": [helper], "responsible": "王某"}
    due = date(2099, 6, 30)
    return [tasks.draft(directive, by=officer, matter=f"第{n}件", due_on=due, **fields) for n in range(count)]


def test_many_drafts_are_assigned_and_each_answers_for_itself(officer, directive, county):
    good = drafts(directive, county.supervisor, 2)
    lacking = tasks.draft(directive, by=county.supervisor, matter="缺要件")

    answer = officer.post("directives", directive.pk, "assign")

    told = answer.data
    assert (answer.status_code, told["done"], told["refused"], told["remaining"]) == (200, 2, 1, 1)
    assert [(row["task"], row["done"], row["code"]) for row in told["results"]] == [
        (good[0].pk, True, ""), (good[1].pk, True, ""), (lacking.pk, False, "task.incomplete"),
    ]  # fmt: skip
    assert told["results"][2]["details"] == {"missing": ["standard", "lead", "responsible", "due"]}
    assert [unit["part"] for unit in told["results"][0]["units"]] == ["lead", "co"]
    states = list(Task.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["assigned", "assigned", "draft"]
    assert told["results"][0]["number"] == Task.objects.get(pk=good[0].pk).number


def test_a_rehearsal_says_the_same_and_changes_nothing(officer, directive, county):
    drafts(directive, county.supervisor, 2)
    tasks.draft(directive, by=county.supervisor, matter="缺要件")
    events = Event.objects.count()

    seen = officer.post("directives", directive.pk, "assign", dry_run=True).data

    assert (seen["dry_run"], seen["done"], seen["refused"], seen["remaining"]) == (True, 2, 1, 3)
    assert (Event.objects.count(), set(Task.objects.values_list("state", flat=True))) == (events, {"draft"})
    real = officer.post("directives", directive.pk, "assign").data
    same = ("task", "done", "code", "message", "due_on", "units")
    assert [[row[name] for name in same] for row in seen["results"]] == [
        [row[name] for name in same] for row in real["results"]
    ]


def test_only_the_named_ones_are_assigned(officer, directive, county):
    first, second, third = drafts(directive, county.supervisor)

    answer = officer.post("directives", directive.pk, "assign", tasks=[first.pk, third.pk])

    assert [row["task"] for row in answer.data["results"]] == [first.pk, third.pk]
    assert Task.objects.get(pk=second.pk).state == "draft"
    again = officer.post("directives", directive.pk, "assign", tasks=[first.pk]).data["results"][0]
    assert (again["done"], again["code"]) == (False, "task.assign.wrong_state")


def test_a_foreign_task_is_not_assigned_through_another_directive(officer, directive, county):
    other = house.directive(county, title="另一件")
    [task] = drafts(other, county.supervisor, 1)

    assert officer.post("directives", directive.pk, "assign", tasks=[task.pk]).status_code == 400
    assert Task.objects.get().state == "draft"


def test_nothing_is_assigned_before_the_directive_is_approved(officer, county):
    directive = house.directive(county, approved=False)
    drafts(directive, county.supervisor, 1)

    [row] = officer.post("directives", directive.pk, "assign").data["results"]

    assert (row["done"], row["code"]) == (False, "directive.not_approved")


def test_nobody_else_assigns(directive, county):
    drafts(directive, county.supervisor, 1)

    assert Caller(county.leader).post("directives", directive.pk, "assign").status_code == 403
    stranger = make.person(Role.HANDLER, Department.objects.get(short="县财政局"))
    assert Caller(stranger).post("directives", directive.pk, "assign").status_code == 404
    assert Task.objects.get().state == "draft"


def test_a_repeated_call_assigns_once(officer, directive, county):
    drafts(directive, county.supervisor, 2)
    key = fresh_key()

    first = officer.post("directives", directive.pk, "assign", key=key)
    again = officer.post("directives", directive.pk, "assign", key=key)

    assert (first.data["done"], again.json()["done"]) == (2, 2)
    assert Event.objects.filter(kind="task.assign").count() == 2


def test_a_rehearsal_of_many_costs_no_more_than_of_one(officer, directive, county, django_assert_max_num_queries):
    drafts(directive, county.supervisor, 1)
    officer.post("directives", directive.pk, "assign", dry_run=True)
    for _more in range(2):
        with django_assert_max_num_queries(7):
            officer.post("directives", directive.pk, "assign", dry_run=True)
        drafts(directive, county.supervisor, 30)


def test_a_rehearsed_import_shows_which_lines_would_get_the_sources_limit(officer, county):
    of, undated = house.directive(county, source="minutes"), (1, "修路。", "通车", "县住建局", "", "李某", "", "")

    def asked(**ticked):
        sheet = file(house.sheet(undated))
        told = officer.post("batches", files=True, directive=of.pk, file=sheet, dry_run="true", **ticked).data
        return told["good"], told["rows"][0]["proposed"]["default_limit"]

    assert asked() == (0, False)
    assert asked(default_limit="true") == (1, True)
    assert Batch.objects.count() == 0
