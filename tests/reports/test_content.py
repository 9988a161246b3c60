"""What the report says, from a plan in which every state occurs."""

from decimal import Decimal

import pytest

from plans import tallies
from plans.acts.withdrawing import restore_task, withdraw_task
from plans.tallies import Tally
from reports.content import consolidated
from reports.content.model import BlockKind, Counts, TableKey
from reports.round_content.build import drafted
from reports.round_content.sources import sources_of
from tests.builders import TODAY, day, make_block, make_measure, make_task, record
from tests.reports.conftest import named
from tests.reports.rounds import open_round
from units import clock
from units.models import Agency, Signatory

# Agency and superior, what stands around the body, the tasks with everything, the two tallies.
QUERIES = 31


def section(content, key):
    (found,) = [one for one in content.sections if one.key == key]
    return found


def texts(content, key):
    return [f"{one.label} {one.text}".strip() for one in section(content, key).blocks]


def line(content, code):
    (found,) = [task for task in content.tasks if task.code == code]
    return found


def test_figures_are_the_tallies(every_state, content):
    plan = every_state.plan
    by_indicator = tallies.by_indicator(plan, TODAY)
    by_unit = tallies.by_unit(plan, TODAY)

    assert [figures(row) for row in content.by_indicator] == [t for _, t in by_indicator]
    assert [figures(row) for row in content.by_unit] == [t for _, t in by_unit]
    assert figures(content.total) == tallies.total(t for _, t in by_indicator)
    assert figures(content.parts_total) == tallies.total(t for _, t in by_unit)


def figures(row: Counts) -> Tally:
    return Tally(**{name: getattr(row, name) for name in Tally.__dataclass_fields__})


def test_every_state_is_there_and_adds_up(content):
    total = content.total

    assert figures(total) == Tally(
        no_info=3,
        not_started=1,
        in_progress=4,  # D1, D6 returned, D7 overdue, E5 with one lead of two done
        awaiting=2,
        done_on_time=1,
        done_late=1,
        done_no_deadline=1,
        not_arisen=1,
        paused=1,
        overdue=1,
        awaiting_past_due=1,
        unassigned=1,
    )
    assert total.total == 15
    assert total.done + total.open + total.awaiting + total.not_arisen + total.paused == 15
    assert total.open_in_time + total.overdue == total.open
    assert total.rate == Decimal("20.0")
    assert total.rate_due == Decimal("60.0")


def test_a_task_with_two_leads_counts_once_for_each(content):
    assert content.parts_total.total == content.total.total + 1
    assert [row.label for row in content.by_unit] == ["Phòng VP", "Phòng A", "Phòng B"]


def test_measures_are_counted_apart(every_state):
    for target in (50, None, 100):
        make_measure(every_state.task, target=target)
    values = [m.pk for m in every_state.task.measures.order_by("pk")[:2]]
    record(every_state.lead, every_state.head, values=dict.fromkeys(values, Decimal(60)))

    measures = consolidated(every_state.plan, TODAY).measures

    assert (measures.met, measures.unmet, measures.no_value, measures.no_target) == (1, 1, 1, 1)
    assert measures.total == 4


def test_the_units_words_stand_under_task_and_unit(content):
    assert "Kết quả: Đã kết nối 18/22 ứng dụng." in texts(content, "results")
    assert texts(content, "directions") == [
        "Phòng A (nhiệm vụ D1): Kết nối 04 ứng dụng còn lại.",
    ]
    assert texts(content, "proposals") == ["Phòng A (nhiệm vụ D1): Đề nghị bố trí kinh phí."]
    assert texts(content, "shortcomings") == [
        "1. Nhiệm vụ quá hạn, bị trả lại",
        "Phòng A (nhiệm vụ D6): Đang thực hiện (trong hạn, còn 10 ngày); "
        "kết quả đã báo cáo bị trả lại để bổ sung.",
        "Phòng A (nhiệm vụ D7): Đang thực hiện (quá hạn 10 ngày).",
        "2. Tồn tại, hạn chế, khó khăn, vướng mắc",
        "Phòng A (nhiệm vụ D1): Thiếu kinh phí.",
        "3. Nguyên nhân",
        "Phòng A (nhiệm vụ D1): Chưa được bố trí vốn.",
        "Phòng A (nhiệm vụ E1): Chờ hướng dẫn.",
    ]


