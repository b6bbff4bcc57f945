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
        "Edition {edition} of “{procedure}” is in use with another text. Raise `edition`; running cases keep theirs.",
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
    "cases.verify.seq": ("{where} 的序号不连续。", "The sequence breaks at {where}."),
    "cases.verify.previous": ("{where} 接不上前一条的指纹。", "{where} does not chain to the entry before it."),
    "cases.verify.hash": ("{where} 的内容与指纹不符。", "The text of {where} does not match its hash."),
    "cases.verify.payload": ("{where} 的个人信息部分被改过。", "The personal part of {where} was changed."),
    "cases.verify.payload_missing": (
        "{where} 的个人信息部分不见了，也没有依法清除的记录。",
        "The personal part of {where} is gone without a record of lawful erasure.",
    ),
    "cases.verify.no_entries": ("{where} 没有办理过程。", "{where} has no journal."),
    "cases.verify.replay": ("{where} 的办理过程无法重演。", "The journal of {where} cannot be replayed."),
    "cases.verify.column": (
        "{where} 的“{column}”存的是 {stored}，按办理过程应为 {expected}。",
        "{where}: {column} holds {stored}; by the journal it is {expected}.",
    ),
    "cases.verify.row_extra": (
        "{where} 多出一行，办理过程里没有。",
        "{where} is a row that the journal does not know.",
    ),
    "cases.verify.row_missing": ("{where} 少了一行。", "{where} is missing."),
    "cases.message": ("【{town}】{number}：{said}", "[{town}] {number}: {said}"),
    "cases.message.news": (
        "有新进展，凭编号和查询码在网上查看。",
        "There is news; see the progress page with your number and code.",
    ),
    "cases.outbox.state": (
        "发件箱：待发 {waiting} 条，暂扣 {held} 条。",
        "Outbox: {waiting} waiting, {held} on hold.",
    ),
    "cases.verify.clean": ("核对 {cases} 件：没有发现改动。", "{cases} cases verified: nothing was changed."),
    "cases.verify.changed": ("核对 {cases} 件：{count} 处与原来不符。", "{cases} cases verified: {count} differences."),
    "cases.verify.seal": ("{where} 的封存根值不符。", "The root of {where} does not match."),
    "cases.verify.sealed_head": ("{where} 封存之后被改过。", "{where} was changed after it was sealed."),
}
