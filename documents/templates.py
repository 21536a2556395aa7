"""Workbooks that people fill in: the template to download, and the rows that were kept for correction.

Both are read again by sheets.read without a loss: filled template → rows without problems → the same tasks.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from documents import exports
from documents.exports import Column
from documents.rows import TaskRow

SHEET = "任务分解表"
HELP_SHEET = "填写说明"
UNITS_SHEET = "单位目录"
PROBLEMS = "需更正的问题"
BLANK_ROWS = 500
COLUMNS = (
    Column("序号", 8), Column("类别", 12), Column("工作任务", 44), Column("完成标准", 32),
    Column("牵头领导", 14), Column("牵头单位", 20), Column("配合单位", 28), Column("责任人", 12),
    Column("完成时限", 18), Column("反馈周期", 12), Column("备注", 20),
)  # fmt: skip
CYCLES = ("每周", "每月", "每季度", "每年")
EXAMPLES = (
    ("示例1", "经济发展", "完成老旧小区改造14个。", "竣工验收合格，居民满意度90%以上", "分管副县长", "县住建局",
     "县财政局、县自然资源局，各乡镇", "张某", "2026年12月底前", "每月", "示例行不会导入，可以删除"),
    ("示例2", "安全稳定", "开展重大事故隐患排查整治。", "隐患整改率100%", "常务副县长", "县应急局",
     "县直有关部门", "李某", "长期坚持", "每季度", ""),
)  # fmt: skip
INSTRUCTIONS = (
    "1. 一行填一件事，不要合并单元格；“工作任务”“牵头单位”“完成时限”必须填写。",
    "2. “牵头单位”填一个单位的全称或规范简称；确有几个的用顿号分开，第一个对整件事负责。",
    "3. “配合单位”用顿号分开；“各乡镇”“县直有关部门”这类泛称可以填，由系统展开或由人选定。",
    "4. “完成时限”可以写 2026-12-31、2026年12月底前、上半年、三季度末、年底前；没有截止日的写“长期坚持”。",
    "5. “完成标准”写可以验收的结果；交办前必须补齐事项、标准、责任单位、责任人、时限。",
    "6. 序号以“示例”开头的行不会导入。",
    "7. 本系统禁止存储、处理国家秘密。带有密级标志的内容不得填写、不得上传。",
)


def _validate(sheet: Any, first: int, units: Sequence[str]) -> None:
    """Offer the cycles and the known units in drop-downs; a unit outside the list only warns."""
    last = first + BLANK_ROWS
    places = {column.label: place for place, column in enumerate(COLUMNS)}
    sheet.data_validation(
        first,
        places["反馈周期"],
        last,
        places["反馈周期"],
        {
            "validate": "list",
            "source": list(CYCLES),
            "error_title": "反馈周期",
            "error_message": "请从下拉列表中选择。",
        },
    )
    sheet.data_validation(
        first,
        places["完成时限"],
        last,
        places["完成时限"],
        {"validate": "any", "input_title": "完成时限", "input_message": "例如：2026-12-31、2026年12月底前、长期坚持"},
    )
    if units:
        sheet.data_validation(
            first,
            places["牵头单位"],
            last,
            places["牵头单位"],
            {
                "validate": "list",
                "source": f"={UNITS_SHEET}!$A$2:$A${len(units) + 1}",
                "error_type": "warning",
                "error_title": "牵头单位",
                "error_message": "单位目录里没有这个名称，请核对全称或简称。",
            },
        )


def template(units: Sequence[str] = (), *, title: str = "重点工作任务分解表") -> bytes:
    """Give the workbook to fill in: drop-downs, frozen head, instructions, two example rows that are never imported."""
    stream = BytesIO()
    with exports.workbook_in(stream, lean=False) as book:
        looks = exports.styles(book)
        sheet = book.add_worksheet(SHEET)
        sheet.merge_range(0, 0, 0, len(COLUMNS) - 1, exports.safe_text(title), looks["title"])
        sheet.set_row(0, 30)
        exports.write_head(sheet, 1, COLUMNS, looks["head"])
        for row, example in enumerate(EXAMPLES, 2):
            for place, value in enumerate(example):
                exports.write_cell(sheet, row, place, value, looks["cell"])
        _validate(sheet, 2 + len(EXAMPLES), units)
        _list_sheet(book.add_worksheet(HELP_SHEET), HELP_SHEET, INSTRUCTIONS, looks, 90)
        if units:
            _list_sheet(book.add_worksheet(UNITS_SHEET), "单位名称", units, looks, 40)
    return stream.getvalue()


def _list_sheet(sheet: Any, heading: str, lines: Iterable[str], looks: dict[str, Any], width: float) -> None:
    sheet.set_column(0, 0, width)
    exports.write_cell(sheet, 0, 0, heading, looks["head"])
    for row, line in enumerate(lines, 1):
        exports.write_cell(sheet, row, 0, line, looks["plain"])


def corrections(rows: Sequence[TaskRow], *, title: str = "") -> bytes:
    """Give the rows kept for correction: the cells as they stood, the wrong ones in red, and what is wrong with them.

    ``title`` should be the title of the source, which may carry the year that its dates need. The problem column is
    ignored when the workbook comes back.
    """
    labels = list(dict.fromkeys(label for row in rows for label in row.cells))
    columns = [*(Column(label, 8 if len(label) < 3 else 24) for label in labels), Column(PROBLEMS, 60)]
    stream = BytesIO()
    with exports.workbook_in(stream) as book:
        looks, sheet, first = exports.styles(book), book.add_worksheet(SHEET), 0
        if title:
            exports.write_cell(sheet, 0, 0, title)
            first = 1
        exports.write_head(sheet, first, columns, looks["head"])
        for number, row in enumerate(rows, first + 1):
            wrong = {problem.column for problem in row.problems if problem.blocking}
            for place, label in enumerate(labels):
                look = looks["wrong" if label in wrong else "cell"]
                exports.write_cell(sheet, number, place, row.cells.get(label, ""), look)
            exports.write_cell(sheet, number, len(labels), "\n".join(str(p) for p in row.problems), looks["wrong"])
    return stream.getvalue()
