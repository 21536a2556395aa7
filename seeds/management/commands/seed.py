"""Fill an empty database with the demonstration."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from organization.models import Department, User
from organization.workdays import forget
from seeds import library, people, province
from seeds.stage import Stage


class Command(BaseCommand):
    """``manage.py seed [--today 2026-11-23]``."""

    help = "在空库中装入演示数据：虚构的岚江省、各角色试用账号和二十多个督查故事。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--today", type=date.fromisoformat, help="故事以哪一天为今天（默认今天）")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.TRIAL_PASSWORD:
            raise CommandError("演示数据含公开口令，只能装入试用环境（EMBEDDED_TRIAL）。")
        if User.objects.exists() or Department.objects.exists():
            raise CommandError("数据库里已有人员或单位，没有装入演示数据。请换一个空的数据目录。")
        forget()
        units = province.build()
        stage = Stage(units, people.settle(units, settings.TRIAL_PASSWORD), options["today"] or timezone.localdate())
        told = library.tell(stage)
        self.stdout.write(f"已装入 {len(units)} 个单位、{User.objects.count()} 名人员、{told} 个故事。")
