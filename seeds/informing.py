"""Stories of 情况通报: chased, pressed and talked to; a quarter told to all, a month put before who is blamed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from seeds.book import Chapter
from seeds.stage import AFTERNOON, Stage
from seeds.stories import flood
from supervision.models import Bulletin, Mention, Notice
from supervision.operations import bulletins, mentions, notices, receipts
from supervision.states.informing import Colour, Ground, NoticeKind
from tasks.models import Task

STORIES = Chapter()
story = STORIES.story

LEADERS = {NoticeKind.ORDER: "secretary", NoticeKind.TALK: "leader"}


def known(matter: str) -> Task:
    """Return the task of an earlier story by the beginning of its matter."""
    found: Task = Task.objects.get(matter__startswith=matter)
    return found


def send(
    stage: Stage, offset: int, task: Task, kind: str, text: str, *, received: int | None = None,
    answered: int | None = None, answer: str = "", ground: str = Ground.OVERDUE, colour: str = Colour.NONE,
    sent: bool = True,
) -> Notice:  # fmt: skip
    """Draft a notice and send it the way of its kind; let the unit receive and answer it on the days that are given."""
    by = stage.people["supervisor"]
    with stage.on(offset):
        notice = notices.draft(by=by, task=task, kind=kind, ground=ground, text=text, colour=colour)
        if kind == NoticeKind.CHASE:
            notice = notices.issue(notice, by=by)
        else:
            notices.submit(notice, by=by)
    if kind != NoticeKind.CHASE and sent:
        with stage.on(offset, AFTERNOON):
            notice = notices.approve(notice, by=stage.people[LEADERS[NoticeKind(kind)]], comment="同意签发")
    unit = notice.department.short
    if received is not None:
        with stage.on(received):
            notices.receive(notice, by=stage.who(unit))
    if answered is not None:
        with stage.on(answered, AFTERNOON):
            notices.answer(notice, by=stage.head(unit), answer=answer)
    return notice


# ------------------------------------------------------------------------------------------------ the ladder


@story
def chased_then_pressed(stage: Stage) -> None:
    """Chased, and pressed in each of the three colours: answered, received, or waiting to be received."""
    bridges = known("完成全市桥梁安全隐患排查")
    send(
        stage, -24, bridges, NoticeKind.CHASE, "排查已逾期，请说明原因和办结日期。", received=-24, answered=-22,
        answer="2座三类桥加固受汛期影响，计划二十个工作日内完工。",
    )  # fmt: skip
    send(
        stage, -16, bridges, NoticeKind.ORDER, "承诺期内未见明显进展，请主要负责人牵头，限期完成加固。",
        colour=Colour.ORANGE, received=-15, answered=-12, answer="已更换施工单位，加固工程全面复工，完成65%。",
    )  # fmt: skip
    model = known("建成城市信息模型平台一期")
    send(
        stage, -15, model, NoticeKind.CHASE, "平台上线已逾期，请报送上线计划。", received=-14, answered=-13,
        answer="正在开展安全测评，测评通过即上线。",
    )  # fmt: skip
    send(
        stage, -10, model, NoticeKind.ORDER, "逾期时间较长且影响多部门共享，请立即组织上线。", colour=Colour.RED,
        received=-9, answered=-6, answer="已通过安全测评，完成数据迁移，正在试运行。",
    )  # fmt: skip
    debts = known("清理拖欠企业账款")
    send(
        stage, -7, debts, NoticeKind.CHASE, "清欠已逾期，请逐笔说明未清原因。", received=-6, answered=-5,
        answer="余下11笔存在结算争议，正逐笔审计。",
    )  # fmt: skip
    send(stage, -4, debts, NoticeKind.ORDER, "请对无争议部分立即支付。", colour=Colour.BLUE, received=-3)
    send(stage, -2, known("修订市级应急物资目录"), NoticeKind.CHASE, "目录修订已逾期，请抓紧报审。")


@story
def pressed_unit_of_the_trial_head(stage: Stage) -> None:
    """The trial unit is chased for slowness, and pressed in red: its handler answers, its head receives today."""
    send(
        stage, -3, known("整治市区12处易涝点"), NoticeKind.CHASE, "12处点位仅进场5处，请倒排工期，说明管线迁改计划。",
        ground=Ground.SLOW, received=-2,
    )  # fmt: skip
    leaks = stage.task(
        -48, flood(stage), "整治城区供水管网漏损点60处", "市水务局", standard="60处修复，漏损率降至9%以下", due=-9
    )
    leaks = stage.report(-20, stage.sign(-47, leaks), "修复41处。", 68)
    send(
        stage, -7, leaks, NoticeKind.CHASE, "漏损整治已逾期，请说明原因。", received=-7, answered=-5,
        answer="配件到货延迟，剩余19处预计两周内修复。",
    )  # fmt: skip
    send(stage, -1, leaks, NoticeKind.ORDER, "群众反映集中，请局主要负责人牵头限期完成。", colour=Colour.RED)


@story
def order_on_the_leaders_desk(stage: Stage) -> None:
    """An order waits for the leader's word; what else is late was drafted by the clock, for an officer to read."""
    market = known("取缔城区马路市场6处")
    send(
        stage, -9, market, NoticeKind.CHASE, "剩余2处请说明取缔计划。", received=-8, answered=-7,
        answer="疏导点建设滞后，正协调用地。",
    )  # fmt: skip
    send(stage, -1, market, NoticeKind.ORDER, "逾期已久，请明确疏导点投用日期。", colour=Colour.ORANGE, sent=False)
    with stage.on(-1, AFTERNOON) as moment:
        notices.draft_due(moment)


