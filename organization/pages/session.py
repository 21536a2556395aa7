"""登录, 退出, 修改密码, 切换身份."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.mixins import LoginRequiredMixin
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, View

from organization.forms import LoginForm, PasswordForm
from organization.models import Post, User
from organization.operations import identities, people
from workflow.refusal import RuleBroken

TOO_MANY_REQUESTS = 429


class Login(LoginView):
    """Lets people in; in the embedded trial it also tells the accounts and their common password."""

    form_class = LoginForm
    template_name = "organization/session/login.html"
    extra_context = {"password": ""}

    def form_valid(self, form: Any) -> HttpResponse:
        """Let the person in and put it on record."""
        answer = super().form_valid(form)
        people.sign_in(cast(User, self.request.user))
        return answer

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Show the form again; after too many failures say how long to wait."""
        if not getattr(self.request, "axes_locked_out", False):
            return super().form_invalid(form)
        # The answer is ours: django-axes would put an English page in its place.
        self.request.axes_locked_out = False  # type: ignore[attr-defined]
        context = self.get_context_data(form=LoginForm(self.request), locked_minutes=locked_minutes())
        return self.render_to_response(context, status=TOO_MANY_REQUESTS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the trial's accounts, in the trial alone."""
        trial = trial_accounts() if settings.EMBEDDED_TRIAL else []
        return super().get_context_data(trial_accounts=trial, **kwargs)


def locked_minutes() -> int:
    """Return for how many minutes a name stays locked from one address."""
    return int(settings.AXES_COOLOFF_TIME.total_seconds()) // 60


TRIAL_ACCOUNTS = (
    "supervisor", "leader", "chief", "unit_head", "handler", "helper", "inspector",
    "discipline", "auditor", "system_admin", "security_admin", "stranger",
)  # fmt: skip


def trial_accounts() -> list[User]:
    """Return the trial's accounts in the order of the story, with their posts; two queries."""
    found = {user.username: user for user in User.objects.active().filter(username__in=TRIAL_ACCOUNTS).for_list()}
    return [found[name] for name in TRIAL_ACCOUNTS if name in found]


class Logout(LogoutView):
    """Lets people out, by POST alone."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put it on record and end the session."""
        if isinstance(request.user, User):
            people.sign_out(request.user)
        return super().post(request, *args, **kwargs)


class ChangePassword(LoginRequiredMixin, FormView):
    """The own password; a one-time password leads here first."""

    form_class = PasswordForm
    template_name = "organization/session/password.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose password it is."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        """Change it, open a new session in place of all that ended; the form again where a rule is broken."""
        user = cast(User, self.request.user)
        try:
            user = people.change_password(user, by=user, password=form.cleaned_data["password"])
        except RuleBroken as refusal:
            form.add_error("password", refusal.details.get("password") or str(refusal.message))
            return self.form_invalid(form)
        login(self.request, user, backend=self.request.session.get("_auth_user_backend") or BACKEND)
        messages.success(self.request, _("密码已修改，其他设备上的登录已全部退出。"))
        return HttpResponseRedirect(reverse("password_change") if user.must_change_password else "/")


BACKEND = "django.contrib.auth.backends.ModelBackend"


class TakeUp(LoginRequiredMixin, View):
    """切换身份: acts in another of the own posts, or in one lent by delegation."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the post up and begin at the first page: the present one may not be for the new identity."""
        user = cast(User, request.user)
        key = request.POST.get("post", "")
        post = get_object_or_404(Post.objects.open_to(user), pk=key if key.isascii() and key.isdigit() else None)
        identities.take_up(post, by=user, session=request.session)
        messages.success(request, _("现以“%(post)s”身份办理。") % {"post": post})
        return HttpResponseRedirect("/")


urlpatterns = [
    path("login/", Login.as_view(), name="login"),
    path("logout/", Logout.as_view(), name="logout"),
    path("password/", ChangePassword.as_view(), name="password_change"),
    path("identity/", TakeUp.as_view(), name="post-switch"),
]
