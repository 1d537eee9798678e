"""`gridscape migrate`: a store made by an older version becomes one of this version."""

from api.commands.calendar import tell_ending
from api.commands.event_list import tell_missing
from api.commands.language import say
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from spatial.text import Text


def migrate(store: StoreOption = DEFAULT_STORE) -> None:
    """Bring a store up to this version of Gridscape; each step is kept as a whole or not at all. 升级存储结构。

    Make a backup first: a step cannot be taken back.

    Example: gridscape migrate --store data/gridscape.gpkg
    """
    from spatial.store import migrate as upgrade

    steps = 0
    for step in upgrade(store):
        steps += 1
        say(Text(f"✓ {step.number:03d} {step.name}", f"✓ {step.number:03d} {step.name}"))
    opened = open_existing(store)
    try:
        tell_missing(opened)
        tell_ending(opened)
    finally:
        opened.close()
    if steps:
        say(Text(f"已完成 {steps} 步；存储可以使用", f"{steps} steps done; the store is ready"))
    else:
        say(Text("存储已是最新版本，未作修改", "The store is up to date; nothing was changed"))
