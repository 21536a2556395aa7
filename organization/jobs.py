"""What the clock does in this room."""

from celery import shared_task
from django.utils import timezone

from organization.models import Session


@shared_task
def sweep_sessions() -> int:
    """Delete the sessions that have died; running it twice deletes nothing more."""
    deleted, _by_kind = Session.objects.filter(expire_date__lte=timezone.now()).delete()
    return deleted
