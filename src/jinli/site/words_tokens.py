"""Words of the register of access tokens and of the page about the interface for machines."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "site.register.tokens": ("访问令牌", "Access tokens"),
    "site.register.tokens.about": (
        "机器用它调接口：一个令牌只有一个名义，到期自动失效，随时可撤销。",
        "Machines call the interface with them: one token, one hat; it ends by day, or at once by hand.",
    ),
    "site.column.token": ("令牌名称", "Name of the token"),
    "site.column.hat": ("谁、以谁的名义", "Who, in whose name"),
    "site.column.expires": ("到期", "Ends"),
    "site.column.used": ("最近使用", "Last used"),
    "site.column.token_state": ("状态", "State"),
    "site.token.live": ("有效", "Valid"),
    "site.token.expired": ("已到期", "Expired"),
    "site.token.revoked": ("已撤销", "Revoked"),
    "site.token.never": ("没用过", "Never"),
    "site.token.revoke": ("撤销", "Revoke"),
    "site.token.ended": ("令牌“{name}”已撤销，从现在起不能再用。", "The token “{name}” is revoked as of now."),
    "site.token.empty": ("还没有访问令牌。", "No access tokens yet."),
    "site.token.empty.do": (
        "有系统要报案件、读待办时，在下面发一个。",
        "Make one below when another system has to report or read.",
    ),
    "site.token.new": ("发一个令牌", "Make a token"),
    "site.token.once": ("令牌只显示这一次", "The token is shown this once"),
    "site.token.value": ("令牌", "Token"),
    "site.token.once.do": (
        "现在就抄到要用它的系统里。这里只留它的指纹，丢了就撤销，另发一个。",
        "Copy it now into the system that uses it. Only its fingerprint stays here; if lost, revoke it, make another.",
    ),
    "site.token.back": ("回到访问令牌", "Back to the tokens"),
    "site.field.token_name": ("给哪个系统用", "For which system"),
    "site.field.appointment": ("用谁的任职", "Under whose appointment"),
    "site.field.appointment.hint": (
        "系统办的每一步都记在这个人、这个名义下。",
        "Every act of the system is recorded under this person and hat.",
    ),
    "site.field.days": ("有效几天", "Valid for how many days"),
    "site.field.days.hint": ("最多 366 天。", "At most 366."),
    "site.town.seals": ("每日封存", "Daily seals"),
    "site.town.seals.about": (
        "抄下校验值，以后可以核对记录有没有被改过。",
        "Copy a hash now and check later whether records were altered.",
    ),
    # the page about the interface
    "site.interface.title": ("给系统用的接口", "The interface for machines"),
    "site.interface.lead": (
        "别的系统用 JSON 报案件、办一步、读待办，规则和页面上完全一样。",
        "Other systems report, move and read by JSON, under the very rules of the pages.",
    ),
    "site.interface.document": ("OpenAPI 文件", "OpenAPI document"),
    "site.interface.sign": ("身份", "Who calls"),
    "site.interface.sign.text": (
        "请求头 Authorization: Bearer <访问令牌>，令牌由系统管理员发；浏览器里用登录和 CSRF 令牌。",
        "Authorization: Bearer <access token>, made by the administrator; in a browser the sign-in and its CSRF token.",
    ),
    "site.interface.key": ("断线重发", "Sending again"),
    "site.interface.key.text": (
        "请求头 Idempotency-Key：同一个键和同样的内容，只办一次，再发得到第一次的答复；内容不同答 422。",
        "Idempotency-Key: the same key and content act once and get the first answer; other content gets 422.",
    ),
    "site.interface.version": ("版本", "Versions"),
    "site.interface.version.text": (
        "办一步要带 If-Match：上次读到的 version。没带答 428；已有人先办答 409，并说明变了什么。",
        "A move carries If-Match with the version read last. Without it 428; if you come second, 409 and what changed.",
    ),
    "site.interface.errors": ("错误", "Errors"),
    "site.interface.errors.text": (
        "都是 code、message、field、facts 四项；message 按 Accept-Language 用中文或英文。",
        "Always code, message, field, facts; message in Chinese or English by Accept-Language.",
    ),
    "site.interface.calls": ("全部调用", "All calls"),
    "site.interface.call": ("调用", "Call"),
    "site.interface.what": ("做什么", "What it does"),
    "site.interface.who": ("谁能调", "Who may"),
    "site.interface.signed_in": ("任何担任职责的人", "anybody with a duty"),
}
