"""What was directed between two reports, in sections I and V: counted on the report's day, and
nothing about persons."""

import datetime as dt

import pytest

from plans import tallies
from plans.acts.steering import raise_from_update
from plans.models import Inspection
from plans.tallies import SteeringTally
from reports.content import consolidated, sentences
from reports.content.sentences import disseminated, inspected, urged
from reports.files import xlsx
from reports.round_content.build import drafted
from reports.round_content.sources import sources_of
from reports.unit_content.build import unit_report
from tests.builders import TODAY, day, record
from tests.reports.reading import sheet_rows
from tests.reports.rounds import accept, begin, brought_to, open_round, take
from tests.steering import (
    disseminate,
    find,
    go,
    inspect,
    raise_one,
    remedying,
    sanction,
    urge,
)
from units import clock

AFTER = day(12, 5)  # the day when everything is due is past


def lines(content, key):
    [section] = [one for one in content.sections if one.key == key]
    return [f"{block.label} {block.text}".strip() for block in section.blocks]


def draft(round, on=TODAY):
    return drafted(round, sources_of(round, on), on).printed({})


@pytest.fixture
def steered(world):
    """Two disseminations, two inspections with four remedies, three urgings, on their days."""
    for on, people in ((day(10, 2), 12), (day(10, 9), 3)):
        with clock.set_to(on):
            disseminate(world, people=people)
    first = inspect(world, on=day(10, 3))
    inspect(world, on=day(11, 2), units=[world.b, world.s])
    late = remedying(world, due_on=day(11, 10))
    ended, reported = (find(world, first, on=day(10, 3)) for _ in range(2))
    find(world, first, on=day(10, 3), remedy=late)
    find(world, first, on=day(11, 12))
    go(ended, "report", world.head, on=day(10, 20))
    go(ended, "confirm", world.office, on=day(10, 21))
    go(reported, "report", world.head, on=day(11, 11))
    sanction(world, first)
    answered = urge(world, on=day(10, 5))
    go(answered, "answer", world.head, on=day(10, 6))
    urge(world, on=day(11, 6))
    urge(world, on=day(11, 7), unit=world.b, tasks=[world.other_task])
    return world


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (day(10, 1), SteeringTally()),
        (
            day(10, 31),
            SteeringTally(
                disseminations=2,
                people=15,
                brought_to=("Phòng A",),
                inspections=1,
                inspected=("Phòng A", "Phòng B"),
                findings=3,
                remedied=1,
                owed=2,
                urgings=1,
                urged=("Phòng A",),
            ),
        ),
        (
            TODAY,
            SteeringTally(
                disseminations=2,
                people=15,
                brought_to=("Phòng A",),
                inspections=2,
                inspected=("Phòng A", "Phòng B", "Phòng S"),
                findings=4,
                remedied=1,
                reported=1,
                owed=2,
                overdue=1,
                urgings=3,
                unanswered=2,
                urged=("Phòng A", "Phòng B"),
            ),
        ),
    ],
)
def test_it_is_counted_as_known_on_the_day(steered, on, expected):
    assert tallies.of_steering(steered.plan, on) == expected


def test_section_one_tells_it_in_sentences(steered):
    said = lines(draft(open_round(steered)), "directing")

    assert [line for line in said if line[:1].isdigit() and ". " in line[:4]] == [
        "1. Ban hành văn bản chỉ đạo, triển khai",
        "2. Quán triệt, phổ biến, tuyên truyền",
        "3. Kiểm tra, giám sát",
        "4. Theo dõi, đôn đốc, tổng hợp báo cáo",
    ]
    assert "01 đơn vị đã quán triệt, phổ biến Kế hoạch 02 lần cho 15 lượt người: Phòng A." in said
    assert (
        "Đã tổ chức 02 cuộc kiểm tra tại 03 đơn vị (Phòng A; Phòng B; Phòng S); ghi nhận 04 tồn "
        "tại, hạn chế, yêu cầu 04 biện pháp khắc phục: đã khắc phục 01/04, chờ xác nhận kết quả "
        "01/04, đang khắc phục 02/04 (trong đó quá hạn 01)." in said
    )
    assert (
        "Đã đôn đốc 03 lần việc thực hiện nhiệm vụ đối với 02 đơn vị (Phòng A; Phòng B): đơn vị "
        "đã trả lời 01/03, chưa trả lời 02/03." in said
    )


