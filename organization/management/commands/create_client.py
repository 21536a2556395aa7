"""manage.py create_client: register another system and print its key once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organization.models import Department
from organization.operations import clients
from organization.states import BUSINESS_ROLES, Role
from workflow.refusal import Refusal


class Command(BaseCommand):
    help = "登记一个外部系统并打印它的接口密钥；密钥只显示这一次。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="系统名称")
        parser.add_argument("--department", required=True, help="负责单位的全称或简称")
        parser.add_argument("--role", default=Role.HANDLER.value, choices=[role.value for role in BUSINESS_ROLES])
        parser.add_argument("--scope", dest="scopes", action="append", required=True, help="如 tasks:read，可多次")
        parser.add_argument("--days", type=int, default=365, help="有效天数")

    def handle(self, *args: Any, **options: Any) -> None:
        department = only_department(options["department"])
        try:
            client = clients.register(
                by=None,
                name=options["name"],
                department=department,
                role=options["role"],
                scopes=options["scopes"],
                days=options["days"],
            )
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(client.key or "")
        self.stderr.write(
            f"已登记“{client.name}”（{department.name}），有效期至 {client.expires_at:%Y-%m-%d}。密钥只显示这一次。"
        )


def only_department(name: str) -> Department:
    """Return the one current unit of that full or short name."""
    found = list(Department.objects.current().named(name)[:2])
    if not found:
        raise CommandError(f"没有名为“{name}”的在用单位。请使用单位的全称或简称。")
    if len(found) > 1:
        raise CommandError(f"有多个单位名为“{name}”。请使用全称。")
    return found[0]
