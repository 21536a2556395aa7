"""Whom an inspection may look at: its objects, and who may not because he comes from there (R4, R7, Art. 17)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import Department, Post, User
from organization.states import COMMITTEE_KINDS, Role, Side
from supervision.models import Inspection, InspectionObject, Member
from supervision.states.inspecting import MemberState
from workflow.refusal import RuleBroken

FORMER = timedelta(days=3 * 365)
"""How long a unit that somebody has left keeps him from inspecting it. Our default."""


def checked(organiser: Department, units: Sequence[Department], necessity: str) -> dict[int, str]:
    """Return the necessity that stands beside each object.

    Refused: RuleBroken("inspection.object_gone"); ("inspection.object_outside") for what the organiser's government
    does not govern; ("inspection.necessity_missing") more than one level below it without a reason (R4).
    """
    gone = [unit.name for unit in units if not unit.is_current()]
    if gone:
        raise RuleBroken("inspection.object_gone", _("%(unit)s已经撤销，请重新选择督查对象。") % {"unit": gone[0]})
    if organiser.side != Side.PARTY:
        beyond = [u for u in units if not organiser.governs(u) or u.path == organiser.jurisdiction_path]
        if beyond:
            raise RuleBroken(
                "inspection.object_outside",
                _("%(unit)s不在本级政府的督查范围内（所属部门、下级政府及其部门）。请重新选择督查对象。")
                % {"unit": beyond[0].name},
            )
    deep = _deep(organiser, units)
    if deep and not necessity.strip():
        raise RuleBroken(
            "inspection.necessity_missing",
            _("%(unit)s在下一级政府以下，一般不越级督查。确有必要的，请写明越级督查的必要性。")
            % {"unit": deep[0].name},
        )
    keys = {unit.pk for unit in deep}
    return {unit.pk: necessity.strip() if unit.pk in keys else "" for unit in units}


def _deep(organiser: Department, units: Sequence[Department]) -> list[Department]:
    """Return the units with more than one government or committee at or above them below the organiser's."""
    top = len(organiser.jurisdiction_path)
    ways = {u.pk: [p for p in (*u.ancestor_paths(), u.path) if len(p) > top] for u in units if organiser.governs(u)}
    known = {path for way in ways.values() for path in way}
    committees = set(Department.objects.filter(path__in=known, kind__in=COMMITTEE_KINDS).values_list("path", flat=True))
    return [unit for unit in units if len(committees.intersection(ways.get(unit.pk, ()))) > 1]


def put(inspection: Inspection, necessities: dict[int, str]) -> None:
    """Let the inspection have exactly these objects."""
    standing = {row.department_id: row for row in inspection.targets.all()}
    InspectionObject.objects.filter(inspection=inspection).exclude(department__in=necessities).delete()
    for key, necessity in necessities.items():
        row = standing.get(key) or InspectionObject(inspection=inspection, department_id=key)
        row.necessity = necessity
        row.save()
    inspection.__dict__.pop("_prefetched_objects_cache", None)


def named(units: Iterable[Department]) -> list[dict[str, object]]:
    """Return the units as a scheme keeps them: key and name as they are now."""
    return [{"id": unit.pk, "name": unit.name} for unit in units]


# ------------------------------------------------------------------------------------------------ recusal


def homes(user: User) -> list[Department]:
    """Return the units somebody serves in or has left within three years; not the office for which he inspects."""
    since = timezone.localdate() - FORMER
    posts = Post.objects.filter(Q(ended_on=None) | Q(ended_on__gt=since), user=user).select_related("department")
    own = [post for post in posts if post.role != Role.INSPECTOR or _is_body(post.department)]
    return [post.department for post in own]


def _is_body(unit: Department) -> bool:
    return not unit.is_office and unit.kind not in COMMITTEE_KINDS


def refuse_own(user: User, units: Iterable[Department]) -> None:
    """Refuse who comes from an inspected unit: RuleBroken("member.recused")."""
    for home in homes(user):
        for unit in units:
            if unit.is_within(home) or home.is_within(unit):
                raise RuleBroken(
                    "member.recused",
                    _("%(person)s现任职或三年内曾任职于%(home)s，应当回避对%(unit)s的督查。请另选组员。")
                    % {"person": user, "home": home, "unit": unit},
                    details={"unit": unit.pk},
                )


def refuse_own_members(inspection: Inspection, units: Sequence[Department]) -> None:
    """Refuse objects from which a standing member comes."""
    for member in Member.objects.filter(inspection=inspection, state=MemberState.STANDING).select_related("user"):
        refuse_own(member.user, units)
