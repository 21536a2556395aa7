"""manage.py load_departments FILE: bring the tree of units to a directory file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organization import directory
from workflow.refusal import Refusal


class Command(BaseCommand):
    help = (
        "导入单位目录（JSON：name、short、aliases、level、parent、kind，可有 duties 职责关键词）；重复执行不产生重复。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"读不出文件 {options['file']}：请检查路径，文件应为 UTF-8。") from error
        try:
            loaded = directory.load(directory.read(text), by=None)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(f"新建 {loaded.created} 个单位，更新 {loaded.changed} 个，{loaded.unchanged} 个不变。")
