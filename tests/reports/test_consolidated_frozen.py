"""Issued is issued: the lock holds on every channel, the bytes stay, and a file can be checked."""

import hashlib
import io
import re
import uuid
import zipfile
from dataclasses import replace
from pathlib import Path

import pydyf
import pytest
from django.conf import settings
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse

from plans.acts.appendix import move_due_date
from plans.acts.refusals import NotNow
from plans.models import HistoryIsKept
from reports import files
from reports.acts import drafting, issuing
from reports.acts.issuing import Issue
from reports.content.frozen import fingerprint, freeze, thaw
from reports.models import (
    ConsolidatedReport,
    IssuedFile,
    PassageEdit,
    ReportLocked,
    ReportStep,
)
from reports.pages import verification
from reports.pages.verification import Verdict
from reports.states.consolidated import FROZEN, ISSUED, ReportStatus
from tests.builders import TODAY, day, record
from tests.reports.conftest import named
from tests.reports.rounds import accept, begin, brought_to, keys, open_round, take
from units import clock
from units.models import AgencyIdentity, Unit, User

LOCKED = sorted(FROZEN)


@pytest.fixture
def report(world):
    named(world)
    round = open_round(world)
    record(world.lead, world.head, result="Đã làm xong phần đầu.", on=day(11, 10))
    accept(world, round, world.a, world.head)
    return begin(world, round)


def everything(report):
    """All that is stored of a report."""
    return (
        ConsolidatedReport.objects.values().get(pk=report.pk),
        list(ReportStep.objects.filter(report=report).values()),
        list(PassageEdit.objects.filter(report=report).values()),
        list(IssuedFile.objects.filter(report=report).values()),
    )


# --- Status × channel -------------------------------------------------------------------------


def by_act(world, report, client):
    for act in (
        lambda: drafting.refresh(by=world.office, **keys(report)),
        lambda: drafting.edit(
            by=world.office, passage="proposals", text="Khác.", **{**keys(report), "seen": 0}
        ),
    ):
        with pytest.raises(NotNow):
            act()


def by_page(world, report, client):
    client.force_login(world.office)
    typed = {"seen": 0, "request_key": uuid.uuid4(), "text": "Khác."}
    passage = reverse("consolidated-passage", args=[report.pk, "proposals"])
    assert client.post(passage, typed).status_code == 409
    for name in ("refresh", "submit"):
        url = reverse(f"consolidated-{name}", args=[report.pk])
        sent = {key: value for key, value in keys(report).items() if key != "report_id"}
        assert client.post(url, sent).status_code == 409


def by_admin(world, report, client):
    client.force_login(world.admin)
    for model in (ConsolidatedReport, ReportStep, PassageEdit, IssuedFile):
        assert admin.site.is_registered(model)
        name = f"admin:reports_{model._meta.model_name}"
        assert client.get(reverse(f"{name}_add")).status_code == 403
    for action in ("change", "delete"):
        url = reverse(f"admin:reports_consolidatedreport_{action}", args=[report.pk])
        assert client.post(url, {"status": "draft", "post": "yes"}).status_code == 403


def by_command(world, report, client):
    """Nothing that an operator runs touches it."""
    call_command("rebuild_standings", verbosity=0)
    target = Path(settings.MEDIA_ROOT) / "live.xlsx"
    call_command("export_report", format="xlsx", output=target, verbosity=0)


def by_model(world, report, client):
    """What an import or a shell would do."""
    own = ConsolidatedReport.objects.get(pk=report.pk)
    own.status = ReportStatus.DRAFT
    attempts = [
        own.save,
        lambda: own.save(update_fields=["status"]),
        lambda: own.save(update_fields=["generated"]),
        own.delete,
        lambda: ConsolidatedReport.objects.filter(pk=own.pk).update(number=9),
        ConsolidatedReport.objects.filter(pk=own.pk).delete,
        lambda: ConsolidatedReport.objects.bulk_update([own], ["number"]),
        lambda: PassageEdit.objects.create(
            report=own,
            passage="proposals",
            name="x",
            sequence=99,
            text="Khác",
            by=world.office,
            by_label="x",
            recorded_on=TODAY,
            recorded_at=clock.now(),
        ),
        lambda: own.steps.all().delete(),
        lambda: own.steps.update(words="Khác"),
        lambda: own.files.all().delete(),
        lambda: own.files.update(sha256="0" * 64),
    ]
    if own.frozen is not None and report.status in ISSUED:
        attempts += [
            lambda: own.save(update_fields=["number"]),
            lambda: own.save(update_fields=["frozen", "sha256"]),
            lambda: own.save(update_fields=["issued_on"]),
        ]
    for attempt in attempts:
        with pytest.raises((ReportLocked, HistoryIsKept)):
            attempt()


CHANNELS = [by_act, by_page, by_admin, by_command, by_model]


