"""Plans: what an office means to inspect in a year, approved as a whole (R8)."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from documents.markings import refuse_marked, screened
from organization.models import Department, User
from supervision.actors.inspecting import officer
from supervision.lifecycles.inspecting import PLAN
from supervision.models import Inspection, Plan, PlanItem
from supervision.states.inspecting import InspectionKind, PlanState
from tasks.actors import unit_of
from workflow.persons import hands, refuse_same
from workflow.record import advance, begin, lock
from workflow.refusal import Conflict, Forbidden, RuleBroken


@transaction.atomic
def draft(*, by: User, year: int, base_count: int | None = None) -> Plan:
    """Begin the plan of the officer's own office for a year (编制年度计划).

    ``base_count``: the number of items the year before, where no plan of that year is kept here. Refused: Forbidden for
    anybody but an officer; Conflict("plan.exists") where the year has its plan.
    """
    if not officer(by, None):
        raise Forbidden("plan.draft.forbidden", officer.reason)
    # The office's row is locked first: two officers who begin the same year wait for each other.
    Department.objects.select_for_update(no_key=True).get(pk=unit_of(by).pk)
    if Plan.objects.filter(organiser=by.department, year=year).exists():
        raise Conflict("plan.exists", _("本机构%(year)d年已有督查计划，请打开原计划修改。") % {"year": year})
    last = PlanItem.objects.filter(plan__organiser=by.department, plan__year=year - 1).count()
    plan = Plan(
        state=PlanState.DRAFT, organiser=by.department, year=year, drafted_by=by, base_count=last or base_count or 0
    )
    return begin(plan, by, verb="draft", year=year, base_count=plan.base_count)


@transaction.atomic
@screened
def add_item(
    plan: Plan,
    *,
    by: User,
    topic: str,
    targets: str,
    month_from: int,
    month_to: int,
    kind: str = InspectionKind.SPECIAL,
    on_site: bool = True,
) -> PlanItem:
    """Plan one inspection. Refused: RuleBroken("plan.months") where the months run backwards; ("plan.twice")."""
    plan = lock(plan, "organiser")
    step = PLAN.check(plan, "add_item", by)
    refuse_marked(topic, short=True)
    if month_from > month_to:
        raise RuleBroken("plan.months", _("结束月份不能早于起始月份，请核对月份。"))
    if plan.items.filter(topic=topic).exists():
        raise RuleBroken("plan.twice", _("计划中已有同名事项。同一事项不要拆分、不要重复列入，请合并。"))
    item = PlanItem.objects.create(
        plan=plan, topic=topic, kind=kind, targets=targets, month_from=month_from, month_to=month_to, on_site=on_site
    )
    advance(plan, step, by, item=item.pk, topic=topic)
    return item


@transaction.atomic
def drop_item(plan: Plan, *, by: User, item: PlanItem) -> Plan:
    """Take an item out of the draft. Refused: RuleBroken("plan.other_item")."""
    plan = lock(plan, "organiser")
    step = PLAN.check(plan, "drop_item", by)
    if item.plan_id != plan.pk:
        raise RuleBroken("plan.other_item", _("这个事项不在本计划中，请重新选择。"))
    key, topic = item.pk, item.topic
    item.delete()
    return advance(plan, step, by, item=key, topic=topic)


@transaction.atomic
def submit(plan: Plan, *, by: User) -> Plan:
    """Ask for approval. Refused: RuleBroken("plan.empty")."""
    plan = lock(plan, "organiser")
    step = PLAN.check(plan, "submit", by)
    count = plan.items.count()
    if not count:
        raise RuleBroken("plan.empty", _("计划里还没有事项，请先增加事项。"))
    return advance(plan, step, by, count=count, base_count=plan.base_count)


@transaction.atomic
@screened
def approve(plan: Plan, *, by: User, comment: str = "") -> Plan:
    """Approve (批准年度计划). More items than the year before are a warning, not a refusal (R8).

    Refused: Forbidden for who drafted or submitted it, even as somebody's delegate.
    """
    plan = lock(plan, "organiser")
    step = PLAN.check(plan, "approve", by)
    drafters = hands(plan, "plan.draft", "plan.add_item", "plan.submit")
    refuse_same(by, drafters, "plan.approve.own", _("编制计划的人不能批准自己编制的计划，请由其他领导批准。"))
    plan.approved_by, plan.approved_at = by, timezone.now()
    return advance(plan, step, by, comment=comment, count=plan.items.count(), base_count=plan.base_count)


@transaction.atomic
@screened
def send_back(plan: Plan, *, by: User, reason: str) -> Plan:
    """Return the plan for correction, with the reason."""
    plan = lock(plan, "organiser")
    step = PLAN.check(plan, "send_back", by)
    return advance(plan, step, by, reason=reason)


def unplanned(plan: Plan) -> int:
    """Return how many inspections of the plan's year stand outside it (一事一报); covert ones are not counted."""
    count: int = Inspection.objects.beside(plan).count()
    return count


def warnings(plan: Plan) -> list[str]:
    """Return what who approves should know: more items than the year before (R8)."""
    count, beside = plan.items.count(), unplanned(plan)
    told = []
    if count + beside > plan.base_count:
        told.append(
            _(
                "本年度督查%(count)d项（其中计划外%(beside)d项），多于上年度的%(base)d项。督查总量应当只减不增，请说明理由或压减。"
            )
            % {"count": count + beside, "beside": beside, "base": plan.base_count}
        )
    return told
