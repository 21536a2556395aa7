"""Two dozen stories, each told through the operations on chosen days. Days count in working days from today."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from organization.models import Post
from organization.states import Role
from seeds.book import Chapter
from seeds.stage import AFTERNOON, Stage
from tasks.models import Directive, Task
from tasks.operations import assignments, blockers, directives, offices, readers, tasks
from tasks.states import Cause, Cycle, Handling, Source, Urgency

STORIES = Chapter()
story = STORIES.story


def marks(stage: Stage) -> None:
    """Give each office its word in numbers (机关代字)."""
    words = {"市政府督查室": "青政督", "省政府督查室": "岚政督", "临溪县政府督查室": "临政督", "市委督查室": "青委督"}
    for short, mark in words.items():
        offices.set_up(by=stage.people["system_admin"], department=stage.units[short], mark=mark)


def instructor(stage: Stage, username: str = "leader") -> Post:
    """Return the post in which a leader instructs."""
    found: Post = stage.people[username].posts.get(role=Role.LEADER)
    return found


# ------------------------------------------------------------------------------------------------ 青原市: flood control


def flood(stage: Stage) -> Directive:
    """Return the directive on flooding, made once."""
    found = Directive.objects.filter(title__startswith="关于加快推进城市内涝治理").first()
    return found or stage.directive(
        -70, "关于加快推进城市内涝治理重点工程的督查事项", Source.MINUTES, document_no="青政阅〔2026〕18号",
        issuer="青原市人民政府办公室", instruction="第42次常务会议议定：年内完成12处易涝点整治。",
    )  # fmt: skip


@story
def in_time(stage: Stage) -> None:
    """A task done well within its time."""
    task = stage.task(
        -66, flood(stage), "完成市区6座泵站机电设备检修", "市水务局", standard="6座泵站全部通过带负荷试运行",
        due=-20, co=["市财政局"], cycle=Cycle.MONTHLY,
    )  # fmt: skip
    task = stage.sign(-65, task)
    task = stage.report(-52, task, "已完成3座泵站检修，设备采购合同全部签订。", 50, next_step="下月完成其余3座")
    task = stage.report(-34, task, "6座泵站检修完成，正在试运行。", 90)
    task = stage.prove(-30, task, "泵站检测报告.txt", "六座泵站带负荷试运行检测结论：合格。", "第三方检测结论摘录")
    stage.through(-29, task, "6座泵站检修和试运行全部完成，检测合格。")


@story
def running_well(stage: Stage) -> None:
    """The trial handler's open task, with milestones; a co-unit helps."""
    task = stage.task(
        -18, flood(stage), "整治市区12处易涝点", "市水务局", standard="12处全部完工并通过雨后检验",
        due=24, co=["市财政局", "市住建局"], cycle=Cycle.MONTHLY,
        milestones=[
            {"title": "完成施工图审查", "due_on": stage.day(-8)},
            {"title": "前6处完工", "due_on": stage.day(8)},
            {"title": "后6处完工", "due_on": stage.day(20)},
        ],
    )  # fmt: skip
    task = stage.sign(-17, task)
    task = stage.report(
        -5, task, "施工图审查完成，已进场5处。", problem="个别点位管线迁改进度偏慢", cause=Cause.COORDINATION
    )
    stage.report(-4, task, "首批资金4200万元已拨付到位。", unit="市财政局")


@story
def near_due(stage: Stage) -> None:
    """A task that is due in two working days, waiting for its claim."""
    task = stage.task(
        -20, flood(stage), "编制内涝应急抢险预案并组织演练", "市水务局", standard="预案印发，组织1次全要素演练并评估",
        due=2, co=["市应急管理局"],
    )  # fmt: skip
    task = stage.sign(-19, task)
    stage.report(-6, task, "预案已征求意见，演练脚本形成初稿。", 70)


@story
def waits_for_signing(stage: Stage) -> None:
    """A task issued today that the handler may sign or decline."""
    stage.task(
        -1, flood(stage), "建立易涝点24小时监测预警台账", "市水务局", standard="12处点位监测设备上线，台账按日更新",
        due=15, co=["市数据局"],
    )  # fmt: skip


