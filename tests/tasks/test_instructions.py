"""A leader's instruction on one form: source, task and request for approval at once, or nothing at all (C8)."""

import pytest
from django.test import Client
from django.utils import timezone

from organization.states import Rank, Role
from tasks.awaiting import awaiting
from tasks.models import Directive, DirectiveAttachment, Task
from tasks.operations import directives, instructions, tasks
from tests.factories import organization
from tests.factories import tasks as make
from tests.factories.deeds import text_file
from tests.tasks.acts import at
from tests.tasks.api.caller import Caller, fresh_key
from workflow.models import Event
from workflow.refusal import Forbidden, Refusal, RuleBroken

pytestmark = pytest.mark.django_db
WORDS = "请市水务局牵头，市财政局配合，12月底前完成12处易涝点整治。"
PAGE = "/instructions/new/"


def said(who, **fields):
    return {
        "instruction": WORDS, "instructed_by": who.leader.post, "lead": who.water, "standard": "12处完工验收",
    } | fields  # fmt: skip


def typed(who, **fields):
    """Return what a browser sends."""
    return {
        "instruction": WORDS, "instructed_by": who.leader.post.pk, "lead": who.water.pk, "standard": "12处完工验收",
        "urgency": "ordinary", "matter": "", "responsible": "", "due_on": "",
    } | fields  # fmt: skip


def refused(code, kind, who, **fields):
    by = fields.pop("by", who.supervisor)
    with pytest.raises(kind) as told:
        instructions.instruct(by=by, **said(who, **fields))
    assert told.value.code == code
    assert not Directive.objects.exists()
    assert not Task.objects.exists()
    assert not Event.objects.filter(stream__startswith="directive:").exists()
    return told.value


# ------------------------------------------------------------------------------------------------ what it makes


def test_one_form_makes_source_task_and_request_for_approval(who):
    made = instructions.instruct(
        by=who.supervisor, **said(who, co_units=[who.finance], matter="整治易涝点", file=make.upload("批示.txt"))
    )

    task = made.tasks.get()
    assert (made.state, made.source, made.title, made.instruction) == ("pending", "instruction", "整治易涝点", WORDS)
    assert (made.instructed_by, made.organiser, made.approved_by) == (who.leader.post, who.office, None)
    assert (task.state, task.lead, task.responsible, task.clause) == ("draft", who.water, "水务局长", WORDS)
    assert (task.limit_value, task.limit_unit, task.standard) == (15, "days", "12处完工验收")
    assert [share.department for share in task.assignments.order_by("position")] == [who.water, who.finance]
    assert DirectiveAttachment.objects.get().directive == made
    kinds = Event.objects.filter(stream__in=[made.stream, task.stream]).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["directive.create", "directive.attach", "task.draft", "directive.submit"]


@pytest.mark.parametrize(
    ("fields", "limit"),
    [
        ({}, (15, "days")),
        ({"urgency": "urgent"}, (5, "workdays")),
        ({"urgency": "critical"}, (3, "workdays")),
        ({"hard": True}, (30, "days")),
        ({"hard": True, "urgency": "urgent"}, (30, "days")),
    ],
)
def test_without_a_day_the_limit_is_that_of_its_urgency(who, fields, limit):
    task = instructions.instruct(by=who.supervisor, **said(who, **fields)).tasks.get()

    assert (task.limit_value, task.limit_unit, task.due_on) == (*limit, None)


def test_the_limit_runs_from_the_assignment(who):
    with at("2026-11-23T09:30"):
        made = instructions.instruct(by=who.supervisor, **said(who))
        directives.approve(made, by=who.leader)
        assert tasks.assign(made.tasks.get(), by=who.supervisor).due_on.isoformat() == "2026-12-08"


def test_a_named_day_goes_before_every_default(who):
    day = make.in_workdays(8)
    task = instructions.instruct(by=who.supervisor, **said(who, due_on=day)).tasks.get()

    assert (task.due_on, task.limit_value) == (day, None)


def test_nobody_is_made_to_approve_and_once_a_leader_did_the_office_assigns_at_once(who):
    made = instructions.instruct(by=who.supervisor, **said(who))
    assert not Event.objects.filter(kind="directive.approve").exists()
    assert not awaiting(who.supervisor, "assign").exists()

    directives.approve(made, by=who.leader)

    [task] = awaiting(who.supervisor, "assign")
    assert tasks.missing(task) == []
    assert tasks.assign(task, by=who.supervisor).state == "assigned"


