"""The room's nouns at the REST door: the directory of units and people, and the caller's own identity."""

from organization.api.departments import DepartmentSet
from organization.api.me import Me
from organization.api.people import PersonSet

ROUTES = (("departments", DepartmentSet), ("people", PersonSet))
"""What ``config.api`` registers: prefix and viewset."""

__all__ = ["ROUTES", "DepartmentSet", "Me", "PersonSet"]
