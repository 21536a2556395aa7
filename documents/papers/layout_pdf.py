"""A paper as PDF, set by typst: no network, no file but the template, and what people wrote only as data."""

import json
import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any, Final

import typst
from django.utils.translation import gettext_lazy as _

from documents.papers import measures
from documents.papers.arrangement import Arrangement, arrange
from documents.papers.fonts import SONG, fonts_used, installed
from documents.papers.paper import Block, Paper
from workflow.refusal import RuleBroken

TEMPLATE: Final = Path(__file__).with_name("paper.typ")
UNBROKEN: Final = re.compile(r"[^\s\u2e80-\U0010ffff]{24,}")
BREAK_HERE: Final = "\u200b"


def to_pdf(paper: Paper) -> bytes:
    """Lay the paper out as PDF; the same paper, fonts and typesetter give the same bytes.

    Refuses with RuleBroken("paper.no_fonts") where the machine has no Chinese font: the page would be empty boxes.
    """
    uses = {use.role: use for use in fonts_used()}
    if not all(use.taken for use in uses.values()):
        raise RuleBroken(
            "paper.no_fonts", _("服务器没有中文字体，无法生成 PDF。请下载 Word 版，并请系统管理员安装中文字体。")
        )
    given = {
        "paper": _data(arrange(paper)),
        "measures": measures.table(),
        "fonts": {role: list(dict.fromkeys((use.taken, uses["song"].taken))) for role, use in uses.items()},
        # Where a Song stands in for Kai, only its weight tells a heading of level 2 from the body.
        "kai_weight": "bold" if uses["kai"].taken in SONG else "regular",
        "author": paper.signed,
        "keywords": [f"{use.wanted}→{use.taken}" for use in uses.values() if use.stand_in],
    }
    compiler = typst.Compiler(TEMPLATE.read_bytes(), root=TEMPLATE.parent, font_paths=installed())
    made = compiler.compile(
        format="pdf",
        sys_inputs={"paper": json.dumps(given, ensure_ascii=False, sort_keys=True)},
        timestamp=datetime.combine(paper.dated, time(), UTC),
    )
    assert isinstance(made, bytes)
    return made


def _data(arranged: Arrangement) -> Any:
    """Give the arrangement as plain data, its blocks told apart by a word."""
    annexes = [{**asdict(one), "blocks": _typed(one.blocks)} for one in arranged.annexes]
    return _breakable({**asdict(arranged), "blocks": _typed(arranged.blocks), "annexes": annexes})


def _typed(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    return [{"type": type(block).__name__.lower(), **asdict(block)} for block in blocks]


def _breakable(value: Any) -> Any:
    """Let words too long for a line break anywhere: typst would set them beyond the edge of the paper."""
    if isinstance(value, str):
        return UNBROKEN.sub(lambda match: BREAK_HERE.join(match[0]), value)
    if isinstance(value, dict):
        return {key: _breakable(one) for key, one in value.items()}
    return [_breakable(one) for one in value] if isinstance(value, list | tuple) else value
