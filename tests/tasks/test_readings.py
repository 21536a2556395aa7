"""The instructing leader reads the answer before it is closed; what he remarks anew becomes a task that follows."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from notifications.audiences import recipients
from organization.models import Post
from organization.states import Rank, Role
from tasks.awaiting import awaiting
from tasks.models import Reading, Task
from tasks.operations import closures, directives, readings, tasks
from tests.factories import organization
from tests.factories import tasks as make
from tests.organization.refusing import refused
from tests.tasks.acts import lend
from tests.tasks.api.caller import Caller
from workflow import audit
from workflow.models import Event
from workflow.refusal import Forbidden, RuleBroken, WrongState

pytestmark = pytest.mark.django_db
FAILED = [{"check": "facts", "reason": "缺验收单"}]


@pytest.fixture
def task(who):
    """Return an answer to the deputy's instruction that only has to be approved."""
    return make.in_approval(who, of=make.instruction(who))


def kinds(task):
    return list(Event.objects.filter(stream=task.stream).order_by("seq").values_list("kind", flat=True))


# ------------------------------------------------------------------------------------------------ read, then closed


def test_what_the_instructing_leader_has_not_read_nobody_closes(who, task):
    with refused("close.unread", task, kind=RuleBroken) as told:
        closures.close(task, by=who.chief, conclusion="同意")

    assert told.value.details == {"readers": ["副市长"], "vacant": False}
    assert "请先呈副市长阅示" in str(told.value.message)
    assert not Reading.objects.exists()


def test_once_he_has_read_it_another_leader_closes(who, task):
    task = readings.read(task, by=who.leader)
    task = closures.close(task, by=who.chief, conclusion="同意")

    reading = Reading.objects.get()
    assert (task.state, reading.closure, reading.reader, reading.remark) == (
        "closed", task.closures.get(), who.leader, "",
    )  # fmt: skip
    assert not reading.by_closing
    assert kinds(task)[-3:] == ["reading.create", "task.read", "task.close"]
    assert list(audit.verify()) == []


def test_approving_his_own_instruction_is_reading_it_and_the_record_says_so(who, task):
    task = closures.close(task, by=who.leader, conclusion="同意")

    reading = Reading.objects.get()
    assert (task.state, reading.reader, reading.by_closing) == ("closed", who.leader, True)
    read, closed = Event.objects.filter(stream=task.stream).order_by("-seq")[:2][::-1]
    assert (read.kind, read.detail["by_closing"], closed.detail["reading"]) == ("reading.create", True, reading.pk)


def test_the_answer_may_be_read_before_the_office_has_checked_it(who):
    task = readings.read(make.in_review(who, of=make.instruction(who)), by=who.leader)
    task = closures.verify(task, by=who.supervisor, checks=make.CHECKS, opinion="属实")

    assert closures.close(task, by=who.chief, conclusion="同意").state == "closed"


def test_a_claim_made_anew_has_to_be_read_anew(who, task):
    task = readings.read(task, by=who.leader)
    task = closures.send_back(task, by=who.chief, failed=FAILED)
    task = closures.claim(task, by=who.handler, summary="已补验收单")
    task = closures.sign_off(task, by=who.unit_head)
    task = closures.verify(task, by=who.supervisor, checks=make.CHECKS, opinion="属实")

    with refused("close.unread", task, kind=RuleBroken):
        closures.close(task, by=who.chief, conclusion="同意")

    assert list(awaiting(who.leader, "read")) == [task]
    readings.read(task, by=who.leader)
    assert closures.close(make.fresh(task), by=who.chief, conclusion="同意").state == "closed"
    assert Reading.objects.count() == 2


def test_a_claim_is_read_once(who, task):
    task = readings.read(task, by=who.leader)

    with refused("read.already", task, kind=RuleBroken):
        readings.read(task, by=who.leader, remark="再看")


def test_nobody_else_reads_and_nothing_is_read_before_it_is_handed_in(who, task):
    for person in (who.chief, who.supervisor, who.unit_head, who.stranger):
        with refused("task.read.forbidden", task, kind=Forbidden):
            readings.read(task, by=person)
    active = make.active(who, of=task.directive)
    with refused("task.read.wrong_state", active, kind=WrongState):
        readings.read(active, by=who.leader)