@pytest.mark.usefixtures("light_files")
@pytest.mark.parametrize("status", LOCKED)
def test_the_lock_holds_on_every_channel(world, report, client, status):
    here = brought_to(world, report, status)
    before = everything(here)

    for channel in CHANNELS:
        channel(world, here, client)
        assert everything(here) == before, channel.__name__


# --- The bytes --------------------------------------------------------------------------------


def kept(report):
    """The bytes of the kept files, by format."""
    found = {}
    for one in report.files.all():
        with one.file.open("rb") as file:
            found[one.format] = file.read()
    return found


def test_frozen_means_frozen(world, report, as_user):
    """Whatever is renamed, moved, deactivated or turned on afterwards: the same bytes."""
    issued = brought_to(world, report, "issued")
    before = kept(issued)
    frozen = bytes(issued.frozen)
    assert fingerprint(frozen) == issued.sha256
    assert {name: hashlib.sha256(data).hexdigest() for name, data in before.items()} == dict(
        issued.files.values_list("format", "sha256")
    )

    Unit.objects.update(name="Phòng mang tên mới", short_name="MỚI")
    AgencyIdentity.objects.update(name="Sở mang tên mới", symbol="SM")
    world.plan.short_title = "Kế hoạch mang tên mới"
    world.plan.save()
    move_due_date(task=world.task, due_on=day(12, 20), by=world.admin, reason="Gia hạn")
    User.objects.filter(pk=world.head.pk).update(is_active=False, full_name="Người đã chuyển đi")
    record(world.lead, world.staff, result="Ghi thêm sau khi ban hành.")
    with clock.set_to(day(6, 1, 2030)):
        again = ConsolidatedReport.objects.get()
        rendered = {name: files.make(again.content, name).data for name in files.FORMATS}
        assert (bytes(again.frozen), again.content) == (frozen, thaw(frozen))
        assert rendered == before
        assert kept(again) == before
        client = as_user(world.office)
        for name, data in before.items():
            url = reverse("consolidated-file", args=[again.pk, name])
            answer = client.get(url)
            assert answer.content == data
            assert answer["Content-Disposition"].startswith("attachment")


def test_files_lie_under_their_own_hash(world, report, light_files):
    issued = brought_to(world, report, "issued")

    for one in issued.files.all():
        assert re.fullmatch(rf"bao-cao/[0-9a-f]{{2}}/{one.sha256}\.{one.format}", one.file.name)
    assert set(issued.files.values_list("format", flat=True)) == set(files.FORMATS)


@pytest.mark.parametrize("harm", ["changed", "lost"])
def test_a_kept_file_that_is_not_the_issued_one_is_made_again(
    world, report, light_files, as_user, harm
):
    """Nobody is ever given other bytes than those whose hash the page prints."""
    issued = brought_to(world, report, "issued")
    before = kept(issued)
    one = issued.files.get(format="docx")
    client, url = as_user(world.office), reverse("consolidated-file", args=[issued.pk, "docx"])
    told = world.admin.notices.filter(words__contains=one.name)

    for _ in range(2):
        harmed(one, harm)
        assert client.get(url).content == before["docx"]
        assert kept(issued) == before

    assert told.get().words.startswith(f"Tệp {one.name} đã ban hành bị thay đổi hoặc mất")
    assert client.get(url).content == before["docx"]
    assert told.count() == 1


@pytest.mark.parametrize("harm", ["changed", "lost"])
def test_a_kept_file_that_cannot_be_made_again_is_refused(
    world, report, light_files, as_user, harm, monkeypatch
):
    """A library became another one since: what it makes now is not what was issued."""
    issued = brought_to(world, report, "issued")
    one = issued.files.get(format="docx")
    harmed(one, harm)
    other = replace(files.FORMATS["docx"], render=lambda content, _: b"other")
    monkeypatch.setitem(files.FORMATS, "docx", other)

    answer = as_user(world.office).get(reverse("consolidated-file", args=[issued.pk, "docx"]))

    assert answer.status_code == 503
    page = answer.content.decode()
    for words in ("đã hỏng hoặc bị mất", one.sha256, one.file.name, "sao lưu"):
        assert words in page
    assert world.admin.notices.get(words__contains=one.file.name).words.startswith(
        f"Tệp {one.name} đã ban hành bị hỏng"
    )


def harmed(one, harm):
    path = Path(one.file.path)
    if harm == "lost":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes() + b"\n")


def test_an_issue_that_fails_leaves_no_file(world, report, light_files, monkeypatch):
    here = brought_to(world, report, "signed")
    folder = Path(settings.MEDIA_ROOT) / "bao-cao"
    before = set(folder.rglob("*.*"))

    def fails(*args, **kwargs):
        raise RuntimeError("mất điện")

    monkeypatch.setattr(issuing, "tell", fails)
    with pytest.raises(RuntimeError):
        take(world, here, "issue", issue=Issue(77, "BC-STTTT", TODAY))

    assert set(folder.rglob("*.*")) == before
    assert ConsolidatedReport.objects.get().status == "signed"


