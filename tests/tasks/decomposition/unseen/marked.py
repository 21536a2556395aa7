"""Papers with the right answer written into them: ``⟦clause⟧«L=… C=… G=… U=… D=… Y=… R=…»``.

L are the leads, C the helpers, G the groups, U the unknown; D the day, Y the cycle, R the leader. Several names stand
with / between them, units by their short name. Between ``[[table`` and ``]]`` stands a table: | between cells, < joins
a cell to the one before it, ^ to the one above.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import docx
import xlsxwriter

from documents import reading
from documents.blocks import SourcePaper

FOLDER = Path(__file__).with_name("papers")
_MARK = re.compile(r"⟦([^⟧]*)⟧«([^»]*)»")
_TABLE = re.compile(r"\[\[table\n(.*?)\n\]\]\n?", re.S)
_PART = re.compile(r"([LCGUDYR])=([^=]*?)(?=\s+[LCGUDYR]=|\s*$)")


def papers() -> list[Path]:
    """Give all papers in the order of their names."""
    return sorted(FOLDER.glob("*.txt"))


def gold(path: Path, names: dict[str, str]) -> dict[str, Any]:
    """Give the right answer in the shape of the reference corpus; ``names`` gives full names by short ones."""
    marked = path.read_text(encoding="utf-8")
    rows = {}
    for table in _TABLE.findall(marked):
        for row in _grid(table):
            for cell in row:
                rows |= {found[1]: " ".join(map(_bare, row)) for found in _MARK.finditer(cell)}
    return {
        "document": {"annotated": "L=" in marked},
        "tasks": [_task(found[1], found[2], names, rows.get(found[1]), path.name) for found in _MARK.finditer(marked)],
    }


def _task(clause: str, said: str, names: dict[str, str], row: str | None, paper: str) -> dict[str, Any]:
    parts = {one[1]: one[2].strip() for one in _PART.finditer(said)}
    several = {key: [x for x in parts.get(key, "").split("/") if x] for key in "LCU"}
    strange = [x for x in several["L"] + several["C"] if x not in names]
    if strange:
        raise ValueError(f"{paper}: {strange}")
    groups = [x for x in re.split(r"/", parts.get("G", "")) if x]
    task = {
        "clause": clause, "annotation": None, "lead": [names[x] for x in several["L"]],
        "cooperating": [names[x] for x in several["C"]], "groups": groups, "unresolved": several["U"],
        "deadline": parts.get("D") or None, "cycle": parts.get("Y") or None,
        "responsible_leader": parts.get("R") or None,
    }  # fmt: skip
    return task | ({"alt_clauses": [row]} if row else {})


def _bare(marked: str) -> str:
    return _MARK.sub(lambda found: found[1], marked)


def _grid(table: str) -> list[list[str]]:
    """Give the cells as written, with the value of a joined cell in each of its places."""
    grid: list[list[str]] = []
    for line in table.split("\n"):
        row: list[str] = []
        for at, cell in enumerate(line.split("|")):
            row.append(row[-1] if cell == "<" else grid[-1][at] if cell == "^" else cell)
        grid.append(row)
    return grid


def _merges(table: str) -> list[tuple[int, int, int, int]]:
    """Give first row, first column, last row, last column of every joined cell."""
    lines = [line.split("|") for line in table.split("\n")]
    found = []
    for r, line in enumerate(lines):
        for c, cell in enumerate(line):
            if cell in {"<", "^"}:
                continue
            right = c
            while right + 1 < len(line) and line[right + 1] == "<":
                right += 1
            low = r
            while low + 1 < len(lines) and lines[low + 1][c] == "^":
                low += 1
            if (low, right) != (r, c):
                found.append((r, c, low, right))
    return found


def read(path: Path) -> SourcePaper:
    """Make the file that the paper stands for, and read it as the house reads what comes in."""
    marked = path.read_text(encoding="utf-8")
    kind = path.stem.rpartition(".")[2]
    if kind == "docx":
        return reading.read(io.BytesIO(_docx(marked)), "paper.docx")
    if kind == "xlsx":
        return reading.read(io.BytesIO(_xlsx(marked)), "paper.xlsx")
    tabbed = _TABLE.sub(lambda found: found[1].replace("|", "\t") + "\n", marked)
    return reading.pasted(_bare(tabbed))


def _docx(marked: str) -> bytes:
    paper = docx.Document()
    for at, part in enumerate(_TABLE.split(marked)):
        if at % 2 == 0:
            for line in _bare(part).split("\n"):
                paper.add_paragraph(line)
            continue
        lines = [[_bare(cell) for cell in line.split("|")] for line in part.split("\n")]
        table = paper.add_table(len(lines), len(lines[0]))
        for r, line in enumerate(lines):
            for c, cell in enumerate(line):
                if cell not in {"<", "^"}:
                    table.cell(r, c).text = cell
        for top, left, low, right in _merges(part):
            table.cell(top, left).merge(table.cell(low, right))
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def _xlsx(marked: str) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("清单")
    row = 0
    for at, part in enumerate(_TABLE.split(marked)):
        if at % 2 == 0:
            for line in filter(None, _bare(part).split("\n")):
                sheet.write(row, 0, line)
                row += 1
            continue
        joined = _merges(part)
        for r, line in enumerate(part.split("\n")):
            for c, cell in enumerate(line.split("|")):
                if cell not in {"<", "^", ""}:
                    sheet.write(row + r, c, _bare(cell))
        for top, left, low, right in joined:
            value = _bare(part.split("\n")[top].split("|")[left])
            sheet.merge_range(row + top, left, row + low, right, value)
        row += part.count("\n") + 1
    book.close()
    return out.getvalue()
