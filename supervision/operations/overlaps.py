"""Overlaps: the same object inspected for the same topic, or at the same time (R9). Covert visits never count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from difflib import SequenceMatcher
from typing import Any

from supervision.models import Inspection, InspectionObject

WINDOW = timedelta(days=90)
"""How near in time two inspections of the same object and topic repeat each other. Our default."""
LIKE = 0.7
"""From which likeness two topics are one."""


def of(inspection: Inspection, among: Any = None) -> list[Inspection]:
    """Return the inspections that overlap with this one, the latest first: to merge with, or to justify.

    Same object and like topic within 90 days, or same object on the same days. Only what is under way or done counts,
    by whichever organiser; never a covert visit before its disclosure. ``among`` narrows them, to what a user sees.
    """
    units = InspectionObject.objects.filter(inspection=inspection).values("department")
    known = Inspection.objects.all() if among is None else among
    near: Any = (
        known.counted()
        .exclude(pk=inspection.pk)
        .filter(targets__department__in=units)
        .between(inspection.starts_on - WINDOW, inspection.ends_on + WINDOW)
    )
    rows = Inspection.objects.filter(pk__in=near.values("pk")).select_related("organiser").order_by("-pk")
    return [other for other in rows if same_days(inspection, other) or alike(inspection.topic, other.topic)]


def same_days(one: Inspection, other: Inspection) -> bool:
    """Tell whether the two run on some common day."""
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def alike(one: str, other: str) -> bool:
    """Tell whether two topics mean the same: one within the other, or nearly the same words."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return False
    return a in b or b in a or SequenceMatcher(None, a, b).ratio() >= LIKE


def plain(topic: str) -> str:
    """Return a topic without spaces, punctuation and the words that every inspection bears."""
    return re.sub(r"[\W_]|督查|检查|专项|工作|情况", "", topic).lower()


def visible(found: Sequence[Inspection], user: Any) -> list[Inspection]:
    """Keep those that the user may see."""
    seen = set(Inspection.objects.visible_to(user).filter(pk__in=[o.pk for o in found]).values_list("pk", flat=True))
    return [other for other in found if other.pk in seen]
