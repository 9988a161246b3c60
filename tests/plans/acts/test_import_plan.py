"""`manage.py import_plan`: what it says, what it returns, and that it is all or nothing."""

import datetime as dt
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from plans.acts.importing import make, understand
from plans.acts.refusals import NotNow
from plans.models import Assignment, LegalDocument, Plan, Task
from plans.planfile import read_plan
from plans.reading import read_source
from tests.plans.acts.database import contents
from tests.plans.appendix.workbooks import workbook
from units.models import Agency, Unit, UnitGroup, User
from units.versions import SYSTEM, versions_of

TEXT = Path("tests/plans/reading/ke-hoach-2023.txt")
SHAPES = Path("tests/plans/reading/should_pass")


def run(*arguments, code=0):
    out, err = StringIO(), StringIO()
    if code:
        with pytest.raises(SystemExit) as stopped:
            call_command("import_plan", *arguments, stdout=out, stderr=err)
        assert stopped.value.code == code
    else:
        call_command("import_plan", *arguments, stdout=out, stderr=err)
    return out.getvalue() + err.getvalue()


def test_open_doubts_stop_it(db):
    before = contents()

    said = run(TEXT, code=2)

    assert "[!] dòng  115 chủ trì: không có đơn vị nào tên “Phòng Chuyển đổi số”" in said
    assert "Chưa nạp: còn 19 chỗ đánh dấu [!] phải quyết định." in said
    assert contents() == before


def test_a_dry_run_writes_nothing(db):
    before = contents()

    said = run(TEXT, "--add-units", "--dry-run")

    assert "dòng  111       3.a Thực hiện nâng cao chất lượng" in said
    assert said.endswith("Đọc thử xong, chưa ghi gì.\n")
    assert contents() == before


def test_a_dry_run_tells_what_stands_above_tasks(db):
    said = run(SHAPES / "han-trong-cau.txt", "--add-units", "--dry-run")

    assert "dòng   28     4 Nâng cao chất lượng bộ phận một cửa.\ndòng   29 " in said


def test_a_common_deadline_that_is_only_proposed_is_taken_when_it_is_said(db):
    text = SHAPES / "cau-giao-viec.txt"

    assert "(10/12/2025); chưa lấy" in run(text, "--add-units", "--dry-run")
    assert "Thời hạn chung: 10/12/2025, đã sửa" in run(
        text, "--add-units", "--due-on", "10/12/2025"
    )

    plan = Plan.objects.get()
    assert (str(plan.due_on), plan.due_words) == ("2025-12-10", "trước ngày 10/12/2025")
    with pytest.raises(CommandError, match="“31/11/2025” không phải ngày như 30/11/2023"):
        run(text, "--due-on", "31/11/2025")


def test_units_are_added_and_everything_is_loaded_once(db):
    said = run(TEXT, "--add-units")

    assert said.endswith("14 nhiệm vụ.\n")
    assert list(Unit.objects.order_by("pk").values_list("name", "kind")) == [
        ("Phòng Thông tin-Báo chí-Xuất bản", "division"),
        ("Phòng Hạ tầng số", "division"),
        ("Phòng Chuyên đổi số", "division"),
        ("Trung tâm Công nghệ số", "affiliated"),
        ("Văn phòng Sở", "office"),
    ]
    before = contents()
    with pytest.raises(CommandError, match="đã có trong hệ thống; không nạp lần thứ hai"):
        run(TEXT, "--add-units")
    assert contents() == before


def test_into_a_system_that_knows_the_units_and_documents(db):
    """The data file of 2022 came before: its agency, units, groups and documents are used."""
    call_command("load_plan", "plans/data/ke-hoach-2023.yaml", stdout=StringIO())
    Plan.objects.update(year=2022)
    things = (Agency, Unit, UnitGroup, LegalDocument)
    before = [model.objects.count() for model in things]

    assert "14 nhiệm vụ" in run(TEXT)

    assert [model.objects.count() for model in things] == before
    first, second = Plan.objects.order_by("pk")
    assert second.code == "ke-hoach-2023-stttt"
    for one, other in zip(
        first.tasks.order_by("position"), second.tasks.order_by("position"), strict=True
    ):
        assert one.code == other.code
        assert set(one.assignments.values_list("unit", "role", "group")) == set(
            other.assignments.values_list("unit", "role", "group")
        )
        assert set(one.references.all()) == set(other.references.all())


def test_words_are_kept_where_nobody_is_known(db, tmp_path):
    """Nobody is assigned, and the words stand where the plan printed them."""
    run(TEXT, "--add-units")
    text = TEXT.read_text().replace("2023", "2024").replace("Phòng Hạ tầng số", "Phòng Số hóa 9")
    path = tmp_path / "a.txt"
    path.write_text(text)

    assert "còn 5 chỗ" in run(path, code=2)
    assert "14 nhiệm vụ" in run(path, "--keep-words")

    task = Task.objects.get(plan__year=2024, code="3.b")
    assert (task.printed_leads, task.assignments.count()) == ("Phòng Số hóa 9", 0)


def test_a_corrected_agency_is_the_one_that_is_known(db):
    """Its letterhead was lost: a person says whose plan it is, and its units are known."""
    call_command("load_plan", "plans/data/ke-hoach-2023.yaml", stdout=StringIO())
    text = TEXT.read_text().replace("Sở Thông tin và Truyền thông", "Cơ quan").replace("STTTT", "X")
    source = read_source(text.encode(), "a.txt")
    before = understand(source)
    assert "không thấy cơ quan ban hành" in [one.message for one in before.draft.doubts if one.must]

    found = understand(source, {"plan": {"agency_name": "Sở Thông tin và Truyền thông"}})

    assert (found.known.agency.code, found.open_doubts) == ("stttt", 0)


