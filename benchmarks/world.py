"""A generated plan: fifty units with their people, and an outline with as many tasks as asked for.

The first tasks are set cases (CASES), all led by the same unit, so that plans of every size show
the same things on the same pages and their queries can be compared.
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from random import Random

from benchmarks import words
from config.vietnamese.text import fold
from plans.models import (
    Area,
    Assignment,
    AssignmentRole,
    Block,
    Criterion,
    Indicator,
    Measure,
    Plan,
    Task,
)
from plans.states import Kind
from units.models import Agency, AgencyIdentity, Demonstration, Role, Unit, UnitKind, User

UNITS = 50
STARTS = dt.date(2023, 1, 16)
TODAY = dt.date(2023, 11, 20)
BATCH = 2000

# How the first tasks end; the unit after the Office leads them all, the first one with another.
CASES = (
    *("working", "working", "working", "working", "working", "working"),
    *("returned", "silent", "overdue", "waiting", "done", "paused", "unassigned"),
)
OUTCOMES = {
    "working": 22,
    "overdue": 10,
    "done": 38,
    "waiting": 10,
    "returned": 5,
    "silent": 8,
    "paused": 3,
    "not_arisen": 3,
    "unassigned": 1,
}
_TASKS_IN_BLOCK, _BLOCKS_IN_AREA = 3, 5
_INDICATORS = (
    ("PAR INDEX", "Chỉ số cải cách hành chính"),
    ("SIPAS", "Chỉ số hài lòng về sự phục vụ hành chính"),
    ("PAPI", "Chỉ số hiệu quả quản trị và hành chính công cấp tỉnh"),
)


@dataclass
class World:
    """What a plan consists of before anything happened; the mappings are keyed by Task.pk."""

    plan: Plan
    units: list[Unit]
    heads: list[User]  # of units[1:], in order
    office: User
    leadership: User
    tasks: list[Task] = field(default_factory=list)
    outcomes: dict[int, str] = field(default_factory=dict)
    leads: dict[int, list[Assignment]] = field(default_factory=lambda: defaultdict(list))
    supports: dict[int, list[Assignment]] = field(default_factory=lambda: defaultdict(list))
    measures: dict[int, list[Measure]] = field(default_factory=lambda: defaultdict(list))


def make(rng: Random, task_count: int) -> World:
    """The plan with its tasks, assignments and measures; nothing has happened yet."""
    Demonstration.objects.get_or_create(defaults={"today": TODAY})
    world = _people(task_count)
    outcomes = _outcomes(rng, task_count)
    tasks = _tasks(rng, world.plan, outcomes)
    world.tasks = Task.objects.bulk_create(tasks, BATCH)
    world.outcomes = {task.pk: one for task, one in zip(world.tasks, outcomes, strict=True)}
    assignments = [
        one for place, task in enumerate(world.tasks) for one in _parts(rng, world, place, task)
    ]
    for one in Assignment.objects.bulk_create(assignments, BATCH):
        (world.leads if one.is_lead else world.supports)[one.task_id].append(one)
    measures = [one for place, task in enumerate(world.tasks) for one in _measures(place, task)]
    for measure in Measure.objects.bulk_create(measures, BATCH):
        world.measures[measure.task_id].append(measure)
    return world


def _people(task_count: int) -> World:
    agency = Agency.objects.create(code=f"so-{task_count}")
    AgencyIdentity.objects.create(
        agency=agency,
        name="Sở Thông tin và Truyền thông",
        short_name="Sở TTTT",
        symbol="STTTT",
        superior_heading="UBND TỈNH LẠNG SƠN",
        place="Lạng Sơn",
    )
    units = [
        Unit.objects.create(
            agency=agency,
            code=f"don-vi-{place}",
            name=f"Phòng Quản lý chuyên ngành số {place}" if place else "Văn phòng Sở",
            short_name=f"QLCN{place}" if place else "VP",
            kind=UnitKind.DIVISION if place else UnitKind.OFFICE,
            position=place,
        )
        for place in range(UNITS)
    ]
    plan = Plan.objects.create(
        code=f"ke-hoach-{task_count}",
        agency=agency,
        symbol="KH-STTTT",
        title="Nâng cao Chỉ số PAPI, SIPAS và PAR INDEX tỉnh Lạng Sơn năm 2023",
        short_title="Nâng cao Chỉ số PAPI, SIPAS và PAR INDEX năm 2023",
        year=TODAY.year,
        starts_on=STARTS,
        due_on=dt.date(2023, 12, 31),
    )
    return World(
        plan=plan,
        units=units,
        heads=[_user(f"tp.{task_count}.{unit.code}", Role.HEAD, unit) for unit in units[1:]],
        office=_user(f"vanphong.{task_count}", Role.OFFICE, units[0]),
        leadership=_user(f"lanhdao.{task_count}", Role.LEADERSHIP, None),
    )


def _user(name: str, role: Role, unit: Unit | None) -> User:
    user = User(username=name, full_name="Nguyễn Thị Thu Hương", job_title=role.label)
    user.role, user.unit = role, unit
    user.set_unusable_password()
    user.save()
    return user


def _outcomes(rng: Random, count: int) -> list[str]:
    drawn = rng.choices(list(OUTCOMES), list(OUTCOMES.values()), k=max(count - len(CASES), 0))
    return [*CASES[:count], *drawn]


def _tasks(rng: Random, plan: Plan, outcomes: list[str]) -> list[Task]:
    blocks = _blocks(rng, plan, -(-len(outcomes) // _TASKS_IN_BLOCK))
    tasks = []
    for place, outcome in enumerate(outcomes):
        block, number = divmod(place, _TASKS_IN_BLOCK)
        task = Task(
            plan=plan,
            block=blocks[block],
            position=10 * (place + 1),
            code=f"{block + 1}.{number + 1}",
            title=words.title(rng),
            wording=words.wording(rng),
            kind=Kind.CONDITIONAL if outcome == "not_arisen" else rng.choice(_KINDS),
            due_on=_due_on(rng, outcome),
            due_words="Theo kế hoạch",
        )
        task.search = fold(f"{task.code} {task.title} {task.wording}")  # as Task.save does
        tasks.append(task)
    return tasks


_KINDS = (Kind.DEADLINE, Kind.DEADLINE, Kind.DEADLINE, Kind.ONGOING)


def _due_on(rng: Random, outcome: str) -> dt.date:
    if outcome in ("working", "silent"):
        return TODAY + dt.timedelta(days=rng.randint(0, 41))
    last = -1 if outcome == "overdue" else 41
    return TODAY + dt.timedelta(days=rng.randint(-120, last))


def _blocks(rng: Random, plan: Plan, count: int) -> list[Block]:
    """As many blocks as asked for, in the plan's order, each with one criterion."""
    areas = _areas(rng, plan, -(-count // _BLOCKS_IN_AREA))
    blocks = [
        Block(
            area=areas[place // _BLOCKS_IN_AREA],
            position=place % _BLOCKS_IN_AREA + 1,
            number=f"({place % _BLOCKS_IN_AREA + 1})",
            lead_words="Các phòng chuyên môn, đơn vị trực thuộc",
            support_words="Các cơ quan, đơn vị liên quan",
        )
        for place in range(count)
    ]
    blocks = Block.objects.bulk_create(blocks, BATCH)
    Criterion.objects.bulk_create(
        [Criterion(block=one, position=1, title=words.title(rng)) for one in blocks], BATCH
    )
    return blocks


def _areas(rng: Random, plan: Plan, count: int) -> list[Area]:
    """Areas under one outer area for each indicator, in the plan's order."""
    areas = []
    for number, (code, name) in enumerate(_INDICATORS, 1):
        indicator = Indicator.objects.create(
            plan=plan, position=number, number=str(number), code=code, name=name
        )
        outer = Area.objects.create(
            indicator=indicator, position=1, number=f"{number}.1", title=f"Nội dung {code}"
        )
        first, last = count * (number - 1) // 3, count * number // 3
        areas += [
            Area(
                indicator=indicator,
                parent=outer,
                position=place + 2,
                number=f"{number}.1.{place + 1}",
                title=words.title(rng),
            )
            for place in range(last - first)
        ]
    return Area.objects.bulk_create(areas, BATCH)


def _parts(rng: Random, world: World, place: int, task: Task) -> list[Assignment]:
    """One to three leads and up to five supporting units; the set cases are the same unit's."""
    if world.outcomes[task.pk] == "unassigned":
        return []
    if place < len(CASES):
        leads = world.units[1:3] if place == 0 else world.units[1:2]
        supports = world.units[4:6]
    else:
        units = rng.sample(world.units, 8)
        leads = units[: rng.choices((1, 2, 3), (7, 2, 1))[0]]
        supports = units[3 : 3 + rng.randint(0, 5)]
    parts = [(AssignmentRole.LEAD, unit) for unit in leads]
    parts += [(AssignmentRole.SUPPORT, unit) for unit in supports]
    return [
        Assignment(task=task, unit=unit, role=role, position=number, assigned_on=STARTS)
        for number, (role, unit) in enumerate(parts, 1)
    ]


def _measures(place: int, task: Task) -> list[Measure]:
    """Every third task has two."""
    if place % 3:
        return []
    return [
        Measure(
            task=task,
            position=number,
            code=f"chi-tieu-{number}",
            name=f"Tỷ lệ hồ sơ {words.SUBJECTS[(place + number) % len(words.SUBJECTS)]}",
            target=target,
            target_year=TODAY.year,
        )
        for number, target in ((1, 100), (2, None))
    ]
