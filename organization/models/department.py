"""Department: a unit in the tree, and the names it has had."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organization.codes import validate_district_code, validate_uscc
from organization.models.versioned import Versioned
from organization.querysets import DepartmentNameQuerySet, DepartmentQuerySet
from organization.states import COMMITTEE_KINDS, DepartmentState, Kind, Level, Side


class Department(Versioned):
    """A unit. Never deleted: it ends on a day and names its successor (F49).

    ``path`` is the parent's path and the own key in five digits; whoever is at or below has it as prefix.
    ``jurisdiction_path`` is the path of the government or party committee the unit works for: the unit
    itself if it is one, else the nearest one above, else the parent, else itself. A supervision office
    supervises everything below that path.
    ``duties`` are the words by which a clause that names nobody tells whose work it is (职责关键词).
    ``region`` is the nearest 行政区划代码 at or above, by which the calendar of local holidays is chosen.
    The three are derived whenever a unit is created or moves.
    """

    STEP = 5

    name = models.CharField(_("全称"), max_length=128)
    short = models.CharField(_("简称"), max_length=64)
    aliases = models.JSONField(_("别名"), default=list, blank=True)
    duties = models.JSONField(_("职责关键词"), default=list, blank=True)
    level = models.CharField(_("层级"), max_length=10, choices=Level, default=Level.CITY)
    side = models.CharField(_("系统"), max_length=10, choices=Side, default=Side.GOVERNMENT)
    kind = models.CharField(_("类型"), max_length=16, choices=Kind, default=Kind.DEPARTMENT)
    is_office = models.BooleanField(_("督查机构"), default=False)
    parent = models.ForeignKey(
        "self", verbose_name=_("上级单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=100, default="", editable=False)
    jurisdiction_path = models.CharField(max_length=100, default="", editable=False)
    region = models.CharField(max_length=12, default="", blank=True, editable=False)
    position = models.PositiveIntegerField(_("排序"), default=0)
    district_code = models.CharField(
        _("行政区划代码"), max_length=12, null=True, blank=True, unique=True, validators=[validate_district_code]
    )
    uscc = models.CharField(
        _("统一社会信用代码"), max_length=18, null=True, blank=True, unique=True, validators=[validate_uscc]
    )
    valid_from = models.DateField(_("启用日"), default=timezone.localdate)
    valid_to = models.DateField(_("撤销日"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", verbose_name=_("承继单位"), null=True, blank=True, on_delete=models.PROTECT, related_name="predecessors"
    )

    STATES = DepartmentState

    objects: ClassVar[Any] = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位")
        verbose_name_plural = _("单位")
        ordering = ["position", "pk"]
        indexes = [
            models.Index(name="department_path", fields=["path"]),
            models.Index(name="department_short", fields=["short"]),
        ]
        constraints = [
            models.CheckConstraint(name="department_level_is_known", condition=Q(level__in=Level.values)),
            models.CheckConstraint(name="department_side_is_known", condition=Q(side__in=Side.values)),
            models.CheckConstraint(name="department_kind_is_known", condition=Q(kind__in=Kind.values)),
            models.CheckConstraint(
                name="department_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="department_successor_only_when_ended", condition=Q(successor=None) | Q(valid_to__isnull=False)
            ),
            models.CheckConstraint(
                name="department_is_not_its_own_parent", condition=Q(parent=None) | ~Q(parent=F("id"))
            ),
            models.CheckConstraint(
                name="department_codes_are_null_not_blank", condition=~Q(district_code="") & ~Q(uscc="")
            ),
            models.UniqueConstraint(
                name="department_name_is_unique_among_siblings",
                fields=["parent", "name"],
                condition=Q(valid_to=None),
            ),
            models.UniqueConstraint(
                name="department_root_name_is_unique",
                fields=["name"],
                condition=Q(valid_to=None, parent=None),
            ),
        ]

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("department-detail", args=[self.pk])

    def __str__(self) -> str:
        return self.short or self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store; a new unit gets its place in the tree, which needs its key first."""
        self.district_code, self.uscc = self.district_code or None, self.uscc or None
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            self.derive()
            super().save(update_fields=["path", "jurisdiction_path", "region"])
            DepartmentName.objects.create(department=self, name=self.name, short=self.short, valid_from=self.valid_from)

    def derive(self, committee: str | None = None) -> None:
        """Set what follows from the place in the tree; the parent must be settled.

        ``committee`` is the path of the committee at or above the parent, where the caller knows it.
        """
        own = str(self.pk).zfill(self.STEP)
        if len(own) > self.STEP:
            raise ValueError("Department keys have outgrown the five digits of a path step.")
        parent = self.parent
        self.path = (parent.path if parent else "") + own
        self.region = self.district_code or (parent.region if parent else "")
        if parent is None or self.kind in COMMITTEE_KINDS:
            self.jurisdiction_path = self.path
        else:
            self.jurisdiction_path = (parent.committee_path() if committee is None else committee) or parent.path

    def committee_path(self) -> str:
        """Return the path of the committee at or above this unit; empty if there is none."""
        if self.kind in COMMITTEE_KINDS:
            return self.path
        found = Department.objects.above(self).committees().last()
        return found.path if found else ""

    @property
    def state(self) -> str:
        """Whether the unit exists today; derived."""
        ended = self.valid_to is not None and self.valid_to <= timezone.localdate()
        return DepartmentState.ENDED if ended else DepartmentState.CURRENT

    def is_current(self, on: date | None = None) -> bool:
        """Tell whether the unit exists on the day ``on`` (today if none); the day of valid_to is out."""
        day = on or timezone.localdate()
        return self.valid_from <= day and (self.valid_to is None or self.valid_to > day)

    def is_within(self, other: Department) -> bool:
        """Tell whether this unit is ``other`` or lies below it."""
        return bool(other.path) and self.path.startswith(other.path)

    def governs(self, other: Department) -> bool:
        """Tell whether ``other`` lies in what this unit, as a supervision office, supervises."""
        return bool(self.jurisdiction_path) and other.path.startswith(self.jurisdiction_path)

    @property
    def jurisdiction(self) -> Department:
        """The government or party committee this unit works for (see the class)."""
        if self.jurisdiction_path == self.path:
            return self
        found: Department = Department.objects.get(path=self.jurisdiction_path)
        return found

    def ancestor_paths(self) -> list[str]:
        """Return the paths of the units above, root first."""
        return [self.path[:end] for end in range(self.STEP, len(self.path), self.STEP)]

    def ancestors(self) -> DepartmentQuerySet:
        """Return the units above, root first."""
        found: DepartmentQuerySet = Department.objects.above(self)
        return found

    @property
    def depth(self) -> int:
        """How many units stand above; 0 for a root."""
        return len(self.path) // self.STEP - 1

    def resolve(self) -> Department:
        """Return the unit that answers today for what this one did: itself, or the last of its successors."""
        unit = self
        while unit.successor is not None:
            unit = unit.successor
        return unit


class DepartmentName(models.Model):
    """A name a unit bore from one day to another, so that old papers keep the old name (F49)."""

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(_("全称"), max_length=128)
    short = models.CharField(_("简称"), max_length=64)
    valid_from = models.DateField(_("启用日"))
    valid_to = models.DateField(_("停用日"), null=True, blank=True)

    objects: ClassVar[Any] = DepartmentNameQuerySet.as_manager()

    class Meta:
        verbose_name = _("单位曾用名")
        verbose_name_plural = _("单位曾用名")
        ordering = ["valid_from", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="department_bears_one_name_at_a_time", fields=["department"], condition=Q(valid_to=None)
            ),
            models.CheckConstraint(
                name="department_name_ends_after_start",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
