"""Words of the comparison of dates on the page of a mirror."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "exchange.clocks.title": ("日期对照", "Dates compared"),
    "exchange.clocks.lead": ("由{name}办理", "decided in {name}"),
    "exchange.clocks.start": ("受理 {at}", "opened {at}"),
    "exchange.clocks.start.corrected": (
        "受理 {at}（原记 {first}，已按对方改）",
        "opened {at} (first told as {first}, corrected to theirs)",
    ),
    "exchange.clocks.no_date": ("未知（无来源）：对方没有给日期", "Unknown (no source): they give no date"),
    "exchange.clocks.no_rule.legal": (
        "未知（无来源）：本地没有写这类事项的法定时限",
        "Unknown (no source): the town has written no legal limit for these",
    ),
    "exchange.clocks.no_rule.promise": (
        "未知（无来源）：本地没有承诺时限，也没有唯一的类别标准",
        "Unknown (no source): the town has made no promise, and no one class standard applies",
    ),
    "exchange.clocks.pair": (
        "对方给的是 {theirs}，{name}到 {ours}：{gap}。",
        "Theirs: {theirs}; {name}: {ours}. {gap}.",
    ),
    "exchange.clocks.theirs_unknown": (
        "对方没有给日期，只按本地规则计时，没有可对照的。",
        "They give no date; the town's own limits run, and there is nothing to compare.",
    ),
    "exchange.clocks.own_unknown": (
        "本地没有这类事项的规则，只按对方的日期计时，没有可对照的。",
        "The town has no rule for these; their date runs, and there is nothing to compare.",
    ),
    "exchange.clocks.neither": (
        "双方都没有时限，到期再看一次；这一项不计入任何统计。",
        "Neither side gives a limit; it is looked at again later, and that counts in no figure.",
    ),
    "exchange.clocks.one_cause": (
        "可能的原因（平台推断，对方没有说明）：照下面这样数，正好是对方的日期。",
        "A likely cause (our inference; they do not say): this count gives exactly their date.",
    ),
    "exchange.clocks.causes": (
        "可能的原因（平台推断，对方没有说明）：下面 {count} 种数法都正好是对方的日期，是哪一种要问对方。",
        "Likely causes (our inference; they do not say): each of these {count} counts gives their date; ask which.",
    ),
    "exchange.clocks.no_cause": (
        "几种常见的数法都得不出对方的日期，原因未知。",
        "None of the common counts gives their date; the cause is unknown.",
    ),
    "exchange.clocks.disagreement": ("{kind}：{here} → {there}", "{kind}: {here} → {there}"),
    "exchange.clocks.to_differences": ("去核对", "Compare"),
    "exchange.clocks.to_source": ("这个系统的时限规则", "The limit rules of this system"),
}
