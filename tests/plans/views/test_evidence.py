"""Evidence goes out as a download, to those who may see its task."""

import io
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from plans.acts.evidence import NewEvidence
from plans.evidence_files import inspect
from plans.models import Evidence
from tests.builders import a_document, record
from tests.pages import Page, content_of, path_of
from tests.plans import sample_files as samples


def a_file(name, content):
    file = SimpleUploadedFile(name, content)
    return NewEvidence(file=file, facts=inspect(io.BytesIO(content), name, len(content)))


def proof_of(world, *evidence):
    return record(world.lead, world.head, evidence=evidence).evidence.order_by("pk").first()


def url_of(proof):
    return reverse("evidence", args=[proof.pk])


def test_works_with_its_vietnamese_name(world, as_user):
    proof = proof_of(world, a_file("Báo cáo đôn đốc.pdf", samples.pdf()))

    response = as_user(world.office).get(url_of(proof))

    assert response.status_code == 200
    assert content_of(response) == samples.pdf()
    assert response["Content-Disposition"] == (
        f"attachment; filename*=utf-8''{quote('Báo cáo đôn đốc.pdf')}"
    )
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("a.png", samples.png(), "image/png"),
        ("a.jpg", samples.jpeg(), "image/jpeg"),
        (
            "a.docx",
            samples.word(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            "a.xlsx",
            samples.excel(),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
    ],
)
def test_every_kind_is_a_download(world, as_user, name, content, media_type):
    response = as_user(world.office).get(url_of(proof_of(world, a_file(name, content))))

    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert response["Content-Type"] == media_type
    assert content_of(response) == content


def test_name_cannot_break_the_header(world, as_user):
    proof = proof_of(world, a_file('a";\r\nSet-Cookie: x=1.pdf', samples.pdf()))

    response = as_user(world.office).get(url_of(proof))

    assert response["Content-Disposition"] == 'attachment; filename="a\\"; Set-Cookie: x=1.pdf"'
    assert "x" not in response.cookies
    assert content_of(response) == samples.pdf()


def test_the_tasks_page_links_to_it(world, as_user):
    proof = proof_of(world, a_file("Báo cáo.pdf", samples.pdf()))

    page = Page(as_user(world.support_head).get(reverse("task", args=[world.task.pk])))

    [link] = page.all("//dl[@class='update']//a")
    assert (link.get("href"), link.text, "download" in link.attrib) == (
        url_of(proof),
        "Báo cáo.pdf",
        True,
    )


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("staff", 200),
        ("support_head", 200),
        ("other_head", 404),
        ("office", 200),
        ("leadership", 200),
        ("admin", 200),
    ],
)
def test_who_gets_it(world, as_user, who, status):
    proof = proof_of(world, a_file("a.pdf", samples.pdf()))

    response = as_user(world.people[who]).get(url_of(proof))

    assert response.status_code == status
    assert (content_of(response) == samples.pdf()) == (status == 200)


def test_anonymous_is_asked_to_log_in(world, client):
    url = url_of(proof_of(world, a_file("a.pdf", samples.pdf())))

    response = client.get(url)

    assert (response.status_code, path_of(response)) == (302, reverse("login"))
    assert response["Location"].endswith(f"next={url}")


def test_no_address_serves_the_folder_itself(world, as_user):
    proof = proof_of(world, a_file("a.pdf", samples.pdf()))

    for prefix in ("/media/", "/evidence/", "/static/", "/var/evidence/", "/"):
        assert as_user(world.admin).get(f"{prefix}{proof.file.name}").status_code == 404


def test_a_document_number_has_no_file(world, as_user):
    proof = proof_of(world, a_document())

    assert as_user(world.office).get(url_of(proof)).status_code == 404


def test_a_file_that_is_gone_from_the_disk(world, as_user):
    """Restored without its folder: a page that says so, not an error of the server."""
    proof = proof_of(world, a_file("a.pdf", samples.pdf()))
    proof.file.storage.delete(proof.file.name)

    assert as_user(world.office).get(url_of(proof)).status_code == 404


def test_one_that_is_not_there(world, as_user):
    assert Evidence.objects.count() == 0
    assert as_user(world.office).get(reverse("evidence", args=[1])).status_code == 404


def test_wrong_method(world, as_user):
    proof = proof_of(world, a_file("a.pdf", samples.pdf()))

    assert as_user(world.office).post(url_of(proof)).status_code == 405
