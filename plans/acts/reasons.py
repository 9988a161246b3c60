"""Why somebody decided so: words that stay in a history."""

from plans.acts.refusals import Invalid
from plans.texts import TextRefused, accepted

MAX_REASON = 2000


def checked_reason(
    text: str, *, history: str, field: str = "reason", is_required: bool = True
) -> str:
    """The cleaned words; Invalid at `field` where they cannot be kept, or are missing. `history` is
    whose history keeps them: "nhiệm vụ", "báo cáo"."""
    try:
        cleaned = accepted(text, max_length=MAX_REASON)
    except TextRefused as refused:
        raise Invalid({field: str(refused)}) from refused
    if is_required and not cleaned:
        raise Invalid({field: f"Đồng chí ghi lý do; lý do được lưu trong lịch sử {history}."})
    return cleaned
