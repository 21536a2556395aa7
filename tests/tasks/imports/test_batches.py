"""Upload, look, correct, take, drop: by operations."""

from datetime import date
from io import BytesIO

import pytest

from documents import sheets, templates
from organization.models import Department
from organization.states import Role
from tasks.models import Batch, BatchRow, Milestone, Task
from tasks.operations import batches, directives, tasks
from tests.factories import organization as make
from tests.tasks.imports import house
from workflow import audit
from workflow.models import Event
from workflow.refusal import Forbidden, NotVisible, RuleBroken, Stale, WrongState


def unit(short):
    return Department.objects.get(short=short)


def codes(row):
    return [problem["code"] for problem in row.problems if problem["blocking"]]


def hints(row):
    return [problem["code"] for problem in row.problems if not problem["blocking"]]


def amended(batch, officer, line, **changes):
    """Correct a line as the form would: everything as it stands, but for what is changed."""
    row = batch.rows.get(line=line)
    said, units = row.proposed, Department.objects
    same = ("matter", "standard", "responsible", "groups", "leader", "cycle")
    fields = {name: said[name] for name in same} | {
        "lead": units.filter(pk=said["lead"]).first(),
        "joint": units.filter(pk__in=said["joint"]),
        "co_units": units.filter(pk__in=said["co_units"]),
        "due_on": date.fromisoformat(said["due_on"]) if said["due_on"] else None,
    }
    return batches.amend(batch, by=officer, row=row, **fields | changes)


def test_a_line_says_what_would_come_of_it(county):
    due = "6月底前完成3个，年底前完成6个"
    line = (1, "改造老旧小区6个。", "验收合格", "县住建局", "县财政局、县水利局，各县区政府", "王某", due, "按月调度")

    batch = house.read(house.directive(county), county.supervisor, house.sheet(line))

    row = batch.rows.get()
    assert (row.proposed["lead"], row.proposed["joint"]) == (unit("县住房城乡建设局").pk, [])
    assert row.proposed["co_units"] == [unit("县财政局").pk, unit("县水利局").pk]
    assert row.proposed["due_on"] == "2027-12-31"
    assert [stage["due_on"] for stage in row.proposed["milestones"]] == ["2027-06-30", "2027-12-31"]
    assert (row.proposed["cycle"], row.proposed["groups"]) == ("monthly", "各县区政府")
    assert row.proposed["clause"] == "备注：按月调度"
    assert (row.good, batch.good, batch.waiting, batch.kept) == (True, 1, 1, 0)


def test_the_first_of_several_leads_answers_and_the_others_lead_jointly(county):
    line = (1, "改造老旧小区6个。", "", "县住建局、县财政局共同牵头", "", "", "年底前", "")

    batch = house.taken(house.directive(county), county.supervisor, house.sheet(line))

    shares = [(share.department.short, share.part) for share in batch.rows.get().task.assignments.all()]
    assert shares == [("县住房城乡建设局", "lead"), ("县财政局", "joint")]


def test_milestones_and_days_come_along(county):
    line = (1, "改造老旧小区6个。", "验收", "县住建局", "", "王某", "6月底前完成3个，年底前完成6个", "")

    batch = house.taken(house.directive(county), county.supervisor, house.sheet(line))

    stages = Milestone.objects.filter(task=batch.rows.get().task).values_list("title", "due_on")
    assert list(stages) == [("完成3个", date(2027, 6, 30)), ("完成6个", date(2027, 12, 31))]


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        (("", "", "", "县住建局", "", "", "年底前", ""), ["matter.missing"]),
        ((1, "修路。", "", "", "", "", "年底前", ""), ["lead.missing"]),
        ((1, "修路。", "", "各乡镇", "", "", "年底前", ""), ["lead.group"]),
        ((1, "修路。", "", "县火星局", "", "", "年底前", ""), ["unit.unknown"]),
        ((1, "修路。", "", "县住建局", "县火星局", "", "年底前", ""), ["unit.unknown"]),
        ((1, "修路。", "", "县住建局", "", "", "", ""), ["deadline.missing"]),
        ((1, "修路。", "", "县住建局", "", "", "2027-02-30", ""), ["deadline.unreadable"]),
        ((1, "修路。", "", "县住建局", "", "", "汛期前", ""), ["deadline.event"]),
        ((1, "修路。", "", "县住建局", "", "王" * 101, "年底前", ""), ["cell.too_long"]),
    ],
)  # fmt: skip
def test_a_line_that_leaves_something_to_guess_is_kept(county, line, problems):
    batch = house.read(house.directive(county), county.supervisor, house.sheet(house.GOOD, line))

    kept = batch.rows.get(line=4)
    assert (kept.good, codes(kept)) == (False, problems)
    assert all(problem["message"].endswith("。") for problem in kept.problems)
    assert (batch.good, batch.kept) == (1, 1)


