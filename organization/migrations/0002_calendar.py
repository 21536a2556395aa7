"""Fill the calendar with the years that are known when the system is set up."""

from typing import Any

from django.db import migrations

from organization import holidays_cn


def fill(apps: Any, schema_editor: Any) -> None:
    days, years = apps.get_model("organization", "CalendarDay"), apps.get_model("organization", "CalendarYear")
    for year in range(holidays_cn.FIRST, holidays_cn.LAST + 1):
        published = holidays_cn.is_published(year)
        source = holidays_cn.SOURCE if published else holidays_cn.PROVISIONAL_SOURCE
        years.objects.create(year=year, status="published" if published else "provisional", source=source)
        days.objects.bulk_create(
            days(day=day, is_workday=is_worked, name=name, source=source)
            for day, is_worked, name in holidays_cn.named_days(year)
        )


def empty(apps: Any, schema_editor: Any) -> None:
    apps.get_model("organization", "CalendarDay").objects.all().delete()
    apps.get_model("organization", "CalendarYear").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("organization", "0001_initial")]
    operations = [migrations.RunPython(fill, empty)]
