"""Words of the town: roles, hats, kinds of bodies, and what went wrong with people and access."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "town.role.grid_worker": ("网格员", "grid worker"),
    "town.role.village_officer": ("村（居）干部", "village officer"),
    "town.role.window_clerk": ("综合窗口", "window clerk"),
    "town.role.command_centre": ("指挥中心", "command centre"),
    "town.role.department_officer": ("部门经办人", "department officer"),
    "town.role.department_head": ("部门负责人", "head of department"),
    "town.role.arbiter": ("区级裁定", "district arbitration"),
    "town.role.town_head": ("镇主要领导", "town head"),
    "town.role.auditor": ("审计监督", "auditor"),
    "town.role.administrator": ("系统管理员", "administrator"),
    "town.hat.own": ("本单位", "own body"),
    "town.hat.zone": ("园区", "zone"),
    "town.hat.town": ("镇", "town"),
    "town.hat.entrusted": ("受托", "entrusted"),
    "town.hat.label": ("{body}（{kind}）", "{body} ({kind})"),
    "town.hat.with_duty": ("{label} • {duty}", "{label} • {duty}"),
    "town.hat.with_town": ("{label} • {town}", "{label} • {town}"),
    "town.hat.deputy": ("代理", "deputy"),
    "town.status.confirmed": ("有来源", "Sourced"),
    "town.status.unknown": ("未知（无来源）", "Unknown (no source)"),
    "town.status.sample": ("样本", "Sample"),
    "town.status.simulated": ("模拟", "Simulated"),
    "town.kind.government": ("政府", "government"),
    "town.kind.department": ("部门", "department"),
    "town.kind.office": ("内设机构", "office"),
    "town.kind.village": ("村（居）委会", "village committee"),
    "town.kind.station": ("站所", "station"),
    "town.kind.arbitration": ("裁定单位", "arbitration office"),
    "town.kind.zone": ("园区", "zone"),
    "town.duty_line.basic": ("基本履职", "basic"),
    "town.duty_line.cooperating": ("配合履职", "cooperating"),
    "town.duty_line.taken_back": ("上级收回", "taken back"),
    "town.access.sign_in_first": ("请先登录。", "Sign in first."),
    "town.access.no_duty": (
        "你今天没有担任任何职责，所以没有可看的页面。请系统管理员为你登记任职。",
        "You hold no duty today, so there is no page for you. Ask the administrator to enter your appointment.",
    ),
    "town.access.duty_needed": (
        "这一页由{duties}使用。换一个名义，或请他们办。",
        "This page is for: {duties}. Change your hat, or ask them.",
    ),
    "town.access.auditor_reads": (
        "审计监督可以看全部内容，但不改动任何记录。",
        "An auditor reads everything and changes nothing.",
    ),
    "town.access.hat_ended": (
        "你打开这一页时的任职已经到期，这一步没有写入。看清现在的名义，再办一次。",
        "The appointment this page was opened under has ended; nothing was recorded. Look at your hat and repeat.",
    ),
    "town.access.token_of_no_use": (
        "这个访问令牌不认识、已到期、已撤销，或它的任职已结束。请系统管理员另发一个。",
        "This access token is unknown, expired, revoked, or its appointment has ended. Ask the administrator for one.",
    ),
    "town.access.too_many_tokens": (
        "错误的访问令牌太多。过 10 分钟再试。",
        "Too many wrong access tokens. Try again in 10 minutes.",
    ),
    "town.token.days": ("有效期填 1 到 {most} 天。", "A token lasts 1 to {most} days."),
    "town.token.appointment_over": (
        "这项任职今天不在任期内，不能发令牌。",
        "This appointment does not count today; no token is made for it.",
    ),
    "town.people.empty": ("这一项要填。", "This must be filled in."),
    "town.people.username_taken": (
        "登录名 {username} 已有人用，换一个。",
        "The sign-in name {username} is taken; choose another.",
    ),
    "town.people.weak_password": (
        "密码至少 {least} 个字符，不能是常见密码，也不能和登录名相近。",
        "A password has at least {least} characters, is not a common one and not like the sign-in name.",
    ),
    "town.people.not_yours": (
        "这个单位不归你管理。请管理该单位的管理员办。",
        "You do not answer for that body. Ask its administrator.",
    ),
    "town.people.administrator_only": (
        "只有系统管理员能改人员和任职。",
        "Only an administrator changes people and appointments.",
    ),
    "town.people.days_reversed": (
        "最后一天 {last} 早于第一天 {first}。",
        "The last day {last} lies before the first day {first}.",
    ),
    "town.people.deputy_needs_end": ("代理要写明最后一天。", "A deputy needs a last day."),
    "town.people.hat_body_mismatch": (
        "“本单位”只能用职责所在单位的名义；以{body}的名义，请选园区、镇或受托，反之亦然。",
        "“Own body” acts only for the body of the duty; for {body} choose another hat, and the other way round.",
    ),
    "town.people.appointed_already": ("这项任职已经登记过了。", "This appointment is entered already."),
    "town.people.sign_in_to_read": (
        "登录后有经办职责的人才能看完整信息。",
        "Only a signed-in person with a duty in the matter reads this in full.",
    ),
    "town.people.reason_needed": ("写明为什么要看。", "Say why you need to read it."),
}