def test_what_is_asked_only_when_assigning_does_not_keep_a_line(county):
    line = (1, "修路。", "", "县住建局", "县直有关部门", "", "长期坚持", "")
    past = (2, "修桥。", "通车", "县住建局", "", "王某", "2026-03-31", "")

    batch = house.read(house.directive(county), county.supervisor, house.sheet(line, past))

    first, second = batch.rows.all()
    assert (first.good, hints(first)) == (True, ["group.open", "assign.incomplete"])
    assert first.problems[-1]["message"] == "可以先导入，交办前还要补：完成标准、责任人、时限。"
    assert (second.good, hints(second)) == (True, ["deadline.past"])


def test_a_long_matter_is_shortened_and_kept_whole_in_the_clause(county):
    text = "完成" + "改造" * 200 + "。"

    batch = house.taken(
        house.directive(county), county.supervisor, house.sheet((1, text, "", "县住建局", "", "", "年底前", ""))
    )

    task = Task.objects.get()
    assert (len(task.matter), task.matter[-1]) == (300, "…")
    assert task.clause == text
    assert hints(batch.rows.get())[0] == "matter.shortened"


def test_the_same_matter_twice_in_a_sheet_is_taken_once(county):
    batch = house.taken(house.directive(county), county.supervisor, house.sheet(house.GOOD, (2, *house.GOOD[1:])))

    assert [codes(row) for row in batch.rows.all()] == [[], ["matter.duplicate"]]
    assert Task.objects.count() == 1


def test_what_the_directive_already_has_is_flagged_when_read(county):
    directive = house.directive(county)
    house.taken(directive, county.supervisor, house.sheet(house.GOOD))

    again = house.read(directive, county.supervisor, house.sheet((9, " 改造老旧小区 6 个 ", *house.GOOD[2:])))

    assert codes(again.rows.get()) == ["matter.exists"]
    assert "已拟办的任务" in again.rows.get().problems[0]["message"]


def test_two_imports_of_the_same_sheet_make_each_task_once(county):
    directive = house.directive(county)
    first = house.read(directive, county.supervisor, house.sheet(house.GOOD))
    second = house.read(directive, county.supervisor, house.sheet(house.GOOD))

    house.run(batches.take(first, by=county.supervisor))
    second = house.run(batches.take(second, by=county.supervisor))

    assert Task.objects.count() == 1
    assert (second.state, second.taken, second.kept, second.good) == ("done", 0, 1, 0)
    assert codes(second.rows.get()) == ["matter.exists"]


def test_a_task_given_up_may_be_imported_again(county):
    directive = house.directive(county)
    house.taken(directive, county.supervisor, house.sheet(house.GOOD))
    tasks.drop(Task.objects.get(), by=county.supervisor)

    again = house.read(directive, county.supervisor, house.sheet(house.GOOD))

    assert again.good == 1


def test_the_officers_word_stands_where_the_sheet_was_unclear(county):
    line = (1, "修路。", "通车", "县火星局", "县木星局", "王某", "汛期前", "")
    batch = house.read(house.directive(county), county.supervisor, house.sheet(line))

    batch = amended(batch, county.supervisor, 3, lead=unit("县交通运输局"), due_on=date(2027, 5, 31))

    row = batch.rows.get()
    assert (row.good, row.amended, row.problems) == (True, True, [])
    assert (batch.good, batch.kept, batch.version) == (1, 0, 3)
    house.run(batches.take(batch, by=county.supervisor))
    task = Task.objects.get()
    assert (task.lead, task.due_on, task.assignments.count()) == (unit("县交通运输局"), date(2027, 5, 31), 1)
    event = Event.objects.get(kind="batch.amend")
    assert event.detail == {"sheet": "表1", "line": 3, "changed": ["due_on", "lead"], "skip": False}


