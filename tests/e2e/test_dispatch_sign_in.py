"""Signing in at the desk: a wrong password is refused, and who comes in sees and does what is theirs."""

import shutil
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from spatial.store import open_store
from spatial.store.records import Query
from tests.e2e.conftest import AT_WORK, ROOT
from tests.e2e.test_dispatch import Open, settled
from tests.server import COMMAND, Server

pytestmark = pytest.mark.browser


def test_who_signs_in_sees_and_does_what_is_theirs(screen: Open, demo_store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "signed.gpkg"
    shutil.copy(demo_store, copy)
    with closing(open_store(copy)) as store:
        waiting = store.read("incidents", Query(district="luxian", equal={"state": ["reported"]}))
    community = max(map(str, waiting["path"]), key=len).split("/")[3]
    added = subprocess.run(
        [*COMMAND, "account", "add", "zhao", "--role", "dispatcher", "--area", community, "--store", str(copy)],
        input="a long enough secret\n",
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert added.returncode == 0, added.stderr
    with Server(copy, open_demo=False) as server:
        page = screen("dispatch?lang=en&tab=waiting", origin=server.address)
        for password in ("wrong", "a long enough secret"):
            page.page.get_by_role("textbox", name="Account").fill("zhao")
            page.page.get_by_label("Password").fill(password)
            page.page.get_by_role("button", name="Sign in").click()
            if password == "wrong":
                page.page.locator(".sign-in .refused").wait_for()
        page.until(f"{AT_WORK} && state.order.length > 0")
        paths = {f"luxian/{code}": path for code, path in zip(waiting["code"], waiting["path"], strict=True)}
        seen = [paths[key] for key in page.state("order") if key in paths]
        assert seen
        assert all(community in path.split("/") for path in seen)
        assert len(seen) < len(paths)
        key = next(key for key in page.state("order") if key in paths)
        page.page.locator(f'.incident[data-key="{key}"]').click()
        settled(page, key, "reported")
        page.page.keyboard.press("d")
        settled(page, key, "filed")
