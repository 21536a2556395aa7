"""Sets the environment of the tests before Django reads it: values stand in ``pyproject.toml``, nowhere else.

Loaded as an early plugin (``addopts``), because pytest-django reads the settings before any conftest.
"""

import atexit
import os
import shutil
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def prepare() -> None:
    """Set what is not set, and give each run a data folder of its own that is gone afterwards."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for name, value in project["tool"]["test-environment"].items():
        os.environ.setdefault(name, value)
    if "DATA_DIR" not in os.environ:
        os.environ["DATA_DIR"] = folder = tempfile.mkdtemp(prefix="supervision-test-")
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    elif worker := os.environ.get("PYTEST_XDIST_WORKER"):
        # Two workers that wrote to one folder would find each other's files.
        os.environ["DATA_DIR"] = str(Path(os.environ["DATA_DIR"]) / worker)


prepare()
