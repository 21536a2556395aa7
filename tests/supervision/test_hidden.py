"""Supervision, as those to whom it is nothing: hidden things answer like absent ones (reliability.md 5.2, R11, R44)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.urls import reverse

from config.api import router
from organization.models import User
from organization.states import Rank, Role
from supervision.operations import vouchers
from supervision.querysets.answering import ClueQuerySet
from supervision.querysets.correcting import FindingQuerySet
from supervision.querysets.inspecting import InspectionPartQuerySet, InspectionQuerySet
from tests.factories import organization as org
from tests.factories import supervision_answering as answering
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_informing as informing
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.ground import Ground
from tests.leaks import canaries, policy
from tests.leaks.canaries import word
from tests.leaks.door import OF_SESSIONS, Answer, Door
from tests.leaks.memory import remembered
from tests.leaks.routes import Route, routes

pytestmark = pytest.mark.django_db

NOWHERE = 987_654_321
NOBODY = "anonymous"
OUTSIDE = ("stranger", "stranger_head", "foreign_officer", "foreign_chief")


@pytest.fixture(scope="module")
def papers(ground: Ground, django_db_blocker: Any) -> Iterator[tuple[dict[str, Any], dict[str, Door]]]:
    """Return one of each noun by name, and a door for everybody who asks."""
    ground.be(())
    with django_db_blocker.unblock(), transaction.atomic():
        who = make.cast()
        people = who.everyone() | _outsiders(who)
        things = _things(who, people)
        canaries.fill(apps.get_app_config("supervision").get_models(), only_said=True)
        now = {name: User.objects.get(pk=person.pk) for name, person in people.items()}
        with remembered():
            yield things, {name: Door(person) for name, person in now.items()} | {NOBODY: Door()}
        transaction.set_rollback(True)


COVERT_OUTSIDE = (
    "colleague", "secretary", "unit_head", "handler", "helper", "below", "other_inspector", "recused", "discipline",
    "auditor", "system_admin", "security_admin",
)  # fmt: skip
"""Who is near, and learns nothing of the covert visit nor of the sealed clue."""


def _outsiders(who: make.Cast) -> dict[str, User]:
    other = org.government("赤水市人民政府")
    return {
        "foreign_officer": org.person(Role.SUPERVISOR, org.office("赤水市政府督查室", other)),
        "foreign_chief": org.person(Role.LEADER, other, rank=Rank.CHIEF),
        "secretary": org.person(Role.LEADER, who.government, rank=Rank.SECRETARY),
        "other_inspector": org.person(Role.INSPECTOR, who.office),
        "recused": org.person(Role.INSPECTOR, who.office),
    }


def _things(who: make.Cast, people: dict[str, User]) -> dict[str, Any]:
    """Return one of each noun, none of them told to all; the covert visit and the clue with what belongs to them."""
    crew = inspecting.team(who)
    people["member"] = crew.member
    review = correcting.proposed(who, correcting.received(who, correcting.inspected(who, crew=crew)))
    inspection = review.conclusion.inspection
    mention, bulletin = informing.answered(who), informing.issued_bulletin(who)
    proposal = answering.complete(who)
    return {
        "plan": inspecting.plan(who, approved=False),
        **_parts(inspection),
        "finding": inspection.findings.get(),
        "rectification": (item := correcting.planned(who, finding=inspection.findings.get())),
        "voucher": _shown(who, item),
        "conclusion": review.conclusion,
        "review": review,
        "notice": informing.received_notice(who),
        "bulletin": bulletin,
        "mention": mention,
        "receipt": bulletin.receipts.get(department=who.water),
        "accountability": proposal,
        "statement": proposal.statement,
        "clue": answering.transferred_clue(who),
        "commendation": answering.approved_praise(who),
        "case": answering.case(who),
        "exhibit": proposal.exhibits.first(),
        "covert": _parts(_covert(who, crew, people["recused"])),
        "sealed": _sealed(who),
    }


def _shown(who: make.Cast, item: Any) -> Any:
    """Return a file that the unit added to an item."""
    return vouchers.add(item, by=who.handler, file=canaries.text_file(), evidence_on=inspecting.today())


def _parts(inspection: Any) -> dict[str, Any]:
    return {
        "inspection": inspection,
        "scheme": inspection.schemes.get(),
        "member": inspection.members.first(),
        "worksheet": inspection.worksheets.first(),
        "proof": inspection.proofs.first(),
    }


def _covert(who: make.Cast, crew: inspecting.Team, recused: User) -> Any:
    """Return a covert visit to the water bureau of which one member has withdrawn."""
    said = {name: word() for name in (*SAID, "content", "scope", "discipline", "materials")}
    made = inspecting.draft(who, covert=True, **said)
    inspecting.join(who, made, crew.head, "head")
    left = inspecting.join(who, made, recused)
    inspecting.join(who, made, crew.member)
    inspecting.members.recuse(left, by=who.supervisor, ground=word())
    inspecting.inspections.link(inspecting.fresh(made), by=who.supervisor, tasks=[make.active(who)])
    made = inspecting.inspections.submit(inspecting.fresh(made), by=who.supervisor)
    made = inspecting.inspections.start(inspecting.inspections.approve(made, by=who.chief), by=who.supervisor)
    sheet = inspecting.sheet(made, crew.head, place=word(), fact=word(), standard=word())
    inspecting.worksheets.prove(inspecting.fresh(made), by=crew.head, file=canaries.text_file(), worksheet=sheet)
    return inspecting.fresh(made)


def _sealed(who: make.Cast) -> dict[str, Any]:
    said = ("person_name", "person_post", "facts", "source", "informant", "informant_contact")
    clue = answering.pending_clue(who, **{name: word() for name in said})
    return {"clue": clue, "exhibit": clue.exhibits.get()}


SAID = ("title", "topic", "basis_text", "basis_document", "unplanned_reason", "overlap_reason")


def keyed(*nouns: str) -> list[Route]:
    """Return the addresses of these nouns that take a key."""
    wanted = nouns or tuple(policy.PROVEN_ELSEWHERE)
    return [route for route in routes() if policy.elsewhere(route.name) in wanted and "pk" in route.pattern]


def ask(door: Door, route: Route, method: str, thing: Any) -> Answer:
    """Ask for a thing, or for one that is not there."""
    key = {"pk": thing.pk if thing else NOWHERE} | ({"key": 1} if "key>" in route.pattern else {})
    path = reverse(route.name, kwargs=key)
    if path.startswith("/api/"):
        version = {"if_match": f'"{getattr(thing, "version", 1)}"'} if method == "POST" else {}
        answer = door.try_(method, path, **version)
    else:
        answer = door.try_(method, path, htmx=not door.is_nobody)
    answer.content = answer.content.replace(path.encode(), b"...")
    return answer


def told(door: Door, route: Route, thing: Any) -> list[str]:
    """Return what an address tells of a hidden thing that the first one does not tell of an absent one."""
    wrong = []
    for method in sorted(route.methods):
        hidden = ask(door, route, method, thing)
        key = (id(door), method, route.name.startswith("api:"))
        if key not in ABSENT:
            ABSENT[key] = ask(door, route, method, None).text
        if (hidden.status, hidden.text) != (404, ABSENT[key]) or hidden.written - OF_SESSIONS:
            wrong.append(f"{method} {route.name}: {hidden.status} {sorted(hidden.written)}")
    return wrong


ABSENT: dict[Any, str] = {}
"""What a caller is told at a door of what is not there."""


@pytest.mark.parametrize("noun", [noun for noun in policy.PROVEN_ELSEWHERE if noun != "verify"])
def test_a_paper_is_not_there_for_those_to_whom_it_is_nothing(papers, noun):
    things, doors = papers
    wrong = [f"{OUTSIDE[0]}: {said}" for route in keyed(noun) for said in told(doors[OUTSIDE[0]], route, things[noun])]
    for name in OUTSIDE[1:]:  # the verbs find their thing by the code that the first of them shows
        details = [route for route in keyed(noun) if route.name.endswith(("-detail", "-file", "-evidence"))]
        wrong += [f"{name}: {said}" for route in details for said in told(doors[name], route, things[noun])]

    assert keyed(noun)
    assert not wrong, "\n".join(wrong)


def test_nobody_gets_in_without_an_account(papers):
    things, doors = papers
    wrong = []
    for route in keyed():
        for method in sorted(route.methods):
            answer = ask(doors[NOBODY], route, method, things[policy.elsewhere(route.name)])
            if answer.status != (401 if route.name.startswith("api:") else 302) or answer.written:
                wrong.append(f"{method} {route.name}: {answer.status} {sorted(answer.written)}")

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("group", policy.PAPERS)
def test_everybody_sees_exactly_the_papers_of_the_policy(papers, group):
    things, doors = papers
    wrong = []
    for noun, seers in policy.PAPERS[group].items():
        thing = things[noun] if group == "one" else things[group][noun]
        shown = [route for route in keyed(noun) if route.name.endswith(("-detail", "-file"))]
        for name in doors.keys() - {NOBODY}:
            if name not in seers:
                wrong += [f"{name}: {said}" for route in shown for said in told(doors[name], route, thing)]
                continue
            answers = {route.name: ask(doors[name], route, "GET", thing) for route in shown}
            wrong += [f"{name}: {key}: {one.status} {one.error!r}" for key, one in answers.items() if one.status != 200]

    assert not wrong, "\n".join(wrong)


# ------------------------------------------------------------------------------------------------ lists and searches


@pytest.fixture(scope="module")
def secrets(papers: Any) -> dict[str, set[str]]:
    """Return the words of all papers, and those that only the covert visit and the sealed clue hold."""
    things = papers[0]
    found: dict[str, set[str]] = {"one": set(), "covert": set(), "sealed": set()}
    roots = (
        ("covert", "inspection_id", things["covert"]["inspection"]),
        ("sealed", "clue_id", things["sealed"]["clue"]),
    )
    for one, places in canaries.homes().items():
        found["one"].add(one)
        for group, key, root in roots:
            rows = [place.model._base_manager.get(pk=place.pk) for place in places]
            if all(getattr(row, key, None) == root.pk or row == root or of_chain(row, root) for row in rows):
                found[group].add(one)
    return found


def of_chain(row: Any, root: Any) -> bool:
    """Tell whether the row is an event of the paper."""
    return getattr(row, "stream", None) == root.stream and row != root and hasattr(row, "prev")


WIDE = ("desk", "overdue-board", "task-list", "directive-list", *[f"{noun}-list" for noun in policy.PROVEN_ELSEWHERE])


def hidden_from(name: str, secrets: dict[str, set[str]]) -> set[str]:
    """Return the words that somebody must not meet."""
    if name in OUTSIDE:
        return secrets["one"]
    hidden: set[str] = set()
    for group, noun in (("covert", "inspection"), ("sealed", "clue")):
        hidden |= set() if name in policy.PAPERS[group][noun] else secrets[group]
    return hidden


def everywhere(papers: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every list at both doors, and all that is told of the task which the covert visit inspects."""
    names = {route.name for route in routes()}
    yield from ((reverse(name), {"page_size": 100}) for name in WIDE if name in names)
    yield from ((reverse(f"api:{prefix}-list"), {"page_size": 200}) for prefix, _viewset, _name in router.registry)
    task = papers[0]["covert"]["inspection"].links.get().task
    for tab in ("", "history", "reports", "evidence"):
        yield reverse("task-detail", args=[task.pk]), {"tab": tab}
    yield reverse("task-ladder", args=[task.pk]), {}