def test_a_correction_without_a_lead_stays_kept(county):
    batch = house.read(
        house.directive(county), county.supervisor, house.sheet((1, "修路。", "", "县火星局", "", "", "年底前", ""))
    )

    batch = amended(batch, county.supervisor, 3, standard="通车")

    assert (batch.good, codes(batch.rows.get())) == (0, ["lead.missing"])


def test_a_correction_that_repeats_another_line_stays_kept(county):
    other = (2, "改造老旧小区8个。", *house.GOOD[2:])
    batch = house.read(house.directive(county), county.supervisor, house.sheet(house.GOOD, other))

    batch = amended(batch, county.supervisor, 4, matter=house.GOOD[1])

    assert (batch.good, codes(batch.rows.get(line=4))) == (1, ["matter.duplicate"])


def test_a_line_may_be_left_out_and_taken_in_again(county):
    batch = house.read(house.directive(county), county.supervisor, house.sheet(house.GOOD))

    batch = amended(batch, county.supervisor, 3, skip=True)
    assert (batch.good, batch.skipped, batch.kept) == (0, 1, 0)
    with pytest.raises(RuleBroken) as refused:
        batches.take(batch, by=county.supervisor)
    assert refused.value.code == "batch.nothing_good"

    batch = amended(batch, county.supervisor, 3, skip=False)
    assert (batch.good, batch.skipped) == (1, 0)


def test_what_was_kept_is_corrected_and_taken_after_the_rest(county):
    line = (2, "修路。", "", "县火星局", "", "", "年底前", "")
    batch = house.taken(house.directive(county), county.supervisor, house.sheet(house.GOOD, line))
    assert (batch.state, batch.taken, batch.kept) == ("done", 1, 1)

    batch = amended(batch, county.supervisor, 4, lead=unit("县交通运输局"))
    batch = house.run(batches.take(batch, by=county.supervisor))

    assert (batch.state, batch.taken, batch.kept, batch.handled) == ("done", 2, 0, 1)
    assert [task.matter for task in Task.objects.order_by("pk")] == ["改造老旧小区6个。", "修路。"]


def test_a_line_that_is_a_task_is_not_corrected_here(county):
    batch = house.taken(house.directive(county), county.supervisor, house.sheet(house.GOOD))

    with pytest.raises(RuleBroken) as refused:
        amended(batch, county.supervisor, 3, standard="另")

    assert refused.value.code == "batch.row_taken"


def test_a_line_of_another_import_is_not_found(county):
    directive = house.directive(county)
    mine = house.read(directive, county.supervisor, house.sheet(house.GOOD))
    other = house.read(directive, county.supervisor, house.sheet((1, "修路。", *house.GOOD[2:])))

    with pytest.raises(NotVisible):
        batches.amend(mine, by=county.supervisor, row=other.rows.get(), matter="x")


def test_a_correction_names_a_unit_once_and_bears_no_mark(county):
    batch = house.read(house.directive(county), county.supervisor, house.sheet(house.GOOD))

    with pytest.raises(RuleBroken) as twice:
        amended(batch, county.supervisor, 3, co_units=[unit("县住房城乡建设局")])
    with pytest.raises(RuleBroken) as marked:
        amended(batch, county.supervisor, 3, matter="机密★修路")

    assert (twice.value.code, marked.value.code) == ("assignment.unit_twice", "secrecy.marked")
    assert not batch.rows.get().amended


def test_an_old_view_of_an_import_changes_nothing(county):
    batch = house.read(house.directive(county), county.supervisor, house.sheet(house.GOOD))

    with pytest.raises(Stale):
        batches.take(batch.expecting(1), by=county.supervisor)


def test_an_import_that_was_given_up_makes_nothing(county):
    batch = house.read(house.directive(county), county.supervisor, house.sheet(house.GOOD))

    batch = batches.drop(batch, by=county.supervisor, reason="传错了")

    with pytest.raises(WrongState):
        batches.take(batch, by=county.supervisor)
    assert (batch.state, Task.objects.count()) == ("dropped", 0)


