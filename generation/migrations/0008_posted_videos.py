"""Which video stands under which post, so that what viewers ask about it is answered from what it shows."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_language_model_use"),
        ("generation", "0007_hosted_heads"),
    ]

    operations = [
        migrations.CreateModel(
            name="PostedVideo",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("post", models.CharField(max_length=200)),
                ("made_from", models.UUIDField(blank=True, db_index=True, null=True)),
                ("parts", models.JSONField(default=list)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "advertiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="core.advertiser"
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [models.UniqueConstraint(fields=("advertiser", "post"), name="post_shows_one_video")],
            },
        ),
    ]
