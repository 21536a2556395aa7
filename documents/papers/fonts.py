"""Which faces a paper asks for, and which of them this machine has.

The faces of the standard are proprietary and not shipped: they are named first and taken where they are installed, else
an open face of the same kind is. Which one was taken is told, never silently replaced.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import typst
from django.utils.translation import gettext as _

SONG = ("Noto Serif CJK SC", "Noto Serif SC", "Source Han Serif SC", "Source Han Serif CN", "FandolSong")
HEI = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "WenQuanYi Zen Hei")


@dataclass(frozen=True)
class Face:
    """One face of the standard: its names in Word and on disk, then the open faces that stand in for it."""

    role: str
    names: tuple[str, ...]
    stand_ins: tuple[str, ...]


FACES: Final = {
    face.role: face
    for face in (
        Face("title", ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋_GBK"), SONG),
        Face(
            "body",
            ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", "华文仿宋"),
            ("FandolFang R", "FandolFang", *SONG),
        ),
        Face(
            "kai",
            ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", "华文楷体"),
            ("FandolKai", "LXGW WenKai", *SONG),
        ),
        Face("hei", ("黑体", "SimHei", "STHeiti", "华文黑体"), HEI),
        Face("song", ("宋体", "SimSun", "STSong", "华文宋体"), SONG),
    )
}


@dataclass(frozen=True)
class FontUse:
    """Which face was wanted for a role and which family is taken for the PDF; empty where there is none."""

    role: str
    wanted: str
    taken: str
    stand_in: bool


@cache
def installed() -> typst.Fonts:
    """Look once what this machine has; nothing that the typesetter brings along can write Chinese."""
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


@cache
def fonts_used() -> tuple[FontUse, ...]:
    """Tell for every role which face the PDF takes."""
    there = set(installed().families())
    uses = []
    for face in FACES.values():
        taken = next((name for name in (*face.names, *face.stand_ins) if name in there), "")
        uses.append(FontUse(face.role, face.names[0], taken, taken not in face.names))
    return tuple(uses)


def fonts_note() -> str:
    """Say in one sentence which faces were replaced in the PDF, or nothing when none was."""
    replaced = "、".join(f"{use.wanted}→{use.taken or '—'}" for use in fonts_used() if use.stand_in)
    return _("PDF 使用了替代字体：%(replaced)s。安装标准字体后自动改用。") % {"replaced": replaced} if replaced else ""
