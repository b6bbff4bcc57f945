"""Give the town in JINLI_HOME a licence that issues papers, and say the address of its case and its codes."""

from __future__ import annotations

import django


def issue() -> None:
    """Issue the papers of one case, the last of them erased with its case, and print what the journey needs."""
    from jinli.cases.editions import load_procedure
    from jinli.cases.models import Case, Paper
    from jinli.cases.services import OpenCase, make_move, open_case
    from jinli.cases.services.erasing import erase_payload
    from jinli.cases.services.moving import MakeMove
    from jinli.town.models import Division
    from jinli.town.moment import now
    from tests.browser.head_in_town import acting_head
    from tests.cases.papers import MISSING, RECEIPT, TERMS, licence

    town = Division.objects.get(level=Division.Level.TOWN)
    load_procedure(town, licence(), now())
    town.refresh_from_db()
    acting = acting_head()
    for place in range(2):
        spec = OpenCase(
            type_code="licence", title="临时占用道路", channel="page", simulated=True, terms=TERMS, papers=RECEIPT,
            bodies=dict.fromkeys(("window", "owner", "leader"), acting.body), private={"name": "梁大明（演示）"},
        )  # fmt: skip
        case = Case.objects.get(pk=open_case(acting=acting, town=town, spec=spec).id)
        notice = MakeMove(
            case=case.pk, move="one_time_notice", version=case.version, given={"material": ["图"]}, terms=TERMS,
            papers=MISSING,
        )  # fmt: skip
        make_move(acting=acting, act=notice)
        paper = Paper.objects.get(case=case, kind="one_time_notice")
        if place:
            erase_payload(acting=acting, case=case, basis="个人信息保护法第四十七条")
        print(case.pk, paper.pk, paper.token, paper.number)


django.setup()
issue()
