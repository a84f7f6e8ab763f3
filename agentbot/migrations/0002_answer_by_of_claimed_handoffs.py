from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("agentbot", "0001_initial"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="conversation",
            name="policy_arm",
        ),
        migrations.RemoveIndex(
            model_name="handoff",
            name="handoff_unclaimed",
        ),
        migrations.AddIndex(
            model_name="handoff",
            index=models.Index(
                condition=models.Q(("returned_at__isnull", True)), fields=["answer_by"], name="handoff_unanswered"
            ),
        ),
    ]
