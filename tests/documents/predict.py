"""Task tables read and matched, in the shape of the reference corpus, so that its score.py can judge them.

``python -m tests.documents.predict DIRECTORY OUT`` writes OUT/NAME.pred.json for every DIRECTORY/NAME.xlsx, with the
units of DIRECTORY/departments.json. It joins two rooms that do not know each other, hence it stands among the tests.
"""

import json
import sys
from io import BytesIO
from pathlib import Path

from django.conf import settings

from documents import sheets
from documents.rows import TaskRow
from documents.units import Mention
from organization.matching import Directory, Entry


def directory(data: dict) -> Directory:
    """Make a directory from departments.json, with the two governments that stand above the listed ones."""
    province, city = f"{data['province']}人民政府", f"{data['city']}人民政府"
    rows = [
        {"name": province, "level": "province", "kind": "government"},
        {"name": city, "level": "city", "kind": "government", "parent": province},
        *data["departments"],
    ]
    numbers = {row["name"]: number for number, row in enumerate(rows, 1)}
    parents = {row["name"]: row.get("parent") for row in rows}

    def path(name: str) -> str:
        above = parents[name]
        return (path(above) if above in parents else "") + f"{numbers[name]:05d}"

    return Directory(
        Entry(
            numbers[row["name"]],
            row["name"],
            row.get("short", ""),
            tuple(row.get("aliases", ())),
            row["level"],
            (),
            path(row["name"]),
            row["kind"],
        )
        for row in rows
    )


def place_of(units: Directory, title: str) -> str:
    """Give the path of the place that a paper's title begins with."""
    homes = [g for g in units.governments if title.startswith(g.name.removesuffix("人民政府"))]
    return homes[0].path if homes else ""


def names(units: Directory, mentions: tuple[Mention, ...], within: str) -> tuple[list[str], list[str]]:
    """Give the full names that were found and the writings that were not."""
    found, unknown = [], []
    for mention in mentions:
        match = units.match(mention.name, within=within)
        if match.id is None and mention.text != mention.name:
            match = units.match(mention.text, within=within)
        if match.id is None:
            unknown.append(mention.text)
        else:
            found.append(units.entries[match.id].name)
    return found, unknown


def task(row: TaskRow, units: Directory, within: str) -> dict:
    """Give a row in the corpus' shape."""
    lead, unknown_leads = names(units, row.leads, within)
    cooperating, unknown = names(units, row.cooperating, within)
    due = row.deadline.date
    return {
        "clause": row.matter,
        "lead": lead,
        "cooperating": cooperating,
        "groups": list(row.groups),
        "unresolved": unknown_leads + unknown,
        "deadline": due.isoformat() if due else None,
        "deadline_text": row.deadline.text,
        "cycle": row.cycle,
        "responsible_leader": row.leader or None,
        "milestones": [{"text": stage.text, "date": stage.date.isoformat()} for stage in row.deadline.milestones],
    }


def predict(path: Path, units: Directory) -> dict:
    """Read a workbook into a prediction."""
    reading = sheets.read(BytesIO(path.read_bytes()), path.name)
    within = place_of(units, reading.title)
    return {
        "document": {"title": reading.title, "cycle": reading.cycle},
        "tasks": [task(row, units, within) for row in reading.rows],
    }


def main(source: Path, target: Path) -> None:
    """Predict every workbook of a directory."""
    units = directory(json.loads((source / "departments.json").read_text(encoding="utf-8")))
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.xlsx")):
        (target / f"{path.stem}.pred.json").write_text(
            json.dumps(predict(path, units), ensure_ascii=False, indent=1), encoding="utf-8"
        )


if __name__ == "__main__":
    if not settings.configured:
        settings.configure(USE_I18N=False)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
