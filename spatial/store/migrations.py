"""The migrator: plain numbered `.sql` files, run in order, each in a transaction of its own with its number."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Protocol

from spatial.errors import StoreDamaged
from spatial.text import Text

_NAME = re.compile(r"(\d{3})_(\w+)\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of a store's schema."""

    number: int
    name: str
    sql: str


class Migratable(Protocol):
    """A store's schema, as the migrator sees it."""

    def version(self) -> int:
        """Return the number of the last migration that was applied, 0 where none was."""

    def apply(self, migration: Migration) -> None:
        """Run a migration and record its number in one transaction: all of it or nothing."""


def of_package(package: str) -> list[Migration]:
    """Return the migrations that lie in a package, in order; raises ValueError where a number is missing."""
    found = []
    for file in files(package).iterdir():
        match = _NAME.fullmatch(file.name)
        if match:
            found.append(Migration(int(match[1]), match[2], file.read_text("utf-8")))
    found.sort(key=lambda migration: migration.number)
    if [migration.number for migration in found] != list(range(1, len(found) + 1)):
        raise ValueError(f"the migrations of {package} are not numbered 001, 002, … without a gap")
    return found


def pending(target: Migratable, migrations: Sequence[Migration]) -> list[Migration]:
    """Return the migrations that are still to be run; raises StoreDamaged where the store is newer than they are."""
    version = target.version()
    if version > len(migrations):
        raise StoreDamaged(
            Text(
                f"存储的结构版本为 {version}，本程序只认识到 {len(migrations)}",
                f"The store has schema version {version}; this Gridscape knows versions up to {len(migrations)}",
            ),
            Text("请升级 Gridscape，或恢复旧版本的备份", "Upgrade Gridscape, or restore a backup of the older version"),
            version=version,
        )
    return [migration for migration in migrations if migration.number > version]


def migrate(target: Migratable, migrations: Sequence[Migration]) -> Iterator[Migration]:
    """Run what is pending, yielding each migration once it is kept; one that was cut off begins anew the next time."""
    for migration in pending(target, migrations):
        target.apply(migration)
        yield migration


def refuse_older(target: Migratable, migrations: Sequence[Migration], url: str) -> None:
    """Raise StoreDamaged unless the store has exactly the schema of these migrations."""
    waiting = pending(target, migrations)
    if waiting:
        raise StoreDamaged(
            Text(
                f"存储的结构版本为 {waiting[0].number - 1}，本程序需要 {len(migrations)}",
                f"The store has schema version {waiting[0].number - 1}; this Gridscape needs {len(migrations)}",
            ),
            Text(f"请运行：gridscape migrate --store {url}", f"Run: gridscape migrate --store {url}"),
            version=waiting[0].number - 1,
        )
