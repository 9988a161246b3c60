"""Reading plan documents of growing length: time and memory must grow no faster than the lines."""

import time
import tracemalloc
from collections.abc import Iterator

from plans.planfile import read_tree
from plans.reading import read_plan_document, read_source
from plans.reading.known import Known, KnownUnit
from plans.reading.writing import tree

SIZES = (100, 1000, 2000)
# Twenty times the lines may take at most this much more than twenty times as long.
_SLACK = 1.5
_KNOWN = Known(
    units=[
        KnownUnit("ttbcxb", "Phòng Thông tin - Báo chí - Xuất bản", "TTBCXB", "division"),
        KnownUnit("hts", "Phòng Hạ tầng số", "HTS", "division"),
    ]
)
_HEAD = """Số: 1/KH-SX
KẾ HOẠCH
Nâng cao chất lượng phục vụ năm 2025
Thực hiện Kế hoạch số 1/KH-UBND ngày 01/01/2025 của UBND tỉnh, Sở X xây dựng kế hoạch như sau:
I. MỤC ĐÍCH
1. Nâng cao chất lượng.
II. NHIỆM VỤ
"""
_BLOCK = """({j}) Tiêu chí tỷ lệ hồ sơ loại {j} của lĩnh vực {i}
- Đơn vị chủ trì: Phòng Thông tin-Báo chí-Xuất bản; Phòng Hạ tầng số.
- Đơn vị phối hợp: Các phòng chuyên môn, đơn vị liên quan.
- Nhiệm vụ, giải pháp: Theo dõi việc giải quyết {j} hồ sơ của lĩnh vực {i}; bảo đảm 95% hồ sơ \
đúng hạn theo Quyết định số {j}/QĐ-UBND ngày 01/02/2024; hoàn thành trước ngày 30/11/2025.
"""


def table() -> Iterator[str]:
    """Tasks, lines, seconds for the text, what it means and its checks, peak memory."""
    yield f"{'Plan document':<16}{'lines':>8}{'read s':>9}{'check s':>9}{'ms/line':>9}{'MiB':>7}"
    each = []
    for tasks in SIZES:
        content = document(tasks)
        began = time.perf_counter()
        source = read_source(content, "ke-hoach.txt")
        draft = read_plan_document(source, _KNOWN.directory())
        read = time.perf_counter() - began
        read_tree(tree(draft, _KNOWN, "ke-hoach-2025"))
        both = time.perf_counter() - began
        tracemalloc.start()
        read_plan_document(source, _KNOWN.directory())
        peak = tracemalloc.get_traced_memory()[1] / 2**20
        tracemalloc.stop()
        assert len(list(draft.tasks())) == tasks
        each.append(both / len(source.lines))
        yield (
            f"{tasks:,} tasks".ljust(16) + f"{len(source.lines):>8,}{read:>9.2f}"
            f"{both - read:>9.2f}{each[-1] * 1000:>9.2f}{peak:>7.1f}"
        )
    if each[-1] > _SLACK * each[0]:
        yield f"! {SIZES[-1]:,} tasks take {each[-1] / each[0]:.1f} times as long a line."


def document(tasks: int) -> bytes:
    """A plan of that many tasks, fifty an area."""
    parts = [_HEAD]
    for n in range(tasks):
        if n % 50 == 0:
            parts.append(f"{n // 50 + 1}. Lĩnh vực thứ {n // 50 + 1}\n")
        parts.append(_BLOCK.format(i=n // 50 + 1, j=n % 50 + 1))
    return "".join(parts).encode()
