"""Stories of 督促检查 and 整改: a plan, inspections open and covert, what was found and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from seeds import clock
from seeds.book import Chapter
from seeds.correcting import ask_longer, joint_rectifications, measure, order
from seeds.stage import AFTERNOON, Stage
from supervision.models import Conclusion, Finding, Inspection, PlanItem
from supervision.operations import (
    conclusions,
    findings,
    inspections,
    members,
    plans,
    rechecks,
    reviews,
    schemes,
    worksheets,
)
from supervision.states.correcting import Decision, Severity
from supervision.states.inspecting import Basis, External, InspectionKind, MemberRole, Method, Result, SubjectKind
from tasks.models import Directive, Task
from tasks.states import Cause, Cycle, Source

STORIES = Chapter()
story = STORIES.story

OFFICE = "市政府督查室"
HEAD = ("inspector", OFFICE, MemberRole.HEAD, External.NONE)
SECOND = ("inspector_two", OFFICE, MemberRole.MEMBER, External.NONE)
AUDIT = ("inspector_audit", "市审计局", MemberRole.MEMBER, External.NONE)
EXPERT = ("inspector_expert", "市水利学会", MemberRole.MEMBER, External.EXPERT)

# ------------------------------------------------------------------------------------------------ the plan

TOPICS = (
    ("城市内涝治理", "市水务局、市住建局、市城管局", 5, 9), ("汛后水毁修复", "市水务局、市自然资源局", 9, 12),
    ("政务服务窗口办事体验", "市行政审批局等窗口单位", 6, 11), ("农村公路管护", "市交通运输局", 8, 12),
    ("老旧小区改造", "市住建局", 3, 6), ("义务教育学位供给", "市教育局", 7, 9),
    ("安全生产责任落实", "市应急管理局等", 1, 12), ("惠企政策兑现", "市工信局、市财政局", 4, 10),
)  # fmt: skip
DROPPED = (
    ("公文办理时效", "市直各部门", 2, 4), ("会议精简落实", "市直各部门", 3, 5), ("政府网站内容更新", "市直各部门", 5, 6)
)  # fmt: skip
"""Planned last year and no more: the number of inspections only falls (R8)."""


@story
def yearly_plans(stage: Stage) -> None:
    """The plans of last year and of this one, which holds three items less; both approved in January."""
    for year, topics in ((stage.today.year - 1, (*TOPICS, *DROPPED)), (stage.today.year, TOPICS)):
        by = stage.people["supervisor"]
        with clock.at(min(date(year, 1, 12), stage.today)):
            plan = plans.draft(by=by, year=year, base_count=len(topics) + 1)
            for topic, targets, first, last in topics:
                plans.add_item(plan, by=by, topic=topic, targets=targets, month_from=first, month_to=last)
            plans.submit(plan, by=by)
        with clock.at(min(date(year, 1, 12), stage.today), AFTERNOON):
            plans.approve(plan, by=stage.people["leader"], comment="同意。总量只减不增，计划外从严控制。")


def planned(topic: str, day: date) -> PlanItem:
    """Return the item of that year's plan."""
    found: PlanItem = PlanItem.objects.get(plan__year=day.year, topic=topic)
    return found


# ------------------------------------------------------------------------------------------------ short words


