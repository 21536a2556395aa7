"""The invented province 岚江省: some 160 units on three levels and a few townships."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from organization.models import Department
from organization.states import Kind, Level, Side

SINCE: Final = date(2019, 1, 1)
PROVINCE: Final = "岚江省"
CITIES: Final = {"青原市": "330100", "南屿市": "330200", "云栖市": "330300"}
COUNTIES: Final = {"临溪县": "330121", "平湖区": "330102", "石门县": "330122"}
CAPITAL: Final = "青原市"
TOWNSHIPS: Final = ("桥头镇", "白石镇", "柳河乡", "双塔镇")

# Full name after the place, short name after 省/市/县, by how widely such a bureau exists.
GOVERNMENT: Final = (
    ("发展和改革委员会", "发展改革委"),
    ("教育局", "教育局"),
    ("财政局", "财政局"),
    ("人力资源和社会保障局", "人社局"),
    ("自然资源局", "自然资源局"),
    ("生态环境局", "生态环境局"),
    ("住房和城乡建设局", "住建局"),
    ("交通运输局", "交通运输局"),
    ("水务局", "水务局"),
    ("农业农村局", "农业农村局"),
    ("卫生健康委员会", "卫生健康委"),
    ("应急管理局", "应急管理局"),
    ("市场监督管理局", "市场监管局"),
    ("民政局", "民政局"),
    ("公安局", "公安局"),
    ("文化和旅游局", "文旅局"),
    ("数据局", "数据局"),
    ("城市管理局", "城管局"),
    ("司法局", "司法局"),
    ("科学技术局", "科技局"),
    ("工业和信息化局", "工信局"),
    ("商务局", "商务局"),
    ("审计局", "审计局"),
    ("统计局", "统计局"),
    ("医疗保障局", "医保局"),
    ("行政审批服务局", "行政审批局"),
    ("信访局", "信访局"),
    ("税务局", "税务局"),
    ("乡村振兴局", "乡村振兴局"),
    ("退役军人事务局", "退役军人局"),
)
# The words by which a clause tells whose work it is (职责关键词), by the name after the place.
DUTIES: Final = {
    name: tuple(words.split())
    for name, words in {
        "发展和改革委员会": "固定资产投资 重大项目 价格调控 节能降碳 粮食储备 以工代赈",
        "教育局": "中小学 幼儿园 学位 义务教育 校外培训 教师队伍",
        "财政局": "财政资金 预算 专项债券 政府采购 财政补贴",
        "人力资源和社会保障局": "就业 社会保险 欠薪 职业技能培训 劳动关系",
        "自然资源局": "建设用地 国土空间规划 不动产登记 耕地保护 地质灾害",
        "生态环境局": "污染防治 空气质量 排污口 环境执法 危险废物",
        "住房和城乡建设局": "老旧小区 保障性住房 建筑工地 物业服务 城市更新 危旧房",
        "交通运输局": "农村公路 公交线路 道路客运 桥梁 港口",
        "水务局": "河道 水库 供水 防洪 节水 污水处理",
        "农业农村局": "高标准农田 粮食生产 农村人居环境 畜禽养殖 农民合作社",
        "卫生健康委员会": "医疗机构 托育 疾病预防 家庭医生 医共体",
        "应急管理局": "安全生产 防灾减灾 应急演练 应急预案 救灾物资",
        "市场监督管理局": "食品安全 药品安全 特种设备 电梯 质量强市 知识产权",
        "民政局": "养老服务 低保 社会救助 殡葬 老年助餐",
        "公安局": "社会治安 电信网络诈骗 交通秩序 户籍 禁毒",
        "文化和旅游局": "公共文化 旅游景区 非物质文化遗产 文物保护",
        "数据局": "数据共享 政务数据 数字政府 公共数据",
        "城市管理局": "生活垃圾 市容 占道经营 停车泊位 城市照明",
        "司法局": "法律援助 人民调解 行政复议 普法",
        "科学技术局": "高新技术企业 研发 科技成果转化 科技特派员",
        "工业和信息化局": "规上工业 技术改造 专精特新 中小企业账款 智能制造",
        "商务局": "外贸 招商引资 消费品以旧换新 农贸市场 电子商务",
        "审计局": "审计",
        "统计局": "统计调查 统计数据",
        "医疗保障局": "医保 长期护理保险 药品集中采购",
        "行政审批服务局": "政务服务 行政审批 高效办成一件事 帮办代办",
        "信访局": "信访",
        "税务局": "税收 减税降费",
        "乡村振兴局": "防止返贫 乡村振兴",
        "退役军人事务局": "退役军人 双拥 优待抚恤",
        "中共委组织部": "党组织 干部 人才 基层党建",
        "中共委宣传部": "精神文明 新闻宣传 理论学习",
        "中共委政法委员会": "社会治安综合治理 平安建设 扫黑除恶",
    }.items()
}
PARTY: Final = (("办公室", "委办公室"), ("组织部", "委组织部"), ("宣传部", "委宣传部"), ("政法委员会", "委政法委"))
IN_CITY, IN_OTHER_CITY, IN_COUNTY = len(GOVERNMENT), 14, 11


@dataclass(frozen=True)
class Place:
    """A place with a government: its name, the word before short names, level and how many bureaus it has."""

    name: str
    word: str
    level: str
    bureaus: int
    code: str


def build() -> dict[str, Department]:
    """Make the units and return them by short name."""
    made: dict[str, Department] = {}
    tops = _place(made, Place(PROVINCE, "省", Level.PROVINCE, 18, "330000"), None, None)
    for name, code in CITIES.items():
        is_capital = name == CAPITAL
        place = Place(name, "市" if is_capital else name, Level.CITY, IN_CITY if is_capital else IN_OTHER_CITY, code)
        city = _place(made, place, *tops)
        if is_capital:
            for county, county_code in COUNTIES.items():
                _place(made, Place(county, county, Level.COUNTY, IN_COUNTY, county_code), *city)
    _extras(made)
    return made


def _place(
    made: dict[str, Department], place: Place, committee: Department | None, government: Department | None
) -> tuple[Department, Department]:
    full, word, level = place.name, place.word, place.level
    party = _unit(made, f"中共{full}委员会", f"{word}委", committee, level, Kind.PARTY_COMMITTEE, Side.PARTY)
    people = _unit(
        made, f"{full}人民政府", f"{word}政府", government, level, Kind.GOVERNMENT, Side.GOVERNMENT, place.code
    )
    if level != Level.COUNTY:
        for name, short in PARTY:
            duties = DUTIES.get(f"中共委{name}", ())
            _unit(made, f"中共{full}委{name}", f"{word}{short}", party, level, Kind.PARTY, Side.PARTY, duties=duties)
        _unit(made, f"中共{full}委督查室", f"{word}委督查室", party, level, Kind.INTERNAL, Side.PARTY, office=True)
    for name, short in GOVERNMENT[: place.bureaus]:
        called, told = _spelled(full, name, level), f"{word}{_spelled('', short, level)}"
        _unit(made, called, told, people, level, duties=DUTIES.get(name, ()))
    _unit(made, f"{full}人民政府督查室", f"{word}政府督查室", people, level, Kind.INTERNAL, office=True)
    return party, people


def _spelled(place: str, name: str, level: str) -> str:
    """A province has 厅 where a city has 局."""
    return place + (name.replace("局", "厅") if level == Level.PROVINCE and name.endswith("局") else name)


def _unit(
    made: dict[str, Department], name: str, short: str, parent: Department | None, level: str,
    kind: str = Kind.DEPARTMENT, side: str = Side.GOVERNMENT, code: str = "", *, office: bool = False,
    duties: tuple[str, ...] = (),
) -> Department:  # fmt: skip
    unit: Department = Department.objects.create(
        name=name, short=short, parent=parent, level=level, kind=kind, side=side, is_office=office,
        district_code=code or None, valid_from=SINCE, position=len(made) + 1, duties=list(duties),
    )  # fmt: skip
    made[short] = unit
    return unit


def _extras(made: dict[str, Department]) -> None:
    """The discipline body, a zone, an enterprise, townships, and inner offices of bureaus."""
    city, county = made["市政府"], made["临溪县政府"]
    _unit(made, "中共青原市纪律检查委员会", "市纪委监委", made["市委"], Level.CITY, Kind.PARTY, Side.PARTY)
    _unit(made, "青原高新技术产业开发区管理委员会", "高新区管委会", city, Level.CITY, Kind.ZONE)
    _unit(made, "青原市城市建设投资集团有限公司", "市城投集团", city, Level.CITY, Kind.ENTERPRISE)
    for name in TOWNSHIPS:
        _unit(made, f"临溪县{name}人民政府", name, county, Level.TOWNSHIP, Kind.GOVERNMENT)
    inner: Iterable[tuple[str, str]] = (
        ("市水务局", "河道管理处"), ("市水务局", "排水管理处"), ("市财政局", "经济建设科"), ("市住建局", "物业科"),
        ("市教育局", "基础教育科"), ("市交通运输局", "公路科"), ("临溪县水务局", "水利工程股"),
    )  # fmt: skip
    for bureau, name in inner:
        unit = made[bureau]
        _unit(made, f"{unit.name}{name}", f"{unit.short}{name}", unit, unit.level, Kind.INTERNAL)
