"""What the decomposition reaches: ``python -m benchmarks.decomposition [--corpus DIR] [--papers N] [--errors]``.

With ``--corpus`` (or CORPUS_DIR) the reference corpus is read by the command of the house and judged by the corpus' own
score.py (DIR holds score.py, dev/ and dev/departments.json). The made papers of ``benchmarks.papers`` are judged by the
same scorer. At last the engine alone is timed on 6,000, 60,000 and 600,000 characters (goal: 6,000 in 0.5 s, linear).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import papers
from benchmarks.paper_words import directory
from tasks.decomposition.engine import decompose
from tasks.decomposition.naming import directory_of
from tasks.decomposition.prediction import prediction

ROOT = Path(__file__).resolve().parent.parent
SIZES = (6_000, 60_000, 600_000)
GOAL_SECONDS = 0.5


def judge(scorer: Path, predicted: Path, gold: Path, *, errors: bool) -> None:
    """Let the corpus' scorer print its table."""
    words = [sys.executable, str(scorer), str(predicted), str(gold), *(["--show-errors"] if errors else [])]
    subprocess.run(words, check=True)  # noqa: S603 - the scorer that the caller named


def corpus(folder: Path, *, errors: bool) -> None:
    """Read the corpus with the house's command and judge it."""
    documents = [p for p in sorted((folder / "dev").iterdir()) if p.suffix in {".txt", ".docx", ".xlsx", ".pdf"}]
    with tempfile.TemporaryDirectory() as out:
        environment = {"SECRET_KEY": "benchmark-" * 6, "EMBEDDED_TRIAL": "0", "DATA_DIR": out, **os.environ}
        command = [sys.executable, "manage.py", "decompose", *map(str, documents)]
        units = folder / "dev" / "departments.json"
        subprocess.run(  # noqa: S603 - our own command
            [*command, "--departments", str(units), "--out", out],
            check=True, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        judge(folder / "score.py", Path(out), folder / "dev", errors=errors)


def made(folder: Path, count: int, *, errors: bool) -> None:
    """Make papers of every kind in every dirt, take them apart and judge them."""
    units = directory_of(directory())
    with tempfile.TemporaryDirectory() as out:
        for seed in range(count):
            for kind, make in papers.KINDS.items():
                dirt = list(papers.DIRT)[seed % len(papers.DIRT)]
                text, gold = make(seed)
                stem = f"{kind}-{seed:03d}-{dirt}"
                found = prediction(decompose(papers.DIRT[dirt](text), units))
                for ending, content in (("gold", gold), ("pred", found)):
                    Path(out, f"{stem}.{ending}.json").write_text(json.dumps(content, ensure_ascii=False))
        judge(folder / "score.py", Path(out), Path(out), errors=errors)


def timing() -> None:
    """Time the engine alone on one long paper; say where the goal is missed."""
    units = directory_of(directory())
    text = "".join(papers.annotated(seed)[0] for seed in range(400))
    for size in SIZES:
        begin = time.process_time()
        found = decompose(text[:size], units)
        spent = time.process_time() - begin
        missed = "  missed" if size == SIZES[0] and spent > GOAL_SECONDS else ""
        each = 1e6 * spent / size
        sys.stdout.write(
            f"{size:>8,} characters {spent:7.3f} s {each:5.1f} µs each {len(found.drafts):>6} drafts{missed}\n"
        )


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=os.environ.get("CORPUS_DIR"))
    parser.add_argument("--papers", type=int, default=12)
    parser.add_argument("--errors", action="store_true")
    asked = parser.parse_args()
    if asked.corpus:
        corpus(Path(asked.corpus), errors=asked.errors)
        made(Path(asked.corpus), asked.papers, errors=asked.errors)
    else:
        sys.stdout.write("No --corpus: only the time is measured (the scorer lies beside the corpus).\n")
    timing()


if __name__ == "__main__":
    main()
