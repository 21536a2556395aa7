"""How things are shown to people: light, steps, clock, verbs, whose turn it is. Nothing here asks the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organization.states import Rank
from organization.workdays import Calendar, calendar_of
from tasks import clock, defaults, lights
from tasks.states import Light, Part, TaskState, Unit
from workflow.doors.verbs import Noun
from workflow.lifecycle import Text

T: Final = gettext_lazy
DAY: Final = timedelta(days=1)

# ------------------------------------------------------------------------------------------------ light


def look(meaning: str, scheme: Any = None) -> dict[str, str]:
    """Return colour and icon of a light: the office's own choice, else the house's (R23)."""
    chosen = (scheme or {}).get(meaning) or {}
    own = {key: value for key, value in chosen.items() if key in ("tone", "icon") and value}
    return defaults.SCHEME[meaning] | own


def light(task: Any, now: datetime) -> dict[str, str]:
    """Return the light as components/_light.html draws it. The row comes from ``with_light``, maybe with a scheme."""
    told = lights.told(task, now)
    return look(task.light, getattr(task, "scheme", None)) | {"word": told["word"], "reason": told["reason"]}


@dataclass
class Face:
    """What a row of a list shows beside the task's own fields."""

    light: dict[str, str]
    left: int | None
    over: int
    source: str
    blocked: int | None


def face(task: Any, now: datetime) -> Face:
    """Return what a row shows; ``left`` in working days, ``over`` (late) and ``blocked`` in calendar days."""
    today = timezone.localdate(now)
    running = task.is_open and task.finished_at is None
    return Face(
        light(task, now),
        clock.workdays_left(task, today) if running else None,
        task.days_over(timezone.localdate(task.finished_at) if task.finished_at else today) if task.due_on else 0,
        source_line(task),
        (today - task.blocked_on).days if getattr(task, "blocked_on", None) else None,
    )


def source_line(task: Any) -> str:
    """Return where the task comes from, as the second line of a row; who is only waited for reads the kind alone."""
    kind = str(task.directive.get_source_display())
    return f"{kind} · {task.directive.title}" if getattr(task, "known", True) else kind


def with_faces(tasks: Iterable[Any], now: datetime | None = None) -> list[Any]:
    """Give each task its face; returns the tasks."""
    moment, rows = now or timezone.now(), list(tasks)
    for task in rows:
        task.face = face(task, moment)
    return rows


# ------------------------------------------------------------------------------------------------ steps

STEPS: Final = (T("登记立项"), T("交办"), T("签收"), T("办理"), T("核验"), T("销号"))
AT: Final[dict[str, int]] = {
    TaskState.DRAFT: 1,
    TaskState.ASSIGNED: 2,
    TaskState.DECLINED: 2,
    TaskState.ACTIVE: 3,
    TaskState.CLAIMED: 3,
    TaskState.SUSPENDED: 3,
    TaskState.REVIEW: 4,
    TaskState.APPROVAL: 5,
    TaskState.CLOSED: 6,
}
"""At which step a task of this state stands; every state but 已终止, which may come at any step."""
STOPPED: Final = (TaskState.DECLINED, TaskState.SUSPENDED, TaskState.TERMINATED)


def steps(task: Any) -> list[tuple[Text, Any, str]]:
    """Return the step bar: label, day or words, and whether it is done, current, to come or stopped.

    ``task.verified_at`` is the moment of the last check that passed.
    """
    share = lead_share(task)
    approved = task.directive.approved_at
    notes = [
        approved,
        task.assigned_at,
        share.signed_at if share else None,
        task.finished_at,
        getattr(task, "verified_at", None),
        task.closed_at,
    ]
    at = AT[task.state] if task.state in AT else _last_done(notes)
    if task.state == TaskState.DRAFT and approved is None:
        at = 0
    return [_step(task, number, at, note) for number, note in enumerate(notes)]


def _last_done(notes: list[Any]) -> int:
    """Return the step at which a terminated task was given up: the first without its day."""
    return next((number for number, note in enumerate(notes) if note is None), len(notes) - 1)


def _step(task: Any, number: int, at: int, note: Any) -> tuple[Text, Any, str]:
    label = STEPS[number]
    if number < at:
        return label, note or "", "done"
    if number > at:
        return label, "", "todo"
    return label, task.get_state_display(), "stopped" if task.state in STOPPED else "current"


