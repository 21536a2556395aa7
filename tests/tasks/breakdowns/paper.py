"""A short paper of the house's own city, and its breakdown at the moments that the tests ask about."""

from __future__ import annotations

from typing import Any

from tasks.models import Breakdown, Clause, Directive, Draft
from tasks.operations.breakdowns import making
from tests.factories import tasks as house

TEXT = """青澜市人民政府关于2027年防汛重点工作的实施方案

青政发〔2026〕8号

一、总体要求
坚持以防为主，确保安全度汛。

二、重点任务
（一）完成12座病险水库除险加固，2027年5月底前完工。（责任单位：市水务局；配合单位：市财政局）
（二）开展城区易涝点排查整治，完成30处改造。（责任单位：市住建局）
（三）修订防汛应急预案，组织2次演练。（责任单位：市防办；配合单位：市水务局）
（四）足额安排防汛资金，2027年3月底前拨付到位。（责任单位：市财政局）

三、工作要求
各责任单位要加强领导，压实责任。

2026年11月20日
"""


def approved(cast: Any) -> Directive:
    """Return a directive of which tasks may be issued."""
    return house.directive(cast)


def document(directive: Directive, cast: Any, text: str = TEXT) -> making.Document:
    """Return the paper as it passed the gate."""
    return making.pasted(directive, by=cast.supervisor, text=text)


def broken_down(cast: Any, text: str = TEXT, directive: Directive | None = None) -> Breakdown:
    """Return the paper of an approved directive, taken apart."""
    directive = directive or approved(cast)
    return making.break_down(directive, by=cast.supervisor, text=document(directive, cast, text))


def draft_of(breakdown: Breakdown, words: str) -> Draft:
    """Return the draft whose clause holds these words."""
    return next(one for one in breakdown.drafts.all() if words in one.proposed["clause"])


def clause_of(breakdown: Breakdown, words: str) -> Clause:
    """Return the clause that holds these words."""
    return next(one for one in breakdown.clauses.all() if words in breakdown.text[one.start : one.end])
