"""What this room hangs onto others: duties that follow a reorganisation, digests that the audit checks, sight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from organization import successions
from organization.models import Department, User
from organization.querysets import known
from supervision import (
    digests,
    shelves,  # noqa: F401  (shelves register on import)
)
from supervision.audits import (  # noqa: F401  (they register on import)
    answering,
    correcting,
    informing,
)
from supervision.models import Bulletin, Inspection, Notice, Plan, Proof, Worksheet
from supervision.operations import bulletins, inspections, notices
from supervision.presenters.informing import OUTWARD
from tasks import checks
from workflow import audit, sight

# ------------------------------------------------------------------------------------------------ reorganisations


@successions.register
def follow(old: Department, new: Department, by: User | None) -> None:
    """Move the open inspections of ``old``, as object or as organiser, to ``new``; what has ended stays."""
    for inspection in inspections.open_of(old).order_by("pk"):
        inspections.follow(inspection, by=by, old=old, new=new)


@successions.register_probe
def open_duties(department: Department) -> int:
    """Return how many open inspections the unit orders or undergoes."""
    count: int = inspections.open_of(department).count()
    return count


for noun in (notices, bulletins):
    successions.register(noun.follow)
    successions.register_probe(noun.open_duties)


# ------------------------------------------------------------------------------------------------ the record


@sight.register
def inspections_seen(user: Any) -> Q:
    """Let those who see an inspection whole read its record, and those who see a plan its."""
    if not known(user):
        return Q(pk__in=())
    whole = sight.streams("inspection", Inspection.objects.whole_to(user))
    return Q(stream__in=whole) | Q(stream__in=sight.streams("plan", Plan.objects.visible_to(user)))


@sight.register
def papers_seen(user: Any) -> Q:
    """Let office and leaders read the whole record of their papers, and a unit what befell what it was sent."""
    if not known(user) or user.department is None:
        return Q(pk__in=())
    whole = Q(stream__in=sight.streams("notice", Notice.objects.inside_to(user)))
    whole |= Q(stream__in=sight.streams("bulletin", Bulletin.objects.inside_to(user)))
    sent = sight.streams("notice", Notice.objects.visible_to(user))
    return whole | Q(stream__in=sent, kind__in=OUTWARD)


@sight.register_seal
def covert_visits() -> Any:
    """Hide the record of covert visits from the audit administrator too, until they are disclosed (R11)."""
    return sight.streams("inspection", Inspection.objects.sealed())


@audit.register_checker
def proofs_are_whole(stream: str | None) -> Iterator[audit.Finding]:
    """Compare each file, row and bytes, with the event of its upload (F22, R45)."""
    yield from checks.files_are_whole("proof.add", Proof, digests.PROOF, stream)


@audit.register_checker
def worksheets_are_as_filed(stream: str | None) -> Iterator[audit.Finding]:
    """Compare each worksheet with the digest in the event of its filing."""
    yield from checks.rows_are_as_filed("worksheet.file", Worksheet, digests.WORKSHEET, stream)


@audit.register_checker
def rows_stand_where_their_record_left_them(stream: str | None) -> Iterator[audit.Finding]:
    """Find inspections and plans without a chain, and those whose state no event led to."""
    yield from checks.rows_stand_where_left((Inspection, Plan), stream)
