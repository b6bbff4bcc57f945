"""Words of bundles (一件事)."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "services.together.nothing": (
        "照您的回答，现在没有可以一起办的事项。改一下回答，或者单独办。",
        "With these answers nothing can be done together now. Change an answer, or apply for one matter.",
    ),
    "services.together.opened": ("这一项已经开始办了。", "This one is under way already."),
    "services.together.waits": (
        "还要等“{names}”有了结果。",
        "This has to wait for the result of “{names}”.",
    ),
    "services.together.blocked": (
        "“{names}”没有办成，这一项开不了。可以重新办前面的，或者到窗口问。",
        "“{names}” came to no good end, so this cannot be opened. Apply for that again, or ask at the counter.",
    ),
    "services.together.too_early": (
        "还没到时候：{day} 起可以办。",
        "It is too early: this can be opened from {day} on.",
    ),
    "services.together": ("一件事一次办", "One thing, done once"),
    "services.together.list": ("一件事一次办", "Things that belong together"),
    "services.together.list.lead": (
        "一张表、一次交材料，几个事项一起办，各有各的期限。",
        "One form, each paper once, several matters at a time, each with its own clock.",
    ),
    "services.together.check": ("提交以后会开几件、哪件要等", "What opens when you send this, and what waits"),
    "services.together.counts": (
        "这张表问 {asked} 项；分开办要填 {apart} 项。",
        "This form asks {asked} fields; one by one the matters would ask {apart}.",
    ),
    "services.together.all_or_nothing": (
        "要么全部收下，要么一件也不收：不会只办成一半。",
        "All of it is received or none of it; nothing is left half done.",
    ),
    "services.together.send": ("一起提交", "Send all of it"),
    "services.together.after.click": (
        "等“{names}”办成以后，您在页面上点一下就开始办，填过的不再问。",
        "Once “{names}” is done you open this with one click; what you have told is not asked again.",
    ),
    "services.together.after.itself": (
        "已经填好，“{names}”一办成就自动提交。",
        "Filled in already; it is sent by itself once “{names}” is done.",
    ),
    "services.together.after_months": (
        "等“{names}”办成满 {months} 个月以后，您点一下就开始办（{source}）。",
        "{months} months after “{names}” is done you open this with one click ({source}).",
    ),
    "services.together.run.lead": (
        "{opened} 件正在办或者办完了，{waiting} 件等着。",
        "{opened} opened, {waiting} waiting.",
    ),
    "services.together.fresh": (
        "收到了。每一件有自己的编号和查询码，记下任意一个就能看到这一页。",
        "Received. Each matter has its own number and code; any one of them leads to this page.",
    ),
    "services.together.yours": ("等您交：", "Waiting for you:"),
    "services.together.ready": ("轮到这一项了。", "Its turn has come."),
    "services.together.open": ("开始办这一项", "Open it now"),
    "services.together.open.done": ("已经提交。", "Sent."),
    "services.together.silence": ("不点不开，到期也不会自动申请。", "Nothing is opened by itself when time goes by."),
    "services.together.evidence": ("交一次、几件共用的材料", "Handed in once, used for several"),
    "services.together.evidence.none": ("这几件没有共用的材料。", "These matters share no paper."),
    "services.together.serves": ("用于：{names}", "for {names}"),
    "services.together.belongs": ("属于一件事“{name}”", "Part of “{name}”"),
    "services.together.other": ("{name}：{number}", "{name}: {number}"),
    "services.together.not_yet": ("还没有开", "not opened yet"),
    "services.together.all": ("看同一件事的其他事项", "See everything that belongs together"),
}
