"""Papers of the room: each kind as Word and PDF, at both doors, only to who reads the row (R15, R36, R44)."""

from io import BytesIO

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from organization.states import Side
from supervision import papers
from supervision.operations import accountability as proposals
from supervision.operations import bulletins, inspections, notices
from supervision.states.informing import NoticeState
from tests.factories import supervision_answering as answering
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_informing as informing
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make
from tests.tasks.api.caller import Caller

pytestmark = pytest.mark.once


def held_talk(who):
    talk = informing.issued_notice(who, "talk")
    return notices.note(
        talk, by=who.supervisor, held_on=inspecting.today(), attended="局长王某", minutes="通报逾期情况",
        commitments="月底前完成",
    )  # fmt: skip


def scheme(who):
    return inspecting.approved(who).schemes.get()


def spoken_bulletin(who):
    return bulletins.approve(informing.pending_bulletin(who, demands="请对照问题逐项整改。"), by=who.leader)


KINDS = {
    "催办函": ("notice", informing.issued_notice, "请抓紧办理并说明原因"),
    "督办单": ("notice", lambda who: informing.issued_notice(who, "order", colour="red"), informing.SKIPS),
    "约谈记录": ("notice", held_talk, "通报逾期情况"),
    "督查通知单": ("inspection", inspecting.approved, "易涝点整治进度与质量"),
    "督查方案": ("scheme", scheme, "不打招呼、不陪同"),
    "情况说明告知书": ("finding", correcting.issued, "人民路下穿通道泵站未通电"),
    "整改通知书": ("rectification", correcting.ordered, "泵站通电并连续试运行72小时"),
    "督查结论书": ("conclusion", correcting.concluded, "人民路下穿通道泵站未通电"),
    "复核决定书": ("review", correcting.decided, "经核，停电确系检修"),
    "督查通报": ("bulletin", spoken_bulletin, "个别单位推进缓慢"),
    "问责建议书": ("accountability", answering.approved, "三处易涝点至今未动工"),
    "线索移送单": ("clue", answering.approved_clue, "涉嫌在清淤工程中收受好处"),
}
"""Each kind: its noun, the row when it is issued, a fact that stands in it."""


def plural(noun):
    return papers.sheet_of(noun).plural


def page(client, person, noun, key, ending):
    client.force_login(person)
    return client.get(f"/{plural(noun)}/{key}/paper.{ending}")


def rest(person, noun, key, ending):
    return Caller(person).client.get(f"/api/v1/{plural(noun)}/{key}/paper/", {"as": ending})


def words(content, ending):
    """Return what a file says, without blanks."""
    if ending == "docx":
        return "".join("".join(node.itertext()) for node in Document(BytesIO(content)).element.body).replace(" ", "")
    with pypdfium2.PdfDocument(content) as pdf:
        said = "".join(pdf[number].get_textpage().get_text_range() for number in range(len(pdf)))
    return "".join(said.split()).replace("\ufffe", "").replace("\u200b", "")


@pytest.mark.parametrize("ending", ["docx", "pdf"])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_of_paper_holds_number_title_and_facts_alike_at_both_doors(who, client, kind, ending):
    noun, stage, fact = KINDS[kind]
    thing = stage(who)
    number = getattr(thing, "number", None) if noun not in ("finding", "scheme") else thing.inspection.number

    by_page = page(client, who.supervisor, noun, thing.pk, ending)
    by_rest = rest(who.supervisor, noun, thing.pk, ending)

    assert (by_page.status_code, by_rest.status_code) == (200, 200)
    assert by_page.content == by_rest.content
    assert by_page["Content-Type"] == papers.TYPES[ending]
    assert by_page["Content-Disposition"].startswith("attachment; ")
    assert "sandbox" in by_page["Content-Security-Policy"]
    said = words(by_page.content, ending)
    assert kind in said
    assert number
    assert number in said
    assert fact in said


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_stranger_finds_no_paper_at_either_door(who, client, kind):
    noun, stage, _fact = KINDS[kind]
    thing = stage(who)

    for person in (who.stranger, who.auditor, who.system_admin):
        assert page(client, person, noun, thing.pk, "docx").status_code == 404
        assert rest(person, noun, thing.pk, "pdf").status_code == 404
        assert client.get(f"/{plural(noun)}/{thing.pk}/paper/").status_code == 404


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_paper_costs_five_statements_at_most(who, kind):
    noun, stage, _fact = KINDS[kind]
    key, sheet = stage(who).pk, papers.sheet_of(noun)
    person = type(who.supervisor).objects.get(pk=who.supervisor.pk)
    _ = person.role, person.department

    with CaptureQueriesContext(connection) as asked:
        papers.printed(sheet, sheet.rows(person).get(pk=key), person)

    assert len(asked) <= 5, [row["sql"][:120] for row in asked]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_paper_speaks_chinese_whatever_its_reader_speaks(who, client, language):
    thing = informing.issued_notice(who)
    client.cookies["django_language"] = language

    assert "逾期未办结" in words(page(client, who.handler, "notice", thing.pk, "docx").content, "docx")


