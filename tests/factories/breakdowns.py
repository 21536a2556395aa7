"""A paper taken apart, at the moments that the laws ask about."""

from __future__ import annotations

from typing import Any

from tasks.operations.breakdowns import clauses, drafts, making, settling
from tests.factories import tasks as make
from tests.factories.deeds import Deed, Fields
from tests.factories.tasks import Cast
from tests.tasks.breakdowns.paper import clause_of, draft_of

TEXT = """青澜市防汛重点工作方案

一、重点任务
（一）完成12座水库除险加固，2030年5月底前完工。（责任单位：市水务局；配合单位：市财政局）
（二）改造易涝点30处，2030年6月底前完成。（责任单位：市住建局）
（三）各单位之间要常通气。
"""


def breakdown(who: Cast) -> Any:
    """Return a paper just taken apart: two drafts, one clause that nobody said anything about."""
    directive = make.directive(who)
    paper = making.pasted(directive, by=who.supervisor, text=TEXT)
    return make.fresh(making.break_down(directive, by=who.supervisor, text=paper))


def draft(who: Cast) -> Any:
    """Return a proposed draft."""
    return draft_of(breakdown(who), "水库")


def accepted(who: Cast) -> Any:
    """Return a draft that an officer took."""
    return drafts.accept(draft(who), by=who.supervisor)


def clause(who: Cast) -> Any:
    """Return a clause that nobody settled."""
    return clause_of(breakdown(who), "常通气")


def disposed(who: Cast) -> Any:
    """Return a clause that is passed on only."""
    return clauses.dispose(clause(who), by=who.supervisor, disposition="transmit", reason="一般要求")


def undoable(who: Cast) -> Any:
    """Return a breakdown with a deed to undo."""
    return make.fresh(accepted(who).breakdown)


def settled(who: Cast) -> Any:
    """Return a breakdown of which everything is settled and complete."""
    found = breakdown(who)
    settling.fill(found, by=who.supervisor, responsible=True, standard=True, default_limit=True)
    for one in found.drafts.all():
        if not one.proposed["responsible"]:
            words = {name: one.proposed[name] for name in ("matter", "standard", "clause")}
            units = {"lead": who.housing if one.proposed["lead"] == who.housing.pk else who.water}
            drafts.edit(one, by=who.supervisor, responsible="局长", default_limit=True, **words, **units)
    settling.accept_many(make.fresh(found), by=who.supervisor)
    loose = clause_of(found, "常通气")
    clauses.dispose(loose, by=who.supervisor, disposition="transmit", reason="一般要求")
    return make.fresh(found)


def issued(who: Cast) -> Any:
    """Return a breakdown whose tasks were issued."""
    return settling.issue(settled(who), by=who.supervisor)


def dropped(who: Cast) -> Any:
    """Return a breakdown that was given up."""
    return settling.drop(breakdown(who), by=who.supervisor, reason="换文件")


def _loose(who: Cast, thing: Any) -> Any:
    return clause_of(thing, "常通气")


def _another(thing: Any) -> Any:
    return thing.breakdown.drafts.exclude(pk=thing.pk).order_by("pk").first()


def edit_fields(who: Cast, thing: Any) -> Fields:
    """Return what a corrected draft says."""
    return {"matter": "完成水库除险加固", "lead": who.water.pk, "co_units": [who.finance.pk], "standard": "完工"}


DISPOSED = {"disposition": "not_taken", "reason": "一般要求，不立项"}

DEEDS = (
    Deed("breakdowns", "accept", breakdown, "supervisor", "open"),
    Deed("breakdowns", "fill", breakdown, "supervisor", "open", lambda who, thing: {"responsible": True}),
    Deed("breakdowns", "dispose", breakdown, "supervisor", "open",
         lambda who, thing: DISPOSED | {"clauses": [_loose(who, thing).pk]}),
    Deed("breakdowns", "add", breakdown, "supervisor", "",
         lambda who, thing: {"clause": _loose(who, thing).pk, "matter": "建立会商机制"}),
    Deed("breakdowns", "undo", undoable, "supervisor", "open"),
    Deed("breakdowns", "waive", breakdown, "leader", "open", lambda who, thing: {"reason": "先行下达"}),
    Deed("breakdowns", "issue", settled, "supervisor", "issued"),
    Deed("breakdowns", "resume", issued, "supervisor", "open"),
    Deed("breakdowns", "drop", breakdown, "supervisor", "dropped", lambda who, thing: {"reason": "换文件"}),
    Deed("clauses", "dispose", clause, "supervisor", "disposed", lambda who, thing: dict(DISPOSED)),
    Deed("clauses", "restore", disposed, "supervisor", "open"),
    Deed("drafts", "accept", draft, "supervisor", "accepted"),
    Deed("drafts", "edit", draft, "supervisor", "proposed", edit_fields),
    Deed("drafts", "choose", draft, "supervisor", "proposed", lambda who, thing: {"unit": who.housing.pk}),
    Deed("drafts", "merge", draft, "supervisor", "proposed", lambda who, thing: {"others": [_another(thing).pk]}),
    Deed("drafts", "split", draft, "supervisor", "proposed",
         lambda who, thing: {"parts": [{"matter": "完成加固"}, {"matter": "完成验收"}]}),
    Deed("drafts", "drop", draft, "supervisor", "dropped", lambda who, thing: {"reason": "不立项"}),
    Deed("drafts", "reconsider", accepted, "supervisor", "proposed"),
)  # fmt: skip
