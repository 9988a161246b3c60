"""A plan that has not begun: every page says from which day, nobody is asked for anything."""

import uuid

import pytest
from django.urls import reverse

from plans import matters, tallies
from plans.acts.extensions import ask_extension
from plans.acts.prepared import prepare
from plans.acts.progress import record_progress
from plans.acts.refusals import NotNow
from plans.acts.steering import raise_difficulty
from plans.acts.unchanged import record_unchanged
from plans.models import Plan, ProgressUpdate, Task
from plans.overview import whole_plan
from tests.builders import TODAY, day, fresh, make_given, record, said
from tests.pages import Page
from tests.plans.acts.test_next_year import carry
from units import clock
from units.models import Demonstration

BEGINS = day(7, 1, 2024)
SAYS = "Kế hoạch năm 2024 chưa có hiệu lực: bắt đầu từ ngày 01/07/2024"


@pytest.fixture
def to_come(world):
    """The world, carried over into 2024, with a given task that was due long ago."""
    make_given(world, due_on=day(10, 1))
    world.new = carry(world.plan, world.admin)
    world.next = world.new.tasks.get(follows=world.task)
    world.part = world.next.assignments.get(unit=world.a)
    return world


@pytest.fixture
def read(to_come, as_user):
    def page_of(person, name, *args, plan=None, status=200, **query):
        client = as_user(person)
        chosen = plan or to_come.new
        client.post(reverse("plan-choose"), {"plan": chosen.code})
        answer = client.get(reverse(name, args=args), query)
        assert answer.status_code == status
        return Page(answer)

    return page_of


PAGES = (
    "dashboard",
    "task-list",
    "register",
    "unit-table",
    "report",
    "plan-appendix",
    "rounds",
    "plan-soundness",
    "directive-list",
    "waiting",
    "my-work",
    "task-print",
)


def test_every_page_says_from_which_day_and_that_of_today_does_not(to_come, read):
    for name in PAGES:
        assert SAYS in read(to_come.office, name).text
        assert "chưa có hiệu lực" not in read(to_come.office, name, plan=to_come.plan).text


def test_no_page_reproaches_anybody(to_come, read):
    for name in ("dashboard", "unit-table", "report", "task-list", "my-work", "register"):
        page = read(to_come.office, name)
        main = " ".join(page.root.xpath("//main")[0].text_content().split())
        main = main.replace("chưa tính nhiệm vụ nào là chưa có thông tin hay quá hạn", "")
        if name != "task-list":  # its filters name every state and every lateness
            for reproach in ("Chưa gửi thông tin", "chưa gửi", "Chưa có thông tin", "quá hạn"):
                assert reproach not in main
        assert not page.all("//main//*[contains(@class, 'overdue') or contains(@class, 'no_info')]")


def test_the_dashboard_and_the_units_say_who_will_do_how_much(to_come, read):
    board, units = read(to_come.leadership, "dashboard"), read(to_come.leadership, "unit-table")

    assert "3 nhiệm vụ đã phân công và 1 yêu cầu chung chưa phân công" in board.text
    rows = [
        [" ".join(cell.text_content().split()) for cell in row.xpath("./th | ./td")]
        for row in units.all("//main//tbody/tr")
    ]
    assert rows == [["Phòng VP", "1"], ["Phòng A", "1"], ["Phòng B", "1"]]


def test_the_head_of_a_unit_is_asked_for_nothing(to_come, read):
    page = read(to_come.head, "my-work")
    assert "chưa bắt đầu nên chưa có việc nào phải làm" in page.text
    assert not page.all("//section[contains(@class, 'my-work')]")

    # Also when the plan of today is chosen, and the new task was come to by its course.
    for plan in (to_come.new, to_come.plan):
        page = read(to_come.head, "task", to_come.next.pk, plan=plan)
        assert "từ ngày đó các đơn vị mới cập nhật tiến độ" in page.text
        assert not page.all("//section[@class='act']//form")
        assert "bắt đầu từ ngày 01/07/2024" in page.text
    for person in (to_come.leadership, to_come.office):
        page = read(person, "task", to_come.next.pk)
        assert not page.all("//section[@class='act']//form")
        assert not page.all("//p[@class='openings']")


