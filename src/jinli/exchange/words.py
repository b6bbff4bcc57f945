"""Words of the exchange with other systems."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "exchange.columns_missing": (
        "文件缺少这些列：{columns}。补上列名再导入。",
        "The file lacks these columns: {columns}. Add them and import again.",
    ),
    "exchange.cell_empty": ("“{field}”是空的。", "“{field}” is empty."),
    "exchange.not_a_moment": (
        "“{field}”里的 {value} 读不成时间：{why}。",
        "{value} in “{field}” cannot be read as a moment: {why}.",
    ),
    "exchange.not_a_number": ("“{field}”里的 {value} 不是数字。", "{value} in “{field}” is no number."),
    "exchange.closed_before_opened": (
        "“{field}”的 {value} 早于打开的时间。",
        "{value} in “{field}” lies before the opening.",
    ),
    "exchange.row_refused": ("第 {line} 行没有导入：{why}", "Line {line} was not imported: {why}"),
    "exchange.imported": (
        "导入 {cases} 件，{entries} 条办理记录；以前导入过、不再重复的 {known} 件；没有导入的 {refused} 行。",
        "Imported {cases} cases with {entries} entries; {known} were imported before; {refused} rows were refused.",
    ),
}
