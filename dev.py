#!/usr/bin/env python3
"""Start or test 闭环督查 from a fresh clone. Needs Python 3.11 and nothing else.

    python3 dev.py up [--port 8000] [--data DIR] [--no-demo]
    python3 dev.py test

Whatever stands in the way is told in one sentence. Written so that Python 3.6 can still read it and say so.
"""

import argparse
import contextlib
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import unicodedata
import urllib.request
from pathlib import Path
from typing import IO, Any, Callable, Dict, Iterable, List, Optional, Tuple

try:
    import fcntl
except ImportError:
    sys.exit("✗ 需要 Linux 或 macOS；Windows 请用 WSL。 (Linux or macOS is needed; on Windows use WSL.)")

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
NOTES = ROOT / ".dev"  # logs of the set-up, and what was done already
LEAST_PYTHON = (3, 11)
Finder = Callable[[str], Any]
Listener = Callable[[str], None]

NO_NETWORK = re.compile(
    "Could not find a version|No matching distribution|NewConnectionError|Max retries|Timeout|Connection refused"
    "|Name or service not known|name resolution|ProxyError|ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|npm error network"
)


class Stop(Exception):  # noqa: N818 - a reason, not an error
    """The reason why this cannot go on, in one sentence for people."""


def say(text: str, end: str = "\n") -> None:
    """Print at once, also through a pipe."""
    print(text, end=end, flush=True)


def step(name: str, work: Callable[..., Optional[str]], *args: Any) -> None:
    """Do one step of the set-up and show how long it took; the work may return a word about its outcome."""
    began = time.monotonic()
    say(f"· {name} … ", end="")
    try:
        outcome = work(*args)
    except BaseException:
        say("✗")
        raise
    say(f"{outcome or '✓'} ({time.monotonic() - began:.1f} s)")


def starting(name: str) -> bool:
    """Say whether a program of that name is there and starts: pyenv leaves names that do not."""
    return bool(shutil.which(name)) and subprocess.call([name, "-c", ""], stderr=subprocess.DEVNULL) == 0


def check_python(version: Tuple[int, ...] = sys.version_info[:2], starts: Finder = starting) -> None:
    """Refuse a Python that is too old, and name a newer one that does start here."""
    if version >= LEAST_PYTHON:
        return
    there = next((name for name in ("python3.13", "python3.12", "python3.11") if starts(name)), None)
    hint = f"请改用：{there} dev.py …" if there else "请先安装 Python 3.11 或更新版本。"
    now = ".".join(map(str, version))
    raise Stop(f"需要 Python 3.11 以上，现在是 {now}。{hint} (Python 3.11 or newer is needed.)")


def check_ensurepip(find: Finder = importlib.util.find_spec) -> None:
    """Refuse a Python without pip's installer, as Debian and Ubuntu ship it."""
    if not find("ensurepip") or not find("venv"):
        raise Stop("缺少 venv/ensurepip：请先运行 apt install python3-venv。 (Install the package python3-venv first.)")


def check_port(port: int) -> None:
    """Refuse a port that is outside the range, reserved, or taken."""
    if not 0 < port < 65536:
        raise Stop(f"端口 {port} 不存在，请用 1–65535。 (There is no port {port}.)")
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise Stop(
                f"没有权限使用端口 {port}，请用 --port 换一个大于 1023 的。 (Port {port} is reserved.)"
            ) from None
        except OSError:
            raise Stop(f"端口 {port} 已被占用，请用 --port 换一个。 (Port {port} is in use: choose another.)") from None


def check_data(folder: Path, me: Optional[int] = None) -> None:
    """Make the data folder; refuse one that belongs to somebody else, in whole or in part."""
    me = os.geteuid() if me is None else me
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        entries = folder.iterdir() if folder.stat().st_uid == me else [folder]
        foreign = [entry for entry in entries if entry.lstat().st_uid != me]
    except OSError as error:
        why = "不是目录" if isinstance(error, (FileExistsError, NotADirectoryError)) else error.strerror
        raise Stop(
            f"不能使用数据目录 {folder}：{why}，请用 --data 换一个。 (The data folder cannot be used.)"
        ) from None
    if foreign:
        raise Stop(
            f"{foreign[0]} 属于另一个用户（先前可能用 root 启动过），请用 --data 换一个目录，或改回属主。"
            f" ({foreign[0]} belongs to another user: choose another folder with --data.)"
        )
    if not os.access(str(folder), os.W_OK | os.X_OK):
        raise Stop(f"数据目录 {folder} 不可写，请用 --data 换一个。 (The data folder is not writable.)")