def test_a_long_text_names_itself_by_its_beginning(who):
    made = instructions.instruct(by=who.supervisor, **said(who, instruction="请抓紧整治。" * 30))

    assert len(made.title) == 60
    assert made.title.endswith("…")


# ------------------------------------------------------------------------------------------------ what it refuses


@pytest.mark.parametrize("name", ["leader", "unit_head", "handler", "inspector", "auditor"])
def test_only_an_officer_registers_an_instruction(who, name):
    refused("directive.register.forbidden", Forbidden, who, by=getattr(who, name))


def test_an_instruction_of_another_government_is_not_ours(who):
    foreign = organization.person(Role.LEADER, organization.government("别市人民政府"), "别市长", rank=Rank.CHIEF)

    refused("instruct.foreign_leader", RuleBroken, who, instructed_by=foreign.post)


def test_who_is_no_leader_instructs_nobody(who):
    refused("instruct.foreign_leader", RuleBroken, who, instructed_by=who.supervisor.post)


def test_without_a_head_the_responsible_person_has_to_be_named(who):
    told = refused("instruct.responsible_missing", RuleBroken, who, lead=who.river)
    assert told.details == {"responsible": ["请填写责任人。"]}

    task = instructions.instruct(by=who.supervisor, **said(who, lead=who.river, responsible="处长")).tasks.get()
    assert task.responsible == "处长"


def test_a_day_and_a_hard_matter_contradict_each_other(who):
    refused("instruct.two_limits", RuleBroken, who, due_on=make.in_workdays(5), hard=True)


def test_a_day_gone_by_is_refused(who):
    refused("task.due_past", RuleBroken, who, due_on=timezone.localdate())


def test_a_marked_text_is_refused_and_nothing_of_it_is_kept(who):
    refused("secrecy.marked", RuleBroken, who, instruction="机密★十年 请水务局办理")


def test_what_is_refused_in_the_middle_leaves_nothing(who):
    """The lead named twice is refused only by the drafting, after the source was registered."""
    refused("assignment.unit_twice", Refusal, who, co_units=[who.water])


# ------------------------------------------------------------------------------------------------ what the text says


def test_the_text_proposes_who_and_when(who):
    with at("2026-11-23T09:30"):
        found = instructions.propose(WORDS, by=who.supervisor)

    assert (found.lead, found.co_units, found.responsible) == (who.water, (who.finance,), "水务局长")
    assert (found.due_on.isoformat(), found.urgency, found.others) == ("2026-12-31", "ordinary", 0)
    assert found.matter == "完成12处易涝点整治"
    assert "12处" in found.standard


def test_a_day_that_has_gone_by_is_not_proposed_and_urgency_is(who):
    with at("2026-11-23T09:30"):
        found = instructions.propose("特急。请市水务局牵头，11月20日前办结泵站检修。", by=who.supervisor)

    assert (found.lead, found.due_on, found.urgency) == (who.water, None, "critical")


def test_a_name_that_nobody_bears_is_left_to_the_officer(who):
    found = instructions.propose("请市园林绿化局牵头，抓紧完成补植。", by=who.supervisor)

    assert (found.lead, found.unresolved) == (None, ("市园林绿化局",))


def test_nothing_is_read_for_others_nor_out_of_a_marked_text(who):
    with pytest.raises(Forbidden):
        instructions.propose(WORDS, by=who.leader)
    with pytest.raises(RuleBroken, match="密"):
        instructions.propose("机密★十年 请水务局办理", by=who.supervisor)


# ------------------------------------------------------------------------------------------------ the page


@pytest.fixture
def officer(who):
    client = Client()
    client.force_login(who.supervisor)
    return client


def test_the_page_registers_and_leads_to_the_source(who, officer):
    answer = officer.post(PAGE, typed(who) | {"file": text_file("批示.txt")})

    made = Directive.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert (made.state, made.attachments.count()) == ("pending", 1)


def test_the_first_button_fills_what_is_empty_and_keeps_what_was_typed(who, officer):
    with at("2026-11-23T09:30"):
        page = officer.post(PAGE, typed(who, lead="", standard="逐处验收", propose="1"))

    form = page.context["form"]
    assert page.status_code == 200
    assert not Directive.objects.exists()
    assert (form["lead"].value(), form["co_units"].value()) == (who.water.pk, [who.finance.pk])
    assert (form["standard"].value(), form["responsible"].value()) == ("逐处验收", "水务局长")
    assert str(form["due_on"].value()) == "2026-12-31"
    assert form["instruction"].value() == WORDS
    assert "已按批示原文填入" in page.content.decode()


