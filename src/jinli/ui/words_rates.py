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
    "domain.rate.by_law.name": ("法定期限内办结", "Decided within the legal limit"),
    "domain.rate.by_law.numerator": (
        "在法定期限内作了决定的；算在作决定的那个月。特别程序（行政许可法第四十五条）的时间不算。",
        "Decided within the limit of the law, counted in the month of the decision; time of special procedures "
        "(Licensing Law art. 45) is not counted.",
    ),
    "domain.rate.by_law.denominator": (
        "有法定期限的政务服务：按期决定的、逾期才决定的、逾期还没决定的。没有查到法定期限的，不在内。",
        "Government matters with a limit of the law: decided in time, decided late, and overdue. Matters for which no "
        "limit was found are not part of it.",
    ),
    "domain.rate.by_promise.name": ("承诺期限内办结", "Decided within the promised limit"),
    "domain.rate.by_promise.numerator": (
        "在本镇承诺的期限（没有的，受理人当场承诺的期限）内作了决定的。",
        "Decided within the limit the town promised or, where there is none, the one promised by who accepted it.",
    ),
    "domain.rate.by_promise.denominator": (
        "有承诺期限的政务服务：按期决定的、逾期才决定的、逾期还没决定的。",
        "Government matters with a promised limit: decided in time, decided late, and overdue.",
    ),
    "domain.rate.told_once.name": ("每百件一次性告知", "One-time notices in a hundred"),
    "domain.rate.told_once.numerator": (
        "这个月收到、后来告知过缺材料的；越少，说明要求写得越清楚。",
        "Received in the month and told that something is missing; the fewer, the clearer the requirements.",
    ),
    "domain.rate.told_once.denominator": (
        "这个月收到、已经答复（受理、视为受理、告知、不予受理）的。",
        "Received in the month and answered: accepted, deemed accepted, told, or not accepted.",
    ),
    "domain.rate.first_time.name": ("一次办成", "Right the first time"),
    "domain.rate.first_time.numerator": (
        "受理以前以后都没有补过、改过、欠过材料的。",
        "Nothing had to be supplied, corrected or promised for later, before or after acceptance.",
    ),
    "domain.rate.first_time.denominator": (
        "这个月收到、已经受理（帮办的：已经提交）的。",
        "Received in the month and accepted; assisted matters: submitted there.",
    ),
    "domain.rate.decided_here.name": ("镇里自己决定", "Decided here, not at the district"),
    "domain.rate.decided_here.numerator": (
        "由镇里的单位以自己的名义决定的。受委托的盖委托机关的章，算上级的。",
        "Decided by a body of the town in its own name. What is entrusted bears the seal of the authority above and "
        "counts as decided there.",
    ),
    "domain.rate.decided_here.denominator": (
        "这个月收到、已经有决定的：镇里的、上级的、别的系统的。",
        "Received in the month and decided: by the town, by an authority above, or in another system.",
    ),
    "domain.rate.prefilled.name": ("替人预填", "Filled in beforehand"),
    "domain.rate.prefilled.numerator": (
        "至少有一格是镇里已有、替申请人填好的。",
        "At least one field was filled in from what the town held.",
    ),
    "domain.rate.prefilled.denominator": (
        "这个月收到、记着问了几格的。",
        "Received in the month, with a count of the fields.",
    ),
    "domain.rate.asked_twice.name": ("重复要填", "Asked twice"),
    "domain.rate.asked_twice.numerator": (
        "镇里已有的内容，申请人又重新填了至少一格（旧的不对，或者没有认出来）。",
        "The applicant had to fill in anew at least one field that the town held.",
    ),
    "domain.rate.asked_twice.denominator": (
        "这个月收到、记着问了几格的。",
        "Received in the month, with a count of the fields.",
    ),
    "domain.rate.bad_rating.name": ("差评率", "Bad ratings"),
    "domain.rate.bad_rating.numerator": (
        "五级里的后两级：不满意、非常不满意（国办发〔2019〕51号）。",
        "The last two of five levels: dissatisfied and very dissatisfied (State Council Office 2019 No. 51).",
    ),
    "domain.rate.bad_rating.denominator": (
        "申请人本人作的评价；复核后剔除的、没评的、按默认算的，另列。",
        "Ratings that applicants gave themselves; set aside after review, missing and by default stand apart.",
    ),
    "domain.rate.left_out.unanswered": ("还没答复", "not answered yet"),
    "domain.rate.left_out.not_taken": ("没有受理（还没受理、不予受理、退件、撤回）", "not accepted (yet)"),
    "domain.rate.left_out.undecided": ("还没决定", "not decided yet"),
    "domain.rate.left_out.uncounted": ("没记问了几格", "fields not counted"),
    "domain.rate.left_out.set_aside": ("复核后剔除", "set aside after review"),
    "domain.rate.left_out.by_default": ("默认评价", "by default"),
}
