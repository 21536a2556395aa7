"""What the list of imports may be narrowed by, on pages and in REST alike."""

from __future__ import annotations

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from tasks import models
from tasks.filters import Key, any_of
from tasks.states import BatchState


class BatchFilter(filters.FilterSet):
    """Imports: of which directive, where they stand."""

    directive = Key("directive_id", label=_("来源事项"))
    state = any_of(BatchState, _("状态"))

    class Meta:
        model = models.Batch
        fields: tuple[str, ...] = ()
