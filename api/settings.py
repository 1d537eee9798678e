"""What an operator chooses when starting the server; nothing is read at import."""

from dataclasses import dataclass
from pathlib import Path

SITE = Path(__file__).resolve().parents[1] / "web" / "dist"
SLICES = SITE.parent / "node_modules" / "@fontsource" / "noto-sans-sc" / "files"
LOOPBACK_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one running server.

    `open_demo`: everybody is staff; only for loopback. `public_url`: where others reach this server, without a
    trailing slash; links are built on it. `allowed_hosts`: host names besides loopback's and the public URL's that
    this server answers to. `base_tiles`: a PMTiles file, or a tile address with {z}, {x}, {y}, for the base of the map.
    `site`: the folder of the built screens. `refresh_s`: how old, in seconds, what is known of the store may be.
    `indexes`: the folder of built indexes; by default beside a GeoPackage, for a database in the user's cache folder.
    `behind_proxy`: a proxy of the operator's own says in X-Forwarded-For whom it heard; only for slowing down guesses.
    """

    open_demo: bool = False
    public_url: str | None = None
    allowed_hosts: tuple[str, ...] = ()
    base_tiles: str | None = None
    site: Path = SITE
    refresh_s: float = 0.5
    indexes: Path | None = None
    behind_proxy: bool = False

    @property
    def typeface(self) -> Path:
        """The folder of the slices of the typeface: the screens' package, else what was built of it."""
        return SLICES if SLICES.is_dir() else self.site / "assets"