# ------------------------------------------------------------------------------------------------ bulletins


def quarter_before(day: date) -> tuple[date, date]:
    """Return the first and the last day of the last quarter that was over on ``day``."""
    last = date(day.year, (day.month - 1) // 3 * 3 + 1, 1) - timedelta(days=1)
    return date(last.year, last.month - 2, 1), last


def name(
    stage: Stage, bulletin: Bulletin, unit: str, text: str, *, negative: bool = True, task: Task | None = None
) -> Mention:
    """Name a unit."""
    by, where = stage.people["supervisor"], stage.units[unit]
    return mentions.name(bulletin, by=by, department=where, text=text, negative=negative, task=task)


@story
def quarterly_bulletin(stage: Stage) -> None:
    """The quarter's bulletin: two are blamed and heard, one is praised; issued, and received by most."""
    by = stage.people["supervisor"]
    first, last = quarter_before(stage.day(-10))
    units = ("市水务局", "市住建局", "市城管局", "市教育局", "市工信局", "市自然资源局", "市应急管理局")
    with stage.on(-10):
        bulletin = bulletins.draft(
            by=by, title=f"{first.year}年第{'一二三四'[first.month // 3]}季度重点事项督查通报", first_on=first,
            last_on=last, addressees=[stage.units[unit] for unit in units],
            merits="市场监管、卫生健康等部门坚持清单管理，承担的事项按期办结。",
            problems="少数事项逾期时间长、承诺反复落空；个别单位整改报告与现场不符。",
            demands="各责任单位逐项倒排工期，主要负责人每月调度一次；督查室对逾期事项跟踪督办。",
        )  # fmt: skip
        bridges = name(
            stage, bulletin, "市交通运输局", "桥梁安全隐患排查逾期，3座三类桥未完成加固。",
            task=known("完成全市桥梁安全隐患排查"),
        )  # fmt: skip
        model = name(
            stage, bulletin, "市数据局", "城市信息模型平台逾期未上线。", task=known("建成城市信息模型平台一期")
        )
        text = "提前完成学校食堂“明厨亮灶”升级，经抽查无虚报。"
        name(stage, bulletin, "市市场监管局", text, negative=False)
        bulletins.consult(bulletin, by=by)
    with stage.on(-8):
        mentions.answer(bridges, by=stage.head("市交通运输局"), answer="三类桥为2座，另1座已于上月评定为二类。")
        mentions.answer(model, by=stage.head("市数据局"), answer="测评排期不由我局决定，建议不点名。")
    with stage.on(-7):
        mentions.accept(
            bridges, by=by, text="桥梁安全隐患排查逾期，2座三类桥未完成加固。", decision="经核对评定报告，予以更正。"
        )
        mentions.refuse(model, by=by, decision="测评申请提交晚于计划两个月，逾期责任清楚，予以保留。")
        bulletins.submit(bulletin, by=by)
    with stage.on(-6, AFTERNOON):
        bulletins.approve(bulletin, by=stage.people["leader"], comment="同意印发")
    with stage.on(-5):
        for receipt in bulletin.receipts.exclude(department=stage.units["市水务局"]).select_related("department"):
            receipts.receive(receipt, by=stage.who(receipt.department.short))


@story
def talk(stage: Stage) -> None:
    """After chase, order and bulletin the unit is called in; what was said and promised is kept."""
    bridges = known("完成全市桥梁安全隐患排查")
    notice = send(
        stage, -5, bridges, NoticeKind.TALK, "请主要负责人就桥梁加固长期逾期作出说明。"
    )  # fmt: skip
    with stage.on(-4):
        notices.receive(notice, by=stage.who("市交通运输局"))
    with stage.on(-3, AFTERNOON) as moment:
        notices.note(
            notice, by=stage.people["supervisor"], held_on=moment.date(),
            attended="督查室林致远、季复核；市交通运输局主要负责人、分管负责人",
            minutes="通报逾期情况和通报点名事项；单位说明原因为施工单位更换、汛期停工，承认调度不力。",
            commitments="十个工作日内完成2座三类桥加固并验收；每周报送进度。",
        )  # fmt: skip
    with stage.on(-2):
        notices.answer(notice, by=stage.head("市交通运输局"), answer="已按约谈要求成立专班，每周五报送进度。")


@story
def bulletin_in_consultation(stage: Stage) -> None:
    """This month's bulletin is with the trial unit, which may answer what blames it."""
    by = stage.people["supervisor"]
    day = stage.day(-1)
    with stage.on(-1):
        draft: dict[str, Any] = {"first_on": day.replace(day=1), "last_on": day}
        bulletin = bulletins.draft(
            by=by, title=f"{day.year}年{day.month}月防汛排涝重点任务推进情况通报",
            problems="部分排涝任务进度滞后，个别单位签收督办后办理迟缓。", demands="逾期任务逐项明确办结日期。",
            addressees=[stage.units[unit] for unit in ("市住建局", "市城管局")], **draft,
        )  # fmt: skip
        name(
            stage, bulletin, "市水务局", "供水管网漏损整治逾期，60处仅修复41处。",
            task=known("整治城区供水管网漏损点60处"),
        )  # fmt: skip
        bulletins.consult(bulletin, by=by)
