import datetime as dt
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pypdf
import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from config.vietnamese.numbers import percent
from plans import tallies
from plans.acts.appendix_import import compared
from plans.acts.demonstration import (
    DoesNotFit,
    HoldsRealWork,
    IsNoDemonstration,
    load_demonstration,
)
from plans.appendix.outcomes import Fate
from plans.demonstration import read_story
from plans.demonstration.story import Changed
from plans.evidence_files import inspect
from plans.management.commands.load_demo import DATA, STORY
from plans.models import (
    AppendixImport,
    Area,
    Assignment,
    AssignmentStanding,
    Block,
    Criterion,
    DueDateChange,
    Evidence,
    Indicator,
    Measure,
    MeasureValue,
    Plan,
    ProgressUpdate,
    Task,
    TaskChange,
    TaskStanding,
    UpdateKind,
)
from plans.overview import whole_plan
from plans.planfile import read_plan
from plans.states import State
from plans.tallies import MeasureTally, Tally
from units import clock
from units.models import Demonstration, Role, Unit, UnitGroup, User

ENTERED, TODAY = dt.date(2023, 6, 26), dt.date(2023, 11, 20)
PASSWORD = "lang-son-demo-2023"


def run(command="load_demo"):
    said = StringIO()
    call_command(command, stdout=said)
    return said.getvalue()


def counted():
    """How many rows of everything that loading makes there are."""
    models = (User, Plan, ProgressUpdate, MeasureValue, Evidence, DueDateChange, TaskStanding)
    return {model.__name__: model.objects.count() for model in models}


def bytes_of(evidence):
    with evidence.file.open() as file:
        return file.read()


