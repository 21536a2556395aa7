"""What REST shows of units, posts and people. Input goes by forms; nothing here validates."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from organization.models import Department, Post, User
from organization.permissions import left_out, scope_of


class Composite(serializers.Serializer[Any]):
    """Shows rows of other nouns with its own: ``parts`` maps the field that holds them to the noun's plural.

    Where the caller's key does not read that noun the field is null, never an empty list: nothing is said of them.
    """

    parts: ClassVar[dict[str, str]] = {}

    def to_representation(self, thing: Any) -> dict[str, Any]:
        """Leave out the parts whose scope the key lacks."""
        shown: dict[str, Any] = super().to_representation(thing)
        lacking = left_out(self.context["request"], self.parts.values())
        return shown | {field: None for field, noun in self.parts.items() if scope_of(noun, "GET") in lacking}


class UnitSerializer(serializers.ModelSerializer[Department]):
    """A unit where another thing names it."""

    class Meta:
        model = Department
        fields = ("id", "name", "short")


class DepartmentSerializer(serializers.ModelSerializer[Department]):
    """A unit in full."""

    state = serializers.CharField(read_only=True)
    parent = UnitSerializer(read_only=True)
    successor = UnitSerializer(read_only=True)

    class Meta:
        model = Department
        fields = (
            "id", "name", "short", "aliases", "duties", "level", "side", "kind", "is_office", "parent", "path",
            "position", "district_code", "uscc", "valid_from", "valid_to", "successor", "state", "version",
        )  # fmt: skip


class PostSerializer(serializers.ModelSerializer[Post]):
    """A post of a person: where, as what, since when."""

    department = UnitSerializer(read_only=True)

    class Meta:
        model = Post
        fields = ("id", "department", "role", "title", "rank", "started_on", "ended_on")


class NameSerializer(serializers.ModelSerializer[User]):
    """A person where another thing names one."""

    class Meta:
        model = User
        fields = ("id", "name")


class PersonSerializer(serializers.ModelSerializer[User]):
    """A person in the directory: the name and the standing posts; no user name, staff number or telephone."""

    state = serializers.CharField(read_only=True)
    posts = PostSerializer(source="listed_posts", many=True, read_only=True)

    class Meta:
        model = User
        fields = ("id", "name", "state", "posts", "version")


class IdentitySerializer(serializers.Serializer[Any]):
    """Who is calling, in which post, for whom, and what else could be chosen."""

    id = serializers.IntegerField(source="pk", read_only=True)
    username = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    kind = serializers.CharField(read_only=True)
    role = serializers.CharField(read_only=True)
    post = PostSerializer(read_only=True, allow_null=True)
    behalf = NameSerializer(read_only=True, allow_null=True)
    posts = PostSerializer(source="standing_posts", many=True, read_only=True)
    scopes = serializers.SerializerMethodField()

    def get_scopes(self, user: Any) -> list[str] | None:
        """Return what the key is limited to; None for people."""
        auth = self.context["request"].auth
        return auth.scopes if auth is not None and hasattr(auth, "scopes") else None
