"""A leaner search index: it keeps which row holds a term, and not where in the row.

Terms are written apart by spaces and in lower case (`cases.search`), so that the plainest tokenizer reads them, and
nobody asks for one term behind another. PostgreSQL keeps its own.
"""

from django.db import migrations

_LEAN = (
    "CREATE VIRTUAL TABLE cases_search_fts USING fts5(terms, content='cases_searchrow', content_rowid='id',"
    " tokenize='ascii', detail=none, columnsize=0)"
)
_BEFORE = (
    "CREATE VIRTUAL TABLE cases_search_fts USING fts5(terms, content='cases_searchrow', content_rowid='id',"
    ' tokenize="unicode61 remove_diacritics 0")'
)


def _lay(schema_editor, table):
    if schema_editor.connection.vendor != "sqlite":
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("DROP TABLE cases_search_fts")
        cursor.execute(table)
        cursor.execute("INSERT INTO cases_search_fts(cases_search_fts) VALUES ('rebuild')")


def lay(apps, schema_editor):
    _lay(schema_editor, _LEAN)


def lay_before(apps, schema_editor):
    _lay(schema_editor, _BEFORE)


class Migration(migrations.Migration):
    dependencies = (("cases", "0006_papers"),)
    operations = (migrations.RunPython(lay, lay_before, elidable=False),)
