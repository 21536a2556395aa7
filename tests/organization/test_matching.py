"""Names in papers matched to departments: found, offered, or unknown — never guessed."""

import pytest

from organization.matching import Directory, Entry

PROVINCE, CITY, EAST, GOLD, ROCK = "00001", "0000100002", "000010000200003", "000010000200004", "000010000200005"


def _unit(
    number: int, name: str, home: str, level: str, short: str = "", *aliases: str, former=(), kind="department"
) -> Entry:
    return Entry(number, name, short, aliases, level, tuple(former), f"{home}{number:05d}", kind)


ENTRIES = [
    Entry(1, "海岳省人民政府", "省政府", (), "province", (), PROVINCE, "government"),
    Entry(2, "临川市人民政府", "市政府", (), "city", (), CITY, "government"),
    Entry(3, "东屏区人民政府", "东屏区政府", ("东屏区",), "county", (), EAST, "government"),
    Entry(4, "金沙县人民政府", "金沙县政府", ("金沙县",), "county", (), GOLD, "government"),
    Entry(5, "岩头市人民政府", "岩头市政府", ("岩头市",), "county", (), ROCK, "government"),
    _unit(10, "海岳省发展和改革委员会", PROVINCE, "province", "省发展改革委", "省发改委"),
    _unit(11, "海岳省教育厅", PROVINCE, "province", "省教育厅"),
    _unit(12, "海岳省总工会", PROVINCE, "province", "省总工会"),
    _unit(20, "临川市发展和改革委员会", CITY, "city", "市发展改革委", "市发改委"),
    _unit(21, "临川市教育局", CITY, "city", "市教育局"),
    _unit(22, "临川市人力资源和社会保障局", CITY, "city", "市人力资源社会保障局"),
    _unit(23, "临川市经济和信息化局", CITY, "city", "市经济和信息化局", former=["临川市经济贸易委员会"]),
    _unit(24, "中共临川市委宣传部", CITY, "city", "市委宣传部", kind="party"),
    _unit(25, "国家税务总局临川市税务局", CITY, "city", "市税务局"),
    _unit(26, "临川市市场监督管理局", CITY, "city", "市市场监管局"),
    _unit(27, "临川高新技术产业开发区管理委员会", CITY, "city", "临川高新区管委会", kind="zone"),
    _unit(28, "临川市自然资源和规划局", CITY, "city", "市自然资源和规划局", former=["临川市国土资源局"]),
    _unit(30, "东屏区教育局", EAST, "county", "区教育局"),
    _unit(40, "金沙县教育局", GOLD, "county", "县教育局"),
    _unit(41, "金沙县公安局", GOLD, "county", "县公安局"),
    _unit(42, "临川市生态环境局金沙分局", GOLD, "county", "市生态环境局金沙分局", "县生态环境分局"),
    Entry(43, "城关镇人民政府", "城关镇", (), "township", (), f"{GOLD}00043", "government"),
    Entry(44, "石桥乡人民政府", "石桥乡", (), "township", (), f"{GOLD}00044", "government"),
    _unit(50, "岩头市教育局", ROCK, "county", "市教育局"),
    _unit(51, "岩头市公安局", ROCK, "county", "市公安局"),
]
UNITS = Directory(ENTRIES)