def lead_share(task: Any) -> Any:
    """Return the standing share of the lead among the prefetched ones."""
    return next((s for s in task.assignments.all() if s.part == Part.LEAD and s.state != "released"), None)


def turn(task: Any) -> dict[str, Any] | None:
    """Return who must act now and what is waited for; None when the task is at its end."""
    lead, organiser = task.lead, task.organiser
    leader = _("本级领导") if task.organiser.is_office else _("%(unit)s负责人") % {"unit": organiser}
    rank = Rank(task.approval_rank).label if task.organiser.is_office and task.approval_rank in Rank.values else ""
    waits: dict[str, tuple[Any, Any]] = {
        TaskState.DRAFT: (organiser, _("补齐要素后交办")),
        TaskState.ASSIGNED: (lead, _("签收")),
        TaskState.DECLINED: (organiser, _("处理退办：改派或维持交办")),
        TaskState.ACTIVE: (lead, _("办理并反馈进展")),
        TaskState.CLAIMED: (_("%(unit)s负责人") % {"unit": lead}, _("签批办结申报")),
        TaskState.REVIEW: (organiser, _("核验办结")),
        TaskState.APPROVAL: (leader, _("批准销号（%(rank)s及以上）") % {"rank": rank} if rank else _("批准销号")),
        TaskState.SUSPENDED: (organiser, _("%(day)s 复核：恢复办理或续停") % {"day": task.suspended_until}),
    }
    instructed = task.directive.instructed_by if task.organiser.is_office else None
    if instructed is not None and not getattr(task, "is_read", True):
        waits[TaskState.APPROVAL] = (instructed.user if instructed.stands() else leader, _("阅示后批准销号"))
    if task.state == TaskState.ACTIVE and task.blocked_by is not None:
        waits[TaskState.ACTIVE] = (task.blocked_by, _("协调解决受阻事项"))
    if task.state not in waits:
        return None
    who, what = waits[task.state]
    return {"who": who, "what": what}


# ------------------------------------------------------------------------------------------------ clock


@dataclass(frozen=True)
class Stretch:
    """Days in a row that are treated alike: ``counted`` of them count; ``why`` names the reason."""

    first: date
    last: date
    counted: int
    why: str

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last - self.first).days + 1


def stretches(start: date, end: date, calendar: Calendar) -> Iterator[Stretch]:
    """Yield the days after ``start`` up to ``end``; ordinary weeks run together, named days stand apart."""
    days = (start + DAY * n for n in range(1, (end - start).days + 1))
    for name, run in groupby(days, calendar.named):
        found = list(run)
        counted = sum(map(calendar.is_workday, found))
        yield Stretch(found[0], found[-1], counted, name or _plain(len(found), counted))


def _plain(days: int, counted: int) -> str:
    if counted == days:
        return _("工作日")
    return _("周末不计") if counted else _("周末")


def clock_of(task: Any, now: datetime) -> dict[str, Any] | None:
    """Return the facts of the clock for the page; None while no day is set."""
    if task.due_on is None:
        return None
    today, calendar = timezone.localdate(now), calendar_of(task.lead)
    start = timezone.localdate(task.assigned_at) if task.assigned_at else None
    running = task.is_open and task.finished_at is None and task.state != TaskState.SUSPENDED
    facts: dict[str, Any] = {
        "due_on": task.due_on,
        "due_time": timezone.localtime(task.due_at).strftime("%H:%M") if task.due_at else "",
        "original_due_on": task.original_due_on,
        "left": clock.workdays_left(task, today) if running else None,
        "words": None if running else stopped_words(task),
        # The task's own time, whatever comes from below.
        "light": look(task.own_light, getattr(task, "scheme", None)),
        "provisional": task.due_provisional,
        "notes": list(_clock_notes(task)),
    }
    if start is not None and start <= task.due_on:
        facts |= _counted(start, min(max(today, start), task.due_on), task.due_on, calendar)
    return facts


def _counted(start: date, today: date, due: date, calendar: Calendar) -> dict[str, Any]:
    return {
        "start": start,
        "total": calendar.between(start, due),
        "gone": list(stretches(start, today, calendar)),
        "gone_days": calendar.between(start, today),
        "coming": list(stretches(today, due, calendar)),
        "coming_days": calendar.between(today, due),
    }


