"""The checking in the house: every noun of supervision in every relation to the callers, each text a canary.

The relations, told from the water bureau and its office: ``own`` what is under way at the bureau; ``draft`` and
``pending`` what it has not heard of; ``before`` and ``after`` a team's days have not come or are over, ``closed`` all
is; ``covert`` a visit that nobody knows of, ``disclosed`` one that was; ``verifying`` is in the hands of a member whose
days in the team are over, ``reviewed`` of a third unit; ``sealed`` and ``transferred`` are open to named persons,
``named`` is about one of them; ``published`` is for all; ``parent``, ``sibling`` and ``unrelated`` are the province's,
another bureau's and another city's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from organization.states import Rank, Role
from supervision.models import Accountability, Case, Clue, Inspection, Scheme
from supervision.operations import (
    accountability,
    bulletins,
    cases,
    clues,
    commendations,
    conclusions,
    findings,
    inspections,
    members,
    mentions,
    notices,
    plans,
    receipts,
    rectifications,
    reviews,
    schemes,
    statements,
    vouchers,
    worksheets,
)
from supervision.states.inspecting import MemberState
from tests.factories import organization as org
from tests.factories import supervision_answering as answering
from tests.factories import supervision_informing as informing
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.leaks.canaries import text_file, word


def settle(house: Any) -> dict[str, tuple[str, Any, dict[str, Any]]]:
    """Return role, unit and fields of those who come only for supervision, by name."""
    u = house.units
    u.foreign_finance = org.department(word(), u.elsewhere)
    u.foreign_discipline = org.department(word(), u.elsewhere)
    u.province_discipline = org.department(word(), u.province)
    return {
        "colleague": (Role.SUPERVISOR, u.office, {}), "chief": (Role.LEADER, u.city, {"rank": Rank.CHIEF}),
        "general": (Role.LEADER, u.city, {"rank": Rank.SECRETARY}), "member": (Role.INSPECTOR, u.office, {}),
        "recused": (Role.INSPECTOR, u.office, {}), "other_inspector": (Role.INSPECTOR, u.office, {}),
        "helper_head": (Role.UNIT_HEAD, u.finance, {}), "stranger_head": (Role.UNIT_HEAD, u.housing, {}),
        "foreign_colleague": (Role.SUPERVISOR, u.foreign_office, {}),
        "foreign_chief": (Role.LEADER, u.elsewhere, {"rank": Rank.CHIEF}),
        "foreign_helper": (Role.HANDLER, u.foreign_finance, {}),
        "foreign_inspector": (Role.INSPECTOR, u.foreign_office, {}),
        "foreign_contact": (Role.DISCIPLINE, u.foreign_discipline, {}),
        "province_chief": (Role.LEADER, u.province, {"rank": Rank.CHIEF}),
        "province_inspector": (Role.INSPECTOR, u.province_office, {}),
    }  # fmt: skip


def casts(house: Any) -> tuple[make.Cast, make.Cast, make.Cast]:
    """Return the people of the city, of the other city, and of the province, which looks at the city itself."""
    u, p = house.units, house.people
    names = ("supervisor", "colleague", "chief", "leader", "handler", "unit_head", "helper", "helper_head", "below",
             "stranger", "stranger_head", "inspector", "discipline", "auditor", "system_admin",
             "security_admin")  # fmt: skip
    city = make.Cast(
        u.city, u.office, u.water, u.finance, u.housing, u.river, **{name: getattr(p, name) for name in names}
    )
    foreign = replace(
        city, government=u.elsewhere, office=u.foreign_office, water=u.foreign_water, finance=u.foreign_finance,
        supervisor=p.foreign_officer, colleague=p.foreign_colleague, chief=p.foreign_chief, leader=p.foreign_leader,
        handler=p.foreign_handler, unit_head=p.foreign_head, helper=p.foreign_helper, inspector=p.foreign_inspector,
        discipline=p.foreign_contact,
    )  # fmt: skip
    province = replace(
        city, government=u.province, office=u.province_office, water=u.city, finance=u.elsewhere,
        supervisor=p.province_officer, chief=p.province_chief, leader=p.province_leader, handler=p.secretary,
        unit_head=p.secretary_head, helper=p.foreign_handler, inspector=p.province_inspector,
    )  # fmt: skip
    return city, foreign, province


def tell(house: Any) -> None:
    """Let everything happen."""
    city, foreign, province = casts(house)
    _plan(house, city, foreign)
    _inspect(house, city)
    _inspect_elsewhere(house, foreign, province)
    _correct(house, city, foreign)
    _inform(house, city, foreign, province)
    _answer(house, city, foreign)


# ------------------------------------------------------------------------------------------------ 督促检查


def _plan(house: Any, city: make.Cast, foreign: make.Cast) -> None:
    year = inspecting.today().year

    def plan(who: make.Cast, number: int) -> Any:
        item = {"topic": word(), "targets": word(), "month_from": 1, "month_to": 12}
        made = plans.draft(by=who.supervisor, year=year + number, base_count=5)
        plans.add_item(made, by=who.supervisor, **item)
        return make.fresh(made)

    house.keep("plan", "own", plan(city, 1))
    pending = house.keep("plan", "pending", plans.submit(plan(city, 2), by=city.supervisor))
    house.keep("plan", "closed", plans.approve(plans.submit(plan(city, 3), by=city.supervisor), by=city.leader))
    house.keep("plan", "unrelated", plan(foreign, 1))
    house.plan_item = pending.items.get()


def _words(who: make.Cast, **said: Any) -> dict[str, Any]:
    names = (
        "title", "topic", "basis_text", "basis_document", "unplanned_reason", "overlap_reason", "content", "scope",
        "discipline", "materials",
    )  # fmt: skip
    return inspecting.words(who, **{name: word() for name in names} | said)


def _manned(house: Any, who: make.Cast, **said: Any) -> Any:
    """Return a draft with head, expert from outside, and one who had to leave."""
    made = inspections.register(by=who.supervisor, **_words(who, **said))
    trained = {"trained_on": inspecting.today(), "pledged_on": inspecting.today(), "by": who.supervisor}
    members.add(make.fresh(made), user=who.inspector, role="head", body=word(), **trained)
    if who.inspector == house.people.inspector:
        members.add(make.fresh(made), user=house.people.member, body=word(), external="expert", **trained)
        left = members.add(make.fresh(made), user=house.people.recused, body=word(), **trained)
        members.recuse(left, by=who.supervisor, ground=word())
    else:
        members.add(make.fresh(made), user=house.people.other_inspector, body=word(), **trained)
    return make.fresh(made)


def _task(who: make.Cast, days_late: int = 0) -> Any:
    said = {name: word() for name in ("matter", "standard", "measures", "clause", "responsible", "leader")}
    task = make.active(who, of=make.directive(who, title=word(), document_no=word()), co_units=[], **said)
    return make.make_late(task, days_late) if days_late else task


def _approved(house: Any, who: make.Cast, tasks: Any = (), **said: Any) -> Any:
    made = _manned(house, who, **said)
    if tasks:
        made = inspections.link(made, by=who.supervisor, tasks=list(tasks))
    return inspections.approve(inspections.submit(made, by=who.supervisor), by=who.chief, comment=word())


def _running(house: Any, who: make.Cast, tasks: Any = (), **said: Any) -> Any:
    made = inspections.start(_approved(house, who, tasks, **said), by=who.supervisor)
    sheet = _sheet(made, who, *tasks[:1])
    worksheets.prove(make.fresh(made), by=who.inspector, file=text_file(), note=word(), worksheet=sheet)
    return make.fresh(made)


def _sheet(made: Any, who: make.Cast, task: Any = None) -> Any:
    said = {name: word() for name in ("place", "fact", "standard", "object_note")}
    return inspecting.sheet(made, who.inspector, task=task, **said)


def _reported(house: Any, who: make.Cast, of: Any = None) -> Any:
    made = of or _running(house, who)
    return inspections.report(make.fresh(made), by=who.inspector, report=word())


def _keep(house: Any, relation: str, inspection: Any) -> Any:
    """Remember an inspection with its parts."""
    house.keep("inspection", relation, inspection)
    house.keep("scheme", relation, inspection.schemes.order_by("version_no").first())
    for noun, rows in (("worksheet", inspection.worksheets), ("proof", inspection.proofs)):
        if first := rows.order_by("pk").first():
            house.keep(noun, relation, first)
    own = inspection.members.filter(user__in=(house.people.member, house.people.other_inspector)).first()
    if own is not None:
        house.keep("member", relation, own)
    return inspection


def _inspect(house: Any, who: make.Cast) -> None:
    today = inspecting.today()
    house.inspected_task = _task(who)
    own = _keep(house, "own", _running(house, who, [house.inspected_task]))
    house.keep("member", "recused", own.members.get(state=MemberState.RECUSED))
    _keep(house, "draft", _manned(house, who))
    _keep(house, "pending", inspections.submit(_manned(house, who), by=who.supervisor))
    later = {"starts_on": today + timedelta(days=10), "ends_on": today + timedelta(days=20)}
    before = _keep(house, "before", _approved(house, who, **later))
    said = {name: word() for name in ("reason", "content", "scope")}
    amended = schemes.amend(before, by=who.supervisor, objects=[who.water, who.finance], **later, **said)
    house.keep("scheme", "amended", amended)
    ended = inspections.finish(inspections.conclude(_reported(house, who), by=who.supervisor), by=who.supervisor)
    _keep(house, "closed", ended)
    house.covert_task = _task(who)
    _keep(house, "covert", _running(house, who, [house.covert_task], covert=True))
    disclosed = inspections.disclose(_running(house, who, covert=True), by=who.supervisor, note=word())
    _keep(house, "disclosed", disclosed)
    members.declare(disclosed.members.get(user=house.people.member), by=house.people.member, ground=word())


def _inspect_elsewhere(house: Any, foreign: make.Cast, province: make.Cast) -> None:
    u, p = house.units, house.people
    _keep(house, "unrelated", _running(house, foreign))
    _keep(house, "parent", _approved(house, province))
    today = inspecting.today()
    designation = {
        name: word() for name in ("designation_matter", "designation_scope", "designation_duty", "designation_document")
    }
    days = {"designated_from": today, "designated_until": today + timedelta(days=90)}
    said = _words(casts(house)[0], objects=[u.housing], **designation, **days)
    _keep(house, "sibling", inspections.register(by=p.neighbour, **said))


# ------------------------------------------------------------------------------------------------ 整改


def _found(who: make.Cast, inspection: Any) -> Any:
    """Return a draft of a finding."""
    link = inspection.links.first()
    return findings.find(
        make.fresh(inspection), by=who.inspector, department=who.water, fact=word(), basis=word(), severity="serious",
        cause="capacity", task=link.task if link else None, proofs=list(inspection.proofs.all()),
    )  # fmt: skip


def _told(who: make.Cast, inspection: Any) -> Any:
    return findings.issue(_found(who, inspection), by=who.supervisor)


def _accepted(who: make.Cast, inspection: Any) -> Any:
    return findings.accept(_told(who, inspection), by=who.unit_head, comment=word())


def _ordered(who: make.Cast, finding: Any, verifier: Any) -> Any:
    return rectifications.order(
        finding, by=who.supervisor, requirement=word(), verifier=verifier, limit_value=10, limit_unit="workdays"
    )


def _shown(who: make.Cast, item: Any) -> Any:
    """Return a file by which the bureau shows what it puts right."""
    return vouchers.add(item, by=who.handler, file=text_file(), evidence_on=timezone.localdate(), note=word())


def _correct(house: Any, who: make.Cast, foreign: make.Cast) -> None:
    own = house.things["inspection"]["own"]
    house.keep("finding", "draft", _found(who, own))
    house.keep("finding", "covert", _found(who, house.things["inspection"]["covert"]))
    house.keep("finding", "disclosed", _told(who, house.things["inspection"]["disclosed"]))
    ordered = house.keep("rectification", "own", _ordered(who, _accepted(who, own), who.colleague))
    house.keep("finding", "own", ordered.finding)
    house.keep("voucher", "own", _shown(who, ordered))
    _conclude(house, who)
    inspection = house.things["inspection"]["unrelated"]
    item = _ordered(foreign, _accepted(foreign, inspection), foreign.colleague)
    house.keep("rectification", "unrelated", item)
    house.keep("voucher", "unrelated", _shown(foreign, item))
    house.keep("finding", "unrelated", item.finding)
    concluded = _conclusion(foreign, _reported(house, foreign, inspection))
    made = _asked(foreign, house.keep("conclusion", "unrelated", concluded))
    house.keep("review", "unrelated", made)
    house.keep("conclusion", "unrelated", make.fresh(concluded))


def _conclusion(who: make.Cast, inspection: Any, *, pending: bool = False) -> Any:
    """Return what is concluded about the bureau: waiting for a leader, or received."""
    said = {name: word() for name in ("process", "appraisal", "requirement")}
    made = conclusions.draft(make.fresh(inspection), by=who.supervisor, department=who.water, **said)
    made = conclusions.submit(made, by=who.supervisor)
    if pending:
        return made
    made = conclusions.approve(made, by=who.chief, comment=word())
    return conclusions.receive(made, by=who.handler, received_on=timezone.localdate())


def _asked(who: make.Cast, conclusion: Any) -> Any:
    """Return a review on which a third unit's opinion waits for a leader."""
    made = reviews.ask(make.fresh(conclusion), by=who.unit_head, reason=word())
    made = reviews.assign(made, by=who.supervisor, handler=who.helper)
    return reviews.propose(made, by=who.helper, decision="changed", grounds=word(), changes=word())


