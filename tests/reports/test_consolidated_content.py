"""What the consolidated report of a round says: the units' frozen words, never live data."""

import uuid

import pytest

from plans import tallies
from plans.models import Area, AssignmentStanding, Block, TaskStanding
from plans.states import State
from reports.acts.rounds import urge
from reports.content import consolidated
from reports.content.model import BlockKind
from reports.content.scope import NOT_ASKED
from reports.files.tables import appendix
from reports.models import Round, UnitReport
from reports.round_content.build import NOT_REPORTED, drafted
from reports.round_content.passages import DraftSection, Passage, blocks_of
from reports.round_content.sources import sources_of
from tests.builders import TODAY, a_document, day, decide, make_measure, make_task, record
from tests.reports.rounds import accept, open_round, reopen
from units import clock


def draft(round, on=TODAY):
    return drafted(round, sources_of(round, on), on)


def lines(content, key=""):
    return [
        f"{block.label} {block.text}".strip()
        for section in content.sections
        if key in ("", section.key)
        for block in section.blocks
    ]


def everybody(world, round, **texts):
    for unit, by in (
        (world.vp, world.office),
        (world.a, world.head),
        (world.b, world.other_head),
        (world.s, world.support_head),
    ):
        accept(world, round, unit, by, **texts)


def test_with_every_report_it_counts_what_the_live_report_counts(every_state):
    world = every_state
    round = open_round(world)
    everybody(world, round)

    told, live = draft(round).content, consolidated(world.plan, TODAY)

    assert told.total == live.total
    assert told.by_indicator == live.by_indicator
    assert told.by_unit == live.by_unit
    assert told.measures == live.measures
    assert told.tasks == live.tasks
    assert told.indicators == live.indicators
    assert told.course == live.course
    assert told.events == live.events


def test_the_outline_is_that_of_the_province(every_state):
    round = open_round(every_state)
    everybody(every_state, round)

    printed = draft(round).printed({})

    assert [section.heading for section in printed.sections] == [
        "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH",
        "II. KẾT QUẢ THỰC HIỆN",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRONG THỜI GIAN TỚI",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
    ]
    headings = [
        block.text
        for section in printed.sections
        for block in section.blocks
        if block.kind == "heading" and block.level == 2
    ]
    assert headings == [
        "1. Ban hành văn bản chỉ đạo, triển khai",
        "2. Theo dõi, đôn đốc, tổng hợp báo cáo",
        "1. Chỉ số thứ 1 (PAR INDEX)",
        "2. Chỉ số thứ 2 (PAPI)",
        "1. Kết quả đạt được",
        "2. Tồn tại, hạn chế",
        "3. Nguyên nhân",
    ]


def test_a_passage_without_words_is_left_out_until_someone_writes_it():
    empty = Passage("a", "A", "Quán triệt")
    full = Passage("b", "B", "Kiểm tra", blocks=blocks_of("Một.\n\nHai."))
    section = DraftSection("one", "I", "MỘT", (empty, full))

    def texts(edited):
        return [block.text for block in section.printed(edited).blocks]

    assert texts({}) == ["Một.", "Hai."]  # the only part needs no number
    assert texts({"a": "Đã quán triệt.", "b": ""}) == ["Đã quán triệt."]
    assert texts({"a": "Đã quán triệt.", "b": "Một."})[::2] == ["1. Quán triệt", "2. Kiểm tra"]


