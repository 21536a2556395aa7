"""Whose turn it is: every page says who must act now and what is waited for."""

import pytest

from supervision.lifecycles import ALL
from supervision.operations import accountability as proposals
from supervision.operations import statements
from supervision.presenters import turns
from tests.factories import supervision_answering as answering
from tests.factories import supervision_correcting as correcting
from tests.factories import supervision_informing as informing
from tests.factories import supervision_inspecting as inspecting
from tests.factories import tasks as make

PARTS = {"scheme", "member", "receipt"}
"""Told on the page of what they are parts of."""
AT_REST = {
    "plan.approved", "inspection.finished", "inspection.withdrawn", "finding.settled", "finding.undone",
    "finding.dropped", "rectification.done", "conclusion.received", "conclusion.changed",
    "conclusion.annulled", "conclusion.discarded", "review.decided", "review.withdrawn", "notice.answered",
    "notice.withdrawn", "bulletin.issued", "bulletin.withdrawn", "mention.draft", "mention.accepted",
    "mention.refused", "mention.dropped", "accountability.answered", "accountability.withdrawn", "statement.stated",
    "statement.declined", "statement.withdrawn", "clue.answered", "clue.withdrawn", "commendation.published",
    "commendation.withdrawn", "case.published", "case.expired", "case.withdrawn",
}  # fmt: skip
"""What waits for nobody: it ended, or it goes on only if somebody wants it to."""


def test_every_state_of_every_noun_waits_for_somebody_or_is_at_rest():
    states = {
        f"{table.noun}.{state}"
        for table in ALL if table.noun not in PARTS
        for step in table.steps for state in (*step.sources, step.target) if state
    }  # fmt: skip
    waiting = {f"{noun}.{state}" for noun, state in turns.WAITS} | {"accountability.draft", "accountability.returned"}

    assert waiting & AT_REST == set()
    assert waiting | AT_REST == states


STAGES = {
    inspecting.pending: ("行政首长", "审批督查和方案"),
    inspecting.running: ("督查组", "填写底稿，由组长签报督查报告"),
    correcting.accepted: ("市政府督查室", "下达整改要求"),
    correcting.asking: ("另一督查员", "批复延期申请；批复之前原期限不变"),
    correcting.claimed: ("另一督查员", "核验整改"),
    correcting.concluded: ("市水务局", "签收；收到次日起算申请复核的 30 日"),
    correcting.proposed: ("没有参与作出结论的本级领导", None),
    correcting.decided: None,
    informing.notice: ("市政府督查室", "核对后签发"),
    informing.pending_notice: ("秘书长以上领导", "批准签发"),
    informing.answered: ("市政府督查室", "采纳或不予采纳，并说明理由"),
    informing.issued_bulletin: None,
    answering.asked: ("市水务局", None),
    answering.transferred: ("市纪委监委", "书面反馈采纳情况"),
    answering.pending_case: ("分管以上领导", "批准发布"),
}


@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: f"{stage.__module__.split('_')[-1]}.{stage.__name__}")
def test_the_line_names_who_acts_and_what_is_waited_for(who, stage):
    said, expected = turns.of(stage(who)), STAGES[stage]

    if expected is None:
        assert said is None
    else:
        assert said["who"] == expected[0]
        assert expected[1] in (None, said["what"])


def test_the_days_of_the_line_are_those_of_the_thing(who):
    finding = correcting.issued(who)
    item = correcting.planned(who, finding=correcting.accepted(who))
    named_chief = answering.pending_case(who, anonymised=False, names=[])

    assert turns.of(finding) == {"who": "市水务局负责人", "what": f"在 {finding.answer_until} 前认可或提出异议"}
    assert turns.of(item)["what"] == f"在 {item.due_on} 前整改到位，由单位负责人申报"
    assert turns.of(named_chief)["who"] == "行政首长"


def test_a_proposal_that_is_written_says_which_step_it_lacks(who):
    made = answering.proposal(who)
    lines = [turns.of(made)]
    asked = statements.ask(made, by=who.supervisor)
    lines.append(turns.of(make.fresh(made)))
    statements.state(asked, by=who.unit_head, text="属实")
    lines.append(turns.of(make.fresh(made)))
    made = proposals.assess(make.fresh(made), by=who.supervisor, grounds=answering.grounds(), opinion="无")
    lines.append(turns.of(make.fresh(made)))

    assert lines == [
        {"who": "市政府督查室", "what": "告知事实，听取对象说明"},
        {"who": "市水务局", "what": f"在 {asked.due_on} 前说明"},
        {"who": "市政府督查室", "what": "对照第十七条、第十八条逐项作容错评估"},
        {"who": "市政府督查室", "what": "提请行政首长批准"},
    ]
