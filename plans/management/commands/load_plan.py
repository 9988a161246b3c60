from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.file_errors import not_read
from plans.acts.loading import load
from plans.planfile import PlanFileError, read_plan


class Command(BaseCommand):
    help = "Nạp một kế hoạch từ tệp dữ liệu; có lỗi thì không ghi gì và nói rõ lỗi ở dòng nào."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="tệp kế hoạch, như plans/data/ke-hoach-2023.yaml"
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            plan_file = read_plan(file)
        except PlanFileError as error:
            raise CommandError(f"Chưa nạp {file}:\n{error}") from error
        except OSError as error:
            raise CommandError(not_read(file, error)) from error
        loaded = load(plan_file=plan_file)
        if not loaded.is_new:
            self.stdout.write(f"Kế hoạch “{loaded.plan}” đã có từ trước, giữ nguyên như hiện có.")
            return
        tasks = loaded.plan.tasks.count()
        self.stdout.write(f"Đã nạp kế hoạch “{loaded.plan}”: {tasks} nhiệm vụ.")