# ------------------------------------------------------------------------------------------------ drafts


DRAFTS = {
    "notice": informing.notice,
    "conclusion": correcting.concluding,
    "bulletin": informing.bulletin,
    "accountability": answering.proposal,
    "clue": answering.clue,
    "finding": correcting.draft,
}


@pytest.mark.parametrize("noun", sorted(DRAFTS))
def test_a_draft_bears_no_number_and_says_what_it_is(who, client, noun):
    thing = DRAFTS[noun](who)

    answer = page(client, who.supervisor, noun, thing.pk, "docx")

    assert answer.status_code == 200
    assert "%E8%8D%89%E7%A8%BF" in answer["Content-Disposition"]  # 草稿
    said = words(answer.content, "docx")
    assert "草稿，未经签发，不具效力" in said
    assert "号" not in said.split("草稿")[0].replace("任务编号", "")[:60]


def test_who_sees_a_draft_and_does_not_work_at_it_is_refused(who, client):
    thing = informing.notice(who, "order")

    answer = rest(who.leader, "notice", thing.pk, "docx")

    assert (answer.status_code, answer.data["code"]) == (409, "notice.not_issued")
    assert page(client, who.leader, "notice", thing.pk, "docx").status_code == 409


def test_who_is_to_approve_reads_the_paper_he_approves(who, client):
    assert page(client, who.leader, "notice", informing.pending_notice(who).pk, "docx").status_code == 200


@pytest.mark.parametrize(
    ("noun", "stage"),
    [
        ("inspection", inspecting.pending),
        ("notice", lambda who: informing.issued_notice(who, "talk")),
        ("review", correcting.assigned),
        (
            "accountability",
            lambda who: proposals.withdraw(answering.proposal(who), by=who.supervisor, reason="查无实据"),
        ),
        ("finding", correcting.dropped),
    ],
)
def test_where_there_is_nothing_to_lay_out_yet_the_refusal_names_it(who, noun, stage):
    answer = rest(who.supervisor, noun, stage(who).pk, "pdf")

    assert (answer.status_code, answer.data["code"]) == (409, f"{noun}.not_issued")


def test_a_layout_that_is_not_offered_is_refused(who):
    answer = rest(who.supervisor, "notice", informing.issued_notice(who).pk, "odt")

    assert (answer.status_code, answer.data["code"]) == (400, "paper.as")


# ------------------------------------------------------------------------------------------------ who reads what


def test_r36_the_conclusion_of_one_unit_shows_no_other_units_finding(who, client):
    inspection = correcting.inspected(who, objects=[who.water, who.finance])
    correcting.accepted(who, inspection)
    other = "财政局专户账实不符"
    correcting.issued(who, inspection, department=who.finance, task=None, fact=other)
    conclusion = correcting.concluded(who, inspection)

    for ending in papers.TYPES:
        answer = page(client, who.unit_head, "conclusion", conclusion.pk, ending)
        said = words(answer.content, ending)
        assert "人民路下穿通道" in said
        assert "财政" not in said
    assert page(client, who.helper_head, "conclusion", conclusion.pk, "docx").status_code == 404


def test_r36_a_conclusion_is_the_governments_and_tells_the_right_of_review(who, client):
    conclusion = correcting.concluded(who)

    said = words(page(client, who.unit_head, "conclusion", conclusion.pk, "docx").content, "docx")

    assert "30日内，向青澜市人民政府申请复核" in said
    assert "证据：1-1" in said
    assert "立行立改，举一反三" in said


