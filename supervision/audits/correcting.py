"""What the audit checks of 整改, who reads its record, and who follows a unit that is merged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from organization import successions
from organization.querysets import known
from supervision import digests
from supervision.models import Claim, Conclusion, Correction, Deferral, Finding, Voucher
from supervision.operations import conclusions, heirs
from supervision.presenters.correcting import WITHIN
from tasks import checks
from workflow import audit, sight
from workflow.models import Event

successions.register(heirs.follow)
successions.register_probe(heirs.open_duties)

CLAIMED = {
    "rectification.claim": digests.CLAIM,
    **dict.fromkeys(("rectification.verify", "rectification.return", "rectification.expose"), digests.VERDICT),
}
"""The deeds that write a claim, and which of its columns each writes."""
DEFERRED = {
    "rectification.ask_longer": digests.DEFERRAL,
    **dict.fromkeys(
        ("rectification.grant_longer", "rectification.refuse_longer", "rectification.withdraw_longer"),
        digests.DEFERRED,
    ),
}
"""The deeds that write a deferral, and which of its columns each writes."""
ROOTS: dict[str, Any] = {"finding": Finding, "conclusion": Conclusion}


@sight.register
def what_was_found_is_read(user: Any) -> Q:
    """Let who sees an inspection from within read what came of it; others, what was told to the unit."""
    seen = Q(pk__in=())
    if known(user):
        for noun, model in ROOTS.items():
            whole = sight.streams(noun, model.objects.whole_to(user))
            told = sight.streams(noun, model.objects.visible_to(user))
            seen |= Q(stream__in=whole) | (Q(stream__in=told) & ~Q(kind__in=WITHIN))
    return seen


@sight.register_seal
def findings_of_covert_visits() -> Any:
    """Hide the record of what a covert visit found, until it is disclosed (R11)."""
    return sight.streams("finding", Finding.objects.sealed())


@sight.register_seal
def conclusions_of_covert_visits() -> Any:
    """Hide the record of what is concluded of a covert visit, until it is disclosed (R11)."""
    return sight.streams("conclusion", Conclusion.objects.sealed())


@audit.register_checker
def claims_are_as_filed(stream: str | None) -> Iterator[audit.Finding]:
    """Compare what units claimed, what was found of it and what was ordered, with the digests in their events."""
    for kind, columns in CLAIMED.items():
        yield from checks.rows_are_as_filed(kind, Claim, columns, stream, lambda event: int(event.detail["claim"]))
    yield from checks.rows_are_as_filed("correction.order", Correction, digests.CORRECTION, stream)


@audit.register_checker
def deferrals_are_as_filed(stream: str | None) -> Iterator[audit.Finding]:
    """Compare what units asked more time for, and the answers, with the digests in their events."""
    for kind, columns in DEFERRED.items():
        yield from checks.rows_are_as_filed(
            kind, Deferral, columns, stream, lambda event: int(event.detail["deferral"])
        )


@audit.register_checker
def vouchers_are_whole(stream: str | None) -> Iterator[audit.Finding]:
    """Compare each file of an item, row and bytes, with the event of its upload (F22, R45)."""
    yield from checks.files_are_whole("voucher.add", Voucher, digests.VOUCHER, stream, "rectification")


@audit.register_checker
def conclusions_are_as_issued(stream: str | None) -> Iterator[audit.Finding]:
    """Compare each conclusion with the digest in the event of its issue (R36)."""
    narrower = {"stream": stream} if stream else {}
    rows = {row.pk: row for row in Conclusion.objects.iterator()}
    for event in Event.objects.filter(kind="conclusion.approve", **narrower).order_by("pk").iterator():
        row = rows.get(event.subject_id)
        if row is None:
            yield audit.Finding(audit.MISSING, event.stream, event.seq, f"conclusion {event.subject_id} is gone")
        elif conclusions.digest_of(row) != event.detail["row"]:
            yield audit.Finding(audit.ROW, event.stream, event.seq, f"conclusion {row.pk} was edited")


@audit.register_checker
def rows_stand_where_their_record_left_them(stream: str | None) -> Iterator[audit.Finding]:
    """Find findings and conclusions without a chain, and those whose state no event led to."""
    yield from checks.rows_stand_where_left((Finding, Conclusion), stream)
