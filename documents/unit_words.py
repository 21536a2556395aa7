"""The tables behind units.py: words of role, endings of a unit's name, and names that stand for many."""

import re


def one_of(words: str) -> str:
    """Give words separated by blanks as an alternative of a pattern."""
    return "|".join(words.split())


OFFICE = "(?:单位|部门|科室)"
# A label in front (牵头单位：甲) or a verb behind (甲牵头) gives the role of the units beside it.
# "ranked": the first is lead and the others cooperate; "leads": all are lead.
LABELS: tuple[tuple[str, str], ...] = (
    (rf"(?:总)?牵头(?:责任|组织|实施|组织实施|负责)*{OFFICE}?", "leads"),
    (r"主(?:办|责|要责任|抓)(?:责任)?(?:单位|部门)?|第一责任单位", "leads"),
    (rf"(?:配合|协办|协同|协助|协作|参与|参加|支持|指导|保障)(?:责任)?{OFFICE}?|会同", "co"),
    (rf"(?:主要)?(?:责任|承办|承担|落实|实施|负责){OFFICE}", "ranked"),
)
VERBS: tuple[tuple[str, str], ...] = (
    (r"(?:共同|联合|分别|总)?牵头(?:负责|组织实施|组织|落实|抓总|实施|办理)?", "leads"),
    (r"主办|主责|主抓|分别负责|共同负责|联合负责|共同承办", "leads"),
    (
        r"(?:积极|密切|共同)?(?:配合|协助|协同|协办|协作|参加|参与|会同|指导|督导|保障|支持)"
        r"(?:落实|实施|做好|办理)?",
        "co",
    ),
    (r"按照?(?:各自)?职[责能](?:分工)?(?:分别)?(?:负责|落实|抓好落实|做好)", "ranked"),
    (r"分工负责|具体负责|负责落实|负责实施|负责|落实|承办|组织实施", "ranked"),
)
LABEL = (
    *((re.compile(rf"^(?:由|请)?(?:{words}):"), role) for words, role in LABELS),
    (re.compile("^会同(?=.)"), "co"),
)
VERB = tuple((re.compile(rf"^(?:由|请)?(?P<names>.*?)(?:{words})$"), role) for words, role in VERBS)
ONLY_ROLE = tuple((re.compile(rf"^(?:{words})$"), role) for words, role in (*LABELS, *VERBS))
TOGETHER = re.compile(r"(?<=[局厅委办部院会府心团司社队行所站校区县])会同(?=\S)")

# Endings that make a name complete. 人社, 发改, 住建 have none: they borrow the ending of the name they share.
ENDINGS = one_of(
    "人民政府 政府 管委会 管理委员会 办事处 委员会 办公室 办公厅 指挥部 工作专班 专班 领导小组 工作组 "
    "检察院 法院 医院 学院 研究院 设计院 大学 学校 中学 小学 党校 海关 供销社 合作社 报社 "
    "残联 妇联 工商联 文联 社科联 侨联 科协 作协 贸促会 支队 总队 大队 中队 中心 集团 公司 银行 分行 支行 "
    "税务 电力 移动 联通 电信 武装部 军分区 巡察办 信访办 纪委 监委 人大 政协 电视台 广播台 融媒体 气象台 "
    "街道 园区 高新区 经开区 开发区 新区 景区 林场 水库 "
    "局 厅 委 办 部 院 会 处 队 站 所 署 室 庭 馆 县 区 市 镇 乡 村 组 行"
)
ENDING = re.compile(f"(?:{ENDINGS})$")
BORROWED = re.compile(
    "(?:(?:区|县|市|镇|乡)(?:人民)?政府|(?:镇|街道)办事处|"
    "管委会|集团|公司|中心|支队|大队|局|厅|委|办|部|院|会|区|县|镇|乡)$"
)
ZONE = re.compile("(?:高新区|经开区|开发区|园区|新区|景区|度假区|保税区)$")

LEVEL_PREFIX = re.compile(r"^(?P<level>省|市(?!场|容|监局|政)|县|区|州|盟|旗|自治区)(?P<party>委(?!员))?(?=.)")
# Names that stand by themselves and take no 市 or 县 from the name before.
STANDS_ALONE = re.compile(
    "^(?:国家|中国|国网|南网|人民银行|人行|共青团|团[省市县区]委|中共|各|有关|相关|"
    ".{2,}[省市州盟县区旗镇乡](?:人民)?(?:政府)?$|"
    ".+(?:街道|管委会|公司|集团|银行|分行|监管局|学院|大学|海关)|.{2,4}[省市州县区].+)"
)

# Names that stand for many (泛称): they are kept as written, never matched to one unit.
AREAS = one_of("县 市 区 州 盟 旗 乡 镇 街 街道 村 社区 功能区 园区 开发区 高新区 新区 管委会 办事处")
MANY = one_of("有关 相关 各 主管 成员 责任 承担 参与 帮扶 包联 审批 执法 监管")
MEMBERS = one_of("部门 单位 地方 企业 机构 乡镇 镇街 县区 区县 镇乡 街道 科室 学校")
QUALIFIED = one_of(
    "有关 相关 其他 其它 所有 全体 沿线 沿河 沿江 沿湖 沿海 涉及 涉事 涉矿 辖区 属地 所在地? 项目所在 全[省市县区]"
)
GROUPS = tuple(
    re.compile(pattern)
    for pattern in (
        "^各",
        f"^(?:{QUALIFIED})",
        r"^(?:省|市|县|区|州|乡镇)(?:直|级|属)(?:机关)?(?:各|有关|相关|各有关|各相关|各行政执法)*"
        r"(?:国有)?(?:部门|单位|机关|企业|学校|医院)$",
        r"^(?:省|市|县|区|州|乡镇)级(?:人民)?政府$|[两三各]级(?:有关|相关)?(?:部门|单位|政府|机关)$",
        f"(?:{MANY})(?:责任|职能|业务|行业|主管)?(?:{MEMBERS})$",
        rf"^(?:{AREAS}){{1,6}}(?:\((?:{AREAS}|、){{1,6}}\))?(?:人民)?(?:政府|党委|党工委|管委会|"
        rf"办事处)?(?:\((?:管委会|办事处)\))?$",
        "^(?!.*[省市县区]).*(?:企业|业主|运营商|经营者|商户|施工方)$",
    )
)
# 市、县两级有关部门: the 、 inside belongs to the name.
SHARED_LEVELS = re.compile("[省市县](?:、[市县乡区村]){1,2}[两三]级(?:有关|相关)?(?:部门|单位|政府|机关)")
# 各县、区政府 and 有关市、县人民政府: the 、 inside belongs to the name.
SHARED_AREAS = re.compile(
    rf"(?:各|有关|相关|沿线|沿[河江湖海]|辖区)各?(?:{AREAS})(?:[、和及](?:{AREAS}))+(?:(?:人民)?政府|管委会|办事处)?"
    r"(?=$|[,;、\s\)(]|负责|牵头|主办|承办|配合|协[办助同]|按|分别|共同|具体|落实|参[与加]|指导|会同)"
)
STRUCTURAL = re.compile(rf"^(?:{AREAS}|人民政府|政府|、|,|\s)+$")
AND_THE_LIKE = re.compile("等(?:有关|相关|市直|县直|省直)*(?:部门|单位|各部门)*$")
NUMBERED = re.compile(r"^\(?\d{1,2}(?:[.)]|(?=[省市县区各]))")
JOINED = re.compile(
    "(?<=[局厅委办部院会府心团司队门位])(?:和|及|以及|与)(?=(?:各|有关|相关|省|市|县|区|州|团|人|国|中))"
)
