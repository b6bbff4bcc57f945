"""Words of the facts of the town, on the board and in their register."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "site.register.facts": ("本镇事实", "Facts of the town"),
    "site.register.facts.about": (
        "公开来源给了什么、是哪一年的；没有来源的写“未知”，不估也不插补。",
        "What public sources give and of which year; what none gives stays unknown and is never estimated.",
    ),
    "site.facts.empty": ("还没有登记事实", "No facts are registered"),
    "site.facts.empty.do": (
        "在本镇数据包的 facts.csv 里一行写一条，写明来源，再装一次。",
        "Write one row each into facts.csv of the town's pack, with its source, and load the pack again.",
    ),
    "site.facts.as_of": ("截至 {as_of}", "as of {as_of}"),
    "site.facts.value": ("{value} {unit}", "{value} {unit}"),
    "site.facts.note": ("（{note}）", "({note})"),
    "site.column.fact": ("事实", "Fact"),
    "site.column.value": ("数", "Value"),
    "site.column.as_of": ("截至", "As of"),
    "site.column.arrow": ("方向", "Direction"),
    "site.column.note": ("说明", "Note"),
}
