"""Words of the holder's own grants and papers."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "services.grants.mine": ("我的证照", "My permissions"),
    "services.grants.mine.lead": (
        "本镇发给您的许可、登记：到哪天，快到期的在这里申请延续，内容变了在这里申请变更。",
        "What the town granted you, and until when. Ask here for renewal before the end, or for a change.",
    ),
    "services.grants.at_counter": ("现在不能网上登录，请到窗口办。", "There is no sign-in here; come to the counter."),
    "services.grants.none": ("您名下还没有证照", "You hold no permission yet"),
    "services.grants.none.how": (
        "准予以后自动出现在这里。窗口办的，要核对过身份证才会归到您名下。",
        "What is granted appears here. What was done at the counter is yours once your card was checked.",
    ),
    "services.grant.running": ("正在办的", "Under way"),
    "services.grant.renew": ("延续", "Renewal"),
    "services.grant.renew.send": ("申请延续", "Ask for renewal"),
    "services.grant.change": ("变更", "Change"),
    "services.grant.change.lead": (
        "地址、名称、范围这些变了的，写明变成什么，由准予的机关决定（行政许可法第四十九条）。",
        "If address, name or scope changed, say to what; whoever granted it decides (Administrative Licensing Law"
        " art. 49).",
    ),
    "services.grant.change.send": ("申请变更", "Ask for the change"),
    "services.grant.wish": ("变更什么", "What is to change"),
    "services.grant.wish.hint": ("例如：设置地点改为……", "For example: the place becomes …"),
    "services.grant.no_end": ("这个证照没有写截止日，不用延续。", "It has no end, so there is nothing to renew."),
    "services.grant.not_now": (
        "这个证照现在是“{state}”，不能延续；需要的请重新申请。",
        "It is “{state}” now and cannot be renewed; apply anew if you need it.",
    ),
    "services.grant.asked": ("已经收到，案号 {number}。", "Received: {number}."),
    "services.papers.title": ("文书", "Papers"),
    "services.paper.verify": ("核验它现在是不是有效", "See whether it still holds"),
}
