"""What is sent with a form: no more of a file is kept than any page takes."""

from __future__ import annotations

from typing import Any, Final

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

#: The largest file that any page takes, an export of another system; smaller limits stand with those pages.
LARGEST: Final = 64 * 1024 * 1024


class Limited(FileUploadHandler):
    """Let no more of a file reach the disk than a page can take; the rest is read and thrown away.

    The page then finds no file, and says from the length of what was sent that it is too large.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a chunk on while the limit is not reached. Raises StopUpload, which keeps nothing."""
        self._size += len(raw_data)
        if self._size > LARGEST:
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the handlers behind."""
