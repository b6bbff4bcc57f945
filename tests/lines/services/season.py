"""A season of the small town: two schools, one of them without a number, and a points table with an open line."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from jinli.packs.seasons import PointRow, SchoolRow, SeasonRow

SEASON = SeasonRow(
    code="enrolment-2026", name="2026 年秋季一年级（样本）", name_en="First year 2026 (sample)",
    item="newcomer_enrolment", when={"grade": ("primary",)}, owner="planning",
    publish_on=date(2026, 4, 1), apply_from=date(2026, 5, 6), apply_to=date(2026, 5, 15), check_to=date(2026, 5, 29),
    ranking_on=date(2026, 6, 1), appeal_from=date(2026, 6, 2), appeal_to=date(2026, 6, 8), offers_on=date(2026, 6, 15),
    count_on=date(2026, 5, 1), lot="样本2026", ties=("insured",),
    schools=(
        SchoolRow(code="a", name="第一小学（演示）", places=12, source="样本", status="sample"),
        SchoolRow(code="b", name="第二小学（演示）"),
    ),
    points=(
        PointRow(
            code="insured", label="社保", unit="个月", value="insured_months", points=Decimal(1), most=Decimal(30),
            source="样本", status="sample",
        ),
        PointRow(
            code="lived", label="居住", unit="个月", value="months_since.lived_since", points=Decimal("0.5"),
            most=Decimal(30), source="样本", status="sample",
        ),
        PointRow(code="own", label="自有住房", value="home", how="is", answer="own"),
    ),
    status="sample", source="样本",
)  # fmt: skip