def hold_data(folder: Path) -> IO[str]:
    """Keep a second start away from the same data folder; the lock lasts as long as the returned file is open."""
    lock = (folder / "dev.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise Stop(
            f"数据目录 {folder} 已有一个实例在运行，请先停止它，或用 --data 换一个。 (Already running.)"
        ) from None
    return lock


def digest(paths: Iterable[Path], salt: str = "") -> str:
    """Return a digest over names and contents."""
    total = hashlib.sha256(salt.encode())
    for path in sorted(paths):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def noted(name: str) -> str:
    """Return what was noted under a name, or nothing."""
    path = NOTES / name
    return path.read_text() if path.exists() else ""


def note(name: str, text: str) -> None:
    """Remember that a piece of set-up was done for this input."""
    NOTES.mkdir(exist_ok=True)
    (NOTES / name).write_text(text)


def environment(**more: str) -> Dict[str, str]:
    """Return the environment of a child: the packages' own folder first, output at once, UTF-8."""
    env = dict(os.environ, PYTHONUNBUFFERED="1", PYTHONUTF8="1", PIP_DISABLE_PIP_VERSION_CHECK="1", **more)
    env["PATH"] = str(BIN) + os.pathsep + env.get("PATH", "")
    env["VIRTUAL_ENV"] = str(VENV)
    env.pop("PYTHONHOME", None)
    return env


def run(
    command: List[Any], log: str, problem: str, env: Optional[Dict[str, str]] = None, seen: Optional[Listener] = None
) -> None:
    """Run a command of the set-up; its output goes to a log and, on failure, the likely cause becomes the sentence."""
    NOTES.mkdir(exist_ok=True)
    lines = []
    with (NOTES / log).open("w", encoding="utf-8") as file, subprocess.Popen(
        [str(part) for part in command], cwd=str(ROOT), env=env or environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", errors="replace",
    ) as process:  # fmt: skip
        for line in process.stdout or ():
            file.write(line)
            lines.append(line)
            if seen:
                seen(line)
    if process.returncode != 0:
        raise Stop(explain(problem, "".join(lines), NOTES / log))


def explain(problem: str, output: str, log: Path) -> str:
    """Return the sentence for a failed command."""
    if "No space left" in output or "ENOSPC" in output:
        return f"{problem}：磁盘已满。 (The disk is full.)"
    if "DO NOT MATCH THE HASHES" in output or "EINTEGRITY" in output:
        return f"{problem}：下载的包与锁定的校验值不符，已拒绝安装。 (A package does not match its locked hash.)"
    if NO_NETWORK.search(output):
        return f"{problem}：连不上软件包仓库，请检查网络或 pip/npm 的镜像设置。 (No network to the package registry.)"
    last = next((line.strip() for line in reversed(output.splitlines()) if line.strip()), "")
    return f"{problem}：{last[:200]}（详见 {log}）"


def make_venv(lock_name: str) -> str:
    """Make the virtual environment and install the hashed lock, unless that was done for the same lock."""
    python, lock = BIN / "python", ROOT / lock_name
    wanted = digest([lock], salt=sys.version)
    if python.exists() and wanted in noted("venv").split():
        return "已就绪"
    if not works(python):
        check_ensurepip()
        run([sys.executable, "-m", "venv", "--clear", VENV], "venv.log", "建立虚拟环境失败", env=dict(os.environ))
    total = len(re.findall(r"(?m)^[A-Za-z0-9]", lock.read_text()))
    install = [
        python,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--no-deps",
        "--retries",
        "2",
        "--progress-bar",
        "off",
    ]
    run([*install, "-r", lock], "pip.log", "安装软件包失败", seen=counter(total))
    # The lock for the tests holds every line of the lock for running (a test says so): installing it serves both.
    note("venv", "\n".join({wanted, digest([ROOT / "requirements.txt"], salt=sys.version)}))
    return f"{total} 个包"