@story
def overdue(stage: Stage) -> None:
    """A task late by some days, its last report thin."""
    task = stage.task(
        -40, flood(stage), "清淤疏浚城区排水干管38公里", "市城管局", standard="38公里清淤完成，淤积不超过管径10%",
        due=-6, co=["市水务局"],
    )  # fmt: skip
    task = stage.sign(-39, task)
    task = stage.report(-25, task, "完成清淤15公里。", 40)
    stage.report(
        -9, task, "完成清淤27公里，夜间施工受限。", 71, problem="部分路段夜间施工时长不足", cause=Cause.EXTERNAL
    )


@story
def blocked_and_late(stage: Stage) -> None:
    """Late, but waiting on another bureau: the lateness counts there."""
    task = stage.task(
        -45,
        flood(stage),
        "新建城东雨水调蓄池",
        "市住建局",
        standard="调蓄池主体完工，具备2万立方米调蓄能力",
        due=-3,
        co=["市财政局"],
    )
    task = stage.sign(-44, task)
    task = stage.report(-30, task, "完成立项和勘察，初步设计通过评审。", 35)
    stage.block(-14, task, "市自然资源局", "用地预审自10月起未办结，请予加快办理城东地块用地手续。")


@story
def extended(stage: Stage) -> None:
    """More time granted once, the original day kept."""
    task = stage.task(
        -50,
        flood(stage),
        "完成排水管网信息化普查",
        "市数据局",
        standard="建成区管网普查数据100%入库",
        due=-8,
        co=["市水务局"],
    )
    task = stage.sign(-49, task)
    task = stage.report(-20, task, "完成建成区管网普查82%。", 82)
    task = stage.extend(-15, task, 12, "老城区雨污合流管段需人工复核，工作量超出预期")
    stage.report(-4, task, "普查完成93%，正在复核老城区数据。", 93)


@story
def extension_waits(stage: Stage) -> None:
    """A request for more time on the leader's desk."""
    task = stage.task(
        -22,
        flood(stage),
        "制定海绵城市建设负面清单",
        "市自然资源局",
        standard="清单经市政府常务会议审议通过并印发",
        due=9,
    )
    task = stage.sign(-21, task)
    task = stage.report(-8, task, "形成清单征求意见稿。", 60)
    stage.extend(-1, task, 25, "需按新修订的省级导则调整条目", steps=2)


# ------------------------------------------------------------------------------------------------ leaders' instructions


@story
def instruction_claimed(stage: Stage) -> None:
    """The deputy mayor's own instruction: claimed, signed, waiting for the office's checks."""
    directive = stage.directive(
        -24, "关于老旧小区加装电梯群众反映集中问题的批示", Source.INSTRUCTION, officer="supervisor", leader="chief",
        instructed_by=instructor(stage), instruction="请住建局牵头，一个月内拿出办法。", urgency=Urgency.URGENT,
    )  # fmt: skip
    task = stage.task(
        -23, directive, "制定老旧小区加装电梯争议调处办法", "市住建局", standard="办法印发，首批30个争议楼栋完成调处",
        due=3, co=["市司法局", "市信访局"],
    )  # fmt: skip
    task = stage.sign(-23, task)
    task = stage.report(-12, task, "办法已印发，完成调处22个楼栋。", 80)
    stage.claim(-2, task, "办法已印发实施，首批30个争议楼栋全部完成调处，群众回访满意28户。")


@story
def instruction_to_approve(stage: Stage) -> None:
    """Checked by the office; the leader approves next."""
    directive = stage.directive(
        -30, "关于学校周边交通安全隐患整治的批示", Source.INSTRUCTION, leader="chief",
        instructed_by=instructor(stage), instruction="请公安、教育、城管联合整治，开学前见效。",
    )  # fmt: skip
    task = stage.task(
        -29, directive, "整治32所学校周边交通安全隐患", "市公安局", standard="32所学校周边隐患清零，护学岗全覆盖",
        due=4, co=["市教育局", "市城管局"],
    )  # fmt: skip
    task = stage.sign(-28, task)
    task = stage.report(-14, task, "完成26所学校周边整治。", 80)
    task = stage.claim(-5, task, "32所学校周边隐患全部整治到位，护学岗实现全覆盖。")
    stage.verify(-3, task)


