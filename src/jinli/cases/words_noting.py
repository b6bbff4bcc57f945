"""Words of what was noted about a case in another system, and of layouts offered beside a list."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "cases.engine.noted_there": ("已录入其他系统", "Entered in another system"),
    "cases.noted": ("{system}，编号 {number}", "{system}, number {number}"),
    "cases.noted.corrected": (
        "{system}，编号更正为 {number}（原记 {was}）",
        "{system}, number corrected to {number} (was {was})",
    ),
    "cases.noted_meanwhile": (
        "刚才有人给 {number} 记了编号 {foreign_number}。你的没有写入。",
        "Somebody just noted {foreign_number} for {number}. Yours was not recorded.",
    ),
    "cases.noted_already": ("已经记的就是 {foreign_number}。", "{foreign_number} is what is noted already."),
    "cases.export.as": ("导出为……", "Export as …"),
    "cases.export.as.ways": ("别人要的版式", "Layouts that others ask for"),
    "cases.export.as.personal": ("有个人信息，先看说明", "Holds personal data: read first"),
}
