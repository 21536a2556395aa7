"""The house's language as a seam: pure modules keep their sentences here and know nothing of Django.

A module marks its sentences with ``gettext_noop`` and says them with ``say``; inside the house ``say`` translates, in a
bare interpreter it gives the sentence as written.
"""

from collections.abc import Callable

_speaker: list[Callable[[str], str]] = [str]


def gettext_noop(message: str) -> str:
    """Mark a sentence for the catalogue and give it unchanged."""
    return message


def speak_with(translate: Callable[[str], str]) -> None:
    """Let the house translate what pure modules say; called once, when Django is ready."""
    _speaker[0] = translate


def say(message: str) -> str:
    """Give a marked sentence in the language of who reads it."""
    return _speaker[0](message)
