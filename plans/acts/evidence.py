"""Evidence is attached to an update while it is recorded, and never later."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from config.vietnamese.text import clean_line
from plans.evidence_files import FileFacts
from plans.models import Evidence, ProgressUpdate, StepFile


@dataclass(frozen=True)
class NewEvidence:
    """A file that `evidence_files.inspect` accepted, or a document by its number."""

    file: UploadedFile | None = None
    facts: FileFacts | None = None
    document_number: str = ""
    document_date: dt.date | None = None
    proves: str = ""

    @property
    def sha256(self) -> str:
        return self.facts.sha256 if self.facts else ""

    def columns(self) -> dict[str, Any]:
        """What is kept of it, for a model that keeps evidence."""
        facts = self.facts
        return {
            "file": self.file or "",
            "name": facts.name if facts else "",
            "media_type": facts.media_type if facts else "",
            "size": facts.size if facts else 0,
            "sha256": self.sha256,
            "document_number": clean_line(self.document_number),
            "document_date": self.document_date,
            "proves": clean_line(self.proves),
        }


def attach(update: ProgressUpdate, evidence: Sequence[NewEvidence]) -> None:
    """Keep the evidence of an update; a file whose transaction fails is taken away again."""
    keep_files(Evidence(update=update, **new.columns()) for new in evidence)


@contextmanager
def storing() -> Iterator[list[Any]]:
    """Rows with files that are being saved: after an error the stored files are taken away."""
    kept: list[Any] = []
    try:
        yield kept
    except BaseException:
        for item in kept:
            if item.file.name and item.file._committed:
                item.file.storage.delete(item.file.name)
        raise


def keep_files(unsaved: Iterable[Evidence | StepFile]) -> None:
    """Save rows with files; a file whose transaction fails is taken away again."""
    with storing() as kept:
        for one in unsaved:
            kept.append(one)
            one.save()
