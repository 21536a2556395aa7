"""What is wrong with a file, as a code: raised where files are taken apart, put into words by refusals.py.

Kept free of Django, because the sandbox that takes hostile files apart starts a bare interpreter.
"""


class Fault(Exception):  # noqa: N818 - a finding about a file, turned into a Refusal at the door
    """A file is not taken, for the reason named by ``code`` (a key of refusals.SENTENCES)."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details
