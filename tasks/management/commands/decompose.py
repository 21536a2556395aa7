"""manage.py decompose FILE… --departments FILE --out DIR: drafts of tasks as NAME.pred.json; no database."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents import reading
from organization.matching import Directory
from tasks.decomposition.engine import decompose
from tasks.decomposition.naming import directory_of
from tasks.decomposition.prediction import prediction
from workflow.refusal import Refusal


class Command(BaseCommand):
    help = "任务分解：读取文件（docx、txt、pdf、xlsx），写出 NAME.pred.json；不需要数据库。"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--departments", type=Path, required=True, help="单位目录（departments.json）")
        parser.add_argument("--out", type=Path, required=True, help="写到这个目录")

    def handle(self, *args: Any, **options: Any) -> None:
        units = self._units(options["departments"])
        options["out"].mkdir(parents=True, exist_ok=True)
        refused = [path for path in options["files"] if not self._write(path, units, options["out"])]
        if refused:
            raise CommandError(f"{len(refused)} 份文件没有读成，原因见上；其余已经写好。")

    def _units(self, path: Path) -> Directory:
        try:
            return directory_of(json.loads(path.read_text(encoding="utf-8-sig")))
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CommandError(f"读不出单位目录 {path}：应为含有 departments 列表的 JSON（UTF-8）。") from error

    def _write(self, path: Path, units: Directory, out: Path) -> bool:
        """Write what one file holds; say why where it cannot be read."""
        try:
            with path.open("rb") as file:
                paper = reading.read(file, path.name)
        except (OSError, Refusal) as error:
            self.stderr.write(f"{path.name}：{error.message if isinstance(error, Refusal) else error}")
            return False
        breakdown = decompose(paper.text, units, tables=paper.tables, name=path.name)
        answer = json.dumps(prediction(breakdown), ensure_ascii=False, indent=1)
        (out / f"{path.stem}.pred.json").write_text(f"{answer}\n", encoding="utf-8")
        self.stdout.write(f"{path.name}：{len(breakdown.clauses)} 条，其中 {len(breakdown.drafts)} 项任务。")
        return True
