"""The verbs of the room as the doors offer them: step, operation, input."""

from __future__ import annotations

from organization import inputs, lifecycles
from organization.models import CalendarYear, Client, Delegation, Department, Post, User
from organization.operations import calendar, clients, delegations, departments, people, posts
from workflow.doors.verbs import Noun, Verb

CREATE_DEPARTMENT = Verb("create", departments.create, inputs.DepartmentForm, "plus", "primary")
CREATE_PERSON = Verb("create", people.create, inputs.PersonForm, "user-plus", "primary")
REGISTER_CLIENT = Verb("register", clients.register, inputs.ClientForm, "plus", "primary")
SET_DAY = Verb("set_day", calendar.set_day, inputs.SetDayForm, "calendar-event")
CLEAR_DAY = Verb("clear_day", calendar.clear_day, inputs.ClearForm, "rotate-2")
IMPORT_DAYS = Verb("import_days", calendar.import_days, inputs.ImportForm, "file-import", "primary")

DEPARTMENT = Noun(
    "department",
    "departments",
    Department,
    lifecycles.DEPARTMENT,
    (
        Verb("amend", departments.amend, inputs.AmendForm, "pencil"),
        Verb("rename", departments.rename, inputs.RenameForm, "tag"),
        Verb("move", departments.move, inputs.MoveForm, "hierarchy"),
        Verb("merge", departments.merge, inputs.MergeForm, "arrow-merge", "danger"),
        Verb("dissolve", departments.dissolve, inputs.DissolveForm, "trash", "danger"),
    ),
)

PERSON = Noun(
    "person",
    "people",
    User,
    lifecycles.USER,
    (
        Verb("appoint", posts.appoint, inputs.AppointForm, "user-shield", "primary", makes="post"),
        Verb("rename", people.rename, inputs.NameForm, "pencil"),
        Verb("reset_password", people.reset_password, inputs.NothingForm, "key"),
        Verb("deactivate", people.deactivate, inputs.LeaveForm, "user-off", "danger"),
        Verb("restore", people.restore, inputs.NothingForm, "user-check"),
    ),
)

POST = Noun(
    "post",
    "posts",
    Post,
    lifecycles.POST,
    (
        Verb("set_portfolio", posts.set_portfolio, inputs.PortfolioForm, "sitemap"),
        Verb("delegate", delegations.grant, inputs.DelegateForm, "switch-horizontal", makes="delegation"),
        Verb("end", posts.end, inputs.EndForm, "user-off", "danger"),
    ),
)

DELEGATION = Noun(
    "delegation",
    "delegations",
    Delegation,
    lifecycles.DELEGATION,
    (Verb("revoke", delegations.revoke, inputs.NothingForm, "arrow-back-up", "danger"),),
)

CLIENT = Noun(
    "client",
    "clients",
    Client,
    lifecycles.CLIENT,
    (
        Verb("rotate", clients.rotate, inputs.KeyForm, "refresh"),
        Verb("revoke", clients.revoke, inputs.NothingForm, "lock", "danger"),
    ),
)

YEAR = Noun(
    "calendar_year",
    "calendar",
    CalendarYear,
    lifecycles.CALENDAR,
    (Verb("publish", calendar.publish_year, inputs.PublishForm, "rubber-stamp", "primary"),),
)

NOUNS = (DEPARTMENT, PERSON, POST, DELEGATION, CLIENT, YEAR)