def test_a_round_that_asks_some_units_tells_what_was_about_them(steered):
    """Phòng B was inspected twice, with A and with S, has no remedy and was urged once; one
    finding is of all that were inspected."""
    first = Inspection.objects.earliest("pk")
    find(steered, first, on=day(11, 3), unit=None)
    said = lines(draft(open_round(steered, steered.b)), "directing")

    told = str(said)
    assert "quán triệt" not in told
    assert (
        "Đã tổ chức 02 cuộc kiểm tra tại 01 đơn vị được yêu cầu báo cáo (Phòng B); ghi nhận 01 tồn "
        "tại, hạn chế." in said
    )
    assert (
        "Đã đôn đốc 01 lần việc thực hiện nhiệm vụ đối với 01 đơn vị được yêu cầu báo cáo (Phòng "
        "B): đơn vị đã trả lời 00/01, chưa trả lời 01/01." in said
    )
    assert "Đã tiếp nhận báo cáo của 00/01 đơn vị được yêu cầu báo cáo" in told


def test_nothing_about_persons_is_in_a_report(steered):
    round = open_round(steered)
    accept(steered, round, steered.a, steered.head)

    for content in (draft(round), consolidated(steered.plan, TODAY)):
        for word in ("Ví Dụ Kín", "phê bình", "Chậm cập nhật"):
            assert word.lower() not in str(content).lower()


def test_of_what_was_not_recorded_nothing_is_said():
    nothing = SteeringTally()
    assert [of(nothing) for of in (disseminated, inspected, urged)] == ["", "", ""]


def test_an_inspection_without_remedies():
    tally = SteeringTally(inspections=1, inspected=("Phòng A",))
    assert sentences.inspected(tally) == (
        "Đã tổ chức 01 cuộc kiểm tra tại 01 đơn vị (Phòng A); ghi nhận 00 tồn tại, hạn chế."
    )


# --- Difficulties ---------------------------------------------------------------------------------


@pytest.fixture
def raised(world):
    """One with the Office, one returned to it, one before the leadership, one at the province."""
    raise_one(world, on=day(11, 1), words="Còn ở Văn phòng.")
    back = raise_one(world, on=day(11, 2), words="Lãnh đạo trả lại.")
    up = raise_one(world, on=day(11, 3), words="Thiếu biên chế.\nĐã nêu hai lần.", proposal="")
    out = raise_one(world, on=day(11, 4), words="Thiếu kinh phí.")
    for one in (back, up, out):
        go(one, "pass_up", world.office, on=day(11, 10))
    go(back, "send_back", world.leadership, on=day(11, 11))
    go(out, "pass_out", world.leadership, on=day(11, 15))
    return out


TO_PROVINCE = [
    "1. Với Ủy ban nhân dân tỉnh",
    "Khó khăn, vướng mắc đã báo cáo Ủy ban nhân dân tỉnh:",
    "Phòng A (nhiệm vụ {code}): Thiếu kinh phí.",
    "Đề xuất, kiến nghị: Bổ sung kinh phí.",
    "Tình trạng: đã báo cáo UBND tỉnh tại văn bản số 99/BC-STTTT ngày 15/11/2023.",
]
TO_LEADERSHIP = [
    "Khó khăn, vướng mắc của các đơn vị đã trình Lãnh đạo Sở:",
    "Phòng A (nhiệm vụ {code}): Thiếu biên chế.",
    "Đã nêu hai lần.",
    "Tình trạng: đã trình Lãnh đạo Sở.",
]


def as_drafted(world, unit, on=TODAY):
    """The sections of a unit's report as nobody has edited them."""
    drafted = unit_report(world.plan, unit, on, round_name="Đợt")
    return {one.key: one.text for one in drafted.texts}


def live(world, on=TODAY):
    return consolidated(world.plan, on)


def proposals(world, on=TODAY):
    """Section V of the round's draft and of the live report, which say the same here."""
    round = open_round(world)
    found = [lines(one, "proposals") for one in (draft(round, on), live(world, on))]
    assert found[0] == found[1]
    return found[0]


def test_section_five_tells_what_went_up_and_where_it_stands(world, raised):
    expected = [*TO_PROVINCE, "2. Với Lãnh đạo Sở", *TO_LEADERSHIP]

    assert proposals(world) == [line.format(code=world.task.code) for line in expected]


