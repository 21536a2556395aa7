"""The settings as a whole, each in a process of its own, as a house starts."""

import ast
import json
import os
import re
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PRODUCTION = {
    "SECRET_KEY": "k3Jx-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "DATABASE_URL": "postgres://supervision:x@127.0.0.1:1/supervision",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "duban.example.gov.cn",
}


def start(tmp_path, *command, **variables):
    """Run Python in a clean environment; return the finished process."""
    bare = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    env = bare | {"DATA_DIR": str(tmp_path / "data"), "DJANGO_SETTINGS_MODULE": "config.settings"} | variables
    return subprocess.run([sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


def test_without_any_variable_it_is_the_embedded_trial(tmp_path):
    code = (
        "from config import settings as s; print(s.EMBEDDED, s.EMBEDDED_TRIAL, s.DATABASES['default']['ENGINE'], "
        "s.CELERY_BROKER_URL, s.DEBUG, len(s.SECRET_KEY) >= 50)"
    )

    told = start(tmp_path, "-c", code)

    assert told.stdout.split() == [
        "True",
        "True",
        "config.sqlite",
        "filesystem://localhost//",
        "False",
        "True",
    ]


def test_the_trials_key_is_made_once_and_for_its_owner_only(tmp_path):
    code = "from config import settings; print(settings.SECRET_KEY)"

    first, second = start(tmp_path, "-c", code), start(tmp_path, "-c", code)

    key = tmp_path / "data" / "secret-key"
    assert first.stdout == second.stdout == key.read_text() + "\n"
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert stat.S_IMODE(key.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    ("absent", "named"),
    [("SECRET_KEY", "SECRET_KEY"), ("REDIS_URL", "REDIS_URL"), ("ALLOWED_HOSTS", "ALLOWED_HOSTS")],
)
def test_production_refuses_to_start_without(tmp_path, absent, named):
    variables = {name: value for name, value in PRODUCTION.items() if name != absent}

    told = start(tmp_path, "manage.py", "check", **variables)

    assert told.returncode != 0
    assert told.stderr.count("\n") == 1
    assert named in told.stderr


def test_a_trial_may_not_stand_on_a_production_database(tmp_path):
    told = start(tmp_path, "manage.py", "check", **PRODUCTION, EMBEDDED_TRIAL="1")

    assert (told.returncode != 0, told.stderr.count("\n"), "EMBEDDED_TRIAL" in told.stderr) == (True, 1, True)


def test_production_knows_no_trial_password(tmp_path):
    code = "from config import settings as s; print(repr(s.TRIAL_PASSWORD), s.EMBEDDED_TRIAL)"

    assert start(tmp_path, "-c", code, **PRODUCTION, TRIAL_PASSWORD="Oeffentlich#1").stdout == "'' False\n"


def test_production_passes_djangos_own_check_for_deployment(tmp_path):
    told = start(tmp_path, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)

    assert (told.returncode, told.stdout + told.stderr) == (0, "System check identified no issues (0 silenced).\n")


def test_production_keeps_connections_and_limits_their_patience(tmp_path):
    code = (
        "from config import settings as s; d = s.DATABASES['default']; "
        "print(d['CONN_MAX_AGE'], d['CONN_HEALTH_CHECKS'], d['OPTIONS']['options'])"
    )

    told = start(tmp_path, "-c", code, **PRODUCTION)

    assert told.stdout == "None True -c statement_timeout=30000 -c lock_timeout=5000\n"


def test_a_data_folder_that_cannot_be_made_is_one_sentence(tmp_path):
    (tmp_path / "data").write_text("not a folder")

    told = start(tmp_path, "manage.py", "check")

    assert (told.returncode != 0, told.stderr.count("\n"), str(tmp_path / "data") in told.stderr) == (True, 1, True)


def test_production_names_every_file_of_the_pages_by_its_content(tmp_path):
    if not (ROOT / "static" / "build" / "app.css").exists():
        pytest.skip("set-up: the pages' files are not built here")
    target = tmp_path / "static"

    told = start(tmp_path, "manage.py", "collectstatic", "--noinput", **PRODUCTION, STATIC_ROOT=str(target))

    assert told.returncode == 0, told.stderr
    named = json.loads((target / "staticfiles.json").read_text())["paths"]
    assert re.fullmatch(r"build/app\.[0-9a-f]{12}\.css", named["build/app.css"])
    assert (target / (named["build/app.css"] + ".gz")).exists()
    assert [name for name in named if name.startswith("src/")] == []


def names_read(path):
    """Return the names of the variables that a module asks the environment for."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    readers = {"envstr", "envbool", "envint", "envlist", "envsecret"}
    return {
        call.args[0].value
        for call in calls
        if getattr(call.func, "id", "") in readers and isinstance(call.args[0], ast.Constant)
    }


def test_the_example_names_every_variable_and_no_other():
    example = set(re.findall(r"(?m)^([A-Z_]+)=", (ROOT / ".env.example").read_text()))

    assert example == set().union(*(names_read(path) for path in (ROOT / "config").glob("*.py")))


def test_no_file_but_env_reads_the_environment():
    allowed = {"config/env.py", "config/probe.py"}
    rooms = ("config", "workflow", "organization", "documents", "tasks", "supervision", "notifications", "seeds")
    readers = {
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"os\.environ(?!\.setdefault\(\"DJANGO_SETTINGS_MODULE\")|os\.getenv", path.read_text())
    }

    assert readers - allowed == set()


def test_the_embedded_database_waits_its_turn_and_keeps_what_it_promised(tmp_path):
    if not settings.EMBEDDED:
        return
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as house:
        house.executescript(settings.SQLITE_PRAGMAS)
        asked = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        found = {name: house.execute(f"PRAGMA {name}").fetchone()[0] for name in asked}

    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}
    assert settings.DATABASES["default"]["OPTIONS"]["init_command"].startswith(settings.SQLITE_PRAGMAS)
    assert settings.DATABASES["default"]["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_middleware_stands_in_its_order():
    order = [name.rsplit(".", 1)[-1] for name in settings.MIDDLEWARE]

    assert order[0] == "RequestMiddleware"
    assert (
        order.index("SessionMiddleware") < order.index("CsrfViewMiddleware") < order.index("AuthenticationMiddleware")
    )
    assert order[-1] == "AxesMiddleware"
