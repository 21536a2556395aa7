"""How urgent a task is, by the words that offices use; the limits behind them are those of the source (domain 3.9)."""

import re

# The first row that is found gives the urgency.
WORDS: tuple[tuple[str, str], ...] = (
    ("critical", "特急|特提|火急|十万火急"),
    ("urgent", "加急|急件|急办|立即|马上|即刻|立行立改|即知即改|限时|从速|火速|不过夜"),
    ("prompt", "抓紧|尽快|尽早|抓早|抓快|倒排工期|优先"),
)
TABLE = tuple((urgency, re.compile(words)) for urgency, words in WORDS)
USUAL = "normal"


def urgency_of(*texts: str) -> str:
    """Give critical, urgent, prompt or normal by the first text that says something."""
    for text in texts:
        for urgency, pattern in TABLE:
            if pattern.search(text):
                return urgency
    return USUAL
