#!/usr/bin/env python3
"""Django's command line for 闭环督查."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("没有找到 Django：请先运行 python3 dev.py up。 (Django is missing: run `python3 dev.py up` first.)")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