@pytest.mark.parametrize(
    ("demand", "begins"),
    [
        (
            "Công văn số 99/UBND-TH ngày 15/11/2023 của UBND tỉnh",
            "Thực hiện Công văn số 99/UBND-TH ngày 15/11/2023 của UBND tỉnh; Kế hoạch số 142/",
        ),
        ("Chủ tịch UBND tỉnh", "Theo yêu cầu của Chủ tịch UBND tỉnh, thực hiện Kế hoạch số 142/"),
        ("", "Thực hiện Kế hoạch số 142/"),
    ],
)
def test_a_report_that_was_asked_for_names_the_demand_and_its_round(every_state, demand, begins):
    round = open_round(every_state, demand=demand, name="Báo cáo nhanh tháng 11")

    first, second = draft(round).content.opening

    assert first.startswith(begins)
    assert " và Kế hoạch số …/KH-STTTT ngày … tháng 6 năm 2023 của Sở" in first
    assert second == (
        "Số liệu trong Báo cáo này (đợt báo cáo “Báo cáo nhanh tháng 11”) tính đến ngày 20/11/2023."
    )
    Round.objects.update(kind="yearly")
    assert "đợt báo cáo" not in str(draft(Round.objects.get()).content.opening)


def test_a_unit_without_an_accepted_report_is_told_and_never_filled_in(world):
    round = open_round(world)
    record(world.lead, world.head, State.DONE, result="Kết quả của A chưa ai nhận.")
    decide("confirm", world.lead, world.office)
    accept(world, round, world.b, world.other_head)
    accept(world, round, world.vp, world.office)

    found = draft(round)
    printed = found.printed({})

    [task] = [one for one in printed.tasks if one.code == world.task.code]
    assert task.status.state == task.leads[0].status.state == "no_info"
    assert task.status.words.endswith(NOT_REPORTED)
    assert task.leads[0].result == ""
    assert task.leads[0].evidence == ()
    assert (printed.total.done, printed.total.no_info) == (0, 3)
    assert "Kết quả của A" not in str(printed)
    said = lines(printed, "results")
    assert (
        "Chưa có báo cáo được tiếp nhận của: Phòng A (01 phần việc); Phòng S (00 phần việc). Phần "
        "việc của các đơn vị này được tính là “chưa có thông tin”." in said
    )
    assert (
        "Đã tiếp nhận báo cáo của 02/04 đơn vị; chưa tiếp nhận 02/04: Phòng A (chưa nộp); Phòng S "
        "(chưa nộp)." in lines(printed, "directing")
    )


def test_one_unit_without_a_report_is_one(world):
    round = open_round(world)
    for unit, by in ((world.vp, world.office), (world.b, world.other_head), (world.a, world.head)):
        accept(world, round, unit, by)

    said = lines(draft(round).printed({}), "results")

    assert (
        "Chưa có báo cáo được tiếp nhận của: Phòng S (00 phần việc). Phần việc của đơn vị này được "
        "tính là “chưa có thông tin”." in said
    )


def test_the_figures_of_an_index_with_one_area_stand_once(world):
    """Below the heading of the index; those of several areas below each."""
    round = open_round(world)
    everybody(world, round)

    first = world.task.block.area
    code = first.indicator.code

    def counted():
        keys = (f"results.{code}", f"area.{code}.")
        return [one.key for one in draft(round).passages if one.key.startswith(keys) and one.blocks]

    assert counted() == [f"results.{code}"]
    area = Area.objects.create(indicator=first.indicator, position=2, number="9", title="Khác")
    make_task(Block.objects.create(area=area, position=1), (world.a,))
    assert counted() == [f"results.{code}", f"area.{code}.{first.number}", f"area.{code}.9"]


@pytest.mark.parametrize(
    ("state", "cycle", "said"),
    [
        ("draft", 1, "chưa nộp"),
        ("draft", 2, "đang bổ sung"),
        ("returned", 1, "đang bổ sung"),
        ("in_review", 1, "đã nộp, chờ tiếp nhận"),
    ],
)
def test_the_document_says_where_a_report_stands_in_its_own_words(world, state, cycle, said):
    round = open_round(world, world.a)
    UnitReport.objects.update(state=state, cycle=cycle)

    printed = draft(round).printed({})

    assert f"chưa tiếp nhận 01/01: Phòng A ({said})." in str(lines(printed, "directing"))


