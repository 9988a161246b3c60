"""The appendix goes out as a workbook and comes back."""

import datetime as dt
import io
import uuid

import openpyxl
import pytest

from plans.acts import appendix_import
from plans.acts.amending import amend
from plans.acts.importing import Outdated
from plans.acts.merging import merge_units
from plans.acts.prepared import prepare
from plans.acts.refusals import Invalid, NotNow, NotYours
from plans.acts.withdrawing import restore_task, withdraw_task
from plans.appendix.amendment import Amendment
from plans.appendix.outcomes import Comparison, Fate, Options, Outcome
from plans.models import AppendixImport, Block, Criterion, DueDateChange, Task, TaskChange
from tests.builders import (
    TODAY,
    ask,
    day,
    decide,
    fresh,
    make_block,
    make_given,
    make_group,
    make_task,
    make_user,
    record,
    said,
)
from tests.plans.appendix.workbooks import saved, workbook
from tests.steering import inspect
from units import clock
from units.models import Alias, Notice, Role, Unit

EXPORT = "/ke-hoach/phu-luc/xuat-excel/"


@pytest.fixture
def table(world, as_user):
    """The exported workbook: cells by code and column, to be changed and saved."""
    group = make_group(world.agency, "phong", world.a, world.b)
    block = make_block(world.plan, "2")
    Criterion.objects.create(block=block, position=1, title="Tỷ lệ hồ sơ đúng hạn")
    make_task(
        block,
        (group,),
        (world.s,),
        code="2.1",
        wording="Rà soát\n- từng hồ sơ",
        due_words="Quý IV/2023",
        due_on=dt.date(2023, 12, 31),
        product="Báo cáo",
    )
    make_task(block, code="2.2", wording="Duy trì", due_words="Thường xuyên", due_on=None)
    return Table(as_user(world.admin).get(EXPORT).content)


class Table:
    COLUMNS = {"place": "B", "wording": "C", "lead": "D", "support": "E", "due": "F"} | {
        "product": "G",
        "note": "H",
        "code": "I",
    }

    def __init__(self, content):
        self.book = openpyxl.load_workbook(io.BytesIO(content))
        self.sheet = self.book.active

    def row(self, code):
        [found] = [cell.row for cell in self.sheet["I"] if cell.value == code]
        return found

    def set(self, code, /, **values):
        for name, value in values.items():
            self.sheet[f"{self.COLUMNS[name]}{self.row(code)}"] = value

    def add(self, after, **values):
        row = self.row(after) + 1
        self.sheet.insert_rows(row)
        for name, value in values.items():
            self.sheet[f"{self.COLUMNS[name]}{row}"] = value

    def remove(self, code):
        self.sheet.delete_rows(self.row(code))

    @property
    def content(self):
        return saved(self.book)


def upload(world, content, by=None):
    return appendix_import.upload(
        by=by or world.admin,
        plan=world.plan,
        name="phụ lục.xlsx",
        content=content,
        request_key=uuid.uuid4(),
    )


def fates(comparison):
    return {one.code: one.fate for one in comparison.outcomes}


def apply(world, content, reason="Theo Công văn 12", **options):
    one = upload(world, content)
    chosen = Options(**options)
    seen = appendix_import.compared(one, chosen).seen
    return appendix_import.apply(
        import_id=one.pk, by=world.admin, seen=seen, options=chosen, reason=reason
    )


def state():
    """Everything that an appendix holds."""
    return [
        (
            task.pk,
            task.code,
            task.wording,
            task.due_on,
            task.due_words,
            task.block_id,
            task.position,
        )
        for task in Task.objects.order_by("pk")
    ], sorted(Task.objects.values_list("pk", "assignments__unit", "assignments__role"))


def test_what_went_out_changes_nothing(world, table):
    one = upload(world, table.content)
    comparison = appendix_import.compared(one, Options(withdraw_missing=True))

    assert set(fates(comparison).values()) == {Fate.SAME}
    assert (len(comparison.outcomes), comparison.errors) == (6, [])
    assert [remark for row in comparison.outcomes for remark in row.remarks] == []
    with pytest.raises(NotNow, match="không thay đổi gì"):
        appendix_import.apply(import_id=one.pk, by=world.admin, seen=comparison.seen)


