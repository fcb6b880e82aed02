"""Files changed in place: whole or not at all."""

import os
import shutil
import tempfile
from pathlib import Path

from ipcity_policy.measure.files import whole


def replace_file(path: Path, data: bytes) -> None:
    """Put new bytes in the place of a file; whoever reads it sees the old or the new ones."""
    path = whole(path)  # a link stays one
    handle, made = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
        shutil.copymode(path, made)
        os.replace(made, path)
    except BaseException:
        os.unlink(made)
        raise