@pytest.mark.parametrize("name", [*OUTSIDE, *sorted(COVERT_OUTSIDE)])
def test_no_list_tells_a_word_of_what_is_hidden(papers, secrets, name):
    leaks = crawl(papers, name, hidden_from(name, secrets))

    assert not leaks, "\n".join(leaks)


def crawl(papers: Any, name: str, hidden: set[str]) -> list[str]:
    """Ask for every list as somebody; return where a hidden word was met."""
    leaks = []
    for path, query in everywhere(papers):
        answer = papers[1][name].ask("GET", path, query)
        leaked = answer.words & hidden
        leaks += [f"{path} {query}: {leaked}"] if leaked else []
        leaks += [f"{path}: {answer.status} {answer.error!r}"] if answer.status >= 500 else []
    return leaks


SCOPES = {
    "inspections": InspectionQuerySet, "members": InspectionPartQuerySet, "clues": ClueQuerySet,
    "findings": FindingQuerySet,
}  # fmt: skip


@pytest.mark.parametrize("prefix", SCOPES)
def test_a_scope_that_lets_everything_through_is_found(papers, secrets, monkeypatch, prefix):
    monkeypatch.setattr(SCOPES[prefix], "visible_to", lambda rows, user: rows)

    assert any(f"/{prefix}/" in leak for leak in crawl(papers, "stranger", hidden_from("stranger", secrets)))


