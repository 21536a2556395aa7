"""年度督查计划: the list, and one plan with its items."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supervision.actors.inspecting import officer
from supervision.filters.inspecting import PlanFilter
from supervision.models import Inspection, Plan
from supervision.operations import plans
from supervision.pages.inspections import may_register
from supervision.pages.sections import waiting
from supervision.presenters import inspecting as presenters
from supervision.presenters import turns
from supervision.states.inspecting import PlanState
from supervision.verbs import inspecting as verbs
from tasks import shown
from tasks.presenters import timeline
from workflow.doors.pages import ListPage, OperationPage, VisiblePage, pages_of
from workflow.models import Event
from workflow.refusal import Forbidden


class PlanList(ListPage):
    """The plans of the own government's offices, the latest year first."""

    model = Plan
    filter_class = PlanFilter
    order = ("-year", "-pk")
    rows_name = "plans"
    template_name = "supervision/plan/list.html"
    fragment_name = "supervision/plan/_list.html"

    def more(self, found: Any, shown_rows: list[Any]) -> dict[str, Any]:
        """Say whether the person may begin one, and add the chips."""
        return {"may_draft": officer(self.request.user, None), "facets": [waiting(self.request)]}


class PlanDetail(VisiblePage):
    """A plan: its items, how they compare with the year before, what happened."""

    model = Plan

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show it."""
        plan = self.find(pk)
        items = list(_with_inspections(plan.items.all(), request.user))
        beside = plans.unplanned(plan)
        context = {
            "plan": plan,
            "items": items,
            "beside": beside,
            "more_than_before": len(items) + beside - plan.base_count,
            "turn": turns.of(plan),
            "verbs": shown.verbs(verbs.PLAN, plan, request.user),
            "beside_url": f"{reverse('inspection-list')}?beside={plan.pk}",
            "may_register": _is_current(plan) and may_register(request.user),
        }
        if request.GET.get("tab") == "history":
            events = Event.objects.filter(stream=plan.stream).order_by("-seq")
            context["events"] = timeline(events, presenters.PRESENTED)
        return render(request, "supervision/plan/detail.html", context)


def _is_current(plan: Any) -> bool:
    """Tell whether inspections may still be drafted by the plan: it is approved, and its year is not over."""
    return bool(plan.state == PlanState.APPROVED and plan.year >= timezone.localdate().year)


def _with_inspections(items: Any, user: Any) -> Any:
    """Add to each item how many inspections came of it, as far as the person sees them."""
    seen = Inspection.objects.visible_to(user).filter(plan_item=OuterRef("pk")).order_by()
    number = seen.values("plan_item").annotate(n=Count("pk")).values("n")
    return items.annotate(n_inspections=Coalesce(Subquery(number), 0))


class DraftPlan(OperationPage):
    """编制年度计划."""

    model = Plan
    verb = verbs.DRAFT_PLAN
    title = _("编制年度督查计划")

    def refuse_early(self, subject: Any) -> None:
        """Say before the form is filled that only officers plan."""
        if not officer(self.request.user, None):
            raise Forbidden("plan.draft.forbidden", officer.reason)

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form; who gives up goes back to the list."""
        return super().show(form, subject, status, **({"cancel": reverse("plan-list")} | more))


class ApprovePlan(OperationPage):
    """批准年度计划, with what who approves should know (R8)."""

    model = Plan
    noun = verbs.PLAN
    verb = verbs.PLAN.verb("approve")

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Put the warnings above the form."""
        return super().show(form, subject, status, **({"hint": " ".join(plans.warnings(subject))} | more))


urlpatterns = [
    path("plans/", PlanList.as_view(), name="plan-list"),
    path("plans/new/", DraftPlan.as_view(), name="plan-new"),
    path("plans/<int:pk>/", PlanDetail.as_view(), name="plan-detail"),
    path("plans/<int:pk>/approve/", ApprovePlan.as_view(), name="plan-approve"),
    *[page for page in pages_of(verbs.PLAN) if page.name != "plan-approve"],
]
