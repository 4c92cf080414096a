"""What a committee read goes on being read until every rater has read what is newer."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("web", "0021_promotions_voices")]

    operations = [migrations.AddField("calibration", "was_open", models.BooleanField(default=False))]
