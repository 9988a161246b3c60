"""A unit's report while it is written: drafted from what it typed, edited by section."""

import uuid
from decimal import Decimal

import pytest

from plans.acts.refusals import Invalid
from plans.states import State
from reports.acts import writing
from reports.acts.recording import Moved
from reports.content.frozen import freeze, thaw
from reports.states.unit_report import ReportState
from reports.unit_content.build import unit_report
from reports.unit_content.checks import lacks
from reports.unit_content.comparison import compare
from reports.unit_content.document import as_document
from reports.unit_content.model import SECTIONS, UnitReportContent
from reports.unit_content.working import working
from tests.builders import TODAY, day, decide, make_measure, make_task, record
from tests.reports.unit_rounds import in_state, write
from tests.steering import raise_one

pytestmark = pytest.mark.django_db


def now(report):
    return working(report, TODAY)


def content(world, unit=None, on=TODAY):
    return unit_report(world.plan, unit or world.a, on, round_name="Đợt")


# --- Drafts -----------------------------------------------------------------------------------


def test_sections_are_drafted_from_the_updates(world):
    record(
        world.lead,
        world.staff,
        result="Đã kiểm tra.",
        difficulty="Thiếu người.",
        cause="Nghỉ phép.",
        next_step="Làm tiếp.",
        proposal="Thêm người.",
    )
    code = world.task.code

    texts = {one.key: one.text for one in content(world).texts}

    assert texts == {
        "highlights": f"- Nhiệm vụ {code}: Đã kiểm tra.",
        "shortcomings": f"- Nhiệm vụ {code}: Thiếu người.",
        "causes": f"- Nhiệm vụ {code}: Nghỉ phép.",
        "objective": "",
        "subjective": "",
        "directions": f"- Nhiệm vụ {code}: Làm tiếp.",
        "proposals": f"- Nhiệm vụ {code}: Thêm người.",
    }
    assert texts.keys() == SECTIONS.keys()


def test_what_was_raised_without_an_update_is_drafted_too(world):
    """Or the report would say that there is nothing while the leadership has it before it."""
    record(world.lead, world.head, difficulty="Thiếu người.", proposal="Thêm người")
    raise_one(world, on=day(11, 3), words="Thiếu người", proposal="Thêm người.")
    raise_one(world, on=day(11, 4))
    raise_one(world, on=day(11, 5), tasks=[], words="Thiếu phòng họp.", proposal="")
    code = world.task.code

    texts = {one.key: one.text for one in content(world).texts}

    assert texts["shortcomings"].split("\n") == [
        f"- Nhiệm vụ {code}: Thiếu người.",
        f"- Nhiệm vụ {code}: Thiếu kinh phí.",
        "- Thiếu phòng họp.",
    ]
    assert texts["proposals"].split("\n") == [
        f"- Nhiệm vụ {code}: Thêm người",
        f"- Nhiệm vụ {code}: Bổ sung kinh phí.",
    ]
    earlier = {one.key: one.text for one in content(world, on=day(11, 3)).texts}
    assert "kinh phí" not in earlier["shortcomings"]
    assert content(world, world.b).text("shortcomings") == ""


def test_only_the_units_own_part_is_told(world):
    """With two leads, each report has its own state, words and values."""
    task = make_task(world.block, (world.a, world.b))
    measure = make_measure(task, target=Decimal(90))
    a, b = (task.assignments.get(unit=unit) for unit in (world.a, world.b))
    record(a, world.head, State.DONE, values={measure.pk: Decimal(95)})
    decide("confirm", a, world.office)
    record(b, world.other_head, result="Của B.", values={measure.pk: Decimal(40)})

    own = {one.code: one for one in content(world).tasks}[task.code]
    theirs = {one.code: one for one in content(world, world.b).tasks}[task.code]

    assert own.lead_words == theirs.lead_words == "Phòng A; Phòng B"
    assert [lead.unit for lead in own.leads] == ["Phòng A"]
    assert (own.status.state, theirs.status.state) == ("done", "in_progress")
    assert [one.shown_values for one in own.measures] == ["95%"]
    assert [one.shown_values for one in theirs.measures] == ["40%"]
    assert content(world).total.done == 1
    assert content(world, world.b).total.done == 0


def test_the_figures_are_those_of_the_parts(world):
    make_task(world.block, (world.a,), due_on=day(11, 1))
    record(world.lead, world.head, State.DONE)
    decide("confirm", world.lead, world.office)

    told = content(world)

    assert (told.total.total, told.total.done, told.total.overdue) == (2, 1, 1)
    assert told.figures[0] == (
        "Đơn vị chủ trì 02 phần việc: hoàn thành 01/02 phần việc (50%), trong đó đúng hạn 01, quá "
        "hạn 00; chưa hoàn thành 01/02 phần việc (trong hạn 00, quá hạn 01), gồm chưa có thông "
        "tin 01."
    )


def test_contributions_are_told_and_no_task_of_others(world):
    record(world.support, world.support_head, result="Đã góp ý.")

    told = content(world, world.s)

    assert told.tasks == ()
    [support] = told.supports
    assert support.code == world.task.code
    assert support.contribution.result == "Đã góp ý."
    assert "Đơn vị không chủ trì nhiệm vụ nào của Kế hoạch." in told.figures


def test_a_day_before_tells_what_was_known_then(world):
    record(world.lead, world.staff, on=day(11, 10), result="Trước.")
    record(world.lead, world.staff, on=day(11, 18), result="Sau.")

    [task] = content(world, on=day(11, 12)).tasks

    assert task.leads[0].result == "Trước."


# --- Editing ----------------------------------------------------------------------------------