@story
def instruction_pending(stage: Stage) -> None:
    """An instruction that waits for approval of the directive itself."""
    officer = stage.people["supervisor"]
    with stage.on(-1):
        directive = directives.register(
            by=officer, title="关于加强冬季供暖保障的批示", source=Source.INSTRUCTION, basis="副市长批示",
            instructed_by=instructor(stage), instruction="请城管局会同有关单位，逐小区排查，确保不冷一户。",
        )  # fmt: skip
        tasks.draft(
            directive, by=officer, matter="逐小区排查供暖隐患", standard="全市小区排查率100%，隐患销号",
            lead=stage.units["市城管局"], responsible="局长", due_on=stage.day(14),
        )  # fmt: skip
        directives.submit(directive, by=officer)


# ------------------------------------------------------------------------------------------------ 政府工作报告


def work_report(stage: Stage) -> Directive:
    """Return the directive on the year's government work report."""
    found = Directive.objects.filter(title__startswith="2026年市政府工作报告").first()
    return found or stage.directive(
        -120, "2026年市政府工作报告重点任务分解", Source.WORK_REPORT, document_no="青政发〔2026〕1号",
        issuer="青原市人民政府", leader="chief",
    )  # fmt: skip


@story
def sent_back_then_closed(stage: Stage) -> None:
    """Returned for a missing proof, done again, closed late."""
    task = stage.task(
        -110, work_report(stage), "新增公办幼儿园学位6000个", "市教育局", standard="新增学位6000个，秋季学期投入使用",
        due=-50, co=["市财政局"], cycle=Cycle.QUARTERLY,
    )  # fmt: skip
    task = stage.sign(-109, task)
    task = stage.report(-80, task, "18所新建幼儿园主体完工。", 60)
    task = stage.claim(-52, task, "已新增学位6000个。")
    task = stage.send_back(-50, task, facts="缺少办学许可和招生数据。", solved="3所幼儿园尚未开园。")
    stage.through(-40, task, "3所幼儿园已开园，办学许可和招生数据已补齐，新增学位6120个。", leader="chief")


@story
def closed_then_reopened(stage: Stage) -> None:
    """Closed, found not to last, taken up again."""
    task = stage.task(
        -100,
        work_report(stage),
        "改造提升农村公路120公里",
        "市交通运输局",
        standard="120公里通过交工验收",
        due=-45,
        co=["市财政局"],
    )
    task = stage.sign(-99, task)
    task = stage.report(-70, task, "完成路面工程96公里。", 80)
    task = stage.through(-55, task, "120公里农村公路全部完工并通过验收。", leader="secretary")
    with stage.on(-10):
        tasks.reopen(
            task, by=stage.officer(task), reason="回访发现石门县段2.3公里路面开裂，需返修", due_on=stage.day(18)
        )


@story
def suspended(stage: Stage) -> None:
    """The clock stands while the province's approval is waited for."""
    task = stage.task(
        -35, work_report(stage), "启动青原港铁路专用线建设", "市发展改革委", standard="取得可研批复并开工", due=20,
        joint=["市交通运输局"], co=["市自然资源局"],
    )  # fmt: skip
    task = stage.sign(-34, task)
    task = stage.report(-20, task, "可研报告已上报省级部门。", 45)
    stage.suspend(-11, task, "省发展改革委可研批复", "可研审批权限在省，批复前无法推进后续工作", review=4)


