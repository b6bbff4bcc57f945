"""Words of the holder's own grants and papers, and of the record of a hearing."""

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
    "services.hearing.chair": ("主持人", "Chair"),
    "services.hearing.applicant": ("申请人", "Applicant"),
    "services.hearing.present": ("参加人", "Took part"),
    "services.hearing.sign": ("签字或者盖章：", "Signature or seal:"),
    "services.hearing.refused": ("拒绝签字", "would not sign"),
    "services.basis.hearing_record.licence": (
        "行政许可法第四十八条第一款第五项",
        "Administrative Licensing Law art. 48(1)(5)",
    ),
    "services.basis.on_record": (
        "行政许可法第四十八条第二款，听证笔录{number}",
        "Administrative Licensing Law art. 48(2), record of the hearing {number}",
    ),
    "services.field.present": ("还有谁参加", "Who else took part"),
    "services.field.present.hint": (
        "一行一个，例如“王某，利害关系人”。主持人和申请人不用写。",
        "One a line, such as “Wang, third party”. Chair and applicant are there already.",
    ),
    "services.field.refused": ("谁拒绝签字", "Who would not sign"),
    "services.field.refused.hint": (
        "照上面的写法，一行一个；没有就留空。",
        "As written above, one a line; else leave it empty.",
    ),
}