def inspect(
    stage: Stage, offset: int, title: str, topic: str, *objects: str, start: int, end: int,
    team: Sequence[tuple[str, str, str, str]], tasks: Sequence[Task] = (), unplanned: str = "", leader: str = "leader",
    steps: int = 2, **fields: Any,
) -> Inspection:  # fmt: skip
    """Register it and put its team together; start it where its first day has come.

    ``steps`` 0 drafted, 1 submitted, 2 approved, all on one day.
    """
    by, first = stage.people["supervisor"], stage.day(start)
    with stage.on(offset):
        said: dict[str, Any] = {
            "kind": InspectionKind.SPECIAL, "methods": [Method.ON_SITE, Method.FILES, Method.TALK],
            "subject_kind": SubjectKind.DEPLOYMENT, "basis": Basis.DECISION,
            "basis_text": "市政府常务会议议定事项", "basis_document": "青政阅〔2026〕18号",
            "plan_item": None if unplanned else planned(topic, first), "unplanned_reason": unplanned,
            "content": f"{topic}的任务完成、资金使用、责任落实和群众反映问题办理情况。",
            "scope": "督查对象本级及其所属承担任务的机构。", "materials": "任务台账\n验收资料",
            "discipline": "轻车简从，不打招呼听实情；不干预正常工作，不要求层层陪同，不另报材料。",
        }  # fmt: skip
        inspection = inspections.register(
            by=by, title=title, topic=topic, objects=[stage.units[name] for name in objects], starts_on=first,
            ends_on=stage.day(end), **{**said, **fields},
        )  # fmt: skip
        for username, body, role, external in team:
            members.add(
                inspection, by=by, user=stage.people[username], body=body, role=role, external=external,
                trained_on=stage.day(offset - 3), pledged_on=stage.day(offset - 2),
            )  # fmt: skip
        if tasks:
            inspections.link(inspection, by=by, tasks=tasks)
        if steps:
            inspection = inspections.submit(inspection, by=by)
    if steps > 1:
        with stage.on(offset, AFTERNOON):
            inspection = inspections.approve(inspection, by=stage.people[leader], comment="同意按方案开展")
    if steps > 1 and start < 0:
        with stage.on(start):
            inspection = inspections.start(inspection, by=by)
    return inspection


def sheet(
    stage: Stage, offset: int, of: Inspection, unit: str, fact: str, result: str, *, task: Task | None = None,
    by: str = "inspector", place: str = "", standard: str = "", note: str = "情况属实。",
) -> None:  # fmt: skip
    """File a worksheet on the spot, and beside it a note of what was seen."""
    with stage.on(offset, AFTERNOON) as moment:
        worksheets.file(
            of, by=stage.people[by], department=stage.units[unit], checked_at=moment, fact=fact, result=result,
            place=place or f"{unit}及项目现场", task=task, standard=standard, object_note=note,
        )  # fmt: skip


def find(
    stage: Stage, offset: int, of: Inspection, unit: str, fact: str, *, severity: str = Severity.ORDINARY,
    cause: str = Cause.COORDINATION, task: Task | None = None, by: str = "inspector", basis: str = "",
) -> Finding:  # fmt: skip
    """Write a problem down, with the note that proves it."""
    who = stage.people[by]
    with stage.on(offset, AFTERNOON):
        proof = worksheets.prove(of, by=who, file=stage.paper("现场核查记录.txt", fact), note="两名组员现场核对")
        return findings.find(
            of, by=who, department=stage.units[unit], fact=fact, severity=severity, cause=cause, task=task,
            basis=basis or "市政府常务会议议定事项和任务完成标准", proofs=[proof],
        )  # fmt: skip


def issue(stage: Stage, offset: int, *found: Finding, by: str = "inspector") -> None:
    """Tell the units of what was found."""
    with stage.on(offset):
        for finding in found:
            findings.issue(finding, by=stage.people[by])


def accept(stage: Stage, offset: int, *found: Finding) -> None:
    """Let the heads of the units accept."""
    with stage.on(offset):
        for finding in found:
            findings.accept(finding, by=stage.head(finding.department.short), comment="认可，立即整改")


def conclude(
    stage: Stage, offset: int, of: Inspection, unit: str, appraisal: str, *, issued: bool = True,
    received: int | None = None,
) -> Conclusion:  # fmt: skip
    """Draft and submit a conclusion about one unit; issue it, and let the unit receive it on the day ``received``."""
    by = stage.people["supervisor"]
    with stage.on(offset):
        conclusion = conclusions.draft(
            of, by=by, department=stage.units[unit], appraisal=appraisal,
            process="听取汇报，调阅台账和验收资料，现场核查项目点位，走访群众和企业。",
            requirement="对照问题清单逐项整改，按期报送结果；整改情况纳入回头看。",
        )  # fmt: skip
        conclusions.submit(conclusion, by=by)
    if issued:
        with stage.on(offset, AFTERNOON):
            conclusion = conclusions.approve(conclusion, by=stage.people["leader"], comment="同意印发")
    if received is not None:
        with stage.on(received) as moment:
            conclusion = conclusions.receive(conclusion, by=stage.who(unit), received_on=moment.date())
    return conclusion


