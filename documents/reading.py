"""Papers that come in, read into one text with its tables: docx, txt, pdf with text, xlsx, and pasted text.

Files are taken apart in the sandbox only (F31, F32); a scan without text is said to be one, nothing is guessed (C1).
"""

from documents import markings, safety
from documents.blocks import Assembly, SourcePaper, tables_in
from documents.faults import Fault
from documents.refusals import refusal

ALLOWED = ("docx", "txt", "pdf", "xlsx")
LIMIT_BYTES = 20 * safety.MEGABYTE
LONGEST_TEXT = 2_000_000


def read(stream: safety.Source, name: str, *, limit_bytes: int = LIMIT_BYTES) -> SourcePaper:
    """Read a file into text and tables, or refuse it and keep nothing.

    Raises RuleBroken: file.wrong_type, file.* of the sandbox, paper.no_text for a scan, paper.too_long,
    secrecy.marked.
    """
    markings.refuse_marked(name, place="name", short=True)
    kind = safety.extension(name)
    if kind not in ALLOWED:
        raise refusal(Fault("file.wrong_type"), name=f".{kind}" if kind else name, allowed="、".join(ALLOWED))
    copy = safety.take(stream, limit_bytes)
    try:
        reply = safety.sandboxed("workbook" if kind == "xlsx" else "paper", kind, copy)
    except Fault as fault:
        raise markings.refused(fault, name) from fault
    finally:
        safety.wipe(copy)
    if kind == "xlsx":
        return _checked(_from_sheets(reply["sheets"]))
    paper = SourcePaper.from_dict(reply)
    return _checked(SourcePaper(paper.text, tables_in(paper.text)) if kind == "txt" else paper)


def pasted(text: str) -> SourcePaper:
    """Take text as it was pasted.

    Raises RuleBroken: paper.empty, paper.too_long, secrecy.marked.
    """
    markings.refuse_marked(text)
    return _checked(SourcePaper(text, tables_in(text)))


def _checked(paper: SourcePaper) -> SourcePaper:
    if not paper.text.strip():
        raise refusal(Fault("paper.empty"))
    if len(paper.text) > LONGEST_TEXT:
        raise refusal(Fault("paper.too_long", limit=LONGEST_TEXT // 10_000))
    return paper


def _from_sheets(sheets: list[dict[str, object]]) -> SourcePaper:
    """Put the sheets of a workbook together, one table after another."""
    assembly = Assembly()
    for sheet in sheets:
        assembly.table(sheet)
    return assembly.paper()
