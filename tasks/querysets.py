"""Questions that chain; every one a person asks begins with ``visible_to``.

Who sees what (reliability.md 5.2): an office what it issued and what came of it below; a unit what is assigned to it
and, once confirmed, what waits for it; a head also what lies under his unit; a leader what his own government issued
or owes; an inspector what was opened to him. The three administrators see no business content by that role.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, CharField, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, LPad, Substr
from django.utils import timezone

from organization.querysets import known, within
from organization.states import Role, UserKind
from tasks import lights
from tasks.states import HELD, OPEN, BlockerState, Part, RowState, TaskState
from workflow import sight
from workflow.models import Event


def units(user: Any, field: str) -> Q:
    """Return the condition that the unit behind ``field`` is one for which the user's post speaks."""
    unit = user.department
    if user.role == Role.UNIT_HEAD:
        return within(unit.path, f"{field}__path")
    if user.role == Role.LEADER:
        return Q(**{f"{field}__jurisdiction_path": unit.path})
    if user.role == Role.SUPERVISOR:
        # An office also looks after what its own government or committee was given to do.
        return Q(**{field: unit}) | Q(**{f"{field}__path": unit.jurisdiction_path})
    return Q(**{field: unit})


BUSINESS = (Role.SUPERVISOR, Role.LEADER, Role.UNIT_HEAD, Role.HANDLER)
"""The roles that have business here: they see tasks by their posts, and tasks wait for them."""