def test_only_the_directives_own_officers_import(county):
    directive = house.directive(county)
    elsewhere = house.office_of("青澜市", "city")
    stranger = make.person(Role.HANDLER, unit("县财政局"))

    for person in (county.leader, elsewhere.supervisor, stranger):
        with pytest.raises(Forbidden):
            house.uploaded(directive, person, house.sheet(house.GOOD))
        with pytest.raises(Forbidden):
            batches.accept(directive, by=person, stream=BytesIO(b"not even looked at"), name="a.xlsx")

    assert not Batch.objects.exists()
    batch = house.read(directive, county.supervisor, house.sheet(house.GOOD))
    for person in (county.leader, elsewhere.supervisor, stranger):
        for act in (batches.take, batches.drop):
            with pytest.raises(Forbidden):
                act(batch, by=person)
        assert not Batch.objects.visible_to(person).exists()
        assert not BatchRow.objects.visible_to(person).exists()


def test_a_source_that_is_only_to_be_read_takes_no_sheet(county):
    directive = house.directive(county, approved=False, handling="information")

    with pytest.raises(RuleBroken) as refused:
        house.uploaded(directive, county.supervisor, house.sheet(house.GOOD))

    assert refused.value.code == "directive.information_only"


def test_a_preview_keeps_nothing(county):
    directive = house.directive(county)
    events = Event.objects.count()

    seen = batches.preview(directive, by=county.supervisor, file=house.checked(house.sheet(house.GOOD)))

    assert [(row.proposed["lead"], row.good) for row in seen.rows] == [(unit("县住房城乡建设局").pk, True)]
    assert seen.title == "云涧县2027年工作任务分解表"
    assert (Batch.objects.count(), BatchRow.objects.count(), Event.objects.count()) == (0, 0, events)


def test_a_marked_sheet_is_refused_and_recorded_without_a_word_of_it(county):
    directive = house.directive(county)
    content = house.sheet((1, "机密★5年 部署。", *house.GOOD[2:]))

    with pytest.raises(RuleBroken) as refused:
        batches.accept(directive, by=county.supervisor, stream=BytesIO(content), name="分解表.xlsx")

    assert refused.value.code == "secrecy.marked"
    event = Event.objects.get(kind="directive.refuse_marked")
    assert event.detail == {"where": "file", "kind": "star"}
    assert (event.stream, event.actor) == (directive.stream, county.supervisor)
    assert not Batch.objects.exists()


def test_the_kept_lines_come_back_corrected(county):
    directive = house.directive(county)
    bad = (2, "修路。", "通车", "县火星局", "县财政局", "李某", "年底前", "")
    batch = house.taken(directive, county.supervisor, house.sheet(house.GOOD, bad))

    content = templates.corrections(batches.kept_rows(batch), title=batch.title)
    [line] = sheets.read(BytesIO(content), "改.xlsx").rows
    assert (line.matter, line.lead_names, line.co_names) == ("修路。", ["县火星局"], ["县财政局"])
    grid = sheets.load(BytesIO(content), "改.xlsx")[0]["rows"]
    assert "单位目录里没有“县火星局”" in grid[2][-1]

    fixed = house.sheet((2, "修路。", "通车", "县交通运输局", "县财政局", "李某", "年底前", ""))
    again = house.taken(directive, county.supervisor, fixed)
    assert (again.taken, Task.objects.count()) == (1, 2)


def test_the_template_filled_in_is_imported_whole(county):
    content = templates.template(["县住建局", "县财政局"])
    assert sheets.load(BytesIO(content), "模板.xlsx")
    head = [column.label for column in templates.COLUMNS]
    said = {"工作任务": "修路。", "完成标准": "通车", "牵头单位": "县交通运输局", "配合单位": "县财政局",
            "责任人": "李某", "完成时限": "2027-12-31", "反馈周期": "每月", "牵头领导": "分管副县长"}  # fmt: skip
    filled = house.sheet(tuple(said.get(label, "") for label in head), head=tuple(head))

    batch = house.taken(house.directive(county), county.supervisor, filled)

    task = Task.objects.get()
    assert (batch.kept, batch.rows.get().problems) == (0, [])
    assert (task.standard, task.responsible, task.cycle, task.leader) == ("通车", "李某", "monthly", "分管副县长")


