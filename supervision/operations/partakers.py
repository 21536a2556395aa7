"""Who took part, and therefore judges neither an objection nor a review (回避; R37, 条例 Art. 17).

Asked of the record, principals of delegates included: who lent his post is as little free as who borrowed it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from supervision.models import Conclusion, Finding, Inspection, Member
from supervision.turns.correcting import OF_ITS_ITEMS, OF_THE_UNIT
from workflow.models import Event


def of_inspection(inspection: Inspection) -> set[int]:
    """Return the keys of everybody who was in the team or did anything to the inspection."""
    team = set(Member.objects.filter(inspection=inspection).values_list("user_id", flat=True))
    return team | _hands("inspection", [inspection.pk])


def of_finding(finding: Finding) -> set[int]:
    """Return who took part in the inspection or did anything to the finding, the unit's own people left out."""
    return of_inspection(finding.inspection) | _hands("finding", [finding.pk])


def of_conclusion(conclusion: Conclusion) -> set[int]:
    """Return who took part in the inspection, its findings at the unit, what was made of them, or the conclusion."""
    findings = Finding.objects.filter(inspection=conclusion.inspection, department=conclusion.department)
    found = list(findings.values_list("pk", flat=True))
    items = list(findings.filter(rectifications__isnull=False).values_list("rectifications", flat=True))
    return (
        of_inspection(conclusion.inspection)
        | _hands("finding", found)
        | _hands("rectification", items, leave_out=OF_ITS_ITEMS)
        | _hands("conclusion", [conclusion.pk])
    )


def _hands(noun: str, keys: Iterable[int], leave_out: tuple[str, ...] = ()) -> set[int]:
    deeds: Any = Event.objects.filter(subject_type=noun, subject_id__in=list(keys))
    pairs = deeds.exclude(kind__in=(*OF_THE_UNIT, *leave_out)).values_list("actor_id", "behalf_id")
    return {key for pair in pairs for key in pair if key is not None}
