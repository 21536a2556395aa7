"""Every icon that a template or a table names is in the font that the build makes."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = ("config", "workflow", "organization", "documents", "tasks", "supervision", "notifications", "seeds")
# {% icon "bell" %} · icon="bell" · "icon": "bell" · class="ti ti-bell"
NAMED = re.compile(r"""(?:\{%\s*icon\s+|\bicon\s*=\s*|["']icon["']\s*:\s*)["']([a-z0-9-]+)["']|\bti ti-([a-z0-9-]+)""")


def sources() -> list[Path]:
    rooms = [path for room in ROOMS for path in (ROOT / room).rglob("*.py")]
    return rooms + list((ROOT / "templates").rglob("*.html")) + list((ROOT / "static/src").glob("*.js"))


def test_every_icon_that_is_named_is_in_the_font() -> None:
    listed = set((ROOT / "static/src/icons.txt").read_text(encoding="utf-8").split())

    named = {
        (one or other, str(path.relative_to(ROOT)))
        for path in sources()
        for one, other in NAMED.findall(path.read_text(encoding="utf-8"))
    }

    assert sorted((name, path) for name, path in named if name not in listed) == []
