"""Rows become official papers (公文): which row of a noun has a paper, for whom, and what stands in it.

    sheet = papers.sheet_of("conclusion")
    made = papers.printed(sheet, sheet.rows(user).get(pk=7), user)
    made.content("docx"), made.name("docx")

Both doors hand out the same bytes. Papers speak the language of the office whatever language their reader has chosen.
"""

from supervision.papers import answering, correcting, informing, inspecting
from supervision.papers.sheet import TYPES, Printed, Sheet, printed

SHEETS: dict[str, Sheet] = {
    sheet.noun: sheet for theme in (inspecting, correcting, informing, answering) for sheet in theme.SHEETS
}
"""Every noun that becomes a paper."""


def sheet_of(noun: str) -> Sheet:
    """Return how the noun becomes a paper."""
    return SHEETS[noun]


__all__ = ["SHEETS", "TYPES", "Printed", "Sheet", "printed", "sheet_of"]
