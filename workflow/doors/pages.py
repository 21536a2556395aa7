"""The HTML door's shared code: visible lists and details, and one page for every operation."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View

from workflow.doors import paging
from workflow.doors.inputs import OperationForm
from workflow.doors.retries import again_without_files
from workflow.doors.verbs import Noun, Verb
from workflow.prepared import one
from workflow.refusal import NotVisible, Refusal, Stale


class SignedIn(View):
    """A page for people who have signed in; others are led to the login and back."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let in, or lead to the login; a fragment asks the browser to go there as a whole."""
        if request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        to_login = redirect_to_login(request.get_full_path())
        if getattr(request, "htmx", False):
            return HttpResponse(status=204, headers={"HX-Redirect": to_login.url})
        return to_login


class VisiblePage(SignedIn):
    """Begins with what the person may see: ``visible()`` is the only way to rows."""

    model: Any = None

    def visible(self) -> QuerySet[Any]:
        """Return the rows the person may see, with what a row shows."""
        return self.model._default_manager.visible_to(self.request.user).for_list()  # type: ignore[no-any-return]

    def find(self, pk: int) -> Any:
        """Return the visible thing with this key. Refused: NotVisible (404)."""
        found = one(self.visible(), pk)
        if found is None:
            raise NotVisible("not_found", _("没有找到。"))
        return found


