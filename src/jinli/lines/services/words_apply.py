"""Words of applying for a government matter: refusals, and what an applicant reads."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "services.limit.house": ("平台约定", "House rule"),
    "services.apply.not_yours": ("窗口收件归综合窗口办。", "Applications at the counter are taken by a window clerk."),
    "services.apply.not_here": (
        "这件事不在这里申请，请看事项页上写的办理地点。",
        "This matter is not applied for here; its page says where.",
    ),
    "services.apply.nobody_receives": (
        "这件事还没有写明由哪个窗口收、哪个单位办，暂时收不了，请到镇公共服务中心窗口问。",
        "Nobody is named yet to receive and handle this matter; please ask at the counter of the service centre.",
    ),
    "services.apply.not_for_you": (
        "这件事不是给这类申请人办的，请看“谁能办”。",
        "This matter is not for this kind of applicant; see who may apply.",
    ),
    "services.apply.name_missing": ("请填申请人的姓名或名称。", "Give the name of the applicant."),
    "services.apply.telephone_missing": (
        "请填一个能联系到申请人的电话：缺材料时要告诉你。",
        "Give a telephone number: you are told there when something is missing.",
    ),
    "services.apply.situation_missing": ("请选一项：要哪些材料看这个答案。", "Choose one: the materials depend on it."),
    "services.apply.mandate_over": (
        "授权已经过期，请申请人重新授权，或者本人来办。",
        "The mandate has ended; ask the applicant for a new one, or to come in person.",
    ),
}
