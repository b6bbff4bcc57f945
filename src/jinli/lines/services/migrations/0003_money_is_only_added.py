"""The database refuses to change a line of the ledger or a rule of a subsidy, and to remove a budget."""

from django.db import migrations

_NEVER = ("services_budgetline", "services_subsidyrule")
_SQLITE = [
    f"CREATE TRIGGER {table}_no_{act} BEFORE {act.upper()} ON {table} BEGIN"
    f" SELECT RAISE(ABORT, 'rows of {table} are only added'); END"
    for table in _NEVER
    for act in ("update", "delete")
] + [
    "CREATE TRIGGER services_budget_no_delete BEFORE DELETE ON services_budget BEGIN"
    " SELECT RAISE(ABORT, 'budgets are never deleted'); END",
]
_POSTGRESQL = [
    "CREATE FUNCTION services_never() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RAISE EXCEPTION '% on % is refused: this row is never changed', TG_OP, TG_TABLE_NAME; END $$",
    *(
        f"CREATE TRIGGER {table}_guard BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION services_never()"
        for table in _NEVER
    ),
    "CREATE TRIGGER services_budget_guard BEFORE DELETE ON services_budget"
    " FOR EACH ROW EXECUTE FUNCTION services_never()",
]


def lay(apps, schema_editor):
    statements = _SQLITE if schema_editor.connection.vendor == "sqlite" else _POSTGRESQL
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class Migration(migrations.Migration):
    dependencies = (("services", "0002_money"),)
    operations = (migrations.RunPython(lay, elidable=False),)
