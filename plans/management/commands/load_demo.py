from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.file_errors import not_read
from config.vietnamese import dates
from plans import tallies
from plans.acts.demonstration import Loaded, load_demonstration
from plans.acts.refusals import Refusal
from plans.demonstration import Story, read_story
from plans.models import Plan, ProgressUpdate
from plans.planfile import PlanFileError, read_plan
from plans.tallies import Tally
from units.models import Role, Unit

DATA = Path(__file__).resolve().parents[2] / "data"
STORY = DATA / "minh-hoa-2023.yaml"

# The categories of a tally that add up to its total, then what cuts across them.
_PARTS = (
    ("Hoàn thành đúng hạn", "done_on_time"),
    ("Hoàn thành quá hạn", "done_late"),
    ("Không phát sinh", "not_arisen"),
    ("Chờ xác nhận", "awaiting"),
    ("Đang thực hiện", "in_progress"),
    ("Chưa thực hiện", "not_started"),
    ("Chưa có thông tin", "no_info"),
    ("Tạm dừng", "paused"),
    ("Dừng thực hiện", "stopped"),
    ("Cộng", "total"),
    ("  trong đó quá hạn", "overdue"),
)


class Command(BaseCommand):
    help = "Biến một cơ sở dữ liệu mới thành bản minh họa: tài khoản và diễn biến năm 2023."
    # `make run` calls this at every start, after commands that made the checks.
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            story = read_story(STORY)
            known = Plan.objects.filter(code=story.plan).exists()
            plan_file = None if known else read_plan(DATA / f"{story.plan}.yaml")
            loaded = load_demonstration(story=story, plan_file=plan_file)
        except (PlanFileError, Refusal) as error:
            raise CommandError(f"Chưa nạp dữ liệu minh họa:\n{error}") from error
        except OSError as error:
            raise CommandError(not_read(error.filename, error)) from error
        for line in (*self._outcome(loaded), *_accounts(story), *_state_of_affairs(loaded)):
            self.stdout.write(line)

    def _outcome(self, loaded: Loaded) -> list[str]:
        if not loaded.is_new:
            return ["Dữ liệu minh họa đã có từ trước, giữ nguyên như hiện có."]
        records = ProgressUpdate.objects.filter(assignment__task__plan=loaded.plan).count()
        today = dates.short(loaded.demonstration.today)
        return [f"Đã nạp dữ liệu minh họa: {records} lần ghi tiến độ, ngày hôm nay là {today}."]


def _accounts(story: Story) -> list[str]:
    units = dict(Unit.objects.values_list("code", "short_name"))
    rows = [("Tài khoản", "Vai trò", "Đơn vị", "Nên thử")]
    for one in story.accounts:
        unit = units.get(one.unit, "–")
        rows.append((one.username, str(Role(one.role).label), unit, one.tries))
    return ["", *_aligned(rows), "", f"Mật khẩu chung: {story.password}"]


def _state_of_affairs(loaded: Loaded) -> list[str]:
    """Parts of the units side by side, and whole tasks, on the demonstration's day."""
    plan, day = loaded.plan, loaded.demonstration.today
    by_unit = tallies.by_unit(plan, day)
    parts = tallies.total(tally for _, tally in by_unit)
    tasks = tallies.total(tally for _, tally in tallies.by_indicator(plan, day))
    columns: list[tuple[str, Tally]] = [(unit.short_name, tally) for unit, tally in by_unit]
    columns += [("Cộng", parts), ("Nhiệm vụ", tasks)]
    rows = [("Phần việc của", *(name for name, _ in columns))]
    for label, field in _PARTS:
        rows.append((label, *(str(getattr(tally, field) or "·") for _, tally in columns)))
    return ["", f"Tình hình đến ngày {dates.short(day)}:", *_aligned(rows, figures=True)]


def _aligned(rows: Sequence[Sequence[str]], *, figures: bool = False) -> list[str]:
    """Each column as wide as its longest text (NFC: one place a letter); `figures` after the
    first column stand to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        first, *rest = zip(row, widths, strict=True)
        cells = [first[0].ljust(first[1])]
        cells += [text.rjust(width) if figures else text.ljust(width) for text, width in rest]
        lines.append("  ".join(cells).rstrip())
    return lines
