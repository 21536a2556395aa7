"""Keys of other systems: how one is made, and whose it is."""

from __future__ import annotations

from rest_framework_api_key.crypto import KeyGenerator

from organization.models.client import Client

GENERATOR = KeyGenerator()
LONGEST_PREFIX = 16


def fresh() -> tuple[str, dict[str, str]]:
    """Return a new key and the columns by which it is known: the prefix in clear, the whole as a hash."""
    key, prefix, hashed = GENERATOR.generate()
    return key, {"prefix": prefix, "hashed_key": hashed}


def find(key: str) -> Client | None:
    """Return the usable Client that ``key`` belongs to, with account, post and unit; in one query.

    None alike for unknown, false, expired and revoked keys, for a deactivated account and for a post that ended.
    """
    prefix, _dot, secret = key.partition(".")
    if not prefix or not secret or len(prefix) > LONGEST_PREFIX:
        return None
    client: Client | None = (
        Client.objects.usable().select_related("user", "post__department").filter(prefix=prefix).first()
    )
    if client is None or not GENERATOR.verify(key, client.hashed_key):
        return None
    return client if client.user.is_active and client.post.stands() else None
