"""The layer around every page that turns refusals into answers."""

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse

from config import refusals as doors
from workflow.refusal import Refusal

GetResponse = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Shows a Refusal that an operation raised as the page's answer, with the same status as the REST door."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer a Refusal and a database that is too busy; let everything else be loud."""
        if isinstance(exception, Refusal):
            return doors.page(request, exception)
        if isinstance(exception, OperationalError):
            return doors.busy(request, exception)
        return None
