from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_price_validity"),
    ]

    operations = [
        migrations.AddField(
            model_name="advertiser",
            name="territory",
            field=models.CharField(blank=True, default="", max_length=2),
        ),
        migrations.AddField(
            model_name="advertiser",
            name="annual_revenue_usd",
            field=models.PositiveBigIntegerField(blank=True, null=True),
        ),
    ]
