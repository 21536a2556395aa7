"""What a clause sets as its measure: numbers with units, and how they are meant."""

import re
from collections.abc import Iterator

from documents.unit_words import one_of
from tasks.decomposition.shapes import Standard

UNITS = one_of(
    "个百分点 百分点 % ‰ 万亿元 亿元 万元 元 亿美元 万美元 万平方米 平方米 平方公里 微克/立方米 "
    "立方米 万立方米 公里 千米 米 万亩 亩 公顷 "
    "吨/日 万吨/日 万吨 吨 千瓦 万千瓦 千伏 兆瓦 千瓦时 "
    "个工作日 工作日 小时 人次 万人次 场次 万人 人 户次 万户 户 家次 家 个 项 件 条 处 座 所 栋 套 "
    "台 部 辆 张 支 名 场 次 轮 批 期 份 篇 种 类 "
    "例 宗 起 级 分 倍 成 门 间 株 只 头 艘 对 组 片 块 段 孔 口 盏 床 位"
)
BEFORE = one_of(
    "不低于 不少于 不超过 不高于 不大于 不小于 不得少于 不得超过 至少 最多 达到 超过 突破 控制在 "
    "稳定在 保持在 压减至 压减到 压缩至 压缩到 提高到 提升至 提升到 提高至 降至 "
    "下降到 增长 下降 压减 提高 提升 降低 减少 新增 净增 增加 累计 共 约 力争"
)
AFTER = one_of("以上 以内 以下 左右 及以上 之内")
NUMBER = r"\d[\d,]*(?:\.\d+)?"
MEASURE = re.compile(
    rf"(?P<before>{BEFORE})?(?:了|到|至|"
    rf"为)?(?<![\d.年月第〔])(?P<number>{NUMBER})(?P<unit>(?:万亿|亿|万|千|百)?(?:{UNITS}))(?P<after>{AFTER})?(?!内(?:完成|办结|"
    rf"上报|报))"
)
BARE_RATE = re.compile(
    "(?:实现)?(?P<text>[^，。；]{2,20}?(?:全覆盖|全部完成|动态清零|清零|应[\u4e00-\u9fff]尽[\u4e00-\u9fff]))"
)
MARKS = "，。；！\n"
MOST = 12


def standards_in(text: str) -> tuple[Standard, ...]:
    """Give the measures of a clause (without white space), each with the part of the sentence that sets it."""
    return tuple(_standards(text))


def _standards(text: str) -> Iterator[Standard]:
    found = [match for match in MEASURE.finditer(text) if not _is_background(text, match)]
    for match in found[:MOST]:
        yield Standard(
            _part(text, match.start(), match.end()),
            match["before"] or match["after"] or "",
            match["number"].replace(",", ""),
            match["unit"],
        )
    if not found:
        for match in list(BARE_RATE.finditer(text))[:MOST]:
            yield Standard(_part(text, *match.span("text")), "", "", "")


def _is_background(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number describes what is there already: 15年以上的163个小区, 由11家压减至6家."""
    return text[: match.start()].endswith("由") or bool(re.match("的(?![^，。；]*(?:达|完成))", text[match.end() :]))


def _part(text: str, start: int, end: int) -> str:
    first = max(text.rfind(mark, 0, start) for mark in MARKS) + 1
    ends = [place for mark in MARKS if (place := text.find(mark, end)) >= 0]
    return text[first : min(ends, default=len(text))]