class TestLoaded:
    """What a loaded demonstration holds. It is loaded once for the whole class."""

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _loaded(cls, django_db_setup, django_db_blocker):
        with django_db_blocker.unblock(), transaction.atomic():
            run()
            yield
            transaction.set_rollback(True)

    @pytest.fixture(autouse=True)
    def _in_a_savepoint_of_its_own(self, db):
        pass

    @pytest.fixture
    def plan(self):
        return Plan.objects.get()

    def test_the_day(self):
        assert clock.today() == TODAY

    def test_tasks_in_figures(self, plan):
        tasks = tallies.total(tally for _, tally in tallies.by_indicator(plan, TODAY))
        assert tasks == Tally(
            no_info=1,
            in_progress=6,
            awaiting=1,
            done_on_time=4,
            done_late=1,
            overdue=1,
            unassigned=1,
        )
        assert (tasks.total, percent(tasks.rate)) == (13, "38,5%")

    def test_indicators_in_figures(self, plan):
        assert {one.code: tally for one, tally in tallies.by_indicator(plan, TODAY)} == {
            "PAR INDEX": Tally(in_progress=4, awaiting=1, done_on_time=3, overdue=1, unassigned=1),
            "SIPAS": Tally(in_progress=2),
            "PAPI": Tally(no_info=1, done_on_time=1, done_late=1),
        }

    def test_units_in_figures(self, plan):
        assert {unit.code: tally for unit, tally in tallies.by_unit(plan, TODAY)} == {
            "vp": Tally(in_progress=1, awaiting=1),
            "ttbcxb": Tally(in_progress=1, done_on_time=5, not_arisen=1),
            "hts": Tally(
                no_info=1, not_started=1, in_progress=2, awaiting=1, done_on_time=1, paused=1
            ),
            "cds": Tally(in_progress=3, done_late=1, overdue=1),
            "ttcns": Tally(no_info=1, done_on_time=2),
        }

    def test_every_part(self, plan):
        parts = {
            (row.task.code, lead.assignment.unit.code): (
                lead.status.sign,
                lead.status.label,
                str(lead.status.lateness or ""),
            )
            for row in whole_plan(plan, TODAY)
            for lead in row.leads
        }
        done, awaiting = ("✓", "Hoàn thành", "đúng hạn"), ("⧗", "Chờ xác nhận", "đúng hạn")
        begun = ("◐", "Đang thực hiện", "trong hạn, còn 10 ngày")
        silent = ("?", "Chưa có thông tin", "trong hạn, còn 10 ngày")
        assert parts == {
            ("1.2.1", "ttbcxb"): done,
            ("1.2.1", "hts"): ("‖", "Tạm dừng", ""),
            ("1.2.1", "cds"): begun,
            ("1.2.1", "ttcns"): silent,
            ("1.2.2.1", "ttbcxb"): done,
            ("1.2.2.1", "hts"): awaiting,
            ("1.2.2.2", "ttbcxb"): ("–", "Không phát sinh", ""),
            ("1.2.2.2", "hts"): done,
            ("1.2.3.1", "cds"): ("◐", "Đang thực hiện", "quá hạn 10 ngày"),
            ("1.2.3.2", "ttcns"): done,
            ("1.2.3.3", "ttbcxb"): done,
            ("1.2.3.3", "hts"): ("↩", "Đang thực hiện", "trong hạn, còn 10 ngày"),
            ("1.2.3.4.1", "cds"): ("◐", "Đang thực hiện", "sắp đến hạn, còn 4 ngày"),
            ("1.2.3.4.2", "ttbcxb"): done,
            ("2.1", "vp"): awaiting,
            ("2.1", "ttbcxb"): begun,
            ("2.1", "hts"): begun,
            ("2.2", "vp"): begun,
            ("2.2", "ttbcxb"): done,
            ("2.2", "hts"): ("○", "Chưa thực hiện", "trong hạn, còn 10 ngày"),
            ("3.a", "ttcns"): done,
            ("3.b", "hts"): silent,
            ("3.c", "cds"): ("✓", "Hoàn thành", "quá hạn 7 ngày"),
        }

    def test_every_state_occurs(self):
        states = {
            state
            for model in (AssignmentStanding, TaskStanding)
            for state in model.objects.on(TODAY).values_list("state", flat=True)
        }
        assert states == set(State)

    def test_measures(self, plan):
        measures = [measure for row in whole_plan(plan, TODAY) for measure in row.measures]
        assert tallies.of_measures(measures) == MeasureTally(
            met=2, unmet=3, no_value=1, no_target=3
        )
        assert {one.measure.code: one.shown_values for one in measures} == {
            "cap-nhat-ho-so": "TTBCXB: 100%; HTS: 100%",
            "giai-quyet-dung-han": "TTBCXB: 100%; HTS: 98%",
            "trung-tam-du-lieu": "Chưa đạt",
            "ung-dung-lgsp": "92,9%",
            "dich-vu-ndxp": "",
            "so-hoa-ho-so": "TTBCXB: 81,7%; HTS: 62,3%",
            "ho-so-toan-trinh": "58,4%",
            "thanh-toan-truc-tuyen": "36,5%",
            "phan-anh-truc-tuyen": "100%",
        }

    def test_an_earlier_day_knows_less(self, plan):
        by_unit = tallies.by_unit(plan, dt.date(2023, 7, 5))
        assert tallies.total(tally for _, tally in by_unit) == Tally(no_info=23)

    def test_loading_again_changes_nothing(self):
        before = counted()
        said = run()
        assert counted() == before
        assert said.startswith("Dữ liệu minh họa đã có từ trước, giữ nguyên như hiện có.")

    def test_it_says_how_to_get_in_and_what_is_there(self):
        said = run()
        for username in User.objects.values_list("username", flat=True):
            assert f"\n{username} " in said
        assert f"Mật khẩu chung: {PASSWORD}" in said
        assert "Tình hình đến ngày 20/11/2023:" in said

    def test_accounts(self):
        rows = User.objects.values_list("username", "role", "unit__code", "is_staff")
        assert set(rows) == {
            ("quantri", Role.ADMIN, None, True),
            ("lanhdao", Role.LEADERSHIP, "ld", False),
            ("vanphong", Role.OFFICE, "vp", False),
            ("tp.cds", Role.HEAD, "cds", False),
            ("tp.ttbcxb", Role.HEAD, "ttbcxb", False),
            ("tp.hts", Role.HEAD, "hts", False),
            ("gd.ttcns", Role.HEAD, "ttcns", False),
            ("cv.cds", Role.STAFF, "cds", False),
        }
        assert list(User.objects.filter(is_superuser=True)) == [
            User.objects.get(username="quantri")
        ]

    def test_everybody_can_log_in(self, client):
        for user in User.objects.all():
            sent = {"username": user.username, "password": PASSWORD}
            assert client.post(reverse("login"), sent).status_code == 302, user.username
            client.logout()
            validate_password(PASSWORD, user)

    def test_nobody_decided_on_their_own_work(self):
        decisions = ProgressUpdate.objects.filter(kind__in=(UpdateKind.CONFIRM, UpdateKind.RETURN))
        assert decisions.count() == 12
        for decision in decisions:
            claim = decision.assignment.updates.get(sequence=decision.sequence - 1)
            assert claim.claim
            assert decision.by != claim.by
            assert decision.by.unit_id != decision.assignment.unit_id

    def test_what_waits_is_not_the_same_persons_to_confirm(self):
        waiting = AssignmentStanding.objects.on(TODAY).filter(state=State.AWAITING)
        units = set(waiting.values_list("assignment__unit__code", flat=True))
        assert units == {"vp", "hts", "cds"}

    def test_everything_is_recorded_on_a_working_day_of_the_course(self):
        days = {*ProgressUpdate.objects.values_list("recorded_on", flat=True)}
        days |= {*DueDateChange.objects.values_list("recorded_on", flat=True)}
        assert (min(days), max(days)) == (dt.date(2023, 7, 6), TODAY)
        assert not [day for day in days if day.weekday() > 4 or (day.month, day.day) == (9, 4)]

    def test_documents_are_not_younger_than_what_they_prove(self):
        for one in Evidence.objects.exclude(document_date=None).select_related("update"):
            assert one.document_date <= one.update.recorded_on

    def test_the_history_of_fields_names_people_on_days_of_the_course(self):
        """Each first snapshot is the administrator's, of the day on which the plan was entered."""
        entered = [Plan, Indicator, Area, Block, Criterion, Measure, Unit, UnitGroup]
        for model in (*entered, Task, Assignment, User):
            for version in model.history.all():
                day = timezone.localtime(version.history_date).date()
                first_account = model is User and version.username == "quantri"
                assert version.by_label or first_account, version
                assert day.weekday() < 5
                if model in entered:
                    assert day == ENTERED
                    assert version.by_label.startswith("Chu Đức Thịnh")
                assert ENTERED <= day <= TODAY
        assert {timezone.localtime(one.date_joined).date() for one in User.objects.all()} == {
            ENTERED
        }

    def test_tasks_were_changed_after_they_were_given_with_a_reason(self):
        changed = {change.task.code: change for change in TaskChange.objects.all()}

        assert changed.keys() == {"1.2.1-02", "1.2.1-01"}
        assert all(change.reason and change.by.username == "quantri" for change in changed.values())
        assert [name for name, _, _ in changed["1.2.1-02"].changes] == ["Chủ trì", "Phối hợp"]
        [(name, before, after)] = changed["1.2.1-01"].changes
        assert name == "Nội dung nhiệm vụ, giải pháp"
        assert "chia sẻ dữ liệu" in before
        assert after == before.replace("chia sẻ dữ liệu", "chia sẻ, đồng bộ dữ liệu")
        # The plan's own words stay those that were signed (E9).
        assert not TaskChange.objects.filter(task__source=None).exists()

    def test_a_workbook_waits_and_could_be_applied(self):
        comparison = compared(AppendixImport.objects.waiting().get())

        assert not comparison.errors
        assert {fate: count for fate, count in comparison.counts.items() if count} == {
            Fate.NEW: 1,
            Fate.CHANGED: 3,
            Fate.SAME: 11,
        }
        assert {
            one.code: [shown.name for shown in one.shown]
            for one in comparison.outcomes
            if one.fate is Fate.CHANGED
        } == {
            "1.2.2.1": ["Sản phẩm"],
            "1.2.3.2": ["Phối hợp"],
            "3.b": ["Ghi chú", "Thời hạn"],
        }

    def test_supporting_units_contributed(self):
        contributions = ProgressUpdate.objects.filter(kind=UpdateKind.CONTRIBUTION)
        assert {one.by.username for one in contributions} == {"gd.ttcns", "tp.hts", "cv.cds"}

    def test_files_are_real(self):
        files = list(Evidence.objects.exclude(file=""))
        assert len(files) == 5
        for one in files:
            content = bytes_of(one)
            facts = inspect(BytesIO(content), one.name, len(content))
            assert (facts.sha256, facts.size) == (one.sha256, one.size)

    def test_a_table_can_be_opened(self):
        one = Evidence.objects.get(name="Thống kê số hóa hồ sơ đến ngày 31.10.2023.xlsx")
        sheet = openpyxl.load_workbook(BytesIO(bytes_of(one))).active
        assert [[cell.value for cell in row] for row in sheet] == [
            ["Thời gian", "Hồ sơ tiếp nhận", "Hồ sơ đã số hóa", "Tỷ lệ (%)"],
            ["6 tháng đầu năm", 166, 118, 71.1],
            ["Quý III", 69, 69, 100],
            ["Tháng 10", 27, 27, 100],
            ["Cộng", 262, 214, 81.7],
        ]

    def test_a_page_can_be_opened(self):
        one = Evidence.objects.get(name__endswith=".pdf")
        (page,) = pypdf.PdfReader(BytesIO(bytes_of(one))).pages
        assert page.extract_text().splitlines()[-1] == "Errors: 37 (0.01 %)    Result: PASSED"

    def test_standings_rebuilt_from_the_history_say_the_same(self, plan):
        days = [dt.date(2023, 6, 20) + dt.timedelta(days=n) for n in range(160)]

        def standings():
            return [
                list(
                    model.objects.on(day)
                    .order_by("task", *by)
                    .values("task", *by, "from_day", "until_day", *_FACTS)
                )
                for day in days
                for model, *by in ((TaskStanding,), (AssignmentStanding, "assignment"))
            ]

        before = standings()
        said = run("rebuild_standings")
        assert standings() == before
        assert said == f"Đã dựng lại hiện trạng của 17 nhiệm vụ: kế hoạch “{plan}”.\n"


