"""The last lines of ``dev.py test``: nothing that did not run is passed over in silence."""

from concurrent.futures import Future

import pytest

from tests import run, services

REPORT = """<testsuites><testsuite name="pytest">{}</testsuite></testsuites>"""
CASE = '<testcase classname="tests.x" name="{}">{}</testcase>'
SKIPPED = '<skipped message="{}"/>'


def tally(tmp_path, *reports):
    """Return what is left after reading reports, each given as name → inside of the case."""
    result = run.Tally()
    for cases in reports:
        path = tmp_path / "report.xml"
        path.write_text(REPORT.format("".join(CASE.format(name, inside) for name, inside in cases.items())))
        result.read(path)
    return result


def test_what_runs_on_one_database_only_is_not_counted_as_left_out(tmp_path):
    result = tally(tmp_path, {"a": "", "b": SKIPPED.format("postgresql: here SQLite")}, {"a": "", "b": ""})

    assert (result.passed, result.failed, result.left_out()) == (3, 0, {})


def test_what_runs_nowhere_is_counted_aloud(tmp_path, capsys):
    result = tally(tmp_path, {"a": "", "b": SKIPPED.format("browser: none"), "c": SKIPPED.format("browser: none")})

    run.report(result, ["Chromium"], 0)

    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "1 passed, 0 failed, 2 skipped"
    assert [line for line in lines if "NOT RUN HERE" in line] == ["NOT RUN HERE    2  browser: none"]
    assert any("Chromium" in line for line in lines)


def test_a_failure_on_either_database_is_a_failure(tmp_path):
    result = tally(tmp_path, {"a": ""}, {"a": "<failure/>", "b": "<error/>"})

    assert (result.passed, result.failed) == (1, 2)


def test_a_suite_that_dies_before_its_report_is_a_failure(monkeypatch, tmp_path):
    monkeypatch.setattr(run, "NOTES", tmp_path)
    monkeypatch.setattr(run.subprocess, "call", lambda *args, **more: 4)
    result = run.Tally()

    run.suite("sqlite", result, {}, [])

    assert (result.failed, result.problems) == (1, ["pytest · sqlite"])


def test_missing_services_end_the_run_where_they_are_required(monkeypatch, capsys):
    monkeypatch.setenv("REQUIRE_SERVICES", "1")
    monkeypatch.setattr(run, "database_url", lambda: None)

    assert run.main([]) == 1
    assert "PostgreSQL" in capsys.readouterr().out


def test_what_does_not_touch_the_database_runs_once(monkeypatch):
    monkeypatch.setattr(run, "database_url", lambda: "postgres://postgres@127.0.0.1/postgres")

    plan = run.runs([])

    assert [name for name, _extra, _arguments in plan] == ["sqlite", "postgresql"]
    assert ["--database-only" in arguments for _name, _extra, arguments in plan] == [False, True]


def test_the_last_lines_say_how_much_ran_once(tmp_path, capsys):
    result = tally(tmp_path, {"a": "", "b": "", "c": "<failure/>"}, {"a": ""})

    run.report(result, [], 0)

    assert "只跑一遍的测试 2 项" in capsys.readouterr().out


@pytest.mark.parametrize(("code", "sign"), [(0, "✓"), (1, "✗")])
def test_a_check_that_complains_is_shown_and_counted(monkeypatch, tmp_path, capsys, code, sign):
    monkeypatch.setattr(run, "NOTES", tmp_path)
    done, result = Future(), run.Tally()
    done.set_result(run.Checked(code, "app.py:3: wrong", 1.0))

    run.finish_checks({"mypy（类型）": done}, result)

    told = capsys.readouterr().out
    assert f"mypy（类型） … {sign}" in told
    assert ("app.py:3: wrong" in told, result.failed, result.problems) == (bool(code), code, ["mypy（类型）"] * code)


def test_a_service_that_does_not_listen_is_found_absent_at_once():
    assert services.answers("redis://127.0.0.1:1/0", 6379) is False