def test_changed_cells_are_told_and_applied(world, table):
    table.set(
        "2.1", wording="Rà soát mọi hồ sơ", due=dt.date(2023, 12, 15), lead="Phòng B", note="x"
    )
    one = upload(world, table.content)
    [row] = [r for r in appendix_import.compared(one).outcomes if r.fate is Fate.CHANGED]

    assert [(c.name, c.before, c.after) for c in row.shown] == [
        ("Nhiệm vụ", "Rà soát\n- từng hồ sơ", "Rà soát mọi hồ sơ"),
        ("Ghi chú", "", "x"),
        ("Thời hạn", "Quý IV/2023", "15/12/2023"),
        ("Chủ trì", "Nhóm phong", "Phòng B"),
    ]
    apply(world, table.content)

    task = Task.objects.get(code="2.1")
    assert (task.wording, task.due_on, task.note) == (
        "Rà soát mọi hồ sơ",
        dt.date(2023, 12, 15),
        "x",
    )
    assert [a.unit for a in task.assignments.leads()] == [world.b]
    change = DueDateChange.objects.get(assignment__task=task)
    assert (change.reason, change.assignment.unit) == ("Theo Công văn 12", world.b)
    said = TaskChange.objects.get(task=task)
    assert ["Chủ trì", "Nhóm phong", "Phòng B"] in said.changes
    assert (said.reason, said.by) == ("Theo Công văn 12", world.admin)
    # It goes out as it came in.
    again = appendix_import.compared(upload(world, table.content))
    assert set(fates(again).values()) == {Fate.SAME}


def test_a_change_in_force_needs_a_reason_and_nothing_is_half_done(world, table):
    table.set("2.1", product="Báo cáo quý")
    table.set(world.task.code, due="31/12/2023")
    before = state()
    with pytest.raises(Invalid, match="lý do"):
        apply(world, table.content, reason=" ")

    assert (state(), TaskChange.objects.count()) == (before, 0)
    assert AppendixImport.objects.get().applied_at is None


def test_a_product_may_change_without_a_reason(world, table):
    table.set("2.1", product="Báo cáo quý")
    apply(world, table.content, reason="")

    assert Task.objects.get(code="2.1").product == "Báo cáo quý"


def test_a_unit_that_reported_keeps_its_part(world, table):
    record(world.lead, world.head)
    table.set(world.task.code, lead="Phòng B")
    before = state()
    comparison = appendix_import.compared(upload(world, table.content))

    [error] = comparison.errors
    assert "Phòng A đã có cập nhật" in error.message
    assert "thêm đơn vị mới cùng chủ trì" in error.message
    assert (error.sheet, error.found, error.accepted) == (
        "Phụ lục",
        "Phòng B",
        "giữ Phòng A là đơn vị chủ trì",
    )
    assert error.cell == f"D{table.row(world.task.code)}"
    with pytest.raises(NotNow, match="còn 1 lỗi"):
        apply(world, table.content)
    assert state() == before


def test_progress_outlives_every_other_change(world, table):
    said = record(world.lead, world.head, result="Đã rà soát 10 hồ sơ.")
    table.set(world.task.code, wording="Lời văn mới", due="31/12/2023", support="Phòng B; Phòng S")
    apply(world, table.content)

    world.task.refresh_from_db()
    assert world.task.wording == "Lời văn mới"
    assert [one.pk for one in world.lead.updates.all()] == [said.pk]
    assert {a.unit for a in world.task.assignments.supports()} == {world.b, world.s}