def test_without_pango_nothing_is_issued(world, report, light_files, monkeypatch):
    here = brought_to(world, report, "signed")

    def unavailable(content, _):
        raise files.PdfUnavailable

    broken = files.Format("PDF", "application/pdf", unavailable)
    monkeypatch.setitem(files.FORMATS, "pdf", broken)
    with pytest.raises(NotNow, match="thiếu thư viện"):
        take(world, here, "issue")

    assert IssuedFile.objects.count() == 0


# --- Checking a file --------------------------------------------------------------------------


def test_what_a_file_is(world, report):
    issued = brought_to(world, report, "issued")
    made = kept(issued)

    for name, data in made.items():
        found = verification.check(data)
        assert (found.verdict, found.report, found.file.format) == (Verdict.ISSUED, issued, name)
        altered = verification.check(_altered(name, data))
        assert (altered.verdict, altered.report) == (Verdict.ALTERED, issued), name
    for strange in (b"", b"%PDF-1.7 gi do", b"PK\x03\x04", b"\x00" * 100):
        assert verification.check(strange).verdict == Verdict.UNKNOWN
    live = files.make(issued.draft.printed({}), "docx").data
    assert verification.check(live).verdict == Verdict.UNKNOWN


@pytest.mark.parametrize("byte", [b"(", b")", b"\\", b"a"], ids=repr)
def test_an_altered_pdf_is_known_whatever_its_identifier_holds(world, report, byte):
    """The library that writes the file puts a backslash before some bytes of the identifier."""
    issued = brought_to(world, report, "issued")
    identifier = bytes.fromhex(issued.sha256[:30]) + byte
    issued.sha256 = identifier.hex() + issued.sha256[32:]
    written = io.BytesIO()
    pydyf.PDF().write(written, identifier=identifier)

    assert verification._identifies(issued, written.getvalue()[-4096:])


def test_a_pdf_that_lost_its_end_is_known_by_what_is_attached(world, report):
    """Cut off while it was sent, or with other bytes behind it."""
    issued = brought_to(world, report, "issued")
    data = kept(issued)["pdf"]
    end = data.rindex(b"/ID")
    parts = {
        "cut off": data[:end],
        "overwritten": data[:end] + b"\x00" * (len(data) - end),
        "with more behind": data + b"\n" * 10_000,
        "attachment damaged": data.replace(b"/EmbeddedFile", b"/Embeddedfile"),
    }

    for what, part in parts.items():
        found = verification.check(part)
        assert (found.verdict, found.report) == (Verdict.ALTERED, issued), what
    for nothing in (data[:20_000], data[:end].replace(b"/EmbeddedFile", b"/Embeddedfile")):
        assert verification.check(nothing).verdict == Verdict.UNKNOWN


def _altered(name, data):
    """The file after somebody changed a word or a byte of it."""
    if name == "pdf":
        return data + b"\n% "
    old = io.BytesIO(data)
    target = io.BytesIO()
    with zipfile.ZipFile(old) as package, zipfile.ZipFile(target, "w") as changed:
        for entry in package.infolist():
            body = package.read(entry)
            changed.writestr(entry.filename, body.replace("Đã làm".encode(), b"Da lam"))
    return target.getvalue()


def test_the_page_of_the_check(world, report, as_user):
    issued = brought_to(world, report, "issued")
    data = kept(issued)["xlsx"]
    client = as_user(world.staff)
    url = reverse("report-check")

    def answer(content):
        file = io.BytesIO(content)
        file.name = "bao-cao.xlsx"
        return client.post(url, {"file": file}).content.decode()

    right, altered, strange = answer(data), answer(_altered("xlsx", data)), answer(b"gi do")

    assert "Đúng tệp đã ban hành" in right
    assert "Báo cáo số 05/BC-STTTT ngày 20/11/2023" in right
    assert "Tệp đã bị thay đổi" in altered
    assert "Không phải tệp đã ban hành" in strange
    empty = client.post(url)
    assert empty.status_code == 422
    assert "Đồng chí chọn tệp cần kiểm tra." in empty.content.decode()


def test_a_replaced_report_is_told_as_such_when_its_file_is_checked(
    world, report, as_user, light_files
):
    old = brought_to(world, report, "issued")
    new = take(world, old, "correct")
    brought_to(world, new, "issued", issue=Issue(6, "BC-STTTT", TODAY))
    file = io.BytesIO(kept(old)["docx"])
    file.name = "bc.docx"

    page = as_user(world.staff).post(reverse("report-check"), {"file": file}).content.decode()

    assert "đã được thay thế bằng Báo cáo số 06/BC-STTTT ngày 20/11/2023" in page


def test_the_hash_is_that_of_the_canonical_content(world, report, light_files):
    issued = brought_to(world, report, "issued")

    assert freeze(issued.content) == bytes(issued.frozen)