_FACTS = ("state", "claim", "due_on", "completed_on", "returned", "reported_on", "report")


@pytest.fixture(scope="module")
def story():
    return read_story(STORY)


@pytest.fixture(scope="module")
def plan_file():
    return read_plan(DATA / "ke-hoach-2023.yaml")


def nothing_is_there(media: Path):
    assert set(counted().values()) == {0}
    assert not Demonstration.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_database_with_people_is_refused(story, plan_file):
    User.objects.create_user("nguoi.that", full_name="Người Thật")
    with pytest.raises(HoldsRealWork):
        load_demonstration(story=story, plan_file=plan_file)
    with pytest.raises(CommandError, match="đã có tài khoản hoặc tiến độ thật"):
        run()
    assert list(User.objects.values_list("username", flat=True)) == ["nguoi.that"]
    assert not Demonstration.objects.exists()
    assert not Plan.objects.exists()


@pytest.mark.django_db
def test_an_installation_for_use_gets_no_known_passwords(settings, story, plan_file):
    settings.DEMONSTRATION = False
    with pytest.raises(IsNoDemonstration):
        load_demonstration(story=story, plan_file=plan_file)
    with pytest.raises(CommandError, match="cài đặt để sử dụng"):
        run()
    assert not User.objects.exists()
    assert not Plan.objects.exists()