def test_new_tasks_stand_where_they_were_put(world, table):
    table.add(
        "2.1", wording="Việc thứ hai", lead="A, Phòng B", support="Phòng S", due="Quý IV/2023"
    )
    table.add("2.2", place="Tiêu chí mới", wording="Việc thứ ba", lead="S", due="Thường xuyên")
    one = apply(world, table.content)

    assert one.outcome == "2 mới, 6 không đổi"
    second = Task.objects.get(wording="Việc thứ hai")
    assert second.block == Task.objects.get(code="2.1").block
    assert (second.due_on, second.due_words) == (dt.date(2023, 12, 31), "Quý IV/2023")
    assert {(a.unit, a.role) for a in second.assignments.all()} == {
        (world.a, "lead"),
        (world.b, "lead"),
        (world.s, "support"),
    }
    third = Task.objects.get(wording="Việc thứ ba")
    assert (third.kind, third.due_on, third.block.heading) == ("ongoing", None, "Tiêu chí mới")
    assert third.block.area == second.block.area
    order = list(Task.objects.order_by("position").values_list("wording", flat=True))
    assert order[-4:-1] == ["Rà soát\n- từng hồ sơ", "Duy trì", "Việc thứ hai"]
    assert (
        Notice.objects.filter(user=world.support_head)
        .get()
        .words.endswith("2 nhiệm vụ của Phòng S mới, thay đổi hoặc rút.")
    )


def test_missing_rows_are_withdrawn_only_when_said(world, table):
    record(world.lead, world.head)
    table.remove("2.2")
    table.remove(world.task.code)
    one = upload(world, table.content)

    kept = fates(appendix_import.compared(one))
    assert kept["2.2"] is kept[world.task.code] is Fate.KEPT
    said = appendix_import.compared(one, Options(withdraw_missing=True))
    assert fates(said)["2.2"] is Fate.REMOVED
    # A task with history is not deleted.
    [gone] = [one for one in said.outcomes if one.code == world.task.code]
    assert gone.fate is Fate.WITHDRAWN
    assert "không xóa" in gone.remarks[0].message
    with pytest.raises(Invalid, match="lý do"):
        apply(world, table.content, reason=" ", withdraw_missing=True)
    assert Task.objects.filter(code="2.2").exists()

    apply(world, table.content, withdraw_missing=True)

    assert not Task.objects.filter(code="2.2").exists()
    assert world.lead.updates.get().by == world.head
    gone = Task.objects.get(code=world.task.code)
    assert gone.withdrawn_on == clock.today()
    assert gone.changes.get().reason == "Theo Công văn 12"
    assert not gone.standings.filter(until_day=None).exists()
    told = Notice.objects.filter(user=world.head).values_list("words", flat=True)
    assert any("rút khỏi phụ lục" in words for words in told)
    # Sent once more, the same workbook takes nothing away.
    again = appendix_import.compared(upload(world, table.content), Options(withdraw_missing=True))
    assert world.task.code not in fates(again)


@pytest.mark.parametrize("history", ["extension", "change", "prepared", "inspection"])
def test_whatever_the_history_knows_is_not_deleted(world, table, history):
    if history == "extension":
        ask(world.lead, world.head, day(12, 10))
    elif history == "change":
        amend(task=world.task, by=world.admin, amendment=Amendment({"note": "x"}))
    elif history == "prepared":
        world.a.head_sends = True
        world.a.save()
        prepare(assignment_id=world.lead.pk, by=world.staff, report=said(), **fresh(world.lead))
    else:
        inspect(world)
    table.remove(world.task.code)

    apply(world, table.content, withdraw_missing=True)

    assert Task.objects.get(pk=world.task.pk).is_withdrawn


def test_that_what_is_done_is_counted_no_longer_is_said(world, table):
    other = make_task(world.block, (world.a, world.b), code="cùng làm")
    part = other.assignments.get(unit=world.a)
    record(part, world.head, "done", completed_on=day(11, 1))
    decide("confirm", part, world.office)

    found = appendix_import.compared(upload(world, table.content), Options(withdraw_missing=True))

    [one] = [one for one in found.outcomes if one.code == "cùng làm"]
    assert one.fate is Fate.WITHDRAWN
    assert one.remarks[0].message.endswith("kể cả phần đã xong của Phòng A (hoàn thành)")


def test_an_update_after_the_preview_is_told_before_anything_goes(world, table):
    table.remove(world.task.code)
    one, options = upload(world, table.content), Options(withdraw_missing=True)
    comparison = appendix_import.compared(one, options)
    assert fates(comparison)[world.task.code] is Fate.REMOVED
    record(world.lead, world.head)

    with pytest.raises(Outdated):
        appendix_import.apply(
            import_id=one.pk, by=world.admin, seen=comparison.seen, options=options, reason="Trùng"
        )
    assert world.lead.updates.count() == 1


