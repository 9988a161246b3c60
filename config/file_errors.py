"""Why the system could not read or write a file, in Vietnamese: `strerror` is English."""

import errno
from pathlib import Path

_FOLDER = "đây là một thư mục"
_NOT_A_FOLDER = "không có thư mục này"
_WHY_NOT_READ = {
    errno.ENOENT: "không có tệp này",
    errno.ENOTDIR: _NOT_A_FOLDER,
    errno.EISDIR: _FOLDER,
    errno.EACCES: "không có quyền đọc tệp này",
    errno.EPERM: "không có quyền đọc tệp này",
    errno.ENAMETOOLONG: "tên tệp quá dài",
}
_WHY_NOT_WRITTEN = {
    errno.ENOENT: _NOT_A_FOLDER,
    errno.ENOTDIR: _NOT_A_FOLDER,
    errno.EISDIR: _FOLDER,
    errno.EACCES: "không có quyền ghi ở đó",
    errno.EPERM: "không có quyền ghi ở đó",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa hết chỗ",
    errno.ENAMETOOLONG: "tên tệp quá dài",
}


def not_read(path: Path | str, error: OSError) -> str:
    """ "Không đọc được tệp a.yaml: không có tệp này." """
    return f"Không đọc được tệp {path}: {_why(_WHY_NOT_READ, error)}."


def not_written(path: Path | str, error: OSError) -> str:
    """ "Không ghi được tệp a.pdf: ổ đĩa hết chỗ." """
    return f"Không ghi được tệp {path}: {_why(_WHY_NOT_WRITTEN, error)}."


def _why(reasons: dict[int, str], error: OSError) -> str:
    return reasons.get(error.errno or 0, f"hệ điều hành báo lỗi số {error.errno}")
