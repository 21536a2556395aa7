"""The nouns of the room, one file each."""

from organization.models.calendar import CalendarDay, CalendarYear
from organization.models.client import Client
from organization.models.delegation import Delegation
from organization.models.department import Department, DepartmentName
from organization.models.post import Post
from organization.models.session import Session
from organization.models.user import User

__all__ = [
    "CalendarDay",
    "CalendarYear",
    "Client",
    "Delegation",
    "Department",
    "DepartmentName",
    "Post",
    "Session",
    "User",
]
