"""闭环卷宗: one directive's whole story; each reader the parts that are his (R11, R44)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from supervision.operations import rectifications
from tasks.operations import blockers, extensions, reports
from tests.factories import organization as org
from tests.factories import supervision_answering as answering
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_informing as informing
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller


@pytest.fixture
def story(who):
    """Return a directive of which one task was reported on, extended, chased, inspected, put right and reviewed."""
    task = make.active(who)
    reports.file(task, by=who.handler, done="三处已完工", percent=30)
    reports.file(make.fresh(task), by=who.helper, done="资金已拨付")
    task = make.make_late(make.fresh(task), 30)
    informing.issued_notice(who, task=task)
    inspection = correcting.inspected(who, tasks=[task])
    item = correcting.claimed(who, inspection)
    rectifications.verify(item, by=who.colleague, result="done", opinion="现场核查")
    correcting.decided(who, correcting.received(who, inspection))
    informing.mention(who, task=task)
    answering.proposal(who, tasks=[task])
    return task.directive


def told(person, directive):
    answer = Caller(person).client.get(f"/api/v1/directives/{directive.pk}/dossier/")
    assert answer.status_code == 200, answer.data
    return answer.data


def kinds(person, directive):
    return {row["kind"] for row in told(person, directive)["entries"]}


EVERYTHING = {
    "report", "notice", "inspection", "finding", "rectification", "claim", "conclusion", "review", "mention",
    "accountability",
}  # fmt: skip


def test_the_supervisor_reads_the_whole_loop(who, story):
    assert kinds(who.supervisor, story) == EVERYTHING
    assert [task["helpers"] for task in told(who.supervisor, story)["tasks"]] == [["市财政局"]]


def test_the_lead_unit_reads_its_findings_and_papers_and_no_drafts(who, story):
    assert kinds(who.unit_head, story) == {
        "report", "notice", "finding", "rectification", "claim", "conclusion", "review",
    }  # fmt: skip


def test_a_co_unit_reads_its_own_report_alone(who, story):
    entries = told(who.helper_head, story)["entries"]

    assert [(row["kind"], row["text"]) for row in entries] == [("report", "资金已拨付")]


def test_the_leader_reads_the_work_and_the_head_of_the_government_the_proposal_once_it_is_submitted(who, story):
    assert EVERYTHING - {"accountability"} <= kinds(who.leader, story)
    assert "accountability" not in kinds(who.leader, story)


def test_a_stranger_finds_no_dossier(who, story, client):
    for person in (who.stranger, who.stranger_head, who.auditor, who.system_admin, who.discipline):
        client.force_login(person)
        assert client.get(f"/directives/{story.pk}/dossier/").status_code == 404
        assert Caller(person).client.get(f"/api/v1/directives/{story.pk}/dossier/").status_code == 404


def test_r11_a_covert_visit_stands_in_no_dossier(who):
    task = make.active(who)
    inspecting.running(who, tasks=[task], covert=True)

    for person in (who.supervisor, who.chief, who.unit_head):
        assert kinds(person, task.directive) == set()


def test_r44_what_was_handed_over_stands_in_no_dossier(who):
    task = make.active(who)
    answering.transferred(who, tasks=[task])
    answering.clue(who, tasks=[task])

    assert kinds(who.supervisor, task.directive) == set()


def test_extensions_and_blockers_stand_in_it_with_their_days(who):
    task = make.active(who)
    extensions.ask(task, by=who.handler, reason="连续降雨", progress="已完成九处", until=make.in_workdays(30))
    blockers.raise_(make.fresh(task), by=who.handler, waiting_on=who.housing, ask="请移交管线图")

    rows = {row["kind"]: row for row in told(who.supervisor, task.directive)["entries"]}

    assert rows["extension"]["until"] == make.in_workdays(30).isoformat()
    assert (rows["blocker"]["more"], rows["blocker"]["unit"]) == ("市住建局", "市水务局")


def test_the_page_tells_the_story_by_day_and_the_directive_leads_to_it(who, story, client):
    client.force_login(who.supervisor)

    assert f"/directives/{story.pk}/dossier/" in client.get(f"/directives/{story.pk}/").content.decode()
    page = client.get(f"/directives/{story.pk}/dossier/").content.decode()

    for words in ("批准立项", "交办", "进展报告", "督查发现的问题", "人民路下穿通道泵站未通电", "复核", "逐日经过"):
        assert words in page


def test_a_dossier_costs_the_same_for_one_task_and_for_fifty(who, story, client):
    def cost():
        client.force_login(who.supervisor)
        client.get("/")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/directives/{story.pk}/dossier/").status_code == 200
        return len(asked)

    one = cost()
    for number in range(49):
        task = make.active(who, of=story, matter=f"事项{number}")
        if number < 5:
            reports.file(task, by=who.handler, done="进展正常", percent=10)

    assert cost() == one
    assert one <= 15


def of_system(who, story, *scopes):
    """Return what a system of the office is told with a key of these scopes."""
    key = org.client(who.office, scopes, role="supervisor").key
    answer = Caller(key=key).client.get(f"/api/v1/directives/{story.pk}/dossier/")
    assert answer.status_code == 200, answer.data
    return answer.data


def test_a_key_for_directives_alone_reads_no_other_noun_in_the_dossier_and_is_told_which_it_lacks(who, story):
    answer = of_system(who, story, "directives:read")

    assert (answer["title"], answer["tasks"], answer["entries"]) == (story.title, None, [])
    assert answer["left_out"] == [
        f"{noun}:read"
        for noun in (
            "tasks", "assignments", "reports", "extensions", "suspensions", "blockers", "inspections", "findings",
            "rectifications", "vouchers", "conclusions", "reviews", "notices", "mentions", "accountability",
        )
    ]  # fmt: skip


def test_a_key_reads_in_the_dossier_the_sections_of_its_scopes(who, story):
    answer = of_system(who, story, "directives:read", "tasks:read", "rectifications:read", "notices:read")

    assert {row["kind"] for row in answer["entries"]} == {"rectification", "claim", "notice"}
    assert [task["helpers"] for task in answer["tasks"]] == [None]
    assert not {"tasks:read", "rectifications:read", "notices:read"} & {*answer["left_out"]}


def test_what_a_key_lacks_is_named_whether_or_not_there_is_anything(who, story):
    bare = make.active(who).directive

    assert of_system(who, bare, "directives:read")["left_out"] == of_system(who, story, "directives:read")["left_out"]


def test_a_person_lacks_nothing(who, story):
    assert told(who.supervisor, story)["left_out"] == []
