"""The forms with which an administrator corrects what was understood of a plan document."""

import uuid
from typing import Any, cast

from django import forms
from django.http import QueryDict

from config.office_files.opening import Limits
from config.vietnamese.text import clean, fold
from plans import years
from plans.acts.importing import Understood
from plans.fields import DayField, LineField
from plans.models import Plan
from plans.reading import ENDINGS
from plans.reading.corrected import taken
from plans.reading.draft import DraftBlock, DraftTask
from plans.reading.known import ADD, GROUP, KEEP_WORDS, kind_of
from plans.reading.parties import read_parties
from plans.states import Kind
from units.models import UnitKind


def _amended(obj: Any) -> str:
    return f"Sửa phụ lục: {obj}"


class UploadForm(forms.Form):
    """A file, or the text itself."""

    keep_name = "plan-import"

    plan = forms.ModelChoiceField(
        label="Để làm gì",
        queryset=Plan.objects.all(),
        required=False,
        empty_label="Nạp một kế hoạch mới",
        help_text="Sửa phụ lục của kế hoạch đã có: gửi tệp Excel (.xlsx) hoặc Word (.docx).",
    )
    file = forms.FileField(
        label="Tệp",
        required=False,
        allow_empty_file=True,
        help_text="Word (.docx), Excel (.xlsx), tệp chữ (.txt, .md). Chưa có gì được nạp khi gửi. "
        "Bảng vài nghìn dòng đọc và so trong vài giây.",
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(ENDINGS)}),
    )
    text = forms.CharField(
        label="hoặc dán toàn văn kế hoạch",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, files: Any = None, initial: Any = None) -> None:
        super().__init__(data, files, initial={"request_key": uuid.uuid4(), **(initial or {})})
        choice = cast("forms.ModelChoiceField", self.fields["plan"])
        choice.label_from_instance = _amended  # type: ignore[method-assign]

    @property
    def given_in(self) -> str:
        """The field in which the document came."""
        return "file" if self.cleaned_data.get("file") else "text"

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > Limits().packed:
            megabytes = Limits().packed // 2**20
            raise forms.ValidationError(
                f"Tệp “{file.name}” lớn hơn {megabytes} MB. Đồng chí tách tệp."
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if not self.errors and not cleaned.get("file") and not (cleaned.get("text") or "").strip():
            self.add_error("file", "Đồng chí chọn tệp văn bản hoặc dán toàn văn vào ô bên dưới.")
        if not self.errors and cleaned.get("plan") and not self._has_tables(cleaned.get("file")):
            self.add_error(
                "file", "Phụ lục của kế hoạch đã có sửa bằng tệp Excel (.xlsx) hoặc Word (.docx)."
            )
        return cleaned

    @staticmethod
    def _has_tables(file: Any) -> bool:
        endings = (".xlsx", ".xlsm", ".xls", ".docx", ".doc")
        return bool(file) and file.name.lower().endswith(endings)

    def document(self) -> dict[str, Any]:
        """What the act takes."""
        file = self.cleaned_data.get("file")
        name = file.name if file else "Văn bản dán vào.txt"
        content = file.read() if file else self.cleaned_data["text"].encode()
        return {
            "name": name,
            "content": content,
            "request_key": self.cleaned_data["request_key"],
        }


class SeenForm(forms.Form):
    """Carries how many corrections its reader had seen."""

    keep_name = ""
    anchor = ""

    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, understood: Understood, data: Any = None, **kwargs: Any) -> None:
        self.understood = understood
        super().__init__(data, auto_id=f"%s-{self.keep_name or 'act'}", **kwargs)

    def see_newer(self, sequence: int) -> None:
        """After somebody else's correction: all that was typed stays, theirs counts as seen."""
        data = cast("QueryDict", self.data).copy()
        data["seen"] = str(sequence)
        self.data = data

    def changes(self) -> dict[str, dict[str, Any]]:
        return {}


