"""What a password must be."""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CLASSES = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"\d"), re.compile(r"[^A-Za-z\d\s]"))


class ThreeClassesValidator:
    """At least three of lower case, upper case, digits and signs (GB/T 22239-2019, 8.1.4.1)."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password of fewer than three classes."""
        if sum(bool(pattern.search(password)) for pattern in CLASSES) < 3:
            raise ValidationError(self.get_help_text(), code="password.classes")

    def get_help_text(self) -> str:
        """Return the rule as shown below the field."""
        return _("密码须包含小写字母、大写字母、数字、符号中的至少三类。")