def test_a_reminder_that_is_still_to_come_is_not_counted(world):
    round = open_round(world)
    for on in (day(11, 15), TODAY):
        with clock.set_to(on):
            urge(round_id=round.pk, by=world.office, request_key=uuid.uuid4())

    def said(on):
        with clock.set_to(on):
            return str(lines(draft(round, on).printed({}), "directing"))

    assert "đã đôn đốc 02 lần các đơn vị chưa nộp báo cáo" in said(TODAY)
    assert "đã đôn đốc 01 lần" in said(day(11, 16))
    assert "đôn đốc 0" not in said(day(11, 14))


def test_nothing_is_said_for_units_that_did_not_report(world):
    round = open_round(world)
    assert lines(draft(round).printed({}), "directions") == [
        "Chưa có báo cáo của đơn vị nào được tiếp nhận."
    ]

    accept(world, round, world.a, world.head)
    assert lines(draft(round).printed({}), "directions") == [
        "Các đơn vị đã báo cáo chưa nêu việc tiếp theo."
    ]

    everybody(world, round)
    assert lines(draft(round).printed({}), "directions") == ["Các đơn vị chưa nêu việc tiếp theo."]


def test_a_list_stands_one_step_below_the_units_name(world):
    """No "- Phòng A: - Nhiệm vụ …" in a document; one point alone goes on after the name."""
    round = open_round(world)
    accept(world, round, world.a, world.head, directions="- Một.\n- Hai.\nBa.")
    accept(world, round, world.b, world.other_head, directions="- Chỉ một.")

    said = lines(draft(round).printed({}), "directions")

    assert said == ["Phòng A:", "+ Một.", "+ Hai.", "Ba.", "Phòng B: Chỉ một."]


def test_who_did_not_report_is_said_whatever_the_office_writes(world):
    round = open_round(world)

    printed = draft(round).printed({"results.overall": "Mọi việc đều tốt."})

    assert any(line.startswith("Chưa có báo cáo được tiếp nhận") for line in lines(printed))


def test_what_was_recorded_after_the_report_is_not_in_it(world):
    round = open_round(world)
    record(world.lead, world.head, result="Đã báo cáo.", on=day(11, 10))
    accept(world, round, world.a, world.head, on=day(11, 15))
    record(world.lead, world.head, State.DONE, result="Ghi sau khi nộp.", on=day(11, 18))
    decide("confirm", world.lead, world.office, on=day(11, 19))

    content = draft(round).content

    [task] = [one for one in content.tasks if one.code == world.task.code]
    assert task.leads[0].result == "Đã báo cáo."
    assert task.status.state == "in_progress"
    assert content.total.done == 0
    assert (
        "Số liệu của các đơn vị theo báo cáo đã tiếp nhận: Phòng A đến ngày 15/11/2023; trong hạn, "
        "quá hạn được tính đến ngày 20/11/2023 theo số liệu đó." in lines(draft(round).printed({}))
    )


def test_lateness_is_judged_on_the_day_of_the_consolidated_report(world):
    """A unit's report says "in time" on its day; on the department's day the work is overdue."""
    round = open_round(world)
    late = make_task(world.block, (world.a,), due_on=day(11, 17), code="L1")
    record(late.assignments.get(), world.head, on=day(11, 10))
    accept(world, round, world.a, world.head, on=day(11, 15))

    content = draft(round).content

    [task] = [one for one in content.tasks if one.code == "L1"]
    assert (task.status.days_late, task.leads[0].status.days_late) == (3, 3)
    assert content.total.overdue == 1
    assert task.status.words == task.leads[0].status.words
    assert task.status.words == (
        "Đang thực hiện (quá hạn 3 ngày); theo số liệu của đơn vị đến ngày 15/11/2023"
    )
    assert task.status.lateness.endswith("ngày 15/11/2023")  # as the workbook prints it
    assert content.later == ()


