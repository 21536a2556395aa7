"""What the pages of the tests show: an invented city, no database."""

from datetime import date, datetime
from types import SimpleNamespace as Thing
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.forms import Form

CHINA = ZoneInfo("Asia/Shanghai")


def moment(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=CHINA)


OFFICE = Thing(name="市政府督查室", short="市督查室")
POSTS = [
    Thing(pk=1, department=OFFICE, title="副主任", get_role_display="督查员"),
    Thing(pk=2, department=Thing(name="市委办公室", short="市委办"), title="值班联络员", get_role_display="经办人"),
]


def person(role: str = "supervisor") -> Thing:
    return Thing(
        is_authenticated=True, pk=7, name="张明远", role=role, post=POSTS[0], behalf=None, standing_posts=lambda: POSTS
    )


GREEN = Thing(tone="green", icon="circle-check", word="正常", reason="距时限 4 个工作日以上")
AMBER = Thing(tone="amber", icon="clock-exclamation", word="临期", reason="剩余 3 个工作日")
RED = Thing(tone="red", icon="alert-triangle", word="逾期", reason="逾期 4 个工作日")
GREY = Thing(tone="grey", icon="player-pause", word="挂起", reason="等待省厅批复，已暂停计时")
BLUE = Thing(tone="blue", icon="hourglass", word="待核验", reason="11-20 申请办结")


def task(
    number: int,
    title: str,
    source: str,
    unit: str,
    contact: str,
    due: date,
    done: int,
    state: tuple[str, str],
    light: Thing,
) -> Thing:
    code, label = state
    return Thing(
        pk=number,
        number=f"督〔2026〕{number}号",
        title=title,
        source=source,
        unit=unit,
        contact=contact,
        due_on=due,
        done=done,
        state=code,
        get_state_display=lambda: label,
        light=light,
    )


ACTIVE, REVIEW, CLOSED, DECLINED = (
    ("active", "办理中"),
    ("review", "待核验"),
    ("closed", "已办结"),
    ("declined", "退办"),
)
TASKS = [
    task(
        118,
        "关于加快推进城市内涝治理重点工程建设的督查事项",
        "市委常委会第十二次会议",
        "市水务局",
        "刘建国",
        date(2026, 11, 28),
        70,
        ACTIVE,
        GREEN,
    ),
    task(
        115,
        "市政府工作报告重点任务：新增公办幼儿园学位 6000 个",
        "政府工作报告",
        "市教育局",
        "王芳",
        date(2026, 11, 25),
        35,
        ACTIVE,
        AMBER,
    ),
    task(
        109,
        "领导批示：老旧小区加装电梯群众反映集中问题",
        "市长批示",
        "市住建局",
        "陈志强",
        date(2026, 11, 18),
        40,
        ACTIVE,
        RED,
    ),
    task(
        103,
        "中央环保督察反馈问题整改（第 7 项）",
        "上级督查",
        "市生态环境局",
        "李雪梅",
        date(2026, 12, 31),
        72,
        ACTIVE,
        GREEN,
    ),
    task(
        97, "“高效办成一件事”清单第三批落地", "专项督查", "市行政审批局", "赵磊", date(2026, 11, 20), 100, REVIEW, BLUE
    ),
    task(
        92,
        "人大代表建议第 213 号：农村道路安全防护设施",
        "建议提案",
        "市交通运输局",
        "孙海燕",
        date(2026, 11, 10),
        100,
        CLOSED,
        GREEN,
    ),
    task(88, "根治拖欠农民工工资专项行动", "专项督查", "市人社局", "周涛", date(2026, 11, 22), 10, DECLINED, AMBER),
    task(
        81,
        "冬季供暖保障问题“回头看”",
        "民生实事",
        "市城管局",
        "何静",
        date(2026, 11, 30),
        38,
        ("suspended", "挂起"),
        GREY,
    ),
]

UNITS = ["住建", "水务", "教育", "交通", "人社", "环保", "城管", "卫健"]
IN_TIME, LATE = [32, 28, 41, 25, 18, 22, 30, 26], [6, 2, 3, 1, 4, 2, 5, 1]


def _bars(values: list[int], light: str) -> list[dict[str, Any]]:
    return [{"value": value, "url": f"/tasks/?unit={at}&light={light}"} for at, value in enumerate(values)]