# ------------------------------------------------------------------------------------------------ the joint inspection


def joint_directive(stage: Stage) -> Directive:
    """Return the directive that the joint inspection looks at, made once."""
    found = Directive.objects.filter(title__startswith="城市排水防涝能力提升").first()
    return found or stage.directive(
        -88, "城市排水防涝能力提升三年行动年度任务", Source.DOCUMENT, document_no="青政发〔2026〕11号",
        issuer="青原市人民政府", leader="chief",
    )  # fmt: skip


JOINT = (
    ("完成东湖片区雨污分流改造18公里", "市水务局", "18公里管网通过闭水试验并投用"),
    ("改造老旧小区内部排水管网24处", "市住建局", "24处小区管网改造完成并移交"),
    ("更新下穿立交强排设施9座", "市城管局", "9座设施更新完毕，联网远控"),
)


def joint(stage: Stage) -> Inspection:
    """Begin the joint inspection on the spot; one member stands aside."""
    tasks = []
    for matter, lead, standard in JOINT:
        task = stage.task(-87, joint_directive(stage), matter, lead, standard=standard, due=22, cycle=Cycle.MONTHLY)
        tasks.append(stage.report(-64, stage.sign(-86, task), "按计划推进。", 45))
    inspection = inspect(
        stage, -60, "城市内涝治理联合督查", "城市内涝治理", "市水务局", "市住建局", "市城管局", start=-57, end=-48,
        team=(HEAD, SECOND, AUDIT, EXPERT), tasks=tasks, joint=True,
    )  # fmt: skip
    with stage.on(-56):
        aside = inspection.members.get(user=stage.people["inspector_expert"])
        members.declare(aside, by=stage.people["inspector_expert"], ground="曾受市水务局委托评审东湖片区设计方案")
    with stage.on(-56, AFTERNOON):
        members.recuse(aside, by=stage.people["supervisor"], ground="与督查事项有利害关系，决定回避")
    facts = (
        ("已完成12.6公里，其中2段闭水试验未做即回填。", Result.FAILS),
        ("台账记19处完工，抽查6处，其中2处未动工。", Result.FAILS),
        ("9座设施更新完毕，远控平台在线7座。", Result.UNVERIFIED),
    )
    for task, (_matter, lead, _standard), (fact, result) in zip(tasks, JOINT, facts, strict=True):
        sheet(stage, -53, inspection, lead, fact, result, task=task)
    return inspection


@story
def joint_inspection(stage: Stage) -> None:
    """A joint inspection from plan to conclusion: accepted, disputed, falsely claimed, waived, reviewed."""
    inspection = joint(stage)
    tasks = {link.task.lead.short: link.task for link in inspection.links.select_related("task__lead")}
    water, housing, city = (tasks[unit] for unit in ("市水务局", "市住建局", "市城管局"))
    report = (
        "督查组实地核查41个点位，走访群众126人次。总体看，三年行动推进有序，管网改造完成七成。"
        "主要问题：闭水试验缺项、完工台账不实、强排设施联网滞后。建议逐项下达整改并开展回头看。"
    )
    untested = find(stage, -52, inspection, "市水务局", "东湖路2段420米管道未做闭水试验即回填。", task=water)
    silted = find(
        stage, -52, inspection, "市水务局", "3座检查井淤积深度超过管径三分之一，养护记录为补记。", task=water,
        severity=Severity.SERIOUS, cause=Cause.CAPACITY,
    )  # fmt: skip
    unbuilt = find(
        stage, -51, inspection, "市住建局", "台账登记完工的19处小区中，2处未动工、1处停工。", task=housing,
        severity=Severity.GRAVE, cause=Cause.FUNDS,
    )  # fmt: skip
    unmoved = find(stage, -51, inspection, "市住建局", "5处完工管网超过三个月未办理移交。")
    offline = find(stage, -51, inspection, "市城管局", "2座强排设施未接入远控平台。", task=city)
    unnamed = find(stage, -51, inspection, "市城管局", "值守制度未明确夜间责任人。")
    prolong(stage, inspection)
    with stage.on(-46):
        inspections.report(inspection, by=stage.people["inspector"], report=report)
    issue(stage, -45, untested, silted, unbuilt, unmoved, offline, unnamed)
    accept(stage, -43, untested, unbuilt, unmoved, unnamed)
    with stage.on(-42):
        findings.object_(silted, by=stage.head("市水务局"), reason="3座检查井已列入下月清淤计划，养护记录为笔误更正。")
        findings.object_(offline, by=stage.head("市城管局"), reason="2座设施所在路段正在改造，交通部门已书面同意缓接。")
    with stage.on(-39):
        judge = stage.people["secretary"]
        findings.uphold(silted, by=judge, reason="现场测量和系统记录时间均可印证，列入计划不影响问题成立。")
        findings.drop(offline, by=judge, reason="缓接手续齐全且在督查之前取得，异议成立，撤销该问题。")
    joint_conclusions(stage, inspection)
    joint_rectifications(stage, untested, silted, unbuilt, unmoved, unnamed)
    recheck(stage, untested)


