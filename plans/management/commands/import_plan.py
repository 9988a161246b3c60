import datetime as dt
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from config.file_errors import not_read, not_written
from config.office_files.opening import Limits
from config.vietnamese.dates import NotADate, parse_date
from config.vietnamese.numbers import format_decimal
from config.vietnamese.text import clean_line
from plans.acts.importing import HasProblems, Understood, make, understand
from plans.acts.refusals import Refusal
from plans.management.appendix_file import import_appendix
from plans.planfile import PlanFileError, Problem, read_tree
from plans.reading import Doubt, FileRefused, Source, read_source
from plans.reading.corrected import taken
from plans.reading.draft import Draft, DraftBlock, DraftTask
from plans.reading.known import ADD, KEEP_WORDS, kind_of
from plans.reading.parties import Parties
from plans.reading.writing import as_yaml

UNDECIDED = 2


class Command(BaseCommand):
    help = (
        "Đọc một văn bản kế hoạch (.docx, .xlsx, .txt, .md) và nạp vào hệ thống, hoặc sửa phụ lục "
        "của kế hoạch đã có theo một tệp Excel hoặc Word (--plan): tất cả hoặc không gì. "
        "Mã trả về: 0 đã nạp (hoặc đọc thử không còn chỗ phải quyết định), 1 không đọc được hoặc "
        f"không nạp được, {UNDECIDED} còn chỗ chưa rõ phải quyết định (chưa ghi gì)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="TỆP", type=Path, help="văn bản kế hoạch")
        parser.add_argument("--dry-run", action="store_true", help="chỉ đọc và báo, không ghi gì")
        parser.add_argument(
            "--out",
            type=Path,
            metavar="TỆP",
            help="ghi điều đã hiểu thành tệp YAML để sửa tay, rồi load_plan",
        )
        parser.add_argument(
            "--add-units",
            action="store_true",
            help="mọi đơn vị, nhóm chưa có mà văn bản nêu tên (Phòng …, Trung tâm …) thì thêm mới; "
            "tên người không bao giờ",
        )
        parser.add_argument(
            "--keep-words",
            action="store_true",
            help="tên không rõ thì giữ nguyên chữ, chưa phân công cho ai",
        )
        parser.add_argument(
            "--due-on",
            type=_day,
            metavar="NGÀY",
            help="thời hạn chung của kế hoạch, như 30/11/2023 (khi văn bản chỉ nói ở phần tổ chức "
            "thực hiện, hoặc không nói)",
        )

        parser.add_argument(
            "--plan",
            metavar="MÃ",
            help="mã của kế hoạch đã có, được sửa phụ lục theo tệp Excel, Word",
        )
        parser.add_argument(
            "--by",
            metavar="TÊN_ĐĂNG_NHẬP",
            help="tên đăng nhập của quản trị chịu trách nhiệm (với --plan)",
        )
        parser.add_argument(
            "--reason", metavar="LÝ_DO", default="", help="lý do thay đổi (với --plan)"
        )
        parser.add_argument(
            "--withdraw-missing",
            action="store_true",
            help="nhiệm vụ không có trong tệp là đã rút khỏi phụ lục (với --plan)",
        )
        parser.add_argument(
            "--other-plan",
            action="store_true",
            help="tệp là phụ lục của kế hoạch khác, vẫn dùng để sửa kế hoạch này (với --plan)",
        )

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            # One byte more than is allowed is enough to say that the file is too large.
            with file.open("rb") as opened:
                content = opened.read(Limits().packed + 1)
            if options["plan"]:
                import_appendix(content, file.name, self.stdout.write, options, UNDECIDED)
                return
            source = read_source(content, file.name)
            corrections = _corrections(source, options)
            understood = understand(source, corrections)
        except OSError as error:
            raise CommandError(not_read(file, error)) from error
        except FileRefused as error:
            raise CommandError(f"Chưa nạp {file}: {error}") from error
        for line in _told(understood):
            self.stdout.write(line)
        self._write(understood, options["out"])
        if understood.open_doubts:
            self.stderr.write(
                f"Chưa nạp: còn {format_decimal(understood.open_doubts)} chỗ đánh dấu [!] phải "
                "quyết định. Sửa ở trang Nhập kế hoạch, hoặc dùng --add-units, --keep-words, "
                "hoặc --out rồi sửa tệp."
            )
            sys.exit(UNDECIDED)
        if options["dry_run"]:
            self.stdout.write("Đọc thử xong, chưa ghi gì.")
            return
        try:
            plan = make(understood)
        except HasProblems as error:
            problems = "\n".join(_problems(understood.draft, error.problems))
            raise CommandError(f"Chưa nạp {file}:\n{problems}") from error
        except Refusal as error:
            raise CommandError(f"Chưa nạp {file}: {error}") from error
        self.stdout.write(
            f"Đã nạp kế hoạch “{plan}”: {format_decimal(plan.tasks.count())} nhiệm vụ."
        )

    def _write(self, understood: Understood, out: Path | None) -> None:
        root = understood.tree()
        problems: list[Problem] = []
        try:
            read_tree(root)
        except PlanFileError as error:
            problems = error.problems
        if out is not None:
            try:
                out.write_text(as_yaml(root), encoding="utf-8")
            except OSError as error:
                raise CommandError(not_written(out, error)) from error
            self.stdout.write(f"Đã ghi {out}.")
        for problem in _problems(understood.draft, problems):
            self.stdout.write(f"[!] {problem}")


def _problems(draft: Draft, problems: Iterable[Problem]) -> Iterator[str]:
    """What is wrong, at its place in the document."""
    for one in problems:
        place = f", {one.place}" if one.place else ""
        yield f"{draft.place(one.line)}{place}: {one.message}"


def _day(written: str) -> dt.date:
    try:
        return parse_date(written)
    except NotADate as error:
        raise ArgumentTypeError(f"“{written}” không phải ngày như 30/11/2023") from error


def _corrections(source: Source, options: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What the options decide, as corrections of the draft."""
    understood = understand(source)
    due_on = options["due_on"]
    plan = taken(due_on, understood.draft.plan.proposed_dues) if due_on else {}
    return {"names": _decisions(understood, **options), "plan": plan}


def _decisions(
    understood: Understood, add_units: bool, keep_words: bool, **options: Any
) -> dict[str, str]:
    """What the options decide about the names that are not known here."""
    decisions: dict[str, str] = {}
    for name in understood.unknown_names:
        if add_units and (kind := kind_of(name)) and not understood.is_agency(name):
            decisions[name] = ADD + kind
        elif keep_words:
            decisions[name] = KEEP_WORDS
    return decisions


def _told(understood: Understood) -> list[str]:
    """The tree with the place of everything, then the doubts."""
    draft = understood.draft
    plan = draft.plan
    lines = [
        f"{plan.type or 'Kế hoạch'} số {plan.number or '…'}/{plan.symbol or '…'}: {plan.title}",
        f"Mã: {understood.code}. Năm: {plan.year or '?'}. "
        f"Thời hạn chung: {plan.due.said or 'không thấy'}.",
        "",
    ]
    for indicator in draft.indicators:
        lines.append(
            f"{_at(draft, indicator.line)} {indicator.number} {indicator.heading or indicator.name}"
        )
        for area in indicator.areas:
            for depth, one in ((1, area), *((2, inner) for inner in area.areas)):
                lines.append(f"{_at(draft, one.line)}{'  ' * depth} {one.number} {one.title}")
                for block in one.blocks:
                    if block.heading:
                        at = _at(draft, block.line)
                        lines.append(
                            f"{at}{'  ' * depth}   {block.number} {block.heading}".rstrip()
                        )
                    lines += [_task(draft, block, task) for task in block.tasks]
    doubts = [
        f"{'[!]' if doubt.must else '[?]'} {_doubted(draft, doubt)} {doubt.message}"
        for doubt in draft.doubts
    ]
    return [
        *lines,
        "",
        f"Cần xem lại: {format_decimal(len(doubts))} chỗ."
        if doubts
        else "Không có chỗ nào nghi ngờ.",
        *doubts,
        "",
    ]


def _task(draft: Draft, block: DraftBlock, task: DraftTask) -> str:
    facts = [f"chủ trì {_names(block.lead_of(task))}", f"phối hợp {_names(block.support_of(task))}"]
    facts += [task.due.said] if task.due.said else []
    facts += [f"{len(task.targets)} chỉ tiêu"] if task.targets else []
    facts += [f"ghi chú “{clean_line(task.note)}”"] if task.note else []
    return f"{_at(draft, task.line)}       {task.code} {task.title} [{'; '.join(facts)}]"


def _names(parties: Parties) -> str:
    return (
        ", ".join((*parties.codes, *(f"“{one}”?" for one in (*parties.unknown, *parties.own))))
        or "–"
    )


def _at(draft: Draft, line: int | None) -> str:
    """The place of a line; numbers stand below each other."""
    if line and line not in draft.places:
        return f"{draft.counts} {line:>4}"
    return draft.place(line) if line else " " * (len(draft.counts) + 5)


def _doubted(draft: Draft, doubt: Doubt) -> str:
    return doubt.place or _at(draft, doubt.line)
