"""Verification: an inspected unit finds out, without a login, whether a notice is genuine (一事一码, R10).

A valid code tells what stands on the notice. Whatever else is asked for, expired, withdrawn, unknown or another unit's,
gets one and the same answer: 不予认可.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.models import Inspection
from supervision.states.inspecting import InspectionState
from workflow.refusal import Refusal

VALID: Final = (InspectionState.APPROVED, InspectionState.RUNNING)
TRIES, WINDOW = 30, 600
"""So many questions from one address in so many seconds: enough for a notice, too few to guess a code."""

NOT_RECOGNISED: Final = _("不予认可：没有与此核验码和单位相符的有效督查。可以拒绝接受检查，并请向本级督查机构核实。")


class NotRecognised(Refusal):
    """Nothing valid bears this code (404); why not is never told."""

    status = 404


class TooOften(Refusal):
    """The caller asks too often (429)."""

    status = 429


def find(code: str, unit: str = "") -> Inspection:
    """Return the inspection that the code vouches for today. Refused: NotRecognised("verify.not_recognised").

    Genuine from its approval until its last day, for its objects: a unit that is named must be one of them.
    """
    wanted = "".join(code.upper().split()).replace("-", "")
    found: Inspection | None = (
        Inspection.objects.filter(code=wanted, state__in=VALID, ends_on__gte=timezone.localdate()).for_list().first()
        if wanted
        else None
    )
    if found is None or found.is_sealed or (unit.strip() and not _is_object(found, unit.strip())):
        raise NotRecognised("verify.not_recognised", NOT_RECOGNISED)
    return found


def told(inspection: Any) -> dict[str, Any]:
    """Return what stands on the notice, and nothing more."""
    return {
        "number": inspection.number,
        "title": inspection.title,
        "organiser": inspection.organiser.name,
        "starts_on": inspection.starts_on,
        "ends_on": inspection.ends_on,
        "objects": [target.department.name for target in inspection.targets.all()],
        "head": inspection.head_name or "",
    }


def _is_object(inspection: Inspection, name: str) -> bool:
    units = [target.department for target in inspection.targets.all()]
    return any(name in (unit.name, unit.short, *unit.aliases) for unit in units)


def refuse_guessing(request: Any) -> None:
    """Count the question. Refused: TooOften("verify.too_often") beyond so many within the window."""
    where = str(request.META.get("REMOTE_ADDR", ""))
    key = f"verify:{hashlib.sha256(where.encode()).hexdigest()[:32]}"
    cache.add(key, 0, WINDOW)
    if cache.incr(key) > TRIES:
        raise TooOften("verify.too_often", _("核验过于频繁，请十分钟后再试，或致电本级督查机构核实。"))