def test_what_units_recorded_after_their_reports_is_told_and_not_counted(world):
    """Finished on time and waiting to be confirmed, while the report still calls it overdue."""
    round = open_round(world)
    late = make_task(world.block, (world.a,), due_on=day(11, 17), code="L1")
    record(late.assignments.get(), world.head, on=day(11, 10))
    accept(world, round, world.a, world.head, on=day(11, 15))
    record(late.assignments.get(), world.head, State.DONE, on=day(11, 16), completed_on=day(11, 16))

    found = draft(round)

    assert [(one.code, one.unit, one.told_on) for one in found.content.later] == [
        ("L1", "Phòng A", day(11, 15))
    ]
    assert found.content.later[0].words.startswith("Chờ xác nhận (đơn vị báo cáo hoàn thành")
    assert (found.content.total.overdue, found.content.total.awaiting) == (1, 0)
    assert (
        "Sau ngày số liệu của báo cáo đơn vị còn cập nhật mới hơn đối với: nhiệm vụ L1 (Phòng A); "
        "các cập nhật này chưa có trong báo cáo được tiếp nhận nên không tính vào Báo cáo này."
        in lines(found.printed({}))
    )


def test_of_two_leads_the_one_that_reported_speaks_for_itself_alone(world):
    round = open_round(world)
    joint = make_task(world.block, (world.a, world.b), code="J1")
    mine = joint.assignments.get(unit=world.a)
    record(mine, world.head, State.DONE, result="Phần của A.", on=day(11, 2))
    decide("confirm", mine, world.office, on=day(11, 3))
    accept(world, round, world.a, world.head)

    content = draft(round).content

    [task] = [one for one in content.tasks if one.code == "J1"]
    assert [lead.status.state for lead in task.leads] == ["done", "no_info"]
    assert task.status.state == "in_progress"
    assert [lead.result for lead in task.leads] == ["Phần của A.", ""]


@pytest.fixture
def one_asked(world):
    """A round that asks Phòng A alone, which leads a task of its own and one with Phòng B."""
    round = open_round(world, world.a)
    joint = make_task(world.block, (world.b, world.a), code="J1", due_on=day(11, 10))
    make_measure(joint, target=100)
    make_measure(make_task(world.block, (world.b,), code="B1"), target=70)
    mine = joint.assignments.get(unit=world.a)
    record(mine, world.head, State.DONE, result="Phần của A.", on=day(11, 2))
    decide("confirm", mine, world.office, on=day(11, 3))
    accept(world, round, world.a, world.head)
    return round


def test_a_round_that_asks_some_units_speaks_of_the_plan_as_it_is(world, one_asked):
    printed = draft(one_asked).printed({})

    assert {task.code for task in printed.tasks} == {world.task.code, "J1"}
    said = lines(printed, "results")
    assert said[0] == (
        "Kế hoạch có 05 nhiệm vụ đã phân công đơn vị chủ trì; Báo cáo này nêu 02 nhiệm vụ do đơn "
        "vị được yêu cầu báo cáo (Phòng A) chủ trì. Tính đến ngày 20/11/2023: hoàn thành 01/02 "
        "nhiệm vụ (50%), trong đó đúng hạn 01, quá hạn 00; chưa hoàn thành 01/02 nhiệm vụ (trong "
        "hạn 01, quá hạn 00), gồm chưa có thông tin 01."
    )
    assert (
        "Kế hoạch theo dõi 02 chỉ tiêu; nhiệm vụ nêu trong Báo cáo này có 01 chỉ tiêu: chưa có số "
        "liệu 01." in said
    )
    assert (
        "Đợt báo cáo này không yêu cầu báo cáo của: Phòng VP; Phòng B; nhiệm vụ do riêng các đơn "
        "vị đó chủ trì và yêu cầu, nhiệm vụ chưa phân công đơn vị chủ trì (mục "
        f"{world.standing.code}) không có trong Báo cáo này. Không tính phần việc của đơn vị cùng "
        "chủ trì không thuộc đợt báo cáo này: nhiệm vụ J1 (Phòng B); các nhiệm vụ đó được coi là "
        "hoàn thành khi phần việc của đơn vị được yêu cầu báo cáo hoàn thành." in said
    )
    assert not any("chưa phân công" in line for line in said[1:3])