class ListPage(VisiblePage):
    """A list: filtered by the query string, paged by key. ``rows_name`` is the context's name of the rows."""

    template_name: ClassVar[str] = ""
    fragment_name: ClassVar[str] = ""
    filter_class: ClassVar[Any] = None
    order: ClassVar[tuple[str, ...]] = ("-pk",)
    rows_name: ClassVar[str] = "rows"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the page; htmx gets the fragment that the page includes."""
        rows = self.visible()
        context: dict[str, Any] = {}
        if self.filter_class is not None:
            chosen = self.filter_class(self.asked(), queryset=rows, request=request)
            rows = chosen.qs if chosen.is_valid() else rows.none()
            context["filter"] = chosen
        size = paging.size_of(request.GET.get("page_size"))
        found = paging.page(rows, self.sorting(), request.GET.get("cursor"), size)
        context |= {self.rows_name: found.rows, "pager": self._pager(found)}
        context |= self.more(rows, found.rows)
        context["pager"]["count"] = context.get("count")
        fragment = self.fragment_name and getattr(request, "htmx", False) and not request.htmx.boosted  # type: ignore[attr-defined]
        return render(request, self.fragment_name if fragment else self.template_name, context)

    def asked(self) -> QueryDict:
        """Return the query string as the filters read it."""
        return self.request.GET

    def sorting(self) -> tuple[str, ...]:
        """Return the fields by which the rows stand."""
        return self.order

    def more(self, rows: QuerySet[Any], shown: list[Any]) -> dict[str, Any]:
        """Return what else the page shows; ``rows`` are all that the filters leave, ``count`` their number if known."""
        return {}

    def _pager(self, found: paging.Page) -> dict[str, Any]:
        return {"next": self._at(found.next), "previous": self._at(found.previous), "count": None}

    def _at(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        query = self.request.GET.copy()
        query["cursor"] = cursor
        return f"?{query.urlencode()}"


class OperationPage(VisiblePage):
    """One operation: GET shows its form, POST performs it; in a dialog a fragment, else a page.

    Whatever is refused comes back with the form as it was typed. A subclass, or ``pages_of``, names ``verb`` and noun.
    """

    noun: Noun | None = None
    verb: Verb | None = None
    title: ClassVar[Any] = ""
    template_name: ClassVar[str] = "doors/operation.html"
    fragment_name: ClassVar[str] = "doors/_operation.html"
    done: ClassVar[Any] = ""

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show the form; where the step is not open, the reason instead."""
        subject = self.find(pk) if pk is not None else None
        self.refuse_early(subject)
        form = self.verb.form(  # type: ignore[union-attr]
            user=request.user,
            subject=subject,
            initial=self.verb.form.first_values(subject, request.user),  # type: ignore[union-attr]
        )
        return self.show(form, subject)

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Perform the operation and go to what came of it, or show the form again with what is wrong."""
        subject = self.find(pk) if pk is not None else None
        form = self.verb.form(request.POST, request.FILES, user=request.user, subject=subject)  # type: ignore[union-attr]
        try:
            if not form.is_valid():
                self.refuse_early(subject)  # who may not do it is told so, not what his form lacks
                return self.show(form, subject, status=400)
            made = self.perform(form, subject)
        except Refusal as refusal:
            return self.refused(refusal, form, subject)
        messages.success(request, self.told(made))
        return self.leave(self.target(made, subject))

    def perform(self, form: OperationForm, subject: Any) -> Any:
        """Call the operation with the version that the person saw; again where another broke it off (F29)."""
        arguments: dict[str, Any] = {"by": self.request.user} | form.arguments()
        if subject is None:
            return again_without_files(self.request, lambda: self.verb.operation(**arguments))  # type: ignore[union-attr]
        seen = self.request.POST.get("version", "")
        overwrites = seen.isdecimal() and len(seen) < 10 and not self.verb.makes  # type: ignore[union-attr]
        subject.expecting(int(seen) if overwrites else None)
        return again_without_files(self.request, lambda: self.verb.operation(subject, **arguments))  # type: ignore[union-attr]

    def refuse_early(self, subject: Any) -> None:
        """Say before the form is filled that the step is not open."""
        if subject is not None and self.noun is not None:
            self.noun.lifecycle.check(subject, self.verb.name, self.request.user)  # type: ignore[union-attr]

    def heading(self) -> Any:
        """Return the title of the page: the step's label."""
        return self.title or self.noun.lifecycle.label(self.verb.name)  # type: ignore[union-attr]

    def told(self, made: Any) -> str:
        """Return the sentence shown after it is done."""
        return str(self.done or _("已%(verb)s。") % {"verb": self.heading()})

    def target(self, made: Any, subject: Any) -> str:
        """Return where to go afterwards: where the person came from, else the subject's page."""
        wanted = self.request.POST.get("next", "")
        if wanted and url_has_allowed_host_and_scheme(wanted, {self.request.get_host()}):
            return wanted
        return address_of(subject if subject is not None else made)

    def leave(self, address: str) -> HttpResponse:
        """Go to ``address``; from a dialog the whole page goes."""
        if getattr(self.request, "htmx", False):
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return HttpResponseRedirect(address)

    def show(self, form: OperationForm, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Render the form as page or dialog."""
        context = {
            "form": form,
            "subject": subject,
            "title": self.heading(),
            "submit": self.heading(),
            "tone": self.verb.tone,  # type: ignore[union-attr]
            "hint": self.verb.hint,  # type: ignore[union-attr]
            "version": self._version(subject),
            "cancel": address_of(subject) if subject is not None else None,
            "action": self.request.get_full_path(),
            "next": self.request.POST.get("next") or self.request.GET.get("next", ""),
            "draft": f"{self.request.path}",
        } | more
        in_dialog = getattr(self.request, "htmx", False) and self.request.htmx.target == "dialog-body"  # type: ignore[attr-defined]
        return render(self.request, self.fragment_name if in_dialog else self.template_name, context, status=status)

    def _version(self, subject: Any) -> Any:
        """Return the version that stands now: whoever sends the form again has seen it, side by side with his own."""
        return getattr(subject, "version", None)

    def refused(self, refusal: Refusal, form: OperationForm, subject: Any) -> HttpResponse:
        """Show the refusal above the form, which keeps what was typed; a stale version also shows what stands now."""
        if isinstance(refusal, NotVisible):
            raise refusal
        told = {
            "code": refusal.code,
            "message": refusal.message,
            "details": refusal.details,
            "status": refusal.status,
            "conflict": self._conflict(form, subject) if isinstance(refusal, Stale) else None,
            "latest": address_of(subject) if subject is not None else None,
        }
        return self.show(form, subject, status=refusal.status, refusal=told)

    def _conflict(self, form: OperationForm, subject: Any) -> list[tuple[Any, Any, Any]]:
        """Return both versions side by side: label, what was typed, what stands now."""
        stands = self.verb.form.first_values(subject, self.request.user)  # type: ignore[union-attr]
        rows: list[tuple[Any, Any, Any]] = [(_("状态"), "", subject.get_state_display())]
        for name, field in form.fields.items():
            if not isinstance(field, forms.FileField):
                now = stands.get(name, getattr(subject, name, None))
                rows.append((field.label, spoken(field, form[name].value()), spoken(field, now)))
        return rows


def spoken(field: forms.Field, value: Any) -> str:
    """Return the value of a field in words for people: labels instead of keys."""
    if value in (None, "", []):
        return ""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    values = value if isinstance(value, list | tuple) else [value]
    if isinstance(field, forms.ModelChoiceField):
        rows: Any = field.queryset
        keys = [str(getattr(one, "pk", one)) for one in values]
        return "、".join(str(row) for row in rows.filter(pk__in=[key for key in keys if key.isdecimal()]))
    labels = {str(key): label for key, label in getattr(field, "choices", ())}
    return "、".join(str(labels.get(str(one), one)) for one in values)


def address_of(thing: Any) -> str:
    """Return the address of a thing's page; of a part's root where the part has none."""
    known = getattr(thing, "get_absolute_url", None)
    return str(known()) if known else reverse("desk")


def pages_of(noun: Noun) -> list[URLPattern]:
    """Return ``<plural>/<pk>/<verb>/`` for each verb of the noun, named ``<noun>-<verb>``."""
    return [
        path(f"{noun.plural}/<int:pk>/{verb.name}/", _page_of(noun, verb), name=f"{noun.name}-{verb.name}")
        for verb in noun.verbs
    ]


def _page_of(noun: Noun, verb: Verb) -> Any:
    """Return the view of one verb; ``as_view`` sets what a subclass would name."""
    return OperationPage.as_view(noun=noun, verb=verb, model=noun.model)


def fragment(template: str, context: dict[str, Any], request: HttpRequest) -> HttpResponse:
    """Return a fragment alone."""
    return HttpResponse(render_to_string(template, context, request))
