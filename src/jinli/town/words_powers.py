"""The words of the register of powers: ways a power comes, states, and what is refused."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "town.power.mode.own": ("本级法定", "own by law"),
    "town.power.mode.direct": ("直接下放", "handed down"),
    "town.power.mode.entrusted": ("委托", "entrusted"),
    "town.power.mode.front_desk": ("服务前移（只设窗口）", "front desk only"),
    "town.power.mode.unknown": ("怎样下放未知", "how it came is unknown"),
    "town.power.government": ("{division}人民政府", "People’s Government of {division}"),
    "town.power.in_flight.hand_over": ("移送原机关，时限不变", "hand over to the original authority, limits unchanged"),
    "town.power.in_flight.finish": ("收回前收到的，留镇办完", "finish in town what was received before"),
    "town.power.answer.keep": ("保留", "keep"),
    "town.power.answer.more": ("要人要钱", "ask for more"),
    "town.power.answer.back": ("申请交回", "give back"),
    "town.power.not_yours": (
        "这一步要由本镇的管理员或镇主要领导办。",
        "This is for the administrator or the head of this town.",
    ),
    "town.power.missing": ("这一项要填。", "Fill this in."),
    "town.power.authority_in_town": (
        "权力来自上级单位，不能是本镇的；受托的不能再委托（行政许可法第二十四条）。",
        "A power comes from above, not from a body of the town; who is entrusted entrusts no further (Licensing Law "
        "art. 24).",
    ),
    "town.power.holder_above_town": (
        "写本镇接下这项权力的单位。",
        "Name the body of this town that received the power.",
    ),
    "town.power.another_holds": (
        "同一事项这段时间已有另一项权力（{other}）；先收回那一项，或改起始的日子。",
        "Another power ({other}) covers the same matter then; recall that one first, or change the first day.",
    ),
    "town.power.named_already": (
        "登记里已经有“{found}”。打开那一行补。",
        "The register has “{found}” already. Open that row and fill it in.",
    ),
    "town.power.changed_meanwhile": (
        "“{name}”刚才有人改过；看过最新的再办。",
        "Somebody else changed “{name}” just now; read it again, then act.",
    ),
    "town.power.recalled_already": (
        "“{name}”已经收回，{day}起生效。",
        "“{name}” is recalled already, as of {day}.",
    ),
    "town.power.gives_nothing": (
        "“{name}”还不知道怎样来的，没有可收回的；先补上。",
        "Nobody knows how “{name}” came, so there is nothing to recall; fill it in first.",
    ),
    "town.power.recall_before_begin": (
        "收回要晚于{day}（这项权力开始的那天）。",
        "A recall comes after {day}, the day the power began.",
    ),
}