def test_a_report_on_some_units_says_so_wherever_it_may_be_read_alone(world, one_asked):
    """Title, opening, tables, charts, appendix, end: none of them reads as the whole plan."""
    printed = draft(one_asked).printed({})

    assert printed.subject.startswith("Kết quả thực hiện một số nhiệm vụ của Kế hoạch ")
    assert "một số nhiệm vụ của Kế hoạch" in printed.closing
    assert printed.opening[-1] == (
        "Báo cáo này chỉ nêu kết quả của đơn vị được yêu cầu báo cáo (Phòng A), không phải kết quả "
        "thực hiện toàn bộ Kế hoạch."
    )
    drawn = (BlockKind.TABLE, BlockKind.CHART)
    captions = [
        one.text for section in printed.sections for one in section.blocks if one.kind in drawn
    ]
    assert len(captions) == 4
    assert all(one.endswith("(nhiệm vụ của đơn vị được yêu cầu báo cáo)") for one in captions)
    assert "MỘT SỐ NHIỆM VỤ CỦA KẾ HOẠCH" in printed.appendix.title
    assert printed.appendix.cut_off.endswith(
        "; chỉ gồm nhiệm vụ do đơn vị được yêu cầu báo cáo chủ trì (Phòng A)"
    )
    assert printed.appendix.closing == "Phụ lục này có 02 nhiệm vụ, yêu cầu./."
    assert "Không có nhiệm vụ quá hạn hoặc bị trả lại của đơn vị được yêu cầu báo cáo." in (
        lines(printed, "assessment")
    )


def test_what_an_asked_unit_did_for_the_tasks_of_others_is_told_and_not_counted(world):
    record(world.support, world.support_head, result="Giúp Phòng A nhập số liệu.")
    round = open_round(world, world.s)
    accept(world, round, world.s, world.support_head)

    printed = draft(round).printed({})

    assert printed.tasks == ()
    assert lines(printed, "results")[-3:] == [
        "Phối hợp thực hiện nhiệm vụ khác",
        "Phối hợp thực hiện nhiệm vụ do đơn vị không thuộc đợt báo cáo này chủ trì:",
        f"Phòng S phối hợp nhiệm vụ {world.task.code} (Phòng A chủ trì): "
        "Giúp Phòng A nhập số liệu.",
    ]
    for units in ((), (world.a, world.s)):  # the task's lead was asked, too: told where it stands
        other = open_round(world, *units, name=f"Đợt {len(units)}")
        accept(world, other, world.s, world.support_head)
        said = lines(draft(other).printed({}), "results")
        assert "Phối hợp thực hiện nhiệm vụ khác" not in said
        assert "Phòng S phối hợp: Giúp Phòng A nhập số liệu." in said


def test_who_was_not_asked_is_counted_nowhere_and_named(world, one_asked):
    """A part of which nobody asked is not "chưa có thông tin", and never late."""
    found = draft(one_asked)
    content, printed = found.content, found.printed({})

    assert [row.label for row in content.by_unit] == ["Phòng A"]
    assert (content.parts_total.total, content.parts_total.no_info) == (2, 1)
    [task] = [one for one in content.tasks if one.code == "J1"]
    assert task.status.state == "done"
    assert [lead.unit for lead in task.leads] == ["Phòng A"]
    assert task.lead_words == f"Phòng A; Phòng B ({NOT_ASKED})"
    assert task.status.words == (
        "Hoàn thành đúng hạn (ngày 01/7/2023); không tính phần việc của Phòng B"
    )
    assert "Phòng B" not in task.leads[0].status.words
    notes = [one.note for section in printed.sections for one in section.blocks if one.note]
    assert len(notes) == 2
    assert all("nhiệm vụ J1 (Phòng B)" in note for note in notes)
    assert "Phòng B (nhiệm vụ J1)" not in str(lines(printed, "assessment"))
    cells = [cell for row in appendix.rows(printed) for cell in getattr(row, "cells", ())]
    assert any("Đơn vị cùng chủ trì không thuộc đợt báo cáo này: Phòng B." in one for one in cells)
    assert "Phòng B" not in cells


