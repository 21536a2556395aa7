"""The pages and the REST of inspections: what each reader finds there, and what it costs."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organization import workdays
from organization.models import User
from supervision.models import Inspection, Worksheet
from supervision.operations import inspections, worksheets
from supervision.pages.inspections import TABS
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_inspecting as make
from tests.factories import tasks as of_tasks
from tests.tasks.api.caller import Caller

pytestmark = pytest.mark.once


@pytest.fixture
def task(who):
    return of_tasks.active(who)


@pytest.fixture
def made(who, task):
    return make.running(who, tasks=[task], objects=[who.water, who.finance])


def enter(client, person):
    client.force_login(User.objects.get(pk=person.pk))
    client.get("/")


def cost(client, address):
    workdays.calendar()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.content.decode()[:300])
    return len(asked), answer


# ------------------------------------------------------------------------------------------------ costs

LISTS = {"/inspections/": 3, "/inspections/?q=内涝&state=running": 3, "/plans/": 3}
REST = {
    "/api/v1/inspections/": 3, "/api/v1/members/": 3, "/api/v1/schemes/": 3, "/api/v1/worksheets/": 3,
    "/api/v1/proofs/": 3, "/api/v1/plans/": 3,
}  # fmt: skip


@pytest.mark.parametrize("person", ["supervisor", "leader", "unit_head", "inspector"])
def test_a_list_costs_the_same_for_one_row_and_for_many(who, made, client, person):
    make.plan(who)
    make.sheet(made, who.inspector)
    worksheets.prove(make.fresh(made), by=who.inspector, file=of_tasks.upload())
    enter(client, getattr(who, person))
    addresses = LISTS | REST
    one = {address: cost(client, address)[0] for address in addresses}

    for n in range(4):
        other = make.running(who, overlap_reason="不同点位", objects=[who.water, who.finance])
        make.sheet(other, who.inspector)
        make.plan(who, year=2030 + n)

    assert {address: cost(client, address)[0] for address in addresses} == one
    assert {address: n for address, n in one.items() if n > addresses[address]} == {}


@pytest.mark.parametrize("person", ["supervisor", "leader", "unit_head", "inspector"])
def test_the_page_of_an_inspection_asks_four_questions_whatever_tab_is_open(who, made, task, client, person):
    for _ in range(5):
        make.sheet(made, who.inspector, task=task)
    enter(client, getattr(who, person))

    for key in TABS:
        n, _answer = cost(client, f"/inspections/{made.pk}/?tab={key}")
        assert n <= 4, (key, n)
    assert cost(client, f"/api/v1/inspections/{made.pk}/")[0] <= 4


# ------------------------------------------------------------------------------------------------ what is shown


def test_an_inspected_unit_reads_its_own_part_and_no_working_paper(who, made, client):
    make.sheet(made, who.inspector, fact="泵站未通电")
    enter(client, who.unit_head)
    pages = [client.get(f"/inspections/{made.pk}/?tab={key}").content.decode() for key in TABS]

    for page in pages:
        assert "市水务局" in page
        assert "市财政局" not in page
        assert "泵站未通电" not in page
        assert made.code in page
    told = Caller(User.objects.get(pk=who.unit_head.pk)).get("inspections", made.pk).json()
    assert [target["department"]["name"] for target in told["objects"]] == ["市水务局"]
    assert (told["report"], told["steps"]) == ("", [])


def test_what_was_said_at_the_approval_of_a_scheme_is_not_for_the_inspected_unit(who, client):
    made = inspections.approve(make.pending(who), by=who.chief, comment="重点查泵站台账")
    scheme = made.schemes.get()

    def told(person):
        enter(client, person)
        page = client.get(f"/inspections/{made.pk}/").content.decode()
        caller = Caller(User.objects.get(pk=person.pk))
        return "重点查泵站台账" in page, caller.get("schemes", scheme.pk).json()["comment"]

    assert told(who.unit_head) == told(who.handler) == (False, "")
    assert told(who.colleague) == (True, "重点查泵站台账")


def test_the_scheme_that_an_inspected_unit_reads_names_no_other_unit(who, made, client):
    told = Caller(User.objects.get(pk=who.unit_head.pk))

    assert "市财政局" not in told.get("schemes").content.decode()
    assert "市财政局" not in told.get("inspections", made.pk).content.decode()


def test_the_checklist_sets_each_tasks_standard_beside_what_was_found(who, made, task, client):
    enter(client, who.inspector)
    page = client.get(f"/inspections/{made.pk}/?tab=checklist").content.decode()
    assert task.standard in page
    assert "未核查" in page
    make.sheet(made, who.inspector, task=task, standard="", result="fails")

    page = client.get(f"/inspections/{made.pk}/?tab=checklist").content.decode()

    assert "不符合" in page
    assert "已核查 1 / 1 项" in page


def test_a_sheet_is_filed_on_a_page_that_the_checklist_filled_in(who, made, task, client):
    enter(client, who.inspector)
    address = f"/inspections/{made.pk}/note/"
    page = client.get(f"{address}?task={task.pk}&department={who.water.pk}&place=x")
    assert page.context["form"].initial["task"] == str(task.pk)
    said = {
        "department": who.water.pk, "task": task.pk, "checked_at": make.timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "place": "人民路", "fact": "未通电", "result": "fails", "object_note": "月底前通电",
    }  # fmt: skip

    answer = client.post(address, said)

    assert answer.status_code == 302, answer.content.decode()
    sheet = Worksheet.objects.get()
    shown = client.get(sheet.get_absolute_url()).content.decode()
    assert "月底前通电" in shown
    file = {"file": of_tasks_file(), "worksheet": sheet.pk, "next": sheet.get_absolute_url()}
    assert client.post(f"/inspections/{made.pk}/prove/", file).headers["Location"] == sheet.get_absolute_url()
    proof = sheet.proofs.get()
    handed_out = client.get(f"/proofs/{proof.pk}/file/")
    assert b"".join(handed_out.streaming_content) == "已完成".encode()
    enter(client, who.unit_head)
    assert client.get(f"/proofs/{proof.pk}/file/").status_code == 404
    assert client.get(sheet.get_absolute_url()).status_code == 404


def of_tasks_file():
    from tests.factories.deeds import text_file

    return text_file()


def test_an_inspection_is_drafted_on_a_page(who, client):
    enter(client, who.supervisor)
    assert "designation_matter" not in client.get("/inspections/new/").context["form"].fields
    said = make.words(who) | {"objects": [who.water.pk], "overlap_reason": ""}

    answer = client.post("/inspections/new/", said)

    made = Inspection.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/inspections/{made.pk}/")
    enter(client, who.leader)
    assert client.get("/inspections/new/").status_code == 403
    enter(client, who.handler)
    assert "designation_matter" in client.get("/inspections/new/").context["form"].fields


def test_overlaps_are_shown_to_be_merged_and_only_those_that_one_may_see(who, client):
    first = make.approved(who)
    again = make.manned(who)
    covert = make.approved(who, covert=True, title="夜间暗访", overlap_reason="x")
    enter(client, who.colleague)

    page = client.get(f"/inspections/{again.pk}/?tab=repeated").content.decode()

    assert f"/inspections/{first.pk}/" in page
    assert covert.title not in page


def test_the_history_tells_each_deed_once_in_words(who, made, client):
    make.sheet(made, who.inspector)
    enter(client, who.supervisor)

    page = client.get(f"/inspections/{made.pk}/?tab=history").content.decode()

    assert "其他留痕" not in page
    assert page.count("增加组员</strong>") == 2
    assert page.count("填写底稿</strong>") == 1


def test_every_kind_that_the_theme_records_has_words():
    from supervision.lifecycles import inspecting
    from supervision.presenters import inspecting as presenters

    kinds = {f"{table.noun}.{verb}" for table in inspecting.ALL for verb in table.verbs}
    recorded = kinds | {"inspection.register", "inspection.amended", "inspection.follow", "scheme.draft", "member.add"}
    recorded |= {"worksheet.file", "proof.add", "plan.draft", "inspection.recheck"}

    assert recorded == set(presenters.INSPECTING)


def test_a_plan_and_an_inspection_are_made_in_rest_and_replayed(who):
    caller = Caller(who.supervisor)
    plan = caller.post("plans", year=2026, base_count=3).json()
    item = caller.post("plans", plan["id"], "add_item", topic="防汛", targets="各局", month_from=5, month_to=9).json()
    assert (item["id"], [row["topic"] for row in item["items"]]) == (plan["id"], ["防汛"])
    said = make.words(who)
    said |= {
        "objects": [who.water.pk],
        "starts_on": said["starts_on"].isoformat(),
        "ends_on": said["ends_on"].isoformat(),
    }

    first = caller.post("inspections", key="5f0c6a5e-0000-4000-8000-000000000001", **said)
    again = caller.post("inspections", key="5f0c6a5e-0000-4000-8000-000000000001", **said)

    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert Inspection.objects.count() == 1
    assert set(first.json()["steps"]) == {"submit", "edit", "add_member", "link", "unlink", "prove", "withdraw"}


def test_who_has_taken_his_own_sight_is_told_no_more(who, made):
    head = Caller(who.inspector)
    member = made.members.get(role="head")

    answer = head.post("members", member.pk, "declare", version=member.version, ground="亲属在该局")

    assert (answer.status_code, answer.content) == (204, b"")
    assert head.get("inspections", made.pk).status_code == 404


def test_the_navigation_leads_to_inspections(who, client):
    for person in (who.supervisor, who.unit_head, who.inspector):
        enter(client, person)
        assert 'href="/inspections/"' in client.get("/").content.decode()


def test_withdrawing_needs_a_reason_on_the_page_and_keeps_what_was_typed(who, client):
    made = make.approved(who)
    enter(client, who.supervisor)

    assert client.post(f"/inspections/{made.pk}/withdraw/", {"reason": ""}).status_code == 400
    assert client.post(f"/inspections/{made.pk}/withdraw/", {"reason": "不再需要"}).status_code == 302
    assert inspections.Inspection.objects.get().end_reason == "不再需要"


def test_who_serves_in_a_unit_is_not_invited_to_inspect_but_told_that_it_takes_a_designation(who, client):
    for person, invited in ((who.stranger, False), (who.supervisor, True)):
        enter(client, person)
        page = client.get("/inspections/").content.decode()
        assert ("部门经本级政府指定才能开展督查" in page, "受指定拟制督查" in page) == (not invited, not invited)
        assert ('class="btn btn-primary" href="/inspections/new/"' in page) is invited


def test_the_lists_of_inspections_and_of_what_came_of_them_lead_to_each_other(who, client):
    enter(client, who.unit_head)
    lists = ("/inspections/", "/findings/", "/rectifications/", "/conclusions/")
    for address in lists:
        page = client.get(address).content.decode()
        assert [f'<a class="tab" href="{other}"' in page for other in lists] == [True] * 4
        assert f'href="{address}" aria-current="page"' in page


def test_the_unit_goes_from_its_finding_to_the_inspection_that_made_it(who, client):
    finding = correcting.issued(who)
    for person in (who.unit_head, who.supervisor):
        enter(client, person)
        page = client.get(finding.get_absolute_url()).content.decode()
        assert f'href="{finding.inspection.get_absolute_url()}"' in page
        assert client.get(finding.inspection.get_absolute_url()).status_code == 200
