"""How long an import takes from upload to drafts: ``python -m benchmarks.import_rows [ROWS]`` (2,000 unless told).

A house of its own in a temporary folder (SQLite on file, as the embedded default), the corpus' directory of units, and
a sheet with as many lines as asked for. Goal: 2,000 rows in 20 s (issue 2, section 4).
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
GOAL_SECONDS = 20
HEAD = ("序号", "工作任务", "完成标准", "牵头领导", "牵头单位", "配合单位", "责任人", "完成时限", "反馈周期", "备注")
LEADS = ("市住建局", "市水务局", "市发展改革委", "市财政局", "市生态环境局", "市经信局", "市交通运输局", "市教育局")
DUE = ("2027年6月底前", "2027-09-30", "年底前", "三季度末", "长期坚持")


def prepare(folder: str) -> None:
    """Point the house at a folder of its own before Django reads its settings; ``DATABASE_URL`` names another base."""
    os.environ.update(DATA_DIR=folder, SECRET_KEY="benchmark-" * 6, EMBEDDED_TRIAL="0", LOG_LEVEL="ERROR", HTTPS="0")
    os.environ.update(REDIS_URL="none", ALLOWED_HOSTS="localhost", DJANGO_SETTINGS_MODULE="config.settings")


def sheet(rows: int) -> bytes:
    """Return a workbook of that many different lines."""
    from documents.exports import write_rows

    lines = [
        (
            n, f"完成第{n}批老旧小区改造和配套设施建设。", "竣工验收合格", "分管副市长", LEADS[n % len(LEADS)],
            f"{LEADS[(n + 1) % len(LEADS)]}、{LEADS[(n + 2) % len(LEADS)]}，各县区政府", "科长", DUE[n % len(DUE)],
            "每月", "",
        )
        for n in range(1, rows + 1)
    ]  # fmt: skip
    return write_rows(HEAD, lines, title="青澜市2027年重点工作任务分解表")


@contextmanager
def timed(label: str, times: dict[str, tuple[float, float]]) -> Iterator[None]:
    """Time a part: seconds on the wall and on the processor."""
    wall, cpu = time.perf_counter(), time.process_time()
    yield
    times[label] = time.perf_counter() - wall, time.process_time() - cpu


def settle() -> Any:
    """Make the tables, load the directory, and return a directive of the city's office with its officer."""
    from django.core.management import call_command

    from organization.models import Department
    from organization.states import Role
    from tasks.operations import directives
    from tests.factories import organization as make

    call_command("migrate", verbosity=0)
    units = ROOT / "tests" / "documents" / "decomposition" / "departments.json"
    call_command("load_departments", str(units), stdout=StringIO())
    office = make.office("市政府督查室", Department.objects.get(name="青澜市人民政府"))
    officer = make.person(Role.SUPERVISOR, office, "督查员")
    return directives.register(by=officer, title="重点工作", document_no="青政发〔2027〕1号"), officer


def measure(rows: int) -> int:
    """Import that many rows and print what it took. Returns the exit code."""
    import django

    django.setup()
    from django.db import connection

    from documents import sheets
    from tasks.models import Batch, Task
    from tasks.operations import batch_runs, batches

    directive, officer = settle()
    content, times = sheet(rows), {}
    with timed("上传与安全检查", times):
        batch = batches.upload(directive, by=officer, file=sheets.accept(BytesIO(content), "分解表.xlsx"))
    with timed("读取、匹配、预览", times):
        batch_runs.carry_on(batch.pk)
    with timed("导入为拟办任务", times):
        batches.take(batch, by=officer)
        batch_runs.carry_on(batch.pk)
    batch = Batch.objects.get(pk=batch.pk)
    total, processor = sum(wall for wall, _cpu in times.values()), sum(cpu for _wall, cpu in times.values())
    say(f"{connection.vendor}: {batch.total} 行，{len(content) // 1024} KB")
    for label, (wall, cpu) in times.items():
        say(f"  {label}\t{wall:.2f} s（处理器 {cpu:.2f} s）")
    say(f"  合计\t{total:.2f} s（处理器 {processor:.2f} s；目标 {GOAL_SECONDS} s）")
    say(f"  结果\t{batch.state}，{batch.taken} 行成为任务")
    complete = batch.state == "done" and batch.taken == rows == Task.objects.count()
    return 0 if complete and total <= GOAL_SECONDS * rows / 2000 else 1


def say(text: str) -> None:
    """Print one line at once."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    place = tempfile.mkdtemp(prefix="benchmark-")
    try:
        prepare(place)
        code = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
    finally:
        shutil.rmtree(place, ignore_errors=True)
    sys.exit(code)
