"""What the database itself refuses, and the search index.

Entries and seals are never updated or deleted. A payload is never updated; it may be deleted (lawful erasure).
"""

from django.db import migrations

_SQLITE = [
    "CREATE TRIGGER cases_entry_no_update BEFORE UPDATE ON cases_entry BEGIN SELECT RAISE(ABORT, 'entries are never updated'); END",
    "CREATE TRIGGER cases_entry_no_delete BEFORE DELETE ON cases_entry BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END",
    "CREATE TRIGGER cases_seal_no_update BEFORE UPDATE ON cases_seal BEGIN SELECT RAISE(ABORT, 'seals are never updated'); END",
    "CREATE TRIGGER cases_seal_no_delete BEFORE DELETE ON cases_seal BEGIN SELECT RAISE(ABORT, 'seals are never deleted'); END",
    "CREATE TRIGGER cases_payload_no_update BEFORE UPDATE ON cases_entrypayload BEGIN SELECT RAISE(ABORT, 'payloads are never updated'); END",
    "CREATE TRIGGER cases_case_no_delete BEFORE DELETE ON cases_case BEGIN SELECT RAISE(ABORT, 'cases are never deleted'); END",
    "CREATE TRIGGER cases_clock_no_delete BEFORE DELETE ON cases_clock BEGIN SELECT RAISE(ABORT, 'clocks are never deleted'); END",
    "CREATE VIRTUAL TABLE cases_search_fts USING fts5(terms, content='cases_searchrow', content_rowid='id', tokenize=\"unicode61 remove_diacritics 0\")",
    "CREATE TRIGGER cases_search_insert AFTER INSERT ON cases_searchrow BEGIN"
    " INSERT INTO cases_search_fts(rowid, terms) VALUES (new.id, new.terms); END",
    "CREATE TRIGGER cases_search_delete AFTER DELETE ON cases_searchrow BEGIN"
    " INSERT INTO cases_search_fts(cases_search_fts, rowid, terms) VALUES ('delete', old.id, old.terms); END",
    "CREATE TRIGGER cases_search_update AFTER UPDATE ON cases_searchrow BEGIN"
    " INSERT INTO cases_search_fts(cases_search_fts, rowid, terms) VALUES ('delete', old.id, old.terms);"
    " INSERT INTO cases_search_fts(rowid, terms) VALUES (new.id, new.terms); END",
]
_POSTGRESQL = [
    "CREATE FUNCTION cases_never() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '% on % is refused: this row is never changed', TG_OP, TG_TABLE_NAME; END $$",
    "CREATE TRIGGER cases_entry_guard BEFORE UPDATE OR DELETE ON cases_entry FOR EACH ROW EXECUTE FUNCTION cases_never()",
    "CREATE TRIGGER cases_seal_guard BEFORE UPDATE OR DELETE ON cases_seal FOR EACH ROW EXECUTE FUNCTION cases_never()",
    "CREATE TRIGGER cases_payload_guard BEFORE UPDATE ON cases_entrypayload FOR EACH ROW EXECUTE FUNCTION cases_never()",
    "CREATE TRIGGER cases_case_guard BEFORE DELETE ON cases_case FOR EACH ROW EXECUTE FUNCTION cases_never()",
    "CREATE TRIGGER cases_clock_guard BEFORE DELETE ON cases_clock FOR EACH ROW EXECUTE FUNCTION cases_never()",
    "CREATE INDEX cases_search_terms ON cases_searchrow USING gin (to_tsvector('simple', terms))",
]


def lay(apps, schema_editor):
    statements = _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("cases", "0001_initial"),)
    operations = (migrations.RunPython(lay, elidable=False),)