def _conclude(house: Any, who: make.Cast) -> None:
    """Conclude an inspection whose team's days are over, with a review; and one whose conclusion waits."""
    after = _running(house, who)
    finding = _accepted(who, after)
    item = _ordered(who, _accepted(who, after), house.people.member)
    item = rectifications.plan(item, by=who.handler, measures=word(), responsible=word())
    house.keep("voucher", "verifying", _shown(who, item))
    item = make.fresh(item)
    item = house.keep("rectification", "verifying", rectifications.claim(item, by=who.unit_head, done=word()))
    house.keep("finding", "verifying", item.finding)
    concluded = _conclusion(who, _reported(house, who, after))
    house.keep("review", "reviewed", _asked(who, concluded))
    house.keep("conclusion", "reviewed", concluded)
    house.keep("finding", "reviewed", finding)
    today = inspecting.today()
    days = {"starts_on": today - timedelta(days=60), "ends_on": today - timedelta(days=31)}
    Inspection.objects.filter(pk=after.pk).update(**days)
    Scheme.objects.filter(inspection=after).update(**days)
    _keep(house, "after", make.fresh(after))
    waits = _running(house, who)
    _accepted(who, waits)
    house.keep("conclusion", "pending", _conclusion(who, _reported(house, who, waits), pending=True))


