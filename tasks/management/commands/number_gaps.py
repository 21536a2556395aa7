"""Say which numbers of a year no standing paper bears."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from organization.models import Department
from tasks.operations import gaps


class Command(BaseCommand):
    """``manage.py number_gaps [--year 2026]``."""

    help = "列出各督查机构某年的空号和作废编号及其原因。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--year", type=int, default=timezone.localdate().year, help="年份，默认今年")

    def handle(self, *args: Any, **options: Any) -> None:
        offices = list(Department.objects.filter(is_office=True).order_by("path"))
        for pk, found in gaps.found_in(offices, options["year"]).items():
            name = next(office.name for office in offices if office.pk == pk)
            self.stdout.write(f"{name}：{len(found)} 个")
            for gap in found:
                told = f"已给出，后来撤销或终止：{gap.reason or '没有写明原因'}" if gap.given else "空号，没有留痕"
                self.stdout.write(f"  {gap.number} {told}")