def test_the_workbook_lists_what_went_up_below_the_tasks(world, raised):
    record(world.lead, world.head, difficulty="Thiếu máy.")
    round = open_round(world)
    accept(world, round, world.a, world.head)

    for content in (draft(round), live(world)):
        of_task, *rows = sheet_rows(xlsx.render(content), "Khó khăn - kiến nghị")
        assert of_task["Khó khăn, vướng mắc"] == "Thiếu máy."
        assert [tuple(row.values()) for row in rows] == [
            (
                *(world.task.code, world.task.title, "Phòng A", standing),
                *(words, None, None, proposal, dt.datetime(2023, 11, raised_on)),  # noqa: DTZ001
            )
            for standing, words, proposal, raised_on in (
                ("Đã trình Lãnh đạo Sở", "Thiếu biên chế.\nĐã nêu hai lần.", None, 3),
                (
                    "Đã báo cáo UBND tỉnh tại văn bản số 99/BC-STTTT ngày 15/11/2023",
                    "Thiếu kinh phí.",
                    "Bổ sung kinh phí.",
                    4,
                ),
            )
        ]


def test_what_went_up_from_a_unit_that_was_not_asked_is_not_in_the_report(world, raised):
    round = open_round(world, world.b)
    accept(world, round, world.b, world.other_head)

    content = draft(round)

    assert lines(content, "proposals") == [
        "Đơn vị được yêu cầu báo cáo không có kiến nghị, đề xuất."
    ]
    assert content.raised == ()


def test_on_an_earlier_day_it_stood_elsewhere(world, raised):
    said = proposals(world, day(11, 10))

    assert said[0] == TO_LEADERSHIP[0]  # the only part needs no heading
    assert said.count("Tình trạng: đã trình Lãnh đạo Sở.") == 3
    nothing = lines(live(world, day(11, 9)), "proposals")
    assert nothing == ["Các đơn vị không có kiến nghị, đề xuất."]


def test_an_answer_and_raising_it_again(world, raised):
    go(raised, "answer", world.office, on=day(11, 16))
    assert proposals(world)[4] == (
        "Tình trạng: đã có trả lời; đã báo cáo UBND tỉnh tại văn bản số 99/BC-STTTT ngày "
        "15/11/2023."
    )

    go(raised, "reopen", world.head, on=day(11, 17))
    assert "Thiếu kinh phí." not in str(proposals(world))


def test_it_stands_beside_what_the_units_propose(world, raised):
    record(world.lead, world.head, proposal="Tăng cường tập huấn.")
    round = open_round(world)
    accept(world, round, world.a, world.head, proposals="Đề nghị tập huấn.")

    said = lines(draft(round), "proposals")

    assert said[5:8] == [
        "2. Kiến nghị, đề xuất của các đơn vị",
        "Phòng A: Đề nghị tập huấn.",
        "3. Với Lãnh đạo Sở",
    ]


def test_what_a_unit_asks_of_the_province_stands_with_the_province(world):
    """To the letter, and what says the same of the same task or begins the same once."""
    asked = "Đề nghị UBND tỉnh cấp kinh phí mua 05 máy."
    round = open_round(world)
    said = (
        f"- Nhiệm vụ 9.1: {asked}\n- Nhiệm vụ 9.2: Đề nghị Sở tập huấn.\n"
        "- Nhiệm vụ 9.1: Đề nghị UBND tỉnh cấp kinh phí.\n- Kiến nghị Ủy ban nhân dân tỉnh họp.\n"
        f"- Nhiệm vụ 9.3: {asked}\n- Nhiệm vụ 9.2: Đề nghị Sở tập huấn."
    )
    accept(world, round, world.a, world.head, proposals=said)
    accept(world, round, world.b, world.other_head, proposals="Đề nghị UBND tỉnh họp.")

    assert lines(draft(round), "proposals") == [
        "1. Với Ủy ban nhân dân tỉnh",
        "Phòng A:",
        f"+ Nhiệm vụ 9.1: {asked}",
        "+ Kiến nghị Ủy ban nhân dân tỉnh họp.",
        f"+ Nhiệm vụ 9.3: {asked}",
        "Phòng B: Đề nghị UBND tỉnh họp.",
        "2. Kiến nghị, đề xuất của các đơn vị",
        "Phòng A: Nhiệm vụ 9.2: Đề nghị Sở tập huấn.",
    ]
    record(world.lead, world.head, proposal=asked)
    record(world.other_task.assignments.get(), world.other_head, proposal="Đề nghị tập huấn.")
    assert [one for one in lines(live(world), "proposals") if one[0].isdigit()] == [
        "1. Với Ủy ban nhân dân tỉnh",
        "2. Kiến nghị, đề xuất của các đơn vị",
    ]


def test_what_begins_an_updates_words_is_not_drafted_beside_them(world):
    """A difficulty was raised from an update whose words were then made fuller."""
    update = record(world.lead, world.head, proposal="Đề nghị cấp danh mục.")
    raise_from_update(update=update, by=world.head)
    record(world.lead, world.head, proposal="Đề nghị cấp danh mục dịch vụ để đánh giá.")

    assert as_drafted(world, world.a)["proposals"].count("Đề nghị cấp danh mục") == 1


