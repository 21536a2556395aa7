"""manage.py check_roles: name whoever holds roles that must stay apart, and fail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organization import separation


class Command(BaseCommand):
    help = "检查三类管理员与业务角色是否分设；有违反时列出姓名并以非零退出。"

    def handle(self, *args: Any, **options: Any) -> None:
        breaches = separation.breaches()
        if breaches:
            raise CommandError("以下人员同期任有须分设的角色：\n" + "\n".join(str(breach) for breach in breaches))
        self.stdout.write("三类管理员与业务角色已分设，未发现违反。")
