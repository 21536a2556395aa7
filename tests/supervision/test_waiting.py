"""我的待办 beyond tasks: who is asked, who is not, and what the desk asks of the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from organization import workdays
from organization.states import Rank, Role
from supervision.models import Case, Clue, Finding, Inspection, Notice, Rectification, Review
from supervision.operations import findings, notices
from tests.factories import organization
from tests.factories import supervision_answering as answering
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_informing as informing
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.tasks.acts import lend
from tests.tasks.api.caller import Caller

DESKS = {"supervisor": 5, "leader": 5, "chief": 5, "unit_head": 5, "handler": 5, "inspector": 3, "discipline": 3}
"""Statements of each desk, session and posts among them: what waits beside tasks is one, however much it is."""


def shelves(client, person):
    """Return what the desk says waits, by label."""
    client.force_login(person)
    return {str(shelf["label"]): shelf["count"] for shelf in client.get("/").context["elsewhere"]}


def cost(client, person):
    """Return how many statements the person's desk takes, once the session has noted that it was seen."""
    client.force_login(person)
    client.get("/")
    workdays.calendar()
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/").status_code == 200
    return len(asked)


def test_a_desk_asks_the_same_of_the_database_whether_nothing_waits_or_much(who, client):
    people = {name: who.everyone()[name] for name in DESKS}
    empty = {name: cost(client, person) for name, person in people.items()}
    of = correcting.inspected(who)
    for stage in (correcting.issued, correcting.disputed, correcting.accepted, correcting.claimed):
        stage(who, of)
    correcting.proposed(who)
    for kind in ("order", "talk"):
        informing.pending_notice(who, kind)
    informing.asked(who)
    for stage in (answering.asked, answering.pending, answering.transferred, answering.pending_clue, answering.case):
        stage(who)

    full = {name: cost(client, person) for name, person in people.items()}

    assert full == empty
    assert {name: n for name, n in full.items() if n > DESKS[name]} == {}
    assert [name for name, person in people.items() if not shelves(client, person)] == []


def test_an_inspector_finds_his_inspections_and_what_he_verifies(who, client):
    of = correcting.inspected(who)
    item = correcting.claimed(who, of, verifier=who.inspector)
    correcting.claimed(who, of)

    assert shelves(client, who.inspector) == {"督查": 1, "整改": 1}
    assert list(client.get("/rectifications/?awaiting=1").context["items"]) == [item]
    assert "没有等您办理的事项" not in client.get("/").content.decode()


def test_a_contact_finds_what_was_handed_over_until_he_answers(who, client):
    answering.transferred(who)
    answering.transferred_clue(who)
    answering.answered_clue(who)

    assert shelves(client, who.discipline) == {"问责建议": 1, "线索移送": 1}


def test_of_a_covert_visit_only_those_are_asked_who_know_of_it(who, client):
    crew = inspecting.team(who)
    inspecting.pending(who, crew, covert=True)
    correcting.draft(who, correcting.inspected(who, covert=True, crew=crew, tasks=[]))

    assert shelves(client, who.chief) == {"督查": 1}
    assert shelves(client, who.supervisor) == {"问题": 1}
    for person in (who.colleague, who.leader, who.unit_head, who.handler):
        assert shelves(client, person) == {}
        assert not Inspection.objects.awaiting(person).exists()
        assert not Finding.objects.awaiting(person).exists()


def test_a_secret_recheck_is_not_told_by_what_it_leaves_to_do(who):
    finding = correcting.settled(who)
    recheck = correcting.recheck(who, finding)
    correcting.reported(recheck)
    assert list(Finding.objects.awaiting(who.colleague)) == [finding]

    Inspection.objects.filter(pk=recheck.pk).update(covert=True, number=None, code=None)

    assert list(Finding.objects.awaiting(who.colleague)) == []
    assert list(Finding.objects.awaiting(who.supervisor)) == [finding]


def test_a_clue_waits_for_the_very_persons_named_on_it_and_is_not_lent(who):
    clue = answering.pending_clue(who)

    assert [n for n, p in who.everyone().items() if Clue.objects.awaiting(p).exists()] == ["chief"]
    assert not Clue.objects.awaiting(lend(who.chief, who.leader)).exists()
    assert list(Clue.objects.awaiting(who.chief)) == [clue]


def test_nobody_is_asked_to_judge_what_he_took_part_in(who):
    """C7: the officer who issued it and the chief who approved the visit stand aside; the other officer is asked."""
    disputed = correcting.disputed(who)

    asked = {n for n, p in who.everyone().items() if disputed in Finding.objects.awaiting(p)}
    assert asked == {"colleague", "leader"}
    assert disputed not in Finding.objects.awaiting(lend(who.supervisor, who.colleague))
    assert list(Finding.objects.awaiting(correcting.judge(who))) == [disputed]
    findings.uphold(disputed, by=who.colleague, reason="核查属实")
    assert {n for n, p in who.everyone().items() if disputed in Finding.objects.awaiting(p)} == {
        "supervisor", "colleague", "inspector",
    }  # fmt: skip


def test_a_review_waits_for_a_leader_who_did_not_approve_the_conclusion(who):
    review = correcting.proposed(who)

    assert list(Review.objects.awaiting(who.leader)) == [review]
    assert list(Review.objects.awaiting(who.chief)) == []


def test_each_paper_of_the_ladder_waits_for_the_rank_that_signs_it(who):
    secretary = organization.person(Role.LEADER, who.government, "秘书长", rank=Rank.SECRETARY)
    order, talk = (informing.pending_notice(who, kind) for kind in ("order", "talk"))

    assert list(Notice.objects.awaiting(secretary)) == [order]
    assert set(Notice.objects.awaiting(who.leader)) == {order, talk}
    assert list(Notice.objects.awaiting(organization.person(Role.LEADER, who.government, "调研员", rank=4))) == []


def test_a_talk_waits_for_its_record_until_it_is_written(who):
    talk = informing.issued_notice(who, "talk")
    assert list(Notice.objects.awaiting(who.supervisor)) == [talk]

    said = {"attended": "副市长", "minutes": "听取说明。", "commitments": "月底完成。"}
    notices.note(talk, by=who.supervisor, held_on=inspecting.today(), **said)

    assert list(Notice.objects.awaiting(who.supervisor)) == []


def test_to_warn_by_name_waits_for_the_head(who):
    named, masked = answering.pending_case(who, anonymised=False), answering.pending_case(who)

    assert set(Case.objects.awaiting(who.chief)) == {named, masked}
    assert list(Case.objects.awaiting(who.leader)) == [masked]


def test_who_acts_for_the_verifier_is_asked_in_his_place(who):
    item = correcting.claimed(who)
    assert list(Rectification.objects.awaiting(who.colleague)) == [item]

    assert list(Rectification.objects.awaiting(lend(who.colleague, who.inspector))) == [item]


def test_who_holds_no_post_is_asked_for_nothing(who):
    correcting.claimed(who)

    assert list(Rectification.objects.awaiting(organization.user("无职务者"))) == []


def test_both_doors_tell_what_waits_from_what_does_not(who, client):
    waits, other = make.fresh(correcting.issued(who)), correcting.accepted(who)
    client.force_login(who.unit_head)

    for value, expected in (("1", [waits]), ("0", [other])):
        assert client.get(f"/findings/?awaiting={value}").context["findings"] == expected
        rows = Caller(who.unit_head).get("findings", awaiting=value).json()["results"]
        assert [row["id"] for row in rows] == [row.pk for row in expected]
