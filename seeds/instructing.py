"""Two stories of the fast lane: an instruction answered and read, and one whose answer brought a new remark."""

from __future__ import annotations

from seeds.book import Chapter
from seeds.stage import AFTERNOON, Stage
from seeds.stories import instructor
from tasks.models import Directive, Task
from tasks.operations import directives, instructions, readings, tasks
from tasks.states import Urgency

STORIES = Chapter()
story = STORIES.story


def instructed(stage: Stage, offset: int, text: str, lead: str, *, standard: str, **fields: object) -> Task:
    """Register the deputy mayor's instruction on the one form, have it approved by the mayor and assign it that day."""
    officer = stage.people["supervisor"]
    with stage.on(offset):
        made: Directive = instructions.instruct(
            by=officer, instruction=text, instructed_by=instructor(stage), lead=stage.units[lead], standard=standard,
            **fields,  # type: ignore[arg-type]
        )  # fmt: skip
    with stage.on(offset, AFTERNOON):
        directives.approve(made, by=stage.people["chief"], comment="同意，抓紧办理")
        return tasks.assign(made.tasks.get(), by=officer)


def read(stage: Stage, offset: int, task: Task, remark: str = "") -> Task:
    """Let the deputy mayor read the answer."""
    with stage.on(offset):
        return readings.read(task, by=stage.people["leader"], remark=remark)


@story
def answered_and_read(stage: Stage) -> None:
    """Urgent, answered in four days, read by the deputy mayor, closed by the mayor."""
    task = instructed(
        stage, -18, "加急。请市住建局牵头，市市场监管局配合，逐台排查老旧小区电梯安全隐患，5个工作日内报我。",
        "市住建局", standard="462台在用电梯逐台排查，重大隐患即时停用", urgency=Urgency.URGENT,
        matter="逐台排查老旧小区电梯安全隐患", co_units=[stage.units["市市场监管局"]],
    )  # fmt: skip
    task = stage.sign(-18, task)
    task = stage.claim(-15, task, "462台电梯全部排查完毕，发现隐患31处，停用4台，其余当场整改。")
    task = stage.verify(-14, task)
    task = read(stage, -14, task)
    stage.close(-13, task, leader="chief")


@story
def read_with_a_remark(stage: Stage) -> None:
    """Answered; on reading it the deputy mayor asks for more, and a linked draft waits on the office's desk."""
    task = instructed(
        stage, -16, "请市城管局牵头，尽快解决早餐摊点占道问题，疏堵结合。", "市城管局",
        standard="12个占道集中点位规范入区经营", matter="解决早餐摊点占道问题",
    )  # fmt: skip
    task = stage.sign(-15, task)
    task = stage.report(-10, task, "已设置临时经营区9处。", 70)
    task = stage.claim(-5, task, "12个占道集中点位全部入区经营，疏导摊位186个。")
    task = stage.verify(-4, task)
    task = read(stage, -3, task, remark="做法很好。请再梳理夜市占道情况，一并提出疏导方案报我。")
    stage.close(-2, task, leader="chief")


@story
def waits_to_be_read(stage: Stage) -> None:
    """Checked by the office; it cannot be closed before the deputy mayor has read it."""
    task = instructed(
        stage, -12, "请市卫生健康委牵头，核查基层诊所抗菌药物使用情况。", "市卫生健康委",
        standard="抽查不少于60家，问题逐家整改", matter="核查基层诊所抗菌药物使用情况",
    )  # fmt: skip
    task = stage.sign(-11, task)
    task = stage.claim(-3, task, "抽查64家，发现不规范使用9家，已全部整改。")
    stage.verify(-1, task)
