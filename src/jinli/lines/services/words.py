"""Words of government matters: errors."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "services.edition.not_yours": (
        "写事项的是本镇的管理员、部门负责人和综合窗口；你现在的身份不能写。",
        "Items are written by the town’s administrator, heads and window clerks; you are none of them now.",
    ),
    "services.edition.changed": (
        "“{item}”在你导出以后改过了（{who}）。重新导出，再改一遍。",
        "“{item}” was changed since you exported it ({who}). Export again and repeat your change.",
    ),
    "services.edition.in_work": (
        "“{item}”有一份草稿正在写或者待审（{who}）。先发布或者撤掉那一份。",
        "A draft of “{item}” is being written or reviewed ({who}). Publish or drop that one first.",
    ),
    "services.edition.moved_on": (
        "这一版刚才被别人改过、发布了或者撤掉了。刷新再看。",
        "Somebody has just changed, published or dropped this edition. Load the page again.",
    ),
    "services.edition.own_words": (
        "自己写的不能自己发布，请另一个人看过再发布。",
        "You wrote this; somebody else has to look at it and publish it.",
    ),
    "services.edition.overtaken": (
        "“{item}”写好以后又发布过别的版本。退回去，在新的上面重写。",
        "Another edition of “{item}” was published after this was written. Return it and write it anew on that one.",
    ),
    "services.no_such_item": ("没有“{found}”这个事项", "There is no item “{found}”."),
}
