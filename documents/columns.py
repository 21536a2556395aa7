"""The columns of a task table: which heading means what, in one table, and how a header is found among other rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from documents.grid import Grid
from documents.numerals import squeeze

LONGEST_HEADING = 24
HEADER_WITHIN = 60

# role: the headings of the office for it. The first row that fits whole is taken, else the longest ending.
HEADINGS: dict[str, tuple[str, ...]] = {
    role: tuple(words.split())
    for role, words in {
        "serial": "序号 编号 项目编号 任务编号 事项编号 督办编号 立项号 号 No",
        "category": "类别 分类 领域 板块 大类 任务类别 工作类别 所属领域 重点领域 工作领域 一级任务",
        "problem": "问题 问题描述 存在问题 反馈问题 具体问题 突出问题 问题清单 主要问题 整改问题 反馈意见",
        "matter": "事项 督查事项 督办事项 交办事项 任务事项 工作事项 议定事项 决定事项 批示事项 具体事项 "
        "任务 工作任务 重点任务 主要任务 具体任务 目标任务 目标与任务 年度任务 整改任务 任务内容 "
        "工作内容 主要内容 事项内容 内容 重点工作 工作 任务名称 事项名称 项目名称 重点项目 "
        "建设内容 项目内容 实施内容 任务清单 工作要点 批示内容 实事项目 具体内容",
        "measure": "措施 工作措施 整改措施 具体措施 推进措施 主要措施 工作举措 主要举措 具体举措 举措 任务措施",
        "standard": "标准 目标 工作目标 整改目标 年度目标 预期目标 目标要求 目标值 完成标准 验收标准 办结标准 工作标准 "
        "考核标准 销号标准 成果形式 预期成果 工作成效 量化指标 目标标准 标准/目标 标准(目标) 完成目标",
        "requirement": "工作要求 具体要求 任务要求 办理要求 要求 批示要求",
        "lead": "牵头单位 牵头部门 牵头责任单位 牵头责任部门 牵头组织实施单位 牵头 总牵头单位 主办单位 "
        "主办部门 主办 主责单位 主责部门 主责 第一责任单位 主抓单位 主抓部门",
        "responsible": "责任单位 责任部门 承办单位 承办部门 落实单位 实施单位 责任主体 整改责任单位 责任科室 "
        "单位 部门 落实部门 实施部门 承担单位 承担部门 主要责任单位 责任单位(第一位为牵头单位) "
        "责任单位及责任人",
        "cooperating": "配合单位 配合部门 配合责任单位 协办单位 协办部门 协同单位 协同部门 协同责任单位 协助单位 "
        "协作单位 参与单位 参与部门 参加单位 会同单位 支持单位 保障单位 指导单位 指导部门 "
        "督导单位 督导部门 配合 协办 协同 责任(配合)单位 配合(责任)单位",
        "leader": "牵头领导 责任领导 分管领导 包联领导 包保领导 督办领导 县级领导 市级领导 市领导 县领导 "
        "区领导 批示领导 分管县领导 分管市领导 领导 挂帅领导 包抓领导 挂联领导 联系领导 挂钩领导 "
        "主抓领导",
        "person": "责任人 具体责任人 直接责任人 承办人 经办人 落实人 整改责任人 责任人及电话 联系人 负责人",
        "deadline": "完成时限 时限 办结时限 办理时限 整改时限 时限要求 时间要求 完成时间 办结时间 整改期限 完成期限 "
        "办结期限 期限 截止时间 截止日期 完成日期 要求完成时间 计划完成时间 时间节点 时间 整改完成时间",
        "cycle": "反馈周期 报送周期 报告周期 反馈频次 报送频次 调度周期 周期",
        "quarter": "第一季度 第二季度 第三季度 第四季度 一季度 二季度 三季度 四季度 1季度 2季度 3季度 4季度",
        "note": "备注 说明 附注",
        "other": "状态 整改状态 进展 进展情况 完成情况 目前进展 工作进展 办理状态 落实情况 电话 联系电话 来源 任务来源 "
        "依据 立项依据 文件依据 批示时间 交办时间 立项时间 政策条款 需更正的问题 投资 总投资",
    }.items()
}
BY_HEADING = {heading: role for role, headings in HEADINGS.items() for heading in headings}
ENDINGS = sorted((heading for heading in BY_HEADING if len(heading) >= 2), key=len, reverse=True)
# Words too common to be taken for an ending: 具体工作 is no column of its own.
WHOLE_ONLY = frozenset({
    "工作", "内容", "任务", "要求", "领导", "时间", "单位", "部门", "问题", "目标", "标准", "事项", "牵头", "配合",
    "号", "主办", "主责", "协办", "协同", "说明", "来源", "依据", "投资", "进展", "期限", "措施", "举措"})  # fmt: skip
# 责任单位及责任人 holds units first; 责任单位负责人 is a person.
JOINT_UNITS = re.compile("^(.*(?:单位|部门))(?:及|和|与|、|/|\\\\)")
# A table needs something to do and somebody or some day for it.
SUBJECTS = frozenset({"matter", "measure", "problem"})
PARTNERS = frozenset({"lead", "responsible", "cooperating", "deadline", "leader", "person", "standard"})


def role_of(heading: str) -> str | None:
    """Give what a heading means, None if it means nothing to us."""
    text = re.sub(r"[:*★ ]", "", squeeze(heading))
    if not text or len(text) > LONGEST_HEADING:
        return None
    bare = re.sub(r"\([^()]*\)", "", text) or text
    for candidate in (text, bare):
        if candidate in BY_HEADING:
            return BY_HEADING[candidate]
    joined = [BY_HEADING[part] for part in re.split("[及和与、/]", bare) if part in BY_HEADING]
    for role in ("measure", "matter"):  # 建设内容及年度目标 says what is to be done
        if role in joined:
            return role
    joint = JOINT_UNITS.match(bare)
    if joint and joint[1] in BY_HEADING:
        return BY_HEADING[joint[1]]
    ending = next((e for e in ENDINGS if bare.endswith(e) and e not in WHOLE_ONLY), None) or next(
        (e for e in ENDINGS if bare.startswith(e) and len(e) >= 4), None
    )
    return BY_HEADING[ending] if ending else None


@dataclass(frozen=True)
class Column:
    """A column of the table: its place, its heading (both rows of it) and what it means."""

    index: int
    label: str
    role: str | None

    @property
    def name(self) -> str:
        """Give the heading as a person calls it: its lowest row."""
        return self.label.rpartition("/")[2]


@dataclass(frozen=True)
class Header:
    """The header of a table: the rows it takes (counted from 0) and its columns."""

    first: int
    last: int
    columns: tuple[Column, ...]

    def of(self, *roles: str) -> list[Column]:
        """Give the columns of some roles, from left to right."""
        return [column for column in self.columns if column.role in roles]

    @property
    def roles(self) -> set[str]:
        """Give the roles that the table has columns for."""
        return {column.role for column in self.columns if column.role}


def _roles_in(grid: Grid, row: int) -> set[str]:
    return {role for cell in grid.texts(row) if (role := role_of(cell))}


def _is_header(roles: set[str]) -> bool:
    return bool(roles & SUBJECTS) and bool(roles & PARTNERS)


def _column(grid: Grid, index: int, first: int, last: int) -> Column:
    """Name a column by its cells in the header rows; the lowest that means something gives the role."""
    labels: list[str] = []
    for row in range(first, last + 1):
        text = squeeze(grid.text(row, index))
        if text and text not in labels:
            labels.append(text)
    roles = [role for label in reversed(labels) if (role := role_of(label))]
    joined = role_of("".join(labels)) if len(labels) > 1 else None
    role = roles[0] if roles and role_of(labels[-1]) else joined or (roles[0] if roles else None)
    return Column(index, "/".join(labels), role)


def _rows_of_header(grid: Grid, best: int) -> tuple[int, int]:
    """Give the first and last row of a header around its best row: the rows that its merged cells tie together."""
    first = last = best
    above, below = best - 1, best + 1
    if best and _is_group_row(grid, above):
        first = above
    if below < grid.height and _is_sub_row(grid, below, tied=grid.tied_to_next(best), across=grid.merged_across(best)):
        last = below
    return first, last


def _is_group_row(grid: Grid, row: int) -> bool:
    """Tell whether the row above the header groups its columns (整改安排 over 目标, 措施, 时限)."""
    own = [squeeze(text) for text in grid.own_texts(row) if text]
    tied = grid.merged_across(row) or grid.tied_to_next(row)
    return (
        tied
        and not grid.spans_all(row)
        and len(own) >= 2
        and all(len(text) <= LONGEST_HEADING and ":" not in text for text in own)
    )


def _is_sub_row(grid: Grid, row: int, *, tied: bool, across: bool) -> bool:
    """Tell whether the row below the header divides its merged columns (牵头, 配合 under 责任单位)."""
    own = [squeeze(text) for text in grid.own_texts(row) if text]
    if not own or not across or any(len(text) > LONGEST_HEADING for text in own):
        return False
    return tied or all(role_of(text) for text in own)


def find_header(grid: Grid) -> Header | None:
    """Find the header of a sheet: the row with most headings, with the row above or below that belongs to it."""
    within = range(min(grid.height, HEADER_WITHIN))
    best = max(within, key=lambda row: (len(_roles_in(grid, row)), -row), default=None)
    if best is None:
        return None
    roles = _roles_in(grid, best)
    first, last = _rows_of_header(grid, best)
    columns = tuple(_column(grid, index, first, last) for index in range(grid.width))
    header = Header(first, last, tuple(column for column in columns if column.label))
    return header if _is_header(header.roles) and len(roles) >= 2 else None


def repeats_header(grid: Grid, row: int, header: Header) -> bool:
    """Tell whether a row only says the header again (a page break in the printed table)."""
    labels = [label for column in header.columns for label in column.label.split("/")]
    own: Sequence[str] = [squeeze(text) for text in grid.own_texts(row) if text]
    return len(own) >= 2 and all(text in labels for text in own)
