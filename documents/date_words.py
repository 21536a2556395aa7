"""The tables behind dates.py: what the words for time mean, one row a writing."""

import re

from workflow.tongue import gettext_noop as _

YEAR = r"(?:(?P<y>(?:19|20)\d\d)年|(?P<rel>今年|本年度?|当年|明年|次年|来年|后年))?"
RELATIVE_YEARS = {"今年": 0, "本年": 0, "本年度": 0, "当年": 0, "明年": 1, "次年": 1, "来年": 1, "后年": 2}
BEFORE = r"(?:之前|以前|底前|前|内)?"

# Day on which a third of a month ends; 0 is the last day. 月初 is read as 上旬.
TENTHS = {"上": 10, "初": 10, "中": 20, "下": 0}
QUARTER_ENDS = {1: 3, 2: 6, 3: 9, 4: 12}
FIVE_YEAR_PLANS = {"三": 2020, "四": 2025, "五": 2030, "六": 2035}
CYCLES = {"周": "weekly", "星期": "weekly", "月": "monthly", "个月": "monthly", "月度": "monthly",
          "季": "quarterly", "季度": "quarterly", "年": "yearly"}  # fmt: skip

# How often: 每月5日前, 按季度, 逐年. A half year, two months, ten days have no cycle of their own (null in the corpus).
EVERY = re.compile(
    r"(?:(?:19|20)\d\d年)?(?:每(?:个)?|按|逐)"
    r"(?P<unit>半年|半个?月|双月|[两2]个?月|个月|季度|星期|年|季|月|周|旬|日|天)(?P<rest>[^,;:。、]*)"
)
EVERY_REPORT = re.compile(
    "每(?:个)?(?P<unit>季度|星期|个月|年|季|月|周)[^,;。]{0,12}?"
    "(?:调度|通报|报送|报告|上报|汇报|核查|更新|会商|研判|分析|点评|督查|督导|检查|公布|公示|评估)"
)
ONGOING_CYCLE = re.compile("(?P<unit>季度|月度|周)(?:核查|调度|通报|评估|监测|检查|督查|会商|分析|点评)")
# A deadline inside a sentence: it ends with 前, 内 or the like.
PHRASE = re.compile(
    r"(?:(?:19|20)\d\d年|今年|明年|次年)?"
    r"(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|底|末)?|第?[1-4]季度末?|上半年|年|年底)?"
    r"(?:(?<=[月日旬底末年度])(?:底|末)?(?:之前|以前|前|内))(?!置|期|列|后|瞻|三|景)"
)

# (what it says, kind, reason). "open" needs no day; "event" needs a person to name the day.
OPEN_ENDED = _("“%(text)s”没有截止日，按长期任务处理。")
AN_EVENT = _("“%(text)s”不能换算成具体日期。")
NO_BASE = _("“%(text)s”没有可推算的起算日（成文日期或会议日期）。")
CYCLIC = _("“%(text)s”是周期要求，没有截止日。")
TOO_VAGUE = _("“%(text)s”没有说明哪一天。")
AN_EVENT_WORD = re.compile(
    "汛期|汛前|供暖|采暖|春节|元旦|清明|五一|端午|中秋|国庆|节前|两会|开学|学期|入冬|冬季|秋冬|春耕|高考|中考|封冻|"
    "验收前|检查前|换届"
)
WITHOUT_DAY: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile("长期|持续|常态化|立行立改|即知即改|边查边改|动态(?:清零|管理)|不间断|常年"), "open", OPEN_ENDED),
    (AN_EVENT_WORD, "event", AN_EVENT),
    (
        re.compile(
            "尽快|尽早|适时|近期|及时|抓紧|立即|马上|即时|限期|按时|按期|按(?:照)?(?:上级|省|市|方案|计划|序时|进度|要求)|"
            "视情|待定|另行通知|^(?:无|同上)$"
        ),
        "vague",
        TOO_VAGUE,
    ),
    (EVERY, "cyclic", CYCLIC),
    (re.compile(r"(?:\d+|半)个?(?:工作日|星期|小时|周|日|天|月|年)|月底"), "unreadable", NO_BASE),
)

REASONS = {
    "missing": _("没有写完成时限。"),
    "unreadable": _("看不懂“%(text)s”这个时限。"),
    "no_year": _("“%(text)s”没有写年份，文件里也找不到年份。"),
    "no_such_day": _("“%(text)s”这一天不存在。"),
    "no_base": NO_BASE,
    "implausible": _("“%(text)s”不像一个办理时限，可能是单元格格式有误。"),
    "workdays": _("“%(text)s”按工作日计算，这里没有工作日历。"),
    "decimal": _("“%(text)s”像月和日，但 Excel 把它存成了小数，无法分清。"),
}

# The names of what is measured from, tried in this order; the second entry is the field of dates.Context.
BASES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("会议?(?:结束)?(?:后|之日)"), "meeting_on"),
    (re.compile("印发|发文|发布|下发|成文|公布|出台|交办|本通知|文件"), "issued_on"),
)