def test_what_a_person_wrote_is_never_overwritten_and_the_new_draft_stands_beside(world):
    report = in_state(world, ReportState.DRAFT)
    write(report, world.staff, "highlights", "Lời của chuyên viên.")
    assert not now(report).section("highlights").has_new_draft

    record(world.lead, world.staff, result="Kết quả mới.")

    section = now(report).section("highlights")
    assert section.text == "Lời của chuyên viên."
    assert section.has_new_draft
    assert section.draft == f"- Nhiệm vụ {world.task.code}: Kết quả mới."
    assert now(report).content.text("highlights") == "Lời của chuyên viên."


def test_a_section_may_be_left_blank_or_follow_the_draft_again(world):
    report = in_state(world, ReportState.DRAFT)
    write(report, world.staff, "highlights", "")
    assert now(report).section("highlights").text == ""

    keys = {"seen": 1, "request_key": uuid.uuid4()}
    writing.write_section(
        report_id=report.pk, section="highlights", text=None, by=world.staff, **keys
    )

    section = now(report).section("highlights")
    assert section.text == section.draft != ""
    assert [edit.text for edit in section.edits] == ["", None]


def test_two_people_in_one_section_keep_both_texts(world):
    report = in_state(world, ReportState.DRAFT)
    write(report, world.staff, "highlights", "Của chuyên viên.")

    with pytest.raises(Moved) as moved:
        write(report, world.head, "highlights", "Của lãnh đạo.", seen=0)
    assert [edit.text for edit in moved.value.newer] == ["Của chuyên viên."]

    write(report, world.head, "highlights", "Của lãnh đạo.", seen=1)
    assert [one.text for one in report.edits.all()] == ["Của chuyên viên.", "Của lãnh đạo."]
    assert [one.text for one in now(report).section("highlights").earlier] == ["Của chuyên viên."]


def test_two_people_in_two_sections_do_not_meet(world):
    report = in_state(world, ReportState.DRAFT)
    write(report, world.staff, "highlights", "Một.", seen=0)
    write(report, world.head, "proposals", "Hai.", seen=0)
    assert report.edits.count() == 2


def test_a_double_click_writes_once(world):
    report = in_state(world, ReportState.DRAFT)
    key = uuid.uuid4()
    first = write(report, world.staff, "highlights", "Lời.", seen=0, key=key)
    assert write(report, world.staff, "highlights", "Lời.", seen=0, key=key) == first
    with pytest.raises(Moved):
        write(report, world.staff, "highlights", "Lời khác.", seen=0, key=key)


def test_text_that_cannot_be_kept_is_refused(world):
    report = in_state(world, ReportState.DRAFT)
    with pytest.raises(Invalid) as refused:
        write(report, world.staff, "highlights", "x" * 20_001)
    assert "highlights" in refused.value.errors


# --- The check --------------------------------------------------------------------------------


def test_the_check_names_what_is_missing_and_what_stops(world):
    measure = make_measure(world.task, target=Decimal(90))
    silent = make_task(world.block, (world.a,))
    supported = make_task(world.block, (world.b,), (world.a,))
    record(
        world.lead,
        world.head,
        State.DONE,
        evidence=(),
        explanation="Không có văn bản.",
        cause="Chậm.",
    )

    found = [(one.code, one.words, one.stops) for one in lacks(content(world), TODAY)]

    assert found == [
        (silent.code, "chưa có cập nhật nào", True),
        (world.task.code, f"chỉ tiêu “{measure.name}” chưa có số liệu", False),
        (world.task.code, "báo hoàn thành nhưng không có tài liệu kiểm chứng", False),
        (supported.code, "chưa ghi kết quả phối hợp", False),
        ("", "còn nguyên nhân chưa chia thành khách quan, chủ quan", False),
    ]


def test_nothing_is_missing(world):
    record(world.lead, world.head, State.DONE)
    assert lacks(content(world), TODAY) == []


# --- The document and comparison --------------------------------------------------------------


def test_content_freezes_and_thaws_alike(world):
    record(world.lead, world.staff, cause="Chậm.")
    told = content(world)
    assert thaw(freeze(told), UnitReportContent) == told
    assert as_document(thaw(freeze(told), UnitReportContent)) == as_document(told)


def test_the_document_says_everything_that_was_written(world):
    report = in_state(world, ReportState.DRAFT)
    for key in SECTIONS:
        write(report, world.staff, key, f"Lời của {key}\nDòng hai của {key}")

    document = as_document(now(report).content)

    said = [block.text for section in document.sections for block in section.blocks]
    for key in SECTIONS:
        assert [one for one in said if one.endswith(f" của {key}")] == [
            f"Lời của {key}",
            f"Dòng hai của {key}",
        ]
    assert "a) Nguyên nhân khách quan" in said
    assert "b) Nguyên nhân chủ quan" in said
    assert [task.code for task in document.tasks] == [world.task.code]


def test_two_versions_are_compared_by_section_and_task(world):
    record(world.lead, world.staff, result="Một nửa.")
    old = content(world)
    record(world.lead, world.head, State.DONE, result="Đã xong.")
    added = make_task(world.block, (world.a,))
    new = content(world)

    found = compare(old, new)

    assert [one.name for one in found.sections] == ["Số liệu", "Kết quả nổi bật"]
    by_code = {one.code: {c.name: c.lines for c in one.changes} for one in found.tasks}
    assert by_code.keys() == {world.task.code, added.code}
    changed = [(line.kind, line.text) for line in by_code[world.task.code]["Kết quả"]]
    assert changed == [("gone", "Một nửa."), ("new", "Đã xong.")]
    assert {line.kind for lines in by_code[added.code].values() for line in lines} == {"new"}
    assert compare(new, new).is_same
