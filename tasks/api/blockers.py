"""``/api/v1/blockers/``: what keeps a unit waiting on another. ``POST`` is the same as the task's ``raise``."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import ngettext
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from organization.api.serializers import NameSerializer, UnitSerializer
from organization.workdays import calendar_of
from tasks import verbs
from tasks.api.common import STANDING, TIMED, LightSerializer, Standing, Tasked, Timed, light_of, with_task_seen
from tasks.filters import BlockerFilter
from tasks.models import Blocker
from tasks.states import BlockerState, Light
from workflow.doors.api import Creation, VerbSet, with_creation, with_verbs


class BlockerSerializer(Standing, Timed, Tasked, serializers.ModelSerializer[Blocker]):
    """A request for coordination. Its clock is its own: ``due_on`` is until when the unit waited for answers.

    Once it is resolved, the unit that was waited for reads no more of the task than its number.
    """

    table = verbs.BLOCKER
    unseen = ("matter", "state")
    department = UnitSerializer(read_only=True)
    waiting_on = UnitSerializer(read_only=True)
    raised_by = NameSerializer(read_only=True)
    confirmed_by = NameSerializer(read_only=True, allow_null=True)
    ended_by = NameSerializer(read_only=True, allow_null=True)

    class Meta:
        model = Blocker
        fields = (
            "id", "task", "department", "waiting_on", "ask", "category", "since", "raised_by", "confirmed_on",
            "confirmed_by", "ended_on", "ended_by", "resolution", *STANDING, *TIMED, "created_at",
        )  # fmt: skip

    @extend_schema_field(LightSerializer(allow_null=True))
    def get_light(self, blocker: Any) -> dict[str, str] | None:
        """Return the light of the blocker's own clock: the unit waited for may not see the task's."""
        if blocker.state != BlockerState.CONFIRMED:
            return None
        today = timezone.localdate()
        if blocker.due_on < today:
            late = (today - blocker.due_on).days
            return light_of(Light.OVERDUE, ngettext("逾期 %(days)d 天", "逾期 %(days)d 天", late) % {"days": late})
        left = calendar_of(blocker.waiting_on).between(today, blocker.due_on)
        said = ngettext("还有 %(days)d 个工作日", "还有 %(days)d 个工作日", left) % {"days": left}
        return light_of(Light.ON_TRACK, said)

    def get_due_on(self, blocker: Any) -> date | None:
        """Return until which day the unit waited for is to answer."""
        return blocker.due_on  # type: ignore[no-any-return]

    def get_due_at(self, blocker: Any) -> datetime | None:
        """Return the moment at which that day ends."""
        return calendar_of(blocker.waiting_on).end_of(blocker.due_on) if blocker.due_on else None

    def get_original_due_on(self, blocker: Any) -> date | None:
        """Return the same day: a blocker's clock is never moved."""
        return blocker.due_on  # type: ignore[no-any-return]


@with_creation(Creation(verbs.TASK.verb("raise"), verbs.TASK, "task"))
@with_verbs(verbs.BLOCKER)
class BlockerSet(VerbSet):
    """Blockers of visible tasks, and those that wait on the caller's unit."""

    model = Blocker
    filter_class = BlockerFilter
    serializer_class = BlockerSerializer

    def get_queryset(self) -> QuerySet[Any]:
        """Add who handled it, and whether the caller sees the task."""
        rows = super().get_queryset().select_related("raised_by", "confirmed_by", "ended_by")
        return with_task_seen(rows, self.request.user)