def works(python: Path) -> bool:
    """Say whether the environment's interpreter is there, starts, and is the one that runs us."""
    command = [str(python), "-c", "import sys, pip; print(sys.version)"]
    if not python.exists():
        return False
    told = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    return told.returncode == 0 and told.stdout.decode().strip() == sys.version.strip()


def counter(total: int) -> Listener:
    """Return a listener that shows every three seconds how many packages pip has come to."""
    count, shown = 0, time.monotonic()

    def listen(line: str) -> None:
        nonlocal count, shown
        count += line.startswith(("Collecting", "Requirement already"))
        if time.monotonic() - shown > 3:
            shown = time.monotonic()
            say(f"{min(count, total)}/{total} ", end="")

    return listen


def build_assets() -> str:
    """Install the locked Node packages and build the browser's files, each only when its input changed."""
    lock = [ROOT / name for name in ("package.json", "package-lock.json", ".npmrc")]
    packages = digest(lock)
    assets = digest([*lock, *(path for path in (ROOT / "static" / "src").rglob("*") if path.is_file())])
    if noted("assets") == assets and (ROOT / "static" / "build" / "app.css").exists():
        return "已就绪"
    npm = BIN / "npm"
    if noted("node") != packages or not (ROOT / "node_modules").is_dir():
        install = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
        run(install, "npm.log", "安装前端包失败")
        note("node", packages)
    run([npm, "run", "--silent", "build"], "assets.log", "构建页面资源失败")
    note("assets", assets)
    return "已构建"


def compile_locale() -> str:
    """Compile the language catalogues."""
    catalogues = list((ROOT / "locale").rglob("*.po"))
    wanted = digest(catalogues)
    if noted("locale") == wanted and all(path.with_suffix(".mo").exists() for path in catalogues):
        return "已就绪"
    if catalogues:
        run([BIN / "pybabel", "compile", "-f", "-D", "django", "-d", ROOT / "locale"], "locale.log", "编译语言包失败")
    note("locale", wanted)
    return f"{len(catalogues)} 种"


def prepare(env: Dict[str, str], demo: bool, told: Dict[str, Any]) -> str:
    """Bring the database up to date, fill an empty one with the demonstration; tell who may log in."""

    def listen(line: str) -> None:
        if line.startswith("{"):
            told.update(json.loads(line))
        elif line.startswith("… "):
            say(line[2:].strip(), end=" ")

    command = [BIN / "python", "-m", "config.prepare", *([] if demo else ["--no-demo"])]
    run(command, "prepare.log", "准备数据库失败", env=env, seen=listen)
    return str(told.get("done", ""))


def die_with_parent() -> None:
    """Ask Linux to end the child when this process is killed without a chance to say goodbye."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class House:
    """The running processes: honcho with the web server and the worker under it."""

    def __init__(self, env: Dict[str, str], port: int, log: Path) -> None:
        self.log = log
        command = [BIN / "honcho", "-e", "", "start", "-f", ROOT / "Procfile", "-p", port, "--no-colour"]
        with log.open("w") as file:
            self.process = subprocess.Popen(
                [str(part) for part in command], cwd=str(ROOT), env=env, stdin=subprocess.DEVNULL, stdout=file,
                stderr=subprocess.STDOUT, start_new_session=True,
                preexec_fn=die_with_parent if sys.platform == "linux" else None,
            )  # fmt: skip

    def wait_until_ready(self, port: int) -> None:
        """Return when the health page answers; refuse when a process ends before."""
        until = time.monotonic() + 60
        while not healthy(port):
            if self.process.poll() is not None:
                raise Stop(f"启动失败：{self.last_words()}（详见 {self.log}）")
            if time.monotonic() > until:
                raise Stop(f"60 秒内没有响应，详见 {self.log}。 (No answer: see the log.)")
            time.sleep(0.1)

    def last_words(self) -> str:
        """Return the last line that a process wrote before honcho spoke of its end."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        words = [line.split("|", 1)[-1].strip() for line in lines if " system " not in line]
        return next((line for line in reversed(words) if line), "没有任何输出")[:200]

    def stop(self) -> None:
        """End every child: first politely, so that jobs finish; then for sure."""
        for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(ending, signal.SIG_IGN)  # an impatient second Ctrl-C must not leave orphans
        if self.process.poll() is None:
            self.process.terminate()
            say("正在停止，等手头的事办完 … (stopping)")
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.process.kill()
        if self.process.wait() >= 0:
            return
        # honcho itself was killed. Its own lines alone name the children: what pages log stands behind another prefix.
        log = self.log.read_text(encoding="utf-8", errors="replace")
        for group in re.findall(r"(?m)^\S+ system +\| \S+ started \(pid=(\d+)\)$", log):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(int(group), signal.SIGKILL)


