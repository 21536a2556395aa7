"""Units as papers name them: found where one can be meant, offered where several can, else kept as written."""

import pytest

from tasks.decomposition.naming import Names, directory_of, mentions_of
from tests.tasks.decomposition.ground import HEAD, UNITS, one, taken, units

CITY_PATH = next(g.path for g in UNITS.governments if g.name == "临泽市人民政府")
NAMES = Names(UNITS, CITY_PATH)


def resolved(*written):
    found = NAMES.resolve(mentions_of(list(written)))
    return units(tuple(found.names)), found.unresolved


@pytest.mark.parametrize(
    "written",
    ["临泽市工业和信息化局", "市工业和信息化局", "市工信局", "工信局", "临泽市工信局"],
)
def test_a_unit_is_found_by_full_short_and_other_names(written):
    assert resolved(written) == ("市工业和信息化局", [])


@pytest.mark.parametrize(("written", "unit"), [("省财政厅", []), ("省教育局", ["省教育局"]), ("县教育局", [])])
def test_a_unit_of_another_level_is_never_replaced_by_ours(written, unit):
    names, _unknown = resolved(written)

    assert "市财政局" not in names
    assert "市教育局" not in names


@pytest.mark.parametrize("strange", ["市盐业局", "市红十字会", "市文物局", "临泽海关", "市检察院"])
def test_an_unknown_name_is_kept_as_written(strange):
    draft = one(f"1.加强管理。（市财政局牵头，{strange}配合）\n")

    assert (units(draft.lead), draft.cooperating, draft.unresolved) == ("市财政局", (), (strange,))


@pytest.mark.parametrize("unit", ["石桥县卫健委", "石桥县财政局", "石桥县水利局"])
def test_a_county_s_unit_is_found_in_a_city_s_paper_by_its_place(unit):
    draft = one(f"1.加强管理。（市财政局牵头，{unit}配合）\n")

    assert draft.unresolved == ()
    assert draft.cooperating[0].startswith("石桥县")


COUNTY = "石桥县人民政府办公室关于印发工作方案的通知\n石政办〔2027〕6号\n一、任务\n1.加强管理。（{}负责）\n"


@pytest.mark.parametrize("written", ["县财政局", "财政局", "石桥县财政局"])
def test_a_county_s_paper_means_the_county_s_units(written):
    (draft,) = taken(COUNTY.format(written)).drafts

    assert draft.lead == ("石桥县财政局",)


@pytest.mark.parametrize("strange", ["县体育局", "县税务局", "城关镇政府"])
def test_a_county_s_paper_does_not_borrow_the_city_s_units(strange):
    (draft,) = taken(COUNTY.format(strange)).drafts

    assert (draft.lead, draft.cooperating, draft.unresolved) == ((), (), (strange,))


PLACES = [
    "全市上下要落实市委、市政府部署。\n1.加强管理。（财政局负责）\n",
    "临政办发〔2027〕9号\n1.加强管理。（市财政局负责）\n",
    "临泽市人民政府办公室\n1.加强管理。（市财政局负责）\n",
]


@pytest.mark.parametrize("text", PLACES)
def test_the_place_of_a_paper_follows_from_what_it_says(text):
    assert taken(text).drafts[0].lead == ("临泽市财政局",)


def test_a_name_that_several_bear_is_a_choice_and_no_guess():
    twice = directory_of(
        {
            "departments": [
                {"name": f"{place}城市建设局", "short": "城建局", "level": "county", "parent": f"{place}人民政府"}
                for place in ("东岭县", "西岭县")
            ]
        }
    )
    found = Names(twice).resolve(mentions_of(["城建局"]))

    assert (found.names, found.unresolved) == ([], ["城建局"])
    assert [choice.candidates for choice in found.choices] == [("东岭县城市建设局", "西岭县城市建设局")]


@pytest.mark.parametrize(
    ("former", "heir"),
    [
        ("市国土资源局", "临泽市自然资源和规划局"),
        ("市环保局", "临泽市生态环境局"),
        ("市卫计委", "临泽市卫生健康委员会"),
    ],
)
def test_a_unit_that_a_reform_ended_offers_who_does_its_work_now(former, heir):
    draft = one(f"1.加强管理。（{former}负责）\n")

    assert (draft.lead, draft.unresolved) == ((), (former,))
    assert [choice.candidates for choice in draft.choices] == [(heir,)]


def test_a_former_name_in_the_directory_is_a_name():
    known = directory_of(
        {
            "city": "临泽市",
            "departments": [
                {
                    "name": "临泽市生态环境局",
                    "short": "市生态环境局",
                    "level": "city",
                    "parent": "临泽市人民政府",
                    "former": ["市环保局"],
                }
            ],
        }
    )
    assert Names(known).resolve(mentions_of(["市环保局"])).names == ["临泽市生态环境局"]


@pytest.mark.parametrize(
    ("note", "lead", "helpers"),
    [
        ("（市发展改革委牵头，科技局、工信局配合）", "市发展改革委", "市科技局 市工业和信息化局"),
        ("（市教育、民政、水利局负责）", "市教育局", "市民政局 市水利局"),
        ("（市委宣传部、网信办，市公安局负责）", "市委宣传部", "市委网信办 市公安局"),
        ("（石桥县、南湾区政府负责）", "石桥县政府", "南湾区政府"),
    ],
)
def test_what_names_share_is_given_back_to_each(note, lead, helpers):
    draft = one(f"1.加强管理。{note}\n")

    assert (units(draft.lead), units(draft.cooperating), draft.unresolved) == (lead, helpers, ())


@pytest.mark.parametrize("dropped", ["市科技局等部门", "市科技局等", "市科技局（含市知识产权中心）"])
def test_and_the_like_adds_no_unit(dropped):
    draft = one(f"1.加强管理。（责任单位：市财政局、{dropped}）\n")

    assert (units(draft.lead), units(draft.cooperating), draft.unresolved) == ("市财政局", "市科技局", ())


GROUPS = [
    "各区县",
    "有关县区",
    "市级各部门",
    "各相关部门",
    "园区管委会",
    "各街道（功能区）",
    "各县、区人民政府（管委会）",
    "县级人民政府",
    "各市直部门",
    "市有关部门",
    "各行业主管部门",
    "市属国有企业",
    "各高校",
    "各金融机构",
    "市政府各部门",
    "各成员单位",
    "沿江各县区政府",
    "相关企业",
    "各县（市）区人民政府",
    "市、县两级有关部门",
    "各乡镇（街道）",
    "各牵头单位",
]


@pytest.mark.parametrize("group", GROUPS)
def test_a_name_that_stands_for_many_is_kept_as_written(group):
    noted = one(f"1.加强管理。（市财政局牵头，{group}配合）\n")
    (told,) = taken(f"{HEAD}（一）{group}要加强管理，严格落实各项制度。\n").drafts

    assert (noted.groups, noted.unresolved) == ((group,), ())
    assert (told.groups, told.lead, told.unresolved) == ((group,), (), ())


def test_the_words_of_a_clause_are_never_taken_for_units():
    found = taken(f"{HEAD}1.推动市场监管和县域公共部门协同，做好市民服务。\n")

    assert [(d.lead, d.cooperating, d.unresolved) for d in found.drafts if d.lead or d.unresolved] == []
