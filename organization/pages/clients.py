"""系统接入: keys of other systems, kept by the security administrator."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from organization import verbs
from organization.models import Client
from organization.pages.base import AdminOperation, KeepersOnly, Secret, open_buttons, operation
from organization.states import Role
from workflow.doors.pages import ListPage

SECURITY_ADMIN = (Role.SECURITY_ADMIN,)
ONCE = _("接口密钥，只显示这一次。请求时放在请求头 Authorization: Api-Key 之后。")


class ClientList(KeepersOnly, ListPage):
    """The keys, with what may be done to each."""

    keepers = SECURITY_ADMIN
    model = Client
    order = ("-pk",)
    template_name = "organization/client/list.html"

    def more(self, rows: Any, shown: list[Any]) -> dict[str, Any]:
        """Add the verbs of each row."""
        user = self.request.user
        return {"clients": [(client, open_buttons(verbs.CLIENT, client, user)) for client in shown]}


class RegisterClient(Secret):
    """A new system."""

    keepers = SECURITY_ADMIN
    model = Client
    verb = verbs.REGISTER_CLIENT
    title = _("登记系统")
    shows, secret_hint = "key", ONCE


urlpatterns = [
    path("system/clients/", ClientList.as_view(), name="client-list"),
    path("system/clients/register/", RegisterClient.as_view(), name="client-register"),
    operation(verbs.CLIENT, "rotate", Secret, keepers=SECURITY_ADMIN, shows="key", secret_hint=ONCE),
    operation(verbs.CLIENT, "revoke", AdminOperation, keepers=SECURITY_ADMIN),
]
