"""Who should see which row of supervision, and which of its words: plain predicates, written apart from the querysets.

They are written out of domain.md (R1-R44) and reliability.md 5.2 and 5.5, row by row; those of plans and inspections
are the oracle's of ``tests/architecture/test_visibility_inspecting.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import ForeignKey, prefetch_related_objects
from django.utils import timezone

from organization.states import Role
from supervision.models import (
    Accountability,
    Bulletin,
    Case,
    Claim,
    Clue,
    Commendation,
    Conclusion,
    Correction,
    Deferral,
    Exhibit,
    Finding,
    Informant,
    Inspection,
    Mention,
    Notice,
    Plan,
    Receipt,
    Rectification,
    Review,
    Scheme,
    Seal,
    Statement,
    Voucher,
)
from tests.architecture import test_visibility_inspecting as inspecting
from workflow.models import Event

UNITS = (Role.UNIT_HEAD, Role.HANDLER)
PAPERS = (Role.SUPERVISOR, Role.LEADER)
WORKING = (*PAPERS, *UNITS, Role.INSPECTOR)
READING = (*WORKING, Role.DISCIPLINE)
CHIEF, DEPUTY = 1, 2
Rows = dict[Any, dict[int, Any]]
HANDED = ("transferred", "answered")


class Eye(inspecting.Eye):
    """One person, who sees or does not see one thing at a time."""

    def is_one(self, person: Any) -> bool:
        """Tell whether the person is this one, or he for whom he acts."""
        return person is not None and person in (self.user.pk, getattr(self.user.behalf, "pk", None))

    def leads(self, organiser: Any, lowest: int = 4) -> bool:
        """Tell whether he leads the government for which the office works, at this rank or above."""
        return self.role == Role.LEADER and self.rank <= lowest and organiser.jurisdiction_path == self.unit.path

    def serves(self, office: Any) -> bool:
        """Tell whether he is an officer of the office."""
        return self.role == Role.SUPERVISOR and office.pk == self.unit.pk

    def writes(self, organiser: Any) -> bool:
        """Tell whether he works on the papers of the office, or leads its government."""
        return self.role in PAPERS and self.speaks_for(organiser)

    def is_below(self, organiser: Any) -> bool:
        """Tell whether he works in the government of the office, or under it."""
        return self.role in READING and self.unit.path.startswith(organiser.jurisdiction_path)

    # ---------------------------------------------------------------------------------------------- 整改

    def finding(self, finding: Any) -> bool:
        told = finding.issued_at is not None
        if self.whole(finding.inspection) or (told and self.speaks_for(finding.department)):
            return True
        if self.role not in WORKING:
            return False
        verifies = any(self.is_one(item.verifier_id) for item in finding.rectifications.all())
        concluded = [one for one in finding.inspection.conclusions.all() if one.department_id == finding.department_id]
        return verifies or (told and any(self.handles(one) for one in concluded))

    def handles(self, conclusion: Any) -> bool:
        return self.role in WORKING and any(self.is_one(review.handler_id) for review in conclusion.reviews.all())

    def item(self, item: Any) -> bool:  # type: ignore[override]
        return self.finding(item.finding) if isinstance(item, Rectification) else super().item(item)

    def of_item(self, part: Any) -> bool:
        return self.finding(part.rectification.finding)

    def conclusion(self, conclusion: Any) -> bool:
        told = conclusion.state in ("issued", "received", "changed", "annulled")
        own = told and self.speaks_for(conclusion.department)
        return self.whole(conclusion.inspection) or own or self.handles(conclusion)

    def review(self, review: Any) -> bool:
        return self.conclusion(review.conclusion)

    # ---------------------------------------------------------------------------------------------- 情况通报

    def notice(self, notice: Any) -> bool:
        sent = notice.issued_at is not None
        return self.writes(notice.organiser) or (sent and self.receives(notice.department))

    def receives(self, unit: Any) -> bool:
        return self.role in (*UNITS, *PAPERS) and self.speaks_for(unit)

    def bulletin(self, bulletin: Any) -> bool:
        copies = [copy for copy in bulletin.receipts.all() if copy.state in ("sent", "received")]
        return self.writes(bulletin.organiser) or any(self.receives(copy.department) for copy in copies)

    def mention(self, mention: Any) -> bool:
        asked = mention.state in ("asked", "answered", "accepted", "refused")
        return self.writes(mention.bulletin.organiser) or (asked and self.receives(mention.department))

    def receipt(self, copy: Any) -> bool:
        sent = copy.state in ("sent", "received")
        return self.writes(copy.bulletin.organiser) or (sent and self.receives(copy.department))

    # ---------------------------------------------------------------------------------------------- 监督问责

    def is_sealed_to(self, paper: Any, *, legible: bool = False) -> bool:
        """Tell whether he is named on the sealed paper in the post in which he acts, and in person."""
        return self.user.behalf is None and any(
            (seal.user_id, seal.department_id, seal.role) == (self.user.pk, self.unit.pk, self.role)
            and not (legible and seal.closed_at)
            for seal in paper.seals.all()
        )

    def proposal(self, paper: Any) -> bool:
        if self.is_one(paper.person_id):
            return False
        if paper.state in HANDED:
            return self.is_sealed_to(paper)
        return self.serves(paper.organiser) or (paper.state != "draft" and self.leads(paper.organiser, CHIEF))

    def statement(self, statement: Any) -> bool:
        if statement.person_id is not None and statement.person_id == self.user.pk:
            return True
        heads = self.role == Role.UNIT_HEAD and statement.department_id == self.unit.pk
        return self.proposal(statement.accountability) or (heads and statement.person_id is None)

    def clue(self, clue: Any) -> bool:
        return not self.is_one(clue.person_id) and self.is_sealed_to(clue)

    def content_of(self, clue: Any) -> bool:
        return not self.is_one(clue.person_id) and self.is_sealed_to(clue, legible=True)

    def informant(self, informant: Any) -> bool:
        parts = {seal.part for seal in informant.clue.seals.all() if seal.user_id == self.user.pk}
        return self.content_of(informant.clue) and bool(parts & {"drafter", "contact"})

    def praise(self, praise: Any) -> bool:
        if self.keeps_praise(praise):
            return True
        own = self.role in UNITS and praise.department_id == self.unit.pk and praise.state == "approved"
        return own or (praise.state == "published" and self.is_below(praise.organiser))

    def keeps_praise(self, praise: Any) -> bool:
        return self.serves(praise.organiser) or (praise.state != "draft" and self.leads(praise.organiser, CHIEF))

    def case(self, case: Any) -> bool:
        out = case.state == "published" and case.review_on > timezone.localdate()
        return self.keeps_case(case) or (out and self.is_below(case.organiser))

    def keeps_case(self, case: Any) -> bool:
        return self.serves(case.organiser) or (case.state != "draft" and self.leads(case.organiser, DEPUTY))

    def exhibit(self, file: Any) -> bool:
        readers: dict[str, Callable[[Any], bool]] = {
            "accountability": self.proposal, "clue": self.content_of, "commendation": self.keeps_praise,
            "case": self.keeps_case, "statement": self.statement,
        }  # fmt: skip
        name = next(name for name in readers if getattr(file, f"{name}_id") is not None)
        return readers[name](getattr(file, name))

    def seal(self, seal: Any) -> bool:
        return self.clue(seal.clue) if seal.clue else self.proposal(seal.accountability)


ROWS: dict[Any, Callable[[Any, Any], bool]] = {
    **{model: getattr(Eye, predicate.__name__) for model, predicate in inspecting.NOUNS.items()},
    Finding: Eye.finding, Rectification: Eye.item, Claim: Eye.of_item, Correction: Eye.of_item,
    Voucher: Eye.of_item, Deferral: Eye.of_item,
    Conclusion: Eye.conclusion, Review: Eye.review, Notice: Eye.notice, Bulletin: Eye.bulletin, Mention: Eye.mention,
    Receipt: Eye.receipt, Accountability: Eye.proposal, Statement: Eye.statement, Clue: Eye.clue,
    Informant: Eye.informant, Commendation: Eye.praise, Case: Eye.case, Exhibit: Eye.exhibit,
}  # fmt: skip
"""Who sees the row at all."""


def sees(eye: Eye, row: Any) -> bool:
    """Tell whether the row is there for the person."""
    return eye.user.is_active and eye.unit is not None and ROWS[type(row)](eye, row)


# ------------------------------------------------------------------------------------------------ words


def _of_inspection(eye: Eye, row: Any, field: str) -> bool:
    return field != "report" or eye.whole(row)


def _is_named_to(eye: Eye, row: Any, field: str) -> bool:
    """Tell whether name and basis go with what the person sees of it: what it found, the bulletin that names him."""
    if isinstance(row, Inspection):
        return field in ("number", "title", "basis_text", "basis_document") and any(
            eye.finding(one) if isinstance(one, Finding) else eye.conclusion(one)
            for one in (*row.findings.all(), *row.conclusions.all())
        )
    return isinstance(row, Bulletin) and field in ("number", "title") and any(map(eye.mention, row.mentions.all()))


def _of_scheme(eye: Eye, row: Any, field: str) -> bool:
    return field not in ("comment", "units") or eye.whole(row.inspection)


def _of_review(eye: Eye, row: Any, field: str) -> bool:
    """An opinion is for who has it and who sees the inspection from within; for the unit once it is decided."""
    runs = eye.is_one(row.handler_id) or eye.whole(row.conclusion.inspection)
    return field not in ("grounds", "changes") or row.state == "decided" or runs


def _of_clue(eye: Eye, row: Any, field: str) -> bool:
    return field in ("number", "withdrawn_reason") or eye.content_of(row)


def _of_case(eye: Eye, row: Any, field: str) -> bool:
    return field.startswith("told_") or eye.keeps_case(row)


def _of_bulletin(eye: Eye, row: Any, field: str) -> bool:
    return eye.writes(row.organiser) or row.state == "issued" or field in ("title", "number", "withdrawn_reason")


def _nothing(eye: Eye, row: Any, field: str) -> bool:
    """Say that nobody is told: who told it is shown by a recorded look alone, which is no reading (R44)."""
    return False


FIELDS: dict[Any, Callable[[Eye, Any, str], bool]] = {
    Inspection: _of_inspection, Scheme: _of_scheme, Review: _of_review, Clue: _of_clue, Case: _of_case,
    Bulletin: _of_bulletin, Informant: _nothing,
}  # fmt: skip
"""Which words of a row that somebody sees are for him, where not all are."""


def behind(eye: Eye, row: Any, rows: Rows) -> bool:
    """Tell whether a paper whose content the person reads rests on the task or the evidence (5.2: read-only)."""
    papers = {Accountability: eye.proposal, Clue: eye.content_of, Commendation: eye.keeps_praise}
    name = "tasks" if type(row).__name__ == "Task" else "evidence"
    return eye.unit is not None and any(
        row in getattr(paper, name).all() and may(paper)
        for model, may in papers.items()
        for paper in rows[model].values()
    )


def reads(eye: Eye, row: Any, field: str) -> bool:
    """Tell whether the person reads the field of the row."""
    if isinstance(row, Seal):
        return eye.seal(row)
    if isinstance(row, Mention) and field == "text" and eye.bulletin(row.bulletin):
        return True  # a passage of the bulletin
    if _is_named_to(eye, row, field):
        return True
    return sees(eye, row) and FIELDS.get(type(row), lambda *_: True)(eye, row, field)


STREAMS: dict[str, tuple[Any, Callable[[Eye, Any], bool]]] = {
    "inspection": (Inspection, lambda eye, row: eye.whole(row)),
    "plan": (Plan, Eye.plan),
    "finding": (Finding, Eye.finding),
    "conclusion": (Conclusion, Eye.conclusion),
    "notice": (Notice, Eye.notice),
    "bulletin": (Bulletin, lambda eye, row: eye.writes(row.organiser)),
    "accountability": (Accountability, Eye.proposal),
    "clue": (Clue, Eye.content_of),
    "commendation": (Commendation, Eye.keeps_praise),
    "case": (Case, Eye.keeps_case),
}
OF_UNIT = ("finding", "conclusion")
OF_NAMING = ("mention.ask", "mention.answer", "mention.accept", "mention.refuse", "mention.drop")
WITHIN = (
    "finding.find", "finding.edit", "finding.discard", "finding.recheck", "conclusion.draft", "conclusion.edit",
    "conclusion.discard", "conclusion.submit", "conclusion.send_back", "review.propose", "review.send_back",
    "notice.draft", "notice.edit", "notice.submit", "notice.send_back",
)  # fmt: skip
"""How the office came to what it told the unit."""


def event(eye: Eye, event_: Event, rows: Rows) -> bool:
    """Tell whether the person reads what the event of a chain of supervision tells."""
    noun, _colon, key = event_.stream.partition(":")
    if noun not in STREAMS or eye.unit is None:
        return False
    model, seen = STREAMS[noun]
    row = rows[model][int(key)]
    if event_.kind in OF_NAMING and eye.mention(rows[Mention][event_.subject_id]):
        return True
    if not seen(eye, row):
        return False
    within = eye.writes(row.organiser) if noun == "notice" else noun not in OF_UNIT or eye.whole(row.inspection)
    return within or event_.kind not in WITHIN


PREFETCHED = {
    Inspection: ("members", "targets__department", "conclusions__reviews", "conclusions__department",
                 "findings__rectifications", "findings__department"),
    Finding: ("rectifications",), Conclusion: ("reviews",), Accountability: ("seals", "tasks", "evidence"),
    Clue: ("seals", "tasks", "evidence"), Commendation: ("tasks", "evidence"),
    Bulletin: ("receipts__department", "mentions__department"),
}  # fmt: skip


def load(models: set[Any]) -> Rows:
    """Return every row of the models, tied to each other, so that no predicate asks the database."""
    rows = {model: model._base_manager.in_bulk() for model in {*models, *ROWS, *PREFETCHED}}
    for model, names in PREFETCHED.items():
        prefetch_related_objects(list(rows[model].values()), *names)
    for model, table in rows.items():
        keys = [key for key in model._meta.concrete_fields if isinstance(key, ForeignKey) and key.related_model in rows]
        for row in table.values():
            for key in keys:
                if (target := rows[key.related_model].get(getattr(row, key.attname))) is not None:
                    key.set_cached_value(row, target)
    return rows
