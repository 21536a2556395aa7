"""The builders: plain values in, a Paper out. Each says the types of its values and hands them all over by name.

All refuse with RuleBroken: "paper.incomplete" with the names of all missing parts, "secrecy.marked" where a text
carries a mark of a state secret (R43). A cover that is to be laid out ``as_it_stands`` is refused the second alone.
"""

from collections.abc import Sequence
from datetime import date

from documents.papers.composing import composed
from documents.papers.items import Cover, Demand, Figures, Finding, Problem, RectificationItem
from documents.papers.kinds import (
    ACCOUNTABILITY,
    BULLETIN,
    CHASE,
    CONCLUSION,
    EXPLANATION,
    HANDOVER,
    INTERVIEW,
    NOTICE,
    PLAN,
    RECTIFICATION,
    REVIEW,
    SLIP,
)
from documents.papers.paper import Colour, Paper


def notice(
    cover: Cover,
    *,
    source: str,
    tasks: Sequence[str],
    lead: str,
    due: date,
    feedback: str,
    drafted_by: str,
    approved_by: str,
    partners: Sequence[str] = (),
) -> Paper:
    """Build a 督查通知单: what was ordered where, who does it by when, and how to answer."""
    return composed(NOTICE, locals())


def plan(
    cover: Cover,
    *,
    subject: str,
    basis: str,
    sort: str,
    content: Sequence[str],
    objects: Sequence[str],
    scope: str,
    methods: Sequence[str],
    begins_on: date,
    ends_on: date,
    leader: str,
    members: Sequence[str],
    discipline: str,
    approved_by: str,
    approved_on: date | None,
    materials: Sequence[str] = (),
) -> Paper:
    """Build a 督查方案 (政府督查工作条例, article 15). Without materials it says that none are asked for."""
    return composed(PLAN, locals())


def rectification(
    cover: Cover, *, subject: str, opening: str, items: Sequence[RectificationItem], reporting: str
) -> Paper:
    """Build a 整改通知书 (article 18): numbered problems, each with demand, limit, standard and verifier."""
    return composed(RECTIFICATION, locals())


def conclusion(
    cover: Cover,
    *,
    subject: str,
    basis: str,
    process: str,
    findings: Sequence[Finding],
    evaluation: str,
    review_authority: str,
    demands: Sequence[Demand | str] = (),
) -> Paper:
    """Build a 督查结论书 in the government's name (articles 16, 17; R36).

    Refuses a ``cover.signed`` that is no government ("paper.not_government") and a finding without evidence. The right
    of 复核 within 30 days of receipt, at ``review_authority``, is told by the builder. No demands is said on paper.
    """
    return composed(CONCLUSION, locals())


def bulletin(
    cover: Cover,
    *,
    subject: str,
    overview: str,
    problems: Sequence[Problem],
    next_steps: str | Sequence[str],
    opening: str = "",
    achievements: str | Sequence[str] = "",
    causes: str | Sequence[str] = "",
    figures: Sequence[Figures] = (),
) -> Paper:
    """Build a 督查通报, with tables of figures; a problem names its units or nobody."""
    return composed(BULLETIN, locals())


def slip(
    cover: Cover,
    *,
    matter: str,
    demand: str | Sequence[str],
    unit: str,
    person: str,
    due: date,
    earlier: Sequence[str],
    approved_by: str,
    situation: str = "",
    colour: Colour | None = None,
) -> Paper:
    """Build a 督办单: what is demanded of whom by when, after which earlier papers (``earlier``), signed by a leader.

    ``colour`` is the optional preset of three colours; the paper says it in a word within a border of that colour.
    """
    return composed(SLIP, locals())


def chase(cover: Cover, *, subject: str, situation: str, demand: str | Sequence[str], reply_by: date) -> Paper:
    """Build a 催办函 in the form of a letter."""
    return composed(CHASE, locals())


def accountability(
    cover: Cover,
    *,
    subject: str,
    facts: Sequence[Finding],
    explanation: str,
    basis: str,
    tolerance: str,
    direction: str,
    approved_by: str,
    approved_on: date | None,
) -> Paper:
    """Build a 问责建议书 to the competent organ (article 21; R39, R40): it proposes and asks for a written answer.

    ``explanation`` is what the object says, ``tolerance`` the assessment of 容错; a paper without them is refused.
    """
    return composed(ACCOUNTABILITY, locals())


def handover(
    cover: Cover,
    *,
    clue: str,
    origin: str,
    materials: Sequence[str],
    basis: str,
    approved_by: str,
    approved_on: date | None,
    handler: str,
) -> Paper:
    """Build a 线索移送单 to the organ that investigates (article 23)."""
    return composed(HANDOVER, locals())


def interview(
    cover: Cover,
    *,
    held_on: date,
    venue: str,
    interviewers: Sequence[str],
    interviewees: Sequence[str],
    recorder: str,
    reason: str,
    content: str | Sequence[str],
    commitments: str | Sequence[str],
) -> Paper:
    """Build a 约谈记录 with room for the signatures."""
    return composed(INTERVIEW, locals())


def review(
    cover: Cover,
    *,
    subject: str,
    applicant: str,
    applied_on: date,
    accepted_on: date,
    handlers: Sequence[str],
    facts: str | Sequence[str],
    reasons: str | Sequence[str],
    decision: str | Sequence[str],
) -> Paper:
    """Build a 复核决定书 (article 17). It declares that no handler took part in the conclusion: the caller knows it."""
    return composed(REVIEW, locals())


def explanation(
    cover: Cover, *, subject: str, findings: Sequence[Finding], receiver: str, reply_by: date | None
) -> Paper:
    """Build a 情况说明告知书: what is about to be found, and until when it may be answered."""
    return composed(EXPLANATION, locals())
