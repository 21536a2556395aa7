"""``/api/v1/people/``: the directory of people."""

from __future__ import annotations

from rest_framework.permissions import IsAuthenticated

from organization.api.serializers import PersonSerializer
from organization.filters import PersonFilter
from organization.models import User
from organization.permissions import HasScope
from workflow.doors.api import NounSet


class PersonSet(NounSet):
    """People in service with their standing posts, by name."""

    noun = "people"
    model = User
    order = ("name", "pk")
    filter_class = PersonFilter
    serializer_class = PersonSerializer
    permission_classes = [IsAuthenticated, HasScope]
