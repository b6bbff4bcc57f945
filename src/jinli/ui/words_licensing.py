"""Words of the rules on government matters: what refuses an act, with the article it rests on."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "domain.licensing.unknown_state": (
        "材料“{material}”的情况“{state}”不认识，重新选。",
        "Material “{material}”: the state “{state}” is unknown; choose again.",
    ),
    "domain.licensing.material_left_out": (
        "材料“{material}”还没有说有没有，逐项点一遍。",
        "Nothing is said of material “{material}”; go through all of them.",
    ),
    "domain.licensing.incomplete": (
        "还缺：{missing}。一次性告知申请人，或者按容缺受理。",
        "Still missing: {missing}. Tell the applicant once and in full, or accept against a promise.",
    ),
    "domain.licensing.main_missing": (
        "主要材料不能容缺：{missing}。次要材料才可以后补（广东省优化营商环境条例第三十二条）。",
        "Main materials cannot come later: {missing}. Only secondary ones can (Guangdong business environment"
        " regulation, art. 32).",
    ),
    "domain.licensing.nothing_promised": (
        "没有勾选哪一项后补；材料齐全就直接受理。",
        "No material is marked as promised; if all is there, simply accept.",
    ),
    "domain.licensing.no_promise_for": (
        "这几项不在告知承诺的范围内：{missing}。",
        "A promise cannot stand for: {missing}.",
    ),
    "domain.licensing.nothing_missing": (
        "没有勾选缺哪一项：材料齐全的，应当受理，不能只为拖延而告知。",
        "Nothing is marked as missing: what is complete must be accepted; a notice may not merely gain time.",
    ),
    "domain.licensing.told_once": (
        "补正只能告知一次，已经告知过了（{article}）。按告知补齐的应当受理。",
        "What is missing may be told only once, and it was told already ({article}). What is supplied accordingly must"
        " be accepted.",
    ),
    "domain.licensing.not_asked_before": (
        "一次性告知里没有列过：{missing}。不能再要（{article}）。",
        "The one notice did not name: {missing}. It cannot be asked for now ({article}).",
    ),
    "domain.licensing.not_special": (
        "受理以后只有听证、招标、拍卖、检验、检测、检疫、鉴定、专家评审可以停时钟（{article}）；补正材料不停。",
        "After acceptance only hearing, tender, auction, inspection, testing, quarantine, appraisal and expert review"
        " stop the clock ({article}); supplying papers does not.",
    ),
    "domain.licensing.extension_too_long": (
        "最多延长 {most} 个工作日（{article}）。",
        "At most {most} more working days ({article}).",
    ),
    "domain.licensing.extension_unit": (
        "这一件的期限不是按工作日算的，不能按{article}延长；按它自己的规定办。",
        "The limit is not in working days and cannot be extended under {article}; follow its own rule.",
    ),
    "domain.licensing.opinions_open": (
        "还在等会办意见：{bodies}。等意见回来，或者先撤回征求。",
        "Opinions still open: {bodies}. Wait for them, or take the question back first.",
    ),
    "domain.licensing.promised_missing": (
        "容缺的材料还没有交来：{missing}。交齐后才能准予。",
        "Materials promised for later are not there yet: {missing}. Nothing is granted before they are.",
    ),
    "domain.licensing.two_persons": (
        "现场核查要两个人以上，写上都有谁（{article}）。",
        "Verification on site takes two persons at least; name them ({article}).",
    ),
    "domain.licensing.not_verified": (
        "这一事项要先现场核查、由两人以上进行（{article}）。",
        "This matter needs a verification on site by two persons first ({article}).",
    ),
    "domain.licensing.quantity_used": (
        "数量已经用完，不能再准予（{article}）。",
        "The number allowed is used up; no more can be granted ({article}).",
    ),
    "domain.licensing.not_in_turn": (
        "有数量限制的，按受理先后办；现在轮到：{first}（{article}）。",
        "Where the number is limited the order of acceptance decides; next in turn: {first} ({article}).",
    ),
    "domain.licensing.notice_too_short": (
        "听证通知要提前 7 个工作日，最早可以定在 {earliest}（{article}）。",
        "Notice of a hearing goes out seven working days before; the earliest time is {earliest} ({article}).",
    ),
    "domain.licensing.hearing_too_late": (
        "听证要在申请后 20 个工作日内举行，最迟 {last}（{article}）。",
        "A hearing is held within twenty working days of being asked for, by {last} at the latest ({article}).",
    ),
    "domain.licensing.no_chair": ("写明谁主持听证。", "Name who chairs the hearing."),
    "domain.licensing.chair_examines": (
        "主持听证的不能是审查这件申请的人，换一个（{article}）。",
        "Whoever examines the application may not chair the hearing; name somebody else ({article}).",
    ),
    "domain.licensing.hearing_open": (
        "申请听证的期限还没过，等申请人答复或者期满（{article}）。",
        "The time to ask for a hearing is not over; wait for the applicant or its end ({article}).",
    ),
    "domain.licensing.hearing_not_held": (
        "要求了听证的，要先举行听证，再按听证笔录决定（{article}）。",
        "A hearing was asked for: hold it first, then decide on its record ({article}).",
    ),
    "domain.duty.window": ("窗口", "the window"),
}
