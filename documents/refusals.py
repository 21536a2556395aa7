"""Every way this room refuses a file: one code, one sentence (what, why, what next)."""

from django.utils.translation import gettext_lazy as _

from documents.faults import Fault
from workflow.refusal import RuleBroken

SENTENCES = {
    "file.empty": _("文件是空的（0 字节），没有内容可以保存。请检查原文件后重新选择。"),
    "file.too_large": _("文件超过 %(limit)s MB 的上限，没有保存。请压缩图片、拆分文件或只上传需要的部分。"),
    "file.wrong_type": _("不接受这种文件：%(name)s。可以上传：%(allowed)s。请另存为其中一种格式后再上传。"),
    "file.disguised": _(
        "文件的实际内容与扩展名“%(extension)s”不一致，没有保存。请用原来的软件打开，另存为正确的格式后再上传。"
    ),
    "file.broken": _("文件已损坏或不完整，无法读取。请用办公软件打开确认，另存一份后再上传。"),
    "file.encrypted": _("文件加了密码，系统无法检查内容，没有保存。请取消密码，另存一份后再上传。"),
    "file.macro": _(
        "文件里有宏代码，可能带来安全风险，没有保存。请另存为不带宏的格式（如 .xlsx、.docx）或转成 PDF 后再上传。"
    ),
    "file.active": _("文件里含有可以运行的脚本或网页代码，没有保存。请转成普通的 PDF、图片或文档后再上传。"),
    "file.external": _(
        "文件引用了外部文件或外部数据（外部链接、DDE、远程模板），没有保存。请断开链接，只保留数值后另存再上传。"
    ),
    "file.embedded": _("文件里嵌入了其他文件，系统无法检查，没有保存。请删除嵌入的对象，把它们作为附件分别上传。"),
    "file.entities": _(
        "文件的内部结构含有不允许的声明（DOCTYPE、实体），没有读取。请用办公软件打开，另存一份后再上传。"
    ),
    "file.zip_bomb": _("文件解压后异常庞大，可能损害系统，没有读取。请删除多余的格式和空白区域，另存一份后再上传。"),
    "file.too_many_parts": _("文件内部的部件过多，没有读取。请用办公软件打开，另存一份后再上传。"),
    "file.unsafe_path": _(
        "文件内部的路径不安全（越出目录、链接或重叠），没有读取。请用办公软件打开，另存一份后再上传。"
    ),
    "file.too_complex": _(
        "文件过于复杂，在规定的时间和内存内读不完，没有保存。请删除多余的格式、图形和空白区域，或拆成几份后再上传。"
    ),
    "file.too_wide": _(
        "表格范围过大（%(rows)s 行 × %(columns)s 列），没有读取。请删除数据以外的空行、空列，另存后再上传。"
    ),
    "file.too_many_rows": _("表格有 %(rows)s 行，超过一次 %(limit)s 行的上限。请分成几份导入。"),
    "paper.no_text": _(
        "这份 PDF 里没有可以读取的文字，应是扫描件。请换用 Word、WPS 原稿或可以复制文字的 PDF，或者把正文粘贴进来。"
    ),
    "paper.empty": _("没有读到任何文字。请检查原文件，或者把正文粘贴进来。"),
    "paper.too_long": _("文字超过 %(limit)s 万字，没有读取。请分成几份。"),
    "sheet.no_table": _(
        "没有找到任务分解表：看不到含有“工作任务”“责任单位”这类列名的表头。请下载模板对照填写，或检查列名。"
    ),
    "sheet.no_rows": _("表头下面没有任务。请填写后再导入。"),
}


def refusal(fault: Fault, **details: object) -> RuleBroken:
    """Put a fault into words."""
    known: dict[str, object] = {"name": "", "allowed": "", "extension": "", "limit": "", "rows": "", "columns": ""}
    known.update(details)
    known.update(fault.details)
    shown = {key: value for key, value in {**details, **fault.details}.items() if value != ""}
    return RuleBroken(fault.code, str(SENTENCES[fault.code]) % known, details=shown)