@pytest.mark.parametrize("text", ["", "已阅。", "字" * 5001])
def test_the_first_button_says_where_it_finds_nothing(who, officer, text):
    page = officer.post(PAGE, {"instruction": text, "propose": "1"})

    assert page.status_code == 200
    assert page.context["form"]["instruction"].value() == text


def test_a_marked_text_is_refused_by_the_first_button_too(who, officer):
    page = officer.post(PAGE, typed(who, instruction="机密★十年 请水务局办理", propose="1"))

    assert (page.status_code, page.context["refusal"]["code"]) == (422, "secrecy.marked")


def test_nothing_typed_is_lost_on_a_refusal(who, officer):
    day = make.in_workdays(9).isoformat()
    page = officer.post(PAGE, typed(who, hard="on", due_on=day, responsible="某局长"))

    form = page.context["form"]
    assert (page.status_code, page.context["refusal"]["code"]) == (422, "instruct.two_limits")
    assert (form["instruction"].value(), form["responsible"].value(), form["due_on"].value()) == (WORDS, "某局长", day)
    assert not Directive.objects.exists()


def test_the_page_is_for_officers_and_offered_to_them(who, officer):
    assert PAGE in officer.get("/").content.decode()
    assert PAGE in officer.get("/directives/").content.decode()
    for person in (who.leader, who.handler):
        client = Client()
        client.force_login(person)
        assert client.get(PAGE).status_code == 403
        assert client.post(PAGE, {"propose": "1", "instruction": WORDS}).status_code == 403
        assert PAGE not in client.get("/").content.decode()


# ------------------------------------------------------------------------------------------------ REST


def body(who, **fields):
    return {
        "instruction": WORDS, "instructed_by": who.leader.post.pk, "lead": who.water.pk, "co_units": [who.finance.pk],
        "standard": "12处完工验收",
    } | fields  # fmt: skip


def test_rest_registers_once_and_shows_the_source(who):
    key = fresh_key()
    answers = [Caller(who.supervisor).post("directives", "instruct", key=key, **body(who)) for _ in "12"]

    assert [answer.status_code for answer in answers] == [201, 201]
    made = Directive.objects.get()
    assert answers[0].json()["id"] == answers[1].json()["id"] == made.pk
    assert (answers[0].json()["state"], made.tasks.count()) == ("pending", 1)


def test_rest_takes_the_photo_too(who):
    answer = Caller(who.supervisor).post("directives", "instruct", files=True, file=text_file("批示.txt"), **body(who))

    assert answer.status_code == 201, answer.json()
    assert len(answer.json()["attachments"]) == 1


def test_rest_proposes_by_a_rehearsal_that_changes_nothing(who):
    before = Event.objects.count()
    with at("2026-11-23T09:30"):
        answer = Caller(who.supervisor).post("directives", "instruct", instruction=WORDS, dry_run=True)

    told = answer.json()
    assert answer.status_code == 200, told
    assert (told["lead"]["id"], told["co_units"][0]["id"]) == (who.water.pk, who.finance.pk)
    assert (told["due_on"], told["responsible"]) == ("2026-12-31", "水务局长")
    assert told["default_limit"] == {"value": 15, "unit": "days"}
    assert (Directive.objects.count(), Event.objects.count()) == (0, before)


def test_rest_refuses_by_field_by_person_and_by_rule(who):
    day = make.in_workdays(9).isoformat()
    caller = Caller(who.supervisor)
    lacking = caller.post("directives", "instruct", instruction=WORDS)
    assert (lacking.status_code, set(lacking.json()["details"])) == (400, {"instructed_by", "lead", "standard"})
    both = caller.post("directives", "instruct", **body(who, hard=True, due_on=day))
    assert (both.status_code, both.json()["code"]) == (422, "instruct.two_limits")
    for person in (who.leader, who.handler):
        answer = Caller(person).post("directives", "instruct", **body(who))
        assert (answer.status_code, answer.json()["code"]) == (403, "directive.register.forbidden")
    assert not Directive.objects.exists()