def test_a_code_of_the_register_is_taken(world, table):
    given = make_given(world)
    table.add("2.2", wording="Việc mới", lead="A", code=given.code)
    [error] = appendix_import.compared(upload(world, table.content)).errors

    assert f"mã “{given.code}” đã có trong kế hoạch" in error.message


def test_a_given_task_is_no_row_of_the_appendix(world, table):
    given = make_given(world)

    said = appendix_import.compared(upload(world, table.content), Options(withdraw_missing=True))

    assert set(fates(said).values()) == {Fate.SAME}
    assert given.code not in fates(said)


def test_errors_are_told_all_at_once_with_cell_value_and_what_is_accepted(world, table):
    table.set("2.1", lead="Phòng AA", due="Theo yêu cầu")
    table.set("2.2", due="01/01/2020", code="2.1")
    errors = appendix_import.compared(upload(world, table.content)).errors

    row = next(c.row for c in table.sheet["I"] if c.value == "2.1")
    told = {(one.cell, one.found): one.accepted for one in errors}
    assert told[(f"D{row}", "Phòng AA")].startswith("Phòng A")
    assert told[(f"F{row}", "Theo yêu cầu")].startswith("31/12/2023; ")
    assert told[(f"I{row + 1}", "2.1")].startswith("mỗi nhiệm vụ một mã")
    assert told[(f"F{row + 1}", "01/01/2020")] == "từ ngày 01/07/2023"
    assert len(errors) == 4


def test_a_code_is_the_same_however_it_is_written(world, table):
    table.set("2.1", code="2 .1.")
    again = {"wording": "Việc khác", "code": "2. 2", "lead": "Phòng A"}
    table.add("2.2", **again)

    comparison = appendix_import.compared(upload(world, table.content))

    assert fates(comparison)["2.1"] == Fate.SAME
    [error] = comparison.errors
    assert error.message.startswith("mã “2. 2” đã có ở ")
    assert "(viết là “2.2”; chữ hoa, dấu cách, dấu chấm không" in error.message


def test_the_agency_itself_is_no_unknown_unit(world, table):
    """It is said what it is, and who can answer for it is offered."""
    table.set("2.1", lead="Sở TT&TT")

    [error] = appendix_import.compared(upload(world, table.content)).errors

    assert "“Sở TT&TT” là chính cơ quan ban hành" in error.message
    assert error.accepted == str(world.office.unit)
    assert [error.unit, error.nearest] == [True, (world.office.unit.code,)]


def test_words_that_the_plan_keeps_are_no_question_when_they_come_back(world, table):
    Task.objects.filter(code="2.2").update(lead_words="Phòng Lạ", due_words="Theo yêu cầu")
    table.set("2.2", lead="Phòng Lạ", due="Theo yêu cầu")
    comparison = appendix_import.compared(upload(world, table.content))

    assert set(fates(comparison).values()) == {Fate.SAME}
    assert [one.remarks for one in comparison.outcomes if one.remarks] == []


def test_who_leads_does_not_support_too_and_that_is_said(world, table):
    table.set("2.2", lead="Phòng B", support="Phòng B")
    table.set("2.1", lead="Phòng S")
    table.add("2.2", wording="Việc mới", lead="Phòng S", support="Phòng S; Phòng B")
    comparison = appendix_import.compared(upload(world, table.content))

    told = {
        one.cell
        for row in comparison.outcomes
        for one in row.remarks
        if "đã chủ trì" in one.message
    }
    assert told == {f"E{table.row(code)}" for code in ("2.1", "2.2")} | {f"E{table.row('2.2') + 1}"}
    [changed] = [one for one in comparison.outcomes if one.code == "2.2"]
    assert [one.name for one in changed.shown] == ["Chủ trì"]