def test_what_was_understood_is_written_out(db, tmp_path):
    out = tmp_path / "ke-hoach.yaml"

    said = run(TEXT, "--add-units", "--dry-run", "--out", out)

    assert f"Đã ghi {out}." in said
    assert len(list(read_plan(out).tasks())) == 14
    call_command("load_plan", out, stdout=StringIO())
    assert Task.objects.count() == 14


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.docx", b"x", "không phải tệp Word"),
        ("a.txt", "Một lá thư.".encode(), "Không thấy nhiệm vụ nào"),
    ],
)
def test_refused(db, tmp_path, name, content, said):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(CommandError, match=said):
        run(path)
    with pytest.raises(CommandError, match="Không đọc được tệp"):
        run(tmp_path / "khong-co.txt")


def test_it_is_all_or_nothing(db, monkeypatch):
    """A connection that breaks in the middle leaves nothing."""
    understood = understand(read_source(TEXT.read_bytes(), TEXT.name))
    names = {one.name: "+division" for one in understood.draft.doubts if one.name}
    understood = understand(read_source(TEXT.read_bytes(), TEXT.name), {"names": names})
    before = contents()

    def breaks(*args, **kwargs):
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr("plans.acts.loading.assign_all", breaks)
        with pytest.raises(ConnectionError):
            make(understood)
    assert contents() == before

    make(understood)
    with pytest.raises(NotNow):
        make(understood)


# --- Workbooks ------------------------------------------------------------------------------------


def appendix_of(world, folder, *more):
    """A workbook for the plan of the world: its first task changed, and a new one."""
    task, path = world.task, folder / "phu-luc.xlsx"
    rows = [
        (task.code, task.wording, "Phòng B", "", ""),
        ("", "Việc mới", "Phòng A", "", "Quý IV"),
        *more,
    ]
    path.write_bytes(workbook(rows, head=("Mã", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn")))
    return path


def workbook_said(path, *arguments, **keys):
    return run(path, "--plan", "kh-2023", *arguments, **keys)


def test_a_workbook_is_only_looked_at(world, tmp_path):
    path, before = appendix_of(world, tmp_path), contents()

    said = workbook_said(path, "--dry-run")

    assert "Chủ trì: Phòng A → Phòng B" in said
    assert "1 mới, 1 thay đổi, 3 không có trong tệp, giữ nguyên" in said
    assert said.endswith("Đọc thử xong, chưa ghi gì.\n")
    assert contents() == before


def test_a_workbook_is_applied_by_somebody_who_answers_for_it(world, tmp_path):
    path = appendix_of(world, tmp_path)
    User.objects.create(username="closed", full_name="Đã đóng", role="admin", is_active=False)
    before = contents()
    for arguments, words in (
        ((), "người chịu trách nhiệm"),
        (("--by", "khongai"), "không có tài khoản “khongai”"),
        (("--by", "closed"), "tài khoản “closed” \\(--by\\) đã đóng"),
        (("--by", "admin"), "lý do"),
        (("--by", "head", "--reason", "Theo CV 12"), "Chỉ quản trị"),
    ):
        with pytest.raises(CommandError, match=words):
            workbook_said(path, *arguments)
    assert contents() == before

    said = workbook_said(path, "--by", "admin", "--reason", "Theo CV 12")

    assert said.endswith("1 mới, 1 thay đổi, 3 không có trong tệp, giữ nguyên.\n")
    assert [one.unit for one in world.task.assignments.all()] == [world.b]
    assert world.task.changes.get().reason == "Theo CV 12"
    assert {one.who for one in versions_of(Assignment, task=world.task)} == {
        SYSTEM,  # the builder
        world.admin.label,
    }
    assert "không thay đổi gì" in workbook_said(path)


def test_errors_of_a_workbook_and_a_plan_that_is_not_there(world, tmp_path):
    path = appendix_of(world, tmp_path, ("", "Việc khác", "Phòng Lạ", "", "Quý IV"))
    before = contents()

    said = workbook_said(path, "--by", "admin", code=2)

    assert "[!] C6 LỖI: chủ trì: không có đơn vị nào tên “Phòng Lạ”" in said
    assert "còn 1 lỗi" in said
    with pytest.raises(CommandError, match="Không có kế hoạch mã “kh-2024” \\(kh-2023\\)"):
        run(path, "--plan", "kh-2024")
    path.write_bytes(b"x")
    with pytest.raises(CommandError, match="không phải tệp Excel"):
        workbook_said(path)
    assert contents() == before


def test_a_workbook_can_be_a_new_plan(db, tmp_path):
    """Without --plan its sheets are read as a document; what a plan's head says is missing."""
    path = tmp_path / "phu-luc.xlsx"
    path.write_bytes(workbook([(1, "Rà soát hồ sơ", "Phòng Lạ", "", "30/6/2026")]))

    said = run(path, "--add-units", "--dry-run", code=2)

    assert "Rà soát hồ sơ [chủ trì" in said
    assert "[!]" in said


def test_a_unit_that_became_part_of_another_is_told_as_such(world, tmp_path):
    Unit.objects.filter(pk=world.a.pk).update(
        is_active=False, merged_into=world.b, merged_on=dt.date(2023, 11, 15)
    )
    path = tmp_path / "ke-hoach.txt"
    path.write_text("KẾ HOẠCH\nNăm 2024\n1. Rà soát hồ sơ.\nĐơn vị chủ trì: Phòng A.\n", "utf-8")

    said = run(path, "--dry-run", code=2)

    assert "chủ trì: “Phòng A” đã nhập vào Phòng B từ ngày 15/11/2023" in said
