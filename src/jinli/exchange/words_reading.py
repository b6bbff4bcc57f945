"""Words of reading spreadsheets of other systems: what a file, a cell or a point lacks and how to mend it."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "exchange.file.empty": ("文件是空的。重新导出再上传。", "The file is empty. Export it again and send that."),
    "exchange.file.no_heading": (
        "找不到列名那一行。列名应在数据上方，一格一个。",
        "No heading was found. It should stand above the rows, one name a cell.",
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
