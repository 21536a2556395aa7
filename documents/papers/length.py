"""How long a paper is, and what is to be said about it before it goes out."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from documents.papers.paper import Block, Heading, Paper, Paragraph

MOST_CHARACTERS = 4_000
"""The length alarm of 整治形式主义为基层减负若干规定, 2024 (R50)."""


def _texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Paragraph):
            yield from (run.text for run in block.runs)
        else:
            yield block.caption
            yield from block.header
            yield from (cell for row in block.rows for cell in row)


def characters(paper: Paper) -> int:
    """Count title and body with their tables, punctuation included, blanks not; head, signature and annexes apart."""
    return sum(len("".join(text.split())) for text in (paper.title, *_texts(paper.blocks)))


def warnings(paper: Paper) -> list[str]:
    """Say what should be looked at before the paper is issued; nothing here forbids it. Source: R50."""
    count = characters(paper)
    if count <= MOST_CHARACTERS:
        return []
    return [
        _("正文共%(count)s字，超过%(limit)s字。请压缩篇幅，或把附表、佐证移到附件。")
        % {"count": count, "limit": MOST_CHARACTERS}
    ]
