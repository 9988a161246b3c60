"""A plan in which every state occurs, and the report on it as of TODAY."""

import shutil
import subprocess
from decimal import Decimal

import pytest

from plans.models import Criterion, DocumentType, LegalDocument, Plan, PlanSection, Recipient
from plans.states import Kind, State
from reports import files
from reports.content import ReportContent, consolidated
from tests.builders import (
    TODAY,
    World,
    a_document,
    day,
    decide,
    make_block,
    make_measure,
    make_task,
    record,
)
from units.models import Agency, AgencyIdentity, Signatory

LATE_DUE = day(11, 10)


def named(world: World) -> Plan:
    """The world's plan with everything that stands around the body of a report."""
    plan = world.plan
    superior = Agency.objects.create(code="ubnd")
    superior.identities.create(
        name="Ủy ban nhân dân tỉnh Lạng Sơn", short_name="UBND tỉnh", symbol="UBND"
    )
    AgencyIdentity.objects.filter(agency=world.agency).update(
        superior=superior, superior_heading="UBND TỈNH LẠNG SƠN", place="Lạng Sơn"
    )
    plan.short_title = "Nâng cao Chỉ số PAPI, SIPAS và PAR INDEX tỉnh Lạng Sơn năm 2023"
    plan.title = f"{plan.short_title} của Sở Thông tin và Truyền thông"
    plan.issued_month = 6
    plan.parent = LegalDocument.objects.create(
        code="kh-142",
        type=DocumentType.PLAN,
        number="142",
        symbol="KH-UBND",
        issued_on=day(6, 24),
        issuer="UBND tỉnh",
        title="Nâng cao Chỉ số PAPI, SIPAS và PAR INDEX tỉnh Lạng Sơn năm 2023",
        short_name="Kế hoạch 142",
    )
    plan.signatory = Signatory.objects.create(
        agency=world.agency,
        authority="KT. GIÁM ĐỐC",
        title="PHÓ GIÁM ĐỐC",
        full_name="Nguyễn Trọng Hùng",
    )
    plan.save()
    PlanSection.objects.create(
        plan=plan,
        part=PlanSection.Part.ORGANISATION,
        position=1,
        text="Giao Văn phòng Sở báo cáo với UBND tỉnh (qua Sở Nội vụ) theo quy định.",
    )
    lines = ("UBND tỉnh", "Sở Nội vụ", "Lãnh đạo Sở", "Lưu: VT, VP (NMB)")
    for position, text in enumerate(lines):
        Recipient.objects.create(plan=plan, position=position, text=text, purpose="B/c")
    return plan


@pytest.fixture
def every_state(world):
    """The world with a task in each state, on time and late, with one lead and with two."""
    named(world)
    world.plan.indicators.update(code="PAR INDEX")
    second = make_block(world.plan, "2", "PAPI")
    Criterion.objects.create(block=second, position=1, title="Quản trị điện tử")
    _one_lead(world)
    _in_second_index(world, second)
    return world


def _one_lead(world):
    a, head, office = world.a, world.head, world.office

    def part(**fields):
        return make_task(world.block, (a,), **fields).assignments.get(unit=a)

    working = part(code="D1")
    share = make_measure(working.task, target=100)
    record(
        working,
        head,
        on=day(10, 2),
        result="Đã kết nối 18/22 ứng dụng.",
        difficulty="Thiếu kinh phí.",
        cause="Chưa được bố trí vốn.",
        next_step="Kết nối 04 ứng dụng còn lại.",
        proposal="Đề nghị bố trí kinh phí.",
        values={share.pk: Decimal("81.5")},
    )
    on_time = part(code="D2")
    record(on_time, head, State.DONE, on=day(10, 5), completed_on=day(10, 1))
    decide("confirm", on_time, office, on=day(10, 6))
    late = part(code="D3", due_on=LATE_DUE)
    record(late, head, State.DONE, on=day(11, 15), completed_on=day(11, 14))
    decide("confirm", late, office, on=day(11, 16))
    undated = part(code="D4", due_on=None)
    record(undated, head, State.DONE, on=day(10, 5), completed_on=day(10, 1))
    decide("confirm", undated, office, on=day(10, 6))
    waiting = part(code="D5")
    record(waiting, head, State.DONE, on=day(11, 15), completed_on=day(11, 14))
    returned = part(code="D6")
    record(returned, head, State.DONE, on=day(11, 15), completed_on=day(11, 14))
    decide("send_back", returned, office, "Thiếu số liệu.", on=day(11, 16))
    overdue = part(code="D7", due_on=LATE_DUE)
    record(overdue, head, on=day(10, 2))


