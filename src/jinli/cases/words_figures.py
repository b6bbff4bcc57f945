"""Words of published figures."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "cases.figure.filter": (
        "地址里的时刻看不懂。请从看板重新打开。",
        "The moment cannot be read. Open it from the board.",
    ),
    "cases.figure.no_such_part": ("没有这一份清单（{found}）。", "There is no such list ({found})."),
    "cases.figure.no_such_figure": ("没有这个数的口径（{found}）。", "Nobody defined this figure ({found})."),
    "cases.figure.audience": ("选一个能给的范围。", "Choose an audience it may be released to."),
    "cases.figure.not_for_them": (
        "这个数不能给这么大的范围：公众只看镇自己的服务，评分只到区。",
        "This figure may not go that far: the public sees the town's own services only, ratings go to the district.",
    ),
    "cases.figure.changed": (
        "这个数在你打开之后又算过一次。看过新的数再发布。",
        "The value was counted again after you opened the page. Read the new one, then release it.",
    ),
    "cases.figure.not_released": ("还没有发布，用不着收回。", "It is not released, so there is nothing to take back."),
    "cases.figure.not_yours": (
        "算数由指挥中心或镇领导来做，发布和收回由镇领导来做。",
        "The command centre or the town head counts; the town head releases and takes back.",
    ),
    "cases.figure.period": ("只能算最近三个月。", "Only the last three months can be counted."),
    "cases.figure.act": ("没有这一步。", "There is no such step."),
}
