"""Words of reading spreadsheets of other systems: what a file, a cell or a point lacks and how to mend it."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "exchange.file.empty": ("文件是空的。重新导出再上传。", "The file is empty. Export it again and send that."),
    "exchange.file.no_heading": (
        "找不到列名那一行。列名应在数据上方，一格一个。",
        "No heading was found. It should stand above the rows, one name a cell.",
    ),
    "exchange.point_half": ("经度、纬度只有一个，没有标点", "Only one of longitude and latitude; no point was set"),
}
