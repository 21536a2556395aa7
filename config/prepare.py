"""Bring the embedded default's database up to date in one process: ``python -m config.prepare [--no-demo]``.

Prints lines that begin with ``…`` while it works, and one line of JSON at the end: what was done and who may log in.
"""

import json
import os
import sys
from typing import Any

TRIAL_ACCOUNTS = (
    "supervisor",
    "leader",
    "chief",
    "unit_head",
    "handler",
    "helper",
    "inspector",
    "discipline",
    "auditor",
    "system_admin",
    "security_admin",
    "stranger",
)


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def migrate() -> int:
    """Apply what is missing; return how many migrations that were."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        say(f"… 迁移 {len(plan)} 步")
        call_command("migrate", verbosity=0, interactive=False)
    return len(plan)


def seed() -> bool:
    """Fill an empty database with the demonstration; say whether that was done."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command, get_commands

    if get_user_model().objects.exists() or "seed" not in get_commands():
        return False
    say("… 装入演示数据")
    call_command("seed", verbosity=0)
    return True


def accounts() -> list[list[str]]:
    """Return the trial accounts that exist: name for the login, person, role, unit."""
    from django.conf import settings
    from django.contrib.auth import get_user_model

    if not settings.EMBEDDED_TRIAL:
        return []
    people = get_user_model().objects.filter(username__in=TRIAL_ACCOUNTS, is_active=True)
    return [described(user) for user in sorted(people, key=lambda user: TRIAL_ACCOUNTS.index(user.get_username()))]


def described(user: Any) -> list[str]:
    """Return one row of the table of accounts."""
    post = user.post
    return [
        user.get_username(),
        user.name,
        post.get_role_display() if post else "",
        post.department.name if post else "",
    ]


def main() -> None:
    """Migrate, seed if asked, report."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings

    django.setup()
    steps = migrate()
    seeded = "--no-demo" not in sys.argv and settings.EMBEDDED_TRIAL and seed()
    done = "已装入演示数据" if seeded else "已更新" if steps else "已就绪"
    say(json.dumps({"done": done, "accounts": accounts(), "password": settings.TRIAL_PASSWORD}, ensure_ascii=False))


if __name__ == "__main__":
    main()
