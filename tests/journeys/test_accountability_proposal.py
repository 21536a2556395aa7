"""问责建议 through real pages: refused while it lacks the object's words, then heard, weighed, approved, answered."""

import pytest
from playwright.sync_api import expect

from supervision.models import Accountability
from supervision.states.answering import Ground
from tests.factories import supervision_answering as answering
from tests.factories import supervision_correcting as correcting
from tests.factories import tasks as make
from tests.journeys.conftest import fill
from workflow.models import Event

pytestmark = pytest.mark.browser

TITLE = "关于市水务局虚报进度的问责建议"
WORDS = "泵站停电系供电部门检修，不是有意虚报。"


def test_a_proposal_is_heard_weighed_approved_handed_over_and_answered(team, who):
    finding = correcting.accepted(who)
    draft(team, finding)
    proposal = Accountability.objects.get()
    is_refused_without_the_words_of_the_object(team, proposal)
    hear_and_weigh(team, proposal)
    approve_and_hand_over(team, proposal)
    answer(team, proposal)

    proposal = make.fresh(proposal)
    assert (proposal.state, proposal.adoption, proposal.approved_by) == ("answered", "partly", who.chief)
    assert len({proposal.drafted_by_id, proposal.approved_by_id, proposal.answered_by_id}) == 3
    assert make.fresh(finding.task).state == "active"  # what is answered for is still to be done (R41)


def draft(team, finding):
    """The officer writes down the facts and what they rest on."""
    officer = team("supervisor")
    form = officer.goes_to("/accountability/").opens("拟问责建议书").page.locator("main form.form")
    fill(form, {
        "title": TITLE, "subject": "单位", "department": "市水务局", "facts": answering.FACTS,
        "basis": "《政府督查工作条例》第二十一条", "directions": ["通报（单位）"], "receiver": "市纪委监委",
        "findings": str(finding),
    })  # fmt: skip
    officer.sends(form, "已拟稿。下一步请听取对象说明").reads(finding.fact)


def is_refused_without_the_words_of_the_object(team, proposal):
    """The refusal says in plain words what is missing and what to do; row and record stay as they were."""
    officer, before = team("supervisor"), list(Event.objects.order_by("pk").values_list("pk", flat=True))
    officer.is_refused(officer.presses("提请批准"), "还没有听取对象的说明。请先告知事实、听取说明")

    kept = make.fresh(proposal)
    assert (kept.state, kept.version, kept.facts) == ("draft", proposal.version, answering.FACTS)
    assert list(Event.objects.order_by("pk").values_list("pk", flat=True)) == before
    officer.reads("还没有听取对象说明").reads(answering.FACTS)


def hear_and_weigh(team, proposal):
    """The head of the unit speaks to the facts, of which he reads nothing else; the office weighs every ground."""
    officer = team("supervisor").does("听取对象说明")
    unit = team("unit_head").goes_to("/statements/").opens("市水务局").reads(answering.FACTS)
    expect(unit.page.locator("main")).not_to_contain_text("通报（单位）")
    unit.does("提交说明", text=WORDS)
    unit.finds_nothing_at(proposal.get_absolute_url())

    officer.goes_to(proposal.get_absolute_url()).reads(WORDS)
    form = officer.presses("容错评估")
    said = {f"grounds-{ground}-{part}": words for ground in Ground.values
            for part, words in (("holds", "不成立"), ("why", "经查阅会议记录核实"))}  # fmt: skip
    fill(form, said | {f"grounds-{Ground.COOPERATED}-holds": "请选择", "opinion": "不具备容错情形"})
    officer.is_refused(form, "积极配合调查、主动承担责任（第十八条）：请选择成立或者不成立。")
    officer.does("容错评估", **said, opinion="不具备容错情形").reads("经查阅会议记录核实")
    officer.does("提请批准").reads("待行政首长批准")


def approve_and_hand_over(team, proposal):
    """Only the head of the government approves; from the hand-over on a colleague of the drafter finds nothing."""
    address = proposal.get_absolute_url()
    team("leader").finds_nothing_at(address)
    chief = team("chief").goes_to("/accountability/").opens(TITLE).reads(WORDS)
    chief.does("批准建议", comment="同意移送").reads("已批准待移交")
    team("supervisor").goes_to(address).does("移送", contacts=["纪检联络员"]).reads("已移送")
    team("colleague").finds_nothing_at(address)


def answer(team, proposal):
    """Who received it answers in writing; the drafter reads the answer."""
    contact = team("discipline").goes_to("/accountability/").opens(TITLE).reads(answering.FACTS).reads(WORDS)
    contact.does("书面反馈采纳情况", adoption="部分采纳", reply="对主要责任人立案了解。").reads("已反馈")
    team("supervisor").goes_to(proposal.get_absolute_url()).reads("对主要责任人立案了解。").reads("部分采纳")