# ------------------------------------------------------------------------------------------------ 情况通报


def _notice(who: make.Cast, kind: str = "chase") -> Any:
    reason = "" if kind == "chase" else word()
    task = _task(who, days_late=30)
    return notices.draft(by=who.supervisor, task=task, kind=kind, ground="overdue", text=word(), skip_reason=reason)


def _bulletin(who: make.Cast) -> Any:
    said = {name: word() for name in ("title", "overview", "merits", "problems", "demands")}
    return informing.bulletin(who, **said)


def _issued(who: make.Cast) -> Any:
    return bulletins.approve(bulletins.submit(_bulletin(who), by=who.supervisor), by=who.leader, comment=word())


def _named(who: make.Cast, bulletin: Any, **said: Any) -> Any:
    return mentions.name(make.fresh(bulletin), by=who.supervisor, department=who.water, text=word(), **said)


def _inform(house: Any, who: make.Cast, foreign: make.Cast, province: make.Cast) -> None:
    sent = notices.issue(_notice(who), by=who.supervisor)
    house.keep("notice", "own", notices.receive(sent, by=who.handler))
    house.keep("notice", "draft", _notice(who))
    house.keep("notice", "pending", notices.submit(_notice(who, "order"), by=who.supervisor))
    house.keep("notice", "unrelated", notices.issue(_notice(foreign), by=foreign.supervisor))
    house.keep("notice", "parent", notices.issue(_notice(province), by=province.supervisor))
    for relation, side in (("own", who), ("unrelated", foreign), ("parent", province)):
        bulletin = house.keep("bulletin", relation, _issued(side))
        house.keep("receipt", relation, bulletin.receipts.get(department=side.water))
    copy = house.things["bulletin"]["own"].receipts.get(department=who.finance)
    house.keep("receipt", "helped", receipts.receive(copy, by=who.helper))
    house.keep("bulletin", "pending", bulletins.submit(_bulletin(who), by=who.supervisor))
    draft = _bulletin(who)
    house.keep("mention", "draft", _named(who, draft, negative=False))
    house.keep("bulletin", "draft", make.fresh(draft))
    house.keep("receipt", "draft", draft.receipts.get(department=who.water))
    for relation, side in (("own", who), ("unrelated", foreign)):
        asked = _named(
            side, _bulletin(side), negative=True, **({"task": house.things["task"]["sibling"]} if side is who else {})
        )
        bulletin = bulletins.consult(make.fresh(asked.bulletin), by=side.supervisor)
        house.keep("mention", relation, mentions.answer(make.fresh(asked), by=side.handler, answer=word()))
        if relation == "own":
            house.keep("bulletin", "consulting", make.fresh(bulletin))