def test_old_names_lead_to_who_does_the_work_now(county):
    from organization.operations import departments

    old = unit("县工信科技局")
    admin = make.person(Role.SYSTEM_ADMIN, county.unit)
    departments.rename(old, by=admin, name="云涧县工业和信息化局", short="县工信局")

    batch = house.read(
        house.directive(county), county.supervisor, house.sheet((1, "修路。", "", "县工科局", "", "", "年底前", ""))
    )

    assert batch.rows.get().proposed["lead"] == old.pk


def test_the_record_of_an_import_is_whole(county):
    directive = house.directive(county)
    bad = (2, "修路。", "", "县火星局", "", "", "年底前", "")
    batch = house.taken(directive, county.supervisor, house.sheet(house.GOOD, bad))

    assert list(audit.verify()) == []
    kinds = list(Event.objects.of(batch.stream).values_list("kind", "old_state", "new_state"))
    assert kinds == [
        ("batch.upload", "", "reading"),
        ("batch.read", "reading", "ready"),
        ("batch.take", "ready", "taking"),
        ("batch.finish", "taking", "done"),
    ]
    draft = Event.objects.get(kind="task.draft")
    assert (draft.actor, draft.unit_name, draft.post_label) == (
        county.supervisor, county.unit.short, str(county.supervisor.post),
    )  # fmt: skip


def test_a_withdrawn_directive_takes_nothing_more(county):
    directive = house.directive(county)
    batch = batches.take(house.read(directive, county.supervisor, house.sheet(house.GOOD)), by=county.supervisor)
    directives.withdraw(directive, by=county.supervisor, reason="撤销")

    batch = house.run(batch)

    assert (batch.state, batch.taken, batch.kept, Task.objects.count()) == ("done", 0, 1, 0)
    assert "已撤销" in batch.rows.get().problems[-1]["message"]


def test_a_unit_of_another_place_is_taken_and_pointed_out(county):
    line = (1, "修路。", "通车", "县交通运输局", "金岭县政府", "李某", "2027-12-31", "")

    batch = house.taken(house.directive(county), county.supervisor, house.sheet(line))

    row = batch.rows.get()
    assert (row.good, hints(row)) == (True, ["unit.beyond"])
    assert row.problems[0]["message"].startswith("金岭县政府 不在本级督查范围内")
    with pytest.raises(RuleBroken) as refused:
        tasks.assign(row.task, by=county.supervisor)
    assert refused.value.code == "task.not_governed"


UNDATED = (2, "修路。", "通车", "县住建局", "", "王某", "", "")


def test_a_line_without_a_deadline_gets_the_sources_limit_only_when_that_was_ticked(county):
    of = house.directive(county, source="minutes")
    lines = house.sheet(house.GOOD, UNDATED, (3, "防汛。", "备好", "县住建局", "", "王某", "汛期前", ""))

    batch = batches.upload(of, by=county.supervisor, file=house.checked(lines), default_limit=True)
    batch = house.run(batch)

    dated, undated, vague = batch.rows.all()
    assert (dated.good, dated.proposed["default_limit"]) == (True, False)
    assert (undated.good, undated.proposed["default_limit"], hints(undated)) == (True, True, ["limit.default"])
    assert (
        undated.problems[0]["message"] == "没有写时限，按来源默认：20 个日历日（会议议定事项二十日），自交办次日起算。"
    )
    assert (vague.good, codes(vague)) == (False, ["deadline.event"])
    house.run(batches.take(batch, by=county.supervisor))
    task = Task.objects.get(matter="修路。")
    assert (task.due_on, task.limit_value, task.limit_unit) == (None, 20, "days")
    assert Task.objects.get(matter=house.GOOD[1]).limit_value is None


def test_a_single_line_is_given_the_sources_limit_when_it_is_corrected(county):
    batch = house.read(house.directive(county, source="minutes"), county.supervisor, house.sheet(UNDATED))
    row = batch.rows.get()
    assert (row.good, codes(row)) == (False, ["deadline.missing"])

    unit = Department.objects.get(pk=row.proposed["lead"])
    words = {"matter": "修路。", "standard": "通车", "lead": unit, "responsible": "王某"}
    batches.amend(batch, by=county.supervisor, row=row, default_limit=True, **words)

    row.refresh_from_db()
    assert (row.good, row.proposed["default_limit"], hints(row)) == (True, True, ["limit.default"])
