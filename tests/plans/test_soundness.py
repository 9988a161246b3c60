"""What would hurt later: each check finds its gap, names it and its place, and nothing else."""

from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from plans.acts.loading import load
from plans.acts.withdrawing import withdraw_task
from plans.models import Criterion, Measure
from plans.planfile import read_plan
from plans.soundness import CHECKS, examine
from plans.states import Kind, State
from tests.builders import day, decide, make_block, make_group, make_measure, make_task, record
from tests.plans.acts.test_next_year import carry

LONG = "Tiếp nhận, xử lý phản ánh, kiến nghị của người dân, tổ chức"


def found(plan):
    """Words and remark of every gap by the key of its check; checks without any are left out."""
    return {
        one.check.key: [(gap.words, gap.remark) for gap in one.gaps]
        for one in examine(plan)
        if one.gaps
    }


def gaps_of(plan, key):
    [gaps] = [one.gaps for one in examine(plan) if one.check.key == key]
    return gaps


@pytest.fixture
def sound(world):
    """The world's plan with the one gap mended that it begins with."""
    world.standing.delete()
    return world


def test_a_sound_plan_has_nothing(sound):
    assert found(sound.plan) == {}


def test_the_plan_of_2023_says_what_is_true_of_it(db):
    path = Path(settings.BASE_DIR, "plans/data/ke-hoach-2023.yaml")

    plan = load(plan_file=read_plan(path)).plan

    no_target = "không có chỉ tiêu giao"
    assert found(plan) == {
        "chu-tri": [
            (
                "Duy trì, phát huy kết quả đạt được của Chỉ số PAR INDEX",
                "yêu cầu thường xuyên, văn bản không ghi đơn vị chủ trì",
            )
        ],
        "chi-tieu": [
            ("Tỷ lệ hồ sơ TTHC tiếp nhận trong năm được giải quyết đúng hạn", no_target),
            ("Tỷ lệ hồ sơ trực tuyến toàn trình", no_target),
            ("Tỷ lệ thanh toán trực tuyến", no_target),
        ],
    }
    places = [gap.places[0].name for one in examine(plan) for gap in one.gaps]
    assert places == ["1.1", "1.2.2.2", "1.2.3.4.1", "1.2.3.4.1"]


def test_without_a_lead_says_what_is_printed(sound):
    make_task(sound.block, title="Không ai")
    make_task(sound.block, supports=(sound.s,), title="Chỉ phối hợp", lead_words="Phòng Lạ")

    assert found(sound.plan) == {
        "chu-tri": [
            ("Không ai", "văn bản không ghi đơn vị chủ trì"),
            ("Chỉ phối hợp", "văn bản ghi “Phòng Lạ” nhưng chưa đơn vị nào được phân công"),
        ]
    }


def test_without_a_deadline(sound):
    make_task(sound.block, (sound.a,), title="Quên", due_on=None)
    words = {"kind": Kind.ONGOING, "due_words": "Hằng tháng"}
    make_task(sound.block, (sound.a,), title="Luôn làm", due_on=None, **words)

    assert found(sound.plan) == {
        "thoi-han": [
            ("Quên", "phải xong đến một ngày, nhưng chưa có ngày; văn bản không ghi thời hạn"),
            ("Luôn làm", "thường xuyên; văn bản ghi “Hằng tháng”"),
        ]
    }


def test_past_the_deadline_of_the_plan(sound):
    make_task(sound.block, (sound.a,), title="Muộn", due_on=day(12, 1))
    make_task(sound.block, (sound.a,), title="Vừa kịp", due_on=day(11, 30))

    remark = "thời hạn 01/12/2023, sau thời hạn chung 30/11/2023"
    assert found(sound.plan) == {"qua-thoi-han-chung": [("Muộn", remark)]}

    sound.plan.due_on = None
    sound.plan.save()
    assert found(sound.plan) == {}


def test_measures_without_target_or_unit(sound):
    number = Measure.Scale.NUMBER
    make_measure(sound.task, name="Không số")
    make_measure(sound.task, number, name="Không đơn vị", target=Decimal(3))
    make_measure(sound.task, number, name="Đủ", target=Decimal(3), unit_label="hồ sơ")
    make_measure(sound.task, name="Tăng", target=Decimal(70), yearly_growth=Decimal(20))
    make_measure(sound.task, name="Không gì", scale=number)

    assert found(sound.plan) == {
        "chi-tieu": [
            ("Không số", "không có chỉ tiêu giao"),
            ("Không đơn vị", "không có đơn vị tính"),
            ("Tăng", "có mức tăng mỗi năm nhưng không ghi năm của chỉ tiêu"),
            ("Không gì", "không có chỉ tiêu giao; không có đơn vị tính"),
        ]
    }


def test_inactive_units_as_long_as_they_owe_something(sound):
    sound.a.is_active = sound.s.is_active = False
    sound.a.save()
    sound.s.save()

    title = sound.task.title
    assert found(sound.plan) == {
        "don-vi-ngung": [
            (title, "Phòng A (chủ trì) đã ngừng hoạt động"),
            (title, "Phòng S (phối hợp) đã ngừng hoạt động"),
        ]
    }

    record(sound.lead, sound.head, State.DONE)
    decide("confirm", sound.lead, sound.office)
    assert found(sound.plan) == {}


def test_groups_without_active_units_and_where_they_are_named(sound):
    sound.b.is_active = False
    sound.b.save()
    sound.other_task.delete()
    make_group(sound.agency, "đủ", sound.a, sound.b)
    make_group(sound.agency, "trống")
    make_group(sound.agency, "ngừng", sound.b)
    sound.task.support_words = "Các phòng và nhóm  TRỐNG"
    sound.task.save()

    empty = "không có đơn vị nào đang hoạt động"
    assert found(sound.plan) == {
        "nhom-trong": [
            ("Nhóm ngừng", empty),
            ("Nhóm trống", f"{empty}; kế hoạch nhắc tới ở {sound.task.code}"),
        ]
    }


