"""Official papers (公文) going out: built from plain values, laid out after GB/T 9704 for Word and as PDF.

    cover = papers.Cover(
        organ="云涧县人民政府", signed="云涧县人民政府", dated=date(2026, 3, 5),
        number=papers.PaperNumber.read("云督〔2026〕3号"), addressees=["县住房和城乡建设局"],
    )
    paper = papers.conclusion(cover, subject="…", basis="…", process="…", findings=[papers.Finding("…", ["E-1"])],
                              evaluation="…", demands=[papers.Demand("…", date(2026, 6, 30))],
                              review_authority="云涧县人民政府")
    papers.warnings(paper)   # ["正文共4321字，超过4000字。…"] or []
    papers.to_docx(paper)    # bytes
    papers.to_pdf(paper)     # bytes; RuleBroken("paper.no_fonts") on a machine without a Chinese font
    papers.fonts_note()      # which faces of the standard the PDF replaced, to be said beside the download; or ""

The same Paper gives the same bytes, so that a stored digest can be computed again: see docs/decisions/0010-papers.md.

Builders: notice 督查通知单, plan 督查方案, rectification 整改通知书, conclusion 督查结论书, bulletin 督查通报,
slip 督办单, chase 催办函, accountability 问责建议书, handover 线索移送单, interview 约谈记录, review 复核决定书,
explanation 情况说明告知书. They refuse with RuleBroken: paper.incomplete, paper.not_government, secrecy.marked.
"""

from documents.papers.builders import (
    accountability,
    bulletin,
    chase,
    conclusion,
    explanation,
    handover,
    interview,
    notice,
    plan,
    rectification,
    review,
    slip,
)
from documents.papers.fonts import FontUse, fonts_note, fonts_used
from documents.papers.items import Cover, Demand, Figures, Finding, Problem, RectificationItem
from documents.papers.kinds import REVIEW_DAYS
from documents.papers.layout_docx import to_docx
from documents.papers.layout_pdf import to_pdf
from documents.papers.length import MOST_CHARACTERS, characters, warnings
from documents.papers.paper import (
    Annex,
    Block,
    Colour,
    Heading,
    Paper,
    PaperNumber,
    Paragraph,
    Run,
    Table,
    Urgency,
)

__all__ = [
    "MOST_CHARACTERS",
    "REVIEW_DAYS",
    "Annex",
    "Block",
    "Colour",
    "Cover",
    "Demand",
    "Figures",
    "Finding",
    "FontUse",
    "Heading",
    "Paper",
    "PaperNumber",
    "Paragraph",
    "Problem",
    "RectificationItem",
    "Run",
    "Table",
    "Urgency",
    "accountability",
    "bulletin",
    "characters",
    "chase",
    "conclusion",
    "explanation",
    "fonts_note",
    "fonts_used",
    "handover",
    "interview",
    "notice",
    "plan",
    "rectification",
    "review",
    "slip",
    "to_docx",
    "to_pdf",
    "warnings",
]
