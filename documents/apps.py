"""The documents room as Django sees it: no models, only a name."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    """Paper: reading (sheets, dates, units), writing (exports, templates) and safety."""

    name = "documents"
    verbose_name = _("公文与表格")