def test_what_no_leader_instructed_needs_no_reading(who):
    assert closures.close(make.in_approval(who), by=who.chief, conclusion="同意").state == "closed"


def test_what_a_unit_broke_down_is_answered_to_the_unit_and_not_to_the_leader(who):
    above = make.active(who, of=make.instruction(who), co_units=[])
    child = tasks.split(above, by=who.handler, matter="清淤", lead=who.river, responsible="河道处")

    with refused("task.remark.forbidden", child, kind=Forbidden):
        readings.add_remark(child, by=who.leader, remark="抓紧")
    assert readings.holders(child) == []


def test_a_reading_once_put_down_is_neither_changed_nor_deleted(who, task):
    readings.read(task, by=who.leader)
    reading = Reading.objects.get()
    for change in (lambda: Reading.objects.update(remark="改"), reading.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Reading.objects.get().remark == ""


def test_he_hears_of_it_once_the_office_has_checked_the_answer(who, task):
    told = recipients(Event.objects.get(stream=task.stream, kind="task.verify"))

    assert who.leader in told
    readings.read(task, by=who.leader, remark="请把回访结果报我")
    assert who.supervisor in recipients(Event.objects.get(kind="reading.create"))


# ------------------------------------------------------------------------------------------------ in his place


def test_his_delegate_reads_in_his_place_and_both_names_are_recorded(who, task):
    deputy = organization.person(Role.HANDLER, who.government, "秘书")
    readings.read(task, by=lend(who.leader, deputy))

    event = Event.objects.get(kind="reading.create")
    assert (event.actor_name, event.behalf_name) == ("秘书", "副市长")


def ended(post, title="分管副市长", days=1):
    """End a post that bore a title, so many days ago."""
    gone = timezone.localdate() - timedelta(days=days)
    Post.objects.filter(pk=post.pk).update(title=title, ended_on=gone, started_on=gone - timedelta(days=400))
    return gone


def test_where_the_post_stands_empty_nobody_closes_and_the_refusal_says_so(who, task):
    ended(who.leader.post)

    with refused("close.unread", task, kind=RuleBroken) as told:
        closures.close(task, by=who.chief, conclusion="同意")

    assert told.value.details == {"readers": [], "vacant": True}
    assert "岗位已空缺" in str(told.value.message)


def test_who_takes_up_the_same_post_reads_for_the_one_who_left(who, task):
    gone = ended(who.leader.post)
    heir = organization.person(Role.LEADER, who.government, "新任副市长", rank=Rank.DEPUTY, title="分管副市长")
    Post.objects.filter(pk=heir.post.pk).update(started_on=gone)
    heir = type(heir).objects.get(pk=heir.pk)

    assert list(awaiting(heir, "read")) == [task]
    with refused("close.unread", task, kind=RuleBroken) as told:
        closures.close(task, by=who.chief, conclusion="同意")
    assert told.value.details["readers"] == ["新任副市长"]

    readings.read(task, by=heir)
    assert closures.close(make.fresh(task), by=who.chief, conclusion="同意").state == "closed"


def test_a_colleague_of_the_same_title_who_stood_before_is_no_successor(who, task):
    ended(who.leader.post)
    colleague = organization.person(Role.LEADER, who.government, "另一副市长", rank=Rank.DEPUTY, title="分管副市长")
    Post.objects.filter(pk=colleague.post.pk).update(started_on=timezone.localdate() - timedelta(days=300))
    colleague = type(colleague).objects.get(pk=colleague.pk)

    assert not awaiting(colleague, "read").exists()
    with refused("task.read.forbidden", task, kind=Forbidden):
        readings.read(task, by=colleague)


# ------------------------------------------------------------------------------------------------ a new remark


def test_a_remark_while_reading_drafts_a_task_that_follows_and_waits_for_the_office(who, task):
    readings.read(task, by=who.leader, remark="请把回访结果报我")

    made = Task.objects.get(follows=task)
    assert (made.state, made.directive, made.organiser, made.lead) == ("draft", task.directive, who.office, who.water)
    assert (made.matter, made.clause, made.responsible) == ("请把回访结果报我", "请把回访结果报我", "水务局长")
    assert (made.limit_value, made.limit_unit) == (15, "days")
    assert tasks.missing(made) == []
    assert list(awaiting(who.supervisor, "assign")) == [made]
    drafted = Event.objects.get(stream=made.stream, kind="task.draft")
    assert (drafted.detail["follows"], drafted.detail["basis"]) == (task.pk, "请把回访结果报我")
    assert Reading.objects.get().remark == "请把回访结果报我"
    assert closures.close(make.fresh(task), by=who.chief, conclusion="同意").state == "closed"
    assert list(audit.verify()) == []


@pytest.mark.parametrize("stage", [make.active, make.closed])
def test_a_remark_in_hand_or_afterwards_leaves_the_task_as_it_is(who, stage):
    task = stage(who, of=make.instruction(who))
    made = readings.add_remark(task, by=who.leader, remark="请一并排查地下车库\n下月报我")

    again = make.fresh(task)
    assert (made.follows, made.matter) == (task, "请一并排查地下车库")
    assert (again.state, again.due_on, again.conclusion) == (task.state, task.due_on, task.conclusion)
    assert tasks.assign(made, by=who.supervisor).state == "assigned"


def test_only_the_office_issues_what_the_leader_remarked(who):
    made = readings.add_remark(make.active(who, of=make.instruction(who)), by=who.leader, remark="抓紧")

    with refused("task.assign.forbidden", made, kind=Forbidden):
        tasks.assign(made, by=who.leader)


def test_a_remark_on_a_withdrawn_source_is_refused(who):
    task = make.closed(who, of=make.instruction(who))
    directives.withdraw(task.directive, by=who.supervisor, reason="重复")
    for tried in (readings.add_remark,):
        with refused("directive.not_approved", make.fresh(task), kind=RuleBroken):
            tried(task, by=who.leader, remark="再查")
    assert not Task.objects.filter(follows=task).exists()


def test_a_marked_remark_is_refused(who, task):
    with refused("secrecy.marked", task, kind=RuleBroken):
        readings.read(task, by=who.leader, remark="机密★十年 请办")


# ------------------------------------------------------------------------------------------------ the doors


def test_both_doors_show_what_follows_what_to_whom_may_see_it(who, task):
    readings.read(task, by=who.leader, remark="请把回访结果报我")
    made = Task.objects.get(follows=task)

    told, after = (
        Caller(who.supervisor).get("tasks", task.pk).json(),
        Caller(who.supervisor).get("tasks", made.pk).json(),
    )
    assert [row["id"] for row in told["followers"]] == [made.pk]
    assert (told["follows"], after["follows"]["id"], after["followers"]) == (None, task.pk, [])
    assert Caller(who.handler).get("tasks", task.pk).json()["followers"] == []  # a draft is nobody's but the office's
    closure = Caller(who.supervisor).get("tasks", task.pk, "closures").json()[0]
    assert (closure["reading"]["reader"]["name"], closure["reading"]["remark"]) == ("副市长", "请把回访结果报我")

    client = Client()
    client.force_login(who.supervisor)
    for one, other in ((task, made), (made, task)):
        assert f'href="{other.get_absolute_url()}"' in client.get(one.get_absolute_url()).content.decode()
    assert "请把回访结果报我" in client.get(f"{task.get_absolute_url()}?tab=closures").content.decode()


def test_the_page_says_that_the_leader_has_to_read_first(who, task):
    client = Client()
    client.force_login(who.supervisor)
    assert client.get(task.get_absolute_url()).context["turn"] == {"who": who.leader, "what": "阅示后批准销号"}

    readings.read(task, by=who.leader)
    assert "批准销号（" in client.get(task.get_absolute_url()).context["turn"]["what"]


def test_closing_over_rest_is_refused_alike(who, task):
    answer = Caller(who.chief).post("tasks", task.pk, "close", version=task.version, conclusion="同意")

    assert (answer.status_code, answer.json()["code"]) == (422, "close.unread")
    assert make.fresh(task).state == "approval"
