"""A breakdown in the shape of the reference corpus, so that anyone can score it with the corpus' own scorer."""

from typing import Any

from tasks.decomposition.shapes import Breakdown, Draft


def prediction(breakdown: Breakdown) -> dict[str, Any]:
    """Give document and tasks as NAME.pred.json has them."""
    facts = breakdown.facts
    return {
        "document": {
            "title": facts.title,
            "doc_no": facts.doc_no or None,
            "issuer": facts.issuer or None,
            "issued_on": facts.issued_on.isoformat() if facts.issued_on else None,
            "cycle": facts.cycle,
            "annotated": facts.annotated,
        },
        "tasks": [_task(draft) for draft in breakdown.drafts],
    }


def _task(draft: Draft) -> dict[str, Any]:
    due = draft.deadline.date
    return {
        "clause": draft.clause.text,
        "id": draft.clause.id,
        "span": [draft.clause.start, draft.clause.end],
        "path": list(draft.clause.path),
        "annotation": draft.annotation or None,
        "title": draft.title,
        "lead": list(draft.lead),
        "cooperating": list(draft.cooperating),
        "groups": list(draft.groups),
        "unresolved": list(draft.unresolved),
        "choices": [{"text": one.text, "candidates": list(one.candidates)} for one in draft.choices],
        "suggested": list(draft.suggested),
        "deadline": due.isoformat() if due else None,
        "deadline_text": draft.deadline.text or None,
        "milestones": [{"text": one.text, "date": one.date.isoformat()} for one in draft.deadline.milestones],
        "cycle": draft.cycle,
        "responsible_leader": draft.leader or None,
        "standards": [{"text": one.text, "number": one.number, "unit": one.unit} for one in draft.standards],
        "urgency": draft.urgency,
    }
