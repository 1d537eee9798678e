"""The types that the screens are compiled with are those that the server declares."""

import json
import subprocess
from pathlib import Path

import httpx

from tests.e2e.conftest import ROOT, Server


def test_the_screens_types_are_what_the_server_declares(demo_server: Server, tmp_path: Path) -> None:
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps(httpx.get(f"{demo_server.address}/api").raise_for_status().json()), "utf-8")
    checked = subprocess.run(
        ["node", "tools/types.mjs", str(document), "--check"],
        cwd=ROOT / "web",
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert checked.returncode == 0, checked.stderr
