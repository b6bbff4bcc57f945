"""The words of towns, places and what is known of parties."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "town.no_such_town": ("没有代码为“{found}”的镇", "There is no town with the code “{found}”"),
    "town.no_such_body": ("没有“{found}”这个单位", "There is no body “{found}”"),
    "town.no_such_place": ("这个镇没有“{found}”这个地方", "The town has no place “{found}”"),
    "town.no_such_attribute": ("没有“{found}”这一项", "There is no kind of fact “{found}”"),
    "town.fact_empty": ("没有内容可记", "There is nothing to record"),
    "town.place.unknown_crs": (
        "没有说明坐标系；应为 WGS-84 或 GCJ-02",
        "The coordinate system is not said; it is WGS-84 or GCJ-02",
    ),
    "town.place.no_such_point": ("没有这个点：{found}", "There is no such point: {found}"),
    "town.place.gcj02": (
        "GCJ-02 坐标与 WGS-84 相差几百米，平台还不换算；请给 WGS-84 坐标，或直接选村（居）",
        "GCJ-02 lies some hundred metres off WGS-84 and is not converted yet; give WGS-84, or choose the village",
    ),
    "town.place.not_yours": (
        "只有本镇的管理员和指挥中心可以改地名资料",
        "Only the administrator and the command centre of this town may edit its places",
    ),
    "town.place.no_such_field": ("地名资料没有“{field}”这一项", "A place has no field “{field}”"),
    "town.place.bad_value": ("“{field}”不能填“{found}”", "“{field}” cannot be “{found}”"),
    "town.place.name_missing": ("名称不能空", "The name cannot be empty"),
    "town.place.source_missing": (
        "补填未知的行要写明来源",
        "A row that was unknown needs the source of what you fill in",
    ),
    "town.place.changed_meanwhile": (
        "“{name}”刚才有人改过；看过最新的再改",
        "Somebody else changed “{name}” just now; read it again before you change it",
    ),
    "town.place.kind.village": ("村", "Village"),
    "town.place.kind.community": ("社区", "Community"),
    "town.place.kind.unit": ("村或社区（待定）", "Village or community (open)"),
    "town.place.kind.grid": ("网格", "Grid"),
    "town.place.kind.zone": ("园区", "Zone"),
    "town.place.kind.parcel": ("地块", "Parcel"),
    "town.place.reading.cluster": ("几个村合成的网格", "Grid of several villages"),
    "town.place.reading.cell": ("村内网格", "Grid inside a village"),
    "town.place.reading.extra": ("园区、市场专属网格", "Grid of its own for a park or market"),
    "town.place.reading.": ("哪一种网格：未知", "Which kind of grid: unknown"),
    "town.building.address_missing": ("请写楼宇的地址。", "Write the address of the building."),
    "town.building.no_such_use": ("没有“{found}”这种用途。", "There is no use “{found}”."),
    "town.building.ends_before": ("租期的结束日在开始日之前。", "The lease ends before it begins."),
}
