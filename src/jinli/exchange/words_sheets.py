"""Words of copy sheets, of numbers noted in other systems, and of lists in the layouts of others."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # a copy sheet
    "exchange.sheet.order": (
        "顺序和对方的表单一样。按“复制”，到对方窗口粘贴，回来再按一下就是下一项。",
        "In the order of the other form. Copy, paste in the other window, come back, press again for the next field.",
    ),
    "exchange.sheet.order.plain": (
        "顺序和对方的表单一样。点进一项，全选，复制。",
        "In the order of the other form. Go into a field, select all, copy.",
    ),
    "exchange.sheet.sample": (
        "样本：没有见过{system}的表单。字段和字数对不上时，请管理员照对方的页面改本镇的包。",
        "A sample: the form of {system} is not known to us. Where it differs, the administrator edits the town's pack.",
    ),
    "exchange.sheet.fields": ("要录入的内容", "What to enter"),
    "exchange.sheet.count": ("{count} 项", "{count} fields"),
    "exchange.sheet.required": ("对方必填", "required there"),
    "exchange.sheet.required.lacking": ("对方必填，这里没有", "required there, not known here"),
    "exchange.sheet.to_reveal": ("写了理由再看", "give a reason to see it"),
    "exchange.sheet.over": (
        "对方只收 {most} 个字，最后 {count} 个放不下",
        "Only {most} characters fit there; the last {count} do not",
    ),
    "exchange.sheet.tail": ("放不下的", "What does not fit"),
    "exchange.sheet.copy": ("复制：{label}", "Copy: {label}"),
    "exchange.sheet.copied": ("已复制：{label}。", "Copied: {label}."),
    "exchange.sheet.next": ("下一项：{label}", "Next: {label}"),
    "exchange.sheet.end": ("都过了一遍，可以记对方编号了。", "That was all; now note the number they gave."),
    "exchange.sheet.failed": (
        "没有复制成。点进这一项，全选后复制。",
        "Not copied. Go into the field, select all, copy.",
    ),
    "exchange.sheet.row": ("整行复制", "Copy all as one row"),
    "exchange.sheet.row.note": (
        "各项之间是制表符，粘贴到表格里是一行。",
        "Values are parted by tabulators: one row when pasted into a spreadsheet.",
    ),
    "exchange.sheet.row.covered": (
        "各项之间是制表符；遮住的 {count} 项留空。",
        "Values are parted by tabulators; the {count} covered ones are left empty.",
    ),
    "exchange.sheet.covered": (
        "{count} 项个人信息遮住了，不能复制。",
        "{count} personal values are covered and cannot be copied.",
    ),
    "exchange.sheet.reveal": ("显示并可复制", "Show, ready to copy"),
    "exchange.sheet.log": ("抄录单：{sheet}", "Copy sheet: {sheet}"),
    "exchange.value.erased": ("已依法删除", "Lawfully erased"),
    "exchange.value.no_code": ("没有对应代码（{value}）", "no code for it ({value})"),
    # the number there
    "exchange.foreign.title": ("录好了，记下对方编号", "Entered? Note their number"),
    "exchange.foreign.correct": ("更正对方编号", "Correct their number"),
    "exchange.foreign.why": (
        "记下以后，再导入{system}的表格就认得出是同一件。不动任何时限。",
        "An import from {system} will then know it is the same case. No clock moves.",
    ),
    "exchange.foreign.number": ("{system}的编号", "Number in {system}"),
    "exchange.foreign.hint": ("从对方的页面复制，一个字不改。", "Copy it from their page as it stands."),
    "exchange.foreign.note": ("记下编号", "Note the number"),
    "exchange.foreign.change": ("更正编号", "Correct the number"),
    "exchange.foreign.noted": ("已记：{number}（{when}）", "Noted: {number} ({when})"),
    "exchange.foreign.own": (
        "这件就是从{system}来的，不用再记编号。",
        "This case comes from {system}; there is no number to note.",
    ),
    "exchange.foreign.done": ("已记下 {number} 在{system}的编号。", "The number of {number} in {system} is noted."),
    "exchange.foreign.empty": ("填对方系统给的编号。", "Enter the number that the other system gave."),
    "exchange.foreign.too_long": ("编号太长，最多 {most} 个字。", "Too long for a number; {most} characters at most."),
    "exchange.foreign.implausible": (
        "“{value}”不像编号：编号里要有数字，不能有空格。从对方的页面再复制一次。",
        "“{value}” does not look like a number: it needs digits and has no blanks. Copy it again from their page.",
    ),
    "exchange.foreign.ours": (
        "{value} 是本平台的编号，要填的是对方系统给的。",
        "{value} is a number of this platform; enter the one the other system gave.",
    ),
    "exchange.foreign.taken": (
        "{value} 已经记在 {number}（{title}）上。核对是哪一件的；那边记错了，就到那边更正。",
        "{value} is noted for {number} ({title}). Check whose it is; if that one is wrong, correct it there.",
    ),
    "exchange.foreign.taken_unseen": (
        "{value} 已经记在另一件上，那件不归你看。请指挥中心核对。",
        "{value} is noted for another case that is not yours to see. Ask the command centre.",
    ),
    "exchange.foreign.own_record": (
        "这件就是从{system}来的，编号已经有了。",
        "This case comes from {system} and has its number.",
    ),
    # beside a case
    "exchange.elsewhere.title": ("其他系统", "Other systems"),
    "exchange.elsewhere.noted": ("已录入其他系统", "Noted elsewhere"),
    "exchange.elsewhere.sheets": ("要录入其他系统？照抄录单逐项复制", "To enter it elsewhere, copy it field by field"),
    # lists in layouts
    "exchange.layout.about": (
        "按列表当时的筛选导出，共 {count} 行。",
        "With the filters of the list: {count} rows.",
    ),
    "exchange.layout.columns": ("列", "Columns"),
    "exchange.layout.personal": ("有个人信息的列", "Columns with personal data"),
    "exchange.layout.covered": ("遮住个人信息导出", "Export with personal data covered"),
    "exchange.layout.covered.note": (
        "姓名、电话、地址只留头尾，不用写理由。",
        "Names, telephones, addresses are masked; no reason is asked.",
    ),
    "exchange.layout.whole": ("完整导出", "Export whole"),
    "exchange.layout.whole.note": (
        "访问记录里会写下谁、什么时候、为什么、多少行。",
        "The access log keeps who, when, why and how many rows.",
    ),
    "exchange.layout.not_whole": (
        "完整的名单只有指挥中心和镇领导能导出。",
        "Only the command centre and the town head export such lists whole.",
    ),
    "exchange.layout.log": ("导出{layout}，{count} 行", "Export of {layout}, {count} rows"),
    "exchange.layout.back": ("回列表", "Back to the list"),
}
