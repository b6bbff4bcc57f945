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
    "site.column.state": ("状态", "State"),
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
}
