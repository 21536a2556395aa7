"""A county and its city with the corpus' units, their supervision offices, and sheets to import."""

from __future__ import annotations

import json
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from documents import sheets
from documents.uploads import Upload
from organization.models import Department, User
from organization.states import Rank, Role
from tasks.models import Batch, Directive
from tasks.operations import batch_runs, batches, directives
from tests.documents.corpus_like import workbook
from tests.factories import organization as make

CORPUS = Path(__file__).resolve().parents[2] / "documents" / "decomposition"
COUNTY = "05_云涧县2026年重点工作任务分解表"
CITY = "12_省督察反馈问题整改清单"
HEAD = ("序号", "工作任务", "完成标准", "牵头单位", "配合单位", "责任人", "完成时限", "备注")
GOOD = (1, "改造老旧小区6个。", "验收合格", "县住建局", "县财政局", "王某", "2027年6月底前", "")


@dataclass
class Office:
    """A supervision office with its officer and its government's leader."""

    unit: Department
    supervisor: User
    leader: User


FEW = {
    "县住房城乡建设局", "县财政局", "县水利局", "县交通运输局", "县工信科技局", "县教育体育局", "云涧县政府",
    "金岭县政府",
}  # fmt: skip


def load_units(file: Path = CORPUS / "departments.json") -> None:
    """Load a directory of units as an administrator would; the corpus' unless told otherwise."""
    call_command("load_departments", str(file), stdout=StringIO())


def few_units(folder: Path) -> Path:
    """Write a directory of a few units of the corpus; loading all takes more than a second."""
    content = json.loads((CORPUS / "departments.json").read_text(encoding="utf-8"))
    content["departments"] = [row for row in content["departments"] if row["short"] in FEW]
    file = folder / "departments.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def office_of(place: str, level: str) -> Office:
    """Return the supervision office of a place's government."""
    government = Department.objects.get(name=f"{place}人民政府")
    unit = make.office(f"{place}政府督查室", government, level=level)
    return Office(
        unit,
        make.person(Role.SUPERVISOR, unit, f"{place}督查员"),
        make.person(Role.LEADER, government, f"{place}副职", rank=Rank.DEPUTY),
    )


def directive(office: Office, *, approved: bool = True, **fields: Any) -> Directive:
    """Return a directive of the office."""
    made = directives.register(
        by=office.supervisor, **{"title": "年度重点工作", "document_no": "政办发〔2026〕2号"} | fields
    )
    if approved:
        made = directives.submit(made, by=office.supervisor)
        made = directives.approve(made, by=office.leader)
    return made


def sheet(*rows: tuple[Any, ...], head: tuple[str, ...] = HEAD, title: str = "云涧县2027年工作任务分解表") -> bytes:
    """Return a workbook of these lines under a title and a head."""
    return workbook({"rows": [[title], head, *rows]})


def corpus(name: str) -> bytes:
    """Return a workbook of the corpus."""
    return (CORPUS / f"{name}.xlsx").read_bytes()


def gold(name: str) -> list[dict[str, Any]]:
    """Return what an officer reads from a workbook of the corpus."""
    found: list[dict[str, Any]] = json.loads((CORPUS / f"{name}.gold.json").read_text(encoding="utf-8"))["tasks"]
    return found


def checked(content: bytes, name: str = "分解表.xlsx") -> Upload:
    """Return a sheet that passed the gate."""
    return sheets.accept(BytesIO(content), name)


def uploaded(of: Directive, by: User, content: bytes, name: str = "分解表.xlsx") -> Batch:
    """Return an import that waits for its job."""
    return batches.upload(of, by=by, file=checked(content, name))


def read(of: Directive, by: User, content: bytes, name: str = "分解表.xlsx") -> Batch:
    """Return an import that was read and waits for the officer."""
    return run(uploaded(of, by, content, name))


def taken(of: Directive, by: User, content: bytes) -> Batch:
    """Return an import whose good lines were taken."""
    return run(batches.take(read(of, by, content), by=by))


def run(batch: Batch) -> Batch:
    """Let the job do its work; return the row as it is then."""
    batch_runs.carry_on(batch.pk)
    return fresh(batch)


def fresh(batch: Batch) -> Batch:
    """Return the row as it is now."""
    return Batch.objects.get(pk=batch.pk)
