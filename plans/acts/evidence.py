"""Evidence is attached to an update while it is recorded, and never later."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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


def attach(update: ProgressUpdate, evidence: Sequence[NewEvidence]) -> None:
    """Keep the evidence of an update."""
    keep_files(_unsaved(update, new) for new in evidence)


def keep_files(unsaved: Iterable[Evidence | StepFile]) -> None:
    """Save rows with files; a file whose transaction fails is taken away again."""
    kept: list[Evidence | StepFile] = []
    try:
        for one in unsaved:
            kept.append(one)
            one.save()
    except BaseException:
        for item in kept:
            if item.file.name and item.file._committed:  # type: ignore[attr-defined]
                item.file.storage.delete(item.file.name)
        raise


def _unsaved(update: ProgressUpdate, new: NewEvidence) -> Evidence:
    facts = new.facts
    return Evidence(
        update=update,
        file=new.file or "",
        name=facts.name if facts else "",
        media_type=facts.media_type if facts else "",
        size=facts.size if facts else 0,
        sha256=new.sha256,
        document_number=clean_line(new.document_number),
        document_date=new.document_date,
        proves=clean_line(new.proves),
    )
