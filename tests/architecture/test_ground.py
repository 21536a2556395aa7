"""The ground under the rooms: locks, names, files."""

import importlib
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
ROOMS = ("config", "workflow", "organization", "documents", "tasks", "supervision", "notifications", "seeds")
LOCKS = ("requirements.txt", "requirements-dev.txt")


def tracked() -> list[str]:
    """Return the names of the files that the repository keeps."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [name for name in listed.split("\0") if name]


@pytest.mark.parametrize("room", [*ROOMS, "tests", "dev"])
def test_a_name_so_general_is_ours(room):
    module = importlib.import_module(room)

    assert Path(module.__file__).is_relative_to(ROOT)
    assert ".venv" not in module.__file__


@pytest.mark.parametrize("room", ROOMS)
def test_a_task_is_never_a_job(room):
    assert not (ROOT / room / "tasks.py").exists()


def test_jobs_are_found_by_their_room():
    from config.celery import app

    app.loader.import_default_modules()
    ours = [name for name in app.tasks if not name.startswith("celery.")]

    assert {"config.jobs.beat", "config.jobs.clear_queue_leftovers"} <= set(ours)
    assert all(re.fullmatch(r"[a-z]+\.jobs(\.[a-z_]+)+", name) for name in ours)


def test_what_is_scheduled_exists():
    from config.celery import app
    from config.schedule import BEAT

    app.loader.import_default_modules()

    assert {row["task"] for row in BEAT.values()} - set(app.tasks) == set()


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_of_packages_carries_hashes_and_no_address(lock):
    text = (ROOT / lock).read_text()
    entries = re.findall(r"(?m)^([A-Za-z0-9][\w.-]*)==([^\s;\\]+)(.*(?:\n    .*)*)", text)

    assert not re.search(r"https?://|--(extra-)?index-url|--find-links| @ ", text)
    assert len(entries) == len(re.findall(r"(?m)^\S", text)) > 50
    assert all("--hash=sha256:" in rest for _name, _version, rest in entries)


def test_the_lock_for_the_tests_holds_the_lock_for_running():
    running, testing = ((ROOT / lock).read_text() for lock in LOCKS)

    def entries(text):
        return set(re.findall(r"(?m)^([A-Za-z0-9][\w.-]*==[^\s\\]+)", text))

    assert entries(running) - entries(testing) == set()


def test_the_lock_of_the_pages_carries_no_address():
    lock = json.loads((ROOT / "package-lock.json").read_text())

    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name and not package.get("link"))


def test_every_package_asked_for_is_locked_and_has_its_reason():
    asked = [line for line in (ROOT / "requirements.in").read_text().splitlines() if line and not line.startswith("#")]
    locked = (ROOT / "requirements.txt").read_text().lower()

    for line in asked:
        name = re.match(r"[\w.-]+", line).group().lower()
        assert f"\n{name}==" in f"\n{locked}".replace("_", "-"), line
        assert "#" in line, line


def test_the_repository_keeps_nothing_built_nothing_foreign_and_no_machines_path():
    names = tracked()
    forbidden = re.compile(
        r"\.min\.(js|css)$|(^|/)(node_modules|vendor|staticfiles)/|^static/build/|\.(sqlite3|db|pyc|mo)$|^\.env$"
    )

    assert [name for name in names if forbidden.search(name)] == []
    path = re.compile(r"(^|[^A-Za-z0-9_.])/(" + "|".join(("work", "farm", "root")) + r")/[A-Za-z.]")
    found = [
        name
        for name in names
        if (ROOT / name).is_file()
        and not name.endswith(".svg")
        and path.search((ROOT / name).read_text(errors="ignore"))
    ]
    assert found == []


def test_no_room_has_a_field_for_secrecy_grades():
    from django.apps import apps

    names = {f"{model.__name__}.{field.name}" for model in apps.get_models() for field in model._meta.get_fields()}

    assert [name for name in names if re.search(r"(?i)secre[ct]|classif|miji|密级", name)] == []


def test_the_import_order_holds():
    told = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert told.returncode == 0, told.stdout[-3000:]
