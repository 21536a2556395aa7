"""manage.py create_admin: set up the first holder of an administrator's role, with a password for once."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from organization.management.commands.create_client import only_department
from organization.models import Post
from organization.operations import people, posts
from organization.states import ADMIN_ROLES
from workflow.refusal import Refusal


class Command(BaseCommand):
    help = "建立某类管理员的第一位任职人，打印一次性密码；已有在任者时拒绝，此后由安全管理员任命。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", choices=[role.value for role in ADMIN_ROLES])
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="姓名")
        parser.add_argument("--department", required=True, help="所在单位的全称或简称")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        role = options["role"]
        if Post.objects.standing().filter(role=role, user__is_active=True).exists():
            raise CommandError("该类管理员已有在任者。请由安全管理员在系统内任命。")
        try:
            user = people.create(by=None, username=options["username"], name=options["name"])
            posts.appoint(user, by=None, department=only_department(options["department"]), role=role)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(user.one_time_password or "")
        self.stderr.write("以上是一次性密码，首次登录须修改，只显示这一次。")