def stopped_words(task: Any) -> str:
    """Return why the clock does not run."""
    if task.state == TaskState.DRAFT:
        return _("交办后起算")
    if task.state == TaskState.SUSPENDED:
        return _("挂起中，暂停计时至 %(day)s 复核") % {"day": task.suspended_until}
    if task.state == TaskState.TERMINATED:
        return _("已终止")
    if task.finished_at is None:
        return str(task.get_state_display())
    late = task.days_over(timezone.localdate(task.finished_at))
    on = timezone.localdate(task.finished_at).isoformat()
    return (
        _("%(day)s 报送，逾期 %(late)d 天") % {"day": on, "late": late}
        if late > 0
        else _("%(day)s 按期报送") % {"day": on}
    )


def _clock_notes(task: Any) -> Iterator[str]:
    if task.limit_value and task.limit_unit != Unit.FIXED:
        limit = _("%(value)s 个%(unit)s") % {"value": task.limit_value, "unit": Unit(task.limit_unit).label}
        yield _("时限 %(limit)s，自交办次日起算") % {"limit": limit}
    if task.original_due_on and task.original_due_on != task.due_on:
        yield _("原定 %(old)s，现为 %(new)s，原定时限保留备查") % {"old": task.original_due_on, "new": task.due_on}
    if task.suspended_workdays:
        yield _("累计挂起 %(days)d 个工作日，不计入时限") % {"days": task.suspended_workdays}
    if task.due_provisional:
        yield _("当年放假安排尚未公布，时限按周一至周五推算；公布后不自动改动，需要调整的另行办理")


# ------------------------------------------------------------------------------------------------ verbs

FULL_PAGES: Final = ("draft", "edit", "split")
"""Verbs whose form is too long for a dialog."""
SHOWN: Final = 3


def verbs(noun: Noun, thing: Any, user: Any, back: str = "") -> dict[str, list[dict[str, Any]]]:
    """Return the verbs of a thing for its page: ``main`` as buttons, ``more`` in a menu, ``closed`` with the reason.

    ``back`` is the address to which the verb returns. What belongs to somebody else is left out: whose turn it is is
    told by ``turn``.
    """
    rows = [_button(noun, thing, button, back) for button in noun.buttons(thing, user)]
    # The step that leads on comes first, then what else may be done; what ends a thing never stands in front.
    ready = sorted((b for b in rows if not b["reason"]), key=lambda b: {"primary": 0, "danger": 2}.get(b["tone"], 1))
    front = [b for b in ready if b["tone"] != "danger"][:SHOWN] if len(ready) > SHOWN + 1 else ready
    return {
        "main": front,
        "more": [b for b in ready if b not in front],
        "closed": [b for b in rows if b["reason"]],
    }


def _button(noun: Noun, thing: Any, button: dict[str, Any], back: str) -> dict[str, Any]:
    query = f"?{urlencode({'next': back})}" if back else ""
    reason = None if button["open"] else why_closed(noun, thing, button["name"])
    page = button["name"] in FULL_PAGES
    return button | {"url": f"{button['url']}{query}", "reason": reason, "page": page}


def why_closed(noun: Noun, thing: Any, verb: str) -> str:
    """Return why a verb of the user's is not possible at this moment, and when it will be."""
    labels = dict(type(thing)._meta.get_field("state").flatchoices)
    sources = dict.fromkeys(str(labels[state]) for row in noun.lifecycle.rows(verb) for state in row.sources)
    return _("现在是“%(now)s”；“%(when)s”时才能%(verb)s。") % {
        "now": thing.get_state_display(), "when": "”“".join(sources), "verb": noun.lifecycle.label(verb),
    }  # fmt: skip


# ------------------------------------------------------------------------------------------------ figures

ORDER: Final = (
    Light.OVERDUE, Light.NEAR_DUE, Light.UNSIGNED, Light.BLOCKED, Light.ON_TRACK, Light.REVIEW, Light.SUSPENDED,
    Light.DRAFT, Light.CLOSED_LATE, Light.CLOSED, Light.TERMINATED,
)  # fmt: skip
"""Lights from the most urgent to the calmest, as lists and figures show them."""


def changes(new: Any, old: Any, fields: Iterable[str]) -> list[tuple[Any, Any, Any]]:
    """Return what differs between two rows of one kind: label, before, after."""
    return [
        (new._meta.get_field(name).verbose_name, _spoken(old, name), _spoken(new, name))
        for name in fields
        if getattr(new, name) != getattr(old, name)
    ]


def _spoken(row: Any, name: str) -> Any:
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    return f"{value}%" if name == "percent" and value is not None else value
