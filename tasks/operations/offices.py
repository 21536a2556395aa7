"""Offices: the word in their numbers (机关代字) and how their lights look, set by an administrator (R15, R23)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from documents.markings import screened
from organization.models import Department, User
from tasks import defaults
from tasks.actors import office_keeper
from tasks.lifecycles import OFFICE
from tasks.models import Office
from tasks.operations.numbering import COMMON_MARK, DIRECTIVES
from tasks.states import Light
from workflow.record import advance, begin, lock
from workflow.refusal import Conflict, Forbidden, RuleBroken

LETTERS: Final = re.compile(r"[^\W\d_]{1,16}")
Scheme = dict[str, dict[str, str]]


@transaction.atomic
@screened
def set_up(*, by: User, department: Department, mark: str, lights: Sequence[Mapping[str, str]] = ()) -> Office:
    """Give a supervision office its own word in numbers and its own lights (设置督查机构).

    Refused: Forbidden to all but the system administrator; RuleBroken("office.not_office") for another unit;
    Conflict("office.set_up") for one that has its settings; and what ``amend`` refuses.
    """
    if not office_keeper(by, None):
        raise Forbidden("office.set_up.forbidden", office_keeper.reason)
    # The unit's row is the lock: one of two at once finds the other's settings.
    department = Department.objects.select_for_update(no_key=True).get(pk=department.pk)
    if not (department.is_office and department.is_current()):
        raise RuleBroken("office.not_office", _("“%(name)s”不是在用的督查机构，不能设置。") % {"name": department.name})
    if Office.objects.filter(department=department).exists():
        raise Conflict("office.set_up", _("“%(name)s”已有设置，请直接修改。") % {"name": department.name})
    office = Office(department=department, mark=_usable(mark), lights=_checked(lights))
    return begin(office, by, verb="set_up", department=department.name, mark=office.mark, lights=office.lights)


@transaction.atomic
@screened
def amend(office: Office, *, by: User, mark: str, lights: Sequence[Mapping[str, str]] = ()) -> Office:
    """Change an office's word and lights as a whole (修改设置); papers keep the numbers that they bear.

    ``lights``: rows of meaning, tone and icon; what is not named, or named as the house has it, keeps the house's look.
    Refused: RuleBroken("office.mark") for a word that holds anything but letters, or is the common one;
    ("office.light") for a light without a known colour and icon; ("office.icon_twice") where two lights would differ
    by colour alone; Conflict("office.mark_taken").
    """
    office = lock(office, "department")
    step = OFFICE.check(office, "amend", by)
    before, drawn = {"mark": office.mark, "lights": office.lights}, _checked(lights)
    office.mark, office.lights = _usable(mark, office), drawn
    return advance(office, step, by, before=before, mark=office.mark, lights=drawn)


def _usable(mark: str, office: Office | None = None) -> str:
    if not LETTERS.fullmatch(mark) or mark == COMMON_MARK or mark.endswith(DIRECTIVES):
        raise RuleBroken(
            "office.mark",
            _("机关代字只能是文字，不能有数字、括号、空格或标点，也不能是“%(common)s”或以“%(kind)s”结尾。请重新填写。")
            % {"common": COMMON_MARK, "kind": DIRECTIVES},
            details={"mark": mark},
        )
    taken = Office.objects.filter(mark=mark)
    if (taken.exclude(pk=office.pk) if office else taken).exists():
        raise Conflict("office.mark_taken", _("机关代字“%(mark)s”已被另一督查机构使用，请另取一个。") % {"mark": mark})
    return mark


def _checked(lights: Sequence[Mapping[str, str]]) -> Scheme:
    """Return what differs from the house's scheme, as it is kept."""
    given = {row["meaning"]: {"tone": row["tone"], "icon": row["icon"]} for row in lights}
    for meaning, drawn in given.items():
        known = meaning in Light.values and drawn["tone"] in defaults.TONES and drawn["icon"] in defaults.ICONS
        if not known or len(given) < len(lights):
            raise RuleBroken(
                "office.light",
                _("每种灯都要有一种颜色和一个图标，且只列一次。请补齐后保存。"),
                details={"light": meaning},
            )
    whole = defaults.SCHEME | given
    icon, count = Counter(drawn["icon"] for drawn in whole.values()).most_common(1)[0]
    if count > 1:
        twins = [meaning for meaning, drawn in whole.items() if drawn["icon"] == icon]
        raise RuleBroken(
            "office.icon_twice",
            _("%(lights)s用了同一个图标，只靠颜色分不清。请换一个图标。")
            % {"lights": "、".join(str(Light(meaning).label) for meaning in twins)},
            details={"lights": twins, "icon": icon},
        )
    return {meaning: drawn for meaning, drawn in given.items() if drawn != defaults.SCHEME[meaning]}
