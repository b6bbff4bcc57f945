"""Words of the pages on lawful erasure and on seals."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "cases.erase.title": ("依法删除个人信息", "Erase personal data"),
    "cases.erase.lead": (
        "按编号找到一件，看清删什么、留什么，写明法律依据再删。删后不能恢复。",
        "Find the case by number, see what goes and what stays, and give the legal basis. It cannot be undone.",
    ),
    "cases.erase.number": ("编号", "Number of the case"),
    "cases.erase.find": ("查看", "Look"),
    "cases.erase.no_such_case": (
        "本镇没有 {number}。核对编号。",
        "There is no {number} in this town. Check the number.",
    ),
    "cases.erase.goes": ("要删的", "What goes"),
    "cases.erase.goes.entries": (
        "{count} 条记录里的姓名、电话、地址、说明文字和文件名",
        "names, telephones, addresses, free text and file names of {count} entries",
    ),
    "cases.erase.goes.facts": (
        "从这一件得知的报告人信息 {count} 项",
        "{count} facts about the reporter that were learnt in this case",
    ),
    "cases.erase.goes.papers": (
        "{count} 份文书的内容和印出来的文件；字号、日期和状态留着",
        "what {count} papers say and their printed forms; numbers, dates and states stay",
    ),
    "cases.erase.goes.files": (
        "{count} 个附件（别的案件也有同一份的，文件留给那一件）",
        "{count} attachments (a file that another case also holds stays with that case)",
    ),
    "cases.erase.goes.traces": (
        "查找用的索引和防重复的记录；以后查不到这些文字",
        "the search index and the records against repeats; these texts are found no more",
    ),
    "cases.erase.stays": ("留下的", "What stays"),
    "cases.erase.stays.entries": (
        "{count} 条记录的环节、时间、单位和校验值，链条仍然完整",
        "stages, moments, bodies and hashes of {count} entries; the chain stays whole",
    ),
    "cases.erase.stays.case": (
        "编号、类别、村居、时限和结果，另加一条“已依法删除”及依据",
        "number, class, place, promises and outcome, and one entry more: lawfully erased, with the basis",
    ),
    "cases.erase.stays.backups": (
        "已做的备份，到它们轮换为止；用备份恢复时会自动再删一次",
        "backups made before, until they are rotated out; a restore erases again by itself",
    ),
    "cases.erase.before": ("以前已删过 {count} 条。", "{count} entries were erased before."),
    "cases.erase.basis": ("法律依据", "Legal basis"),
    "cases.erase.basis.hint": (
        "哪部法律、哪一条，谁申请、谁决定；写进记录，不要写个人信息。",
        "Which law and article, who asked, who decided. It is journaled: nothing personal here.",
    ),
    "cases.erase.again": ("再写一次编号", "Type the number once more"),
    "cases.erase.again.hint": ("防止删错。", "So that no other case is erased."),
    "cases.erase.again.wrong": ("不是这一件的编号（{number}）。", "That is not the number of this case ({number})."),
    "cases.erase.do": ("删除，不能恢复", "Erase for good"),
    "cases.erase.done": (
        "{number}：{count} 条记录的个人信息已依法删除。",
        "{number}: the personal part of {count} entries was lawfully erased.",
    ),
    "cases.erase.nothing": ("没有可删的个人信息", "Nothing personal is left"),
    "cases.erase.nothing.text": (
        "这一件没有个人信息，或已经删过。",
        "This case holds nothing personal, or it was erased before.",
    ),
    "cases.seals.title": ("每日封存", "Daily seals"),
    "cases.seals.lead": (
        "每天把当天有变动的案件记录合成一个校验值，公布在这里，任何人都可以抄下。",
        "Every day the records of all cases that changed are summed into one hash, published here for anybody to copy.",
    ),
    "cases.seals.proves": ("能证明什么", "What a seal proves"),
    "cases.seals.proves.text": (
        "抄下某天的校验值，以后再核对：只要封存以前的任何一条记录被改、被删、被补，就算改的人掌握整个数据库，校验值也对不上。",
        "Copy the hash of a day and compare later: if any record from before that seal was altered, removed or slipped "
        "in, even by somebody who holds the whole database, the hash no longer fits.",
    ),
    "cases.seals.not": ("不能证明什么", "What it does not prove"),
    "cases.seals.not.text": (
        "不能证明记录写的就是事实，不能证明没有漏记，也管不到最近一次封存以后的变动。依法删除的个人信息不影响校验值。",
        "Not that what was written is true, not that nothing was left out, and nothing about changes after the latest "
        "seal. Personal data that was lawfully erased does not change a hash.",
    ),
    "cases.seals.staff": (
        "最近一次封存：{at}。用命令 jinli verify 核对全部记录。",
        "Last sealed {at}. Verify every record with the command jinli verify.",
    ),
    "cases.seals.staff.none": (
        "还没有封存过。每天第一次运行 jinli tick 时自动封存。",
        "Not sealed yet. The first jinli tick of each day seals by itself.",
    ),
    "cases.seals.list": ("封存记录", "Seals"),
    "cases.seals.number": ("序号", "No."),
    "cases.seals.at": ("封存时间", "Sealed"),
    "cases.seals.root": ("校验值（SHA-256）", "Hash (SHA-256)"),
    "cases.seals.earlier": ("更早的", "Earlier"),
    "cases.seals.none": ("还没有封存", "No seals yet"),
    "cases.seals.none.text": (
        "有案件变动的第二天起，这里每天一条。",
        "From the day after the first case changes there is one line a day.",
    ),
}
