"""Where everything is kept: one protocol, two stores. `open_store` chooses by the address."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from spatial.errors import BadParameter
from spatial.store.protocol import Store
from spatial.text import Text

POSTGRESQL = ("postgresql", "postgres")
GEOPACKAGE = "geopackage"


def open_store(url: str | Path, create: bool = False) -> Store:
    """Open the store at an address: a path or `geopackage:///path`, or `postgresql://user@host/database`.

    `create`: make it where there is none yet. Raises NotFound where there is none, StoreDamaged for a file that is
    foreign, damaged or of another version, StoreUnavailable for a database that does not answer.
    """
    path = geopackage_path(url)
    if path is not None:
        from spatial.store.geopackage.store import GeoPackageStore

        return GeoPackageStore(path, create)
    from spatial.store.postgis.store import PostgisStore

    return PostgisStore(str(url), create)


def geopackage_path(url: str | Path) -> Path | None:
    """Return the file that an address means, None for a database; raises BadParameter for any other address."""
    if isinstance(url, Path):
        return url
    scheme, separator, rest = url.partition("://")
    if not separator:
        return Path(url)
    if scheme == GEOPACKAGE:
        return Path(unquote(urlsplit(url).path))
    if scheme in POSTGRESQL and rest:
        return None
    raise BadParameter(
        Text(f"无法识别的存储地址 {scheme}://…", f"{scheme}:// is no address of a store"),
        Text("用文件路径或 postgresql://…", "Use a file's path or postgresql://…"),
    )
