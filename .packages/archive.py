"""Puts a folder into an archive, .tar.gz or .zip, with the names sorted, nobody as the owner of everything, and
SOURCE_DATE_EPOCH as its date, so that the same files make the same archive."""

import gzip
import os
import pathlib
import sys
import tarfile
import time
import zipfile

folder, out = pathlib.Path(sys.argv[1]), sys.argv[2]
date = int(os.environ["SOURCE_DATE_EPOCH"])
files = [path for path in sorted(folder.rglob("*")) if path.is_file()]


def mode(path):
    """Programs are for everybody to execute, whatever system this is."""
    return 0o755 if path.stem == "officedir" and path.parent == folder else 0o644


if out.endswith(".zip"):
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files:
            # The format has no year before 1980.
            info = zipfile.ZipInfo(path.relative_to(folder.parent).as_posix(), time.gmtime(max(date, 315532800))[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = mode(path) << 16
            archive.writestr(info, path.read_bytes())
else:
    with (
        open(out, "wb") as raw,
        gzip.GzipFile("", "wb", 9, raw, mtime=date) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for path in files:
            info = tarfile.TarInfo(path.relative_to(folder.parent).as_posix())
            info.size, info.mtime, info.mode = path.stat().st_size, date, mode(path)
            with open(path, "rb") as content:
                archive.addfile(info, content)