class NamesForm(SeenForm):
    """One decision for each name that is not known; it holds wherever the name stands. `add_rest`:
    all that was not decided is added, as what its name says."""

    keep_name = "names"

    def __init__(self, understood: Understood, data: Any = None) -> None:
        super().__init__(understood, data)
        self.names = understood.unknown_names
        nearest = {one.name: one.nearest for one in reversed(understood.draft.doubts)}
        for n, name in enumerate(self.names):
            self.fields[f"name_{n}"] = forms.ChoiceField(
                label=f"“{name}”",
                required=False,
                choices=self._choices(name, nearest[name]),
                initial=understood.decided.get(fold(name), ""),
                help_text="" if self._is_unit(name) else "Chính cơ quan ban hành.",
            )

    def _is_unit(self, name: str) -> bool:
        return not self.understood.is_agency(name)

    def _choices(self, name: str, nearest: tuple[str, ...]) -> list[Any]:
        everyone = self.understood.known.names.items()
        near = [(code, known) for code, known in everyone if code in nearest]
        rest = [(code, known) for code, known in everyone if code not in nearest]
        is_unit = self._is_unit(name)
        return [
            ("", "Chưa quyết định"),
            *([("Gần nhất" if is_unit else "Đơn vị thay mặt", near)] if near else []),
            *([("Thêm mới", self._additions(name))] if is_unit else []),
            (KEEP_WORDS, "Giữ nguyên chữ, chưa phân công"),
            *([("Đã có", rest)] if rest else []),
        ]

    def _additions(self, name: str) -> list[tuple[str, str]]:
        likely = kind_of(name)
        kinds = [(f"{ADD}{kind.value}", f"Đơn vị mới: {kind.label}") for kind in UnitKind]
        kinds.append((f"{ADD}{GROUP}", "Nhóm đơn vị mới"))
        return sorted(kinds, key=lambda one: one[0] != f"{ADD}{likely}")

    @property
    def addable(self) -> int:
        """How many names `add_rest` adds."""
        return len(self._added())

    def _added(self) -> dict[str, str]:
        names = (one for one in self.understood.undecided_names if self._is_unit(one))
        return {name: ADD + kind for name in names if (kind := kind_of(name))}

    @property
    def decisions(self) -> list[forms.BoundField]:
        return [self[f"name_{n}"] for n, _ in enumerate(self.names)]

    def changes(self) -> dict[str, dict[str, Any]]:
        chosen = {
            name: self.cleaned_data[f"name_{n}"]
            for n, name in enumerate(self.names)
            if self.cleaned_data.get(f"name_{n}")
        }
        if "add_rest" in self.data:
            chosen = self._added() | chosen
        return {"names": chosen}


class HeadForm(SeenForm):
    """The document itself."""

    keep_name = "head"
    anchor = "#van-ban"

    title = forms.CharField(label="Trích yếu", widget=forms.Textarea(attrs={"rows": 3}))
    agency_name = LineField(label="Cơ quan ban hành", max_length=200)
    symbol = LineField(label="Ký hiệu", max_length=40, help_text="Như KH-STTTT.")
    year = forms.IntegerField(label="Năm kế hoạch", min_value=years.FIRST, max_value=years.LAST)
    starts_on = DayField(label="Bắt đầu từ ngày")
    due_on = DayField(label="Thời hạn chung", required=False)

    def __init__(self, understood: Understood, data: Any = None) -> None:
        plan, agency = understood.draft.plan, understood.known.agency
        super().__init__(
            understood,
            data,
            initial={
                "title": plan.title,
                "agency_name": plan.agency_name or (agency.name if agency else ""),
                "symbol": plan.symbol,
                "year": plan.year,
                "starts_on": understood.draft.starts_on[0],
                "due_on": plan.due.due_on,
            },
        )
        self.fields["year"].widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 6})

    def changes(self) -> dict[str, dict[str, Any]]:
        cleaned = self.cleaned_data
        found: dict[str, Any] = {name: cleaned[name] for name in ("title", "agency_name", "symbol")}
        found["year"] = cleaned["year"]
        if cleaned["starts_on"]:
            found["starts_on"] = cleaned["starts_on"].isoformat()
        if (due_on := cleaned["due_on"]) != self.understood.draft.plan.due.due_on:
            found |= taken(due_on) if due_on else {"due_on": ""}
        return {"plan": found}