def prolong(stage: Stage, inspection: Inspection) -> None:
    """Let the inspection last longer by a second version of its scheme."""
    with stage.on(-50):
        scheme = schemes.amend(
            inspection, by=stage.people["supervisor"], reason="连续降雨，部分点位无法下井核查，延长四个工作日",
            objects=[stage.units[lead] for _matter, lead, _standard in JOINT], starts_on=inspection.starts_on,
            ends_on=stage.day(-44), content="管网改造、强排设施更新和养护责任落实情况。",
            scope="三个单位及其所属承担任务的机构。", discipline="不打招呼听实情；不要求层层陪同，不另报材料。",
            materials="任务台账\n验收资料",
        )  # fmt: skip
    with stage.on(-50, AFTERNOON):
        schemes.approve(scheme, by=stage.people["leader"], comment="同意延长")


def joint_conclusions(stage: Stage, inspection: Inspection) -> None:
    """Conclude about each unit; one applies for review, which changes a word of it."""
    conclusion = conclude(stage, -37, inspection, "市水务局", "工程推进较快，质量管理和日常养护有缺项。", received=-36)
    conclude(stage, -37, inspection, "市住建局", "部分小区完工情况与台账不符，须从严整改。", received=-35)
    conclude(stage, -37, inspection, "市城管局", "设施更新按期完成，值守责任须进一步明确。", received=-35)
    with stage.on(-34):
        inspections.conclude(inspection, by=stage.people["supervisor"])
    with stage.on(-30):
        reason = "结论认定“养护记录为补记”，其中1座检查井记录确为笔误，请予复核。"
        review = reviews.ask(conclusion, by=stage.people["unit_head"], reason=reason)
    with stage.on(-29):
        reviews.assign(review, by=stage.people["supervisor"], handler=stage.people["officer_two"])
    with stage.on(-24):
        reviews.propose(
            review, by=stage.people["officer_two"], decision=Decision.CHANGED,
            grounds="经调阅原始工单，1座检查井记录属笔误，其余2座为补记，问题基本事实成立。",
            changes="“3座检查井养护记录为补记”变更为“2座检查井养护记录为补记”，其余维持。",
        )  # fmt: skip
    with stage.on(-22):
        reviews.approve(review, by=stage.people["chief"], comment="同意变更")


def recheck(stage: Stage, finding: Finding) -> None:
    """Look back at what was put right: it stayed so."""
    by, eyes = stage.people["supervisor"], stage.people["inspector_two"]
    with stage.on(-18):
        inspection = rechecks.arrange(
            finding, by=by, starts_on=stage.day(-15), ends_on=stage.day(-11), basis_text="整改满一个月回头看"
        )
        members.add(
            inspection, by=by, user=eyes, body=OFFICE, role=MemberRole.HEAD, trained_on=stage.day(-40),
            pledged_on=stage.day(-19),
        )  # fmt: skip
        inspections.submit(inspection, by=by)
    with stage.on(-17):
        inspections.approve(inspection, by=stage.people["chief"], comment="同意")
    with stage.on(-15):
        inspection = inspections.start(inspection, by=by)
    unit = finding.department.short
    sheet(
        stage, -14, inspection, unit, "抽查2段管道，无渗漏，报告与现场一致。", Result.CONFORMS, task=finding.task,
        by="inspector_two",
    )  # fmt: skip
    with stage.on(-11):
        inspections.report(inspection, by=eyes, report="问题整改到位，未见反弹。")
    with stage.on(-10):
        rechecks.confirm(finding, by=by, recheck=inspection, opinion="整改到位，未反弹")
        inspections.conclude(inspection, by=by)
        inspections.finish(inspection, by=by)


