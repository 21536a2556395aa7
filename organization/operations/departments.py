"""Units come into being, change their name and place, and end with a successor; they are never deleted (F49, F52)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organization import successions
from organization.actors import system_admin
from organization.codes import validate_district_code, validate_uscc
from organization.lifecycles import DEPARTMENT
from organization.models import Department, DepartmentName, User
from organization.operations import posts
from organization.operations.deeds import deed, lock, lock_all, made, require
from organization.querysets import within
from organization.states import COMMITTEE_KINDS, Kind, Level, Side
from workflow.record import record
from workflow.refusal import Conflict, RuleBroken

DERIVED = ["path", "jurisdiction_path", "region"]


@transaction.atomic
def create(
    *,
    by: User | None,
    name: str,
    short: str = "",
    aliases: Sequence[str] = (),
    duties: Sequence[str] = (),
    level: str = Level.CITY,
    side: str = Side.GOVERNMENT,
    kind: str = Kind.DEPARTMENT,
    parent: Department | None = None,
    is_office: bool = False,
    position: int = 0,
    district_code: str | None = None,
    uscc: str | None = None,
) -> Department:
    """Create a unit under ``parent``, or a root.

    Refused: Forbidden to all but the system administrator; RuleBroken when the parent has ended or a code is
    no code; Conflict when the name is taken among its siblings or a code elsewhere.
    """
    require(system_admin, by, "department.create")
    lock_tree()
    parent = parent and lock(parent)
    _refuse_ended(parent)
    unit = Department(
        name=name,
        short=short or name,
        aliases=list(aliases),
        duties=list(duties),
        level=level,
        side=side,
        kind=kind,
        parent=parent,
        is_office=is_office,
        position=position,
        district_code=district_code or None,
        uscc=uscc or None,
    )
    _refuse_taken_name(unit)
    _refuse_bad_codes(unit)
    return made(unit, DEPARTMENT, "create", by, name=name, parent=str(parent or ""))


@transaction.atomic
def amend(
    department: Department,
    *,
    by: User | None,
    aliases: Sequence[str] = (),
    duties: Sequence[str] = (),
    level: str = Level.CITY,
    side: str = Side.GOVERNMENT,
    kind: str = Kind.DEPARTMENT,
    is_office: bool = False,
    position: int = 0,
    district_code: str | None = None,
    uscc: str | None = None,
) -> Department:
    """Correct what is known of a unit besides its name and place.

    Refused: as ``create``. A changed kind or district code is felt by all units below.
    """
    lock_tree()
    unit = lock(department)
    DEPARTMENT.check(unit, "amend", by)
    values: dict[str, Any] = {
        "aliases": list(aliases),
        "duties": list(duties),
        "level": level,
        "side": side,
        "kind": kind,
        "is_office": is_office,
        "position": position,
        "district_code": district_code or None,
        "uscc": uscc or None,
    }
    changed = {name: value for name, value in values.items() if getattr(unit, name) != value}
    if {"is_office", "kind"} & set(changed) and successions.open_duties(unit):
        raise RuleBroken(
            "department.duties_open",
            _("该单位还有未了的督查任务，不能改变单位性质或督查机构属性：批准权限会随之改变。请在任务办结后再改。"),
        )
    for name, value in changed.items():
        setattr(unit, name, value)
    _refuse_bad_codes(unit)
    unit = deed(unit, DEPARTMENT, "amend", by, changed=changed)
    replant(unit)
    return unit


MOST_ALIASES = 50


@transaction.atomic
def add_alias(department: Department, *, by: User | None, alias: str) -> Department:
    """Let a name that papers use stand for a unit from now on (添加别名); names it bears already change nothing.

    Refused: Forbidden to all but officers of supervision offices and the system administrator; Conflict
    ("department.alias_taken") for a name of another unit that stands: it would mean two; RuleBroken
    ("department.aliases_full") above 50.
    """
    lock_tree()
    unit = lock(department)
    DEPARTMENT.check(unit, "alias", by)
    alias = alias.strip()
    if alias in (unit.name, unit.short, *unit.aliases):
        return unit
    others = Department.objects.filter(valid_to=None).exclude(pk=unit.pk)
    taken = next((other for other in others if alias in (other.name, other.short, *other.aliases)), None)
    if taken is not None:
        raise Conflict(
            "department.alias_taken",
            _("“%(alias)s”已经是%(unit)s的名称，不能再指另一个单位。请核对，或在本条中单独选定单位。")
            % {"alias": alias, "unit": taken.name},
            details={"alias": alias, "department": taken.pk},
        )
    if len(unit.aliases) >= MOST_ALIASES:
        raise RuleBroken("department.aliases_full", _("一个单位最多 %(most)d 个别名。") % {"most": MOST_ALIASES})
    unit.aliases = [*unit.aliases, alias]
    return deed(unit, DEPARTMENT, "alias", by, alias=alias)


@transaction.atomic
def rename(department: Department, *, by: User | None, name: str, short: str = "") -> Department:
    """Give a unit a new name from today; the old one stays in its history and on old papers (F49).

    Refused: WrongState for a unit that has ended; Conflict when a sibling bears the name.
    """
    lock_tree()
    unit = lock(department)
    DEPARTMENT.check(unit, "rename", by)
    old_name, old_short = unit.name, unit.short
    unit.name, unit.short = name, short or name
    _refuse_taken_name(unit)
    _turn_the_page(unit)
    return deed(
        unit, DEPARTMENT, "rename", by, old_name=old_name, old_short=old_short, name=unit.name, short=unit.short
    )


def _turn_the_page(unit: Department) -> None:
    """Close the name in use as of today and open the new one; a name of the same day is corrected in place."""
    today = timezone.localdate()
    standing = unit.names.get(valid_to=None)
    if standing.valid_from < today:
        standing.valid_to = today
        standing.save(update_fields=["valid_to"])
        standing = DepartmentName(department=unit, valid_from=today)
    standing.name, standing.short = unit.name, unit.short
    standing.save()


@transaction.atomic
def move(department: Department, *, by: User | None, parent: Department | None = None) -> Department:
    """Put a unit with all below it under another parent, or at the root.

    Refused: RuleBroken("department.cycle") under itself or a unit below it (F52), asked after the tree is locked;
    RuleBroken when the parent has ended; Conflict when a sibling there bears the name.
    """
    lock_tree()
    unit = lock(department)
    DEPARTMENT.check(unit, "move", by)
    parent = parent and lock(parent)
    _refuse_ended(parent)
    if parent is not None and parent.is_within(unit):
        raise RuleBroken(
            "department.cycle",
            _("上级单位不能是它自己或它的下属单位。请选择其他单位作为上级。"),
            details={"parent": parent.pk},
        )
    old = unit.parent
    unit.parent = parent
    _refuse_taken_name(unit)
    unit = deed(unit, DEPARTMENT, "move", by, old_parent=str(old or ""), parent=str(parent or ""))
    replant(unit)
    return unit


@transaction.atomic
def merge(
    department: Department, *, by: User | None, into: Department, others: Sequence[Department] = ()
) -> Department:
    """End a unit, and ``others`` with it, in favour of ``into``: posts, units below and open duties pass at once.

    Returns the ended unit. Refused: RuleBroken when ``into`` has ended, is one of the ended or lies below one.
    """
    lock_tree()
    units = lock_all([department, *others])
    into = lock(into)
    for unit in units:
        DEPARTMENT.check(unit, "merge", by)
        _refuse_heir(unit, into)
    for unit in units:
        _end(unit, into, by, "merge")
    return next(unit for unit in units if unit.pk == department.pk)


@transaction.atomic
def dissolve(department: Department, *, by: User | None, successor: Department | None = None) -> Department:
    """End a unit. With a successor all passes to it, as in a merger; without one nothing may be left.

    Refused without successor: RuleBroken("department.duties_open") while duties are open,
    RuleBroken("department.has_children") while units stand below.
    """
    lock_tree()
    unit = lock(department)
    DEPARTMENT.check(unit, "dissolve", by)
    if successor is not None:
        successor = lock(successor)
        _refuse_heir(unit, successor)
    else:
        _refuse_leftovers(unit)
    return _end(unit, successor, by, "dissolve")


def _end(unit: Department, heir: Department | None, by: User | None, verb: str) -> Department:
    """End ``unit`` today and pass everything on; children of one name in both units are merged too."""
    if heir is not None:
        for child in Department.objects.under(unit).current().order_by("pk"):
            _pass_on(child, heir, by)
        successions.hand_over(unit, heir, by)
    posts.follow(unit, heir, by=by)
    today = timezone.localdate()
    old = unit.state
    unit.valid_to, unit.successor = max(today, unit.valid_from), heir
    unit.names.filter(valid_to=None).update(valid_to=unit.valid_to)
    deed(unit, DEPARTMENT, verb, by, old=old, successor=str(heir or ""))
    if heir is not None:
        record("department.inherit", heir, by, detail={"from": unit.name, "from_id": unit.pk})
    return unit


def _pass_on(child: Department, heir: Department, by: User | None) -> None:
    namesake = Department.objects.under(heir).current().filter(name=child.name).exclude(pk=child.pk).first()
    if namesake is not None:
        _end(lock(child), namesake, by, "merge")
        return
    child = lock(child)
    old, child.parent = child.parent, heir
    child = deed(child, DEPARTMENT, "move", by, old_parent=str(old or ""), parent=str(heir))
    replant(child)


# ------------------------------------------------------------------------------------------------------- the tree


def lock_tree() -> None:
    """Let one reorganisation at a time work on the tree: two moves at once could close a cycle (F52).

    The roots are the lock; reading and everything else goes on.
    """
    list(Department.objects.filter(parent=None).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def replant(unit: Department) -> None:
    """Derive anew the path, jurisdiction and region of the unit and of all below it."""
    below = list(Department.objects.filter(within(unit.path)).exclude(pk=unit.pk).order_by("path"))
    above = unit.parent.committee_path() if unit.parent else ""
    unit.derive(above)
    settled: dict[int | None, Department] = {unit.pk: unit}
    committees = {unit.pk: _committee(unit, above)}
    for child in below:
        parent = settled[child.parent_id]
        child.parent = parent
        child.derive(committees[parent.pk])
        settled[child.pk] = child
        committees[child.pk] = _committee(child, committees[parent.pk])
    Department.objects.bulk_update(settled.values(), DERIVED, batch_size=500)


def _committee(unit: Department, above: str) -> str:
    return unit.path if unit.kind in COMMITTEE_KINDS else above


# ---------------------------------------------------------------------------------------------------- what is refused


def _refuse_ended(parent: Department | None) -> None:
    if parent is not None and not parent.is_current():
        raise RuleBroken(
            "department.parent_ended",
            _("“%(name)s”已撤销，不能作为上级单位。请选择在用的单位。") % {"name": parent.name},
            details={"parent": parent.pk},
        )


def _refuse_taken_name(unit: Department) -> None:
    siblings = Department.objects.under(unit.parent).filter(valid_to=None).exclude(pk=unit.pk)
    if siblings.filter(name=unit.name).exists():
        raise Conflict(
            "department.name_taken",
            _("同一上级之下已有“%(name)s”。请核对是否重复，或使用不同的全称。") % {"name": unit.name},
            details={"name": unit.name},
        )


def _refuse_bad_codes(unit: Department) -> None:
    codes = (("district_code", validate_district_code), ("uscc", validate_uscc))
    for field, validate in codes:
        code = getattr(unit, field)
        if code is None:
            continue
        try:
            validate(code)
        except ValidationError as error:
            raise RuleBroken(f"department.{field}", error.messages[0], details={field: code}) from error
        if Department.objects.filter(**{field: code}).exclude(pk=unit.pk).exists():
            raise Conflict(
                f"department.{field}_taken",
                _("该代码已登记在另一单位名下。请核对代码。"),
                details={field: code},
            )


def _refuse_heir(unit: Department, heir: Department) -> None:
    if not heir.is_current():
        reason = _("承继单位“%(name)s”已撤销。请选择在用的单位。")
    elif heir.is_within(unit):
        reason = _("承继单位不能是“%(name)s”自己或其下属。请先调整隶属，或选择其他单位。")
    else:
        return
    raise RuleBroken("department.successor", reason % {"name": heir.name}, details={"successor": heir.pk})


def _refuse_leftovers(unit: Department) -> None:
    open_now = successions.open_duties(unit)
    if open_now:
        raise RuleBroken(
            "department.duties_open",
            _("“%(name)s”还有 %(count)d 项未了事项。请指定承继单位，事项将同时移交。")
            % {"name": unit.name, "count": open_now},
            details={"open": open_now},
        )
    children = Department.objects.under(unit).current().count()
    if children:
        raise RuleBroken(
            "department.has_children",
            _("“%(name)s”还有 %(count)d 个下属单位。请先调整它们的隶属，或指定承继单位。")
            % {"name": unit.name, "count": children},
            details={"children": children},
        )
