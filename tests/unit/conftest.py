"""What several unit tests begin with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from spatial.ownership import GridIndex
from spatial.store import open_store
from spatial.store.protocol import Store
from tests import small_town


@pytest.fixture
def town_store(tmp_path: Path) -> Iterator[Store]:
    """Yield a GeoPackage with the small town."""
    opened = open_store(tmp_path / "town.gpkg", create=True)
    small_town.fill(opened)
    yield opened
    opened.close()


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what is built of a store's editions while the test runs, by its label."""
    built: list[str] = []
    build = GridIndex.build

    def noted(*arguments: object, **named: object) -> GridIndex:
        if "edition" in named:  # a publication builds some of its own
            built.append(str(named["edition"]))
        return build(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(GridIndex, "build", noted)
    return built
