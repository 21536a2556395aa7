"""``dev.py``: whatever stands in the way is told in one sentence, and nothing it starts outlives it."""

import ast
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings

import dev

ROOT = Path(settings.BASE_DIR)


def one_sentence(refusal) -> str:
    """Return the sentence, after making sure that it is one line in Chinese."""
    text = str(refusal.value)
    assert "\n" not in text
    assert any("\u4e00" <= char <= "\u9fff" for char in text)
    return text


# Looking before leaping ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [(3, 11), (3, 13), (4, 0)])
def test_a_python_that_is_new_enough_passes(version):
    assert dev.check_python(version) is None


def test_an_old_python_is_named_together_with_a_newer_one_that_is_there():
    with pytest.raises(dev.Stop) as refusal:
        dev.check_python((3, 9), starts=lambda name: name == "python3.12")

    assert "3.9" in one_sentence(refusal)
    assert "python3.12 dev.py" in str(refusal.value)


def test_an_old_python_alone_asks_for_a_newer_one():
    with pytest.raises(dev.Stop) as refusal:
        dev.check_python((3, 9), starts=lambda name: None)

    assert "请先安装 Python 3.11" in one_sentence(refusal)


def test_the_file_can_be_read_by_an_old_python():
    ast.parse((ROOT / "dev.py").read_text(), feature_version=(3, 6))


@pytest.mark.parametrize("absent", ["ensurepip", "venv"])
def test_a_python_without_ensurepip_names_the_package(absent):
    with pytest.raises(dev.Stop) as refusal:
        dev.check_ensurepip(find=lambda name: None if name == absent else name)

    assert "python3-venv" in one_sentence(refusal)


def test_a_port_in_use_is_refused():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(dev.Stop) as refusal:
            dev.check_port(port)

    assert f"端口 {port} 已被占用" in one_sentence(refusal)
    assert dev.check_port(port) is None


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_a_port_that_does_not_exist_is_refused(port):
    with pytest.raises(dev.Stop, match=str(port)):
        dev.check_port(port)


def test_a_data_folder_of_somebody_else_is_refused(tmp_path):
    with pytest.raises(dev.Stop) as refusal:
        dev.check_data(tmp_path, me=os.geteuid() + 1)

    assert "属于另一个用户" in one_sentence(refusal)


def test_a_file_of_somebody_else_in_the_data_folder_is_refused(tmp_path):
    if os.geteuid() != 0:
        pytest.skip("only root can give a file away")
    (tmp_path / "db.sqlite3").touch()
    os.chown(tmp_path / "db.sqlite3", 12345, 12345)

    with pytest.raises(dev.Stop) as refusal:
        dev.check_data(tmp_path)

    assert "db.sqlite3" in one_sentence(refusal)


def test_a_data_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "data").touch()

    for place in (tmp_path / "data", tmp_path / "data" / "inside"):
        with pytest.raises(dev.Stop) as refusal:
            dev.check_data(place)
        assert "不是目录" in one_sentence(refusal)


def test_a_new_data_folder_is_for_its_owner_alone(tmp_path):
    dev.check_data(tmp_path / "new" / "data")

    assert (tmp_path / "new" / "data").stat().st_mode & 0o777 == 0o700


def test_a_second_start_on_the_same_data_is_refused(tmp_path):
    with dev.hold_data(tmp_path):
        with pytest.raises(dev.Stop) as refusal:
            dev.hold_data(tmp_path)
        assert "已有一个实例在运行" in one_sentence(refusal)

    dev.hold_data(tmp_path).close()


# Failing set-up ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("ERROR: Could not find a version that satisfies the requirement Django==5.2.19", "连不上软件包仓库"),
        ("npm error code ENOTFOUND\nnpm error network request failed", "连不上软件包仓库"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "校验值不符"),
        ("npm error code EINTEGRITY", "校验值不符"),
        ("OSError: [Errno 28] No space left on device", "磁盘已满"),
        (
            "a\nicons.txt names icons that the font does not have: x\n\n",
            "icons.txt names icons that the font does not have: x",
        ),
        ("", "安装失败"),
    ],
)
def test_a_failed_step_is_explained_by_its_cause(output, said, tmp_path):
    sentence = dev.explain("安装失败", output, tmp_path / "pip.log")

    assert said in sentence
    assert "\n" not in sentence


def test_a_failed_command_keeps_its_whole_output_in_a_log(monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "NOTES", tmp_path)

    with pytest.raises(dev.Stop) as refusal:
        dev.run([sys.executable, "-c", "print('first'); raise SystemExit('last word')"], "x.log", "失败")

    assert "last word" in one_sentence(refusal)
    assert (tmp_path / "x.log").read_text().split("\n")[:2] == ["last word", "first"] or "first" in (
        tmp_path / "x.log"
    ).read_text()


# Doing once ----------------------------------------------------------------------------------------------------------


