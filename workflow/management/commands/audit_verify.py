"""Verify the record and every registered digest; leave with 1 if anything is wrong."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from workflow import audit
from workflow.models import Event


class Command(BaseCommand):
    """``manage.py audit_verify [--stream task:12]``."""

    help = "核对留痕链与证据摘要；逐条说出被改、缺失、插入、调换的记录，有问题时以 1 退出。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stream", help="只核对一条链，例如 task:12")

    def handle(self, *args: Any, **options: Any) -> None:
        stream = options["stream"]
        findings = 0
        for finding in audit.verify(stream):
            findings += 1
            self.stdout.write(self.style.ERROR(str(finding)))
        events = Event.objects.filter(stream=stream).count() if stream else Event.objects.count()
        if findings:
            self.stderr.write(f"核对 {events} 条留痕，发现 {findings} 处问题。")
            raise SystemExit(1)
        self.stdout.write(self.style.SUCCESS(f"核对 {events} 条留痕，链条完整。"))