def test_a_given_task_is_overdue_in_the_plan_of_today_only(to_come):
    given = Task.objects.registered(to_come.new).get()
    asked = {"day": TODAY, "tasks": Task.objects.all()}

    assert tallies.of_register(to_come.plan, **asked).overdue == 1
    assert tallies.of_register(to_come.new, **asked).overdue == 0
    assert given.due_on == day(10, 1)
    assert matters.slack(to_come.new, TODAY) == []
    later = {**asked, "day": BEGINS}
    assert tallies.of_register(to_come.new, **later).overdue == 1
    assert matters.slack(to_come.new, BEGINS) != []


def test_states_and_lateness_from_the_first_day_on(to_come):
    def shown(on):
        status = next(one for one in whole_plan(to_come.new, on) if one.task == to_come.next).status
        return status.label, status.sign_name, str(status.lateness)

    assert shown(TODAY) == ("Bắt đầu từ 01/07/2024", "not_started", "None")
    assert shown(BEGINS) == ("Chưa có thông tin", "no_info", "trong hạn, còn 152 ngày")


def said_by(world):
    """Every act of a unit on a part, as the one who may do it."""
    keys = {"assignment_id": world.part.pk, "by": world.head}
    return {
        "record": lambda: record_progress(**keys, report=said(), **fresh(world.part)),
        "prepare": lambda: prepare(**keys, report=said(), **fresh(world.part)),
        "unchanged": lambda: record_unchanged(**keys, **fresh(world.part)),
        "extension": lambda: ask_extension(
            **keys,
            due_on=day(12, 5, 2024),
            reason="Chờ thiết bị.",
            work_done="Một nửa.",
            request_key=uuid.uuid4(),
        ),
        "difficulty": lambda: raise_difficulty(
            plan=world.new, by=world.head, words="Thiếu máy.", request_key=uuid.uuid4()
        ),
    }


def test_nothing_is_recorded_before_the_plan_begins(to_come):
    for act in said_by(to_come).values():
        with clock.set_to(day(6, 30, 2024)), pytest.raises(NotNow, match="từ ngày 01/07/2024"):
            act()

    assert not ProgressUpdate.objects.filter(assignment__task__plan=to_come.new).exists()


def test_what_was_typed_before_the_plan_begins_is_refused_and_kept(to_come, as_user):
    data = {"state": "in_progress", "result": "Kết quả vừa gõ"}
    data |= {key: str(value) for key, value in fresh(to_come.part).items()}
    address = reverse("progress-record", args=[to_come.next.pk, to_come.part.pk])

    page = Page(as_user(to_come.head).post(address, data))

    assert page.response.status_code == 409
    assert "bắt đầu từ ngày 01/07/2024" in page.text
    assert "Kết quả vừa gõ" in page.response.content.decode()


def test_on_its_first_day_the_plan_is_worked_by(to_come, as_user):
    record(to_come.part, to_come.head, on=BEGINS)

    Demonstration.objects.update(today=BEGINS)
    page = Page(as_user(to_come.office).get(reverse("unit-table")))

    assert "chưa có hiệu lực" not in page.text
    assert "Phòng B (có việc từ ngày 01/07/2024)" in page.text


def test_the_old_plan_is_as_it_was(world):
    def rows():
        return [
            (one.task.code, one.status, [lead.status for lead in one.leads])
            for one in whole_plan(world.plan, TODAY)
        ]

    before = rows()
    carry(world.plan, world.admin)

    assert rows() == before
    assert Plan.objects.get(pk=world.plan.pk).tasks.count() == len(before)


def test_no_file_of_a_report_before_the_plan_begins(to_come, as_user):
    client = as_user(to_come.office)
    client.post(reverse("plan-choose"), {"plan": to_come.new.code})

    answer = client.get(reverse("report-download", args=["docx"]))

    assert answer.url == reverse("report")
