"""Doing an import: all rows that can go in, in one transaction, and the file of those that cannot."""

from dataclasses import dataclass
from pathlib import Path

from spatial.errors import EditionMoved
from spatial.importing import rejects
from spatial.importing.plan import Plan
from spatial.levels import MAIN_TREE
from spatial.schema import collection
from spatial.store.protocol import Store
from spatial.store.records import Edition
from spatial.text import Text


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did; `rejects` is None where every row went in."""

    written: int
    rejected: int
    rejects: Path | None
    edition: Edition | None


def rejects_path(file: Path) -> Path:
    """Return where the rejected rows of a file go: beside it, as FILE.rejected.csv."""
    return file.with_name(f"{file.name}.rejected.csv")


def carry_out(store: Store, plan: Plan, actor: str, rejects_file: Path | None = None) -> Outcome:
    """Write what a plan says: all of it, or nothing where anything raises.

    The rejects are written before the transaction ends, so that a full disk there leaves the store as it was. Raises
    EditionMoved where somebody published since the plan was made, and what the store raises.
    """
    target = rejects_file or rejects_path(plan.request.path)
    stored_in = collection(plan.request.collection).stored_in
    tree = plan.request.tree if stored_in == "areas" else MAIN_TREE
    edition = None
    with store.write(actor) as tx:
        if plan.new:
            tx.put_district(plan.district, plan.levels)
        if plan.areas is not None:
            _refuse_moved(store, plan, tree)
            note = f"import {plan.request.path.name} as {plan.request.collection}"
            edition = tx.publish(plan.district.slug, plan.areas, tree, note)
        if stored_in != "areas":
            if plan.replaced:
                tx.delete(stored_in, plan.district.slug, plan.replaced)
            tx.insert(stored_in, plan.rows)
        rejects.write(target, plan.request.collection, plan.source, plan.problems)
    return Outcome(len(plan.rows), plan.rejected, target if plan.problems else None, edition)


def _refuse_moved(store: Store, plan: Plan, tree: str) -> None:
    # nobody else can write now, so what is read here stays true until the end of the transaction
    if plan.new:
        return
    editions = store.editions(plan.district.slug, tree)
    newest = editions[-1].number if editions else 0
    base = plan.base.number if plan.base is not None else 0
    if newest != base:
        raise EditionMoved(
            Text(
                f"导入准备期间 {plan.district.slug} 发布了版本 {newest}",
                f"Edition {newest} of {plan.district.slug} was published while the import was being prepared",
            ),
            Text("请重新导入", "Import it again"),
            base=base,
            newest=newest,
        )
