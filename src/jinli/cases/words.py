"""Words of the engine on the database."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "cases.changed_meanwhile": (
        "{number} 在你打开之后有人办过了（{move}）。下面是最新的样子，你填的还在，看过再办一次。",
        "Somebody acted on {number} after you opened it ({move}). Below is the present; what you typed is kept.",
    ),
    "cases.version_missing": (
        "页面缺少版本号。请重新打开这一件再办。",
        "The page lacks its version. Open the case again.",
    ),
    "cases.organisation_unknown": (
        "没有代码为“{unknown}”的单位。",
        "There is no organisation with the code “{unknown}”.",
    ),
    "cases.procedure_unknown": ("没有载入流程“{unknown}”。", "The procedure “{unknown}” is not loaded."),
    "cases.procedure_edition_changed": (
        "流程“{procedure}”第 {edition} 版已在用，内容却变了。请提高 edition 再载入，在办的件仍按旧版办完。",
        "Edition {edition} of “{procedure}” is in use with another text. Raise `edition`; running cases keep the old one.",
    ),
    "cases.key_reused": (
        "这个请求编号（{key}）已用于另一件事。请换一个编号。",
        "The key {key} was used for another request. Use a new key.",
    ),
    "cases.collided": (
        "同一时刻有人写了同样的内容，请再试一次。",
        "Somebody wrote the same at the same moment. Try again.",
    ),
    "cases.tick_went_back": (
        "系统时间 {now} 早于上次推算 {last}，没有推算。请先校准时间。",
        "The clock says {now}, before the last run at {last}; nothing was done. Set the clock first.",
    ),
}
