"""What a simulated history of government matters says; all of it is marked as simulated."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "services.demo.marked": ("{name}（演示）", "{name} (simulated)"),
    "services.demo.address": ("演示路{number}号（演示）", "{number} Simulated Road (simulated)"),
    "services.demo.budget": ("模拟的额度，不是真实预算", "simulated, no real budget"),
    "services.demo.text": ("（模拟）演示内容", "(simulated) sample text"),
    "services.demo.changed": ("（模拟）新的内容", "(simulated) new text"),
    "services.demo.granted": ("（模拟）符合条件", "(simulated) the conditions are met"),
    "services.demo.refused": ("（模拟）条件不符合", "(simulated) the conditions are not met"),
    "services.demo.not_accepted": ("（模拟）这一情形不用办这一项", "(simulated) not needed in this situation"),
    "services.demo.basis": ("（模拟）事项写明的依据", "(simulated) the basis named by the item"),
    "services.demo.never_came": ("（模拟）承诺的材料没有交来", "(simulated) the promised material never came"),
    "services.demo.verified": ("（模拟）看过，相符", "(simulated) looked at, as stated"),
    "services.demo.special": ("（模拟）需要一段时间", "(simulated) it takes some time"),
    "services.demo.extended": ("（模拟）情况复杂", "(simulated) the matter is complex"),
    "services.demo.opinion": ("（模拟）没有不同意见", "(simulated) no objection"),
    "services.demo.publicised": ("（模拟）村务公开栏公示", "(simulated) on the village notice board"),
    "services.demo.paid": ("（模拟）已发放", "(simulated) paid"),
    "services.demo.voucher": ("模拟凭证 {number}", "simulated voucher {number}"),
    "services.demo.foreign": ("模拟-{number}", "SIM-{number}"),
    "services.demo.submitted": ("（模拟）已帮着提交", "(simulated) submitted there"),
    "services.demo.recalled": ("（模拟）上级收回了这一项", "(simulated) the power was taken back"),
    "services.demo.recall": ("收回通知（演示）", "Notice of recall (simulated)"),
    "services.demo.child": ("孩子{number}", "Child {number}"),
    "services.demo.no_place": (
        "（模拟）按积分排序没有排到学位",
        "(simulated) the places were used up before this rank",
    ),
    "services.demo.receiver": ("（模拟）申请人", "(simulated) the applicant"),
    "services.demo.looked": ("（模拟）对方还在办", "(simulated) still going on there"),
}
