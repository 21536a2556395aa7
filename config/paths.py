"""Folders and the key that the embedded default makes for itself."""

import contextlib
import os
import secrets
from pathlib import Path

from config.env import BadEnvironment


def data_folder(name: str) -> Path:
    """Make a folder that only its owner may enter; refuses a place that cannot be written."""
    folder = Path(name)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadEnvironment(
            f"不能建立数据目录 {folder}：{error.strerror}。 (The data folder {folder} cannot be made.)"
        ) from None
    if not os.access(folder, os.W_OK | os.X_OK):
        raise BadEnvironment(
            f"数据目录 {folder} 不可写，可能属于另一个用户。 (The data folder {folder} is not writable: another owner?)"
        )
    return folder


def secret_key_of(folder: Path) -> str:
    """Return the key of the embedded trial, made once and readable by its owner only."""
    path = folder / "secret-key"
    if not path.exists():
        draft = folder / f"secret-key.{os.getpid()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
        # A link is made whole or not at all: two processes that start together agree on the first one's key.
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text(encoding="ascii")
