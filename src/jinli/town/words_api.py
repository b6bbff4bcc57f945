"""Words for machines: what was wrong with a call."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "town.api.key_missing": (
        "要带幂等键：请求头 Idempotency-Key，批量时每条带 key。断线后用同一个键再发，不会多出一件。",
        "An idempotency key is needed: header Idempotency-Key, or key with each item. Repeat with the same key.",
    ),
    "town.api.key_long": ("幂等键最多 {most} 个字符。", "An idempotency key has at most {most} characters."),
    "town.api.version_missing": (
        "要带版本号：请求头 If-Match，值是上次读到的 version。",
        "Say which version you have seen: header If-Match with the version read last.",
    ),
    "town.api.version_unreadable": (
        "If-Match 要填读到的版本号（数字），不是“{found}”。",
        "If-Match takes the version that was read, a number, not “{found}”.",
    ),
    "town.api.not_found": (
        "没有这一项，或它不归这个名义看。",
        "There is no such thing, or it is not for this hat.",
    ),
    "town.api.no_such_address": ("接口没有这个地址。", "The interface has no such address."),
    "town.api.malformed": (
        "请求正文读不懂：要 UTF-8 的 JSON。",
        "The body cannot be read; it has to be JSON in UTF-8.",
    ),
    "town.api.value": ("“{name}”不合要求：{why}。", "“{name}” does not fit: {why}."),
    "town.api.too_many_calls": (
        "调用太快，每分钟最多 {most} 次。过一会儿用同样的键再发。",
        "Too many calls; at most {most} a minute. Wait, then send the same again with the same key.",
    ),
    "town.api.broken": (
        "系统出错了，没有答复。用同样的键再发一次；还不行就告诉管理员。",
        "Something broke here. Send the same again with the same key; if it stays, tell the administrator.",
    ),
    "town.api.too_many_items": ("一次最多 {most} 条。", "At most {most} at once."),
}
