"""All checks and the suite on SQLite and again on PostgreSQL: ``python -m tests.run [pytest arguments]``.

The checks run beside the first suite. The second one runs what touches the database; the rest would prove nothing new.
What could not run here is counted and said aloud in the last lines. ``REQUIRE_SERVICES=1`` turns it into a failure.
"""

import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.services import chromium, database_url, redis_url

ROOT = Path(__file__).resolve().parent.parent
NOTES = ROOT / ".dev"
RED, GREEN, PLAIN = ("\033[31;1m", "\033[32;1m", "\033[0m") if sys.stdout.isatty() else ("", "", "")

CHECKS: dict[str, list[str]] = {
    "ruff（写法）": ["ruff", "check", "--quiet", "."],
    "ruff（排版）": ["ruff", "format", "--check", "--quiet", "."],
    "import-linter（房间次序）": ["lint-imports"],
    "makemigrations（迁移齐全）": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "mypy（类型）": ["mypy"],
}


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


@dataclass
class Tally:
    """What happened, over all runs."""

    passed: int = 0
    failed: int = 0
    ran: Counter[str] = field(default_factory=Counter)
    skipped: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def read(self, report: Path) -> None:
        """Add one run's JUnit report."""
        for case in ElementTree.parse(report).iter("testcase"):
            name = f"{case.get('classname')}::{case.get('name')}"
            skip = case.find("skipped")
            if skip is not None:
                self.skipped[name] = skip.get("message") or ""
            elif case.find("failure") is not None or case.find("error") is not None:
                self.failed += 1
                self.ran[name] += 1
            else:
                self.passed += 1
                self.ran[name] += 1

    def ran_once(self) -> int:
        """Return how many tests ran on one database only."""
        return sum(count == 1 for count in self.ran.values())

    def left_out(self) -> dict[str, str]:
        """Return the tests that ran on no database, with the reason."""
        return {name: reason for name, reason in self.skipped.items() if name not in self.ran}


def environment() -> dict[str, str]:
    """Return the environment of checks and suites: the tests' own values, never a house's that happens to be set.

    What Python compiles is kept for the second suite, outside the sources.
    """
    env = dict(os.environ) | {"PYTHONPYCACHEPREFIX": str(NOTES / "compiled")}
    for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "DATA_DIR", "PYTHONDONTWRITEBYTECODE"):
        env.pop(name, None)
    return env


@dataclass
class Checked:
    """How a check ended."""

    code: int
    output: str
    seconds: float


def check(command: list[str]) -> Checked:
    """Run one check; it gives way to the suite that runs beside it."""
    env = environment() | {"SECRET_KEY": "checks-only", "EMBEDDED_TRIAL": "0", "DATA_DIR": str(NOTES / "data")}
    began = time.monotonic()
    done = subprocess.run(
        ["nice", "-n", "10", *command],
        cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    return Checked(done.returncode, done.stdout, time.monotonic() - began)


def finish_checks(started: dict[str, Future[Checked]], tally: Tally) -> None:
    """Wait for the checks and show what each one complains of."""
    for name, future in started.items():
        done = future.result()
        mark = f"{GREEN}✓" if done.code == 0 else f"{RED}✗"
        say(f"· {name} … {mark}{PLAIN} ({done.seconds:.1f} s)")
        if done.code:
            log = NOTES / f"check-{name.split('（')[0]}.log"
            log.write_text(done.output, encoding="utf-8")
            say("\n".join([*done.output.splitlines()[-40:], f"  （全文见 {log}）"]))
            tally.failed += 1
            tally.problems.append(name)


def suite(name: str, tally: Tally, extra: dict[str, str], arguments: list[str]) -> None:
    """Run pytest once; its progress goes straight to the screen."""
    report = NOTES / f"junit-{name}.xml"
    report.unlink(missing_ok=True)
    say(f"\n── pytest · {name} " + "─" * 40)
    command = [sys.executable, "-m", "pytest", "-q", "--durations=15", f"--junitxml={report}", *arguments]
    code = subprocess.call(command, cwd=ROOT, env=environment() | extra)
    if report.exists():
        tally.read(report)
    # 5: no test selected, which is right for a run narrowed to some tests.
    if code not in (0, 1, 5) or not report.exists():
        tally.failed += 1
    if code not in (0, 5):
        tally.problems.append(f"pytest · {name}")


def missing() -> list[str]:
    """Return what this machine lacks for the whole suite."""
    lacks = []
    if database_url() is None:
        lacks.append("PostgreSQL（TEST_DATABASE_URL 或 127.0.0.1:5432）")
    if redis_url() is None:
        lacks.append("Redis（TEST_REDIS_URL 或 127.0.0.1:6379）")
    if chromium() is None:
        lacks.append("Chromium")
    return lacks


def report(tally: Tally, lacks: list[str], began: float) -> None:
    """Say in the last lines what did not run, what failed, and the sum."""
    left_out = tally.left_out()
    say("")
    if once := tally.ran_once():
        why = "不碰数据库、走浏览器、只讲文字与界面，或只对一种数据库有意义"
        say(f"只跑一遍的测试 {once} 项：{why} (ran on one database only)")
    if lacks:
        say(f"{RED}本机缺少：{'、'.join(lacks)}{PLAIN} (missing on this machine)")
    for reason, count in Counter(left_out.values()).most_common():
        say(f"{RED}NOT RUN HERE {count:4d}  {reason}{PLAIN}")
    for problem in tally.problems:
        say(f"{RED}FAILED  {problem}{PLAIN}")
    say(f"用时 {time.monotonic() - began:.0f} s")
    say(f"{tally.passed} passed, {tally.failed} failed, {len(left_out)} skipped")


def runs(arguments: list[str]) -> list[tuple[str, dict[str, str], list[str]]]:
    """Return the runs of pytest: name, environment, arguments. What touches no database runs once, beside SQLite."""
    cores = [] if arguments or (os.cpu_count() or 1) < 2 else ["-n", "2", "--dist", "worksteal"]
    plan = [("sqlite", {}, [*cores, *arguments])]
    postgres = database_url()
    if postgres:
        plan.append(("postgresql", {"DATABASE_URL": postgres}, [*cores, "--database-only", *arguments]))
    return plan


def main(arguments: list[str]) -> int:
    """Run everything; return 0 only if nothing failed."""
    began, tally = time.monotonic(), Tally()
    lacks = missing()
    if lacks and os.environ.get("REQUIRE_SERVICES") == "1":
        say(f"✗ REQUIRE_SERVICES=1，但本机缺少：{'、'.join(lacks)}，请先安装并启动。 (Missing on this machine.)")
        say("0 passed, 1 failed, 0 skipped")
        return 1
    NOTES.mkdir(exist_ok=True)
    with ThreadPoolExecutor(1) as beside:
        checks = {} if arguments else {name: beside.submit(check, command) for name, command in CHECKS.items()}
        for name, extra, more in runs(arguments):
            suite(name, tally, extra, more)
        finish_checks(checks, tally)
    report(tally, lacks, began)
    return 1 if tally.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
