"""What a case said before stays beside it; an advocate is proposed before they are asked."""

from django.db import migrations, models

from fairlead.web.vault.house_fields import HouseJSON


class Migration(migrations.Migration):
    dependencies = [("web", "0023_promotions_deciding")]

    operations = [
        migrations.AddField("nomination", "earlier", HouseJSON(default=list)),
        migrations.AlterField(
            "nomination",
            "advocate_wants",
            models.CharField(
                blank=True,
                max_length=8,
                choices=[
                    ("proposed", "proposed; the candidate has not said yes to it"),
                    ("asked", "asked, no answer yet"),
                    ("yes", "wants to speak for it"),
                    ("no", "does not want to"),
                ],
            ),
        ),
    ]
