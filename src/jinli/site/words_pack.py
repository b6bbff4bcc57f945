"""What the command `pack` says."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "site.pack.faults": ("有 {count} 处要改；什么都没有写入", "{count} faults; nothing was written"),
    "site.pack.sound": ("{name} {version}：{rows} 行，没有错", "{name} {version}: {rows} rows, no fault"),
    "site.pack.loaded": (
        "{town}：写入 {written} 行（新增 {new}，改动 {changed}，停用 {gone}），屏幕上改过而保留的 {kept} 行",
        "{town}: {written} rows written ({new} new, {changed} changed, {gone} ended), {kept} edited on screen and kept",
    ),
    "site.pack.differences": ("有 {count} 处不同；什么都没有写入", "{count} differences; nothing was written"),
    "site.pack.change.new": ("新增　{section} {row}{sides}", "new       {section} {row}{sides}"),
    "site.pack.change.changed": ("包里改了　{section} {row}：{sides}", "changed   {section} {row}: {sides}"),
    "site.pack.change.edited": (
        "屏幕上改过，保留　{section} {row}：{sides}",
        "edited on screen, kept   {section} {row}: {sides}",
    ),
    "site.pack.change.conflict": (
        "包里和屏幕上都改过，保留屏幕上的（--overwrite 才覆盖）　{section} {row}：{sides}",
        "changed in both, the screen is kept (--overwrite to write over)   {section} {row}: {sides}",
    ),
    "site.pack.change.gone": ("包里没有了　{section} {row}{sides}", "gone from the pack   {section} {row}{sides}"),
    "site.pack.exported": ("写了 {count} 个文件到 {folder}", "{count} files written to {folder}"),
    "site.pack.not_empty": ("{folder} 不是空的，换一个新文件夹", "{folder} is not empty; name a new folder"),
    "site.pack.begun": (
        "样板在 {folder}。先改 town.yaml，再用 jinli pack check 检查",
        "The skeleton is in {folder}. Begin with town.yaml, then run jinli pack check",
    ),
}
