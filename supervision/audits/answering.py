"""What the audit checks of 监督问责, who reads its record, and who follows a unit that is merged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from organization import successions
from supervision import digests
from supervision.models import Accountability, Case, Clue, Commendation, Exhibit, Statement
from supervision.operations import papers
from tasks import checks
from workflow import audit, sight

successions.register(papers.follow)
successions.register_probe(papers.open_duties)


@sight.register
def papers_seen(user: Any) -> Q:
    """Let those who read a paper of 监督问责 read how it came about; the object of a proposal does not."""
    proposals = sight.streams("accountability", Accountability.objects.visible_to(user))
    clues = sight.streams("clue", Clue.objects.legible_to(user))
    praise = sight.streams("commendation", Commendation.objects.managed_by(user))
    cases = sight.streams("case", Case.objects.managed_by(user))
    return Q(stream__in=proposals) | Q(stream__in=clues) | Q(stream__in=praise) | Q(stream__in=cases)


@audit.register_checker
def exhibits_are_whole(stream: str | None) -> Iterator[audit.Finding]:
    """Compare each file of a paper of 监督问责, row and bytes, with the event of its upload (F22, R45)."""
    yield from checks.files_are_whole("exhibit.add", Exhibit, digests.EXHIBIT, stream)


@audit.register_checker
def papers_say_what_was_approved(stream: str | None) -> Iterator[audit.Finding]:
    """Compare what was stated, approved and answered with the digests in the events of these deeds."""
    for kind in ("statement.state", "statement.record", "statement.decline"):
        yield from checks.rows_are_as_filed(kind, Statement, digests.STATEMENT, stream)
    yield from checks.rows_are_as_filed("accountability.approve", Accountability, digests.PROPOSAL, stream)
    yield from checks.rows_are_as_filed("accountability.answer", Accountability, digests.ADOPTION, stream)
    yield from checks.rows_are_as_filed("clue.approve", Clue, digests.CLUE, stream)


@audit.register_checker
def papers_stand_where_their_record_left_them(stream: str | None) -> Iterator[audit.Finding]:
    """Find papers of 监督问责 without a chain, and those whose state no event led to."""
    yield from checks.rows_stand_where_left((Accountability, Clue, Commendation, Case), stream)
