"""A plan in which every state, every lateness and every kind of part can be found."""

from plans.acts.appendix import move_due_date
from plans.states import Kind, State
from tests.builders import (
    World,
    a_document,
    day,
    decide,
    make_block,
    make_task,
    record,
)
from units import clock


def make_busy(world: World) -> None:
    """Tasks of two indicators led by A, by B, by both and by the Office, July to November."""
    first, second = make_block(world.plan, "1"), make_block(world.plan, "2")
    early, due, none = day(9, 30), day(11, 25), None

    on_time = make_task(first, (world.a,), due_on=early, title="Xong đúng hạn")
    finish(world, on_time, world.head, completed_on=day(9, 15), on=day(9, 20))
    late = make_task(first, (world.a,), due_on=early, title="Xong quá hạn")
    finish(world, late, world.head, completed_on=day(10, 10), on=day(10, 12))
    dateless = make_task(second, (world.b,), due_on=none, title="Xong, không hạn")
    finish(world, dateless, world.other_head, completed_on=day(8, 1), on=day(8, 1))

    make_task(first, (world.a,), due_on=early, title="Im lặng quá hạn")
    make_task(second, (world.b,), due_on=due, title="Im lặng còn hạn")
    waiting = make_task(second, (world.b,), due_on=early, title="Chờ kinh phí")
    record(only(waiting), world.other_head, State.NOT_STARTED, cause="Chờ", on=day(8, 15))
    going = make_task(first, (world.a,), (world.s,), due_on=due, title="Đôn đốc tiến độ")
    record(only(going), world.head, result="Đã đôn đốc", on=day(10, 1))

    claimed = make_task(first, (world.a,), due_on=early, title="Chờ xác nhận")
    record(only(claimed), world.head, State.DONE, completed_on=day(9, 29), on=day(11, 1))
    returned = make_task(first, (world.a,), due_on=due, title="Bị trả lại")
    record(only(returned), world.head, State.DONE, completed_on=day(9, 29), on=day(11, 1))
    decide("send_back", only(returned), world.office, "Thiếu minh chứng", on=day(11, 3))
    paused = make_task(second, (world.b,), due_on=early, title="Tạm dừng")
    decide("pause", only(paused), world.leadership, on=day(9, 1))
    rare = make_task(second, (world.b,), due_on=due, kind=Kind.CONDITIONAL, title="Nếu có")
    record(only(rare), world.other_head, State.NOT_ARISEN, on=day(10, 5))
    decide("confirm", only(rare), world.office, on=day(10, 6))

    joint = make_task(first, (world.a, world.b), due_on=due, title="Hai đơn vị chủ trì")
    record(joint.assignments.get(unit=world.a), world.head, State.DONE, on=day(10, 20))
    decide("confirm", joint.assignments.get(unit=world.a), world.office, on=day(10, 25))
    half = make_task(second, (world.a, world.b), due_on=early, title="Một nửa chờ xác nhận")
    record(half.assignments.get(unit=world.b), world.other_head, State.DONE, on=day(11, 2))
    own = make_task(first, (world.vp,), due_on=due, title="Việc của Văn phòng")
    record(only(own), world.office, State.DONE, evidence=(a_document(),), on=day(11, 10))
    moved = make_task(second, (world.b,), due_on=early, title="Được gia hạn")
    with clock.set_to(day(9, 28)):
        move_due_date(task=moved, due_on=day(12, 20), by=world.admin, reason="Chờ Trung ương")
    make_task(second, (), (world.a,), title="Chỉ có phối hợp")


def finish(world, task, by, *, completed_on, on):
    record(only(task), by, State.DONE, completed_on=completed_on, on=on)
    decide("confirm", only(task), world.office, on=on)


def only(task):
    return task.assignments.get(role="lead")
