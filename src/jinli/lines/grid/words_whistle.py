"""Words of the whistle: why it is refused, its pages, the slip."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    # why something is refused
    "grid.whistle.no_such_kind": (
        "没有在用的哨种“{found}”。本镇采用哨种以后才能吹哨。",
        "There is no kind of whistle “{found}” in force. A town whistles once it has adopted one.",
    ),
    "grid.whistle.kind_not_yours": (
        "“{kind}”不由你这个岗位吹。",
        "“{kind}” is not blown by your duty.",
    ),
    "grid.whistle.no_such_line": (
        "职责清单里没有在用的“{found}”。选一条在用的。",
        "The duty list has no line “{found}” in force. Choose one that is.",
    ),
    "grid.whistle.line_is_ours": (
        "“{line}”是镇自己的基本职责，不能为它吹哨。",
        "“{line}” is the town's own basic duty; no whistle is blown for it.",
    ),
    "grid.whistle.other_lead": (
        "清单上“{line}”由{lead}主办。主办选{lead}，或换一条清单。",
        "On the list “{line}” is led by {lead}. Choose it as lead, or choose another line.",
    ),
    "grid.whistle.no_such_department": (
        "“{found}”不是可以吹哨的上级部门，或已撤并。重新选。",
        "“{found}” is no department above the town, or no longer exists. Choose again.",
    ),
    "grid.whistle.department_twice": (
        "“{found}”选了两次。主办和协办不能是同一家。",
        "“{found}” was chosen twice. Lead and assisting bodies differ.",
    ),
    "grid.whistle.body_missing": (
        "还缺{body}，不能吹哨。请管理员在登记簿里补上。",
        "Missing: {body}. The administrator adds it in the registers first.",
    ),
    "grid.whistle.rating_range": ("评价选 1 到 5。", "Ratings go from 1 to 5."),
    "grid.whistle.no_such_answer": ("选一个回访答复。", "Choose what the reporter answered."),
    "grid.whistle.telephone_not_yours": (
        "电话答复只由本件所属的指挥中心代录。",
        "Answers by telephone are typed by the command centre that owns the case.",
    ),
    "grid.whistle.said_by_needed": (
        "写上电话里是谁说的（姓名或职务）。",
        "Say who spoke on the telephone (name or post).",
    ),
    "grid.whistle.said_at_range": (
        "通话时间要在派单以后、现在以前。",
        "The call lies between the dispatch and now.",
    ),
    "grid.whistle.contact_after_sign_in": (
        "签收以后才能看报告人的电话。",
        "The reporter's telephone is shown after sign-in.",
    ),
}
