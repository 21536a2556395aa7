"""职责关键词: whose work a clause is that names nobody; suggested only where it is sure, never taken for the lead."""

from datetime import date

import pytest

from documents.blocks import tables_in
from tasks.decomposition.engine import decompose
from tasks.decomposition.naming import directory_of
from tasks.decomposition.prediction import prediction
from tasks.operations import directory
from tests.factories import organization as make

HEAD = "明州市人民政府办公室关于做好2027年有关工作的意见\n\n一、重点任务\n"


def unit(name: str, duties: str = "", place: str = "明州市", level: str = "city", kind: str = "department") -> dict:
    full = f"{place}{name}"
    return {"name": full, "short": name, "level": level, "kind": kind, "parent": f"{place}人民政府",
            "duties": duties.split()}  # fmt: skip


UNITS = directory_of({
    "province": "海岳省",
    "city": "明州市",
    "departments": [
        unit("教育局", "学位 幼儿园"), unit("民政局", "养老 助餐"), unit("卫生健康委员会", "养老机构医务室 托育"),
        unit("住房公积金管理中心", "住房公积金"), unit("财政局", "公积金 水"), unit("水利局", "水库 节水"),
        unit("城市管理局", "节水"), unit("人力资源和社会保障局", "就业 零工市场"),
        unit("明山县人民政府", "", "", "county", "government") | {"parent": "明州市人民政府"},
        unit("农业农村局", "农村改厕", "明山县", "county"), unit("商务厅", "外贸", "海岳省", "province"),
    ],
})  # fmt: skip


def suggested(sentence: str, *, head: str = HEAD) -> tuple[str, ...]:
    (draft,) = decompose(f"{head}（一）{sentence}\n", UNITS).drafts
    assert not {*draft.suggested} & {*draft.lead, *draft.cooperating}
    return draft.suggested


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("新建公办学校9所，新增学位2700个，年底前投入使用。", "明州市教育局"),
        ("建立养老服务监测平台，覆盖全部街道。", "明州市民政局"),
        ("完善零工市场服务体系，促进就业3000人。", "明州市人力资源和社会保障局"),
    ],
)
def test_a_clause_that_names_nobody_suggests_the_unit_whose_duty_word_it_has(sentence, name):
    assert suggested(sentence) == (name,)


def test_the_longest_duty_word_wins():
    assert suggested("建设幼儿园托育设施20处，同步开展养老服务，增加学位。") == ("明州市教育局",)
    assert suggested("推进养老机构医务室建设，年内新增20家。") == ("明州市卫生健康委员会",)
    assert suggested("出台住房公积金支持政策，6月底前印发。") == ("明州市住房公积金管理中心",)


@pytest.mark.parametrize(
    "sentence",
    [
        "开展节水型企业创建行动，新增30家。",  # two units have the word
        "推进体育公园建设，年内建成6座。",  # nobody has a word
        "完成水质监测站改造，新增12座。",  # one character tells nothing
    ],
)
def test_nobody_is_suggested_where_it_is_not_sure(sentence):
    assert suggested(sentence) == ()


def test_words_of_equal_length_of_two_units_suggest_nobody():
    assert suggested("健全托育和养老服务体系，新增站点30个。") == ()


def test_units_of_another_level_or_place_are_never_suggested():
    assert suggested("推进农村改厕项目，年内改造3000户。") == ()
    assert suggested("实施外贸主体培育行动，新增企业50家。") == ()
    assert suggested(
        "推进农村改厕项目，年内改造3000户。", head="明山县人民政府关于做好2027年有关工作的意见\n\n一、重点任务\n"
    ) == ("明山县农业农村局",)


def test_nobody_is_suggested_where_the_place_is_not_known():
    elsewhere = "关于做好有关工作的意见\n\n一、重点任务\n"
    places = directory_of({"departments": [unit("教育局", "学位"), unit("教育局", "学位", "远州市")]})

    (draft,) = decompose(f"{elsewhere}（一）新建学校9所，新增学位2700个。\n", places).drafts

    assert draft.suggested == ()


@pytest.mark.parametrize("annotation", ["（市民政局牵头）", "（市盐业局牵头）", "（各县区政府负责）"])
def test_a_clause_that_names_somebody_suggests_nobody(annotation):
    assert suggested(f"新建学校9所，新增学位2700个。{annotation}") == ()


def test_a_row_without_units_suggests_as_well_and_one_with_units_does_not():
    text = (
        "明州市2027年任务分解表\n序号\t工作任务\t牵头单位\t完成时限\n"
        "1\t新增学位2700个。\t\t年底前\n2\t新增幼儿园9所。\t市民政局\t年底前\n"
    )
    found = decompose(text, UNITS, tables=tables_in(text))

    assert [(draft.lead, draft.suggested) for draft in found.drafts] == [
        ((), ("明州市教育局",)),
        (("明州市民政局",), ()),
    ]
    assert [task["suggested"] for task in prediction(found)["tasks"]] == [["明州市教育局"], []]


@pytest.mark.django_db
def test_a_unit_that_has_ended_is_never_suggested():
    city = make.government("明州市人民政府")
    education = make.department("明州市教育局", city, short="市教育局", duties=["学位"])
    paper = f"{HEAD}（一）新建学校9所，新增学位2700个。\n"
    (before,) = decompose(paper, directory.load()).drafts

    education.valid_to = date(2026, 1, 1)
    education.save()
    (after,) = decompose(paper, directory.load()).drafts

    assert (before.suggested, after.suggested) == (("明州市教育局",), ())
