"""What it costs to print a one-time notice, beside the bare typesetter with the same text already in its layout.

In one process, as a server does it: the typesetter is loaded by the first paper, each paper is another one.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
COUNTED = 200
#: A one-time notice within a minute, of which the machine may take this.
TARGET = 2000.0


def notice(template: dict[str, Any], number: int) -> Any:
    """Return a notice with a number of its own, as the database would give it."""
    from jinli.cases.models import Paper
    from jinli.cases.papers.composing import compose, stated
    from jinli.domain.journal import canonical, commitment
    from jinli.town.models import Division

    said = f"某府补告〔2026〕{number}号"
    missing = [{"name": f"第{row}份材料", "state": "没有盖章", "note": "原件，单位盖章"} for row in range(1, 9)]
    facts = stated(
        {
            "applicant": "梁大明", "articles": ["行政许可法第三十二条第一款第四项"], "body": "某镇人民政府",
            "case_number": f"许2026-{number:05d}", "day": date(2026, 9, 21), "due_day": date(2026, 10, 9),
            "item": "临时占用道路", "missing": missing, "paper_number": said, "seal_body": "某镇人民政府",
            "town": "某镇",
        }
    )  # fmt: skip
    text = canonical(compose(template, facts, hat="own", basis=""))
    town = Division(zone="Asia/Shanghai")
    return Paper(
        town=town, number=said, token=f"{number:0>20}", issued_at=datetime(2026, 9, 21, 2, tzinfo=UTC), salt=b"s",
        content=text, commitment=commitment(b"s", text), state=Paper.State.VALID,
    )  # fmt: skip


def milliseconds(act: Any) -> float:
    """Return how long something took."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def main() -> int:
    """Print the table; 1 when the first paper of a process takes too long."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jinli.site.settings")
    import django

    django.setup()
    from django.urls import reverse

    from jinli.cases.papers.press import FONTS, HERE, PAPER, qr, source_of
    from jinli.cases.services.printing import document_of, pdf_of, said_of
    from jinli.packs.faults import Faults
    from jinli.packs.papers import papers
    from jinli.packs.sections import content_of

    template = content_of(papers(ROOT / "packs/_standard", Faults(), prefix="", own=False)["one_time_notice"])
    reverse("cases:verify", args=["A"])  # loads the addresses, which a server has done long before
    made = [notice(template, number) for number in range(1, COUNTED + 2)]
    first = milliseconds(lambda: pdf_of(made[0]))
    each = [milliseconds(lambda paper=paper: pdf_of(paper)) for paper in made[1:]]
    again = [milliseconds(lambda paper=paper: pdf_of(paper)) for paper in made[1:]]
    import typst

    bare = typst.Compiler(root=str(HERE), font_paths=[str(FONTS)], ignore_system_fonts=True)
    floor = []
    for paper in made[1:]:
        told = said_of(paper, document_of(paper), "zh", "")
        said = json.dumps({**told, "qr": qr(told["address"])}, ensure_ascii=False)
        compile_ = lambda said=said: bare.compile(  # noqa: E731
            source_of(PAPER), format="pdf", sys_inputs={"said": said}, pdf_standards=["a-2b"], timestamp=1
        )
        floor.append(milliseconds(compile_))
    pages = len(pdf_of(made[1])) / 1024
    print("### A one-time notice with eight rows as PDF/A-2b, Chinese type inside\n")
    print("| print | ms |\n|---|---|")
    print(f"| floor: the typesetter alone, text in hand, median of {COUNTED} | {statistics.median(floor):.1f} |")
    print(f"| a paper never printed before, median | {statistics.median(each):.1f} |")
    print(f"| a paper never printed before, worst | {max(each):.1f} |")
    print(f"| printed before, from the disk, median | {statistics.median(again):.2f} |")
    print(f"| the first of a process, typesetter and type loaded (target {TARGET:.0f}) | {first:.0f} |")
    print(f"\nOne PDF has {pages:.0f} KB.")
    return int(first > TARGET)


if __name__ == "__main__":
    sys.exit(main())