def test_what_a_workbook_does_not_change_is_said(world, table):
    first, second = (table.row(code) for code in ("2.1", "2.2"))
    for column in "BCDEFGHI":
        one, other = table.sheet[f"{column}{first}"], table.sheet[f"{column}{second}"]
        one.value, other.value = other.value, one.value
    table.set(world.task.code, place="Tiêu chí lạ")
    [heading] = [row for row in range(5, first) if not table.sheet[f"I{row}"].value][-1:]
    table.sheet[f"B{heading}"] = "Mục đổi tên"
    comparison = appendix_import.compared(upload(world, table.content))

    rows = [one for row in comparison.outcomes for one in row.remarks]
    told = {one.cell for one in [*rows, *comparison.remarks] if "không đổi theo tệp" in one.message}
    assert set(fates(comparison).values()) == {Fate.SAME}
    assert told >= {f"B{table.row(world.task.code)}", f"B{heading}"}
    assert len(told & {f"C{first}", f"C{second}"}) == 1


def test_words_of_unknown_units_are_kept_when_said(world, table):
    table.add("2.1", wording="Việc mới", lead="Phòng Lạ; Phòng B", due="30/11/2023")
    apply(world, table.content, keep_words=True)

    task = Task.objects.get(wording="Việc mới")
    assert (task.lead_words, [a.unit for a in task.assignments.all()]) == (
        "Phòng Lạ; Phòng B",
        [world.b],
    )


def test_without_codes_rows_are_found_by_their_words(world):
    rows = [
        (
            1,
            task.wording.upper(),
            "; ".join(a.unit.name for a in task.assignments.leads()),
            "",
            "",
            "",
            "",
        )
        for task in Task.objects.order_by("pk")
    ]
    rows[0] = (*rows[0][:3], "S", *rows[0][4:])
    comparison = appendix_import.compared(upload(world, workbook([row for row in rows if row[2]])))

    assert Fate.NEW not in fates(comparison).values()
    assert fates(comparison)[world.standing.code] is Fate.KEPT


def test_without_codes_an_edited_task_is_no_new_one(world, table):
    wording = "Tham mưu ban hành kế hoạch kiểm tra công tác cải cách hành chính {}"
    Task.objects.filter(code="2.1").update(wording=wording.format("năm nay"))
    Task.objects.filter(code="2.2").update(wording=wording.format("quý I"))
    place = table.sheet[f"B{table.row('2.1')}"].value
    table.remove("2.2")
    table.set("2.1", wording=wording.format("trong năm nay"), code=None)
    table.add(world.task.code, wording=wording.format("quý II"), place=place)
    comparison = appendix_import.compared(upload(world, table.content))

    found = fates(comparison)
    assert (found["2.1"], found["2.2"]) == (Fate.CHANGED, Fate.KEPT)
    [edited] = [one for one in comparison.outcomes if one.code == "2.1"]
    assert any("sửa lời văn nhiệm vụ 2.1" in one.message for one in edited.remarks)
    [new] = [one for one in comparison.outcomes if one.fate is Fate.NEW]
    assert new.wording == wording.format("quý II")


def test_two_people_at_once(world, table):
    other = make_user(Role.ADMIN, None, "admin2")
    table.set("2.1", note="của người thứ nhất")
    first = upload(world, table.content)
    table.set("2.1", note="của người thứ hai")
    second = upload(world, table.content, by=other)
    seen = [appendix_import.compared(one).seen for one in (first, second)]
    appendix_import.apply(import_id=first.pk, by=world.admin, seen=seen[0])

    with pytest.raises(Outdated, match="người khác sửa"):
        appendix_import.apply(import_id=second.pk, by=other, seen=seen[1])
    with pytest.raises(NotNow, match="đã được Người admin áp dụng"):
        appendix_import.apply(import_id=first.pk, by=world.admin, seen=seen[0])
    assert Task.objects.get(code="2.1").note == "của người thứ nhất"


def test_only_administrators(world, table):
    one = upload(world, table.content)
    for who in (world.office, world.leadership, world.head):
        with pytest.raises(NotYours):
            upload(world, table.content, by=who)
        with pytest.raises(NotYours):
            appendix_import.apply(import_id=one.pk, by=who, seen="")


