"""One complete paper of each kind, and what the tests look for in the pages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from documents import papers
from documents.papers import Paper

NUMBER = papers.PaperNumber("云督", 2026, 3)
COVER = papers.Cover(
    organ="云涧县人民政府",
    signed="云涧县人民政府",
    dated=date(2026, 3, 5),
    number=NUMBER,
    addressees=["县住房和城乡建设局", "县城市管理局"],
    copies=["县委办公室", "县人大常委会办公室", "县政协办公室", "县纪委监委", "县委组织部", "县人民检察院"],
    printed_by="云涧县人民政府办公室",
    printed_on=date(2026, 3, 6),
    contact="王芳，0123-1234567",
)
FINDINGS = [papers.Finding("外墙保温工程未按期开工。", ["E-001", "E-002"]), papers.Finding("资金已全部到位", ["E-003"])]
ITEM = papers.RectificationItem(
    "W-01", "未按期开工", "恢复施工", date(2026, 6, 30), "竣工验收合格", "督查室 王芳", "第5项"
)

Builder = Callable[..., Paper]
COMPLETE: dict[str, tuple[Builder, dict[str, Any]]] = {
    "督查通知单": (
        papers.notice,
        {
            "source": "县政府第12次常务会议",
            "tasks": ["完成改造", "报送进度"],
            "lead": "县住建局",
            "partners": ["县城管局"],
            "due": date(2026, 6, 30),
            "feedback": "每周五报送",
            "drafted_by": "王芳",
            "approved_by": "李强",
        },
    ),
    "督查方案": (
        papers.plan,
        {
            "subject": "老旧小区改造",
            "basis": "年度督查计划",
            "sort": "专项督查",
            "content": ["进度", "质量"],
            "objects": ["县住建局", "县城管局"],
            "scope": "2026年在建项目",
            "methods": ["听取汇报", "实地检查"],
            "begins_on": date(2026, 2, 10),
            "ends_on": date(2026, 2, 25),
            "leader": "周建国",
            "members": ["王芳", "赵立"],
            "discipline": "不干扰正常工作。",
            "approved_by": "县长周建国",
            "approved_on": date(2026, 2, 1),
        },
    ),
    "整改通知书": (
        papers.rectification,
        {
            "subject": "老旧小区改造",
            "opening": "督查发现以下问题。",
            "items": [ITEM],
            "reporting": "六月底前书面报送。",
        },
    ),
    "督查结论书": (
        papers.conclusion,
        {
            "subject": "老旧小区改造专项督查",
            "basis": "根据《政府督查工作条例》。",
            "process": "实地检查12个项目。",
            "findings": FINDINGS,
            "evaluation": "总体有序。",
            "review_authority": "云涧县人民政府",
            "demands": [papers.Demand("完工并通过验收。", date(2026, 6, 30))],
        },
    ),
    "督查通报": (
        papers.bulletin,
        {
            "subject": "2026年第三季度重点工作任务落实情况",
            "overview": "126项任务中已办结101项。",
            "problems": [papers.Problem("逾期报送。", ["县住建局", "县城管局"]), papers.Problem("推进缓慢。")],
            "next_steps": ["压实责任。", "强化整改。"],
            "figures": [
                papers.Figures("表1 办结情况", ["单位", "任务数"], [["县住建局", 12], ["县交通局", 8]], [3, 1])
            ],
        },
    ),
    "督办单": (
        papers.slip,
        {
            "matter": "外墙保温工程",
            "demand": "三日内恢复施工",
            "unit": "县住建局",
            "person": "赵立",
            "due": date(2026, 3, 20),
            "earlier": ["云督催〔2026〕5号"],
            "approved_by": "县长周建国",
        },
    ),
    "催办函": (
        papers.chase,
        {
            "subject": "加快外墙保温工程",
            "situation": "已逾期14个工作日。",
            "demand": "请加快办理。",
            "reply_by": date(2026, 2, 27),
        },
    ),
    "问责建议书": (
        papers.accountability,
        {
            "subject": "外墙保温工程未按期开工",
            "facts": FINDINGS,
            "explanation": "县住建局说明了情况。",
            "basis": "条例第二十一条。",
            "tolerance": "不属于容错情形。",
            "direction": "建议依规依纪研究处理。",
            "approved_by": "县长周建国",
            "approved_on": date(2026, 3, 1),
        },
    ),
    "线索移送单": (
        papers.handover,
        {
            "clue": "涉嫌虚报工程量",
            "origin": "督查发现",
            "materials": ["合同", "台账"],
            "basis": "条例第二十三条",
            "approved_by": "县长周建国",
            "approved_on": date(2026, 3, 1),
            "handler": "王芳",
        },
    ),
    "约谈记录": (
        papers.interview,
        {
            "held_on": date(2026, 3, 2),
            "venue": "县政府二楼会议室",
            "interviewers": ["李强"],
            "interviewees": ["赵立"],
            "recorder": "王芳",
            "reason": "工程逾期",
            "content": "说明原因",
            "commitments": "六月底前完工",
        },
    ),
    "复核决定书": (
        papers.review,
        {
            "subject": "外墙保温工程督查结论",
            "applicant": "县住建局",
            "applied_on": date(2026, 3, 10),
            "accepted_on": date(2026, 3, 11),
            "handlers": ["陈明", "孙丽"],
            "facts": "原认定事实清楚。",
            "reasons": "证据充分。",
            "decision": "维持原督查结论。",
        },
    ),
    "情况说明告知书": (
        papers.explanation,
        {
            "subject": "外墙保温工程",
            "findings": FINDINGS,
            "receiver": "县委督查室",
            "reply_by": date(2026, 3, 15),
        },
    ),
}


def built(kind: str, *, cover: papers.Cover = COVER, **other: Any) -> Paper:
    """Build the complete paper of a kind, with some values changed."""
    builder, given = COMPLETE[kind]
    return builder(cover, **{**given, **other})


def filled(lines: int = 90, text: str = "国") -> Paper:
    """Return a paper whose one paragraph fills pages."""
    paragraph = papers.Paragraph((papers.Run(text * 28 * lines),))
    return replace(built("督查结论书"), title="版心", blocks=(paragraph,))
