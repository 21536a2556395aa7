"""Sentences that a bulletin says again: what was said word by word in an earlier issue is flagged (C10 T4). Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

SHORTEST: Final = 8
"""Characters below which a sentence is a formula (现通报如下), not something said. Ours."""
ENDS: Final = re.compile(r"[。！？；!?;\n]+")
BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True)
class Repeat:
    """A sentence and the number of the issue in which it stood already."""

    sentence: str
    number: str


def of(text: str) -> Iterator[str]:
    """Yield the sentences of a text without blanks, short formulas left out."""
    for part in ENDS.split(text):
        sentence = BLANKS.sub("", part)
        if len(sentence) >= SHORTEST:
            yield sentence


def repeated(texts: Iterable[str], before: Iterable[tuple[str, str]]) -> list[Repeat]:
    """Return the sentences of ``texts`` that stand in one of the issues ``before``: (number, text), the last first."""
    said: dict[str, str] = {}
    for number, text in before:
        for sentence in of(text):
            said.setdefault(sentence, number)
    mine = dict.fromkeys(sentence for text in texts for sentence in of(text))
    return [Repeat(sentence, said[sentence]) for sentence in mine if sentence in said]