# ------------------------------------------------------------------------------------------------ the running one


@story
def running_inspection(stage: Stage) -> None:
    """An inspection under way, which the trial inspector leads: a sheet is filed, another is to be filed today."""
    directive = stage.directive(-36, "汛后水毁工程修复和冬修水利", Source.MINUTES, document_no="青政阅〔2026〕31号")
    tasks = [
        stage.sign(-34, stage.task(-35, directive, matter, lead, standard=standard, due=26))
        for matter, lead, standard in (
            ("修复汛后水毁工程26处", "市水务局", "26处修复完工并通过验收"),
            ("治理地质灾害隐患点8处", "市自然资源局", "8处治理完成，监测设备在线"),
        )
    ]
    inspection = inspect(
        stage, -9, "汛后水毁修复专项督查", "汛后水毁修复", "市水务局", "市自然资源局", start=-6, end=6,
        team=(HEAD, SECOND), tasks=tasks,
    )  # fmt: skip
    sheet(stage, -5, inspection, "市水务局", "抽查7处，5处完工，2处基础未处理。", Result.FAILS, task=tasks[0])
    told = find(
        stage, -4, inspection, "市水务局", "白石渠2处水毁段未处理基础即砌筑。", task=tasks[0],
        severity=Severity.SERIOUS, cause=Cause.CAPACITY,
    )  # fmt: skip
    disputed = find(stage, -4, inspection, "市自然资源局", "2处隐患点监测设备离线超过十五天。", task=tasks[1])
    issue(stage, -3, told, disputed)
    with stage.on(-1):
        reason = "设备离线系运营商基站迁改所致，期间已安排人工巡查，有巡查记录。"
        findings.object_(disputed, by=stage.head("市自然资源局"), reason=reason)
    find(stage, -1, inspection, "市水务局", "冬修进度月报与现场工程量不一致。", cause=Cause.OTHER)
    with stage.on(-1, AFTERNOON):
        schemes.amend(
            inspection, by=stage.people["supervisor"], reason="山洪沟点位分散，延长三个工作日",
            objects=[stage.units["市水务局"], stage.units["市自然资源局"]], starts_on=inspection.starts_on,
            ends_on=stage.day(9), content="水毁修复和隐患治理的完成质量。", scope="两个单位及项目法人。",
            discipline="不打招呼听实情，不另报材料。", materials="任务台账",
        )  # fmt: skip


# ------------------------------------------------------------------------------------------------ covert visits


@story
def covert_visit(stage: Stage) -> None:
    """A covert visit on the road: nobody knows of it but who ordered, approved and makes it."""
    inspection = inspect(
        stage, -5, "农村公路管护暗访", "农村公路管护", "市交通运输局", start=-2, end=8, covert=True, leader="chief",
        team=((*SECOND[:2], MemberRole.HEAD, External.NONE),), unplanned="群众来信反映集中，须不打招呼核实",
    )  # fmt: skip
    sheet(
        stage, -1, inspection, "市交通运输局", "随机驾车查看3条乡道，坑槽未修补11处，公示电话无人接听。", Result.FAILS,
        by="inspector_two", place="县乡道沿线", standard="坑槽发现后七日内修补，公示电话畅通", note="",
    )  # fmt: skip


