"""The plan of 2023 becomes rows: everything the document says, once, or nothing."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from plans.models import (
    Area,
    Assignment,
    Block,
    Criterion,
    Indicator,
    LegalDocument,
    Measure,
    Plan,
    PlanSection,
    Recipient,
    Task,
    TaskStanding,
)
from plans.states import Kind, State
from tests.plans.acts.database import contents
from units.models import Unit
from units.naming import find

FILE = Path("plans/data/ke-hoach-2023.yaml")


def load(path=FILE):
    out = StringIO()
    call_command("load_plan", path, stdout=out)
    return out.getvalue()


@pytest.fixture
def plan(db):
    assert load() == (
        "Đã nạp kế hoạch “Nâng cao Chỉ số PAPI, SIPAS và PAR INDEX tỉnh Lạng Sơn năm 2023”: "
        "14 nhiệm vụ.\n"
    )
    return Plan.objects.get()


def test_the_outline(plan):
    assert list(Indicator.objects.values_list("code", flat=True)) == ["PAR INDEX", "SIPAS", "PAPI"]
    par = Area.objects.filter(indicator__code="PAR INDEX")
    assert list(par.values_list("number", "parent__number")) == [
        ("1.1", None),
        ("1.2", None),
        ("1.2.1", "1.2"),
        ("1.2.2", "1.2"),
        ("1.2.3", "1.2"),
    ]
    led = Block.objects.exclude(lead_words="")
    counted = led.values_list("area__number").annotate(n=Count("pk")).order_by("area__number")
    assert list(counted.filter(area__number__startswith="1")) == [
        ("1.2.1", 1),
        ("1.2.2", 2),
        ("1.2.3", 4),
    ]
    assert led.filter(area__indicator__code="SIPAS").count() == 1
    assert led.filter(area__indicator__code="PAPI").count() == 3
    assert Criterion.objects.count() == 10


def test_the_tasks_in_the_order_of_the_plan(plan):
    assert list(Task.objects.order_by("position").values_list("code", flat=True)) == [
        "1.1", "1.2.1", "1.2.2.1", "1.2.2.2", "1.2.3.1", "1.2.3.2", "1.2.3.3", "1.2.3.4.1",
        "1.2.3.4.2", "2.1", "2.2", "3.a", "3.b", "3.c",
    ]  # fmt: skip
    assert set(Task.objects.values_list("due_on", flat=True)) == {dt.date(2023, 11, 30)}
    assert list(Task.objects.exclude(kind=Kind.DEADLINE).values_list("code", "kind")) == [
        ("1.1", Kind.ONGOING),
        ("1.2.2.2", Kind.CONDITIONAL),
    ]


def test_who_leads(plan):
    """In blocks, as the plan prints it; the group that leads 1.2.1 is counted apart."""
    own = Assignment.objects.leads().filter(group=None)
    blocks = own.values_list("unit__code").annotate(n=Count("task__block", distinct=True))
    assert dict(blocks) == {"ttbcxb": 5, "hts": 5, "cds": 3, "ttcns": 2, "vp": 1}
    grouped = Assignment.objects.leads().exclude(group=None)
    assert set(grouped.values_list("task__code", flat=True)) == {"1.2.1"}
    assert set(grouped.values_list("unit__code", flat=True)) == {"ttbcxb", "hts", "cds", "ttcns"}


@pytest.mark.parametrize(
    ("code", "leads", "supports"),
    [
        ("1.1", [], []),
        ("1.2.3.4.1", ["cds"], ["ttbcxb", "hts", "ttcns"]),
        ("1.2.3.4.2", ["ttbcxb"], ["hts", "cds", "ttcns"]),
        ("2.1", ["vp", "ttbcxb", "hts"], ["cds", "ttcns"]),
        ("3.a", ["ttcns"], ["ttbcxb", "hts", "cds"]),
        ("3.b", ["hts"], []),
        ("3.c", ["cds"], []),
    ],
)
def test_parts_of_a_task(plan, code, leads, supports):
    task = Task.objects.get(code=code)
    assert [part.unit.code for part in task.assignments.leads().in_order()] == leads
    assert [part.unit.code for part in task.assignments.supports().in_order()] == supports


def test_the_measures(plan):
    found = Measure.objects.order_by("task__position", "position")
    assert [(one.task.code, one.scale, one.target and int(one.target)) for one in found] == [
        ("1.2.2.1", "percent", 100),
        ("1.2.2.2", "percent", None),
        ("1.2.3.1", "yes_no", 1),
        ("1.2.3.1", "percent", 100),
        ("1.2.3.1", "percent", 100),
        ("1.2.3.3", "percent", 70),
        ("1.2.3.4.1", "percent", None),
        ("1.2.3.4.1", "percent", None),
        ("3.a", "percent", 100),
    ]
    digital = Measure.objects.get(task__code="1.2.3.3")
    assert [digital.target_in(year) for year in (2022, 2023, 2024, 2025)] == [50, 70, 90, 100]


def test_what_stands_around_the_tasks(plan):
    assert (plan.number, plan.issued_on, plan.issued_month) == ("", None, 6)
    assert plan.parent.citation == "Kế hoạch số 142/KH-UBND ngày 24/6/2023 của UBND tỉnh"
    assert sorted(one.citation for one in LegalDocument.objects.exclude(pk=plan.parent_id)) == [
        "Kế hoạch số 157/KH-UBND ngày 15/7/2021 của UBND tỉnh",
        "Kế hoạch số 168/KH-UBND ngày 14/10/2020 của UBND tỉnh",
        "Luật Thực hiện dân chủ ở cơ sở",
        "Luật Tiếp cận thông tin",
    ]
    assert [str(one) for one in Recipient.objects.all()] == [
        "UBND tỉnh (B/c)",
        "Sở Nội vụ",
        "Lãnh đạo Sở",
        "Các phòng CM, TT trực thuộc (Th/h)",
        "Lưu: VT, VP (NMB)",
    ]
    assert (plan.signatory.authority, plan.signatory.title) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    texts = PlanSection.objects.exclude(text="").values_list("part").annotate(n=Count("pk"))
    assert dict(texts) == {"purpose": 2, "deadline": 1, "organisation": 3}


def test_from_the_plans_first_day_nothing_is_known(plan):
    standings = TaskStanding.objects.on(plan.starts_on)
    assert dict(standings.values_list("state").annotate(n=Count("pk"))) == {
        State.NO_INFO: 13,
        State.UNASSIGNED: 1,
    }


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Chuyên đổi số", "cds"),
        ("Phòng Chuyên đổi số", "cds"),
        ("phòng thông tin-báo chí-xuất bản", "ttbcxb"),
        ("Thông tin – Báo chí – Xuất bản", "ttbcxb"),
        ("TT Công nghệ số", "ttcns"),
        ("HTS", "hts"),
    ],
)
def test_units_are_found_as_people_write_them(plan, written, code):
    assert find(plan.agency, written) == Unit.objects.get(code=code)


def test_a_second_time_changes_nothing(plan):
    before = contents()
    assert load() == (
        "Kế hoạch “Nâng cao Chỉ số PAPI, SIPAS và PAR INDEX tỉnh Lạng Sơn năm 2023” đã có "
        "từ trước, giữ nguyên như hiện có.\n"
    )
    assert contents() == before


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("leads: [cds]", "leads: [cdx]", "không có đơn vị hoặc nhóm đơn vị “cdx”"),
        ("starts_on: 2023-06-24", "starts_on: 2023-06-31", "2023-06-31"),
        ("  year: 2023 ", "  yaer: 2023 ", "yaer"),
    ],
)
def test_a_broken_file_loads_nothing_and_says_where(db, tmp_path, old, new, said):
    text = FILE.read_text(encoding="utf-8")
    if old not in text:
        old, new = old.strip(), new.strip()
    assert old in text
    broken = tmp_path / "ke-hoach.yaml"
    broken.write_text(text.replace(old, new), encoding="utf-8")
    before = contents()

    with pytest.raises(CommandError) as refusal:
        load(broken)

    assert said in str(refusal.value)
    assert "dòng " in str(refusal.value)
    assert contents() == before


def test_a_file_that_is_not_there(db, tmp_path):
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        load(tmp_path / "khong-co.yaml")


@pytest.mark.parametrize("command", ["load_plan", "import_plan"])
@pytest.mark.parametrize(
    ("path", "why"), [("khong-co.yaml", "không có tệp này"), (".", "đây là một thư mục")]
)
def test_a_file_that_cannot_be_read(db, command, path, why):
    with pytest.raises(CommandError) as refused:
        call_command(command, path)

    assert str(refused.value) == f"Không đọc được tệp {path}: {why}."


def test_a_unit_that_is_there_is_known_however_its_code_is_written(plan):
    Unit.objects.filter(code="cds").update(code="CDS")
    Plan.objects.get().delete()
    before = Unit.objects.count()

    load()

    assert Unit.objects.count() == before
    assert set(Assignment.objects.filter(unit__code__iexact="cds").values_list("unit__code")) == {
        ("CDS",)
    }