# ------------------------------------------------------------------------------------------------ 监督问责


def _behind(house: Any, who: make.Cast) -> dict[str, Any]:
    """Return the task and the evidence on which the city's papers rest."""
    if who.government != house.units.city:
        return {}
    return {"tasks": [house.things["task"]["own"]], "evidence": [house.things["evidence"]["own"]]}


def _proposal(house: Any, who: make.Cast, **said: Any) -> Any:
    """Return a proposal that lacks nothing, about the bureau or about a cadre."""
    texts = {name: word() for name in ("title", "facts", "basis", "suggestion")}
    words = answering.words if "person" not in said else answering.about_a_cadre
    made = accountability.register(by=who.supervisor, **words(who, **texts | said | _behind(house, who)))
    asked = statements.ask(made, by=who.supervisor)
    speaker = said.get("person") or who.unit_head
    stated = statements.state(asked, by=speaker, text=word(), file=text_file())
    grounds = [row | {"why": word()} for row in answering.grounds()]
    made = accountability.assess(make.fresh(stated.accountability), by=who.supervisor, grounds=grounds, opinion=word())
    accountability.prove(made, by=who.supervisor, file=text_file(), note=word())
    return make.fresh(made)


def _clue(house: Any, who: make.Cast) -> Any:
    said = ("person_name", "person_post", "facts", "source", "informant", "informant_contact", "informant_wishes")
    made = clues.register(
        by=who.supervisor, **answering.clue_words(who, **{name: word() for name in said}, **_behind(house, who))
    )
    clues.prove(made, by=who.supervisor, file=text_file(), note=word())
    return make.fresh(made)


