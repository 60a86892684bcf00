"""The base of all errors, and errors of the system in words. What an author can cause in content is a Problem (see problems/)."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from credsite.core.regular_files import FileTooLargeError, RefusedFileError

_DISK_IS_FULL: Final = "Delete files that are not needed, to make room, and try again."
_NO_PERMISSION: Final = "Check who may read and write there, and try again."
_TOO_MANY_FILES: Final = (
    "Programs on this computer have too many files open. Close some of them, and try again."
)
_ADVICE: Final = {
    errno.ENOSPC: _DISK_IS_FULL,
    errno.EDQUOT: _DISK_IS_FULL,
    errno.EFBIG: "The system allows no file of this size here. Use another folder or disk.",
    errno.EROFS: "Use a folder that can be written to.",
    errno.EACCES: _NO_PERMISSION,
    errno.EPERM: _NO_PERMISSION,
    errno.EMFILE: _TOO_MANY_FILES,
    errno.ENFILE: _TOO_MANY_FILES,
    errno.EIO: "The disk or the connection to it may be damaged.",
    errno.ESTALE: "The connection to the network drive was lost. Connect it, and try again.",
    errno.ENOENT: "Something removed or renamed it while credsite was working. Try again.",
    errno.ENOTDIR: "Something replaced a folder while credsite was working. Try again.",
}
"""What to do about errors that the system and not credsite is the cause of."""


class CredsiteError(Exception):
    """credsite cannot go on. The message is one or more plain sentences that say what to do."""


def error_message(error: CredsiteError) -> str:
    """The message of ``error`` with what to do, where the system is the cause of it and that is not said yet."""
    cause = error.__cause__
    reasons = {
        os.strerror(code): advice for code, advice in _ADVICE.items()
    }  # an error of a worker has no cause
    if isinstance(cause, OSError) and cause.errno in _ADVICE:
        reasons[cause.strerror or ""] = _ADVICE[cause.errno]
    for reason, advice in reasons.items():
        if str(error).endswith(f": {reason}."):
            return f"{error} {advice}"
    return str(error)


def system_error_message(error: OSError) -> str | None:
    """What has failed and what to do about it, in sentences. None if the error may be a mistake of this program."""
    advice = _ADVICE.get(error.errno or 0)
    if error.filename is None and error.errno in (errno.ENOENT, errno.ENOTDIR):
        return (
            None
            if _has_current_folder()
            else "The current folder was removed. Change to another, and try again."
        )
    if isinstance(error, RefusedFileError):
        advice = "Make it smaller." if isinstance(error, FileTooLargeError) else "Put the file itself there."
    if advice is None:
        return None
    reason = error.strerror or os.strerror(error.errno or 0)
    if error.filename is None:
        return f"The system refused to read or write a file: {reason}. {advice}"
    return f"{os.fsdecode(error.filename)} cannot be read or written: {reason}. {advice}"


def _has_current_folder() -> bool:
    try:
        Path.cwd()
    except OSError:
        return False
    return True
