"""Papers: who may issue which, their numbers, what they say, and what becomes of them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from jinli.cases.models import Case, Clock, Entry, NumberSeries, Paper
from jinli.cases.papers.composing import compose, require_facts, stated
from jinli.cases.services.erasing import apply_erasure_register, erase_payload
from jinli.cases.services.issuing import Seal
from jinli.cases.services.moving import MakeMove, make_move
from jinli.cases.services.printing import folder_of, pdf_of
from jinli.cases.services.restating import Restate, restate_paper
from jinli.cases.services.verifying import Finding, verify_town
from jinli.domain.errors import ConflictError, InvalidInputError, RefusedError
from jinli.packs.papers import FACTS, TABLES
from jinli.town.moment import frozen_at
from jinli.ui.dates import day_text
from tests.cases.papers import (
    APPLICANT,
    GRANT,
    MISSING,
    TERMS,
    give_papers,
    moved,
    noticed,
    officer,
    opened,
    templates,
    text_of,
)
from tests.cases.small import Small, at, build
from tests.counting import statements_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def small() -> Small:
    found = build()
    give_papers(found.town)
    return found


def findings(small: Small) -> list[str]:
    return [one.code for one in verify_town(small.town) if isinstance(one, Finding)]


# ---- issuing -------------------------------------------------------------------------------------------------


def test_an_opening_issues_its_receipt(small: Small) -> None:
    case = opened(small)
    paper = Paper.objects.get(case=case)
    assert (paper.kind, paper.number, paper.entry_seq) == ("receipt", "某府收〔2026〕1号", 1)
    assert paper.sealed_by.code == "government"


def test_the_entry_names_the_papers_it_issued(small: Small) -> None:
    paper = noticed(small)
    body = json.loads(Entry.objects.get(case=paper.case, seq=paper.entry_seq).body)
    assert body["papers"] == [{"commitment": paper.commitment, "kind": paper.kind, "number": "某府补告〔2026〕1号"}]


def test_each_series_counts_by_itself_and_leaves_no_gap(small: Small) -> None:
    for _ in range(3):
        noticed(small)
    numbers = Paper.objects.filter(kind="one_time_notice").order_by("serial").values_list("number", flat=True)
    assert list(numbers) == [f"某府补告〔2026〕{one}号" for one in (1, 2, 3)]


def test_an_act_that_is_refused_takes_no_number(small: Small) -> None:
    case = opened(small)
    with pytest.raises(InvalidInputError, match="lacks"):
        moved(small, case, "one_time_notice", given={"material": ["图"]}, terms=TERMS, papers={"one_time_notice": {}})
    given = {"material": ["图"]}
    stale = MakeMove(case=case.pk, move="one_time_notice", version=99, given=given, terms=TERMS, papers=MISSING)
    with pytest.raises(ConflictError), frozen_at(at("2026-09-21 10:00")):
        make_move(acting=officer(small), act=stale)
    assert noticed(small, case).serial == 1


def test_a_transaction_that_is_undone_gives_its_number_back(small: Small) -> None:
    with transaction.atomic():
        noticed(small)
        transaction.set_rollback(True)
    assert noticed(small).serial == 1


def test_a_new_year_begins_at_one(small: Small) -> None:
    noticed(small)
    case = opened(small, "2027-01-05 09:00")
    moved(small, case, "one_time_notice", "2027-01-06 09:00", given={"material": ["图"]}, terms=TERMS, papers=MISSING)
    assert Paper.objects.get(case=case, kind="one_time_notice").number == "某府补告〔2027〕1号"


def test_a_town_without_a_prefix_numbers_by_the_series_alone(small: Small) -> None:
    small.town.settings = {}
    small.town.save()
    assert noticed(small).number == "补告〔2026〕1号"


def test_one_act_issues_several_papers_when_they_are_named(small: Small) -> None:
    case = opened(small)
    moved(small, case, "accept", terms=TERMS, papers={"acceptance": {"applicant": APPLICANT}})
    given = {"decision": "grant", "reason": "符合条件"}
    moved(small, case, "grant", "2026-09-24 10:00", given=given, papers=GRANT)
    kinds = list(Paper.objects.filter(case=case).order_by("entry_seq", "kind").values_list("kind", flat=True))
    assert kinds == ["receipt", "acceptance", "certificate", "decision_grant"]


def test_a_move_that_may_issue_several_papers_asks_which(small: Small) -> None:
    case = opened(small)
    moved(small, case, "accept", terms=TERMS, papers={"acceptance": {"applicant": APPLICANT}})
    with pytest.raises(InvalidInputError, match="choose"):
        moved(small, case, "grant", given={"decision": "grant", "reason": "符合"})


def test_a_move_issues_no_paper_of_another_move(small: Small) -> None:
    case = opened(small)
    with pytest.raises(InvalidInputError, match="not_of_this_move"):
        moved(small, case, "accept", terms=TERMS, papers=MISSING)


def test_a_fact_that_no_paper_knows_is_refused(small: Small) -> None:
    with pytest.raises(InvalidInputError, match="unknown_fact") as refused:
        opened(small, papers={"receipt": {"aplicant": APPLICANT}})
    assert refused.value.facts["unknown"] == "aplicant"


def test_a_paper_without_a_template_is_refused(small: Small) -> None:
    from jinli.cases.models import PaperTemplate
    from jinli.town.stamps import renew_time_stamps

    PaperTemplate.objects.filter(town=small.town, code="receipt").update(ended_at=at("2026-09-01 00:00"))
    renew_time_stamps(small.town)
    small.town.refresh_from_db()
    with pytest.raises(InvalidInputError, match="no_template"):
        opened(small)


def test_the_seal_may_be_that_of_the_body_that_delegated(small: Small) -> None:
    paper = noticed(small, seal=Seal(body="ecology", hat="entrusted", basis="D-7"))
    assert (paper.sealed_by.code, paper.hat, paper.basis) == ("ecology", "entrusted", "D-7")
    assert "受委托办理，以委托机关名义作出（委托登记：D-7）" in text_of(pdf_of(paper))


def test_a_seal_needs_a_body_and_a_hat_that_exist(small: Small) -> None:
    case = opened(small)
    given = {"given": {"material": ["图"]}, "terms": TERMS, "papers": MISSING}
    with pytest.raises(InvalidInputError, match="organisation_unknown"):
        moved(small, case, "one_time_notice", seal=Seal(body="nobody"), **given)
    with pytest.raises(InvalidInputError, match="unknown_hat"):
        moved(small, case, "one_time_notice", seal=Seal(body="government", hat="king"), **given)


def statements_of_a_decision(small: Small, papers: dict[str, dict[str, object]] | None) -> int:
    """Return what a decision costs, warm; `None` makes it under the licence that issues no papers."""
    case = opened(small)
    moved(small, case, "accept", terms=TERMS, papers={"acceptance": {"applicant": APPLICANT}})
    if papers is None:
        Case.objects.filter(pk=case.pk).update(procedure="licence/8")
    given = {"decision": "grant", "reason": "符合条件"}
    with CaptureQueriesContext(connection) as caught:
        moved(small, case, "grant", "2026-09-24 10:00", given=given, papers=papers or {})
    return len(statements_of(caught))


def test_papers_cost_two_statements_however_many_there_are(small: Small) -> None:
    for papers in (None, GRANT):
        statements_of_a_decision(small, papers)
    without = statements_of_a_decision(small, None)
    one = statements_of_a_decision(small, {"decision_grant": GRANT["decision_grant"]})
    assert one <= without + 2
    assert statements_of_a_decision(small, GRANT) == one


def test_the_number_of_a_series_is_kept_apart_from_those_of_cases(small: Small) -> None:
    noticed(small)
    series = set(NumberSeries.objects.filter(town=small.town).values_list("series", flat=True))
    assert series == {"许2026", "某府收〔2026〕", "某府补告〔2026〕"}


# ---- what a paper says ---------------------------------------------------------------------------------------


def test_the_engine_says_what_it_knows_by_itself(small: Small) -> None:
    paper = noticed(small)
    said = text_of(pdf_of(paper, address="https://town.example.cn"))
    last_day = Clock.objects.get(case=paper.case, code="supply").last_day
    assert last_day is not None
    due = day_text(last_day, tongue="zh", weekday=False)
    parts = ("补正告知书", "某府补告〔2026〕1号", APPLICANT, "临时占用道路", paper.case.number, "占道平面图")
    more = ("标明长度和宽度", "2026年9月21日", f"请最迟{due}补齐", "印章处（待加盖）", paper.token[-6:])
    for part in (*parts, *more, f"https://town.example.cn/v/{paper.token}/"):
        assert part in said, part


def test_a_promise_into_a_year_without_holidays_says_that_its_day_is_provisional(small: Small) -> None:
    case = opened(small, "2027-12-20 09:00")
    moved(small, case, "accept", "2027-12-21 09:00", terms=TERMS, papers={"acceptance": {"applicant": APPLICANT}})
    assert "暂定：放假安排尚未公布" in text_of(pdf_of(Paper.objects.get(case=case, kind="acceptance")))


def test_the_english_version_says_that_the_chinese_governs(small: Small) -> None:
    said = text_of(pdf_of(noticed(small), language="en"))
    assert "theChinesepaperofthesamenumbergoverns" in said
    assert "NoticeofMissingDocuments" in said


def test_a_paper_of_a_demonstration_says_so_across_the_page(small: Small) -> None:
    real = noticed(small)
    simulated = noticed(small, opened(small, simulated=True))
    assert "模拟文书" not in text_of(pdf_of(real))
    said = text_of(pdf_of(simulated))
    assert "模拟文书无效" in said
    assert "（演示）模拟文书，没有任何效力。" in said


def full_facts() -> dict[str, object]:
    rows = [{"name": "甲材料", "state": "已收", "note": "一份"}]
    facts: dict[str, object] = {name: f"值{name}" for name in FACTS}
    return {**facts, **dict.fromkeys(TABLES, rows), "reasons": ["一", "二"], "valid_from": date(2026, 9, 1)}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("code", sorted(templates()))
def test_every_template_prints_with_everything_and_with_the_least(code: str, language: str, small: Small) -> None:
    template = templates()[code]
    least = {name: value for name, value in full_facts().items() if name in template["requires"]}
    common = ("case_number", "paper_number", "item", "town", "seal_body", "day", "body")
    least |= {name: full_facts()[name] for name in common}
    case = opened(small)
    for facts in (full_facts(), least):
        said = stated(facts)
        require_facts(template, said)
        document = compose(template, said, hat="own", basis="")
        assert document["blocks"][-1]["block"] == "signature"
        paper = Paper(
            town=small.town, case=case, number="某〔2026〕1号", token="A" * 20, issued_at=at("2026-09-21 10:00"),
            salt=b"s", content=json.dumps(document, ensure_ascii=False), kind=code,
        )  # fmt: skip
        paper.commitment = _commitment(paper)
        text = text_of(pdf_of(paper, language=language))
        title = template["title"] if language == "zh" else template["title_en"]
        assert "".join(title.split()) in text
        assert "{" not in text


def _commitment(paper: Paper) -> str:
    from jinli.domain.journal import commitment

    assert paper.salt is not None
    assert paper.content is not None
    return commitment(bytes(paper.salt), paper.content)


def test_what_people_write_is_never_run_or_filled_in(small: Small) -> None:
    evil = '#panic() $x$ {item} \\ *粗* <a> "引"'
    paper = noticed(small, papers={"one_time_notice": {"applicant": evil, "missing": ['图 #read("/etc/hosts")']}})
    said = text_of(pdf_of(paper))
    assert "#panic()$x${item}\\*粗*<a>" in said
    assert "#read(" in said


def test_what_nobody_said_prints_nothing(small: Small) -> None:
    said = text_of(pdf_of(noticed(small)))
    assert "怎么补" not in said
    assert "已经收到、不用再交的材料" not in said


def test_a_refusal_names_who_reviews_and_who_is_sued() -> None:
    facts = {name: value for name, value in full_facts().items() if name != "remedies"}
    document = compose(templates()["decision_refuse"], stated(facts), hat="own", basis="")
    remedies = next(one for one in document["blocks"] if one.get("title", {}).get("zh", "").startswith("不服"))
    assert "六十日内向值reviewer申请行政复议" in remedies["points"][0]["zh"]
    assert "以值defendant为被告" in remedies["points"][0]["zh"]


def test_the_same_paper_gives_the_same_bytes_and_is_made_once(small: Small) -> None:
    paper = noticed(small)
    first = pdf_of(paper)
    assert [path.suffix for path in folder_of(paper).iterdir()] == [".pdf"]
    assert pdf_of(paper) == first
    assert first.startswith(b"%PDF-1.7")
    assert b"pdfaid" in first or b"pdfaid" in b"".join(first.split(b"\n"))


def test_no_pdf_is_made_in_the_transaction(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object, **__: object) -> bytes:
        raise AssertionError

    monkeypatch.setattr("jinli.cases.services.printing.press", never)
    noticed(small)


# ---- what becomes of it --------------------------------------------------------------------------------------


def restated(small: Small, paper: Paper, state: str, reason: str = "error", **more: Any) -> Paper:
    act = Restate(**{"paper": paper.pk, "was": paper.state, "state": state, "reason": reason, **more})
    with frozen_at(at("2026-10-12 09:00")):
        return restate_paper(acting=officer(small), act=act)


def test_a_paper_is_suspended_restored_and_revoked_and_the_journal_says_so(small: Small) -> None:
    paper = noticed(small)
    paper = restated(small, paper, "suspended", "breach")
    assert "本文书自2026年10月12日起暂停效力" in text_of(pdf_of(paper))
    paper = restated(small, paper, "valid", "settled")
    paper = restated(small, paper, "revoked", "unlawful")
    assert "已被撤销" in text_of(pdf_of(paper))
    moves = Entry.objects.filter(case=paper.case, move="paper_state").order_by("seq")
    assert [json.loads(one.body)["paper"]["state"] for one in moves] == ["suspended", "valid", "revoked"]
    assert findings(small) == []


def test_a_revoked_paper_stays_revoked(small: Small) -> None:
    paper = restated(small, noticed(small), "revoked", "unlawful")
    with pytest.raises(RefusedError, match="no_such_step"):
        restated(small, paper, "valid", "settled")


def test_a_replaced_paper_names_the_one_in_its_place(small: Small) -> None:
    paper, other = noticed(small), noticed(small)
    with pytest.raises(InvalidInputError, match="nothing_in_its_place"):
        restated(small, paper, "replaced")
    paper = restated(small, paper, "replaced", replaced_by=other.pk)
    assert f"已被{other.number}替代" in text_of(pdf_of(paper))


def test_of_two_who_change_a_paper_the_second_is_told(small: Small) -> None:
    paper = noticed(small)
    restated(small, paper, "suspended", "breach")
    with pytest.raises(ConflictError, match="restated_meanwhile"):
        restated(small, paper, "revoked", was="valid")


def test_only_the_body_that_sealed_or_owns_changes_a_paper(small: Small) -> None:
    act = Restate(paper=noticed(small).pk, was="valid", state="revoked", reason="error")
    with pytest.raises(RefusedError, match="not_yours"), frozen_at(at("2026-10-12 09:00")):
        restate_paper(acting=small.water, act=act)


def test_erasure_takes_what_a_paper_says_and_its_printed_forms_and_leaves_its_number(
    small: Small, django_capture_on_commit_callbacks: object
) -> None:
    paper = noticed(small)
    pdf_of(paper)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase_payload(acting=officer(small), case=paper.case, basis="个人信息保护法第四十七条")
    assert not folder_of(paper).exists()
    paper.refresh_from_db()
    assert (paper.content, paper.salt, paper.number) == (None, None, "某府补告〔2026〕1号")
    with pytest.raises(RefusedError, match=r"paper\.erased"):
        pdf_of(paper)
    assert findings(small) == []


def test_an_erasure_is_applied_again_after_a_restore(small: Small) -> None:
    paper = noticed(small)
    held = Paper.objects.filter(pk=paper.pk).values("content", "salt", "erased_at").get()
    erase_payload(acting=officer(small), case=paper.case, basis="依法")
    Paper.objects.filter(pk=paper.pk).update(**held)
    assert apply_erasure_register() > 0
    paper.refresh_from_db()
    assert paper.content is None


def test_a_paper_that_was_changed_is_not_printed_and_is_found(small: Small) -> None:
    paper = noticed(small)
    assert paper.content is not None
    Paper.objects.filter(pk=paper.pk).update(content=paper.content.replace(APPLICANT, "别的人"))
    paper.refresh_from_db()
    with pytest.raises(RefusedError, match="altered"):
        pdf_of(paper)
    assert findings(small) == ["cases.verify.paper"]


def test_a_paper_that_is_gone_or_was_never_issued_is_found(small: Small) -> None:
    paper, other = noticed(small), noticed(small)
    Paper.objects.filter(pk=paper.pk).delete()
    Paper.objects.filter(pk=other.pk).update(number="某府补告〔2026〕7号")
    assert sorted(findings(small)) == [
        "cases.verify.paper_extra",
        "cases.verify.paper_missing",
        "cases.verify.paper_missing",
    ]


def test_a_refused_paper_is_said_in_both_languages(small: Small) -> None:
    from jinli.ui.words import say_error

    with pytest.raises(InvalidInputError) as refused:
        opened(small, papers={"receipt": {}})
    assert say_error(refused.value) == "《收件凭证》还缺“申请人”，补上才能出具。"
    with translation.override("en"), pytest.raises(InvalidInputError) as refused:
        opened(small, papers={"receipt": {}})
    with translation.override("en"):
        assert "Receipt for Documents" in say_error(refused.value)