def test_each_lead_of_a_task_has_its_part(content):
    task = line(content, "E5")

    assert [(lead.unit, lead.status.words, lead.result) for lead in task.leads] == [
        ("Phòng A", "Hoàn thành đúng hạn (ngày 08/10/2023)", "Phần của Phòng A đã xong."),
        ("Phòng B", "Chưa có thông tin (trong hạn, còn 10 ngày)", ""),
    ]
    assert task.status.words == "Đang thực hiện (trong hạn, còn 10 ngày)"
    assert task.leads[0].evidence == ("Văn bản số 77/BC-STTTT",)
    assert texts(content, "results")[-3:] == [
        "a) Phòng A: Hoàn thành đúng hạn (ngày 08/10/2023). Phần của Phòng A đã xong.",
        "Tài liệu kiểm chứng: Văn bản số 77/BC-STTTT.",
        "b) Phòng B: Chưa có thông tin (trong hạn, còn 10 ngày).",
    ]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("D1", "Đang thực hiện (trong hạn, còn 10 ngày)"),
        ("D2", "Hoàn thành đúng hạn (ngày 01/10/2023)"),
        ("D3", "Hoàn thành quá hạn 4 ngày (ngày 14/11/2023)"),
        ("D4", "Hoàn thành (ngày 01/10/2023)"),
        ("D5", "Chờ xác nhận (đơn vị báo cáo hoàn thành ngày 14/11/2023, đúng hạn)"),
        ("E1", "Chưa thực hiện (trong hạn, còn 10 ngày)"),
        ("E2", "Không phát sinh"),
        ("E3", "Tạm dừng"),
    ],
)
def test_state_and_lateness_in_words(content, code, words):
    assert line(content, code).status.words == words


def test_what_is_assigned_to_nobody_is_told_apart(every_state, content):
    code = every_state.standing.code

    assert (
        "Ngoài ra, có 01 yêu cầu, nhiệm vụ chưa phân công đơn vị chủ trì "
        f"(mục {code}); số này không tính vào các tỷ lệ trên."
    ) in texts(content, "overview")
    assert line(content, code).status.words == "Chưa phân công"
    assert content.appendix.closing == "Phụ lục này có 16 nhiệm vụ, yêu cầu./."


def test_units_without_information_are_named(content):
    assert (
        "Chưa có thông tin từ: Phòng VP (01 phần việc); Phòng A (01 phần việc); "
        "Phòng B (02 phần việc)."
    ) in texts(content, "overview")


@pytest.mark.parametrize("kind", [BlockKind.TABLE, BlockKind.CHART])
def test_every_table_has_its_chart(content, kind):
    asked = [b.table for b in section(content, "overview").blocks if b.kind == kind]

    assert asked == [TableKey.BY_INDICATOR, TableKey.BY_UNIT, TableKey.COURSE]


def test_only_what_was_known_on_the_day(every_state):
    early = consolidated(every_state.plan, day(10, 1))

    assert early.total.no_info == early.total.total == 15
    assert early.opening[1] == "Số liệu trong Báo cáo này tính đến ngày 01/10/2023."


def test_around_the_body(content):
    assert content.head.superior == "UBND TỈNH LẠNG SƠN"
    assert content.head.agency == ("SỞ THÔNG TIN", "VÀ TRUYỀN THÔNG")
    assert content.head.number_line == "Số:        /BC-STTTT"
    assert content.head.place_and_date == "Lạng Sơn, ngày     tháng 11 năm 2023"
    assert content.kind == "BÁO CÁO"
    assert content.subject == (
        "Kết quả thực hiện Kế hoạch nâng cao Chỉ số PAPI, SIPAS và PAR INDEX tỉnh Lạng Sơn năm "
        "2023 của Sở Thông tin và Truyền thông"
    )
    assert content.addressee == "Ủy ban nhân dân tỉnh Lạng Sơn (qua Sở Nội vụ)"
    assert content.closing.endswith("trân trọng báo cáo Ủy ban nhân dân tỉnh Lạng Sơn./.")
    assert content.recipients == (
        "- Như trên;",
        "- Sở Nội vụ;",
        "- Lãnh đạo Sở;",
        "- Lưu: VT, VP (NMB).",
    )
    signature = content.signature
    assert (signature.authority, signature.title) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert content.file_stem == "BC_KetQua_KH_PAPI_PARINDEX_2023"