class TaskQuerySet(models.QuerySet[Any]):
    """Questions about tasks."""

    def visible_to(self, user: Any) -> Self:
        """Keep the tasks that the user may see in the post he acts in."""
        if not known(user) or user.department is None:
            return self.none()
        return self.filter(self._overseen(user) | self._assigned(user) | self._blocked(user) | self._opened(user))

    def known_to(self, user: Any) -> Self:
        """Keep the visible tasks whose source and history concern the user: not those that only wait for him."""
        if not known(user) or user.department is None:
            return self.none()
        return self.filter(self._overseen(user) | self._assigned(user) | self._opened(user))

    def whole_to(self, user: Any) -> Self:
        """Keep the tasks of which the user sees every unit's part: who issued, leads or inspects them."""
        if not known(user) or user.department is None:
            return self.none()
        leads = (Part.LEAD, Part.JOINT)
        return self.filter(self._overseen(user) | self._assigned(user, part__in=leads) | self._opened(user))

    def _overseen(self, user: Any) -> Q:
        if user.role not in BUSINESS:
            return Q(pk__in=())
        overseers = self._related("overseers").filter(units(user, "department"))
        seen = Q(pk__in=overseers.values("task"))
        if user.role == Role.LEADER:
            seen |= Q(directive__instructed_by=user.post)
        return seen

    def _assigned(self, user: Any, **narrower: Any) -> Q:
        if user.role not in BUSINESS:
            return Q(pk__in=())
        shares = self._related("assignments").filter(units(user, "department"), state__in=HELD, **narrower)
        return Q(pk__in=shares.values("task"))

    def _blocked(self, user: Any) -> Q:
        """Return the condition that the task counts under the user's unit while others wait for it (C13)."""
        if user.role not in BUSINESS:
            return Q(pk__in=())
        waiting = self.model._base_manager.filter(units(user, "blocked_by"))
        return Q(pk__in=waiting.values("pk"))

    def _opened(self, user: Any) -> Q:
        if user.role != Role.INSPECTOR:
            return Q(pk__in=())
        readers = self._related("readers").filter(user=user, until__gt=timezone.now())
        return Q(pk__in=readers.values("task"))

    def _related(self, name: str) -> models.QuerySet[Any]:
        manager: models.QuerySet[Any] = self.model._meta.get_field(name).related_model._base_manager.all()
        return manager

    def open(self) -> Self:
        """Keep what is issued and not ended."""
        return self.filter(state__in=OPEN)

    def overdue(self, at: datetime | None = None) -> Self:
        """Keep what is late at ``at`` (now if none): open, not suspended, its time run out before it was handed in."""
        moment = at or timezone.now()
        late = Q(finished_at__gt=F("due_at")) | Q(finished_at=None, due_at__lt=moment)
        return self.filter(late, state__in=[s for s in OPEN if s != TaskState.SUSPENDED])

    def with_answerable(self) -> Self:
        """Add ``answerable``: the unit under which lateness counts (C13)."""
        return self.annotate(answerable=Coalesce("blocked_by", "lead"))

    def with_light(self, now: datetime | None = None) -> Self:
        """Add ``light`` and ``own_light``: the twin of ``tasks.lights``."""
        moment = now or timezone.now()
        ranked = self._below("").annotate(rank=lights.rank_case(moment)).order_by("-rank").values("rank")
        return self.annotate(
            own_light=lights.own_case(moment), light=lights.combined_case(moment, Subquery(ranked[:1]))
        )

    def worst_below(self, moment: datetime, task: str = "") -> Subquery:
        """Return the severity of the worst light below the row's task; ``task`` is the way from the row to it."""
        weighed = self._below(f"{task}__" if task else "").annotate(weight=lights.weight_case(moment))
        return Subquery(weighed.order_by("-weight").values("weight")[:1])

    def _below(self, way: str) -> models.QuerySet[Any]:
        lower = Q(path__gt=OuterRef(f"{way}path"), path__lt=OuterRef(f"{way}path_end"))
        return self.model._base_manager.filter(lower)  # type: ignore[no-any-return]

    def stand_at_the_top(self) -> int:
        """Give new tasks, inserted together, the place of those that nothing stands above; twin of the model's."""
        digits = [LPad(Cast(key, CharField()), 9, Value("0")) for key in (F("pk"), F("pk") + 1)]
        return self.update(path=digits[0], path_end=digits[1])

    def within_task(self, task: Any) -> Self:
        """Keep the task and all below it in the cascade."""
        return self.filter(path__gte=task.path, path__lt=task.path_end)

    def with_known(self, user: Any) -> Self:
        """Add ``known``: whether source and history concern the user too, or the task only waits for his unit."""
        known = Q(pk__in=self.model._default_manager.known_to(user).values("pk"))
        return self.annotate(known=Case(When(known, then=Value(True)), default=Value(False)))

    def with_followers(self, user: Any) -> Self:
        """Add ``n_followers``: how many tasks the user sees that follow by a new remark of the leader (C8)."""
        seen = self.model._default_manager.visible_to(user).filter(follows=OuterRef("pk")).order_by()
        number = seen.values("follows").annotate(n=models.Count("pk")).values("n")
        return self.annotate(n_followers=Coalesce(Subquery(number), 0))

    def with_source_clause(self, user: Any) -> Self:
        """Add ``source_breakdown`` and of which clause the task was made: None to who does not see the breakdown.

        Beside it ``source_key``, ``_number``, ``_start``, ``_end``, to be told with it only, and ``source_text``.
        """
        paper, clause = "drafted_as__breakdown", "drafted_as__clause"
        drafts = self.model._meta.get_field("drafted_as").related_model
        breakdowns = drafts._meta.get_field("breakdown").related_model._default_manager.visible_to(user)
        seen = Q(drafted_as__breakdown__in=breakdowns.values("pk"))
        words = Substr(f"{paper}__text", F(f"{clause}__start") + 1, F(f"{clause}__end") - F(f"{clause}__start"))
        places = {f"source_{name}": F(f"{clause}__{name}") for name in ("key", "number", "start", "end")}
        return self.annotate(
            source_breakdown=Case(When(seen, then=F(f"{paper}_id"))), source_text=Case(When(seen, then=words)), **places
        )

    def search(self, text: str, known: Any) -> Self:
        """Keep what contains ``text`` in matter, number, a unit's name, or in the source's title where it is ``known``.

        A search finds nothing by what its reader may not read: finding would tell it.
        """
        return self.filter(
            Q(matter__icontains=text)
            | Q(number__icontains=text)
            | Q(lead__name__icontains=text)
            | Q(lead__short__icontains=text)
            | Q(directive__title__icontains=text, pk__in=known.values("pk"))
        )

    def for_list(self) -> Self:
        """Fetch what a row of a list shows."""
        return self.select_related("lead", "organiser", "directive__instructed_by", "blocked_by", "parent").with_light()

    def for_page(self) -> Self:
        """Fetch what a page and every actor need to know."""
        shares = models.Prefetch("assignments", self._related("assignments").select_related("department", "signed_by"))
        return self.select_related(
            "lead", "organiser", "directive__organiser", "directive__instructed_by__user", "blocked_by",
            "parent__lead", "parent__organiser",
        ).prefetch_related(shares).with_light()  # fmt: skip


