"""Whose turn it is: 整改: finding, rectification, conclusion, review."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from organization.states import Rank, Role
from supervision.states.correcting import ConclusionState, FindingState, RectificationState, ReviewState
from supervision.states.inspecting import InspectionState
from supervision.turns.inspecting import head, registrar
from supervision.turns.who import NOBODY, any_of, both, has_done, leads, outer, related, unit_head, unit_people
from tasks.querysets import BUSINESS
from workflow.persons import identities

WORKING: Final = (*BUSINESS, Role.INSPECTOR)
"""Roles in which a person verifies rectifications or handles reviews."""
AT: Final = "inspection__"
LOOKED_AGAIN: Final = (InspectionState.REPORTED, InspectionState.CONCLUDED, InspectionState.FINISHED)
"""States of a re-check that has found whether the problem came back."""
OF_THE_UNIT: Final = (
    "finding.accept", "finding.object", "conclusion.receive", "conclusion.ask_review", "conclusion.explain",
)  # fmt: skip
"""Deeds of the unit itself: to speak for oneself is not to take part in the inspection."""
OF_ITS_ITEMS: Final = (
    "rectification.plan", "rectification.prove", "rectification.claim", "rectification.ask_longer",
    "rectification.withdraw_longer",
)  # fmt: skip


def _in_person(user: Any, field: str) -> Q:
    """The twin of ``actors.correcting.verifier`` and ``handler``."""
    return Q(**{f"{field}__in": identities(user)}) if user.role in WORKING else NOBODY


def of_finding(rows: QuerySet[Any], user: Any) -> Q:
    """To issue, to answer, after the last day to take as accepted, to judge, to order, to say what a re-check found."""
    own = registrar(user, AT)
    issuer = any_of(own, head(user, related(related(rows, "inspection"), "members"), AT))
    judge = any_of(own, leads(user, Rank.SECRETARY, AT))
    return any_of(
        both(Q(state__in=(FindingState.DRAFT, FindingState.ACCEPTED)), issuer),
        both(Q(state=FindingState.ISSUED), unit_head(user)),
        both(Q(state=FindingState.ISSUED, answer_until__lt=timezone.localdate()), own),
        both(Q(state=FindingState.DISPUTED), judge, but=lambda: ~_found(rows, user)),
        both(Q(state=FindingState.SETTLED), own, but=lambda: _looked_at_again(rows, user)),
    )


def _looked_at_again(rows: QuerySet[Any], user: Any) -> Q:
    """A re-check that the user may know of has been done since the last was recorded."""
    done = related(rows, "rechecks").visible_to(user).filter(recheck_of=OuterRef("pk"), state__in=LOOKED_AGAIN)
    since = Q(recheck_of__rechecked_at=None) | Q(started_at__gt=F("recheck_of__rechecked_at"))
    return Q(Exists(done.filter(since)))


def _inspected(user: Any, inspections: Any) -> Q:
    """The twin of ``partakers.of_inspection``, for a row with an inspection."""
    team = related(inspections, "members").filter(inspection=OuterRef("inspection"), user__in=identities(user))
    return Q(Exists(team)) | has_done(user, "inspection", outer("inspection"), OF_THE_UNIT)


def _found(rows: QuerySet[Any], user: Any) -> Q:
    """The twin of ``partakers.of_finding``."""
    return _inspected(user, related(rows, "inspection")) | has_done(user, "finding", outer("pk"), OF_THE_UNIT)


def _concluded(rows: QuerySet[Any], user: Any) -> Q:
    """The twin of ``partakers.of_conclusion``, for a row of conclusions."""
    inspections = related(rows, "inspection")
    unit = {"inspection": OuterRef(OuterRef("inspection")), "department": OuterRef(OuterRef("department"))}
    findings = related(inspections, "findings")
    items = related(findings, "rectifications").filter(**{f"finding__{name}": key for name, key in unit.items()})
    return any_of(
        _inspected(user, inspections),
        has_done(user, "finding", findings.filter(**unit).values("pk"), OF_THE_UNIT),
        has_done(user, "rectification", items.values("pk"), (*OF_THE_UNIT, *OF_ITS_ITEMS)),
        has_done(user, "conclusion", outer("pk"), OF_THE_UNIT),
    )


def of_rectification(rows: QuerySet[Any], user: Any) -> Q:
    """To say by which measures, to put right and claim it, to verify; to decide on more time."""
    return any_of(
        both(Q(state=RectificationState.ORDERED), unit_people(user)),
        both(Q(state=RectificationState.PLANNED), unit_head(user)),
        both(Q(state=RectificationState.CLAIMED) | Q(asked_until__isnull=False), _in_person(user, "verifier")),
    )


def of_conclusion(rows: QuerySet[Any], user: Any) -> Q:
    """To submit, to approve, to sign for it."""
    return any_of(
        both(Q(state=ConclusionState.DRAFT), registrar(user, AT)),
        both(Q(state=ConclusionState.PENDING), leads(user, Rank.DEPUTY, AT)),
        both(Q(state=ConclusionState.ISSUED), unit_people(user)),
    )


def of_review(rows: QuerySet[Any], user: Any) -> Q:
    """To name who handles it, to propose, to decide; never who took part in the conclusion (R37)."""
    at = f"conclusion__{AT}"
    return any_of(
        both(Q(state=ReviewState.ASKED), registrar(user, at)),
        both(Q(state=ReviewState.ASSIGNED), _in_person(user, "handler")),
        both(Q(state=ReviewState.PROPOSED), leads(user, Rank.DEPUTY, at), but=lambda: _free(rows, user)),
    )


def _free(rows: QuerySet[Any], user: Any) -> Q:
    """The user took no part in the conclusion that is reviewed."""
    conclusions = related(rows, "conclusion")
    return Q(conclusion__in=conclusions.exclude(_concluded(conclusions, user)).values("pk"))
