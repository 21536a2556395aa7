"""导入: the list, the upload, the preview with its corrections, the workbooks to download, and 批量交办."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tasks import import_inputs, verbs, workbooks
from tasks.actors import officer
from tasks.import_filters import BatchFilter
from tasks.models import Batch, BatchRow, Directive
from tasks.operations import issuing
from tasks.pages import import_lines
from tasks.states import BatchState, RowState
from workflow.doors import files, paging
from workflow.doors.pages import ListPage, OperationPage, SignedIn, VisiblePage
from workflow.refusal import Forbidden, NotVisible

LINES = 100


class ImportList(ListPage):
    """The imports of the officer's office, the newest first."""

    model = Batch
    filter_class = BatchFilter
    rows_name = "batches"
    template_name = "tasks/import/list.html"
    fragment_name = "tasks/import/_list.html"

    def more(self, rows: Any, shown: list[Any]) -> dict[str, Any]:
        """Add the states as chips, each with its count, by one statement."""
        counts = dict(Batch.objects.visible_to(self.request.user).values_list("state").annotate(Count("pk")))
        chosen = self.request.GET.get("state", "")
        chips = [{"label": _("全部"), "url": "?", "count": sum(counts.values()), "active": not chosen}]
        chips += [
            {"label": state.label, "url": f"?state={state}", "count": counts[state], "active": chosen == state}
            for state in BatchState
            if counts.get(state)
        ]
        return {"chips": chips}