def healthy(port: int) -> bool:
    """Say whether the web server answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def width(text: str) -> int:
    """Return how many columns a text takes: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def table(rows: List[List[str]]) -> List[str]:
    """Return rows as lines with aligned columns."""
    sizes = [max(map(width, column)) for column in zip(*rows)]
    return [
        "  " + "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, sizes)).rstrip() for row in rows
    ]


def welcome(port: int, told: Dict[str, Any]) -> List[str]:
    """Return the lines that a person needs: trial accounts, and the address last."""
    lines = [""]
    if told.get("accounts"):
        lines += [
            f"试用账号（口令都是 {told['password']}）：",
            *table([["账号", "姓名", "角色", "单位"], *told["accounts"]]),
            "",
        ]
    return [*lines, f"已就绪：http://127.0.0.1:{port}/  按 Ctrl-C 停止 (ready, Ctrl-C stops)"]


def up(options: argparse.Namespace) -> int:
    """Start the embedded default and stay until Ctrl-C."""
    data = Path(options.data).expanduser().resolve() if options.data else ROOT / "data"
    check_port(options.port)
    check_data(data)
    env, told, began = environment(DATA_DIR=str(data)), {}, time.monotonic()
    with hold_data(data):
        step("软件包", make_venv, "requirements.txt")
        step("页面资源", build_assets)
        step("语言包", compile_locale)
        step("数据库", prepare, env, not options.no_demo, told)
        check_port(options.port)
        (data / "logs").mkdir(mode=0o700, exist_ok=True)
        house = House(env, options.port, data / "logs" / "up.log")
        try:
            step("启动网站与后台", house.wait_until_ready, options.port)
            say(f"  日志 {house.log}，启动共 {time.monotonic() - began:.1f} s")
            say("\n".join(welcome(options.port, told)))
            house.process.wait()
            raise Stop(f"有进程意外结束：{house.last_words()}（详见 {house.log}）")
        finally:
            house.stop()


def test(options: argparse.Namespace) -> int:
    """Run every check and the whole suite; the exit code is 0 only if nothing failed."""
    step("软件包", make_venv, "requirements-dev.txt")
    step("页面资源", build_assets)
    step("语言包", compile_locale)
    command = [str(BIN / "python"), "-m", "tests.run", *options.pytest]
    return subprocess.call(command, cwd=str(ROOT), env=environment(), stdin=subprocess.DEVNULL)


def arguments(argv: Optional[List[str]]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description="闭环督查：启动或测试 (start or test)")
    commands = parser.add_subparsers(dest="command", metavar="up|test")
    commands.required = True
    starting = commands.add_parser("up", help="启动 (start)")
    starting.add_argument("--port", type=int, default=8000, help="端口，默认 8000")
    starting.add_argument("--data", help="数据目录，默认 ./data")
    starting.add_argument("--no-demo", action="store_true", help="空库启动时不装入演示数据")
    starting.set_defaults(work=up)
    testing = commands.add_parser("test", help="全部检查与测试 (all checks and tests)")
    testing.add_argument("pytest", nargs="*", help="只跑这些测试")
    testing.set_defaults(work=test)
    return parser.parse_args(argv)


def main(argv: Optional[List[str]] = None) -> int:
    """Do what the command line asks; return the exit code."""
    for ending in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ending, signal.default_int_handler)  # a polite request to end is a Ctrl-C, even in the background
    options = arguments(argv)
    try:
        check_python()
        return int(options.work(options))
    except Stop as reason:
        print(f"✗ {reason}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        say("已停止 (stopped)")
        return 0 if options.command == "up" else 130


if __name__ == "__main__":
    sys.exit(main())
