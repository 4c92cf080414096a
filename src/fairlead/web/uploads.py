"""How files come in: into memory alone, and never more of them than the limit."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers

if TYPE_CHECKING:
    from typing import IO

AROUND_THE_FILES: Final = 4 * 1024 * 1024
"""What the other fields of a form and the lines between them may take."""


class InMemory(FileUploadHandler):
    """Keeps files in memory; of a request over the limit only the size is kept, for the form to name.

    Django's own handler passes such files over, so that the person would read that none was chosen.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.whole = 0
        self.kept: IO[bytes] = BytesIO()

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django calls it so
        content_length: int,
        boundary: Any,
        encoding: Any = None,
    ) -> None:
        """Take note of how long the whole request is; the server ends it there."""
        del input_data, META, boundary, encoding
        self.whole = content_length

    @property
    def fits(self) -> bool:
        """Whether the request is one that can be read."""
        return self.whole <= settings.UPLOAD_LIMIT + AROUND_THE_FILES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin the next file."""
        super().new_file(*args, **kwargs)
        self.kept = BytesIO()
        raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a part, unless there is too much of it."""
        del start
        if self.fits:
            self.kept.write(raw_data)

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        """Give the file; one that was not kept is said to be as long as all of them together."""
        self.kept.seek(0)
        return InMemoryUploadedFile(
            file=self.kept,
            field_name=self.field_name,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size if self.fits else max(file_size, settings.UPLOAD_LIMIT + 1),
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )
