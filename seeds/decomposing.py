"""Two papers taken apart: one on the workbench with work left to do, one whose tasks are out."""

from __future__ import annotations

from datetime import timedelta

from seeds.book import Chapter
from seeds.stage import AFTERNOON, Stage
from tasks.models import Breakdown, Directive
from tasks.operations.breakdowns import clauses, drafts, making, settling

STORIES = Chapter()
story = STORIES.story

WINTER = """青原市人民政府办公室关于做好今冬明春民生保障工作的通知

青政办发〔{year}〕31号

各县区政府，市直有关部门：
为确保群众温暖过冬，现将有关事项通知如下。

一、总体要求
坚持以人民为中心，把群众安危冷暖放在心上，落细落实各项保障措施。

二、重点任务
（一）供暖保障。
1.完成126个老旧小区供热管网检修，{month}底前全部具备供热条件。（牵头单位：市城管局；配合单位：市财政局、市住建局）
2.建立供暖投诉30分钟响应机制，投诉办结率达到98%以上。（责任单位：市城管局、市供热集团）
（二）困难群众救助。
3.为1.2万户困难家庭发放取暖补贴，{month}20日前发放到位。（市民政局牵头，市财政局配合）
4.开展流浪乞讨人员夜间巡查，每周不少于2次。（责任单位：市民政局；配合单位：市公安局、各县区政府）
（三）市场保供。
5.落实蔬菜、猪肉等重要商品储备，储备量不低于7天消费量。（责任单位：市商务局）
6.开展节日市场价格巡查，严厉打击囤积居奇。（责任单位：市物价办）

三、工作要求
各牵头单位要细化措施、明确专人，每月25日前将进展情况报市政府督查室。
"""

GREEN = """青原市{year}年绿色低碳重点工作安排

一、重点任务
（一）新建充电桩2000个，{month}底前建成投用。（责任单位：市城管局）
（二）完成30家重点用能企业节能诊断。（责任单位：市工信局；配合单位：市财政局）
（三）各单位要带头节约用电用水。
"""


def paper(stage: Stage, offset: int, text: str, title: str, **fields: str) -> Breakdown:
    """Register a directive with its paper and take it apart."""
    directive: Directive = stage.directive(offset, title, **fields)  # type: ignore[arg-type]
    later = stage.day(offset) + timedelta(days=75)
    said = text.format(year=stage.day(offset).year, month=f"{later.year}年{later.month}月")
    with stage.on(offset, AFTERNOON):
        read = making.pasted(directive, by=stage.people["supervisor"], text=said)
        return making.break_down(directive, by=stage.people["supervisor"], text=read)


@story
def on_the_workbench(stage: Stage) -> None:
    """Half looked through: some drafts accepted, a clause passed on, a unit that nobody knows, clauses still open."""
    made = paper(
        stage, -2, WINTER, "今冬明春民生保障工作通知", document_no=f"青政办发〔{stage.day(-2).year}〕31号",
        issuer="青原市人民政府办公室",
    )  # fmt: skip
    officer = stage.people["supervisor"]
    with stage.on(-1):
        settling.fill(made, by=officer, responsible=True, standard=True, default_limit=True)
        clear = [draft for draft in made.drafts.in_order() if drafts.obstacle(draft) is None]
        for draft in clear[:2]:
            drafts.accept(draft, by=officer)
        first = made.clauses.unsettled().filter(kind="plain").order_by("number").first()
        if first is not None:
            clauses.dispose(first, by=officer, disposition="transmit", reason="总体要求，随文传达，不单独立项")


@story
def issued_of_a_paper(stage: Stage) -> None:
    """Every clause settled, the tasks issued in one go."""
    made = paper(stage, -12, GREEN, "绿色低碳重点工作安排")
    officer = stage.people["supervisor"]
    with stage.on(-11):
        settling.fill(made, by=officer, responsible=True, standard=True, default_limit=True)
        settling.accept_many(made, by=officer)
        loose = list(made.clauses.unsettled())
        clauses.dispose_many(made, by=officer, clauses=loose, disposition="transmit", reason="一般要求，随文传达")
        settling.issue(made, by=officer)