@story
def declined(stage: Stage) -> None:
    """Sent to the wrong bureau, which says so in time."""
    task = stage.task(
        -2,
        work_report(stage),
        "开展校外托管机构专项整治",
        "市市场监管局",
        standard="排查率100%，无证机构全部规范或取缔",
        due=25,
    )
    with stage.on(-1):
        assignments.decline(
            stage.share(task, "市市场监管局"),
            by=stage.who("市市场监管局"),
            reason="校外托管机构由教育部门主管，建议改派市教育局",
        )


@story
def reassigned(stage: Stage) -> None:
    """Declined, given to the right bureau, now under way."""
    task = stage.task(
        -26,
        work_report(stage),
        "推进政务服务“一网通办”向乡镇延伸",
        "市数据局",
        standard="乡镇可办事项不少于90项",
        due=13,
    )
    with stage.on(-25):
        assignments.decline(
            stage.share(task, "市数据局"), by=stage.who("市数据局"), reason="事项清单由行政审批部门主管"
        )
    with stage.on(-24):
        task = tasks.reassign(
            stage.fresh(task),
            by=stage.officer(task),
            lead=stage.units["市行政审批局"],
            responsible="局长",
            reason="异议成立",
        )
    task = stage.sign(-23, task)
    stage.report(-7, task, "已下沉事项71项。", 75)


@story
def blocker_waits(stage: Stage) -> None:
    """A request for coordination that the office has not yet looked at."""
    task = stage.task(
        -16,
        work_report(stage),
        "建成县级养老服务中心3个",
        "市民政局",
        standard="3个中心建成投用，床位不少于450张",
        due=30,
        co=["市住建局"],
    )
    task = stage.sign(-15, task)
    task = stage.report(-5, task, "2个中心主体封顶。", 55, help_needed="消防验收标准需明确")
    stage.block(-2, task, "市住建局", "请明确既有建筑改造养老设施的消防验收标准。", confirmed=False)


@story
def blocked_in_time(stage: Stage) -> None:
    """Waiting on another bureau, not late yet."""
    task = stage.task(
        -19, work_report(stage), "打通城区3条断头路", "市住建局", standard="3条道路建成通车", due=26, co=["市财政局"]
    )
    task = stage.report(-10, stage.sign(-18, task), "2条道路路基完成。", 52)
    stage.block(-6, task, "市自然资源局", "请加快办理滨河东路延伸段征收手续。")


@story
def opened_to_an_inspector(stage: Stage) -> None:
    """The office opens its flood tasks to an inspector for a fortnight, to be looked at on site."""
    with stage.on(-3):
        for task in Task.objects.filter(directive=flood(stage)).order_by("pk")[:3]:
            readers.grant(
                task, to=stage.people["inspector"], until=timezone.now() + timedelta(days=14),
                because="内涝治理专项督查", by=stage.people["supervisor"],
            )  # fmt: skip


@story
def blocker_solved(stage: Stage) -> None:
    """Blocked, coordinated, closed in time."""
    task = stage.task(
        -60,
        work_report(stage),
        "建设社区嵌入式托育点40个",
        "市卫生健康委",
        standard="40个托育点备案运营",
        due=-12,
        co=["市民政局"],
    )
    task = stage.sign(-59, task)
    task = stage.block(-50, task, "市住建局", "请提供可用于托育的社区用房清单。")
    with stage.on(-46):
        blockers.resolve(
            task.blockers.get(), by=stage.head("市住建局"), resolution="已移交52处社区用房清单，逐处明确产权"
        )
    task = stage.report(-30, stage.fresh(task), "31个托育点完成备案。", 78)
    stage.through(-18, task, "40个托育点全部备案运营。", leader="secretary")


# ------------------------------------------------------------------------------------------ 省 → 市 → 县: the cascade


