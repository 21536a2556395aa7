"""Values become a paper: what is missing or marked is refused, then the parts are put in their order."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from documents import markings
from documents.papers.items import Cover, Figures, RectificationItem, is_absent, lines_of
from documents.papers.kinds import ALWAYS, COVER, Kind, Part, Place
from documents.papers.numbering import chinese
from documents.papers.paper import Block, Heading, Paper, Paragraph, Run, Table
from workflow.refusal import RuleBroken

GOVERNMENTS = ("人民政府", "国务院")


def composed(kind: Kind, given: Mapping[str, Any]) -> Paper:
    """Refuse what is missing or marked, then put the parts in their order."""
    cover: Cover = given["cover"]
    lacking = [] if cover.as_it_stands else _lacking(kind, cover, given)
    if lacking:
        raise RuleBroken(
            "paper.incomplete",
            _("%(kind)s还不完整，缺少：%(parts)s。请补齐后再生成。") % {"kind": kind.name, "parts": "、".join(lacking)},
            details={"kind": kind.name, "missing": lacking},
        )
    if kind.government and not cover.signed.endswith(GOVERNMENTS):
        raise RuleBroken(
            "paper.not_government",
            _("%(kind)s只能以人民政府名义作出，不能由“%(signed)s”署名。请改为作出结论的人民政府。")
            % {"kind": kind.name, "signed": cover.signed},
        )
    subject = given.get("subject", "")
    markings.refuse_marked(subject, short=True)
    markings.refuse_marked(*_texts(given))
    printed = {name: value for name, value in vars(cover).items() if name != "as_it_stands"}
    return Paper(
        kind=kind.name,
        title=kind.title.format(subject=subject.removeprefix("关于"), name=kind.name),
        blocks=tuple(_blocks(kind, given)),
        colour=given.get("colour"),
        letter=kind.letter,
        **{
            **printed,
            "addressees": _many(cover.addressees),
            "annexes": tuple(cover.annexes),
            "copies": _many(cover.copies),
        },
    )


def _many(names: str | Sequence[str]) -> tuple[str, ...]:
    """Take one name for a list of one, not for its letters."""
    return (names,) if isinstance(names, str) else tuple(names)


def _lacking(kind: Kind, cover: Cover, given: Mapping[str, Any]) -> list[str]:
    """Name everything that is missing, in the order of the paper."""
    needed = {*ALWAYS, *kind.cover}
    if cover.printed_by or cover.printed_on:
        needed |= {"printed_by", "printed_on"}
    lacking = [label for name, label in COVER.items() if name in needed and is_absent(getattr(cover, name))]
    if "subject" in given and is_absent(given["subject"]):
        lacking.append("事由")
    for part in kind.parts:
        for name, label in part.asks.items():
            if part.needed and not part.empty and is_absent(given[name]):
                lacking.append(label)
            lacking += _lacking_within(given[name], label)
    return lacking


def _lacking_within(value: Any, label: str) -> Iterator[str]:
    """Name what the items of a list lack: 第2项的证据编号."""
    for number, item in enumerate(value if isinstance(value, list | tuple) else (), 1):
        needs = getattr(item, "NEEDS", {"": label})
        for name, need in needs.items():
            inner = getattr(item, name) if name else item
            if is_absent(inner) or (isinstance(inner, list | tuple) and all(is_absent(one) for one in inner)):
                yield f"“{label}”第{number}项的{need}" if name else f"“{label}”第{number}项"


def _texts(value: Any) -> Iterator[str]:
    """Yield every text in the values, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from _texts(list(value.values()))
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
    elif is_dataclass(value):
        yield from _texts([getattr(value, one.name) for one in fields(value)])


def _blocks(kind: Kind, given: Mapping[str, Any]) -> Iterator[Block]:
    """Give the parts in order: headings numbered over those that are there, the lines of a form as one table."""
    rows: list[tuple[str, str]] = []
    count = 0
    for part in kind.parts:
        if part.words and any(is_absent(given[name]) for name in part.asks):
            continue
        value = _value(kind, part, given)
        if is_absent(value):
            continue
        if part.place is Place.ROW:
            rows.append((part.label, "\n".join(lines_of(value))))
            continue
        if part.place is Place.SECTION:
            count += 1
            yield Heading(f"{chinese(count)}、{part.label}")
        yield from _written(value)
    if rows:
        yield Table(tuple(rows), widths=(1, 4), labels=True)


def _value(kind: Kind, part: Part, given: Mapping[str, Any]) -> Any:
    if part.words:
        said = {name: "、".join(lines_of(given[name])) for name in part.asks}
        return part.words.format(kind=kind.name, **said)
    (value,) = (given[name] for name in part.asks)
    return part.empty if is_absent(value) else value


def _written(value: Any) -> Iterator[Block]:
    """Write a value as blocks: texts as paragraphs, several items numbered, figures and items of a form as tables."""
    if isinstance(value, str | date):
        yield from (Paragraph((Run(line),)) for line in lines_of(value) if line.strip())
        return
    for number, item in enumerate(value, 1):
        if isinstance(item, Figures):
            rows = tuple(tuple(str(cell) for cell in row) for row in item.rows)
            yield Table(rows, tuple(item.header), tuple(item.widths), item.title)
        elif isinstance(item, RectificationItem):
            yield Heading(f"（{chinese(number)}）问题{item.number}", 2)
            yield Table(item.rows(), widths=(1, 4), labels=True)
        else:
            first, *others = [line for line in str(item).splitlines() if line.strip()]
            lead = (f"{number}." if len(value) > 1 else "") + getattr(item, "lead", "")
            yield Paragraph((Run(lead, bold=True), Run(first)) if getattr(item, "lead", "") else (Run(lead + first),))
            yield from (Paragraph((Run(line),)) for line in others)