def _praise(house: Any, who: make.Cast) -> Any:
    said = {name: word() for name in ("title", "deed", "basis")}
    made = commendations.register(by=who.supervisor, **answering.praise_words(who, **said, **_behind(house, who)))
    commendations.prove(made, by=who.supervisor, file=text_file(), note=word())
    return make.fresh(made)


def _case(who: make.Cast) -> Any:
    hidden = word()
    return cases.register(
        by=who.supervisor, kind="negative", title=word(), story=f"{word()}{hidden}", units=[who.water],
        anonymised=True, names=[{"name": hidden, "shown": "某局"}], review_on=answering.in_a_year(),
    )  # fmt: skip


def _answer(house: Any, who: make.Cast, foreign: make.Cast) -> None:
    _accuse(house, who, foreign)
    _point(house, who, foreign)
    for relation, side in (("draft", who), ("unrelated", foreign)):
        praise = house.keep("commendation", relation, _praise(house, side))
        house.keep("exhibit", "praised" if relation == "draft" else "elsewhere", praise.exhibits.get())
    approved = commendations.submit(_praise(house, who), by=who.supervisor)
    approved = house.keep("commendation", "own", commendations.approve(approved, by=who.chief, comment=word()))
    out = commendations.approve(commendations.submit(_praise(house, who), by=who.supervisor), by=who.chief)
    house.keep("commendation", "published", commendations.publish(out, by=who.supervisor))
    for relation, side in (("draft", who), ("unrelated", foreign)):
        house.keep("case", relation, _case(side))
    house.keep("case", "pending", cases.submit(_case(who), by=who.supervisor))
    told, due = (cases.approve(cases.submit(_case(who), by=who.supervisor), by=who.chief) for _ in "12")
    house.keep("case", "published", told)
    Case.objects.filter(pk=due.pk).update(review_on=timezone.localdate())
    house.keep("case", "closed", due)


def _accuse(house: Any, who: make.Cast, foreign: make.Cast) -> None:
    made: dict[str, Accountability] = {"own": _proposal(house, who), "unrelated": _proposal(house, foreign)}
    made["pending"] = accountability.submit(_proposal(house, who), by=who.supervisor)
    about = _proposal(house, who, person=who.colleague, person_post=word())
    made["named"] = accountability.submit(about, by=who.supervisor)
    gone = accountability.approve(
        accountability.submit(_proposal(house, who), by=who.supervisor), by=who.chief, comment=word()
    )
    made["transferred"] = accountability.transfer(gone, by=who.supervisor, contacts=[who.discipline])
    for relation, thing in made.items():
        house.keep("accountability", relation, thing)
        house.keep("statement", relation, thing.statement)
        house.keep("exhibit", relation, thing.exhibits.get())


def _point(house: Any, who: make.Cast, foreign: make.Cast) -> None:
    """Draft clues; one of them turns out to be about the very head before whom it stands."""
    house.keep("clue", "draft", _clue(house, who))
    house.keep("clue", "unrelated", _clue(house, foreign))
    sealed, named, gone = (clues.submit(_clue(house, who), by=who.supervisor, approver=who.chief) for _ in "123")
    house.keep("clue", "sealed", sealed)
    house.keep("exhibit", "sealed", sealed.exhibits.get())
    Clue.objects.filter(pk=named.pk).update(person=who.chief)
    house.keep("clue", "named", make.fresh(named))
    gone = clues.approve(gone, by=who.chief, comment=word())
    gone = house.keep("clue", "transferred", clues.transfer(gone, by=who.supervisor, contacts=[who.discipline]))
    house.keep("exhibit", "handed", gone.exhibits.get())