def test_a_round_whose_units_lead_nothing_says_so_and_not_that_nothing_is_assigned(world):
    round = open_round(world, world.s)
    accept(world, round, world.s, world.support_head)

    said = lines(draft(round).printed({}), "results")

    assert said[0] == (
        "Kế hoạch có 03 nhiệm vụ đã phân công đơn vị chủ trì; đơn vị được yêu cầu báo cáo "
        "(Phòng S) không chủ trì nhiệm vụ nào."
    )
    assert "Không có nhiệm vụ của đơn vị được yêu cầu báo cáo." in said


def test_sections_are_the_units_own_words_under_their_names(world):
    round = open_round(world)
    texts = {
        "highlights": "Cổng dịch vụ công vận hành thông suốt.",
        "shortcomings": "Một số hồ sơ chậm.",
        "objective": "Phần mềm của tỉnh nâng cấp.",
        "subjective": "Phân công chưa rõ.",
        "directions": "Hoàn thành số hóa.",
        "proposals": "Đề nghị UBND tỉnh bố trí kinh phí.",
    }
    accept(world, round, world.a, world.head, **texts)

    printed = draft(round).printed({})

    said = lines(printed)
    for text in texts.values():
        assert f"Phòng A: {text}" in said
    causes = lines(printed, "assessment")
    assert causes.index("a) Nguyên nhân khách quan:") < causes.index("b) Nguyên nhân chủ quan:")


def test_documents_that_units_named_are_listed(world):
    round = open_round(world)
    record(
        world.lead, world.head, State.DONE, evidence=(a_document("77/BC-STTTT"), a_document("8/KH"))
    )
    accept(world, round, world.a, world.head)

    said = lines(draft(round).printed({}), "directing")

    assert any(
        "02 văn bản" in line and "kế hoạch số 8/KH; báo cáo số 77/BC-STTTT" in line for line in said
    )


def test_a_reopened_report_counts_no_longer(world):
    round = open_round(world)
    record(world.lead, world.head, result="Đã nhận rồi mở lại.")
    accept(world, round, world.a, world.head)
    reopen(round, world.a)

    assert "Đã nhận rồi mở lại." not in str(draft(round))


def test_queries_do_not_grow_with_tasks(world, django_assert_num_queries):
    round = open_round(world)
    accept(world, round, world.a, world.head)
    with django_assert_num_queries(QUERIES):
        draft(round)
    for number in range(30):
        make_task(world.block, (world.a, world.b), (world.s,), code=f"T{number}")
    accept(world, round, world.a, world.head)
    with django_assert_num_queries(QUERIES):
        draft(round)


QUERIES = 36


@pytest.mark.parametrize("counts", [True, False])
def test_what_units_told_is_counted_as_standings_are(every_state, counts):
    """tallies.counted and tallies.tally are two ways to one answer."""
    every_state.plan.due_day_counts = counts
    every_state.plan.save()
    plan = every_state.plan
    for model in (TaskStanding, AssignmentStanding):
        for on in (day(10, 1), day(11, 10), day(11, 11), TODAY, day(11, 30), day(12, 1)):
            rows = model.objects.on(on).filter(task__plan=plan).select_related("task")
            assert tallies.counted(rows, plan, on) == tallies.total(
                tallies.tally(model.objects.on(on).filter(task__plan=plan), plan, on).values()
            )
