"""The addresses that the frame links to, so that the face can be looked at without any room behind it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def _nothing(request: HttpRequest, pk: int = 0) -> HttpResponse:
    return HttpResponse()


NAMES = {
    "desk": "",
    "directive-list": "directives/",
    "breakdown-list": "breakdowns/",
    "task-list": "tasks/",
    "overdue-board": "overdue/",
    "import-list": "imports/",
    "department-list": "departments/",
    "calendar": "system/calendar/",
    "post-switch": "post/",
    "login": "login/",
    "logout": "logout/",
}

urlpatterns = [path(route, _nothing, name=name) for name, route in NAMES.items()]
