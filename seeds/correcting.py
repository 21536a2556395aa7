"""What is put right in the stories of 督促检查: ordered, planned, shown, claimed, checked."""

from __future__ import annotations

from seeds.stage import Stage
from supervision.models import Finding, Rectification
from supervision.operations import deferrals, findings, rectifications, vouchers
from supervision.states.correcting import Result as Outcome


def order(stage: Stage, offset: int, finding: Finding, requirement: str, due: int) -> Rectification:
    """Order what is to be put right until the day ``due``; the office verifies."""
    by = stage.people["supervisor"]
    with stage.on(offset):
        return rectifications.order(finding, by=by, requirement=requirement, verifier=by, due_on=stage.day(due))


def measure(stage: Stage, offset: int, item: Rectification, measures: str) -> None:
    """Let the unit file its measures."""
    with stage.on(offset):
        by = stage.who(item.department.short)
        rectifications.plan(item, by=by, measures=measures, responsible="分管负责人")


def claim(stage: Stage, offset: int, item: Rectification, done: str) -> None:
    """Let the unit's head claim that it is done."""
    with stage.on(offset):
        rectifications.claim(item, by=stage.head(item.department.short), done=done)


def show(stage: Stage, offset: int, item: Rectification, name: str, text: str) -> None:
    """Let the unit upload a file that shows what it put right."""
    with stage.on(offset):
        by = stage.who(item.department.short)
        vouchers.add(item, by=by, file=stage.paper(name, text), evidence_on=stage.day(offset))


def ask_longer(stage: Stage, offset: int, item: Rectification, until: int, reason: str, progress: str) -> None:
    """Let the unit's head ask for more time."""
    with stage.on(offset):
        head = stage.head(item.department.short)
        deferrals.ask(item, by=head, reason=reason, progress=progress, until=stage.day(until))


def joint_rectifications(
    stage: Stage, untested: Finding, silted: Finding, unbuilt: Finding, unmoved: Finding, unnamed: Finding
) -> None:
    """Put right in every way: done, claimed, claimed falsely, under way, given up with a reason."""
    by = stage.people["supervisor"]
    item = order(stage, -38, untested, "补做闭水试验，不合格段返工。", -20)
    measure(stage, -37, item, "开挖两端检查口补做试验，委托第三方出具报告。")
    show(stage, -26, item, "第三方检测报告摘要.txt", "2段420米管道闭水试验渗水量均在允许范围内。")
    claim(stage, -25, item, "2段补做闭水试验合格，第三方报告已归档。")
    with stage.on(-24):
        rectifications.verify(item, by=by, result=Outcome.DONE, opinion="现场复核并查阅报告，整改到位。")
    item = order(stage, -38, silted, "完成清淤，建立养护工单闭环制度。", 6)
    measure(stage, -36, item, "集中清淤并上线养护工单。")
    ask_longer(stage, -12, item, 9, "连续降雨，检查井无法下井作业。", "已清淤1座，工单系统在试运行。")
    with stage.on(-11):
        deferrals.grant(item, by=by, comment="情况属实，同意延期一次。")
    claim(stage, -2, item, "3座检查井清淤完成，养护工单上线运行。")
    item = order(stage, -38, unbuilt, "停工和未动工小区全部复工，据实更正台账。", -25)
    measure(stage, -37, item, "落实续建资金，倒排工期。")
    claim(stage, -27, item, "3处小区管网改造已全部完工。")
    with stage.on(-26):
        opinion = "现场核查，1处仍未动工，所附照片系其他小区，属虚假整改，责令改正。"
        rectifications.verify(item, by=by, result=Outcome.FALSE, opinion=opinion, due_on=stage.day(5))
    item = order(stage, -38, unmoved, "办结5处管网移交手续。", -12)
    measure(stage, -36, item, "与水务、物业三方会签移交清单。")
    claim(stage, -14, item, "已移交3处，2处资料补正中。")
    with stage.on(-13):
        opinion = "3处已移交，其余2处按新期限办结。"
        rectifications.verify(item, by=by, result=Outcome.PART, opinion=opinion, due_on=stage.day(-3))
    order(stage, -38, unnamed, "修订值守制度，明确夜间责任人。", -20)
    with stage.on(-18):
        reason = "该职责已随机构调整划转市应急管理局，由其另行制定制度。"
        findings.waive(unnamed, by=stage.people["leader"], reason=reason)