class PartQuerySet(models.QuerySet[Any]):
    """Parts of a root: seen by whoever sees the root."""

    root = "task"

    def visible_to(self, user: Any) -> Self:
        """Keep the parts of visible roots."""
        return self.filter(**{f"{self.root}__in": self._roots().visible_to(user)})

    def _roots(self) -> Any:
        return self.model._meta.get_field(self.root).related_model._default_manager

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return self.select_related(self.root)


class AssignmentQuerySet(PartQuerySet):
    """Questions about units' shares."""

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("task__lead", "task__organiser", "task__blocked_by", "department")


class AttachmentQuerySet(PartQuerySet):
    """Files that came with a directive."""

    root = "directive"


class OwnPartQuerySet(PartQuerySet):
    """Parts that a unit writes: a co-unit sees its own, the lead and the offices above see all."""

    def visible_to(self, user: Any) -> Self:
        """Keep the parts of tasks seen whole, and the own unit's parts of other visible tasks."""
        if not known(user) or user.department is None:
            return self.none()
        seen = Q(task__in=self._roots().whole_to(user))
        if user.role in BUSINESS:
            seen |= Q(task__in=self._roots().visible_to(user)) & units(user, "department")
        return self.filter(seen)

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related(
            "task__lead", "task__organiser", "task__directive", "task__parent", "task__blocked_by", "department"
        )


class ReadingQuerySet(PartQuerySet):
    """Readings: seen by whoever sees the claim that was read."""

    root = "closure"


class ReportQuerySet(OwnPartQuerySet):
    """Questions about reports."""

    def latest_of(self, task: Any, department: Any) -> Any:
        """Return the unit's last report on the task, to pre-fill the next (R29); None if there is none."""
        return self.filter(task=task, department=department).order_by("-created_at", "-pk").first()

    def for_list(self) -> Self:
        """Fetch what a row shows, with the number of files."""
        return super().for_list().annotate(files=models.Count("evidence"))


class BlockerQuerySet(OwnPartQuerySet):
    """Questions about blockers: the blocking unit sees what is asked of it."""

    def visible_to(self, user: Any) -> Self:
        """Keep what a part shows to its reader, and what waits on the user's unit."""
        if not known(user) or user.department is None:
            return self.none()
        seen = Q(task__in=self._roots().whole_to(user))
        if user.role in BUSINESS:
            seen |= Q(task__in=self._roots().visible_to(user)) & units(user, "department")
            seen |= units(user, "waiting_on") & Q(state__in=(BlockerState.CONFIRMED, BlockerState.RESOLVED))
        return self.filter(seen)

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return super().for_list().select_related("waiting_on")


class DirectiveQuerySet(models.QuerySet[Any]):
    """Questions about directives."""

    def visible_to(self, user: Any) -> Self:
        """Keep the office's own, a leader's government's and own instructions, and those of which a task is visible."""
        if not known(user) or user.department is None or user.role not in BUSINESS:
            return self._of_opened_tasks(user)
        seen = self._of_tasks(user)
        if user.role == Role.SUPERVISOR:
            seen |= Q(organiser=user.department)
        if user.role == Role.LEADER:
            seen |= units(user, "organiser") | Q(instructed_by=user.post)
        return self.filter(seen)

    def _of_tasks(self, user: Any) -> Q:
        tasks = self.model._meta.get_field("tasks").related_model._default_manager.known_to(user)
        return Q(pk__in=tasks.values("directive"))

    def _of_opened_tasks(self, user: Any) -> Self:
        return self.filter(self._of_tasks(user)) if known(user) else self.none()

    def usable(self) -> Self:
        """Keep those from which tasks may be made."""
        return self.filter(state__in=("draft", "pending", "approved"), handling="action")

    def search(self, text: str) -> Self:
        """Keep what contains ``text`` in title, number or the source's number."""
        return self.filter(
            Q(title__icontains=text)
            | Q(number__icontains=text)
            | Q(document_no__icontains=text)
            | Q(issuer__icontains=text)
        )

    def for_list(self) -> Self:
        """Fetch what a row and every actor need."""
        return self.select_related("organiser", "instructed_by__user", "instructed_by__department")