@story
def cascade(stage: Stage) -> None:
    """The province instructs the city, a bureau of the city breaks it down for its own offices."""
    directive = stage.directive(
        -48, "全省水库除险加固攻坚行动", Source.SUPERIOR, officer="province_supervisor", leader="province_leader",
        document_no="岚政办发〔2026〕27号", issuer="岚江省人民政府办公厅",
    )  # fmt: skip
    task = stage.task(
        -47, directive, "完成青原市9座病险水库除险加固", "市水务局", standard="9座水库全部通过蓄水验收", due=22,
        officer="province_supervisor", cycle=Cycle.MONTHLY,
    )  # fmt: skip
    task = stage.sign(-46, task)
    with stage.on(-45):
        by = stage.head("市水务局")
        upper = tasks.split(
            task, by=by, matter="完成上游5座水库坝体加固", lead=stage.units["市水务局河道管理处"], responsible="处长",
            standard="5座坝体加固通过质量检测", due_on=stage.day(6),
        )  # fmt: skip
        lower = tasks.split(
            stage.fresh(task), by=by, matter="完成下游4座水库溢洪道改造", lead=stage.units["市水务局排水管理处"],
            responsible="排水管理处处长", standard="4座溢洪道通过验收", due_on=stage.day(-4),
        )  # fmt: skip
    for child, done, percent in ((upper, "3座坝体加固完成。", 60), (lower, "2座溢洪道完工，2座在建。", 50)):
        stage.report(-9, stage.sign(-44, child), done, percent)


@story
def cascade_to_county(stage: Stage) -> None:
    """The city asks a county's government, which breaks it down for its bureau and a township."""
    task = stage.task(
        -28,
        work_report(stage),
        "临溪县完成高标准农田建设4.2万亩",
        "临溪县政府",
        standard="4.2万亩通过县级验收",
        due=16,
        co=["市农业农村局"],
    )
    task = stage.sign(-27, task)
    with stage.on(-26):
        by = stage.people["county_handler"]
        field = tasks.split(
            task, by=by, matter="完成3.5万亩田间工程", lead=stage.units["临溪县农业农村局"], responsible="局长",
            standard="3.5万亩完工", due_on=stage.day(10),
        )  # fmt: skip
        tasks.split(
            stage.fresh(task), by=by, matter="平整桥头镇0.7万亩土地", lead=stage.units["桥头镇"], responsible="镇长",
            standard="0.7万亩完成平整", due_on=stage.day(7),
        )  # fmt: skip
    stage.report(-6, stage.sign(-25, field), "完成2.6万亩田间工程。", 74)


@story
def county_own(stage: Stage) -> None:
    """The county's own matter, of which the city knows nothing."""
    directive = stage.directive(
        -33, "临溪县农村饮水安全问题整改", Source.RECTIFICATION, officer="county_supervisor", leader="county_leader"
    )
    task = stage.task(
        -32, directive, "完成柳河乡4个村供水管网改造", "临溪县水务局", standard="4个村24小时正常供水", due=-5,
        co=["柳河乡"], officer="county_supervisor",
    )  # fmt: skip
    task = stage.sign(-31, task)
    stage.report(-12, task, "3个村完成改造。", 75, problem="1个村穿越铁路段未获批", cause=Cause.APPROVAL)


@story
def party_side(stage: Stage) -> None:
    """A matter of the city's party committee, on its own line."""
    directive = stage.directive(
        -38, "市委关于加强基层治理实施意见的督查", Source.DOCUMENT, officer="party_supervisor", leader="party_leader",
        document_no="青发〔2026〕6号", issuer="中共青原市委",
    )  # fmt: skip
    task = stage.task(
        -37, directive, "推动网格力量整合“多网合一”", "市委政法委", standard="全市网格整合方案落地，一员多能覆盖率90%",
        due=21, co=["市民政局"], officer="party_supervisor",
    )  # fmt: skip
    task = stage.sign(-36, task)
    stage.report(-10, task, "完成6个县区网格整合。", 65)


# ------------------------------------------------------------------------------------------------ small ones

