"""Who can be named as the signatory of a consolidated report, and in which capacity (F26, F28)."""

import re

from config.vietnamese.text import clean_line
from plans.acts.refusals import Invalid
from plans.texts import TextRefused, accepted
from reports.content.heading import printed
from reports.content.model import Signature
from reports.models import ConsolidatedReport
from units import clock

_MAX = 100
_AUTHORITY = re.compile(r"(KT|TL|TUQ|TM|Q)\. \S.+")
_DEPUTY = re.compile(r"PHÓ\b")
# "TS. ", "PGS.TS. ", or in full.
_DEGREE = re.compile(r"(\w{1,4}\.)+|((tiến|thạc|bác|kỹ) s[ĩỹ]|giáo sư|cử nhân) ", re.IGNORECASE)


def known(report: ConsolidatedReport) -> list[Signature]:
    """Whom the Office chose before, the plan's signatory, then those whom the agency has on record
    today, the newest first; each once. The first is who signs unless another one is chosen."""
    plan = report.round.plan
    on_record = plan.agency.signatories.valid_on(clock.today()).order_by("-pk")
    listed = [*([plan.signatory] if plan.signatory else []), *on_record]
    chosen = report.chosen_signature
    found = [*([chosen] if chosen else []), *(printed(one) for one in listed)]
    return list(dict.fromkeys(found))


def checked(report: ConsolidatedReport, signature: Signature) -> Signature:
    """The signature as it is printed: one on record as it stands there, another one by the rules;
    raises Invalid with a message for each field."""
    if signature in known(report):
        return signature
    authority = re.sub(r"\.\s*", ". ", clean_line(signature.authority).upper(), count=1)
    title, name = clean_line(signature.title).upper(), clean_line(signature.full_name)
    errors = {}
    if authority and not _AUTHORITY.fullmatch(authority):
        errors["signing_authority"] = (
            "Quyền hạn ký bắt đầu bằng KT., TL., TUQ., TM. hoặc Q., như KT. GIÁM ĐỐC; để trống nếu "
            "người đứng đầu ký."
        )
    elif authority.startswith("KT.") and title and not _DEPUTY.match(title):
        errors["signing_title"] = "Ký thay (KT.) là cấp phó: ghi như PHÓ GIÁM ĐỐC."
    elif not authority and _DEPUTY.match(title):
        errors["signing_authority"] = "Cấp phó ký thay người đứng đầu: ghi như KT. GIÁM ĐỐC."
    if not title:
        errors["signing_title"] = "Đồng chí ghi chức vụ của người ký, như GIÁM ĐỐC."
    if not name:
        errors["signing_name"] = "Đồng chí ghi họ và tên người ký."
    elif _DEGREE.match(name):
        errors["signing_name"] = "Họ và tên người ký không ghi học hàm, học vị."
    typed = {
        "signing_authority": signature.authority,
        "signing_title": signature.title,
        "signing_name": signature.full_name,
    }
    for field, text in typed.items():
        try:
            accepted(text, max_length=_MAX)
        except TextRefused as refused:
            errors[field] = str(refused)
    if errors:
        raise Invalid(errors)
    return Signature(authority, title, name)
