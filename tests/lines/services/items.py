"""A few items for the small towns, made from few words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from jinli.lines.services.models import ItemEdition
from jinli.lines.services.services.publishing import next_editions, publish_contents
from jinli.packs.items import AnswerRow, ItemLimitRow, ItemRow, LawRow, MaterialRow, ResultRow, SituationRow
from jinli.packs.sections import content_of
from jinli.town.loading import digest_of
from jinli.town.models import Division, Person

AT = datetime(2026, 9, 28, 2, tzinfo=UTC)


def item(code: str = "road_occupation", **more: Any) -> ItemRow:
    """Return an item; `more` stands instead of what it says by itself."""
    said: dict[str, Any] = {
        "name": "占用、挖掘城市道路审批",
        "name_en": "Licence to occupy or dig up a road",
        "everyday": ("占道", "挖路"),
        "kind": "licence",
        "applicants": ("person", "enterprise"),
        "theme": "城市建设",
        "theme_en": "Building and streets",
        "procedure": "licence",
        "offered": "online",
        "window": "hall",
        "office": "water",
        "statutory": ItemLimitRow(
            amount=20, unit="working_day", article="行政许可法第四十二条", source="行政许可法", status="confirmed"
        ),
        "promised": ItemLimitRow(amount=10, unit="working_day", source="样本", status="sample"),
        "situations": (
            SituationRow(
                code="what",
                question="占用还是挖开？",
                question_en="Occupied or dug up?",
                answers=(
                    AnswerRow(code="occupy", label="只是占用", label_en="Occupied only"),
                    AnswerRow(code="dig", label="要挖开", label_en="Dug up"),
                ),
            ),
        ),
        "materials": (
            MaterialRow(code="plan", name="位置图", name_en="Map"),
            MaterialRow(code="design", name="设计文件", name_en="Design papers", when={"what": ("dig",)}),
            MaterialRow(code="licence", name="营业执照", name_en="Business licence", held_as="fact:credit_code"),
        ),
        "laws": (LawRow(law="城市道路管理条例", law_en="Regulation on Urban Roads", article="第三十一条"),),
        "result": ResultRow(kind="approval", name="占用道路许可", name_en="Licence to occupy a road"),
        "source": "测试",
    }
    return ItemRow(code=code, **(said | more))


def shell(code: str = "border_pass", **more: Any) -> ItemRow:
    """Return an item that is only told about."""
    said: dict[str, Any] = {
        "name": "边境通行证",
        "name_en": "Border pass",
        "kind": "public_service",
        "applicants": ("person",),
        "theme": "出入境",
        "where": "公安出入境窗口",
        "where_en": "Exit and entry window of the police",
        "source": "测试",
    }
    return ItemRow(code=code, **(said | more))


def publish(town: Division, *rows: ItemRow, at: datetime = AT) -> Division:
    """Publish items and return the town with its new stamp."""
    publish_contents(town=town, contents={one.code: content_of(one) for one in rows}, at=at)
    return Division.objects.get(pk=town.pk)


def draft(town: Division, row: ItemRow, *, by: Person | None = None) -> ItemEdition:
    """Write a draft of an item."""
    content = content_of(row)
    return ItemEdition.objects.create(
        town=town,
        code=row.code,
        edition=next_editions(town, (row.code,))[row.code],
        state=ItemEdition.State.DRAFT,
        content=content,
        digest=digest_of(content),
        written_by=by,
        written_at=AT,
    )