def test_a_digest_sees_names_contents_and_the_python(monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    (tmp_path / "a").write_text("1")
    (tmp_path / "b").write_text("1")
    one, other = tmp_path / "a", tmp_path / "b"

    digests = {dev.digest([one]), dev.digest([other]), dev.digest([one, other]), dev.digest([one], salt="3.13")}

    assert len(digests) == 4
    assert dev.digest([one, other]) == dev.digest([other, one])


def test_an_installed_lock_is_not_installed_again(monkeypatch, tmp_path):
    monkeypatch.setattr(dev, "NOTES", tmp_path)
    monkeypatch.setattr(dev, "run", lambda *args, **more: pytest.fail("nothing was to be done"))
    dev.note("venv", dev.digest([ROOT / "requirements.txt"], salt=sys.version))
    monkeypatch.setattr(dev, "BIN", Path(sys.executable).parent)

    assert dev.make_venv("requirements.txt") == "已就绪"


def test_the_last_line_is_the_address():
    told = {
        "password": "P",
        "accounts": [["supervisor", "周敏", "督查员", "省政府督查室"], ["leader", "李", "领导", "省政府"]],
    }

    lines = dev.welcome(8000, told)

    assert lines == [
        "",
        "试用账号（口令都是 P）：",
        "  账号        姓名  角色    单位",
        "  supervisor  周敏  督查员  省政府督查室",
        "  leader      李    领导    省政府",
        "",
        "已就绪：http://127.0.0.1:8000/  按 Ctrl-C 停止 (ready, Ctrl-C stops)",
    ]


# The whole -----------------------------------------------------------------------------------------------------------


def free_port() -> int:
    """Return a port that nobody uses, and that the system gives to nobody until the house has started."""
    for port in random.sample(range(20_000, 30_000), 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("a hundred ports in use")


def command(data, port, *more):
    """Return the README's command."""
    return [sys.executable, "dev.py", "up", "--port", str(port), "--data", str(data), "--no-demo", *more]


def in_groups_of(data) -> list[int]:
    """Return the running processes that work on a data folder."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"DATA_DIR={data}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                found.append(int(folder.name))
    return found


def gone(data, seconds=15) -> bool:
    """Say whether every process of a data folder ends in time."""
    until = time.monotonic() + seconds
    while in_groups_of(data) and time.monotonic() < until:
        time.sleep(0.2)
    return in_groups_of(data) == []


@pytest.fixture
def ready(monkeypatch):
    """Skip what needs the set-up itself, and what the choice of a database cannot change."""
    if os.environ.get("DATABASE_URL"):
        pytest.skip("set-up: runs once, beside the suite on SQLite")
    if not (ROOT / ".dev" / "venv").exists() or not Path("/proc").is_dir():
        pytest.skip("set-up: run by `python3 dev.py test` on Linux")


@pytest.fixture
def bare(monkeypatch):
    """Start without the tests' own variables."""
    for name in ("SECRET_KEY", "EMBEDDED_TRIAL", "ALLOWED_HOSTS", "HTTPS", "CELERY_EAGER", "REDIS_URL", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)


def health(port, seconds=15) -> dict:
    """Return what the deep health page says, as soon as all is well or when patience ends."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz/deep") as page:
                return json.loads(page.read())["checks"]
        except urllib.error.HTTPError as red:
            with red:
                checks = json.loads(red.read())["checks"]
        if time.monotonic() > until:
            return checks
        time.sleep(0.3)


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_house_answers_and_leaves_no_child_behind(ready, bare, tmp_path, end):
    data, port = tmp_path / "data", free_port()
    with subprocess.Popen(command(data, port), cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        lines = []
        for line in process.stdout:
            lines.append(line.rstrip())
            if "Ctrl-C" in line:
                break
        checks = health(port) if end == signal.SIGINT else {}
        running = in_groups_of(data)
        process.send_signal(end)
        process.wait(20)

    assert lines[-1].startswith(f"已就绪：http://127.0.0.1:{port}/")
    assert [name for name, check in checks.items() if not check["ok"]] == []
    assert len(running) > 4
    assert gone(data)
    assert process.returncode == (-signal.SIGKILL if end == signal.SIGKILL else 0)


@pytest.mark.slow
def test_a_process_that_dies_takes_the_house_with_it(ready, bare, tmp_path):
    data, port = tmp_path / "data", free_port()
    with subprocess.Popen(
        command(data, port), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        for line in process.stdout:
            if "Ctrl-C" in line:
                break
        supervisor = min(pid for pid in in_groups_of(data) if b"honcho" in Path(f"/proc/{pid}/cmdline").read_bytes())
        os.kill(supervisor, signal.SIGKILL)
        process.wait(20)
        told = process.stderr.read()

    assert (process.returncode, told.count("\n")) == (1, 1)
    assert "意外结束" in told
    assert gone(data)


@pytest.mark.slow
def test_a_taken_port_ends_the_start_with_one_line(ready, bare, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = subprocess.run(command(tmp_path / "data", port), cwd=ROOT, capture_output=True, text=True, timeout=30)

    assert told.returncode == 1
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1
    assert str(port) in told.stderr
