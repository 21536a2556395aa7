"""What every page may say about the house it is shown in."""

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest


def house(request: HttpRequest) -> dict[str, Any]:
    """Give templates the person and, in the embedded trial alone, the password of its accounts."""
    return {
        "user": getattr(request, "user", None) or AnonymousUser(),
        "embedded_trial": settings.EMBEDDED_TRIAL,
        "trial_password": settings.TRIAL_PASSWORD,
    }
