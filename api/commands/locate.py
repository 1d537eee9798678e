"""`gridscape locate`: which grid owns this point, in the terminal."""

from typing import Annotated

import typer

from api.commands.language import say, terminal_language
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from spatial.text import Language, Text


def locate(
    lon: Annotated[float, typer.Argument(help="Longitude in WGS 84 degrees. 经度。")],
    lat: Annotated[float, typer.Argument(help="Latitude in WGS 84 degrees. 纬度。")],
    store: StoreOption = DEFAULT_STORE,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON. 输出 JSON。")] = False,
) -> None:
    """Say who owns a point at every level, and who answers for it. 查询某点的归属。

    Example: gridscape locate 105.376 29.151
    """
    from api.answers import dumps
    from api.locating import Ownership, as_document
    from spatial.crs import check_position

    check_position(lon, lat)
    opened = open_existing(store)
    try:
        ownership = Ownership.of(opened)
    finally:
        opened.close()
    document = as_document(ownership.locator.locate(lon, lat), ownership, with_duties=True)
    if as_json:
        typer.echo(dumps(document).decode())
        return
    language = terminal_language()
    if not document["trees"]:
        say(
            Text(
                f"({lon}, {lat}) 不在任何区县的范围内。",
                f"({lon}, {lat}) lies in none of the districts.",
            )
        )
        return
    for line in described(document, language):
        typer.echo(line)


def described(document: dict[str, object], language: Language) -> list[str]:
    """Return an answer as lines: each tree's chain from the top down, its duty holders, and the reason."""
    key = language.value
    named = "name" if language is Language.ZH else "name_en"
    lines: list[str] = []
    trees = document["trees"]
    assert isinstance(trees, list)
    for tree in trees:
        lines.append(Text(f"层级树 {tree['tree']}", f"Tree {tree['tree']}").in_language(language))
        responsible = tree["responsible"]["code"] if tree["responsible"] else None
        for owner in tree["owners"]:
            mark = "›" if owner["code"] is not None and owner["code"] == responsible else " "
            level = owner["level_name"][key]
            name = owner[named] or owner["name"] or ""
            lines.append(f" {mark} {level:<10} {owner['code'] or '–':<22} {name}".rstrip())
            lines += [f"     {_post(post, language)}" for post in owner["duty_holders"]]
        lines += [f"   {tree['reason'][key]}", ""]
    return lines[:-1]


def _post(post: dict[str, object], language: Language) -> str:
    names = post["post_name"]
    assert isinstance(names, dict)
    where = ""
    if post["staircase"] is not None:
        where = Text(f"（{post['staircase']} 单元）", f" (staircase {post['staircase']})").in_language(language)
    who = post["holder"] or Text("空缺", "vacant").in_language(language)
    return f"{names[language.value]}{where}: {who}"