def test_a_matter_of_the_party_side_has_no_conclusion_but_tells_its_findings(who):
    make.fresh(who.government)
    type(who.government).objects.filter(pk__in=[who.government.pk, who.office.pk]).update(side=Side.PARTY)
    conclusion = correcting.concluded(who)
    conclusion.inspection.party = True
    conclusion.inspection.save(update_fields=["party"])

    answer = rest(who.supervisor, "conclusion", conclusion.pk, "docx")
    told = rest(who.unit_head, "finding", conclusion.inspection.findings.get().pk, "docx")

    assert (answer.status_code, answer.data["code"]) == (409, "conclusion.not_issued")
    assert told.status_code == 200


def test_r11_a_covert_visit_is_announced_to_nobody(who, client):
    visit = inspecting.approved(who, covert=True)

    assert rest(who.supervisor, "inspection", visit.pk, "docx").status_code == 409
    assert rest(who.unit_head, "inspection", visit.pk, "docx").status_code == 404
    assert rest(who.unit_head, "scheme", visit.schemes.get().pk, "docx").status_code == 404
    inspections.disclose(inspecting.fresh(visit), by=who.supervisor)
    assert rest(who.unit_head, "inspection", visit.pk, "docx").status_code == 200


def test_an_inspected_unit_reads_its_own_name_alone_and_no_scheme(who):
    inspection = inspecting.approved(who, objects=[who.water, who.finance])

    said = words(rest(who.unit_head, "inspection", inspection.pk, "docx").content, "docx")

    assert "市水务局" in said
    assert "市财政局" not in said
    assert rest(who.unit_head, "scheme", inspection.schemes.get().pk, "docx").status_code == 404


def test_r44_a_clue_opens_to_the_persons_named_and_never_tells_the_informant(who, client):
    clue = answering.transferred_clue(who)

    assert rest(who.supervisor, "clue", clue.pk, "docx").status_code == 404
    assert page(client, who.chief, "clue", clue.pk, "pdf").status_code == 404
    answer = rest(who.discipline, "clue", clue.pk, "docx")
    assert "赵敢言" not in words(answer.content, "docx")
    assert "收受" not in answer["Content-Disposition"]


def test_a_bulletin_is_laid_out_from_its_frozen_figures_alone(who):
    issued = spoken_bulletin(who)
    before = rest(who.unit_head, "bulletin", issued.pk, "docx").content

    who.water.name = who.water.short = "市水利局"
    who.water.save()
    informing.late_task(who)

    assert rest(who.unit_head, "bulletin", issued.pk, "docx").content == before


def test_a_bulletin_taken_back_is_closed_to_its_addressees(who):
    taken = informing.withdrawn_bulletin(who)

    assert rest(who.unit_head, "bulletin", taken.pk, "docx").status_code == 409
    assert "已撤回：数据有误" in words(rest(who.supervisor, "bulletin", taken.pk, "docx").content, "docx")


def test_a_notice_taken_back_says_so(who):
    taken = informing.withdrawn_notice(who)

    assert taken.state == NoticeState.WITHDRAWN
    assert "已撤销" in words(rest(who.handler, "notice", taken.pk, "docx").content, "docx")


def test_r15_rectifications_and_reviews_have_numbers_of_their_own_series(who):
    year = inspecting.today().year

    assert correcting.ordered(who).number == f"督改〔{year}〕1号"
    review = correcting.decided(who, correcting.received(who, correcting.inspected(who, topic="供水保障")))
    assert review.number == f"督核〔{year}〕1号"


# ------------------------------------------------------------------------------------------------ the page


def test_a_page_offers_the_paper_and_says_what_should_be_looked_at(who, client):
    thing = informing.issued_notice(who, text="长" * 4100)
    client.force_login(who.handler)

    assert f'hx-get="/notices/{thing.pk}/paper/"' in client.get(f"/notices/{thing.pk}/").content.decode()
    part = client.get(f"/notices/{thing.pk}/paper/", headers={"HX-Request": "true"}).content.decode()
    assert f"/notices/{thing.pk}/paper.docx" in part
    assert f"/notices/{thing.pk}/paper.pdf" in part
    assert "下载 Word" in part
    assert "下载 PDF" in part
    assert "超过4000字" in part


def test_where_there_is_no_paper_the_page_offers_none(who, client):
    thing = informing.issued_notice(who, "talk")
    client.force_login(who.handler)

    assert client.get(f"/notices/{thing.pk}/paper/", headers={"HX-Request": "true"}).content == b""
    assert client.get(f"/notices/{thing.pk}/paper/").status_code == 409
