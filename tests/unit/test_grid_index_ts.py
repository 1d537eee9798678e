"""The browser's index: it answers as Python's does from the same files, and those for phones are small."""

import os
import shutil
import struct
import subprocess
from pathlib import Path

import pytest
import shapely

from spatial import GridIndex
from spatial.ownership.building import COMPACT_CELLS_PER_EDGE
from tests import districts
from tests.coverages import Polygons, wobbly
from tests.vectors import block, coverages, points_of

WEB = Path(__file__).resolve().parents[2] / "web"
SEED = 20_240_601
PHONE_BYTES = 1_000_000


def test_typescript_gives_the_owners_that_python_gives_and_refuses_what_is_damaged(tmp_path: Path) -> None:
    vectors, points = tmp_path / "vectors", 0
    blocks = []
    tiny = GridIndex.build(wobbly(4, 4, SEED), list("1234"), cells_per_edge=0.05)
    indexes = {**coverages(SEED), "tiny": tiny}
    for number, index in enumerate(indexes.values()):
        x, y = points_of(index, SEED + number, 400 if index is not tiny else 20)
        one_by_one = [index.owner(lon, lat) for lon, lat in zip(x.tolist(), y.tolist(), strict=True)]
        assert one_by_one == [None if owner < 0 else index.codes[owner] for owner in index.owners(x, y).tolist()]
        blocks.append(block(index, (x, y), tmp_path))
        points += len(x)
    assert points >= 20_000
    vectors.write_bytes(struct.pack("<Q", len(blocks)) + b"".join(blocks))
    node = shutil.which("node")
    assert node is not None, "Node 20 or newer runs the tests of the screens"
    ran = subprocess.run(
        [node, "tools/test.mjs"],
        cwd=WEB,
        env={**os.environ, "GRIDSCAPE_VECTORS": str(vectors)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def compact_bytes(polygons: Polygons, codes: list[str], folder: Path) -> int:
    index = GridIndex.build(polygons, codes, cells_per_edge=COMPACT_CELLS_PER_EDGE)
    index.save(folder / "compact.gsi")
    return (folder / "compact.gsi").stat().st_size


def test_a_compact_file_of_sixty_winding_areas_suits_a_phone(tmp_path: Path) -> None:
    polygons = wobbly(60, 33, SEED)
    assert shapely.get_num_coordinates(polygons).mean() >= 180
    assert compact_bytes(polygons, [f"{number:012d}" for number in range(60)], tmp_path) < PHONE_BYTES


@pytest.mark.parametrize(("slug", "level"), [("gusu", "community"), ("liujiang", "community"), ("liujiang", "grid")])
def test_a_compact_file_of_sixty_generated_areas_suits_a_phone(slug: str, level: str, tmp_path: Path) -> None:
    areas = districts.content(slug).trees["main"]
    sixty = areas.take([row for row, held in enumerate(areas["level"]) if held == level][:60])
    assert len(sixty) == 60
    assert compact_bytes(sixty.geometry, [str(code) for code in sixty["code"]], tmp_path) < PHONE_BYTES
