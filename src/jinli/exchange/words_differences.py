"""Words of the page that lists every difference between here and another system."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # what is refused
    "exchange.difference.reason": ("写一句为什么有异议。", "Say in a sentence why you dispute it."),
    "exchange.difference.reason_long": ("最多 {most} 个字。", "{most} characters at most."),
    "exchange.difference.other_body": (
        "这个系统由{body}看管，你可以看，不能定。",
        "{body} looks after this system; you may look, not decide.",
    ),
    "exchange.difference.changed_meanwhile": (
        "这一项刚才变了，现在是：{state}。你的这一步没有写入。",
        "This one changed just now; it stands at: {state}. Your step was not recorded.",
    ),
    "exchange.difference.start.reason": (
        "按{source}的新导出更正开始时间",
        "Start corrected to the later export of {source}",
    ),
    "exchange.difference.state.open": ("待核对", "to be compared"),
    "exchange.difference.state.accepted": ("已按对方改", "accepted"),
    "exchange.difference.state.disputed": ("有异议", "disputed"),
    "exchange.difference.state.gone": ("双方已一致", "both agree again"),
}
