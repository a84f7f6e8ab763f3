"""Heads of everybody once a device, consents that were taken back in a table of their own."""

from typing import Any

from django.db import migrations, models


def keep_one_of_each(apps: Any, schema_editor: Any) -> None:
    """The row that was heard of last stays, withdrawn where one of its like with the same consents was."""
    heads = apps.get_model("generation", "HostedHead").objects
    kept: dict[tuple[str, str], Any] = {}
    for row in heads.filter(advertiser=None).order_by("-seen_at", "-id"):
        first = kept.setdefault((row.device, row.name), row)
        if first.pk == row.pk:
            continue
        if row.withdrawn_at and sorted(row.consents) == sorted(first.consents):
            heads.filter(pk=first.pk, withdrawn_at=None).update(withdrawn_at=row.withdrawn_at)
        row.delete()


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0004_language_model_use"),
        ("generation", "0009_hosted_abilities"),
    ]

    operations = [
        migrations.RunPython(keep_one_of_each, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="hostedhead", name="hosted_head_once_per_device"),
        migrations.AddConstraint(
            model_name="hostedhead",
            constraint=models.UniqueConstraint(
                fields=("device", "advertiser", "name"), name="hosted_head_once_per_device", nulls_distinct=False
            ),
        ),
        migrations.AddField(
            model_name="hostedhead", name="card", field=models.CharField(blank=True, default="", max_length=60)
        ),
        migrations.AddField(model_name="hostedhead", name="person", field=models.TextField(blank=True, default="")),
        migrations.CreateModel(
            name="ConsentWithdrawal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("consent", models.CharField(max_length=300, unique=True)),
                ("withdrawn_at", models.DateTimeField()),
            ],
        ),
    ]
