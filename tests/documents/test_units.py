"""Units read out of a cell: who leads, who cooperates, which names stand for many."""

import pytest

from documents.units import Mention, is_group, mentions, read

BY_COLUMN = [
    # cell, role of the column, leads, cooperating, groups
    ("县发改局", "leads", ["县发改局"], [], []),
    ("市生态环境局、市农业农村局", "leads", ["市生态环境局", "市农业农村局"], [], []),
    ("各乡镇，县公安局、县教体局", "co", [], ["县公安局", "县教体局"], ["各乡镇"]),
    ("县直有关部门，各乡镇", "co", [], [], ["县直有关部门", "各乡镇"]),
    ("市经信局、市生态环境局，各县区政府", "co", [], ["市经信局", "市生态环境局"], ["各县区政府"]),
    ("县住建局、县财政局、县水利局", "ranked", ["县住建局"], ["县财政局", "县水利局"], []),
    ("县住建局\n县财政局\n县水利局", "ranked", ["县住建局"], ["县财政局", "县水利局"], []),
    ("县住建局 县财政局", "ranked", ["县住建局"], ["县财政局"], []),
    ("1.县住建局；2.县水利局", "leads", ["县住建局", "县水利局"], [], []),
    ("县住房和城\n乡建设局", "leads", ["县住房和城乡建设局"], [], []),
    ("县住建局（张某 13900000000）、县财政局", "co", [], ["县住建局", "县财政局"], []),
    ("市发展改革委（市粮食和储备局）", "leads", ["市发展改革委"], [], []),
    ("市财政局等有关部门", "leads", ["市财政局"], [], []),
]
BY_WORDS = [
    # cell under 责任单位, leads, cooperating, groups
    ("县住建局（牵头）、县财政局（配合）", ["县住建局"], ["县财政局"], []),
    ("牵头单位：县住建局；配合单位：县财政局、县水利局", ["县住建局"], ["县财政局", "县水利局"], []),
    ("【牵头单位：市农业农村局；配合单位：市财政局】", ["市农业农村局"], ["市财政局"], []),
    ("市住建局牵头，市财政局、市水务局配合", ["市住建局"], ["市财政局", "市水务局"], []),
    ("市财政局牵头；市税务局、人行青澜市分行配合", ["市财政局"], ["市税务局", "人行青澜市分行"], []),
    ("市住建局、市水务局按职责分工负责", ["市住建局"], ["市水务局"], []),
    ("市住建局、市水务局负责", ["市住建局"], ["市水务局"], []),
    ("市住建局、市水务局共同牵头", ["市住建局", "市水务局"], [], []),
    ("市发展改革委、市经信局分别负责", ["市发展改革委", "市经信局"], [], []),
    ("各县区政府负责，市住建局指导", [], ["市住建局"], ["各县区政府"]),
    ("由市财政局牵头，会同市税务局落实", ["市财政局"], ["市税务局"], []),
    ("市发展改革委会同市财政局", ["市发展改革委"], ["市财政局"], []),
    ("主办单位：市公安局；协办单位：市司法局", ["市公安局"], ["市司法局"], []),
]
GROUPS = ["各县区政府", "各县（市、区）人民政府", "各县、区政府", "各乡镇", "各招商专班", "相关乡镇", "沿线乡镇",
          "沿河县区政府", "市直有关部门",
          "县直各部门", "省级各行政执法部门", "相关责任单位", "燃气企业", "各区", "街道（功能区）", "县区政府",
          "各有关单位", "行业主管部门"]  # fmt: skip
SINGLE = ["县住建局", "城关镇", "金岭县", "澜西区政府", "县直机关工委", "国网云涧县供电公司", "市水务集团",
          "云涧经开区管委会", "市委宣传部",
          "市生态环境局云涧分局", "团市委", "青澜海关", "市区联社"]  # fmt: skip


@pytest.mark.parametrize(("cell", "role", "leads", "cooperating", "groups"), BY_COLUMN)
def test_the_column_gives_the_role_where_the_cell_does_not(cell, role, leads, cooperating, groups) -> None:
    roles = read(cell, role)

    assert [m.text for m in roles.leads] == leads
    assert [m.text for m in roles.cooperating] == cooperating
    assert roles.groups == groups


@pytest.mark.parametrize(("cell", "leads", "cooperating", "groups"), BY_WORDS)
def test_words_in_the_cell_give_the_role(cell, leads, cooperating, groups) -> None:
    roles = read(cell, "ranked")

    assert [m.text for m in roles.leads] == leads
    assert [m.text for m in roles.cooperating] == cooperating
    assert roles.groups == groups


@pytest.mark.parametrize("name", GROUPS)
def test_a_name_for_many_is_a_group(name: str) -> None:
    assert is_group(name)


@pytest.mark.parametrize("name", SINGLE)
def test_a_name_for_one_is_no_group(name: str) -> None:
    assert not is_group(name)


@pytest.mark.parametrize(
    ("run", "completed"),
    [
        ("市教育、财政、人社局", ["市教育局", "市财政局", "市人社局"]),
        ("县应急、水利局", ["县应急局", "县水利局"]),
        ("澜东、澜西区政府", ["澜东区政府", "澜西区政府"]),
        ("省发展改革委、财政厅、商务厅", ["省发展改革委", "省财政厅", "省商务厅"]),
        ("市委宣传部、网信办、市文旅局", ["市委宣传部", "市委网信办", "市文旅局"]),
        ("青澜高新区、经开区管委会", ["青澜高新区管委会", "经开区管委会"]),
        ("县公安局、城关镇", ["县公安局", "城关镇"]),
    ],
)
def test_merged_names_are_completed_from_their_neighbours(run: str, completed: list[str]) -> None:
    assert [mention.name for mention in mentions(run)] == completed


def test_a_completed_name_keeps_its_writing() -> None:
    assert mentions("县应急、水利局") == [Mention("县应急", "县应急局"), Mention("水利局", "县水利局")]


def test_a_unit_named_twice_counts_once_and_as_lead() -> None:
    roles = read("县住建局牵头，县住建局、县财政局配合")

    assert [m.text for m in roles.leads] == ["县住建局"]
    assert [m.text for m in roles.cooperating] == ["县财政局"]


@pytest.mark.parametrize(
    "cell", ["", " ", None, "、、，；", "（）", "（" * 500, "、" * 5000, "县" * 9000, "13900000000", "\n\n"]
)
def test_a_cell_without_units_gives_none(cell: object) -> None:
    roles = read("" if cell is None else cell)

    assert len(roles.leads) <= 1
    assert roles.groups == []
