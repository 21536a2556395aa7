"""核验督查: an inspected unit checks a notice without a login (R10)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views import View

from supervision import verification
from supervision.inputs.inspecting import VerifyForm
from workflow.refusal import Refusal


class Verify(View):
    """The code is asked for by GET, as a scanned address or an empty form, and by POST, as it is typed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form; with ``?code=`` of a scanned notice, the code filled in."""
        return self._show(request, VerifyForm(initial={"code": request.GET.get("code", "")[:32]}))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Tell what the code vouches for, or 不予认可, alike for whatever it does not."""
        form = VerifyForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, status=400)
        try:
            verification.refuse_guessing(request)
            found = verification.find(form.cleaned_data["code"], form.cleaned_data["unit"])
        except Refusal as refusal:
            return self._show(request, form, status=refusal.status, refusal=refusal)
        return self._show(request, form, told=verification.told(found))

    def _show(self, request: HttpRequest, form: VerifyForm, status: int = 200, **more: object) -> HttpResponse:
        return render(request, "supervision/verification/verify.html", {"form": form, **more}, status=status)


urlpatterns = [path("verify/", Verify.as_view(), name="verify")]
