"""A comment says which post it stands under: what is seen there answers questions about it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("agentbot", "0007_an_ask_s_arm")]

    operations = [
        migrations.AddField(
            model_name="publiccomment",
            name="source",
            field=models.JSONField(db_default={}),
        ),
    ]
