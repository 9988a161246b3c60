"""Warnings of `manage.py check` about the machine; they ask no database."""

from typing import Any

from django.core.checks import CheckMessage, Warning, register

from config import machine


@register()
def pango(**kwargs: Any) -> list[CheckMessage]:
    missing = machine.missing_libraries()
    if not missing:
        return []
    return [
        Warning(
            f"Không nạp được thư viện {', '.join(missing)}: chưa thể xuất báo cáo ra PDF.",
            hint=_install([machine.LIBRARIES[name] for name in missing]),
            id="config.W001",
        )
    ]


@register()
def document_font(**kwargs: Any) -> list[CheckMessage]:
    if machine.has_document_font():
        return []
    return [
        Warning(
            "Máy chưa có phông chữ cùng số đo với Times New Roman và đủ chữ tiếng Việt: "
            "chữ trong báo cáo PDF sẽ sai phông hoặc bị khuyết.",
            hint=_install(["fontconfig", machine.font_package()]),
            id="config.W002",
        )
    ]


def _install(packages: list[str]) -> str:
    return f"Chạy lệnh: sudo apt-get install {' '.join(packages)}"
