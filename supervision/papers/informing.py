"""催办函, 督办单, 约谈记录 and 督查通报."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch, QuerySet

from documents import papers
from documents.papers import Colour, Cover, Figures, Paper, Problem
from supervision import wording
from supervision.actors.informing import reads_content, reads_inside
from supervision.lifecycles.informing import BULLETIN, NOTICE
from supervision.models import Bulletin, Mention, Notice
from supervision.papers.sheet import Sheet, contact_of, cover, may, name_of, subject_of
from supervision.states.informing import Colour as Preset
from supervision.states.informing import Ground, NoticeKind, NoticeState

COLOURS = {Preset.BLUE: Colour.BLUE, Preset.ORANGE: Colour.ORANGE, Preset.RED: Colour.RED}

# ------------------------------------------------------------------------------------------------ 催办函 督办单 约谈


def _notices(user: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = Notice.objects.visible_to(user).for_list()
    return rows


def _was_sent(user: Any, notice: Any) -> bool:
    """Sent; of a talk there is a record once it was held."""
    return notice.was_sent and (notice.kind != NoticeKind.TALK or notice.held_on is not None)


def _writes_notice(user: Any, notice: Any) -> bool:
    return notice.kind != NoticeKind.TALK and may(NOTICE, "edit", "approve")(user, notice)


def _notice(notice: Any, draft: bool) -> Paper:
    head = cover(
        notice, notice.organiser.name, notice.issued_at, draft=draft, to=[notice.department_name],
        contact=contact_of(notice.drafted_by or notice.approved_by, notice.organiser),
        notes="已撤销" if notice.state == NoticeState.WITHDRAWN else "",
    )  # fmt: skip
    return BUILDERS[notice.kind](head, notice)


def _chase(head: Cover, notice: Any) -> Paper:
    return papers.chase(
        head, subject=notice.task.matter, situation=_situation(notice), demand=notice.text,
        reply_by=notice.answer_due_on,
    )  # fmt: skip


def _order(head: Cover, notice: Any) -> Paper:
    task = notice.task
    return papers.slip(
        head,
        matter=f"{task.matter}（任务编号{task.number}）",
        situation=_situation(notice),
        demand=notice.text,
        unit=notice.department_name,
        person=task.responsible or "单位主要负责人",
        due=notice.answer_due_on,
        earlier=_earlier(notice),
        approved_by=name_of(notice.approved_by),
        colour=COLOURS.get(notice.colour),
    )


def _talk(head: Cover, notice: Any) -> Paper:
    return papers.interview(
        head,
        held_on=notice.held_on,
        venue="",
        interviewers=[name_of(notice.approved_by)],
        interviewees=[notice.department_name, notice.attended],
        recorder=name_of(notice.drafted_by),
        reason=f"{notice.task.matter}。{_situation(notice)}",
        content=notice.minutes,
        commitments=notice.commitments,
    )


BUILDERS = {NoticeKind.CHASE: _chase, NoticeKind.ORDER: _order, NoticeKind.TALK: _talk}


def _situation(notice: Any) -> str:
    """Say on which figures it rests, as they were copied."""
    counted = {
        "已逾期%d个工作日": notice.workdays_late, "此前已发出%d次催办督办": notice.repeats,
        "报送材料被退回%d次": notice.returns,
    }  # fmt: skip
    said = "，".join([str(Ground(notice.ground).label), *(words % n for words, n in counted.items() if n)])
    return f"{notice.task.matter}（任务编号{notice.task.number}），{said}。"


def _earlier(notice: Any) -> list[str]:
    """Name what the same unit was sent about the same task before."""
    sent = Notice.objects.filter(task=notice.task_id, department=notice.department_id, issued_at__isnull=False)
    if notice.issued_at:
        sent = sent.filter(issued_at__lt=notice.issued_at)
    found = [f"{row.get_kind_display()} {row.number}" for row in sent.exclude(pk=notice.pk).order_by("issued_at", "pk")]
    return found or [f"此前没有发出。{notice.skip_reason and f'越级理由：{notice.skip_reason}'}"]


# ------------------------------------------------------------------------------------------------ 督查通报


def _bulletins(user: Any) -> QuerySet[Any]:
    named = Prefetch("mentions", Mention.objects.order_by("pk"))
    rows: Any = Bulletin.objects.visible_to(user).select_related("organiser", "approved_by", "drafted_by")
    return rows.prefetch_related(named)  # type: ignore[no-any-return]


def _was_issued(user: Any, bulletin: Any) -> bool:
    """Issued; one that was taken back is there for those who took it back alone."""
    inside = reads_inside(user, bulletin)
    return bulletin.was_issued and (inside or reads_content(user, bulletin))


def _bulletin(bulletin: Any, draft: bool) -> Paper:
    """Lay out text, passages and the tables of the frozen snapshot; nothing is counted again (C9)."""
    passages, stored = wording.passages(bulletin), bulletin.snapshot
    blamed = [Problem(row.text, [row.department_name]) for row in passages if row.negative]
    praised = [f"{row.department_name}：{row.text}" for row in passages if not row.negative]
    return papers.bulletin(
        cover(
            bulletin, bulletin.organiser.name, bulletin.approved_at, draft=draft, to=["各有关单位"],
            notes=f"已撤回：{bulletin.withdrawn_reason}" if bulletin.withdrawn_at else "",
        ),
        subject=subject_of(bulletin.title, "通报"),
        opening=f"现将{stored['first_on']}至{stored['last_on']}的督查情况通报如下，数据截至{stored['as_of']}。",
        overview=bulletin.overview,
        achievements=[*bulletin.merits.splitlines(), *praised],
        problems=[*(Problem(line) for line in bulletin.problems.splitlines() if line.strip()), *blamed],
        next_steps=bulletin.demands,
        figures=[_table(table) for table in stored["tables"] if table["rows"]],
    )  # fmt: skip


def _table(table: dict[str, Any]) -> Figures:
    summed = [table["sum"]] if table.get("sum") else []
    return Figures(table["title"], table["columns"], [*table["rows"], *summed])


SHEETS = (
    Sheet("notice", "notices", _notices, _was_sent, _writes_notice, _notice),
    Sheet("bulletin", "bulletins", _bulletins, _was_issued, may(BULLETIN, "edit", "approve"), _bulletin),
)