def test_a_failure_in_the_middle_leaves_nothing(world, table, monkeypatch):
    table.set("2.1", note="x")
    table.add("2.2", place="Mục mới", wording="Việc mới", lead="A")
    before = state()

    def broken(*_):
        raise ConnectionError

    monkeypatch.setattr("plans.acts.appendix.project_new", broken)
    with pytest.raises(ConnectionError):
        apply(world, table.content)

    assert state() == before
    assert (TaskChange.objects.count(), Block.objects.filter(heading="Mục mới").count()) == (0, 0)
    assert AppendixImport.objects.get().applied_at is None


# --- A unit that works no more, a task that was withdrawn -----------------------------------------


def merged(world, **fields):
    """Phòng A, renamed, is now part of Phòng B, and keeps its part of `world.task`."""
    world.a.name = "Phòng Nội dung số"
    world.a.save()
    with clock.set_to(TODAY):
        merge_units(
            unit=world.a,
            into=world.b,
            on=day(11, 15),
            by=world.admin,
            reason="Quyết định 12",
            hand_over=False,
            move_people=False,
            **fields,
        )


def exported(world, as_user):
    return Table(as_user(world.admin).get(EXPORT).content)


def test_a_unit_that_works_no_more_is_known_where_it_stands(world, as_user):
    record(world.lead, world.head)
    merged(world)
    table = exported(world, as_user)
    code = world.task.code
    assert table.sheet[f"D{table.row(code)}"].value == "Phòng Nội dung số"
    table.set(code, lead="Phòng Nội dung số; Phòng S")

    comparison = appendix_import.compared(upload(world, table.content))
    assert comparison.errors == []
    apply(world, table.content)

    assert {part.unit for part in world.task.assignments.leads()} == {world.a, world.s}


def test_a_unit_that_works_no_more_gets_nothing_new(world, as_user):
    merged(world)
    table = exported(world, as_user)
    table.set(world.other_task.code, support="Phòng Nội dung số")
    table.add(world.task.code, wording="Việc mới", lead="Phòng Nội dung số", due="31/12/2023")
    before = state()

    comparison = appendix_import.compared(upload(world, table.content))

    assert {(error.message, error.accepted) for error in comparison.errors} == {
        ("Phòng Nội dung số đã ngừng hoạt động, nhập vào Phòng B từ 15/11/2023", "Phòng B")
    }
    assert len(comparison.errors) == 2
    with pytest.raises(NotNow, match="còn 2 lỗi"):
        apply(world, table.content)
    assert state() == before


def test_what_an_old_name_means_now_stays_so(world, as_user):
    """The name of the old unit is an alias of the other: a new row means the other."""
    merged(world)
    Unit.objects.filter(pk=world.a.pk).update(name="Phòng Cũ", short_name="PC")
    Alias.objects.create(agency=world.agency, name="Phòng Cũ", unit=world.b)
    table = exported(world, as_user)
    table.add(world.task.code, wording="Việc mới", lead="Phòng Cũ", due="31/12/2023")

    apply(world, table.content)

    task = Task.objects.get(wording="Việc mới")
    assert [part.unit for part in task.assignments.leads()] == [world.b]


def test_the_row_of_a_withdrawn_task_tells_that_it_can_be_put_back(world, table):
    task = Task.objects.get(code="2.1")
    with clock.set_to(TODAY):
        withdraw_task(task=task, by=world.admin, reason="Không còn cần")

    [error] = appendix_import.compared(upload(world, table.content)).errors

    assert error.message == "nhiệm vụ mã “2.1” đã rút khỏi phụ lục ngày 20/11/2023"
    assert "khôi phục nhiệm vụ đó ở trang phụ lục (“Khôi phục”)" in error.accepted
    assert "để trống" not in error.accepted
    with clock.set_to(TODAY):
        restore_task(task=task, by=world.admin, reason="Lại cần")
    assert appendix_import.compared(upload(world, table.content)).errors == []


def test_thousands_are_parted_in_what_is_told_afterwards():
    """As in the preview (V7)."""
    outcomes = [Outcome(Fate.NEW)] * 2000 + [Outcome(Fate.SAME)] * 3

    told = appendix_import.summary(Comparison(outcomes, [], seen="", needs_reason=False))

    assert told == "2.000 mới, 3 không đổi"
