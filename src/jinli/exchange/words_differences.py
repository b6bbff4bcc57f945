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
    # the page
    "exchange.differences.title": ("核对不一致", "Compare"),
    "exchange.differences.lead": (
        "导入以后，其他系统和这里不一样的地方；各系统的读法和时限规则",
        "Where other systems and this platform disagree after an import; how each is read, and its limit rules",
    ),
    "exchange.differences.sources": ("各系统的读法和时限规则：", "How each system is read, and its limit rules:"),
    "exchange.differences.lead.open": (
        "最近一次导入和这里不一样、要人定的。以对方系统为准的，按对方改；认为对方错了，写明理由，导出发给对方。",
        "Where the latest import and this platform disagree and somebody must decide. Accept, or dispute and send the "
        "list to the owner of the other system.",
    ),
    "exchange.differences.lead.disputed": (
        "写明了异议的。对方改了会自己消失；对方又改成别的会回到“待核对”；也可以改为按对方改。",
        "Disputed. They go by themselves when the other side corrects them, and come back when it says another thing.",
    ),
    "exchange.differences.lead.settled": ("已经定了的，和双方自己一致了的。", "Decided, or gone because both agree."),
    "exchange.differences.lists": ("哪一张单", "Which list"),
    "exchange.differences.open": ("待核对", "To compare"),
    "exchange.differences.disputed": ("有异议", "Disputed"),
    "exchange.differences.settled": ("已定", "Settled"),
    "exchange.differences.search": ("对方编号、案号、事项", "Their number, our number, matter"),
    "exchange.differences.count": ("{count} 项", "{count}"),
    "exchange.differences.more": ("再列 {count} 项", "{count} more"),
    "exchange.differences.none": ("没有要核对的", "Nothing to compare"),
    "exchange.differences.none.text": (
        "每次导入以后，和这里不一样的会列在这里。",
        "After each import, whatever differs from here is listed on this page.",
    ),
    "exchange.differences.none_filtered": ("没有符合的", "Nothing fits"),
    "exchange.differences.none_filtered.text": ("换一个来源或种类再看。", "Try another source or kind."),
    "exchange.differences.refused": ("这一项没有写入", "Not recorded"),
    "exchange.differences.reading": (
        "由看管各系统的单位来定，这里只看。",
        "The bodies that look after the systems decide; you read.",
    ),
    "exchange.differences.others": (
        "下面的系统由别的单位来定：{sources}。",
        "Other bodies decide for these systems: {sources}.",
    ),
    "exchange.differences.watched": ("{source}（{body}）", "{source} ({body})"),
    "exchange.differences.done.accept": ("{number} 已按对方改。", "{number}: accepted."),
    "exchange.differences.done.dispute": ("{number} 已记下异议。", "{number}: dispute noted."),
    "exchange.differences.accepted_many": (
        "{count} 项已按对方改；同类还有 {left} 项待核对。",
        "{count} accepted; {left} of this kind are still open.",
    ),
    "exchange.differences.back": ("回到核对", "Back"),
    "exchange.differences.many.title": ("这一类都按对方改", "Accept all of this kind"),
    "exchange.differences.many.does": ("会发生什么", "What will happen"),
    "exchange.differences.many.some": ("其中", "Among them"),
    "exchange.differences.many.at_once": (
        "一次最多改 {count} 项，其余的再点一次。",
        "At most {count} at a time; press again for the rest.",
    ),
    # columns
    "exchange.difference.column.source": ("来源系统", "System"),
    "exchange.difference.column.foreign_number": ("对方编号", "Their number"),
    "exchange.difference.column.number": ("案号", "Number"),
    "exchange.difference.column.what": ("事项", "Matter"),
    "exchange.difference.column.place": ("地点", "Place"),
    "exchange.difference.column.kind": ("哪里不一致", "What differs"),
    "exchange.difference.column.pair": ("这里 → 对方", "Here → there"),
    "exchange.difference.column.here": ("这里", "Here"),
    "exchange.difference.column.there": ("对方", "There"),
    "exchange.difference.column.owner": ("以谁为准", "Who owns the truth"),
    "exchange.difference.column.since": ("从哪次导入起", "Since"),
    "exchange.difference.column.state": ("状态", "State"),
    "exchange.difference.column.note": ("我方理由", "Our reason"),
    "exchange.difference.column.simulated": ("模拟", "Simulated"),
    "exchange.difference.column.do": ("怎么定", "Decide"),
    # rows
    "exchange.difference.here": ("这里", "here"),
    "exchange.difference.there": ("对方", "there"),
    "exchange.difference.pair": ("{here} → {there}", "{here} → {there}"),
    "exchange.difference.about": ("{number} {title}", "{number} {title}"),
    "exchange.difference.since": ("{at}", "{at}"),
    "exchange.difference.note": ("我方理由：{text}", "Our reason: {text}"),
    "exchange.difference.outcome": ("{state} • {who} {at}", "{state} • {who} {at}"),
    "exchange.difference.closed": ("{at} 办结", "closed {at}"),
    "exchange.difference.reopened.there": ("又在办，没有办结时间", "open again, no closing date"),
    "exchange.difference.vanished.here": ("还有这一件", "it is here"),
    "exchange.difference.vanished.there": ("新导出里没有了", "missing from the later export"),
    "exchange.difference.accept": ("按对方改", "Accept"),
    "exchange.difference.accept.one": ("{number} 按对方改", "Accept {number}"),
    "exchange.difference.accept_many": ("这 {count} 项都按对方改", "Accept these {count}"),
    "exchange.difference.dispute": ("有异议", "Dispute"),
    "exchange.difference.dispute.do": ("记下异议", "Note the dispute"),
    "exchange.difference.your_reason": ("为什么有异议", "Why you dispute it"),
    "exchange.difference.your_reason.hint": (
        "一句话，会随清单发给对方；不写人名、电话。",
        "One sentence; it is sent with the list. No names or telephones.",
    ),
    # kinds: what it is, whose truth it is and why, what accepting does
    "exchange.difference.owner.there": ("以对方为准。", "Theirs to say."),
    "exchange.difference.owner.here": ("以这里为准。", "Ours to say."),
    "exchange.difference.kind.vanished": ("新导出里没有了", "Missing from a later export"),
    "exchange.difference.why.vanished": (
        "在不在办由业务系统说了算；也可能是导出时筛掉了。",
        "Whether a matter exists is for its own system to say; the export may also have been filtered.",
    ),
    "exchange.difference.effect.vanished": (
        "按对方改：没办结的记为“对方已撤销”，时限作废，不算按期也不算逾期；已办结的结论不变。",
        "Accepting: an open one is withdrawn and its clocks are void, neither kept nor broken; a verdict given stands.",
    ),
    "exchange.difference.kind.start_changed": ("受理时间变了", "Start changed"),
    "exchange.difference.why.start_changed": (
        "什么时候开始由业务系统记。",
        "When it began is recorded in its own system.",
    ),
    "exchange.difference.effect.start_changed": (
        "按对方改：还在走的、从受理起算的时限重新推算；对方给的日期不动；已有的结论不变。",
        "Accepting: running limits that count from the start are counted again; their date and verdicts stay.",
    ),
    "exchange.difference.kind.reopened": ("办结以后又在办", "Open again after it was closed"),
    "exchange.difference.why.reopened": (
        "办没办结由业务系统说了算。",
        "Whether it is closed is for its own system to say.",
    ),
    "exchange.difference.effect.reopened": (
        "按对方改：另开一件，和原来那件关联，按对方的日期计时；原来的结论不变。",
        "Accepting: a new case, linked to the first, runs by their date; the first verdict stands.",
    ),
    "exchange.difference.kind.closed_moved": ("办结时间变了", "Closing moved"),
    "exchange.difference.why.closed_moved": (
        "什么时候办结由业务系统记；但判定只给一次。",
        "When it was closed is recorded in its own system; but a verdict is given once.",
    ),
    "exchange.difference.effect.closed_moved": (
        "按对方改：办理过程里记下新的时间，原来的结论和统计不变。",
        "Accepting: the journal notes the new moment; verdict and figures stay.",
    ),
    "cases.filter.source": ("来源系统", "System"),
    "cases.filter.source.all": ("来源：全部", "System: all"),
    "cases.filter.kind": ("哪里不一致", "What differs"),
    "cases.filter.kind.all": ("种类：全部", "Kind: all"),
}
