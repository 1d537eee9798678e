"""Zipped files: what may be in one, and how much of it."""

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from spatial.errors import BadFile, LimitExceeded
from spatial.importing.formats import SUFFIXES, Format
from spatial.importing.source import Limits
from spatial.text import Text

CHUNK_BYTES = 1024 * 1024
_SIDECARS = (".shx", ".dbf", ".prj", ".cpg")
_WANTED = (*(suffix for suffix, kind in SUFFIXES.items() if kind not in (Format.ZIP, Format.CSV)), ".csv", *_SIDECARS)
_NESTED = (".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".tgz", ".kmz")
# what compresses to almost nothing is fine while it is small
_RATIO_FROM_BYTES = 10 * 1024 * 1024


def unpack(path: Path, folder: Path, limits: Limits, layer: str | None = None) -> Path:
    """Unpack the one data set of a zip file into a folder and return its main file.

    Only files that an import reads are unpacked, under names of our own making, so that no name of the archive reaches
    the file system. `layer` chooses among several data sets by name. Raises BadFile for a path that leaves its folder,
    a link, a zip inside the zip, a password, or anything but exactly one data set; LimitExceeded for more than the
    limits allow.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            return _unpack(archive, folder, limits, layer)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, zlib.error) as error:
        raise BadFile(
            Text(f"{path.name} 不是完好的 zip 文件：{error}", f"{path.name} is not a sound zip file: {error}"),
            Text("请重新打包", "Pack it again"),
        ) from error


def _unpack(archive: zipfile.ZipFile, folder: Path, limits: Limits, layer: str | None) -> Path:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    _check_sizes(entries, limits)
    named = [(entry, _decoded_name(entry)) for entry in entries]
    for entry, name in named:
        _check_entry(entry, name)
    wanted = [(entry, name) for entry, name in named if name.suffix.lower() in _WANTED and name.parts[0] != "__MACOSX"]
    main = _main(sorted({name for _, name in wanted if name.suffix.lower() in SUFFIXES}), layer)
    budget = limits.file_bytes
    for entry, name in wanted:
        if name.with_suffix("") == main.with_suffix("") and (
            name == main or (main.suffix.lower() == ".shp" and name.suffix.lower() in _SIDECARS)
        ):
            budget -= _extract(archive, entry, folder / f"data{name.suffix.lower()}", budget)
    return folder / f"data{main.suffix.lower()}"


def _main(data_sets: list[PurePosixPath], layer: str | None) -> PurePosixPath:
    if layer is not None and len(data_sets) > 1:
        data_sets = [name for name in data_sets if layer in (name.stem, str(name))]
    if len(data_sets) == 1:
        return data_sets[0]
    if not data_sets:
        raise BadFile(
            Text("zip 文件中没有可导入的数据", "The zip file holds nothing that can be imported"),
            Text(
                "请放入一个 Shapefile（.shp .shx .dbf .prj）、GeoPackage、GeoJSON 或 CSV",
                "Put one Shapefile (.shp .shx .dbf .prj), GeoPackage, GeoJSON or CSV into it",
            ),
        )
    names = ", ".join(name.stem for name in data_sets[:10])
    raise BadFile(
        Text(f"zip 文件中有多个数据集：{names}", f"The zip file holds several data sets: {names}"),
        Text("请用 --layer 指定其一", "Choose one with --layer"),
    )


def _check_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.archive_entries:
        raise LimitExceeded(
            Text(f"zip 文件中有 {len(entries)} 个文件，过多", f"The zip file holds {len(entries)} files, too many"),
            Text(f"上限 {limits.archive_entries} 个", f"At most {limits.archive_entries} are allowed"),
        )
    whole = sum(entry.file_size for entry in entries)
    dense = any(
        entry.file_size > _RATIO_FROM_BYTES and entry.file_size > limits.archive_ratio * max(entry.compress_size, 1)
        for entry in entries
    )
    if whole > limits.file_bytes or dense:
        raise _bomb(limits)


def _bomb(limits: Limits) -> LimitExceeded:
    return LimitExceeded(
        Text(
            "zip 文件解压后过大，拒绝解压", "The zip file would unpack to far more than is allowed; it was not unpacked"
        ),
        Text(
            f"上限 {limits.file_bytes >> 20} MB，压缩比上限 {limits.archive_ratio}",
            f"At most {limits.file_bytes >> 20} MB, and {limits.archive_ratio} times the packed size, are allowed",
        ),
    )


def _check_entry(entry: zipfile.ZipInfo, name: PurePosixPath) -> None:
    shown = str(name)[:100]
    if name.is_absolute() or ".." in name.parts or "\\" in str(name) or ":" in name.parts[0]:
        raise BadFile(
            Text(f"zip 中的路径“{shown}”指向其文件夹之外", f"The path “{shown}” in the zip file leaves its folder"),
            Text("请重新打包", "Pack it again"),
        )
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise BadFile(
            Text(f"zip 中的“{shown}”是链接", f"“{shown}” in the zip file is a link"),
            Text("请打包文件本身", "Pack the file itself"),
        )
    if entry.flag_bits & 0x1:
        raise BadFile(
            Text("zip 文件有密码", "The zip file has a password"), Text("请去掉密码后重新打包", "Pack it without one")
        )
    if name.suffix.lower() in _NESTED:
        raise _nested(shown)


def _nested(shown: str) -> BadFile:
    return BadFile(
        Text(
            f"zip 中还有压缩包“{shown}”，不再层层解压",
            f"The zip file holds another archive, “{shown}”; it is not opened",
        ),
        Text("请先解压内层压缩包", "Unpack the inner one first"),
    )


def _decoded_name(entry: zipfile.ZipInfo) -> PurePosixPath:
    # without the UTF-8 flag zipfile takes names for code page 437; Chinese Windows writes GBK
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            raw = name.encode("cp437")
            name = raw.decode("utf-8") if _is_utf8(raw) else raw.decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return PurePosixPath(name)


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _extract(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, budget: int) -> int:
    """Write one entry and return its size; the sizes that the archive declares are not believed."""
    written = 0
    with archive.open(entry) as packed, target.open("wb") as file:
        while chunk := packed.read(CHUNK_BYTES):
            if not written and chunk.startswith(b"PK\x03\x04"):
                raise _nested(entry.filename[:100])
            written += len(chunk)
            if written > budget:
                raise LimitExceeded(
                    Text("zip 文件解压后过大", "The zip file unpacks to more than is allowed"),
                    Text(f"上限 {budget >> 20} MB", f"At most {budget >> 20} MB are allowed"),
                )
            file.write(chunk)
    return written
