"""A file as a form hands it over to an act."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile

from plans.acts.evidence import NewEvidence
from plans.evidence_files import inspect
from tests.plans.sample_files import pdf


def a_file(name: str = "a.pdf") -> NewEvidence:
    content = pdf()
    return NewEvidence(
        file=SimpleUploadedFile(name, content),
        facts=inspect(io.BytesIO(content), name, len(content)),
    )
