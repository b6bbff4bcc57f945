from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("exchange", "0004_sheets"),)
    operations = (
        migrations.AddIndex(
            model_name="mirror",
            index=models.Index(
                condition=models.Q(("current", False)), fields=["source", "foreign_number"], name="mirror_earlier"
            ),
        ),
    )
