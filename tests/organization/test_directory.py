"""A directory file becomes the tree of units, and comes to it again without doubling anything."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from organization import directory
from organization.models import Department
from tests.factories import organization as make
from workflow.models import Event
from workflow.refusal import Malformed

pytestmark = pytest.mark.django_db

ROWS = """
云涧县财政局|县财政局||county|云涧县人民政府|department
澜江省财政厅|省财政厅||province|澜江省人民政府|department
青澜市发展和改革委员会|市发展改革委|市发改委|city|青澜市人民政府|department
中共青澜市委办公室|市委办公室|市委办|city|青澜市人民政府|party
云涧县人民政府|云涧县政府|云涧县|county|青澜市人民政府|government
青澜市水务集团有限公司|市水务集团||city|青澜市人民政府|enterprise
"""
COLUMNS = ("name", "short", "aliases", "level", "parent", "kind")


def unit(row):
    cells = dict(zip(COLUMNS, row.split("|"), strict=True))
    return cells | {"aliases": cells["aliases"].split() if cells["aliases"] else []}


FILE = {
    "province": "澜江省",
    "city": "青澜市",
    "county": "云涧县",
    "departments": [unit(row) for row in ROWS.strip().splitlines()],
}


def load(content=FILE):
    return directory.load(directory.read(json.dumps(content)), by=None)


def test_the_file_becomes_a_tree_with_the_governments_it_only_names():
    loaded = load()

    assert loaded.created == 8
    units = {unit.name: unit for unit in Department.objects.all()}
    province, city, county = (units[f"{place}人民政府"] for place in ("澜江省", "青澜市", "云涧县"))
    assert (province.parent, city.parent, county.parent) == (None, province, city)
    assert (province.kind, city.level, city.short) == ("government", "city", "青澜市政府")
    assert units["云涧县财政局"].is_within(province)
    assert units["青澜市发展和改革委员会"].aliases == ["市发改委"]


def test_the_side_follows_from_the_kind():
    load()

    sides = dict(Department.objects.values_list("short", "side"))
    assert (sides["市委办公室"], sides["县财政局"], sides["市水务集团"]) == ("party", "government", "other")


def test_loading_again_changes_nothing():
    load()
    events = Event.objects.count()

    again = load()

    assert (again.created, again.changed, again.unchanged) == (0, 0, 8)
    assert Event.objects.count() == events


def test_a_changed_line_is_brought_in_and_what_the_file_does_not_know_stays():
    load()
    bureau = Department.objects.get(short="省财政厅")
    Department.objects.filter(pk=bureau.pk).update(is_office=True, uscc="11100000000013127D")
    changed = json.loads(json.dumps(FILE))
    changed["departments"][1] |= {"short": "财政厅", "aliases": ["省厅"], "parent": "青澜市人民政府"}

    loaded = load(changed)

    bureau = Department.objects.get(pk=bureau.pk)
    assert (loaded.created, loaded.changed) == (0, 1)
    assert (bureau.short, bureau.aliases, bureau.parent.name) == ("财政厅", ["省厅"], "青澜市人民政府")
    assert (bureau.is_office, bureau.uscc) == (True, "11100000000013127D")


def test_duty_words_are_read_where_the_file_has_them_and_else_stay():
    told = json.loads(json.dumps(FILE))
    told["departments"][1]["duties"] = ["财政资金", " 预算 ", "预算"]
    load(told)
    bureau = Department.objects.get(short="省财政厅")
    assert bureau.duties == ["财政资金", "预算"]

    again = load()  # this file says nothing of duties

    assert (again.changed, Department.objects.get(pk=bureau.pk).duties) == (0, ["财政资金", "预算"])
    told["departments"][1]["duties"] = []
    assert load(told).changed == 1
    assert Department.objects.get(pk=bureau.pk).duties == []


@pytest.mark.parametrize(
    ("departments", "code"),
    [
        ([{"name": "甲", "level": "city", "kind": "department", "duties": "就业"}], "departments.file"),
        ([{"name": "甲"}], "departments.file"),
        ([{"name": "甲", "level": "moon", "kind": "department"}], "departments.file"),
        ([{"name": "甲", "level": "city", "kind": "department"}] * 2, "departments.twice"),
        ([{"name": "甲", "level": "city", "kind": "department", "parent": "乙"}], "departments.parent"),
        (
            [
                {"name": "甲", "level": "city", "kind": "department", "parent": "乙"},
                {"name": "乙", "level": "city", "kind": "department", "parent": "甲"},
            ],
            "departments.ring",
        ),
    ],
)
def test_a_file_that_makes_no_tree_is_refused_whole(departments, code):
    with pytest.raises(Malformed) as caught:
        load({"departments": departments})

    assert caught.value.code == code
    assert not Department.objects.exists()


def test_the_command_tells_what_it_did(tmp_path):
    file = tmp_path / "departments.json"
    file.write_text(json.dumps(FILE), encoding="utf-8")
    out = StringIO()

    call_command("load_departments", str(file), stdout=out)

    assert out.getvalue() == "新建 8 个单位，更新 0 个，0 个不变。\n"


def test_the_command_says_what_is_wrong(tmp_path):
    with pytest.raises(CommandError, match="读不出文件"):
        call_command("load_departments", str(tmp_path / "none.json"))
    bad = tmp_path / "bad.json"
    bad.write_text("[]")
    with pytest.raises(CommandError, match="不是单位目录"):
        call_command("load_departments", str(bad))


def test_the_first_administrators_are_set_up_once_and_from_the_server():
    make.department("市政府办公室")
    out = StringIO()

    call_command(
        "create_admin",
        "security_admin",
        "aqgly",
        name="安全甲",
        department="市政府办公室",
        stdout=out,
        stderr=StringIO(),
    )

    from organization.models import User

    made = User.objects.get(username="aqgly")
    assert made.check_password(out.getvalue().strip())
    assert (made.role, made.must_change_password, made.is_active) == ("security_admin", True, True)
    with pytest.raises(CommandError, match="已有在任者"):
        call_command("create_admin", "security_admin", "other", name="乙", department="市政府办公室")


def test_a_password_is_reset_from_the_server(guard):
    out = StringIO()

    call_command("reset_password", guard.username, stdout=out, stderr=StringIO())

    guard.refresh_from_db()
    assert guard.check_password(out.getvalue().strip())
    with pytest.raises(CommandError, match="没有用户名"):
        call_command("reset_password", "nobody")
