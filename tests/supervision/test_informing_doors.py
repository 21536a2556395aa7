"""Pages and REST of notices and bulletins: who reads what, where numbers lead, and what it costs."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from organization import workdays
from supervision.models import Bulletin, Mention, Notice, Rectification
from supervision.operations import bulletins, mentions, notices
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_informing as build
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller

pytestmark = pytest.mark.once


def read(client, person, address):
    client.force_login(person)
    return client.get(address)


def cost(client, person, address):
    client.force_login(person)
    client.get("/")
    workdays.calendar()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return len(asked)


# ------------------------------------------------------------------------------------------------ notices


def test_a_notice_goes_by_rest_from_the_draft_to_the_answer(who):
    task = build.late_task(who)
    officer, unit = Caller(who.supervisor), Caller(who.handler)

    made = officer.post("notices", task=task.pk, kind="chase", ground="overdue", text="请抓紧办理")
    assert (made.status_code, made.data["state"], made.data["steps"]) == (201, "draft", ["issue", "edit", "withdraw"])
    sent = officer.post("notices", made.data["id"], "issue", version=1)
    assert (sent.status_code, sent.data["state"], sent.data["light"]["meaning"]) == (200, "issued", "on_track")
    assert unit.post("notices", made.data["id"], "receive", version=2).data["state"] == "received"
    answered = unit.post("notices", made.data["id"], "answer", version=3, answer="月底完成")
    assert (answered.data["state"], answered.data["answer"], answered.data["light"]) == ("answered", "月底完成", None)


def test_a_refusal_of_the_ladder_is_told_alike_at_both_doors(who, client):
    task = build.late_task(who)
    said = {"task": task.pk, "kind": "order", "ground": "overdue", "text": "请办理"}

    by_rest = Caller(who.supervisor).post("notices", **said)
    client.force_login(who.supervisor)
    by_page = client.post("/notices/new/", said)

    assert (by_rest.status_code, by_rest.data["code"]) == (422, "notice.skips")
    assert by_page.status_code == 422
    assert "还没有经过催办函" in by_page.content.decode()
    assert "请办理" in by_page.content.decode()
    assert not Notice.objects.exists()


def test_who_may_not_see_a_notice_gets_404_at_every_door(who, client):
    draft, sent = build.notice(who), build.issued_notice(who)
    for person in (who.stranger, who.helper, who.inspector, who.discipline, who.auditor):
        for notice in (draft, sent):
            assert read(client, person, f"/notices/{notice.pk}/").status_code == 404
            assert Caller(person).get("notices", notice.pk).status_code == 404
    assert read(client, who.handler, f"/notices/{draft.pk}/").status_code == 404
    assert read(client, who.handler, f"/notices/{sent.pk}/").status_code == 200


def test_the_form_of_a_notice_begins_with_the_task_and_the_next_step(who, client):
    task = build.late_task(who)
    ladder = read(client, who.supervisor, f"/tasks/{task.pk}/ladder/")
    assert ladder.context["draft_url"] == f"/notices/new/?task={task.pk}&kind=chase"

    form = client.get(ladder.context["draft_url"]).context["form"]

    assert (form["task"].value(), form["kind"].value()) == (str(task.pk), "chase")
    assert read(client, who.handler, f"/tasks/{task.pk}/ladder/").context["draft_url"] is None
    assert read(client, who.stranger, f"/tasks/{task.pk}/ladder/").status_code == 404


def test_the_ladder_shows_a_unit_only_the_papers_that_it_was_sent(who, client):
    task = build.late_task(who)
    build.issued_notice(who, task=task, department=who.finance)

    shown = read(client, who.handler, f"/tasks/{task.pk}/ladder/").context["standing"].rungs[1]
    assert (shown.done, shown.papers) == (True, [])


def test_unanswered_notices_stand_on_the_board_and_lead_to_their_rows(who, client):
    build.issued_notice(who)
    late = build.issued_notice(who)
    Notice.objects.filter(pk=late.pk).update(answer_due_on="2020-01-02")

    row = read(client, who.supervisor, "/overdue/").context["elsewhere"]

    assert [(one.shelf.key, one.unit_name, one.n) for one in row] == [("notices", "市水务局", 1)]
    assert list(client.get(row[0].url).context["notices"]) == [late]
    assert read(client, who.stranger, "/overdue/").context["elsewhere"] == []
    scope = who.finance.pk
    assert client.get(f"/overdue/?scope={scope}").status_code == 200


def test_what_is_not_put_right_in_time_stands_on_the_board_too(who, client):
    item = correcting.ordered(who)
    Rectification.objects.filter(pk=item.pk).update(due_on="2020-01-02")

    row = read(client, who.supervisor, "/overdue/").context["elsewhere"]

    assert [(one.shelf.key, one.unit_name, one.n) for one in row] == [("rectifications", "市水务局", 1)]
    shown = client.get(row[0].url)
    assert (shown.status_code, item.requirement in shown.content.decode()) == (200, True)


def test_what_waits_stands_on_the_desk_and_leads_to_its_rows(who, client):
    sent, asked, copy = build.issued_notice(who), build.asked(who), build.receipt(who)
    build.pending_notice(who)

    shelves = read(client, who.handler, "/").context["elsewhere"]
    assert [(row["label"], row["count"]) for row in shelves] == [("催办督办", 1), ("通报征求意见", 1), ("通报", 1)]
    assert list(client.get(shelves[0]["url"]).context["notices"]) == [sent]
    assert list(client.get(shelves[1]["url"]).context["mentions"]) == [asked]
    assert list(client.get(shelves[2]["url"]).context["bulletins"]) == [copy.bulletin]
    assert [row["count"] for row in read(client, who.leader, "/").context["elsewhere"]] == [1]


# ------------------------------------------------------------------------------------------------ bulletins


def test_a_bulletin_goes_by_rest_with_its_mentions_and_receipts(who):
    build.late_task(who)
    first_on, last_on = (day.isoformat() for day in build.period())
    officer, leader, unit = Caller(who.supervisor), Caller(who.leader), Caller(who.handler)

    made = officer.post("bulletins", title="通报", first_on=first_on, last_on=last_on, addressees=[who.water.pk])
    assert made.status_code == 201
    key = made.data["id"]
    assert made.data["tables"][0]["rows"][0][:2] == ["市水务局", 1]
    named = officer.post("bulletins", key, "name", department=who.water.pk, text="逾期未完成", negative=True)
    assert (named.status_code, named.data["state"]) == (201, "draft")
    officer.post("bulletins", key, "consult", version=officer.get("bulletins", key).data["version"])
    mention = unit.get("mentions", named.data["id"])
    assert (mention.status_code, mention.data["steps"]) == (200, ["answer"])
    assert unit.get("bulletins", key).status_code == 404
    unit.post("mentions", named.data["id"], "answer", version=mention.data["version"], answer="属实")
    officer.post("mentions", named.data["id"], "refuse", version=3, decision="维持")
    officer.post("bulletins", key, "submit", version=officer.get("bulletins", key).data["version"])
    issued = leader.post("bulletins", key, "approve", version=leader.get("bulletins", key).data["version"])
    assert (issued.status_code, issued.data["state"]) == (200, "issued")

    seen = unit.get("bulletins", key).data
    assert [row["text"] for row in seen["passages"]] == ["逾期未完成"]
    copy = unit.get("receipts").data["results"][0]
    assert unit.post("receipts", copy["id"], "receive", version=copy["version"]).data["state"] == "received"


def test_a_withdrawn_bulletin_tells_its_addressees_no_more_than_that(who, client):
    bulletin = build.issued_bulletin(who, problems="市水务局推进缓慢，问题突出。")
    page, rest = f"/bulletins/{bulletin.pk}/", Caller(who.handler)
    assert "问题突出" in read(client, who.handler, page).content.decode()
    bulletins.withdraw(bulletin, by=who.leader, reason="数据有误")

    shown = read(client, who.handler, page)
    assert "问题突出" not in shown.content.decode()
    assert "数据有误" in shown.content.decode()
    assert bulletin.number in shown.content.decode()
    told = rest.get("bulletins", bulletin.pk).data
    assert (told["problems"], told["passages"], told["tables"], told["withdrawn_reason"]) == ("", [], [], "数据有误")
    assert "问题突出" in read(client, who.supervisor, page).content.decode()


def test_an_addressee_reads_the_paper_and_not_how_it_came_about(who, client):
    mention = build.refused_mention(who)
    bulletin = bulletins.submit(make.fresh(mention.bulletin), by=who.supervisor)
    bulletins.approve(bulletin, by=who.leader)

    for tab in ("text", "ledger", "receipts", "history"):
        page = read(client, who.helper, f"/bulletins/{bulletin.pk}/?tab={tab}").content.decode()
        assert mention.text in page
        for inner in ("其中三处已完成", "核查未见完成", "数据台账"):
            assert inner not in page, (tab, inner)


def test_before_the_issue_a_named_unit_is_shown_its_own_line_of_the_figures(who, client):
    build.late_task(who)
    mention = build.asked(who)

    page = read(client, who.handler, f"/mentions/{mention.pk}/")

    assert [table["rows"][0][0] for table in page.context["tables"]] == ["市水务局"]
    assert page.context["tables"][0]["sum"] is None
    assert read(client, who.helper, f"/mentions/{mention.pk}/").status_code == 404
    assert read(client, who.handler, f"/bulletins/{mention.bulletin_id}/").status_code == 404


def test_every_number_of_the_ledger_leads_to_as_many_rows(who, client):
    of = make.directive(who)
    for make_one in (make.closed, make.active, build.late_task):
        make_one(who, of=of)
    bulletin = build.bulletin(who)

    page = read(client, who.supervisor, f"/bulletins/{bulletin.pk}/?tab=ledger")

    for chip in [*page.context["outcomes"], *page.context["units"]]:
        behind = client.get(f"/bulletins/{bulletin.pk}/{chip['url']}").context["ledger"]
        assert len(behind) == chip["count"], chip
    assert page.context["outcomes"][0]["count"] == 3


def test_what_was_said_before_is_pointed_out_to_the_writer_alone(who, client):
    build.issued_bulletin(who, problems="个别单位推进缓慢，整改不到位。")
    bulletin = build.bulletin(who, problems="个别单位推进缓慢，整改不到位。", overview="本期情况另行说明。")

    warnings = read(client, who.supervisor, f"/bulletins/{bulletin.pk}/").context["warnings"]

    assert len(warnings) == 1
    assert "个别单位推进缓慢，整改不到位" in warnings[0]
    assert Caller(who.leader).get("bulletins", bulletin.pk).data["warnings"] == warnings
    assert build.issued_bulletin(who, problems="个别单位推进缓慢，整改不到位。").state == "issued"


# ------------------------------------------------------------------------------------------------ costs


@pytest.mark.parametrize("person", ["supervisor", "leader", "handler"])
def test_lists_cost_three_and_pages_four_for_one_row_and_for_many(who, client, person):
    reader = who.everyone()[person]
    notice, issued = build.issued_notice(who), build.issued_bulletin(who)
    mention = build.answered(who)
    lists = ["/notices/", "/bulletins/", "/mentions/"]
    pages = [notice.get_absolute_url(), mention.get_absolute_url(), f"/tasks/{notice.task_id}/ladder/"]
    pages += [f"/bulletins/{issued.pk}/?tab={tab}" for tab in ("text", "ledger", "receipts", "history")]
    if person != "handler":
        pages.append(mention.bulletin.get_absolute_url())
    one = {address: cost(client, reader, address) for address in (*lists, *pages)}
    for _ in range(3):
        build.issued_notice(who, task=notice.task)
        build.issued_bulletin(who)
        build.mention(who, make.fresh(bulletins.reopen(make.fresh(mention.bulletin), by=who.supervisor)))
        bulletins.consult(make.fresh(mention.bulletin), by=who.supervisor)

    many = {address: cost(client, reader, address) for address in (*lists, *pages)}

    assert {address: n for address, n in many.items() if n > (3 if address in lists else 4)} == {}
    assert many == one


def test_lists_of_rest_cost_the_same_for_one_row_and_for_many(who, client):
    build.issued_notice(who)
    build.refused_mention(who)
    build.issued_bulletin(who)
    addresses = [f"/api/v1/{noun}/" for noun in ("notices", "bulletins", "mentions", "receipts")]
    one = {address: cost(client, who.supervisor, address) for address in addresses}
    for _ in range(3):
        build.issued_notice(who)
        build.refused_mention(who)
        build.issued_bulletin(who)

    many = {address: cost(client, who.supervisor, address) for address in addresses}

    assert many == one
    assert max(many.values()) <= 3
    assert (Bulletin.objects.count(), Mention.objects.count()) == (8, 4)


def test_a_talk_and_an_answer_are_told_on_the_page(who, client):
    talk = notices.note(
        build.answered_notice(who, "talk"), by=who.supervisor, held_on=build.period()[1], attended="副市长、水务局长",
        minutes="听取说明。", commitments="月底完成。",
    )  # fmt: skip
    mentions.drop(build.answered(who), by=who.supervisor, reason="已完成")

    page = read(client, who.handler, talk.get_absolute_url()).content.decode()

    for word in ("听取说明。", "月底完成。", "已倒排工期", build.SKIPS):
        assert word in page


# ------------------------------------------------------------------------------------------------ the record


def test_a_unit_reads_what_befell_its_paper_and_not_how_it_was_drafted(who, client):
    notice = build.pending_notice(who, "order")
    notice = notices.send_back(notice, by=who.leader, reason="措辞再斟酌")
    notice = notices.approve(notices.submit(notice, by=who.supervisor), by=who.leader)

    page = read(client, who.unit_head, notice.get_absolute_url()).content.decode()
    rows = Caller(who.unit_head).get("events", stream=notice.stream).data["results"]

    assert "措辞再斟酌" not in page
    assert [row["kind"] for row in rows] == ["notice.approve"]
    assert "措辞再斟酌" in read(client, who.supervisor, notice.get_absolute_url()).content.decode()
    assert len(Caller(who.colleague).get("events", stream=notice.stream).data["results"]) == 5
    for person in (who.stranger, who.helper, who.inspector):
        assert Caller(person).get("events", stream=notice.stream).data["results"] == []


def test_the_record_of_a_bulletin_is_the_offices_own(who, client):
    mention = build.answered(who)
    for person in (who.handler, who.helper, who.stranger):
        assert Caller(person).get("events", stream=mention.stream).data["results"] == []
    told = [event["title"] for event in read(client, who.handler, mention.get_absolute_url()).context["events"]]

    assert [str(title) for title in told] == ["提出意见", "征求意见"]
    assert len(Caller(who.leader).get("events", stream=mention.stream).data["results"]) == 6


def test_an_issued_bulletin_offers_no_door_to_what_it_says_of_units(who, client):
    bulletin = build.issued_bulletin(who)
    said = build.mention(who, build.bulletin(who, title="下月通报"))
    named = Mention.objects.create(
        bulletin=bulletin,
        department=said.department,
        department_name=said.department_name,
        text="按期办结",
        state="draft",
    )

    for address in (bulletin.get_absolute_url(), named.get_absolute_url()):
        assert f"/mentions/{named.pk}/drop/" not in read(client, who.supervisor, address).content.decode()
    assert f"/mentions/{said.pk}/drop/" in read(client, who.supervisor, said.get_absolute_url()).content.decode()


def test_the_numbers_of_a_bulletin_lead_its_office_to_the_rows_that_they_count(who):
    """C9: as they were frozen; who only receives it reads the same numbers, and no ledger."""
    build.late_task(who)
    bulletin = build.issued_bulletin(who)
    inside, outside = Client(), Client()
    inside.force_login(who.supervisor)
    outside.force_login(who.handler)

    table = inside.get(bulletin.get_absolute_url()).context["tables"][0]
    cells = [cell for row in (*table["rows"], table["sum"]) for cell in row if isinstance(cell, dict)]
    numbers = {cell["url"]: cell["text"] for cell in cells}

    counted = {url: len(inside.get(bulletin.get_absolute_url() + url).context["ledger"]) for url in numbers}
    assert counted == numbers
    assert {f"?tab=ledger&unit={who.water.pk}", f"?tab=ledger&was=open_late&unit={who.water.pk}"} <= set(numbers)
    assert outside.get(bulletin.get_absolute_url()).context["tables"] == bulletin.snapshot["tables"]
