"""The nouns of 监督问责: accountability, clue, commendation, case at the REST door."""

from __future__ import annotations

from typing import Any

from supervision.api.accountability import AccountabilitySet, StatementSet
from supervision.api.answering_common import ExhibitSet
from supervision.api.cases import CaseSet
from supervision.api.clues import ClueSet
from supervision.api.commendations import CommendationSet

ROUTES: tuple[tuple[str, Any], ...] = (
    ("accountability", AccountabilitySet),
    ("statements", StatementSet),
    ("clues", ClueSet),
    ("commendations", CommendationSet),
    ("cases", CaseSet),
    ("exhibits", ExhibitSet),
)
