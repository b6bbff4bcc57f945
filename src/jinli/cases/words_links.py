"""Words of one-time links and of answers typed on behalf of a department."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "cases.link.not_yours": (
        "链接和签收单只由本镇指挥中心开。",
        "Only the command centre that owns the case makes links and slips.",
    ),
    "cases.link.assignment_over": (
        "这一家的承办已经结束，链接随之失效。要更正请与镇指挥中心联系。",
        "This assignment has ended and its links with it. To correct something, call the town's command centre.",
    ),
    "cases.link.spent": (
        "这个链接已经用过或已换新。用上一次结果页给的新链接；找不到就请镇指挥中心再发一个。",
        "This link was used or replaced. Use the new one from your last answer, or ask the command centre for another.",
    ),
    "cases.link.wrong_code": (
        "校验码不对，还能试 {left} 次。",
        "The code is wrong; {left} more tries.",
    ),
    "cases.link.too_many_codes": (
        "校验码错了五次，这张签收单已作废。请镇指挥中心另发。",
        "Five wrong codes: this slip is void. Ask the command centre for another.",
    ),
    "cases.link.name_needed": (
        "写上你的姓名或职务，办理过程里记为“自报”。",
        "Say your name or post; the journal keeps it as stated.",
    ),
    "cases.badge.on_behalf": ("{body}代录", "typed by {body}"),
}
