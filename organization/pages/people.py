"""人员与岗位: the directory, accounts, posts and delegations."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from organization import verbs
from organization.filters import PersonFilter, PostFilter
from organization.models import Delegation, Post, User
from organization.pages.base import KEEPERS, AdminOperation, KeepersOnly, Secret, open_buttons, operation
from organization.states import Role
from workflow.doors.pages import ListPage, OperationPage, VisiblePage

SYSTEM_ADMIN, SECURITY_ADMIN = (Role.SYSTEM_ADMIN,), (Role.SECURITY_ADMIN,)
ONCE = _("一次性密码，首次登录须修改。请当面或经可靠渠道交给本人；离开本页后不再显示。")


class PersonList(ListPage):
    """The directory of people; administrators also see accounts not in use."""

    model = User
    filter_class = PersonFilter
    order = ("name", "pk")
    rows_name = "people"
    template_name = "organization/person/list.html"
    fragment_name = "organization/person/_list.html"

    def more(self, rows: Any, shown: list[Any]) -> dict[str, Any]:
        """Say whether the asker makes accounts."""
        return {"may_create": cast(User, self.request.user).role == Role.SYSTEM_ADMIN}


class PersonDetail(VisiblePage):
    """A person: standing posts for everybody, the account and former posts for administrators."""

    model = User

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the person; three queries beside the session's."""
        person, user = self.find(pk), cast(User, request.user)
        posts = Post.objects.visible_to(user).filter(user=person).for_list().order_by("-started_on", "-pk")
        loans = Delegation.objects.visible_to(user).unfinished().filter(principal_post__user=person).for_list()
        is_keeper = user.role in KEEPERS
        shown = [post for post in posts if is_keeper or user.pk == person.pk or post.stands()]
        context = {
            "person": person,
            "posts": [(post, open_buttons(verbs.POST, post, user)) for post in shown],
            "loans": [(loan, open_buttons(verbs.DELEGATION, loan, user)) for loan in loans],
            "verbs": open_buttons(verbs.PERSON, person, user),
            "is_keeper": is_keeper,
        }
        return render(request, "organization/person/detail.html", context)


class CreatePerson(Secret):
    """A new account, not in use until a post is granted."""

    keepers = SYSTEM_ADMIN
    model = User
    verb = verbs.CREATE_PERSON
    title = _("新建账号")
    secret_hint = ONCE


class PostList(KeepersOnly, ListPage):
    """任职与授权: who holds which role where."""

    keepers = SECURITY_ADMIN
    model = Post
    filter_class = PostFilter
    order = ("department__path", "rank", "pk")
    template_name = "organization/post/list.html"
    fragment_name = "organization/post/_list.html"

    def more(self, rows: Any, shown: list[Any]) -> dict[str, Any]:
        """Add the verbs of each row."""
        user = self.request.user
        return {"posts": [(post, open_buttons(verbs.POST, post, user)) for post in shown]}


class DelegationList(ListPage):
    """委托: one's own, given and taken; all of them for the security administrator."""

    model = Delegation
    order = ("-starts_at", "-pk")
    template_name = "organization/delegation/list.html"

    def more(self, rows: Any, shown: list[Any]) -> dict[str, Any]:
        """Add the verbs of each row, and the own posts that may be lent."""
        user = cast(User, self.request.user)
        own = user.standing_posts()
        return {
            "delegations": [(loan, open_buttons(verbs.DELEGATION, loan, user)) for loan in shown],
            "own_posts": [post for post in own if verbs.POST.lifecycle.may(post, "delegate", user)],
        }


urlpatterns = [
    path("people/", PersonList.as_view(), name="person-list"),
    path("people/create/", CreatePerson.as_view(), name="person-create"),
    path("people/<int:pk>/", PersonDetail.as_view(), name="person-detail"),
    operation(verbs.PERSON, "appoint", AdminOperation, keepers=SECURITY_ADMIN),
    operation(verbs.PERSON, "rename", AdminOperation, keepers=SYSTEM_ADMIN),
    operation(verbs.PERSON, "reset_password", Secret, keepers=SYSTEM_ADMIN, secret_hint=ONCE),
    operation(verbs.PERSON, "deactivate", AdminOperation, keepers=SYSTEM_ADMIN),
    operation(verbs.PERSON, "restore", Secret, keepers=SYSTEM_ADMIN, secret_hint=ONCE),
    path("system/posts/", PostList.as_view(), name="post-list"),
    operation(verbs.POST, "set_portfolio", AdminOperation, keepers=SECURITY_ADMIN),
    operation(verbs.POST, "end", AdminOperation, keepers=SECURITY_ADMIN),
    operation(verbs.POST, "delegate", OperationPage),
    path("delegations/", DelegationList.as_view(), name="delegation-list"),
    operation(verbs.DELEGATION, "revoke", OperationPage),
]
