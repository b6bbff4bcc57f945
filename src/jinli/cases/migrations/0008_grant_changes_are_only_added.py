"""The database refuses to change what happened to a grant, and to remove a grant."""

from django.db import migrations

_SQLITE = [
    "CREATE TRIGGER cases_grantchange_no_update BEFORE UPDATE ON cases_grantchange BEGIN"
    " SELECT RAISE(ABORT, 'what happened to a grant is never changed'); END",
    "CREATE TRIGGER cases_grantchange_no_delete BEFORE DELETE ON cases_grantchange BEGIN"
    " SELECT RAISE(ABORT, 'what happened to a grant is never removed'); END",
    "CREATE TRIGGER cases_grant_no_delete BEFORE DELETE ON cases_grant BEGIN"
    " SELECT RAISE(ABORT, 'grants are never deleted'); END",
]
_POSTGRESQL = [
    "CREATE TRIGGER cases_grantchange_guard BEFORE UPDATE OR DELETE ON cases_grantchange"
    " FOR EACH ROW EXECUTE FUNCTION cases_never()",
    "CREATE TRIGGER cases_grant_guard BEFORE DELETE ON cases_grant FOR EACH ROW EXECUTE FUNCTION cases_never()",
]


def lay(apps, schema_editor):
    statements = _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("cases", "0007_grants"),)
    operations = (migrations.RunPython(lay, elidable=False),)