FOUND = [
    # writing, place of the paper, department
    ("临川市教育局", CITY, 21), ("市教育局", CITY, 21), ("教育局", CITY, 21), ("市教育局", ROCK, 50),
    ("教育局", ROCK, 50),
    ("县教育局", GOLD, 40), ("教育局", GOLD, 40), ("区教育局", EAST, 30), ("金沙县教育局", CITY, 40),
    ("市税务局", GOLD, 25),
    ("市发改委", GOLD, 20), ("省发改委", CITY, 10), ("发展改革委", PROVINCE, 10), ("发改委", CITY, 20),
    ("市人社局", CITY, 22), ("市人力资源和社会保障局", CITY, 22), ("市经信局", CITY, 23),
    ("市经济贸易委员会", CITY, 23),
    ("临川市国土资源局", CITY, 28), ("宣传部", CITY, 24), ("中共临川市委宣传部", GOLD, 24), ("市场监管局", CITY, 26),
    ("市监局", CITY, 26), ("市市监局", CITY, 26), ("临川高新区", CITY, 27), ("临川高新区管委会", GOLD, 27),
    ("高新区管委会", CITY, 27),
    ("金沙县", CITY, 4), ("金沙县政府", CITY, 4), ("金沙县人民政府", PROVINCE, 4), ("市生态环境局金沙分局", GOLD, 42),
    ("县生态环境分局", GOLD, 42), ("城关镇", GOLD, 43), ("“市教育局”", CITY, 21), ("市 教 育 局", CITY, 21),
    ("市教育局（牵头）", CITY, 21), ("省教育厅", GOLD, 11),
]  # fmt: skip
UNKNOWN = [
    # the same name on another level is another unit
    ("县税务局", GOLD), ("总工会", CITY), ("市总工会", CITY), ("县公安局", ROCK), ("区公安局", EAST),
    ("东屏区公安局", CITY),
    ("省税务局", CITY), ("局", CITY), ("", CITY), ("张三", CITY), ("市固废管理中心", CITY),
    ("临川海关", CITY),
]  # fmt: skip
OFFERED = [
    ("市教育厅", CITY, (21,)), ("市发改局", CITY, (20,)), ("市经济局", CITY, (23,)), ("市规划局", CITY, (28,)),
    ("县教育局", CITY, (40,)),
    ("发改委", None, (10, 20)), ("市教育局", None, (21, 50)), ("教育局", None, (21, 30, 40, 50)),
]  # fmt: skip


@pytest.mark.parametrize(("writing", "place", "unit"), FOUND)
def test_a_writing_that_can_mean_one_department_finds_it(writing: str, place: str, unit: int) -> None:
    match = UNITS.match(writing, within=place)

    assert (match.status, match.id) == ("found", unit)


@pytest.mark.parametrize(("writing", "place"), UNKNOWN)
def test_a_unit_outside_the_directory_is_never_replaced_by_its_namesake(writing: str, place: str) -> None:
    match = UNITS.match(writing, within=place)

    assert (match.status, match.id, match.candidates) == ("unknown", None, ())


@pytest.mark.parametrize(("writing", "place", "candidates"), OFFERED)
def test_a_writing_that_can_mean_several_is_offered_to_a_person(writing, place, candidates) -> None:
    match = UNITS.match(writing, within=place)

    assert (match.status, match.id, match.candidates) == ("ambiguous", None, candidates)


def test_the_level_of_the_paper_chooses_among_namesakes() -> None:
    assert UNITS.match("发改委", level="province").id == 10
    assert UNITS.match("发改委", level="city").id == 20
    assert UNITS.match("总工会", level="city").status == "unknown"


def test_the_place_of_the_paper_may_be_any_department_in_it() -> None:
    assert UNITS.match("教育局", within=f"{GOLD}00041").id == 40


EXPANDED = [
    ("各县区政府", CITY, (3, 4, 5)), ("各县（市、区）人民政府", CITY, (3, 4, 5)), ("各县、区政府", CITY, (3, 4, 5)),
    ("各区", CITY, (3,)),
    ("各县政府", CITY, (4,)), ("各市人民政府", PROVINCE, (2,)), ("各乡镇", GOLD, (43, 44)),
    ("各乡、镇", GOLD, (43, 44)),
    ("各开发区管委会", CITY, (27,)),
]  # fmt: skip


@pytest.mark.parametrize(("group", "place", "members"), EXPANDED)
def test_a_group_whose_members_are_sure_is_expanded(group: str, place: str, members: tuple[int, ...]) -> None:
    expansion = UNITS.expand(group, within=place)

    assert (expansion.ids, expansion.reason) == (members, "")


@pytest.mark.parametrize(
    "group", ["市直有关部门", "县直各部门", "相关乡镇", "沿线乡镇", "各有关单位", "各县区政府（管委会）", "各市"]
)
def test_a_group_whose_members_are_not_sure_is_left_to_a_person(group: str) -> None:
    expansion = UNITS.expand(group, within=CITY)

    assert expansion.ids == ()
    assert expansion.reason == f"“{group}”没有点明是哪些单位，请逐个选择。"


def test_a_group_without_registered_members_says_so() -> None:
    assert UNITS.expand("各乡镇", within=EAST).reason == "单位目录里没有登记“各乡镇”的成员，请先补充目录或逐个选择。"


def test_a_directory_without_paths_still_tells_places_apart() -> None:
    bare = Directory([Entry(1, "甲山县教育局", "", (), "county"), Entry(2, "乙水县教育局", "", (), "county")])

    assert bare.match("甲山县教育局").id == 1
    assert bare.match("县教育局").candidates == (1, 2)
