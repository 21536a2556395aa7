"""Tables of a paper: pasted with tabs, from Word or Excel; what is no task table is read as text."""

from documents.blocks import Assembly, tables_in
from tests.tasks.decomposition.ground import taken, who

PASTED = (
    "临泽市2027年重点任务分解表\n"
    "序号\t工作任务\t责任领导\t牵头单位\t责任单位\t完成时限\n"
    "1\t新建球场12片。\t分管体育副市长\t市体育局\t市财政局，各县区政府\t6月底前\n"
    "2\t修缮步道30公里。\t分管城建副市长\t市城管局\t市盐业局\t长期坚持\n"
    "注：各牵头单位每季度末月25日前报送进展。\n"
)


def test_a_pasted_table_is_read_as_a_table():
    found = taken(PASTED, tables=tables_in(PASTED))

    assert [(d.clause.text, who(d), str(d.deadline.date), d.cycle, d.leader) for d in found.drafts] == [
        ("新建球场12片。", ("市体育局", "市财政局", "各县区政府"), "2027-06-30", "quarterly", "分管体育副市长"),
        ("修缮步道30公里。", ("市城市管理局", "", ""), "None", "quarterly", "分管城建副市长"),
    ]
    assert all(PASTED[c.start : c.end] == c.text for c in found.clauses)
    assert found.drafts[1].unresolved == ("市盐业局",)


def test_a_table_that_holds_no_tasks_is_read_as_text():
    text = "一、任务\n1.新建球场。（市体育局负责）\n姓名\t职务\t电话\n甲\t科长\t略\n"
    found = taken(text, tables=tables_in(text))

    assert [d.clause.text for d in found.drafts] == ["新建球场。"]
    assert "科长" in "".join(c.text for c in found.clauses)


def test_the_notes_of_a_table_are_clauses_too():
    assembly = Assembly()
    assembly.paragraph("临泽市2027年任务分解表")
    rows = [["序号", "工作任务", "牵头单位"], ["1", "新建球场。", "市体育局"], ["备注：每月28日前报送情况。"]]
    assembly.table({"name": "", "rows": rows, "merges": []})
    paper = assembly.paper()
    found = taken(paper.text, tables=paper.tables)

    assert [(c.text, c.kind) for c in found.clauses if c.kind != "frame"] == [
        ("新建球场。", "task"),
        ("备注：每月28日前报送情况。", "plain"),
    ]
    assert [d.cycle for d in found.drafts] == ["monthly"]
