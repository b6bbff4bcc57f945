"""S6: an office edits an item in a workbook. Five faults are five messages at once, and nothing is loaded."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl.utils import get_column_letter

from jinli.cases.editions import load_procedure
from jinli.lines.services.models import ItemEdition
from jinli.lines.services.selectors.editions import surroundings_of
from jinli.lines.services.workbook.columns import SHAPES
from jinli.lines.services.workbook.reading import read_workbook
from jinli.lines.services.workbook.writing import workbook_of
from jinli.packs.items import ChoiceRow, FeeRow, FieldRow, ItemRow
from jinli.town.models import Attribute, Division
from jinli.ui.words import all_words, say
from tests.cases.small import at, load_years
from tests.domain.procedures import sources
from tests.lines.services.items import AT, item, publish, shell
from tests.lines.services.test_editions import DAY
from tests.shared import shared
from tests.town.small_town import SmallTown, build

CHOICES = (ChoiceRow(code="flat", label="平面", label_en="Flat"), ChoiceRow(code="box", label="灯箱"))
WHO = FieldRow(code="who", label="姓名")
BARE = ItemRow(
    code="bare", name="空的", kind="other", applicants=("person",), offered="counter", procedure="filing", source="测试"
)
RICH = item(
    form=(
        FieldRow(code="kind", label="样式", kind="choice", choices=CHOICES),
        FieldRow(code="staff", label="员工", kind="group", when={"kind": ("box",)}, fields=(WHO,)),
    ),
    fees=(FeeRow(name="占用费", amount="=1+1", basis="城市道路管理条例第三十七条"),),
)  # fmt: skip


@shared
def town() -> SmallTown:
    made = build()
    nation = Division.objects.get(level=Division.Level.NATIONAL)
    load_years(nation)
    for found in sources():
        load_procedure(nation, found, at("2026-01-01 00:00"))
    for code in ("credit_code", "name", "telephone"):
        Attribute.objects.get_or_create(code=code, defaults={"title": code})
    made.division = publish(made.division, RICH, shell())
    return made


def browser(town: SmallTown, role: str) -> Client:
    client = Client()
    client.force_login(town.person(role))
    return client


def exported(client: Client) -> Any:
    """Return the workbook as it is downloaded."""
    answer = client.get("/catalogue/export/")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.content))


def put(book: Any, sheet: str, code: str, column: str, value: object) -> None:
    """Write into the row of an item or part, in the column with a heading."""
    page = book[sheet]
    heads = {str(cell.value): cell.column for cell in page[2]}
    key = heads["code"]
    row = next(line[0].row for line in page.iter_rows(min_row=3) if line[key - 1].value == code)
    page.cell(row=row, column=heads[column], value=value)


def letter(sheet: str, column: str) -> str:
    """Return the letter of a column."""
    columns = next(one.columns for one in SHAPES if one.key == sheet)
    return get_column_letter(columns.index(column) + 1)


def sent(client: Client, book: Any) -> Any:
    stream = io.BytesIO()
    book.save(stream)
    return client.post("/catalogue/workbook/", {"file": SimpleUploadedFile("items.xlsx", stream.getvalue())})


def faults_of(answer: Any) -> list[str]:
    found = answer.context["found"]
    return [one.text for one in found.faults]


def test_five_faults_are_five_messages_at_once_and_nothing_is_loaded(town: SmallTown) -> None:
    client = browser(town, "window_clerk")
    book = exported(client)
    before = list(ItemEdition.objects.values_list("pk", "digest"))
    put(book, "事项", "road_occupation", "promised.amount", 25)
    put(book, "事项", "road_occupation", "office", "no_such")
    put(book, "情形", "what", "when", "how: long")
    put(book, "材料", "design", "when", "what=fly")
    put(book, "表单", "staff", "needed", "也许")
    answer = sent(client, book)
    assert answer.status_code == 422
    assert faults_of(answer) == [
        f"事项 第 4 行 {letter('items', 'office')} 列“承办单位代码”：包里没有“no_such”。",
        f"事项 第 4 行 {letter('items', 'promised.amount')} 列“承诺期限”：承诺“25 working_day”比法定的晚到期，"
        "应 <= 20 working_day (2026-01-01)（括号里是从哪天收件起）",
        f"情形 第 3 行 {letter('situations', 'when')} 列“什么情况才要（what=dig|occupy; …）”："
        "“how: long”写法不对，应为 what=dig|occupy; pipes=yes 这样的写法",
        f"材料 第 4 行 {letter('materials', 'when')} 列“什么情况才要（what=dig|occupy; …）”："
        "“fly”不在可选范围，应为 occupy | dig",
        f"表单 第 4 行 {letter('form', 'needed')} 列“必填”：“也许”应为 是 | 否 | true | false",
    ]
    assert list(ItemEdition.objects.values_list("pk", "digest")) == before


def test_a_good_workbook_shows_what_it_changes_and_then_becomes_a_draft(town: SmallTown) -> None:
    client = browser(town, "window_clerk")
    book = exported(client)
    put(book, "事项", "road_occupation", "name", "占道审批")
    put(book, "材料", "plan", "copies", 3)
    answer = sent(client, book)
    assert answer.status_code == 200
    (changed,) = answer.context["found"].changed
    assert [(one.where, one.before, one.after) for one in changed.changes] == [
        ("名称", "占用、挖掘城市道路审批", "占道审批"),
        ("材料 • plan • 份数", "1", "3"),
    ]
    assert answer.context["found"].same == 1
    assert not ItemEdition.objects.filter(state="draft").exists()
    kept = client.post("/catalogue/workbook/keep/", {"token": answer.context["found"].token}, follow=True)
    assert kept.redirect_chain == [("/catalogue/items/road_occupation/", 302)]
    draft = ItemEdition.objects.get(state="draft")
    assert (draft.content["name"], draft.content["materials"][0]["copies"]) == ("占道审批", 3)
    assert draft.written_by == town.person("window_clerk")


def test_from_the_workbook_to_the_public_page_two_people_have_looked(town: SmallTown) -> None:
    clerk, administrator = browser(town, "window_clerk"), browser(town, "administrator")
    book = exported(clerk)
    put(book, "事项", "road_occupation", "name", "占道审批")
    token = sent(clerk, book).context["found"].token
    clerk.post("/catalogue/workbook/keep/", {"token": token})
    draft = ItemEdition.objects.get(state="draft")
    said = {"digest": draft.digest}
    assert clerk.post(f"/catalogue/editions/{draft.pk}/review/", said).status_code == 302
    refused = clerk.post(f"/catalogue/editions/{draft.pk}/publish/", said)
    assert refused.status_code == 422
    assert say("services.edition.own_words") in refused.content.decode()
    assert administrator.post(f"/catalogue/editions/{draft.pk}/publish/", said).status_code == 302
    page = Client().get("/t/990101001/services/road_occupation/").content.decode()
    assert "<h1>占道审批</h1>" in page
    late = administrator.post(f"/catalogue/editions/{draft.pk}/review/", said)
    assert late.status_code == 409


def test_two_workbooks_at_once_the_second_is_told(town: SmallTown) -> None:
    tokens = {}
    for role, name in (("window_clerk", "一"), ("administrator", "二")):
        client = browser(town, role)
        book = exported(client)
        put(book, "事项", "road_occupation", "name", name)
        tokens[role] = sent(client, book).context["found"].token
    assert (
        browser(town, "window_clerk").post("/catalogue/workbook/keep/", {"token": tokens["window_clerk"]}).status_code
        == 302
    )
    late = browser(town, "administrator").post("/catalogue/workbook/keep/", {"token": tokens["administrator"]})
    assert late.status_code == 409
    assert "在你导出以后改过了" in late.content.decode()


def test_a_check_of_somebody_else_or_a_forged_one_is_not_kept(town: SmallTown) -> None:
    client = browser(town, "window_clerk")
    book = exported(client)
    put(book, "事项", "road_occupation", "name", "占道审批")
    token = sent(client, book).context["found"].token
    for other, said in ((browser(town, "administrator"), token), (client, token[:-2] + "xx")):
        assert other.post("/catalogue/workbook/keep/", {"token": said}).status_code == 422
    assert not ItemEdition.objects.filter(state="draft").exists()


def test_an_unchanged_workbook_changes_nothing(town: SmallTown) -> None:
    client = browser(town, "window_clerk")
    answer = sent(client, exported(client))
    assert (answer.status_code, answer.context["found"].changed, answer.context["found"].token) == (200, (), "")


@pytest.mark.parametrize("content", [b"", b"no workbook", b"PK\x03\x04 neither"])
def test_what_is_no_workbook_is_refused_with_a_way_out(town: SmallTown, content: bytes) -> None:
    client = browser(town, "window_clerk")
    answer = client.post("/catalogue/workbook/", {"file": SimpleUploadedFile("items.xlsx", content)})
    assert answer.status_code == 422
    assert "读不了这个文件" in answer.content.decode()


def test_a_sheet_or_column_that_is_missing_is_a_fault_and_not_an_empty_one(town: SmallTown) -> None:
    client = browser(town, "window_clerk")
    book = exported(client)
    del book["依据"]
    book["收费"].delete_cols(3)
    texts = faults_of(sent(client, book))
    assert texts[0].startswith("依据：缺这一页") or texts[1].startswith("依据：缺这一页")
    assert any("收费 第 2 行 " in one and "缺这一列" in one for one in texts)


def test_items_go_out_and_come_back_the_same_and_no_text_becomes_a_formula(town: SmallTown) -> None:
    rows = (RICH, shell())
    around = lambda items: surroundings_of(town.division, DAY, items)  # noqa: E731
    read = read_workbook(io.BytesIO(workbook_of(rows)), around)
    assert read.faults == ()
    assert tuple(read.items.values()) == rows


def test_every_column_of_the_workbook_has_words() -> None:
    columns = {f"services.column.{name}" for shape in SHAPES for name in shape.columns}
    assert columns - all_words().keys() == set()


def test_a_reader_without_the_duty_downloads_and_does_not_send(town: SmallTown) -> None:
    client = browser(town, "command_centre")
    assert client.get("/catalogue/export/?item=road_occupation").status_code == 200
    assert client.get("/catalogue/export/?item=no_such").status_code == 404
    assert client.get("/catalogue/workbook/").status_code == 403
    assert say("services.catalogue.import") not in client.get("/catalogue/").content.decode()


def test_the_list_says_what_each_item_lacks(town: SmallTown) -> None:
    publish(town.division, BARE)
    page = browser(town, "town_head").get("/catalogue/?show=gaps").content.decode()
    assert "法定期限未知 • 没有承诺期限 • 没有窗口或承办单位 • 没有依据 • 没有写结果 • 跑几趟未知 • 没有英文" in page


def test_the_list_asks_the_database_the_same_whatever_the_number_of_items(
    town: SmallTown, django_assert_max_num_queries: Any
) -> None:
    publish(town.division, *(item(f"item{number}") for number in range(30)), at=AT)
    client = browser(town, "town_head")
    client.get("/catalogue/")
    with django_assert_max_num_queries(16):
        client.get("/catalogue/")
