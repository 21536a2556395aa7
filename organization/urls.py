"""The addresses of the room's pages."""

from django.urls import URLPattern, URLResolver

from organization.pages import calendar, clients, departments, people, session

urlpatterns: list[URLPattern | URLResolver] = [
    *session.urlpatterns,
    *departments.urlpatterns,
    *people.urlpatterns,
    *calendar.urlpatterns,
    *clients.urlpatterns,
]