@pytest.mark.parametrize("difficulty", ["Thiếu máy.\nMáy cũ hỏng.", ""])
def test_what_went_up_from_an_update_is_told_once(world, difficulty):
    """Its proposal stands in the update, in the unit's report and in what was raised."""
    said = {"difficulty": difficulty, "proposal": "Mua 05 máy.\nCấp thêm kinh phí."}
    update = record(world.lead, world.head, **said)
    go(raise_from_update(update=update, by=world.head), "pass_up", world.office)
    round = open_round(world)
    accept(world, round, world.a, world.head, **as_drafted(world, world.a))

    for told in (lines(draft(round), "proposals"), lines(live(world), "proposals")):
        assert [str(told).count(one) for one in ("Mua 05 máy.", "Cấp thêm kinh phí.")] == [1, 1]
        assert told[-1] == "Tình trạng: đã trình Lãnh đạo Sở."


def test_what_a_unit_added_stays_beside_what_went_up(world):
    """The words of another unit, or about another task, are another thing."""
    same = "Mua 05 máy."
    update = record(world.lead, world.head, proposal=same)
    go(raise_from_update(update=update, by=world.head), "pass_up", world.office)
    record(world.other_task.assignments.get(), world.other_head, proposal=same)
    round = open_round(world)
    words = f"- Nhiệm vụ {world.task.code}: mua 05 máy\nĐào tạo.\n- Nhiệm vụ 9.9: {same}"
    accept(world, round, world.a, world.head, proposals=words)
    accept(world, round, world.b, world.other_head, **as_drafted(world, world.b))

    told = lines(draft(round), "proposals")

    assert told[1:4] == [
        "Phòng A: Đào tạo.",
        f"- Nhiệm vụ 9.9: {same}",
        f"Phòng B: Nhiệm vụ {world.other_task.code}: {same}",
    ]


def test_the_same_words_raised_twice_are_told_once(world):
    first, again = raise_one(world, on=day(11, 1)), raise_one(world, on=day(11, 2))
    for one in (first, again):
        go(one, "pass_up", world.office, on=day(11, 10))
    go(again, "pass_out", world.leadership, on=day(11, 15))

    told = proposals(world)

    assert str(told).count("Thiếu kinh phí.") == 1
    assert told[-1] == (
        "Tình trạng: đã trình Lãnh đạo Sở; đã báo cáo UBND tỉnh tại văn bản số 99/BC-STTTT ngày "
        "15/11/2023."
    )


def test_what_is_late_and_causes_that_were_sorted_are_told_once(world):
    """The unit's draft says what is late, as the figures do; a cause that the unit sorted does not
    come again from its update."""
    record(world.lead, world.head, difficulty="Thiếu máy.", cause="Nghỉ dài ngày.")
    round = open_round(world)
    written = as_drafted(world, world.a, AFTER) | {"causes": "", "objective": "Nghỉ dài ngày."}
    accept(world, round, world.a, world.head, on=AFTER, **written)

    told = lines(draft(round, AFTER), "assessment")

    assert str(told).count(f"hiệm vụ {world.task.code}): Đang thực hiện (quá hạn 5 ngày)") == 1
    assert str(told).lower().count("đang thực hiện (quá hạn") == 1
    assert f"Phòng A: Nhiệm vụ {world.task.code}: Thiếu máy." in told
    assert told[-2:] == ["a) Nguyên nhân khách quan:", "Phòng A: Nghỉ dài ngày."]


def test_what_is_submitted_does_not_change_with_it(world, raised, light_files):
    """The draft is out of date as soon as one more went up; what was signed stays as it was."""
    round = open_round(world)
    accept(world, round, world.a, world.head)
    report = begin(world, round)
    late = raise_one(world, words="Nêu sau khi lập dự thảo.")
    go(late, "pass_up", world.office)
    take(world, report, "refresh")
    signed = brought_to(world, report, "signed")
    before = bytes(signed.frozen)

    go(late, "pass_out", world.leadership)
    signed.refresh_from_db()

    assert "Nêu sau khi lập dự thảo." in str(lines(signed.content, "proposals"))
    assert bytes(signed.frozen) == before


def test_queries_do_not_grow_with_matters(world, django_assert_max_num_queries):
    round = open_round(world)
    found = []
    for more in (1, 2, 27):
        for _ in range(more):
            disseminate(world)
            urge(world)
            find(world)
            go(raise_one(world), "pass_up", world.office)
        with django_assert_max_num_queries(40) as asked:
            draft(round)
        found.append(len(asked))
    assert found == [found[0]] * 3
