"""Words of reading spreadsheets of other systems: what a file, a cell or a point lacks and how to mend it."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "exchange.file.empty": ("文件是空的。重新导出再上传。", "The file is empty. Export it again and send that."),
    "exchange.file.too_large": (
        "文件有 {size} MB，最多 {most} MB。按年份或月份分开导出，一份一份上传。",
        "The file has {size} MB, at most {most} MB are taken. Export it year by year or month by month.",
    ),
    "exchange.file.too_many_rows": (
        "超过 {most} 行。按年份或月份分开导出，一份一份上传。",
        "There are more than {most} rows. Export them year by year or month by month.",
    ),
    "exchange.file.unpacks_too_large": (
        "文件解压后有 {size} MB，不正常，没有打开。重新导出，或分开导出。",
        "The file would unpack to {size} MB, which is not usual; it was not opened. Export it again, or in parts.",
    ),
    "exchange.file.not_a_table": (
        "这是 {found} 文件，不是表格。从原系统导出 Excel（.xlsx）或 CSV。",
        "This is a {found} file and no table. Export Excel (.xlsx) or CSV from the other system.",
    ),
    "exchange.file.other_table": (
        "这是 {found} 格式。用 Excel 或 WPS 打开，另存为 .xlsx 再上传。",
        "This is {found}. Open it in Excel or WPS, save it as .xlsx and send that.",
    ),
    "exchange.file.old_xls": (
        "这是旧格式（.xls）。用 Excel 或 WPS 打开，另存为 .xlsx 再上传。",
        "This is the old format (.xls). Open it in Excel or WPS, save it as .xlsx and send that.",
    ),
    "exchange.file.password": (
        "文件有密码。用 Excel 或 WPS 打开，取消密码，另存后再上传。",
        "The file has a password. Open it in Excel or WPS, remove the password, save it and send that.",
    ),
    "exchange.file.web_page": (
        "这其实是网页，只是名字像表格。用 Excel 或 WPS 打开，另存为 .xlsx 再上传。",
        "This is really a web page named like a table. Open it in Excel or WPS, save it as .xlsx and send that.",
    ),
    "exchange.file.broken": (
        "文件坏了，打不开。从原系统重新导出，不要改扩展名。",
        "The file is broken and cannot be opened. Export it again and leave its extension as it is.",
    ),
    "exchange.file.encoding": (
        "文字编码认不出。用 Excel 或 WPS 打开，另存为 .xlsx 或“CSV UTF-8”再上传。",
        "The encoding of the text is unknown. Save it as .xlsx or “CSV UTF-8” and send that.",
    ),
    "exchange.file.quote_open": (
        "第 {line} 行起有一个引号没有结束，后面的行都读进了一格。补上引号，或另存为 .xlsx 再上传。",
        "From line {line} a quotation mark never ends and swallows the rest. Close it, or save as .xlsx and send that.",
    ),
    "exchange.file.no_sheet": (
        "没有名为“{sheet}”的工作表；有内容的是：{sheets}。",
        "There is no sheet “{sheet}”; those that hold something are: {sheets}.",
    ),
    "exchange.file.no_heading": (
        "找不到列名那一行。列名应在数据上方，一格一个。",
        "No heading was found. It should stand above the rows, one name a cell.",
    ),
    "exchange.error_value": (
        "这一格是表格软件的错误值 {value}，按空白处理",
        "The cell holds the error value {value} and counts as empty",
    ),
    "exchange.digits_lost": (
        "“{field}”里的 {value} 被表格软件当成数字，后几位已经丢失。请把这一列设为文本再从原系统导出。",
        "{value} in “{field}” was taken for a number and its last digits are lost. Export it again as text.",
    ),
    "exchange.bytes_unreadable": (
        "“{field}”里的 {value} 有乱码，原文已经损坏。请从原系统重新导出。",
        "{value} in “{field}” holds broken characters. Export it again.",
    ),
    "exchange.moment.unknown_spelling": (
        "写法认不出，应写成 2026-09-24 17:50",
        "unknown spelling; write 2026-09-24 17:50",
    ),
    "exchange.moment.year_last": (
        "年份在最后，月和日分不清，应写成 2026-09-24",
        "the year comes last, so month and day cannot be told apart; write 2026-09-24",
    ),
    "exchange.moment.no_year": ("没有年份", "there is no year"),
    "exchange.moment.short_year": (
        "年份只有两位，看不出是哪一年，应写成 2026-09-24",
        "the year has two digits and could be another part of the date; write 2026-09-24",
    ),
    "exchange.moment.far_year": ("年份不在 1949 年到 2099 年之间", "the year is not between 1949 and 2099"),
    "exchange.moment.no_such_day": ("没有这一天", "there is no such day"),
    "exchange.moment.no_such_time": ("没有这个时刻", "there is no such time of day"),
    "exchange.moment.number": ("这个数字不是日期", "this number is no date"),
    "exchange.point_swapped": ("经度、纬度填反了，已对调", "Longitude and latitude were swapped and turned back"),
    "exchange.point_whole_degrees": (
        "经纬度只有整度，差得太远，没有标点",
        "Whole degrees only, too coarse; no point was set",
    ),
    "exchange.point_zero": ("经纬度是 0，没有标点", "The coordinates are zero; no point was set"),
    "exchange.point_outside": ("经纬度不在本地范围内，没有标点", "The coordinates lie elsewhere; no point was set"),
    "exchange.point_unreadable": ("经纬度读不出，没有标点", "The coordinates cannot be read; no point was set"),
    "exchange.point_half": ("经度、纬度只有一个，没有标点", "Only one of longitude and latitude; no point was set"),
}
