"""Chips with counts over a list of tasks: one statement counts every chip, each with all other filters in force."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from organization.models import Department
from organization.workdays import calendar
from tasks import shown
from tasks.models import Directive
from tasks.pages.addresses import changed
from tasks.states import OPEN, Light, Source, TaskState, Urgency

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "state": ("state", "open"),
    "light": ("light",),
    "due": ("due_from", "due_to", "overdue"),
    "urgency": ("urgency",),
    "source": ("source",),
    "lead": ("lead",),
}
"""The parameters that each row of chips sets."""
CHIP_KEYS: Final = tuple(key for keys in KEYS.values() for key in keys)
UNIT_KEYS: Final = ("within", "unit", "answerable", "answerable_within", "blocked_by", "organiser")
COLUMNS: Final = ("state", "light", "urgency", "directive__source", "lead", "lead__short")
MANY: Final = 8
"""How many units stand as chips; all of them stand in the form."""


@dataclass
class Asked:
    """What the filters were asked, as far as chips set it."""

    states: set[str]
    open: str
    lights: set[str]
    urgencies: set[str]
    sources: set[str]
    lead: int | None
    due_from: date | None
    due_to: date | None
    overdue: str

    @classmethod
    def of(cls, said: dict[str, Any]) -> Asked:
        """Read it from the cleaned form of TaskFilter."""
        return cls(
            set(said.get("state") or ()), said.get("open") or "", set(said.get("light") or ()),
            set(said.get("urgency") or ()), set(said.get("source") or ()), said.get("lead"),
            said.get("due_from"), said.get("due_to"), said.get("overdue") or "",
        )  # fmt: skip

    def due(self) -> Q:
        """Return the condition of the due chips."""
        asked = Q()
        if self.due_from:
            asked &= Q(due_on__gte=self.due_from)
        if self.due_to:
            asked &= Q(due_on__lte=self.due_to)
        if self.overdue:
            asked &= Q(own_light=Light.OVERDUE) if self.overdue == "1" else ~Q(own_light=Light.OVERDUE)
        return asked

    def fits(self, row: dict[str, Any], but: str = "") -> bool:
        """Tell whether a counted row fits what was asked, leaving out the chips of ``but``."""
        return all(test(self, row) for name, test in TESTS.items() if name != but)


def _fits_state(asked: Asked, row: dict[str, Any]) -> bool:
    is_open = not asked.open or (row["state"] in OPEN) == (asked.open == "1")
    return is_open and (not asked.states or row["state"] in asked.states)


TESTS: Final[dict[str, Callable[[Asked, dict[str, Any]], bool]]] = {
    "state": _fits_state,
    "light": lambda asked, row: not asked.lights or row["light"] in asked.lights,
    "urgency": lambda asked, row: not asked.urgencies or row["urgency"] in asked.urgencies,
    "source": lambda asked, row: not asked.sources or row["directive__source"] in asked.sources,
    "lead": lambda asked, row: asked.lead is None or row["lead"] == asked.lead,
}


def near(today: date) -> list[tuple[str, Any, dict[str, str]]]:
    """Return the due chips: key, label, parameters."""
    month_end = (today.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    soon = calendar().after(today, 3)
    return [
        ("overdue", _("逾期"), {"overdue": "1"}),
        ("today", _("今天到期"), {"due_from": f"{today}", "due_to": f"{today}"}),
        ("soon", _("三个工作日内"), {"due_from": f"{today}", "due_to": f"{soon}"}),
        ("month", _("本月内"), {"due_from": f"{today}", "due_to": f"{month_end}"}),
    ]


def _condition(params: dict[str, str]) -> Q:
    if "overdue" in params:
        return Q(own_light=Light.OVERDUE)
    return Q(due_on__gte=params["due_from"], due_on__lte=params["due_to"])


@dataclass
class Facets:
    """The chips of a list, and how many rows it has."""

    query: QueryDict
    asked: Asked
    groups: list[dict[str, Any]]
    dues: list[tuple[str, Any, dict[str, str]]]
    named: dict[str, str] = field(default_factory=dict)

    @classmethod
    def over(cls, rows: QuerySet[Any], query: QueryDict, said: dict[str, Any]) -> Facets:
        """Count ``rows``, which every filter but those of the chips has narrowed; one statement."""
        asked, dues = Asked.of(said), near(timezone.localdate())
        counts = {f"due_{key}": Count("pk", filter=_condition(params)) for key, _label, params in dues}
        names = _names(query)
        groups = list(
            rows.order_by().annotate(**names).values(*COLUMNS, *names).annotate(
                sum=Count("pk", filter=asked.due()) if asked.due() else Count("pk"), any_due=Count("pk"), **counts
            )
        )  # fmt: skip
        named = {name: groups[0][name] for name in names} if groups else {}
        return cls(query, asked, groups, dues, named)

    @property
    def total(self) -> int:
        """How many rows the list has."""
        return self._sum(lambda row: self.asked.fits(row))

    def _sum(self, fits: Callable[[dict[str, Any]], bool], column: str = "sum") -> int:
        return sum(row[column] for row in self.groups if fits(row))

    def _count(self, but: str, column: str, value: Any) -> int:
        return self._sum(lambda row: self.asked.fits(row, but) and row[column] == value)

    def _chip(self, name: str, label: Any, count: int, active: bool, **put: str) -> dict[str, Any]:
        url = changed(self.query, KEYS[name], **put)
        return {"label": label, "url": url, "count": count, "active": active}

    def rows(self) -> list[dict[str, Any]]:
        """Return the rows of chips: name and chips. A row with nothing to choose is left out."""
        found = [
            {"name": _("状态"), "chips": list(self._states())},
            {"name": _("灯色"), "chips": list(self._lights())},
            {"name": _("时限"), "chips": list(self._dues())},
            self._more(_("紧急"), self._plain("urgency", "urgency", Urgency, self.asked.urgencies)),
            self._more(_("来源"), self._plain("source", "directive__source", Source, self.asked.sources)),
            self._more(_("单位"), self._leads()),
        ]
        return [row for row in found if len(row["chips"]) > 1]

    def _more(self, name: Any, chips: Iterator[dict[str, Any]]) -> dict[str, Any]:
        """Return a row that stands folded until it is used."""
        found = list(chips)
        used = any(chip["active"] for chip in found[1:])
        return {"name": name, "chips": found, "more": True, "used": used}

    def _states(self) -> Iterator[dict[str, Any]]:
        asked, fits = self.asked, self.asked.fits
        everything = self._sum(lambda row: fits(row, "state"))
        yield self._chip("state", _("全部"), everything, not asked.open and not asked.states, open="")
        running = self._sum(lambda row: fits(row, "state") and row["state"] in OPEN)
        yield self._chip("state", _("在办"), running, asked.open == "1" and not asked.states, open="1")
        for state in TaskState:
            count, active = self._count("state", "state", state.value), state.value in asked.states
            if count or active:
                yield self._chip("state", state.label, count, active, state=state.value)

    def _lights(self) -> Iterator[dict[str, Any]]:
        yield self._all("light", not self.asked.lights)
        for meaning in shown.ORDER:
            count, active = self._count("light", "light", meaning.value), meaning.value in self.asked.lights
            if count or active:
                yield self._chip("light", meaning.label, count, active, light=meaning.value) | shown.look(meaning)

    def _dues(self) -> Iterator[dict[str, Any]]:
        current = {key: self.query[key] for key in KEYS["due"] if self.query.get(key)}
        yield self._chip("due", _("全部"), self._sum(lambda row: self.asked.fits(row), "any_due"), not current)
        for key, label, params in self.dues:
            count = self._sum(lambda row: self.asked.fits(row), f"due_{key}")
            yield self._chip("due", label, count, current == params, **params)

    def _all(self, name: str, active: bool) -> dict[str, Any]:
        return self._chip(name, _("全部"), self._sum(lambda row: self.asked.fits(row, name)), active)

    def _plain(self, name: str, column: str, choices: Any, chosen: set[str]) -> Iterator[dict[str, Any]]:
        found = [(value, label, self._count(name, column, value)) for value, label in choices.choices]
        present = [(value, label, count) for value, label, count in found if count or value in chosen]
        if len(present) < 2 and not chosen:
            return
        yield self._all(name, not chosen)
        for value, label, count in sorted(present, key=lambda row: -row[2]):
            yield self._chip(name, label, count, value in chosen, **{name: value})

    def units(self) -> list[tuple[int, str, int]]:
        """Return the leads with their counts, most first: key, name, count."""
        sums: dict[tuple[int, str], int] = {}
        for row in self.groups:
            if row["lead"] and self.asked.fits(row, "lead"):
                key = (row["lead"], row["lead__short"])
                sums[key] = sums.get(key, 0) + row["sum"]
        return sorted(((pk, name, n) for (pk, name), n in sums.items() if n), key=lambda row: (-row[2], row[0]))

    def _leads(self) -> Iterator[dict[str, Any]]:
        units = self.units()
        if len(units) < 2 and self.asked.lead is None:
            return
        yield self._all("lead", self.asked.lead is None)
        first = units[:MANY] + [row for row in units[MANY:] if row[0] == self.asked.lead]
        for pk, name, count in first:
            yield self._chip("lead", name, count, pk == self.asked.lead, lead=str(pk))


def _is_key(text: str) -> bool:
    return text.isdecimal() and len(text) < 19


def _names(query: QueryDict) -> dict[str, Subquery]:
    """Return what the tags of the filters in force need to say their names, fetched with the counts."""
    found = {}
    for key in UNIT_KEYS:
        if _is_key(query.get(key, "")):
            found[f"name_{key}"] = Subquery(Department.objects.filter(pk=str(query[key])).values("short")[:1])
    if _is_key(query.get("directive", "")):
        found["name_directive"] = Subquery(Directive.objects.filter(pk=str(query["directive"])).values("title")[:1])
    return found


def tags(
    form: Any, query: QueryDict, named: dict[str, str], left_out: Iterable[str] = CHIP_KEYS
) -> list[dict[str, Any]]:
    """Return the other filters in force, each with the address of the list without it."""
    said = form.cleaned_data if form.is_valid() else {}
    return [
        {
            "label": form.fields[key].label,
            "value": named.get(f"name_{key}") or _spoken(form.fields[key], value),
            "url": changed(query, (key,)),
        }
        for key, value in said.items()
        if value not in (None, "", []) and key not in left_out
    ]


def _spoken(field: Any, value: Any) -> str:
    choices = dict(getattr(field, "choices", ()))
    values = value if isinstance(value, list) else [value]
    return "、".join(str(choices.get(one, one)) for one in values)
