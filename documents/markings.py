"""The gate against state secrets (R43): what carries a mark is refused, with guidance and without its text.

This system stores and processes no state secrets; there is no field for a level, and no text with a mark gets in. The
refusal names the mark only (机密★), never the words around it, so that neither page nor log repeats them.
"""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, BinaryIO, ParamSpec, TypeVar

from django.utils.translation import gettext_lazy as _

from documents import safety
from documents.faults import Fault
from documents.marks import Mark, find
from documents.refusals import refusal
from workflow.refusal import RuleBroken

CODE = "secrecy.marked"
BANNER = _("本系统禁止存储、处理国家秘密。")
GUIDANCE = _(
    "%(where)s带有国家秘密标志（%(level)s）。本系统禁止存储、处理国家秘密，内容没有保存。"
    "请立即停止在本系统处理该材料，改用涉密渠道办理，并与本单位保密工作机构联系；确属误标的，由定密单位更正后再提交。"
)
PLACES = {"name": _("文件名"), "text": _("填写的内容"), "file": _("文件内容")}


def marked(mark: Mark, place: str) -> RuleBroken:
    """Give the refusal for a mark found in a name, a text or a file."""
    message = str(GUIDANCE) % {"where": PLACES[place], "level": mark.level}
    return RuleBroken(CODE, message, details={"where": place, "kind": mark.kind})


def refuse_marked(*texts: str, place: str = "text", short: bool = False) -> None:
    """Refuse texts with a mark. ``short`` holds titles and names to the stricter table (【机密】, 机密-方案).

    Raises RuleBroken("secrecy.marked"). Source: R43.
    """
    for text in texts:
        mark = find(text, short=short)
        if mark:
            raise marked(mark, place)


P = ParamSpec("P")
R = TypeVar("R")


def screened(operation: Callable[P, R]) -> Callable[P, R]:
    """Let an operation refuse every text with a mark among its named arguments, before anything else (R43)."""

    @wraps(operation)
    def screening(*things: P.args, **named: P.kwargs) -> R:
        refuse_marked(*_texts(named))
        return operation(*things, **named)

    return screening


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts in an argument, in lists and rows too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _texts(part)


def refuse_marked_file(stream: BinaryIO, name: str) -> bool:
    """Refuse a file whose name or readable text carries a mark; tell whether its text could be read at all.

    Where it could not (a scan, an old format), the uploader declares that it holds no secrets. Raises
    RuleBroken("secrecy.marked") and the file.* refusals of the sandbox.
    """
    refuse_marked(name, place="name", short=True)
    kind = safety.TYPES.get(safety.extension(name))
    if kind is None:
        raise refusal(Fault("file.wrong_type"), name=safety.extension(name), allowed="、".join(safety.TYPES))
    try:
        return bool(safety.sandboxed("screen", kind[0], stream)["readable"])
    except Fault as fault:
        raise refused(fault, name) from fault


def refused(fault: Fault, name: str) -> RuleBroken:
    """Put what the sandbox found into words: a mark, or a fault of the file."""
    mark = safety.found_mark(fault)
    return marked(mark, "file") if mark else refusal(fault, extension=safety.extension(name))