class HoldQuerySet(models.QuerySet[Any]):
    """Questions about holds."""

    def standing(self) -> Self:
        """Keep what is not lifted."""
        return self.filter(lifted_at=None)


class OfficeQuerySet(models.QuerySet[Any]):
    """Questions about what offices set for themselves."""

    def visible_to(self, user: Any) -> Self:
        """Keep all for people: colours hold no secrets; another system keeps to the units that it may read."""
        if not known(user):
            return self.none()
        if user.kind == UserKind.PERSON:
            return self
        units = self.model._meta.get_field("department").related_model._default_manager
        return self.filter(department__in=units.visible_to(user).values("pk"))

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return self.select_related("department")


class BatchQuerySet(models.QuerySet[Any]):
    """Questions about imports."""

    def visible_to(self, user: Any) -> Self:
        """Keep the imports of the officer's own office."""
        if not known(user) or user.role != Role.SUPERVISOR:
            return self.none()
        return self.filter(organiser=user.department)

    def for_list(self) -> Self:
        """Fetch what a row shows."""
        return self.select_related("directive", "organiser", "uploaded_by")


class BatchRowQuerySet(models.QuerySet[Any]):
    """Questions about imported lines."""

    def visible_to(self, user: Any) -> Self:
        """Keep the lines of visible imports."""
        batches = self.model._meta.get_field("batch").related_model._default_manager
        return self.filter(batch__in=batches.visible_to(user))

    def standing(self, state: str) -> Self:
        """Keep the lines of one ``RowState``."""
        conditions = {
            RowState.TAKEN: Q(task__isnull=False),
            RowState.SKIPPED: Q(task=None, skipped=True),
            RowState.GOOD: Q(task=None, skipped=False, good=True),
            RowState.KEPT: Q(task=None, skipped=False, good=False),
        }
        return self.filter(conditions[RowState(state)])


SHARED_KINDS = (
    "task.assign", "task.reassign", "task.insist", "task.add_units", "task.start", "task.return", "task.hold_clock",
    "task.stand_on", "task.resume", "task.due_moved", "task.close", "task.reopen", "task.terminate", "task.follow",
    "assignment.sign", "assignment.decline", "assignment.insist", "assignment.finish", "assignment.excuse",
    "assignment.recall",
)  # fmt: skip
"""What every unit of a task reads of its history; the rest is for who sees the task whole or is concerned."""


def shared_with(unit: Any) -> Q:
    """Return which events of a task a helping unit reads: the common ones, its own deeds, and what befell its parts."""
    shared = Q(kind__in=SHARED_KINDS)
    return shared | Q(unit_id=unit.pk) | Q(detail__of=unit.pk) if unit else shared


def events_visible_to(user: Any, tasks: Any, directives: Any) -> models.QuerySet[Event]:
    """Return the events of tasks, directives and what upper rooms open that the user may see.

    The audit administrator reads who did what and when, of everything that is not sealed (a covert visit before its
    disclosure); the doors leave out the content for him.
    """
    if not known(user):
        return Event.objects.none()
    if user.role == Role.AUDITOR:
        return Event.objects.exclude(sight.sealed())
    shared = Q(stream__in=sight.streams("task", tasks.known_to(user))) & shared_with(user.department)
    whole = Q(stream__in=sight.streams("task", tasks.whole_to(user)))
    sources = Q(stream__in=sight.streams("directive", directives.visible_to(user)))
    return Event.objects.filter(whole | shared | sources | sight.opened(user))