class Upload(OperationPage):
    """A sheet is handed in; afterwards the preview is shown."""

    template_name = "tasks/import/new.html"
    title = gettext_lazy("导入任务分解表")
    done = gettext_lazy("已上传，正在读取。")

    def target(self, made: Any, subject: Any) -> str:
        """Go to the preview."""
        return str(made.get_absolute_url())

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Add the word on the button; what was chosen is not kept as a draft, files cannot be."""
        return super().show(form, subject, status, **{"submit": _("上传并预览"), "draft": None} | more)


class NewImport(Upload):
    """The way in from the list: the directive is chosen with the sheet."""

    model = Batch
    verb = verbs.IMPORT

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let officers in. Refused: Forbidden to everybody else."""
        if request.user.is_authenticated and not officer(request.user, None):
            raise Forbidden("directive.upload.forbidden", officer.reason)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show the form; ``?directive=`` chooses beforehand, else the newest is chosen."""
        form = import_inputs.ImportForm(user=request.user)
        wanted, offered = request.GET.get("directive", ""), cast(Any, form.fields["directive"])
        form.initial["directive"] = wanted if wanted.isdecimal() else offered.queryset.first()
        return self.show(form, None)


class DirectiveImport(Upload):
    """The way in from a directive."""

    model = Directive
    noun = verbs.DIRECTIVE
    verb = verbs.DIRECTIVE.verb("upload")


class ImportDetail(VisiblePage):
    """The preview: one line per row, or the progress while a job is at it. Four statements in all."""

    model = Batch

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the import."""
        batch = self.find(pk)
        context: dict[str, Any] = {"batch": batch, "job": job_of(batch)}
        if not batch.is_running and batch.total:
            context |= self._preview(batch)
        offered = [verb for verb in verbs.BATCH.buttons(batch, request.user) if verb["name"] == "drop"]
        context["verbs"] = [verb for verb in offered if verb["open"]]
        context["may_take"] = verbs.BATCH.lifecycle.may(batch, "take", request.user) and batch.waiting > 0
        return render(request, "tasks/import/detail.html", context)

    def _preview(self, batch: Batch) -> dict[str, Any]:
        query = self.request.GET
        show = query.get("show", "")
        rows = BatchRow.objects.filter(batch=batch).defer("read")
        rows = rows.standing(show) if show in RowState.values else rows
        page = paging.page(rows, ("pk",), query.get("cursor"), LINES)
        pager = {"next": self._at(page.next), "previous": self._at(page.previous), "count": None}
        found = import_lines.lines(batch, page.rows, self.request.get_full_path())
        return {"lines": found, "pager": pager, "tabs": tabs_of(batch, show)}

    def _at(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        query = self.request.GET.copy()
        query["cursor"] = cursor
        return f"?{query.urlencode()}"


def tabs_of(batch: Batch, shown: str) -> list[dict[str, Any]]:
    """Return the tabs of a preview with their counts, which the batch keeps; empty ones are left out."""
    counts = {
        RowState.KEPT: batch.kept,
        RowState.GOOD: batch.waiting,
        RowState.TAKEN: batch.taken,
        RowState.SKIPPED: batch.skipped,
    }
    whole = {"label": _("全部"), "url": "?", "count": batch.total, "active": shown not in counts}
    parts = [
        {"label": s.label, "url": f"?show={s}", "count": count, "active": s == shown, "tone": import_lines.TONES[s]}
        for s, count in counts.items()
        if count or s == shown
    ]
    return [whole, *parts]


def job_of(batch: Batch) -> dict[str, Any] | None:
    """Return the progress as components/_progress.html draws it; None while no job is at it."""
    if not batch.is_running:
        return None
    taking = batch.state == BatchState.TAKING
    label = _("正在导入“%(name)s”") if taking else _("正在读取“%(name)s”并匹配单位")
    return {
        "label": label % {"name": batch.name}, "done": batch.handled, "finished": False,
        "total": batch.handled + batch.waiting if taking else batch.total,
        "url": reverse("import-progress", args=[batch.pk]),
    }  # fmt: skip


class ImportProgress(VisiblePage):
    """The bar alone, asked again until the job is done; then the whole page is asked for."""

    model = Batch

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show how far it is."""
        batch = self.find(pk)
        if not batch.is_running:
            return HttpResponse(status=204, headers={"HX-Refresh": "true"})
        return render(request, "components/_progress.html", {"job": job_of(batch)})


class ImportVerb(OperationPage):
    """A step of an import."""

    noun = verbs.BATCH
    model = Batch


class Take(ImportVerb):
    """Take the good lines; the page that follows shows the progress."""

    verb = verbs.BATCH.verb("take")
    done = gettext_lazy("已开始导入。")


class Drop(ImportVerb):
    """Give an import up."""

    verb = verbs.BATCH.verb("drop")


class Amend(ImportVerb):
    """Correct one line: ``?row=`` names it, ``?lead=`` and ``?co=`` choose a unit that was offered."""

    verb = verbs.BATCH.verb("amend")
    template_name = "tasks/import/amend.html"
    fragment_name = "tasks/import/_amend.html"
    done = gettext_lazy("已更正。")

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        """Show the form with what the line would become."""
        batch = self.find(pk or 0)
        self.refuse_early(batch)
        row = self._row(batch, request.GET.get("row", ""))
        form = import_inputs.AmendForm(user=request.user, subject=batch, initial=self._first_values(row))
        return self.show(form, batch, row=row)

    def show(self, form: Any, subject: Any, status: int = 200, **more: Any) -> HttpResponse:
        """Show the line of the sheet beside the form."""
        row = more.get("row") or self._row(subject, self.request.POST.get("row", ""))
        return super().show(form, subject, status, **{"submit": _("保存更正"), "row": row} | more)

    def _row(self, batch: Batch, key: str) -> BatchRow:
        number = int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else 0
        found = BatchRow.objects.visible_to(self.request.user).filter(batch=batch, pk=number).first()
        if found is None:
            raise NotVisible("not_found", _("这个批次里没有这一行。"))
        return found  # type: ignore[no-any-return]

    def _first_values(self, row: BatchRow) -> dict[str, Any]:
        values = {name: row.proposed.get(name) for name in import_inputs.AmendForm.base_fields if name != "row"}
        values |= {"row": row.pk, "skip": row.skipped, "due_on": parse_date(row.proposed.get("due_on") or "")}
        lead, helper = self.request.GET.get("lead", ""), self.request.GET.get("co", "")
        if lead.isdecimal():
            values["lead"] = int(lead)
        if helper.isdecimal():
            values["co_units"] = [*values["co_units"], int(helper)]
        return values


# ------------------------------------------------------------------------------------------------ workbooks


class Template(SignedIn):
    """The workbook to fill in, with the units that the officer's office supervises to choose from."""

    def get(self, request: HttpRequest) -> FileResponse:
        """Hand it out."""
        return workbooks.template(request.user)


class Kept(VisiblePage):
    """The lines kept for correction, as a workbook that says what is wrong with each."""

    model = Batch

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand it out."""
        return workbooks.kept(self.find(pk))


class Original(VisiblePage):
    """The sheet as it was handed in."""

    model = Batch

    def get(self, request: HttpRequest, pk: int) -> FileResponse:
        """Hand it out."""
        return files.serve(self.find(pk))


# ------------------------------------------------------------------------------------------------ 批量交办


class Issue(VisiblePage):
    """Assign many drafts of a directive: first who would get what, then, for those chosen, what came of it."""

    model = Directive

    def get(self, request: Any, pk: int) -> HttpResponse:
        """Show what assigning would bring, by four statements."""
        directive = self.find(pk)
        return self._show(directive, issuing.rehearse(directive, by=request.user))

    def post(self, request: Any, pk: int) -> HttpResponse:
        """Assign the chosen ones and show what came of each."""
        directive = self.find(pk)
        form = import_inputs.IssueForm(request.POST, user=request.user, subject=directive)
        if not form.is_valid() or not request.POST.getlist("tasks"):
            outcomes = issuing.rehearse(directive, by=request.user)
            return self._show(directive, outcomes, status=400, complaint=_("请至少勾选一项要交办的任务。"))
        outcomes = issuing.assign(directive, by=request.user, chosen=list(form.cleaned_data["tasks"]))
        return self._show(directive, outcomes, finished=True)

    def _show(
        self, directive: Directive, outcomes: list[issuing.Outcome], status: int = 200, **more: Any
    ) -> HttpResponse:
        done = [outcome for outcome in outcomes if outcome.done]
        context = {
            "directive": directive, "outcomes": outcomes, "done": len(done), "refused": len(outcomes) - len(done),
            "most": issuing.MOST, "full": len(outcomes) >= issuing.MOST, "finished": False,
        } | more  # fmt: skip
        return render(self.request, "tasks/import/issue.html", context, status=status)


urlpatterns = [
    path("imports/", ImportList.as_view(), name="import-list"),
    path("imports/new/", NewImport.as_view(), name="import-new"),
    path("imports/template/", Template.as_view(), name="import-template"),
    path("imports/<int:pk>/", ImportDetail.as_view(), name="import-detail"),
    path("imports/<int:pk>/progress/", ImportProgress.as_view(), name="import-progress"),
    path("imports/<int:pk>/kept/", Kept.as_view(), name="import-kept"),
    path("imports/<int:pk>/file/", Original.as_view(), name="import-file"),
    path("imports/<int:pk>/take/", Take.as_view(), name="batch-take"),
    path("imports/<int:pk>/amend/", Amend.as_view(), name="batch-amend"),
    path("imports/<int:pk>/drop/", Drop.as_view(), name="batch-drop"),
    path("directives/<int:pk>/upload/", DirectiveImport.as_view(), name="directive-upload"),
    path("directives/<int:pk>/assign/", Issue.as_view(), name="directive-assign"),
]
