"""Why a rule of routing won or lost, and by which ways a report comes in."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "domain.routing.won": ("用这一条：最具体", "This rule applies: the most precise"),
    "domain.routing.wider_place": ("也符合，但另一条写明了地点", "Fits too, but another names the place"),
    "domain.routing.wider_class": (
        "也符合，但另一条类别写得更细",
        "Fits too, but another names the class more closely",
    ),
    "domain.routing.wider_hours": ("也符合，但另一条写明了时段", "Fits too, but another names the hours"),
    "domain.routing.older": ("也符合，同样具体，但另一条更新", "Fits too, equally precise, but another is newer"),
    "domain.routing.other_place": ("地点不符", "Another place"),
    "domain.routing.place_unknown": (
        "这件没有定村（社区），按地点的规则用不上",
        "The place of this report is not known",
    ),
    "domain.routing.other_class": ("类别不符", "Another class"),
    "domain.routing.other_hours": ("时段不符", "Other hours"),
    "domain.routing.hours_unknown": (
        "本镇没有填办公时间，按时段的规则用不上",
        "The town has not filled in its office hours; rules by hours cannot be used",
    ),
    "domain.routing.not_in_force": ("这一天不在有效期内", "Not in force on this day"),
    "domain.routing.none": ("没有一条规则符合，请选单位并写明理由", "No rule fits; choose the body and say why"),
    "domain.hours.any": ("任何时候", "any time"),
    "domain.hours.office": ("办公时间", "office hours"),
    "domain.hours.night": ("办公时间以外", "outside office hours"),
    "domain.channel.public": ("居民网上报告", "Resident, online"),
    "domain.channel.hotline": ("12345 转来", "From 12345"),
    "domain.channel.walk_in": ("上门", "In person"),
    "domain.channel.finding": ("巡查发现", "Found on patrol"),
}
