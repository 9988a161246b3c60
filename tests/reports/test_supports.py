"""What supporting units typed is printed too; a support that only the plan names is not lost."""

from decimal import Decimal

from plans.acts.appendix import assign_group
from plans.states import State
from reports.content import consolidated
from reports.files import make
from tests.builders import TODAY, day, make_group, make_measure, make_task, record
from tests.reports import reading

DID = "Trung tâm đã cấp 03 máy chủ và hỗ trợ kết nối."
ASKS = "Đề nghị bổ sung dung lượng lưu trữ."


def line(content, task):
    (found,) = [one for one in content.tasks if one.code == task.code]
    return found


def test_a_contribution_stands_in_every_file(world):
    record(world.support, world.support_head, result="Đã họp.", on=day(8, 1))
    record(world.support, world.support_head, result=DID, proposal=ASKS, on=day(9, 1))

    content = consolidated(world.plan, TODAY)
    assert [one.result for one in line(content, world.task).contributions] == [DID]
    said = {
        "pdf": reading.pdf_text(make(content, "pdf").data),
        "docx": reading.docx_text(make(content, "docx").data),
        "xlsx": str(reading.sheet_rows(make(content, "xlsx").data, "Chi tiết nhiệm vụ"))
        + str(reading.sheet_rows(make(content, "xlsx").data, "Khó khăn - kiến nghị")),
    }
    for words in (DID, ASKS):
        squeezed = reading.squeezed(words).replace(" ", "")
        assert {kind: squeezed in text_.replace(" ", "") for kind, text_ in flat(said)} == {
            "pdf": True,
            "docx": True,
            "xlsx": True,
        }, words


def flat(said):
    return [(kind, reading.squeezed(text)) for kind, text in said.items()]


def test_it_is_what_was_known_on_the_day(world):
    record(world.support, world.support_head, result="Đã họp.", on=day(8, 1))
    record(world.support, world.support_head, result=DID, on=day(9, 1))

    known = {
        asked: [
            one.result for one in line(consolidated(world.plan, asked), world.task).contributions
        ]
        for asked in (day(7, 31), day(8, 31), day(9, 1))
    }
    assert known == {day(7, 31): [], day(8, 31): ["Đã họp."], day(9, 1): [DID]}


def test_a_group_that_leads_as_a_whole_supports_in_the_plans_words(world):
    task = make_task(world.block, (world.a, world.b), support_words="Các phòng, đơn vị liên quan.")
    group = make_group(world.agency, "phong", world.a, world.b)
    assign_group(task=task, group=group, role="support")

    found = line(consolidated(world.plan, TODAY), task)
    assert found.support_words == "Các phòng, đơn vị liên quan"


def test_each_value_of_a_measure_has_its_own_verdict(world):
    task = make_task(world.block, (world.a, world.b))
    measure = make_measure(task, target=Decimal(70))
    for unit, who, value in ((world.a, world.head, "81.7"), (world.b, world.other_head, "62.3")):
        lead = task.assignments.get(unit=unit)
        record(lead, who, State.IN_PROGRESS, values={measure.pk: Decimal(value)})

    file = make(consolidated(world.plan, TODAY), "xlsx").data
    rows = reading.sheet_rows(file, "Chỉ tiêu")
    assert [(row["Kết quả"], row["Đánh giá chỉ tiêu"]) for row in rows] == [
        (81.7, "đạt"),
        (62.3, "chưa đạt"),
    ]