# Matter, lead, helpers, standard, issued, due, last word, percent: late by few days and by many.
BACKLOG = (
    (
        "完成全市桥梁安全隐患排查",
        "市交通运输局",
        ("市应急管理局",),
        "排查率100%，三类桥全部加固",
        -75,
        -27,
        "排查完成，2座在加固。",
        80,
    ),
    ("取缔城区马路市场6处", "市城管局", ("市市场监管局",), "6处全部取缔，疏导点投用", -40, -11, "已取缔4处。", 66),
    ("建成城市信息模型平台一期", "市数据局", ("市住建局",), "平台上线运行", -90, -18, "主体功能开发完成。", 85),
    ("清理拖欠企业账款", "市工信局", ("市财政局",), "台账内欠款清零", -65, -9, "清偿率72%。", 72),
    ("完成水源地保护区围网", "市生态环境局", (), "一级保护区全部围网", -30, -1, "剩余2.1公里。", 88),
    ("修订市级应急物资目录", "市应急管理局", (), "目录印发", -26, -4, "征求意见中。", 60),
)


@story
def backlog(stage: Stage) -> None:
    """Several that are late, by few days and by many, so that the board tells one delay from another."""
    directive = stage.directive(-95, "市委市政府年度重点督查事项", Source.DOCUMENT, document_no="青政办〔2026〕9号")
    for matter, lead, co, standard, since, due, done, percent in BACKLOG:
        task = stage.task(since, directive, matter, lead, standard=standard, due=due, co=co)
        stage.report(since + 15, stage.sign(since + 1, task), done, percent)


@story
def hotline(stage: Stage) -> None:
    """An urgent matter from the hotline, done in three days; and one that is late."""
    directive = stage.directive(-15, "12345热线反映夜间施工噪声扰民集中问题", Source.HOTLINE, urgency=Urgency.URGENT)
    task = stage.task(
        -14, directive, "查处3处夜间违规施工", "市城管局", standard="依法处置并回访满意", due=-10, co=["市生态环境局"]
    )
    task = stage.sign(-14, task)
    stage.through(-13, task, "3处工地已停工整改，回访反映人表示满意。")
    late = stage.task(-13, directive, "建立夜间施工审批公示制度", "市住建局", standard="制度印发并公示首批名单", due=-2)
    late = stage.sign(-12, late)
    stage.report(-5, late, "制度初稿已完成。", 40)


@story
def terminated(stage: Stage) -> None:
    """A task that policy has overtaken, ended by the leader."""
    task = stage.task(-58, work_report(stage), "制定新能源汽车购置补贴细则", "市商务局", standard="细则印发", due=8)
    task = stage.sign(-57, task)
    with stage.on(-20, AFTERNOON):
        tasks.terminate(task, by=stage.people["chief"], reason="省级已统一出台政策，市级不再单独制定")


@story
def to_be_read_only(stage: Stage) -> None:
    """A paper that is only to be read: it becomes no task."""
    stage.directive(
        -9, "省级层面有关会议精神摘编", Source.DOCUMENT, approved=False, handling=Handling.INFORMATION, basis="供传阅"
    )


@story
def claim_on_the_heads_desk(stage: Stage) -> None:
    """Claimed by the trial handler; the trial head signs next. Another draft still lacks its person."""
    task = stage.task(
        -21, flood(stage), "完成汛期值班值守制度修订", "市水务局", standard="制度修订印发，落实到岗到人", due=6
    )
    task = stage.sign(-20, task)
    task = stage.report(-8, task, "制度修订稿已审定。", 85)
    stage.claim(-1, task, "制度已修订印发，值守人员名单报备。", sign_off=False)
    stage.task(-1, flood(stage), "开展排水户接管专项检查", "市水务局", standard="", due=30, issue=False, responsible="")


@story
def closing_today(stage: Stage) -> None:
    """Two more that ended well this month, so that rates have something to count."""
    for matter, lead, since, due in (
        ("完成全市学校食堂“明厨亮灶”升级", "市市场监管局", -42, -9),
        ("开展城市燃气安全集中排查", "市住建局", -36, -7),
    ):
        task = stage.task(since, work_report(stage), matter, lead, standard="覆盖率100%，问题整改到位", due=due)
        task = stage.sign(since + 1, task)
        task = stage.report(since + 12, task, "完成过半。", 55)
        stage.through(due - 6, task, "全部完成并通过抽查。", leader="secretary")