UNIT_CHART = {
    "id": "units",
    "title": "责任单位办结情况",
    "unit": "项",
    "source": "近 90 天 · 截至 2026-11-22 09:00",
    "options": {
        "xAxis": {"type": "category", "data": UNITS},
        "yAxis": {"type": "value"},
        "series": [
            {"type": "bar", "name": "按期办结", "stack": "all", "tone": "blue", "data": _bars(IN_TIME, "closed")},
            {"type": "bar", "name": "逾期", "stack": "all", "tone": "red", "data": _bars(LATE, "red")},
        ],
    },
    "columns": ["单位", {"label": "按期办结", "number": True}, {"label": "逾期", "number": True}],
    "rows": [
        [unit, {"text": good, "number": True}, {"text": late, "url": f"/tasks/?unit={at}&light=red", "number": True}]
        for at, (unit, good, late) in enumerate(zip(UNITS, IN_TIME, LATE, strict=True))
    ],
}
SHARES = [
    ("办理中", 86, "blue"),
    ("临期", 17, "amber"),
    ("逾期", 9, "red"),
    ("已办结", 241, "green"),
    ("待核验", 14, "purple"),
]
STATE_CHART = {
    "id": "states",
    "title": "任务状态分布",
    "unit": "项",
    "source": "共 367 项",
    "options": {
        "series": [
            {
                "type": "pie",
                "label": {"formatter": "{b} {c}"},
                "data": [
                    {"name": name, "value": value, "tone": tone, "url": f"/tasks/?state={name}"}
                    for name, value, tone in SHARES
                ],
            }
        ]
    },
    "columns": ["状态", {"label": "任务", "number": True}],
    "rows": [[name, {"text": value, "url": f"/tasks/?state={name}", "number": True}] for name, value, _tone in SHARES],
}
MONTHS = ["6 月", "7 月", "8 月", "9 月", "10 月", "11 月"]
HEAT_CHART = {
    "id": "heat",
    "title": "单位 × 月份逾期",
    "unit": "项",
    "source": "截至 2026-11-22 09:00",
    "height": "large",
    "options": {
        "legend": False,
        "grid": {"left": 8, "right": 16, "top": 16, "bottom": 56, "containLabel": True},
        "xAxis": {"type": "category", "data": MONTHS},
        "yAxis": {"type": "category", "data": UNITS},
        "visualMap": {"min": 0, "max": 6, "orient": "horizontal", "left": "center", "bottom": 0},
        "series": [
            {
                "type": "heatmap",
                "label": {"show": True},
                "data": [
                    {"value": [x, y, (x * 5 + y * 3) % 7], "url": f"/tasks/?unit={y}&month={x}"}
                    for x in range(6)
                    for y in range(8)
                ],
            }
        ],
    },
    "columns": ["单位", *MONTHS],
    "rows": [[unit, *[str((x * 5 + y * 3) % 7) for x in range(6)]] for y, unit in enumerate(UNITS)],
}
TREND_CHART = {
    "id": "trend",
    "title": "逾期任务 90 天走势",
    "unit": "项",
    "source": "截至 2026-11-22 09:00",
    "height": "large",
    "options": {
        "xAxis": {"type": "category", "data": [f"{8 + (day // 30)}-{day % 30 + 1:02d}" for day in range(90)]},
        "yAxis": {"type": "value"},
        "series": [
            {
                "type": "line",
                "name": "逾期",
                "tone": "red",
                "showSymbol": False,
                "data": [9 + (day * 7) % 5 - day // 20 for day in range(90)],
            }
        ],
    },
    "columns": ["日期", "逾期"],
    "rows": [["08-01", "9"], ["11-22", "9"]],
}

STEPS = [
    ("登记立项", date(2026, 11, 2), "done"),
    ("交办", date(2026, 11, 3), "done"),
    ("签收", date(2026, 11, 3), "done"),
    ("办理反馈", "进行中", "current"),
    ("核验", "", "todo"),
    ("批准销号", "", "todo"),
]
EVENTS = [
    {
        "title": "系统催办",
        "at": moment(11, 21, 8, 30),
        "text": "距办结时限 5 个工作日，已提醒市水务局 刘建国。",
        "icon": "alarm",
        "tone": "amber",
    },
    {
        "title": "阶段反馈",
        "at": moment(11, 16, 17, 41),
        "by": "市水务局 刘建国",
        "text": "已完成 3 处易涝点改造，累计投资 1.2 亿元。",
        "icon": "message-report",
        "tone": "green",
        "url": "/reports/3/",
        "changes": [("完成比例", "40%", "70%"), ("存在问题", "", "管线迁改滞后")],
    },
    {"title": "签收", "at": moment(11, 3, 14, 5), "by": "市水务局 刘建国", "icon": "writing-sign", "tone": "green"},
    {
        "title": "交办",
        "at": moment(11, 3, 10, 30),
        "by": "市政府督查室 张明远",
        "text": "交办至市水务局（牵头）、市住建局、市财政局（协办）。",
        "icon": "send",
        "tone": "blue",
    },
    {
        "title": "登记立项",
        "at": moment(11, 2, 9, 12),
        "by": "市政府督查室 张明远",
        "text": "文号 督〔2026〕118号。",
        "icon": "file-plus",
        "tone": "blue",
    },
]
VERBS = [
    {"name": "remind", "label": "催办", "url": "/tasks/118/remind/", "icon": "alarm", "tone": ""},
    {"name": "extend", "label": "申请延期", "url": "/tasks/118/extend/", "icon": "calendar-plus", "tone": ""},
    {"name": "terminate", "label": "中止", "url": "/tasks/118/terminate/", "icon": "ban", "tone": "danger"},
    {
        "name": "verify",
        "label": "核验",
        "url": "/tasks/118/verify/",
        "icon": "zoom-check",
        "tone": "primary",
        "reason": "牵头单位尚未申请办结。",
    },
]
CLOCK = Thing(
    due_on=date(2026, 11, 28),
    due_time="18:00",
    original_due_on=date(2026, 11, 20),
    left=5,
    light=GREEN,
    lines=[
        "11-03（周二）交办，次日起算",
        "11-04 至 11-20 共 13 个工作日",
        "11-18 批准延期 6 个工作日，新时限 11-28",
        "11-22（周日）不计",
    ],
)
CHIPS = [
    {"label": "全部", "url": "?", "count": 126, "active": False},
    {"label": "正常", "url": "?light=green", "count": 100, "active": False, "tone": "green", "icon": "circle-check"},
    {"label": "临期", "url": "?light=amber", "count": 17, "active": True, "tone": "amber", "icon": "clock-exclamation"},
    {"label": "逾期", "url": "?light=red", "count": 9, "active": False, "tone": "red", "icon": "alert-triangle"},
]
TABS = [
    {"label": "我牵头的", "url": "?tab=lead", "count": 26, "active": True, "tone": "blue"},
    {"label": "待我审核", "url": "?tab=review", "count": 14, "active": False, "tone": "purple"},
    {"label": "逾期", "url": "?tab=late", "count": 9, "active": False, "tone": "red"},
]
CONFLICT = [
    ("办结时限", "2026-12-10", "2026-12-05"),
    ("申请理由", "管线迁改滞后，需要协调燃气公司。", "管线迁改滞后。"),
    ("完成比例", "70%", "70%"),
]
UNIT_CHOICES = [
    (str(at), f"市{name}局")
    for at, name in enumerate(["水务", "住建", "财政", "教育", "交通", "人社", "城管", "卫健", "审计", "统计"])
]


class ReportForm(Form):
    """填报进展 as it will stand beside a task."""

    done = forms.CharField(
        label="进展情况",
        widget=forms.Textarea,
        max_length=2000,
        min_length=30,
        help_text="写清完成量、存在问题和下步计划。",
        error_messages={"min_length": "内容过短：请说明完成量、存在问题和下步计划（不少于 30 字）。"},
    )
    percent = forms.IntegerField(label="完成比例（%）", min_value=0, max_value=100)
    status = forms.ChoiceField(label="状态", choices=[("ok", "正常推进"), ("hard", "推进困难"), ("stuck", "受阻")])
    on = forms.DateField(label="进展日期", required=False)
    evidence = forms.FileField(label="佐证材料", required=False, help_text="可不附；验收标准点名的材料除外。")
    claim = forms.BooleanField(label="同时申请办结", required=False)


class AssignForm(Form):
    """Every kind of field once."""

    lead = forms.ChoiceField(label="牵头单位", choices=UNIT_CHOICES, widget=forms.Select(attrs={"data-pick": ""}))
    helpers = forms.MultipleChoiceField(
        label="协办单位", choices=UNIT_CHOICES, required=False, widget=forms.SelectMultiple(attrs={"data-pick": ""})
    )
    copies = forms.MultipleChoiceField(
        label="抄送单位", choices=UNIT_CHOICES, required=False, widget=forms.CheckboxSelectMultiple
    )
    urgency = forms.ChoiceField(
        label="紧急程度", choices=[("n", "平件"), ("u", "加急"), ("x", "特急")], widget=forms.RadioSelect
    )
    due_on = forms.DateField(label="办结时限", help_text="留空按来源的默认时限计算。")
    meeting = forms.DateTimeField(label="会商时间", required=False)
    agree = forms.BooleanField(label="已核对责任单位和验收标准")


def report_form() -> Form:
    return ReportForm({"done": "已开工。", "percent": "70", "status": "ok"})


def assign_form() -> Form:
    return AssignForm({"helpers": ["1", "2"]})