def test_documents_are_cited_with_blanks_for_the_clerk(content):
    assert content.opening[0] == (
        "Thực hiện Kế hoạch số 142/KH-UBND ngày 24/6/2023 của UBND tỉnh về nâng cao Chỉ số PAPI, "
        "SIPAS và PAR INDEX tỉnh Lạng Sơn năm 2023 (sau đây gọi tắt là Kế hoạch 142) và Kế hoạch "
        "số …/KH-STTTT ngày … tháng 6 năm 2023 của Sở Thông tin và Truyền thông về nâng cao "
        "Chỉ số PAPI, SIPAS và PAR INDEX tỉnh Lạng Sơn năm 2023, Sở Thông tin và Truyền thông báo "
        "cáo kết quả thực hiện như sau:"
    )


def test_names_are_those_in_force_on_the_day(every_state):
    agency = Agency.objects.get(code="stttt")
    agency.identities.update(valid_until=day(11, 15))
    agency.identities.create(
        name="Sở Khoa học và Công nghệ",
        short_name="Sở KH&CN",
        symbol="SKHCN",
        valid_from=day(11, 16),
    )

    before = consolidated(every_state.plan, day(11, 15))
    after = consolidated(every_state.plan, TODAY)

    assert (before.author, before.head.number_line[-9:]) == (
        "Sở Thông tin và Truyền thông",
        "/BC-STTTT",
    )
    assert (after.author, after.head.number_line[-9:]) == ("Sở Khoa học và Công nghệ", "/BC-SKHCN")


def test_without_a_signatory_of_its_own_the_one_in_force_signs(world):
    Signatory.objects.create(
        agency=world.agency, title="GIÁM ĐỐC", full_name="Cũ", valid_until=day(10, 1)
    )
    Signatory.objects.create(
        agency=world.agency, title="GIÁM ĐỐC", full_name="Mới", valid_from=day(10, 2)
    )

    assert consolidated(world.plan, TODAY).signature.full_name == "Mới"


def test_an_agency_of_which_little_is_known_still_has_a_report(world):
    content = consolidated(world.plan, TODAY)

    assert (content.addressee, content.head.superior) == ("", "")
    assert content.head.place_and_date == "ngày     tháng 11 năm 2023"
    assert content.recipients == ("- Lưu: VT.",)


def test_a_fixed_number_of_queries(world, django_assert_num_queries):
    plan = named(world)

    def reported(block):
        task = make_task(block, (world.a, world.b), (world.s,))
        measure = make_measure(task, target=10)
        record(task.assignments.get(unit=world.a), world.head, values={measure.pk: Decimal(9)})

    reported(world.block)  # what has no value at all asks for none
    with django_assert_num_queries(QUERIES):
        consolidated(plan, TODAY)
    for number in range(3, 8):
        block = make_block(plan, str(number))
        for _ in range(6):
            reported(block)
    with django_assert_num_queries(QUERIES):
        assert len(consolidated(plan, TODAY).tasks) == 35


def test_a_report_says_which_tasks_left_the_plan_and_why(world):
    """One fewer is counted than in the months before: who, since when, why."""
    task = world.task
    with clock.set_to(day(11, 6)):
        withdraw_task(task=task, by=world.admin, reason="Trùng với nhiệm vụ khác.")
    said = (
        "Đã rút khỏi Kế hoạch 01 nhiệm vụ, không tính vào số liệu từ ngày rút: nhiệm vụ "
        f"{task.code} từ ngày 06/11/2023 (lý do: trùng với nhiệm vụ khác)."
    )

    assert said in texts(consolidated(world.plan, day(11, 6)), "overview")
    assert "Đã rút" not in str(texts(consolidated(world.plan, day(11, 5)), "overview"))
    with clock.set_to(day(11, 10)):
        restore_task(task=task, by=world.admin, reason="Rút nhầm.")
    assert said in texts(consolidated(world.plan, day(11, 9)), "overview")
    assert "Đã rút" not in str(texts(consolidated(world.plan, TODAY), "overview"))


def test_a_rounds_report_says_of_its_units_what_left_the_plan(world):
    withdraw_task(task=world.task, by=world.admin, reason="Trùng.")

    def said(unit):
        round = open_round(world, unit, name=unit.name)
        report = drafted(round, sources_of(round, TODAY), TODAY).printed({})
        return str(texts(report, "results"))

    assert f"nhiệm vụ {world.task.code} từ ngày 20/11/2023 (lý do: trùng)" in said(world.a)
    assert "Đã rút khỏi" not in said(world.b)
