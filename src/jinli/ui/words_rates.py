"""What each figure counts, of what, and what it leaves out. All are local definitions."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "domain.rate.source": (
        "本地口径：没有查到官方公式，由本平台自定。",
        "Local definition: no official formula was found.",
    ),
    "domain.audience.unit": ("本单位", "the unit"),
    "domain.audience.town": ("镇内", "the town"),
    "domain.audience.district": ("区", "the district"),
    "domain.audience.public": ("公众", "the public"),
    "domain.rate.on_time.name": ("按期率", "On time"),
    "domain.rate.on_time.numerator": (
        "到期以前做到的承诺；办得早的，算在做到的那个月。",
        "Promises kept before they fell due, counted in the month in which they were kept.",
    ),
    "domain.rate.on_time.denominator": (
        "按期的、逾期才办的、逾期还没办的。没按期的，算在到期的那个月；还没办的，一过到期时刻就算，不等系统推算。",
        "Kept, done late, and overdue but not done. What was not kept counts in the month in which it fell due, from "
        "the due moment on.",
    ),
    "domain.rate.on_time_own.name": ("镇自己的按期率", "On time, the town's own services"),
    "domain.rate.on_time_own.numerator": (
        "镇里各单位自己欠的承诺，到期以前做到的。",
        "Promises owed by the town's own bodies and kept before they fell due.",
    ),
    "domain.rate.on_time_own.denominator": (
        "镇里各单位自己欠的承诺：按期的、逾期才办的、逾期还没办的。上级部门的和别的系统办的不在内。",
        "Promises owed by the town's own bodies: kept, done late, and overdue but not done. Departments above the town "
        "and cases decided in other systems are not part of it.",
    ),
    "domain.rate.response.name": ("响应率", "Response"),
    "domain.rate.response.numerator": (
        "期限内联系了报告人：部门接单后的联系，镇办完后的回访。",
        "The reporter was contacted in time: by the department after dispatch, by the town after the work.",
    ),
    "domain.rate.response.denominator": (
        "应当联系的次数：已联系的，和到期还没联系的。",
        "All contacts that were promised: made, or overdue.",
    ),
    "domain.rate.response.note": ("应联系的来件", "contacts that were promised"),
    "domain.rate.resolution.name": ("解决率", "Resolution"),
    "domain.rate.resolution.numerator": (
        "回访时，报告人说解决了。",
        "The reporter said in the call-back that it is solved.",
    ),
    "domain.rate.resolution.denominator": (
        "打通了的回访；同一件回访两次，算两次。",
        "Call-backs that reached the reporter; two for one report count twice.",
    ),
    "domain.rate.resolution.note": ("回访到的", "call-backs that reached somebody"),
    "domain.rate.satisfaction.name": ("满意率", "Satisfaction"),
    "domain.rate.satisfaction.numerator": (
        "报告人评 {score} 分及以上（满分 5 分）。",
        "The reporter gave {score} or more of 5.",
    ),
    "domain.rate.satisfaction.denominator": ("报告人评过分的。", "All that the reporter rated."),
    "domain.rate.satisfaction.note": ("评过分的", "rated by the reporter"),
    "domain.rate.whistle.name": ("吹哨率", "Whistles"),
    "domain.rate.whistle.numerator": (
        "这个月立案、后来吹了哨的报告；一件吹几次，算一件。",
        "Reports filed in the month for which the town whistled; several whistles for one report count once.",
    ),
    "domain.rate.whistle.denominator": ("这个月立案的报告。", "Reports filed in the month."),
    "domain.rate.whistle.note": ("样本提示线 {low}%—{high}%", "sample warning ends {low}%–{high}%"),
    "domain.rate.whistle.low": (
        "低于提示线：看看是不是该吹的没吹。",
        "Below the warning end: see whether whistles are held back.",
    ),
    "domain.rate.whistle.high": (
        "高于提示线：看看是不是镇里能办的也吹了。",
        "Above the warning end: see whether the town whistles for what it can do itself.",
    ),
    "domain.rate.left_out.void": ("作废", "void"),
    "domain.rate.left_out.right": ("权利（用不用随人）", "rights (used or not)"),
    "domain.rate.left_out.not_due": ("还没到期", "not due yet"),
    "domain.rate.left_out.supervision": ("督办（不是承诺）", "supervision (no promise)"),
    "domain.rate.left_out.no_telephone": ("没留电话", "no telephone left"),
    "domain.rate.left_out.exited": ("不立案", "answered without filing"),
    "domain.rate.left_out.unreached": ("没联系上", "not reached"),
    "domain.rate.left_out.not_rated": ("没评分", "not rated"),
}
