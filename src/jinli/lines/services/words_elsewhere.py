"""Words of what is not the town's to decide: turn it away with the authority named, or hand it over."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, tuple[str, str]]] = {
    "services.elsewhere.basis": ("行政许可法第三十二条第一款第二项", "Administrative Licensing Law art. 32(1)(2)"),
    "services.elsewhere.reason": ("本镇没有这一事项的办理权限。", "The town has no power over this matter."),
    "services.elsewhere.reason.beyond": (
        "{fact}是 {found} {unit}，超出本镇的办理范围（最多 {most} {unit}）。",
        "{fact} is {found} {unit}, more than the town may decide (at most {most} {unit}).",
    ),
    "services.elsewhere.proposed": (
        "登记册上归{authority}。已经填在下面，核对以后再办。",
        "By the register it is for {authority}. Filled in below; check it first.",
    ),
    "services.elsewhere.nobody": (
        "登记册和事项里都没有写归谁，请查清楚再填，不猜。",
        "Neither the register nor the item says whose it is. Find out, then fill it in; nothing is guessed.",
    ),
    "services.elsewhere.where": ("事项指南写的地点：{where}", "Place named by the item: {where}"),
    "services.elsewhere.or_hand_over": (
        "申请人愿意的，也可以连材料一起移送，时限不变",
        "If the applicant wants that, hand it over with its documents; the limit stays",
    ),
    "services.elsewhere.or_turn_away": (
        "或者作出不予受理决定，告诉申请人向哪个机关申请",
        "Or refuse acceptance and name the authority to apply to",
    ),
    "services.page.hand_over": ("移送", "Hand over"),
    "services.page.hand_over.lead": (
        "不归本镇决定的，移送有权的机关：案件和材料一起过去，时限不变，告知申请人。本镇自己决定的，不能移送。",
        "What the town does not decide goes to the authority that does: case and documents together, the limit stays,"
        " the applicant is told. What the town decides itself is not handed over.",
    ),
    "services.page.hand_over.do": ("移送", "Hand over"),
    "services.field.hand_to": ("移送给", "To"),
    "services.field.reason_hand_over": ("移送的原因", "Why it is handed over"),
    "services.hand_over.ours": (
        "这件由本镇决定，不能移送出去；受理以后准予或者不予。",
        "The town decides this matter and does not hand it over; accept it, then grant or refuse.",
    ),
    "services.hand_over.no_such_body": (
        "选一个上级的单位；名单里没有的，先在单位登记里补上。",
        "Choose a body above the town; one that is not listed is added to the register of bodies first.",
    ),
    "services.hand_over.theirs": ("案件已经在这个单位，不用再移送。", "That body has the case already."),
}
