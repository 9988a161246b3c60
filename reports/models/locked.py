class ReportLocked(Exception):
    """Something tried to change a report, or a part of it, that its state has locked: one that was
    handed in, accepted, submitted, signed or issued, or whose round is closed."""

    def __init__(self) -> None:
        super().__init__("Báo cáo đã nộp, trình ký hoặc ban hành thì không sửa, không xóa.")
