"""Workbooks with the build of the reference corpus and invented content: what offices really send."""

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from documents import sheets

COUNTY_HEAD = ("序号", "类别", "工作任务", "牵头领导", "牵头单位", "配合单位", "完成时限", "备注")


def workbook(*tables: dict[str, Any]) -> bytes:
    """Build a workbook; a table has ``rows``, ``merges`` ((top, left, bottom, right), filled by the first cell),
    ``name``, ``hidden`` and ``formats`` {(row, column): number format}."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        for number, table in enumerate(tables, 1):
            sheet = book.add_worksheet(table.get("name", f"表{number}"))
            rows, formats = table["rows"], table.get("formats", {})
            for top, left, bottom, right in table.get("merges", ()):
                sheet.merge_range(top, left, bottom, right, "")
            for r, row in enumerate(rows):
                for c, value in enumerate(row):
                    if value is not None and value != "":
                        _write(book, sheet, (r, c), value, formats.get((r, c)))
            if table.get("hidden"):
                sheet.hide()
    return stream.getvalue()


def _write(book: Any, sheet: Any, place: tuple[int, int], value: Any, number_format: str | None) -> None:
    look = book.add_format({"num_format": number_format}) if number_format else None
    if isinstance(value, str) and value.startswith("="):
        sheet.write_formula(*place, value, look, "")
    elif hasattr(value, "year"):
        sheet.write_datetime(*place, value, look or book.add_format({"num_format": "yyyy-mm-dd"}))
    else:
        sheet.write(*place, value, look)


def repacked(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """Pack a container again with every part changed as told."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return stream.getvalue()


def without_results(data: bytes) -> bytes:
    """Take the stored results of formulas away, as programs leave them that never calculate."""
    return repacked(data, lambda _name, part: part.replace(b' t="str"><f>', b"><f>").replace(b"</f><v></v>", b"</f>"))


def read(*tables: dict[str, Any], name: str = "任务.xlsx", **known: Any) -> sheets.Reading:
    """Build a workbook and read it."""
    return sheets.read(BytesIO(without_results(workbook(*tables))), name, **known)


def rows_of(
    *rows: Sequence[Any], head: Sequence[str] = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限"), **known: Any
) -> list:
    """Read rows under a simple head, in a paper of 2026."""
    return list(read({"rows": [head, *rows]}, **{"year": 2026, **known}).rows)


def county_table() -> dict[str, Any]:
    """The build of corpus 05: attachment number, title, merged categories, leaders and units, trailing note."""
    rows = [
        ["附件1"],
        ["石溪县2026年重点工作任务分解表"],
        COUNTY_HEAD,
        [1, "产业发展", "新增规上企业5家。", "常务副县长", "县工信局", "县财政局、县税务局，各乡镇", "全年", ""],
        [2, "", "建成标准厂房3万平方米（一期）。", "", "", "县自然资源局", "9月底前", "按月调度"],
        [
            3,
            "城乡建设",
            "改造老旧小区6个。",
            "分管城建副县长",
            "县住建局",
            "城东镇、县财政局",
            "6月底前完成80%，年底前全部完成",
            "",
        ],
        [4, "", "开展自建房排查整治。", "", "县住建局、县公安局", "县直有关部门，各乡镇", "长期坚持", "每月通报"],
        ["注：1.牵头单位每季度末月20日前报送进展情况；2.“县直有关部门”由牵头单位商定。"],
    ]
    return {
        "rows": rows,
        "name": "重点工作",
        "merges": [(1, 0, 1, 7), (3, 1, 4, 1), (3, 3, 4, 3), (3, 4, 4, 4), (5, 1, 6, 1), (5, 3, 6, 3), (7, 0, 7, 7)],
    }


def rectification_list() -> dict[str, Any]:
    """The build of corpus 12: a header of two rows with groups, problems merged over their measures."""
    rows = [
        ["石溪县督察反馈问题整改清单"],
        ["填报单位：石溪县整改办　　　　单位：项"],
        ["问题", "", "整改安排", "", "", "责任落实", "", "", "整改状态"],
        ["编号", "问题描述", "整改目标", "整改措施", "整改时限", "县级责任领导", "牵头单位", "责任单位", ""],
        [
            "一",
            "污水收集率不高。",
            "收集率达到70%。",
            "排查管网80公里。",
            "2026年9月底前",
            "分管城建副县长",
            "县住建局",
            "县水利局、县水务集团，各镇政府",
            "未完成",
        ],
        ["", "", "", "修复破损管网12公里。", "2027年底前", "", "县住建局", "县财政局", "未完成"],
        [
            "二",
            "养殖粪污直排。",
            "综合利用率达到85%。",
            "对养殖场开展季度核查。",
            "立行立改",
            "分管农业副县长",
            "县农业农村局、生态环境分局",
            "沿河乡镇",
            "整改中",
        ],
        ["说明：整改时限为“长期坚持”的，每年12月10日前报送年度工作情况。"],
    ]
    return {
        "rows": rows,
        "name": "整改清单",
        "merges": [
            (0, 0, 0, 8),
            (1, 0, 1, 8),
            (2, 0, 2, 1),
            (2, 2, 2, 4),
            (2, 5, 2, 7),
            (2, 8, 3, 8),
            (4, 0, 5, 0),
            (4, 1, 5, 1),
            (4, 2, 5, 2),
            (4, 5, 5, 5),
            (7, 0, 7, 8),
        ],
    }