def test_one_sentence_in_two_tasks_and_twice_in_one(sound):
    sound.task.wording = f"{LONG}.\nPhối hợp thực hiện."
    sound.other_task.wording = f"Phối hợp thực hiện. {LONG.upper()}; làm việc khác."
    sound.office_task.wording = "Đôn đốc các đơn vị báo cáo trước ngày 20 hằng tháng; " * 2
    for task in (sound.task, sound.other_task, sound.office_task):
        task.save()

    gaps = gaps_of(sound.plan, "trung-cau")

    assert [(gap.words, gap.remark, [p.name for p in gap.places]) for gap in gaps] == [
        (f"{LONG}.", "có 2 lần", [sound.task.code, sound.other_task.code]),
        (
            "Đôn đốc các đơn vị báo cáo trước ngày 20 hằng tháng;",
            "có 2 lần",
            [sound.office_task.code],
        ),
    ]
    assert found(sound.plan).keys() == {"trung-cau"}


def test_criteria_without_tasks(sound):
    Criterion.objects.create(block=sound.block, position=1, title="Có việc")
    idle = make_block(sound.plan)
    Criterion.objects.create(block=idle, position=1, title="Không việc")

    assert found(sound.plan) == {"tieu-chi-trong": [("Không việc", "chưa có nhiệm vụ nào")]}
    [gap] = gaps_of(sound.plan, "tieu-chi-trong")
    assert gap.places[0].mend == reverse("admin:plans_block_change", args=[idle.pk])


def test_what_was_withdrawn_is_not_looked_at(sound):
    Criterion.objects.create(block=sound.block, position=1, title="Tiêu chí")
    for task in (sound.task, sound.other_task, sound.office_task):
        make_measure(task)
        task.wording = f"{LONG}."
        task.due_on = day(12, 5)
        task.save()
        withdraw_task(task=task, by=sound.admin, reason="Không làm nữa.")

    assert found(sound.plan) == {"tieu-chi-trong": [("Tiêu chí", "chưa có nhiệm vụ nào")]}


def test_as_many_queries_for_one_as_for_thirty(world, django_assert_num_queries):
    make_task(world.block, wording=f"{LONG}.")
    for more in (1, 2, 27):
        for _ in range(more):
            task = make_task(world.block, due_on=day(12, 5), wording=f"{LONG}.")
            make_task(world.block, (world.a,), due_on=None)
            make_measure(task)
            make_measure(
                make_task(world.block, wording="Đạt 70% hồ sơ đúng hạn."), target=Decimal(90)
            )
            make_group(world.agency, f"trống-{task.pk}")
            Criterion.objects.create(block=make_block(world.plan), position=1, title="Trống")
        with django_assert_num_queries(14):
            empty = {one.check.key for one in examine(world.plan) if not one.gaps}
            assert empty == {"don-vi-ngung", "van-ban-nam-truoc"}
    assert len({check.key for check in CHECKS}) == len(CHECKS) == 10


def test_a_target_that_the_wording_does_not_name(sound):
    task = sound.task
    task.wording = "Số hóa 70% (mỗi năm tăng tối thiểu 20%) hồ sơ; trả 100% kết quả cho 1.200 hộ."
    task.save()
    grown = {"target_year": 2022, "yearly_growth": Decimal(20), "cap": Decimal(100)}
    make_measure(task, name="Số hóa", target=Decimal(70), **grown)
    make_measure(task, name="Kết quả", target=Decimal(100))
    number = {"scale": Measure.Scale.NUMBER, "unit_label": "hộ"}
    households = make_measure(task, name="Hộ", target=Decimal(1500), **number)
    make_measure(sound.other_task, name="Không ghi mức", target=Decimal(80))

    [first, second] = gaps_of(sound.plan, "chi-tieu-loi-van")
    assert (first.words, first.remark) == ("Số hóa", "lời văn ghi 70%; chỉ tiêu giao 90%")
    assert (second.words, second.remark) == ("Hộ", "lời văn ghi 1.200 hộ; chỉ tiêu giao 1.500 hộ")
    [place] = first.places
    assert place.mend == reverse("admin:plans_task_change", args=[task.pk]) + "#id_wording"

    task.wording = task.wording.replace("70%", "90%")
    task.save()
    households.target = Decimal(1200)
    households.save()
    assert "chi-tieu-loi-van" not in found(sound.plan)


def test_documents_of_the_year_before_in_a_plan_that_was_carried_over(sound):
    plan, document = sound.plan, "Kế hoạch số 142/KH-UBND ngày 24/6/2023"
    plan.opening = f"Thực hiện {document} về năm 2023, Nghị định số 30/2020/NĐ-CP."
    plan.save()
    sound.task.wording = "Làm theo Công văn số 3/UBND-NC ngày 01/8/2023."
    sound.task.save()
    assert "van-ban-nam-truoc" not in found(plan)

    new = carry(plan, sound.admin)

    gaps = gaps_of(new, "van-ban-nam-truoc")
    task = new.tasks.get(code=sound.task.code)
    assert [(gap.words, gap.places[0].name) for gap in gaps] == [
        (document, "Phần mở đầu"),
        ("Công văn số 3/UBND-NC ngày 01/8/2023", task.code),
    ]
    assert {gap.remark for gap in gaps} == {
        "văn bản năm trước; xem năm 2024 đã có văn bản mới chưa"
    }
    assert gaps[0].places[0].mend == reverse("admin:plans_plan_change", args=[new.pk])
