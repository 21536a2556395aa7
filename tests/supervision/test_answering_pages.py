"""The pages of 监督问责: what each person finds, what it costs, and what nobody reads who should not."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organization import workdays
from supervision.models import Accountability, Exhibit
from supervision.operations import accountability as proposals
from supervision.operations import clues
from supervision.states.answering import Ground
from supervision.verbs.answering import NOUNS
from tasks.operations import evidence
from tests.factories import supervision_answering as ready
from tests.factories import supervision_correcting as correcting
from tests.factories import tasks as make
from workflow.models import Event

pytestmark = pytest.mark.once

LISTS = ("/accountability/", "/statements/", "/clues/", "/commendations/", "/cases/")


@pytest.fixture
def shelf(who):
    """Return one paper of each noun, far along, by the name of its noun."""
    task = make.active(who)
    proof = evidence.add(task, by=who.handler, file=make.upload("佐证.txt"), evidence_on=timezone.localdate())
    linked = {"tasks": [task], "evidence": [proof]}
    proposal = ready.answered(who, **linked)
    return {
        "accountability": proposal,
        "statement": proposal.statement,
        "clue": ready.answered_clue(who, **linked),
        "commendation": ready.published_praise(who, **linked),
        "case": ready.published_case(who, tasks=[task]),
    }


def at(person):
    client = Client()
    client.force_login(person)
    client.get("/healthz")
    return client


def cost(client, address):
    workdays.calendar()
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    return len(asked), answer


PAGES = {
    "accountability": {"supervisor", "chief", "discipline"},
    "statement": {"supervisor", "chief", "discipline", "unit_head"},
    "clue": {"supervisor", "chief", "discipline"},
    "commendation": {"supervisor", "colleague", "chief", "leader", "handler", "unit_head", "helper", "helper_head",
                     "below", "stranger", "stranger_head", "inspector", "discipline"},
}  # fmt: skip
PAGES["case"] = PAGES["commendation"]


def test_each_page_opens_for_whom_it_is_and_for_nobody_else(who, shelf):
    for name, person in who.everyone().items():
        client = at(person)
        for noun, thing in shelf.items():
            for tab in ("", "?tab=history"):
                answer = client.get(thing.get_absolute_url() + tab)
                assert answer.status_code == (200 if name in PAGES[noun] else 404), (name, noun, tab)


def test_a_list_costs_three_and_a_page_four_queries_for_one_row_and_for_many(who, shelf):
    dear, found = {}, {}
    for _round in range(2):
        for name in ("supervisor", "chief", "discipline", "unit_head"):
            client = at(who.everyone()[name])
            for address in LISTS:
                n, answer = cost(client, address)
                assert answer.status_code == 200
                found.setdefault((name, address), set()).add(n)
                if n > 3:
                    dear[name, address] = n
            for noun, thing in shelf.items():
                if name in PAGES[noun]:
                    for tab in ("", "?tab=history"):
                        n, _answer = cost(client, thing.get_absolute_url() + tab)
                        if n > 4:
                            dear[name, noun, tab] = n
        for more in range(3):
            ready.answered(who, title=f"再{more}")
            ready.answered_clue(who)
            ready.published_praise(who)
            ready.published_case(who)

    assert dear == {}
    assert {key: costs for key, costs in found.items() if len(costs) > 1} == {}


def test_the_sheet_shows_the_whole_procedure_in_order(who, shelf):
    page = at(who.discipline).get(shelf["accountability"].get_absolute_url()).content.decode()

    parts = ["一、事实", "二、证据", "三、依据", "四、容错评估", "五、对象说明", "六、建议", "七、书面反馈"]
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert ready.FACTS in page
    assert "雨季无法施工" in page
    assert "知悉人员" in page


def test_the_object_reads_the_facts_and_neither_the_proposal_nor_its_story(who, shelf):
    page = at(who.unit_head).get(shelf["statement"].get_absolute_url() + "?tab=history").content.decode()

    assert ready.FACTS in page
    for word in ("通报（单位）", "关于市水务局虚报进度的问责建议", "容错评估", "市纪委监委", "行政首长批准"):
        assert word not in page


def test_files_are_handed_out_to_who_reads_the_paper(who, shelf):
    proposal, clue = shelf["accountability"], shelf["clue"]
    proof = proposal.evidence.get()
    files = {e.name: e for e in Exhibit.objects.all()}
    readers = {
        f"/exhibits/{files['现场照片说明.txt'].pk}/file/": {"supervisor", "chief", "discipline"},
        f"/accountability/{proposal.pk}/evidence/{proof.pk}/": {"supervisor", "chief", "discipline"},
        f"/exhibits/{files['谈话记录.txt'].pk}/file/": {"discipline"},
        f"/clues/{clue.pk}/evidence/{proof.pk}/": {"discipline"},
        f"/exhibits/{files['拨款凭证.txt'].pk}/file/": {"supervisor", "colleague", "chief"},
        f"/commendations/{shelf['commendation'].pk}/evidence/{proof.pk}/": {"supervisor", "colleague", "chief"},
    }
    for name, person in who.everyone().items():
        for address, allowed in readers.items():
            answer = at(person).get(address)
            assert answer.status_code == (200 if name in allowed else 404), (name, address)
            if answer.status_code == 200:
                assert answer["Content-Disposition"].startswith("attachment")
                b"".join(answer.streaming_content)


def test_the_drafter_of_a_clue_reads_that_it_was_handed_over_and_no_more(who, shelf):
    for person in (who.supervisor, who.chief):
        for address in ("/clues/", shelf["clue"].get_absolute_url(), shelf["clue"].get_absolute_url() + "?tab=history"):
            page = at(person).get(address).content.decode()
            assert shelf["clue"].number in page
            for word in ("清淤", "李某", "赵敢言", "督查中发现", "谈话记录"):
                assert word not in page, (person, address, word)


def test_who_told_it_stands_on_no_page_but_the_answer_to_the_recorded_look(who, shelf):
    clue = shelf["clue"]
    client = at(who.discipline)
    assert "赵敢言" not in client.get(clue.get_absolute_url()).content.decode()

    answer = client.post(f"/clues/{clue.pk}/unmask/", {"reason": "核实情节"})

    assert "赵敢言" in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert Event.objects.get(kind="clue.unmask").actor == who.discipline
    assert "赵敢言" not in client.get(clue.get_absolute_url() + "?tab=history").content.decode()
    assert at(who.supervisor).post(f"/clues/{clue.pk}/unmask/", {"reason": "好奇"}).status_code == 403
    assert at(who.stranger).post(f"/clues/{clue.pk}/unmask/", {"reason": "好奇"}).status_code == 404
    assert Event.objects.filter(kind="clue.unmask").count() == 1


def test_others_read_a_case_without_its_names_and_do_not_find_it_by_them(who, shelf):
    case = shelf["case"]
    for person in (who.handler, who.stranger, who.inspector):
        page = at(person).get(case.get_absolute_url()).content.decode()
        assert "某局纸面销号" in page
        assert "市水务局" not in page.split("<main")[1]
        assert list(at(person).get("/cases/?q=水务").context["rows"]) == []
    assert "市水务局纸面销号" in at(who.colleague).get(case.get_absolute_url()).content.decode()


def test_a_proposal_is_drafted_assessed_and_handed_over_on_pages(who):
    client = at(who.supervisor)
    said = {
        "title": "关于市水务局的问责建议", "subject": "organisation", "department": who.water.pk, "facts": ready.FACTS,
        "basis": "条例", "directions": ["org_bulletin", "org_examination"], "receiver": ready.organ(who).pk,
    }  # fmt: skip
    client.get("/accountability/new/")
    client.post("/accountability/new/", said)
    made = Accountability.objects.get()
    assert made.directions == ["org_examination", "org_bulletin"]
    address = made.get_absolute_url()
    assert client.post(f"{address}submit/").status_code == 422
    assert client.post(f"{address}ask_statement/", {}).status_code == 302
    made.refresh_from_db()
    at(who.unit_head).post(f"{made.statement.get_absolute_url()}state/", {"text": "属实"})
    boxes = {}
    for row in ready.grounds("objected"):
        boxes |= {f"grounds-{row['ground']}-holds": row["holds"], f"grounds-{row['ground']}-why": row["why"]}
    short = {key: value for key, value in boxes.items() if "cooperated" not in key}
    answer = client.post(f"{address}assess/", short | {"opinion": "部分成立"})
    assert answer.status_code == 422
    assert "经查阅会议记录核实" in answer.content.decode()
    assert client.post(f"{address}assess/", boxes | {"opinion": "部分成立"}).status_code == 302
    proposals.prove(make.fresh(made), by=who.supervisor, file=make.upload())
    client.post(f"{address}submit/")
    at(who.chief).post(f"{address}approve/", {"comment": "同意"})
    colleague = at(who.colleague)
    assert "纪检联络员" in colleague.get(f"{address}transfer/").content.decode()
    answer = colleague.post(f"{address}transfer/", {"contacts": [who.discipline.pk]})
    assert answer["Location"] == "/accountability/"
    assert make.fresh(made).state == "transferred"
    assert colleague.get(address).status_code == 404


def test_the_forms_of_every_open_verb_open(who):
    papers = [ready.complete(who), ready.asked(who), ready.approved(who), ready.clue(who), ready.pending_clue(who)]
    papers += [ready.transferred(who), ready.transferred_clue(who), ready.praise(who), ready.case(who)]
    papers += [ready.published_case(who), ready.approved_praise(who), ready.pending(who)]
    papers += [ready.pending_praise(who), ready.pending_case(who), ready.approved_clue(who)]
    opened = set()
    table = {noun.model: noun for noun in NOUNS}
    for paper in papers:
        noun = table[type(paper)]
        for person in (who.supervisor, who.chief, who.discipline, who.unit_head):
            for verb in noun.steps(paper, person):
                address = f"{paper.get_absolute_url()}{verb}/"
                assert at(person).get(address).status_code == 200, address
                opened.add((noun.name, verb))
    assert opened == {(noun.name, verb.name) for noun in NOUNS for verb in noun.verbs}


def test_clue_forms_never_show_the_informant_again(who):
    clue = ready.clue(who)
    page = at(who.supervisor).get(f"/clues/{clue.pk}/edit/").content.decode()
    assert "赵敢言" not in page

    clues.edit(clue, by=who.supervisor, **ready.clue_words(who, informant="", informant_contact=""))
    assert clues.unmask(make.fresh(clue), by=who.supervisor, reason="核实").name == "赵敢言"


def test_a_proposal_that_rests_on_findings_alone_says_so(who):
    finding = correcting.accepted(who)
    bare, resting = ready.proposal(who), ready.proposal(who, findings=[finding])
    client = at(who.supervisor)

    page = client.get(resting.get_absolute_url()).content.decode()

    assert "以下列 1 个已认定的督查问题为据，证据随问题保存" in page
    assert "还没有证据" not in page
    assert f'href="{finding.get_absolute_url()}?tab=proofs"' in page
    assert "还没有证据" in client.get(bare.get_absolute_url()).content.decode()


def test_a_ground_that_lacks_its_answer_or_its_reason_is_called_by_its_words(who):
    made = ready.heard(who)
    lacking = ready.grounds()
    lacking[0]["holds"], lacking[1]["why"] = "", ""

    for row, said in ((0, "请选择成立或者不成立。"), (1, "请写明理由。")):
        rows = [lacking[n] if n == row else full for n, full in enumerate(ready.grounds())]
        words = {"grounds": json.dumps(rows), "opinion": "无"}
        page = at(who.supervisor).post(f"{made.get_absolute_url()}assess/", words)
        assert page.status_code == 400
        assert f"{Ground(rows[row]['ground']).label}：{said}" in page.content.decode()
    assert make.fresh(made).assessed_at is None
