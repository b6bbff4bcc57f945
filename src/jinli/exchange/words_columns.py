"""Words of what a column of a foreign table can hold, and of how it was recognised."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "exchange.field.foreign_number": ("对方编号", "Their number"),
    "exchange.field.title": ("标题", "Title"),
    "exchange.field.text": ("内容", "Text"),
    "exchange.field.class_code": ("类别代码", "Class code"),
    "exchange.field.class_name": ("类别", "Class"),
    "exchange.field.body_code": ("承办单位代码", "Code of the body"),
    "exchange.field.body_name": ("承办单位", "Body in charge"),
    "exchange.field.place_code": ("村居代码", "Place code"),
    "exchange.field.place_name": ("村居", "Village or community"),
    "exchange.field.address": ("地址", "Address"),
    "exchange.field.channel": ("来源渠道", "Channel"),
    "exchange.field.stage": ("办理状态", "Stage"),
    "exchange.field.opened_at": ("受理时间", "Opened"),
    "exchange.field.due_at": ("到期时间", "Due"),
    "exchange.field.closed_at": ("办结时间", "Closed"),
    "exchange.field.result": ("办理结果", "Result"),
    "exchange.field.reporter_name": ("诉求人或申请人", "Reporter or applicant"),
    "exchange.field.reporter_phone": ("联系电话", "Telephone"),
    "exchange.field.firm_name": ("企业名称", "Firm"),
    "exchange.field.credit_code": ("统一社会信用代码", "Credit code"),
    "exchange.field.lon": ("经度", "Longitude"),
    "exchange.field.lat": ("纬度", "Latitude"),
    "exchange.field.point": ("经纬度", "Coordinates"),
    "exchange.field.link": ("链接", "Link"),
    "exchange.column.heading": ("列名就是这样叫的", "The heading says so"),
}