@story
def covert_visit_disclosed(stage: Stage) -> None:
    """A covert visit that was disclosed: accepted, accepted by silence, being put right, concluded or to be."""
    units = ("市行政审批局", "市水务局", "市人社局")
    inspection = inspect(
        stage, -32, "政务服务窗口办事体验暗访", "政务服务窗口办事体验", *units, start=-28, end=-22, covert=True,
        team=(HEAD, SECOND), subject_kind=SubjectKind.EFFICIENCY,
    )  # fmt: skip
    standard = "一次告知、限时办结，窗口在岗服务"
    for unit in units:
        sheet(stage, -27, inspection, unit, "以办事人身份排队、咨询、取号。", Result.FAILS, standard=standard, note="")
    asked, told, away = (
        find(stage, -26, inspection, unit, fact, cause=Cause.OTHER)
        for unit, fact in zip(
            units,
            (
                "同一事项两个窗口告知的材料清单不一致。",
                "供排水报装窗口要求提交已取消的证明2项。",
                "工作时间1个窗口空岗40分钟。",
            ),
            strict=True,
        )
    )
    with stage.on(-20):
        inspections.report(inspection, by=stage.people["inspector"], report="走访3个单位9个窗口，发现问题3个。")
    with stage.on(-19):
        inspections.disclose(inspection, by=stage.people["leader"], note="暗访结束，可以反馈")
    issue(stage, -18, asked, told, away, by="supervisor")
    accept(stage, -16, asked, told)
    with stage.on(-10):
        findings.take_as_accepted(away, by=stage.people["supervisor"], comment="期满未答复，已电话确认知悉")
    late = order(stage, -15, asked, "统一材料清单并公示。", -3)
    measure(stage, -13, late, "修订办事指南，组织窗口培训。")
    later = order(stage, -9, told, "取消2项证明，公布办事指南新版本。", 8)
    ask_longer(stage, -1, later, 14, "新版办事指南须经法制审核，审核期顺延。", "2项证明已停止收取，指南送审中。")
    conclude(stage, -6, inspection, "市水务局", "报装环节压减明显，仍有已取消的证明在收取。")
    disputed = conclude(stage, -6, inspection, "市行政审批局", "窗口服务总体规范，告知标准须统一。", received=-5)
    with stage.on(-2):
        reason = "两个窗口分属不同事项版本，新旧清单并行系省级系统切换所致。"
        reviews.ask(disputed, by=stage.head("市行政审批局"), reason=reason)
    conclude(stage, -1, inspection, "市人社局", "窗口在岗管理须加强。", issued=False)


# ------------------------------------------------------------------------------------------------ on leaders' desks


@story
def overlap_justified(stage: Stage) -> None:
    """A second look at the same unit for the like topic: justified, and put before the chief as unplanned."""
    inspect(
        stage, -2, "强排设施汛后维护督查", "城市内涝治理汛后维护", "市城管局", start=3, end=6, steps=1,
        team=(HEAD,), unplanned="国务院督查组转办线索，须限期核实", basis=Basis.PROPOSAL,
        basis_text="上级转办线索核查", basis_document="", kind=InspectionKind.DAILY,
        overlap_reason="上次联合督查未覆盖汛后维护，转办线索要求限期回复，无法并入。",
    )  # fmt: skip


@story
def inspection_to_approve(stage: Stage) -> None:
    """One waits for the deputy, one is being drafted, one begins in some days, one was called off."""
    inspect(
        stage, -1, "义务教育学位供给专项督查", "义务教育学位供给", "市教育局", start=5, end=10, team=(HEAD, SECOND),
        steps=1,
    )  # fmt: skip
    inspect(
        stage, -1, "安全生产责任落实督查", "安全生产责任落实", "市应急管理局", start=8, end=14, team=(SECOND,), steps=0
    )
    inspect(
        stage, -3, "农村公路建设质量专项督查", "农村公路管护", "临溪县政府", start=4, end=9,
        team=(HEAD, AUDIT), joint=True,
    )  # fmt: skip
    off = inspect(
        stage, -24, "惠企政策兑现专项督查", "惠企政策兑现", "市工信局", "市财政局", start=4, end=9, team=(HEAD,)
    )
    with stage.on(-20):
        inspections.withdraw(off, by=stage.people["supervisor"], reason="省里同期开展同主题督查，避免重复，予以撤销")