class DueForm(SeenForm):
    """A day that the organisation part names is taken as the plan's common deadline."""

    keep_name = "due"
    anchor = "#van-ban"

    due_on = forms.ChoiceField(widget=forms.HiddenInput)

    def __init__(self, understood: Understood, data: Any = None) -> None:
        super().__init__(understood, data)
        proposed = understood.draft.plan.proposed_dues
        self.proposed = {one.due_on.isoformat(): one for one in proposed}
        field = cast("forms.ChoiceField", self.fields["due_on"])
        field.choices = [(day, day) for day in self.proposed]
        field.error_messages["invalid_choice"] = (
            "Văn bản không còn đề nghị ngày này; đồng chí tải lại trang rồi chọn lại."
        )

    def changes(self) -> dict[str, dict[str, Any]]:
        one = self.proposed[self.cleaned_data["due_on"]]
        return {"plan": taken(one.due_on, [one])}


class TaskForm(SeenForm):
    """One task: who does it by when, and whether it comes in at all."""

    key = forms.CharField(widget=forms.HiddenInput)
    code = LineField(label="Số mục", max_length=30)
    title = LineField(label="Tên gọi ngắn", max_length=90)
    wording = forms.CharField(
        label="Nội dung nhiệm vụ", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    leads = forms.CharField(
        label="Chủ trì",
        required=False,
        help_text="Tên đơn vị hoặc nhóm, cách nhau bằng dấu chấm phẩy.",
    )
    supports = forms.CharField(label="Phối hợp", required=False)
    due_on = DayField(
        label="Thời hạn riêng", required=False, help_text="Để trống: theo thời hạn chung."
    )
    kind = forms.ChoiceField(label="Loại", choices=Kind.choices)
    dropped = forms.BooleanField(label="Không đưa vào kế hoạch", required=False)

    def __init__(self, understood: Understood, data: Any = None, key: str = "") -> None:
        self.task_key = key or (data.get("key", "") if data else "")
        self.keep_name = f"task-{self.task_key}"
        self.anchor = f"#t{self.task_key}"
        found = self._find(understood, self.task_key)
        initial: dict[str, Any] = {"key": self.task_key}
        if found:
            block, task = found
            names = understood.known.names
            initial |= {
                "code": task.code,
                "title": task.title,
                "wording": task.wording,
                "kind": task.kind,
                "due_on": task.due.due_on,
                "dropped": task.dropped,
                "leads": "; ".join(names.get(code, code) for code in block.lead_of(task).codes),
                "supports": "; ".join(
                    names.get(code, code) for code in block.support_of(task).codes
                ),
            }
        super().__init__(understood, data, initial=initial)

    @classmethod
    def knows(cls, understood: Understood, key: str) -> bool:
        return cls._find(understood, key) is not None

    @staticmethod
    def _find(understood: Understood, key: str) -> tuple[DraftBlock, DraftTask] | None:
        for block in understood.draft.blocks():
            for task in block.tasks:
                if task.key == key:
                    return block, task
        return None

    def clean_key(self) -> str:
        key = str(self.cleaned_data["key"])
        if not self.knows(self.understood, key):
            raise forms.ValidationError("Không thấy nhiệm vụ này trong văn bản.")
        return key

    def clean_leads(self) -> list[str]:
        return self._codes("leads")

    def clean_supports(self) -> list[str]:
        return self._codes("supports")

    def _codes(self, name: str) -> list[str]:
        found = read_parties(self.cleaned_data[name], self.understood.known.directory())
        wrong = (*found.unknown, *found.own, *found.general)
        if wrong:
            directory = self.understood.known.directory()
            near = [one.name for name in wrong for one in directory.nearest(name, 1)]
            hint = f" Gần nhất: {'; '.join(near)}." if near else ""
            raise forms.ValidationError(f"Không có đơn vị “{'”, “'.join(wrong)}”.{hint}")
        return list(found.codes)

    def changes(self) -> dict[str, dict[str, Any]]:
        cleaned = self.cleaned_data
        fields = {name: cleaned[name] for name in ("code", "title", "kind", "dropped")}
        for name in ("leads", "supports"):
            if name in self.changed_data or cleaned[name]:
                fields[name] = cleaned[name]
        if "wording" in self.changed_data and cleaned["wording"]:
            fields["wording"] = clean(cleaned["wording"])
        if "due_on" in self.changed_data:
            fields["due_on"] = cleaned["due_on"].isoformat() if cleaned["due_on"] else ""
        return {"tasks": {cleaned["key"]: fields}}
