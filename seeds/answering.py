"""Stories of 监督问责: proposals heard, weighed, handed over and answered; clues, praise, cases."""

from __future__ import annotations

from typing import Any

from organization.models import User
from seeds.book import Chapter
from seeds.stage import AFTERNOON, Stage
from supervision.models import Accountability, Case, Clue, Commendation, Finding, Statement
from supervision.operations import accountability, cases, clues, commendations, statements
from supervision.states.answering import Adoption, CaseKind, ClueKind, Direction, Ground, Holds, Praise, Subject

STORIES = Chapter()
story = STORIES.story

RECEIVER = "市纪委监委"
WHY = {
    Ground.RECOVERED: (Holds.YES, "督查指出后已组织复工，部分挽回影响。"),
    Ground.COOPERATED: (Holds.YES, "配合核查，如实提供台账。"),
}
NO = (Holds.NO, "未发现符合该情形的事实和材料。")


def found(fact: str) -> Finding:
    """Return the finding of an earlier story by the beginning of its fact."""
    row: Finding = Finding.objects.get(fact__startswith=fact)
    return row


def contact(stage: Stage) -> User:
    """Return the trial contact of the receiving organ."""
    return stage.people["discipline"]


def propose(stage: Stage, offset: int, unit: str, title: str, finding: Finding, **fields: Any) -> Accountability:
    """Draft a proposal that rests on a finding."""
    said: dict[str, Any] = {
        "subject": Subject.ORGANISATION, "directions": [Direction.ORG_EXAMINATION, Direction.ORG_BULLETIN],
        "basis": "《政府督查工作条例》第二十一条", "suggestion": "建议按干部管理权限和职责研究处理。",
        "facts": f"督查发现：{finding.fact}单位已认可或经裁定维持，整改未到位。",
    }  # fmt: skip
    by = stage.people["supervisor"]
    with stage.on(offset):
        made = accountability.register(
            by=by, department=stage.units[unit], title=title, findings=[finding],
            receiver=stage.units[RECEIVER], **{**said, **fields},
        )  # fmt: skip
        file = stage.paper("问题核查材料.txt", finding.fact)
        accountability.prove(made, by=by, file=file, note="问题、整改与核查情况摘录")
        return made


def ask(stage: Stage, offset: int, proposal: Accountability) -> Statement:
    """Ask the object for its words."""
    with stage.on(offset):
        return statements.ask(proposal, by=stage.people["supervisor"])


def weigh(stage: Stage, offset: int, proposal: Accountability) -> None:
    """Weigh tolerance, ground by ground, and put the proposal before the head."""
    by = stage.people["supervisor"]
    rows = []
    for ground in Ground:
        holds, why = WHY.get(ground, NO)
        rows.append({"ground": ground.value, "holds": holds.value, "why": why})
    with stage.on(offset):
        accountability.assess(proposal, by=by, grounds=rows, opinion="不具备免予问责情形，可酌情从轻。")
        accountability.submit(proposal, by=by)


def hand_over(stage: Stage, offset: int, proposal: Accountability) -> None:
    """Let the head approve, and hand the proposal to the contact the next day."""
    with stage.on(offset):
        accountability.approve(proposal, by=stage.people["chief"], comment="同意移送")
    with stage.on(offset + 1):
        accountability.transfer(proposal, by=stage.people["supervisor"], contacts=[contact(stage)])


# ------------------------------------------------------------------------------------------------ accountability


@story
def proposal_answered(stage: Stage) -> None:
    """False rectification: heard, weighed, approved by the head, handed over, adopted in part."""
    proposal = propose(
        stage, -24, "市住建局", "关于老旧小区排水管网虚假整改的问责建议", found("台账登记完工的19处小区")
    )
    heard = ask(stage, -24, proposal)
    with stage.on(-21):
        text = "第三方监管单位误传照片，我局审核把关不严，已对相关科室作出检查。"
        statements.state(heard, by=stage.head("市住建局"), text=text)
    weigh(stage, -20, proposal)
    hand_over(stage, -19, proposal)
    with stage.on(-8):
        accountability.answer(
            proposal, by=contact(stage), adoption=Adoption.PARTLY, reply="已责成该局作出书面检查；其余事项按程序办理。"
        )


@story
def proposal_handed_over(stage: Stage) -> None:
    """Handed over to the trial contact, who answers next."""
    proposal = propose(
        stage, -12, "市行政审批局", "关于窗口告知不一致问题逾期未整改的问责建议", found("同一事项两个窗口")
    )
    heard = ask(stage, -12, proposal)
    with stage.on(-10):
        statements.state(heard, by=stage.head("市行政审批局"), text="新版指南已定稿，因系统改版推迟发布。")
    weigh(stage, -6, proposal)
    hand_over(stage, -5, proposal)


@story
def proposal_waits_for_the_statement(stage: Stage) -> None:
    """The trial unit is told the facts and asked for its words."""
    proposal = propose(stage, -3, "市水务局", "关于检查井养护记录补记问题的问责建议", found("3座检查井淤积深度"))
    ask(stage, -2, proposal)


@story
def proposal_on_the_heads_desk(stage: Stage) -> None:
    """About a cadre, whose words came on paper; the head decides next."""
    proposal = propose(
        stage, -11, "市城管局", "关于夜间值守责任长期不明确的问责建议", found("值守制度未明确"), subject=Subject.CADRE,
        directions=[Direction.CADRE_BULLETIN, Direction.CADRE_ADMONITION], person_name="贺临川", person_post="副局长",
    )  # fmt: skip
    heard = ask(stage, -11, proposal)
    with stage.on(-8) as moment:
        text = "分管期间未及时修订制度，接受批评。"
        file = stage.paper("书面说明.txt", text)
        statements.record(heard, by=stage.people["supervisor"], text=text, stated_on=moment.date(), file=file)
    weigh(stage, -4, proposal)


