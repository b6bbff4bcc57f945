"""Words of the simulated history."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "site.demo.nothing": (
        "没有可演示的镇，或者包里没有 demo/history.yaml。",
        "There is no town to demonstrate, or the pack has no demo/history.yaml.",
    ),
    "site.demo.loading": (
        "演示历史载入中：{done} / {total} 件",
        "The simulated history is loading: {done} of {total} cases",
    ),
    "site.demo.refused": ("模拟件 {key} 有一步没走通：{why}", "One act of the simulated case {key} was refused: {why}"),
    "site.demo.done": (
        "模拟历史已载入：新增 {cases} 件、{entries} 条办理记录。",
        "The simulated history is recorded: {cases} cases and {entries} entries were added.",
    ),
    "site.demo.unreadable": ("{file} 读不懂：{why}。", "{file} cannot be read: {why}."),
}
