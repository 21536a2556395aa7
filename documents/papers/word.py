"""The language of Word: elements with their properties in the order of the schema, measures in its units."""

from collections.abc import Mapping
from typing import Any, Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from documents.papers import measures
from documents.papers.fonts import FACES

FACE: Final = {role: face.names[0] for role, face in FACES.items()}
# Word demands properties in the order of its schema.
PARAGRAPH_ORDER: Final = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "pBdr", "tabs", "overflowPunct",
    "autoSpaceDE", "autoSpaceDN", "snapToGrid", "spacing", "ind", "jc", "outlineLvl",
)  # fmt: skip
RUN_ORDER: Final = ("rFonts", "b", "bCs", "snapToGrid", "color", "spacing", "kern", "sz", "szCs", "bdr", "lang")
TABLE_ORDER: Final = ("tblpPr", "tblW", "tblInd", "tblBorders", "tblLayout", "tblCellMar")
CELL_ORDER: Final = ("tcW", "gridSpan", "tcBorders", "vAlign")

Value = str | int | bool | Mapping[str, Any] | list[Any]


def twips(of_points: float) -> int:
    """Give points in twentieths."""
    return round(of_points * 20)


def eighths(of_points: float) -> int:
    """Give points in eighths, the measure of borders."""
    return round(of_points * 8)


def node(name: str, value: Value = True) -> Any:
    """Make one element: True is bare, a mapping its attributes, a list its children, anything else its w:val."""
    made = OxmlElement(f"w:{name}")
    if isinstance(value, Mapping):
        for key, one in value.items():
            made.set(qn(f"w:{key}"), str(one))
    elif isinstance(value, list):
        made.extend(value)
    elif value is not True:
        made.set(qn("w:val"), "0" if value is False else str(value))
    return made


def give(parent: Any, order: tuple[str, ...], **given: Value) -> None:
    """Give an element its properties in the order of the schema, instead of those it had."""
    for name in (one for one in order if one in given):
        for old in parent.findall(qn(f"w:{name}")):
            parent.remove(old)
        parent.append(node(name, given[name]))
    places = {qn(f"w:{name}"): place for place, name in enumerate(order)}
    parent[:] = sorted(parent, key=lambda child: places.get(child.tag, len(order)))


def face(role: str) -> dict[str, str]:
    """Give the face of a role for every script, Chinese and Latin."""
    return dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FACE[role])


def set_in(role: str, size: float, tracking: float = 0, **more: Value) -> dict[str, Value]:
    """Give the properties of a run: face, size and closeness in points."""
    half = round(size * 2)
    return {"rFonts": face(role), "sz": half, "szCs": half, "spacing": twips(tracking), **more}


def exactly(pitch: float, before: float = 0) -> dict[str, Any]:
    """Give a line of exact height, in points."""
    return {"before": twips(before), "after": 0, "line": twips(pitch), "lineRule": "exact"}


def border(of_points: float, colour: str = "000000", style: str = "single", space: float = 0) -> dict[str, Any]:
    """Describe one side of a border; ``space`` is its distance from the text in points."""
    return {"val": style, "sz": eighths(of_points), "space": round(space), "color": colour}


def indent(**of_characters: float) -> dict[str, int]:
    """Give indents in characters, and in twips for readers that know no characters."""
    given = {}
    for side, count in of_characters.items():
        given[f"{side}Chars"] = round(count * 100)
        given[side] = twips(count * measures.STEP)
    return given


def grid(widths: list[int]) -> Any:
    """Make the columns of a table."""
    return node("tblGrid", [node("gridCol", {"w": width}) for width in widths])


def cell(lines: list[Any], **given: Value) -> Any:
    """Make a cell of a table out of paragraphs."""
    properties = node("tcPr")
    give(properties, CELL_ORDER, **given)
    return node("tc", [properties, *lines])


def small(text: str, role: str = "body", jc: str = "left", **place: Value) -> Any:
    """Make a paragraph of the size of tables and 版记."""
    properties, look, words = node("pPr"), node("rPr"), node("r")
    give(properties, PARAGRAPH_ORDER, spacing=exactly(measures.SMALL_PITCH), jc=jc, **place)
    give(look, RUN_ORDER, **set_in(role, measures.SMALL))
    words.append(look)
    words.text = text
    return node("p", [properties, words])
