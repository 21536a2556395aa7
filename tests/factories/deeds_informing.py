"""Every verb of notices, bulletins, mentions and receipts, as a deed that both doors are tried with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.factories import supervision_informing as make
from tests.factories.deeds import REASON, Deed, Fields, saying
from tests.factories.tasks import Cast, fresh


def of(stage: Callable[..., Any], *said: Any) -> Callable[[Cast], Any]:
    """Return a maker of a stage with what else it is told, the kind of a notice for one."""
    return lambda who: stage(who, *said)


def asked_notice(who: Cast, thing: Any) -> Fields:
    """Return a draft once more."""
    return {"ground": "overdue", "text": "请于月底前办结。", "skip_reason": make.SKIPS, "department": who.water.pk}


def talked(who: Cast, thing: Any) -> Fields:
    """Return what was said at a talk."""
    return {
        "held_on": timezone.localdate().isoformat(), "attended": "副市长、水务局长", "minutes": "听取说明。",
        "commitments": "月底完成。",
    }  # fmt: skip


def written(who: Cast, thing: Any) -> Fields:
    """Return a bulletin's text."""
    return {"title": "通报（修改稿）", "overview": "总体良好。", "addressees": [who.water.pk, who.finance.pk]}


def named(who: Cast, thing: Any) -> Fields:
    """Return a passage about a unit."""
    return {"department": who.housing.pk, "text": "图纸移交迟缓。", "negative": True}


def ready(who: Cast) -> Any:
    """Return a bulletin whose only answer is decided."""
    return fresh(make.refused_mention(who).bulletin)


def blaming(who: Cast) -> Any:
    """Return a draft that blames a unit."""
    return fresh(make.mention(who).bulletin)


DEEDS = (
    Deed("notices", "edit", make.notice, "supervisor", "draft", asked_notice),
    Deed("notices", "issue", make.notice, "supervisor", "issued"),
    Deed("notices", "submit", of(make.notice, "order"), "supervisor", "pending"),
    Deed("notices", "approve", make.pending_notice, "leader", "issued", saying(comment="同意")),
    Deed("notices", "send_back", make.pending_notice, "leader", "draft", REASON),
    Deed("notices", "receive", make.issued_notice, "handler", "received"),
    Deed("notices", "answer", make.received_notice, "handler", "answered", saying(answer="已倒排工期。")),
    Deed("notices", "note", of(make.issued_notice, "talk"), "supervisor", "issued", talked),
    Deed("notices", "withdraw", make.notice, "supervisor", "withdrawn", REASON),
    Deed("bulletins", "edit", make.bulletin, "supervisor", "draft", written),
    Deed("bulletins", "freeze", make.bulletin, "supervisor", "draft"),
    Deed("bulletins", "name", make.bulletin, "supervisor", "", named),
    Deed("bulletins", "consult", blaming, "supervisor", "consulting"),
    Deed("bulletins", "reopen", make.consulting, "supervisor", "draft"),
    Deed("bulletins", "submit", ready, "supervisor", "pending"),
    Deed("bulletins", "approve", make.pending_bulletin, "leader", "issued", saying(comment="同意")),
    Deed("bulletins", "send_back", make.pending_bulletin, "leader", "draft", REASON),
    Deed("bulletins", "withdraw", make.issued_bulletin, "leader", "withdrawn", REASON),
    Deed("mentions", "edit", make.mention, "supervisor", "draft", saying(text="三处未完成。", negative=True)),
    Deed("mentions", "answer", make.asked, "handler", "answered", saying(answer="三处已完成。")),
    Deed(
        "mentions",
        "accept",
        make.answered,
        "supervisor",
        "accepted",
        saying(text="九处未完成。", decision="经核实采纳。"),
    ),
    Deed("mentions", "refuse", make.answered, "supervisor", "refused", saying(decision="核查未见完成。")),
    Deed("mentions", "drop", make.mention, "supervisor", "dropped", REASON),
    Deed("receipts", "receive", make.receipt, "handler", "received"),
)

MOMENTS: dict[str, tuple[Callable[[Cast], Any], ...]] = {
    "notices": (make.answered_notice, of(make.pending_notice, "order"), of(make.notice, "order"), make.notice),
    "bulletins": (make.issued_bulletin, make.bulletin, make.pending_bulletin),
    "mentions": (make.refused_mention, make.mention),
    "receipts": (make.received,),
}
