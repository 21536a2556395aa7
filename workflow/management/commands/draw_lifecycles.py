"""Draw docs/lifecycles.md and docs/permissions.md from the tables of steps."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from workflow import drawing


class Command(BaseCommand):
    """``manage.py draw_lifecycles [--check]``."""

    help = "从各室的步骤表生成 docs/lifecycles.md 与 docs/permissions.md；--check 只比较，不一致时以 1 退出。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="只比较，不写文件")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = Path(settings.BASE_DIR) / "docs"
        folder.mkdir(exist_ok=True)
        old = []
        for name, text in drawing.documents().items():
            path = folder / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                continue
            old.append(name)
            if not options["check"]:
                path.write_text(text, encoding="utf-8")
        if options["check"] and old:
            self.stderr.write(f"{'、'.join(old)} 与步骤表不一致，请运行 manage.py draw_lifecycles。")
            raise SystemExit(1)
        self.stdout.write(self.style.SUCCESS(f"已生成 {'、'.join(old)}。" if old else "文档与步骤表一致。"))