def _in_second_index(world, block):
    a, head, office = world.a, world.head, world.office

    def part(**fields):
        return make_task(block, (a,), **fields).assignments.get(unit=a)

    not_begun = part(code="E1")
    record(not_begun, head, State.NOT_STARTED, on=day(10, 2), result="", cause="Chờ hướng dẫn.")
    not_arisen = part(code="E2", kind=Kind.CONDITIONAL)
    record(not_arisen, head, State.NOT_ARISEN, on=day(11, 2), result="Không phát sinh.")
    decide("confirm", not_arisen, office, on=day(11, 3))
    paused = part(code="E3")
    decide("pause", paused, world.leadership, on=day(10, 2))
    past_due = part(code="E4", due_on=LATE_DUE)
    record(past_due, head, State.DONE, on=day(11, 9), completed_on=day(11, 9))
    joint = make_task(block, (world.a, world.b), (world.s,), code="E5")
    first = joint.assignments.get(unit=world.a)
    record(
        first,
        head,
        State.DONE,
        on=day(10, 9),
        completed_on=day(10, 8),
        result="Phần của Phòng A đã xong.",
        evidence=(a_document("77/BC-STTTT"),),
    )
    decide("confirm", first, office, on=day(10, 10))


@pytest.fixture
def content(every_state) -> ReportContent:
    return consolidated(every_state.plan, TODAY)


_made: dict[str, object] = {}


@pytest.fixture
def sample(request, db) -> ReportContent:
    """The same report for all tests that only print it: made once. `db` stands here because a
    database is only set up for tests that are known to ask for one."""
    if "content" not in _made:
        _made["content"] = consolidated(request.getfixturevalue("every_state").plan, TODAY)
    return _made["content"]


@pytest.fixture
def sample_pdf(sample) -> bytes:
    """The sample as a PDF, which takes seconds: made once."""
    if "pdf" not in _made:
        _made["pdf"] = files.make(sample, "pdf").data
    return _made["pdf"]


@pytest.fixture
def sample_docx(sample) -> bytes:
    if "docx" not in _made:
        _made["docx"] = files.make(sample, "docx").data
    return _made["docx"]


@pytest.fixture(scope="session")
def as_pdf(tmp_path_factory):
    """What LibreOffice makes of a DOCX, in a profile of its own: two runs at once do not meet."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.fail("Không tìm thấy LibreOffice; chạy `scripts/prepare tests`.")
    folder = tmp_path_factory.mktemp("libreoffice")

    def converted(data: bytes) -> bytes:
        source = folder / "report.docx"
        source.write_bytes(data)
        profile = (folder / "profile").as_uri()
        subprocess.run(
            [
                *(office, f"-env:UserInstallation={profile}", "--headless"),
                *("--convert-to", "pdf", "--outdir", folder, source),
            ],
            check=True,
            capture_output=True,
            timeout=180,
        )
        return source.with_suffix(".pdf").read_bytes()

    return converted


@pytest.fixture
def converted_pdf(sample_docx, as_pdf) -> bytes:
    """The sample's DOCX as LibreOffice prints it: made once."""
    if "converted" not in _made:
        _made["converted"] = as_pdf(sample_docx)
    return _made["converted"]