# ------------------------------------------------------------------------------------------------ clues


def clue(stage: Stage, offset: int, unit: str, facts: str, **fields: Any) -> Clue:
    """Draft a clue with what proves it."""
    by = stage.people["supervisor"]
    with stage.on(offset):
        made = clues.register(
            by=by, kind=ClueKind.DUTY_VIOLATION, department=stage.units[unit], facts=facts, source="督查中群众反映",
            receiver=stage.units[RECEIVER], **fields,
        )  # fmt: skip
        clues.prove(made, by=by, file=stage.paper("谈话记录摘要.txt", facts), note="谈话记录摘要")
        return made


@story
def clues_handed_over_and_drafted(stage: Stage) -> None:
    """One clue is with the trial contact, its informant masked; another is still on its drafter's desk."""
    told = clue(
        stage, -14, "市住建局", "管网改造监理单位与施工单位疑有关联，监理日志涉嫌倒签。", informant="匿名群众甲",
        informant_contact="来信登记第17号", informant_wishes="请求身份保密",
    )  # fmt: skip
    with stage.on(-14, AFTERNOON):
        clues.submit(told, by=stage.people["supervisor"], approver=stage.people["chief"])
    with stage.on(-13):
        clues.approve(told, by=stage.people["chief"], comment="同意移送")
    with stage.on(-12):
        clues.transfer(told, by=stage.people["supervisor"], contacts=[contact(stage)])
    clue(stage, -2, "市城管局", "马路市场疏导点摊位分配疑有优亲厚友。")


# ------------------------------------------------------------------------------------------------ praise


def praise(stage: Stage, offset: int, unit: str, title: str, deed: str, **fields: Any) -> Commendation:
    """Propose praise with its proof."""
    by = stage.people["supervisor"]
    with stage.on(offset):
        made = commendations.register(
            by=by, department=stage.units[unit], title=title, deed=deed, basis="《政府督查工作条例》第二十一条",
            **{"form": Praise.COMMENDATION, **fields},
        )  # fmt: skip
        commendations.prove(made, by=by, file=stage.paper("事迹核实材料.txt", deed), note="督查室实地核实")
        commendations.submit(made, by=by)
        return made


@story
def praised(stage: Stage) -> None:
    """One unit is praised before all; for another an exemption waits for the head."""
    made = praise(
        stage, -15, "市市场监管局", "“明厨亮灶”升级工作表扬", "提前完成全市学校食堂升级，覆盖率百分之百，经抽查无虚报。"
    )
    with stage.on(-14):
        commendations.approve(made, by=stage.people["chief"], comment="同意表扬")
    with stage.on(-13):
        commendations.publish(made, by=stage.people["supervisor"])
    praise(
        stage, -2, "市卫生健康委", "托育服务领域一定期限内免督查", "连续三个季度按期高质量办结，群众满意度高。",
        form=Praise.EXEMPTION, exempt_until=stage.day(60),
    )  # fmt: skip


# ------------------------------------------------------------------------------------------------ cases


def case(stage: Stage, offset: int, kind: str, title: str, text: str, *units: str, review: int, **fields: Any) -> Case:
    """Write a case down and submit it."""
    by = stage.people["supervisor"]
    with stage.on(offset):
        made = cases.register(
            by=by, kind=kind, title=title, story=text, review_on=stage.day(review),
            units=[stage.units[unit] for unit in units], **fields,
        )  # fmt: skip
        cases.submit(made, by=by)
        return made


@story
def cases_to_follow_and_to_heed(stage: Stage) -> None:
    """One to follow, one to heed with its names hidden, one due for review, one on the leader's desk."""
    leader = stage.people["leader"]
    follow = case(
        stage, -17, CaseKind.POSITIVE, "市卫生健康委：一张清单解决托育场地难",
        "托育点建设受制于社区用房。市卫生健康委通过协调提请，推动移交52处社区用房，40个托育点提前运营。\n"
        "经验：问题一次说清，请求写到具体单位，办结以群众可用为准。", "市卫生健康委", review=120,
    )  # fmt: skip
    heed = case(
        stage, -15, CaseKind.NEGATIVE, "市住建局管网改造“纸面完工”的教训",
        "市住建局在台账中登记19处小区完工，督查抽查发现其中3处未动工或停工，整改阶段又以其他小区照片应付。\n"
        "教训：完工认定离开现场核验，台账越漂亮，问题越隐蔽。", "市住建局", review=90, anonymised=True,
        names=[{"name": "市住建局", "shown": "某市直部门"}],
    )  # fmt: skip
    old = case(
        stage, -80, CaseKind.POSITIVE, "市公安局：护学岗联动机制", "公安、教育、城管三方联动，校门口高峰时段全覆盖。",
        "市公安局", review=-5,
    )  # fmt: skip
    for made, offset in ((follow, -16), (heed, -14), (old, -79)):
        with stage.on(offset):
            cases.approve(made, by=leader, comment="同意发布")
    case(
        stage, -1, CaseKind.POSITIVE, "市行政审批局：办事指南“一口清”", "整合86项办事指南，窗口与网上口径一致。",
        "市行政审批局", review=100,
    )  # fmt: skip
