"""Words for machines that move cases: what they gave that no move takes."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "cases.given.not_taken": (
        "这一步不收“{name}”。每一步要填什么，见案件的 moves.needs。",
        "This move does not take “{name}”. What each move needs stands in moves.needs of the case.",
    ),
    "cases.given.not_of_your_body": (
        "经办人要填本单位人员的编号。",
        "The person has to be somebody of your own body, by id.",
    ),
    "cases.given.no_such_line": ("职责清单里没有 {found}。", "The duty list has no line {found}."),
    "cases.given.text": ("“{name}”要填文字，最多 {most} 字。", "“{name}” takes text of at most {most} characters."),
    "cases.given.whole": (
        "“{name}”要填 {lowest} 到 {highest} 的整数，不是“{found}”。",
        "“{name}” takes a whole number from {lowest} to {highest}, not “{found}”.",
    ),
    "cases.given.moment": (
        "“{name}”要填带时区的时间，如 2026-09-18T11:40:00+08:00。",
        "“{name}” takes a moment with its zone, such as 2026-09-18T11:40:00+08:00.",
    ),
    "cases.given.changed": (
        "{number} 已有人先办，现在的版本是 {version}；这一步没有写入。看过 facts.changes 再办。",
        "Somebody was first with {number}; its version is now {version} and nothing was recorded. See facts.changes.",
    ),
    "cases.move.on_its_page": (
        "这一步只能在页面上办。",
        "This move can be made on its page only.",
    ),
}
