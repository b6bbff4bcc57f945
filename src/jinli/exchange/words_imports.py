"""Words of dropped files: what is wrong with a row, a column, a name, a decision."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # rows
    "exchange.cell_too_long": (
        "“{field}”里的 {value}…… 太长，最多 {most} 个字。",
        "{value}… in “{field}” is too long; {most} characters at most.",
    ),
    "exchange.opens_in_future": (
        "“{field}”是 {value}，还没到。核对日期后在原系统里改。",
        "“{field}” is {value}, which has not come yet. Check the date and correct it in the other system.",
    ),
    "exchange.due_before_opened": (
        "“{field}”是 {value}，早于开始的时间。",
        "“{field}” is {value}, before the matter began.",
    ),
    "exchange.closed_in_future": (
        "“{field}”是 {value}，还没到。",
        "“{field}” is {value}, which has not come yet.",
    ),
    "exchange.closed_on_the_day": (
        "“{field}”只写了日期 {value}，和办理时限在同一天，看不出是不是按期；先按当天中午算。",
        "“{field}” gives only the date {value}, the day of the limit: in time or not cannot be seen; noon is assumed.",
    ),
    "exchange.number_twice": (
        "“{field}”{value} 在文件里有两行（第一次在第 {first} 行），两行都没有导入，不合并也不丢。在原系统里核对。",
        "“{field}” {value} stands in two rows (first in line {first}); neither was taken, none merged or lost. "
        "Check it in the other system.",
    ),
    "exchange.name.likely": (
        "{kind}“{value}”像是 {others}，请在“名称对应”里确认。",
        "{kind} “{value}” looks like {others}; confirm it under “Names”.",
    ),
    "exchange.name.ambiguous": (
        "{kind}“{value}”可能是 {others} 中的一个，请在“名称对应”里选。",
        "{kind} “{value}” may be one of {others}; choose under “Names”.",
    ),
    "exchange.name.none": (
        "{kind}“{value}”在本地登记里没有，请在“名称对应”里选，或说明不是本地单位。",
        "{kind} “{value}” is in no register here; choose under “Names”, or say that it is none of ours.",
    ),
    "exchange.name.conflict": (
        "{kind}“{value}”的名称和代码指的不是同一个（{others}），没有合并，请核对。",
        "Name and code of {kind} “{value}” mean different ones ({others}); nothing was merged. Check it.",
    ),
    "exchange.kind.body": ("单位", "body"),
    "exchange.kind.place": ("地方", "place"),
    "exchange.kind.class": ("类别", "class"),
    # files
    "exchange.file.unreadable": (
        "读不了这个文件。请从原系统导出 Excel（.xlsx）或 CSV 表格；PDF、图片和旧版 .xls 不行。",
        "This file cannot be read. Export a table as Excel (.xlsx) or CSV; PDF, pictures and old .xls will not do.",
    ),
    "exchange.work.failed": (
        "处理时出了错，已经导入的还在。接着导一次；还是不行，把时间告诉管理员。",
        "Something broke on the way; what was taken stays. Go on once more; if it fails again, tell the administrator.",
    ),
    "exchange.file.gone": ("这个文件已经不在了，请再放一次。", "The file is no longer here; drop it again."),
    # columns
    "exchange.columns.needed": ("“{name}”要有一列。", "“{name}” needs a column."),
    "exchange.columns.twice": ("“{value}”这一列用了两次。", "The column “{value}” serves twice."),
    "exchange.columns.unknown": ("文件里没有“{value}”这一列。", "The file has no column “{value}”."),
    # sources and rules
    "exchange.source.no_name": ("写出这个系统叫什么。", "Say what the system is called."),
    "exchange.source.no_kind": (
        "选一种：工单、网格、窗口办件、项目、其他。",
        "Choose: tickets, grid, counter, projects, other.",
    ),
    "exchange.source.choose": ("选这个文件来自哪个系统。", "Choose the system that this file comes from."),
    "exchange.sheet.unknown": ("工作簿里没有“{value}”这张表。", "The workbook has no sheet “{value}”."),
    "exchange.source.code": (
        "代码 {value} 只能用小写字母、数字和连字符，最多 40 个。",
        "The code {value} may hold lower-case letters, digits and hyphens, 40 at most.",
    ),
    "exchange.source.code_taken": ("代码 {value} 已经有了，换一个。", "The code {value} is taken; choose another."),
    "exchange.source.other_body": (
        "“{source}”由别的单位看管，你不能替它导入。",
        "“{source}” is looked after by another body; you cannot import for it.",
    ),
    "exchange.rule.clock": (
        "要说明是法定时限（legal）还是承诺时限（promise），不能是 {value}。",
        "Say whether it is the legal limit or the promise; {value} is neither.",
    ),
    "exchange.rule.asks_nothing": ("写出看哪一项、含什么字。", "Say which field to look at and for which text."),
    "exchange.rule.unit": (
        "时限要用天、月或小时，不能是固定日期。",
        "A limit counts days, months or hours; a fixed date is none.",
    ),
    "exchange.rule.no_article": ("法定时限要写出哪一部法第几条。", "A legal limit names its law and article."),
    # decisions
    "exchange.run.nobody": ("登录后才能导入。", "Sign in to import."),
    "exchange.run.other_body": (
        "这次导入归{body}，你可以看，不能动。",
        "This import belongs to {body}; you may look, not act.",
    ),
    "exchange.run.changed_meanwhile": (
        "别人刚才动过这次导入，现在是：{state}。你的这一步没有写入。",
        "Somebody else acted on this import; it now stands at: {state}. Your step was not recorded.",
    ),
    "exchange.run.take_what": ("选：全部导入，或只导入没有疑问的。", "Choose: take all, or only rows without a doubt."),
    "exchange.undo.reason": (
        "写一句为什么撤回，记入每一件的办理过程。",
        "Say why; it goes into the journal of every case.",
    ),
    "exchange.undo.later_first": (
        "同一来源后面还有一次导入，先撤回后面那一次。",
        "A later import of the same source stands on this one; take that back first.",
    ),
    "exchange.name.no_such_code": ("本地登记里没有 {value}。", "{value} is in no register here."),
    "exchange.state.dropped": ("等你确认各列", "waiting for the columns"),
    "exchange.state.reading": ("试导中", "dry run under way"),
    "exchange.state.ready": ("试导完成，等你决定", "dry run done, waiting for you"),
    "exchange.state.taking": ("导入中", "being taken"),
    "exchange.state.stopped": ("已停下，可以接着导", "stopped, can go on"),
    "exchange.state.done": ("已导入", "taken"),
    "exchange.state.undoing": ("撤回中", "being taken back"),
    "exchange.state.undone": ("已撤回", "taken back"),
    "exchange.state.refused": ("读不了", "cannot be read"),
    "exchange.state.discarded": ("已放弃", "put aside"),
}
