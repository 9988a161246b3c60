from typing import Any

from django.core.management.base import BaseCommand

from config.vietnamese.numbers import format_decimal
from plans.acts.projection import rebuild
from plans.models import Plan


class Command(BaseCommand):
    help = "Dựng lại hiện trạng của mọi nhiệm vụ theo từng ngày, chỉ từ lịch sử đã ghi."

    def handle(self, *args: Any, **options: Any) -> None:
        plans = Plan.objects.order_by("pk")
        if not plans:
            self.stdout.write("Chưa có kế hoạch nào.")
        for plan in plans:
            count = format_decimal(rebuild(plan=plan))
            self.stdout.write(f"Đã dựng lại hiện trạng của {count} nhiệm vụ: kế hoạch “{plan}”.")