@pytest.mark.django_db
def test_all_or_nothing(story, plan_file, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    last = story.course[-1]
    broken = replace(last, at=last.at, by="tp.cds")  # not the unit's own person
    with pytest.raises(DoesNotFit, match=rf"dòng {last.at.line}, .*Chỉ đơn vị được giao"):
        load_demonstration(
            story=replace(story, course=(*story.course[:-1], broken)), plan_file=plan_file
        )
    nothing_is_there(tmp_path)


AMENDS = {"act": "amend", "by": "quantri"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"task": "9.9"}, "kế hoạch không giao nhiệm vụ 9.9 cho ttbcxb"),
        ({"unit": "vp"}, "kế hoạch không giao nhiệm vụ 1.2.3.4.2 cho vp"),
        ({"unit": "hts"}, "hts phối hợp nhiệm vụ 1.2.3.4.2, không chủ trì"),
        ({"act": "contribute"}, "ttbcxb chủ trì nhiệm vụ 1.2.3.4.2, không phối hợp"),
        ({"act": "move_due_date", "task": "9.9"}, "kế hoạch không có nhiệm vụ 9.9"),
        ({"values": {"khac": 1}}, "nhiệm vụ 1.2.3.4.2 không có chỉ tiêu khac"),
        ({"texts": {}}, "Đồng chí ghi kết quả thực hiện."),
        ({**AMENDS, "task": "9.9"}, "không tìm thấy nhiệm vụ 9.9"),
        ({**AMENDS, "changed": Changed(passage=("a b c", ""))}, "không tìm thấy câu chữ “a b c”"),
        ({**AMENDS, "changed": Changed(leads="xyz")}, "không tìm thấy đơn vị xyz"),
        (
            {"act": "upload", "by": "quantri", "changed": Changed(cells=(("1.1", "Cột", ""),))},
            "không tìm thấy cột Cột",
        ),
    ],
)
def test_entries_that_do_not_fit_the_plan(story, plan_file, changes, message):
    first = story.course[0]
    broken = replace(story, course=(replace(first, **changes),))
    with pytest.raises(DoesNotFit) as refused:
        load_demonstration(story=broken, plan_file=plan_file)
    assert str(refused.value) == f"dòng {first.at.line}, cột 5, diễn biến thứ 1: {message}"


@pytest.mark.django_db
def test_rebuilding_without_a_plan():
    assert run("rebuild_standings") == "Chưa có kế hoạch nào.\n"
