"""Reading the environment. Nonsense ends the start with one clear sentence, never with a guess."""

import os
import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}


class BadEnvironment(SystemExit):
    """A setting that cannot be meant. As a SystemExit it reaches the screen as its sentence alone."""


def envstr(name: str, default: str = "") -> str:
    """Return the text of a variable; an empty variable counts as absent."""
    return os.environ.get(name, "").strip() or default


def envbool(name: str, default: bool) -> bool:
    """Return a switch; refuses every word that is not plainly yes or no."""
    text = envstr(name).lower()
    if not text:
        return default
    if text in TRUE | FALSE:
        return text in TRUE
    raise BadEnvironment(f"环境变量 {name} 只能是 1 或 0，现在是“{text}”。 ({name} must be 1 or 0.)")


def envint(name: str, default: int, *, least: int = 0, most: int | None = None) -> int:
    """Return a whole number; refuses other text and numbers outside ``least``..``most``."""
    text = envstr(name)
    if not text:
        return default
    if not re.fullmatch(r"-?[0-9]{1,12}", text):
        raise BadEnvironment(f"环境变量 {name} 应是整数，现在是“{text}”。 ({name} must be a whole number.)")
    number = int(text)
    if number < least or (most is not None and number > most):
        span = f"{least}–{most}" if most is not None else f"≥ {least}"
        raise BadEnvironment(f"环境变量 {name} 应在 {span} 之内，现在是 {number}。 ({name} must be in {span}.)")
    return number


def envlist(name: str, default: str = "") -> list[str]:
    """Return the parts between commas, without the empty ones."""
    return [part.strip() for part in envstr(name, default).split(",") if part.strip()]


def envsecret(name: str, default: str = "") -> str:
    """Return a secret from ``NAME`` or from the file named by ``NAME_FILE``; refuses both at once and a bad file."""
    text, path = envstr(name), envstr(f"{name}_FILE")
    if text and path:
        raise BadEnvironment(f"{name} 与 {name}_FILE 只能给一个。 (Give {name} or {name}_FILE, not both.)")
    if not path:
        return text or default
    try:
        text = Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise BadEnvironment(
            f"读不到 {name}_FILE 指向的文件。 (The file named by {name}_FILE cannot be read.)"
        ) from None
    if not text:
        raise BadEnvironment(f"{name}_FILE 指向的文件是空的。 (The file named by {name}_FILE is empty.)")
    return text


def envdatabase(url: str, *, statement_ms: int, lock_ms: int) -> dict[str, Any]:
    """Return Django's settings for a ``postgres://user:password@host:port/name?sslmode=…`` address.

    Times in milliseconds; 0 switches a limit off. Refuses every other scheme: the embedded SQLite needs no address.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise BadEnvironment("DATABASE_URL 不是有效的地址。 (DATABASE_URL is not an address.)") from None
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise BadEnvironment(
            "DATABASE_URL 应写作 postgres://用户:口令@主机:端口/库名；不设则使用内置 SQLite。"
            " (DATABASE_URL must be postgres://user:password@host:port/name; leave it out for the embedded SQLite.)"
        )
    limits = f"-c statement_timeout={statement_ms} -c lock_timeout={lock_ms}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or "") or envsecret("DATABASE_PASSWORD"),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**dict(parse_qsl(parts.query)), "connect_timeout": 5, "options": limits},
    }