@pytest.mark.parametrize(
    "name", ["stranger", "colleague", "secretary", "unit_head", "recused", "discipline", "auditor"]
)
def test_no_search_finds_what_is_hidden(papers, secrets, name):
    door, found = papers[1][name], []
    inspection, clue = papers[0]["covert"]["inspection"], papers[0]["sealed"]["clue"]
    asked = {"inspections": inspection.title, "clues": clue.facts, "findings": inspection.title}
    for prefix, one in asked.items():
        if door.ask("GET", reverse(f"api:{prefix}-list"), {"q": one}).content != EMPTY:
            found.append(prefix)

    assert found == []


EMPTY = b'{"next":null,"previous":null,"results":[]}'


@pytest.mark.parametrize("noun", [noun for noun in policy.PROVEN_ELSEWHERE if noun != "verify"])
def test_a_filter_by_a_hidden_paper_tells_no_more_than_one_by_nothing(papers, noun):
    things, doors = papers
    hidden, wrong = [things[noun], *[of[noun] for of in (things["covert"], things["sealed"]) if noun in of]], []
    for prefix, viewset, _name in router.registry:
        if noun not in (viewset.filter_class.base_filters if viewset.filter_class else {}):
            continue
        for name in ("stranger", "foreign_officer"):
            for thing in hidden:
                answers = [
                    doors[name].ask("GET", reverse(f"api:{prefix}-list"), {noun: key}) for key in (thing.pk, NOWHERE)
                ]
                wrong += [] if answers[0].text == answers[1].text else [f"{name}: {prefix}?{noun}={thing.pk}"]

    assert wrong == []
