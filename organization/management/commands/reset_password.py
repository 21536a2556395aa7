"""manage.py reset_password: give somebody a password for once, from the server."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organization.models import User
from organization.operations import people
from workflow.refusal import Refusal


class Command(BaseCommand):
    help = "重置密码并打印一次性密码；安全管理员、审计管理员的密码只能这样重置。"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = User.objects.people().filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"没有用户名为“{options['username']}”的人员。")
        try:
            reset = people.reset_password(user, by=None)
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from refusal
        self.stdout.write(reset.one_time_password or "")
        self.stderr.write("以上是一次性密码，首次登录须修改，只显示这一次。")
