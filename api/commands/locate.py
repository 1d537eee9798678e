"""`gridscape locate`: which grid owns this point, in the terminal."""

from pathlib import Path
from typing import Annotated, Any

import typer

from api.commands.language import terminal_language
from api.commands.serve import DEFAULT_STORE, StoreOption, open_existing
from spatial.text import Language, Text


def locate(
    lon: Annotated[float, typer.Argument(help="Longitude in degrees of the datum. 经度。")],
    lat: Annotated[float, typer.Argument(help="Latitude in degrees of the datum. 纬度。")],
    store: StoreOption = DEFAULT_STORE,
    crs: Annotated[
        str, typer.Option(help="The datum: wgs84, cgcs2000, gcj02 (AMap, Tencent) or bd09 (Baidu). 坐标基准。")
    ] = "wgs84",
    accuracy: Annotated[
        float | None, typer.Option(help="Metres within which the place is known; ranks the areas. 定位精度（米）。")
    ] = None,
    confidence: Annotated[
        float | None,
        typer.Option(help="The probability that the accuracy stands for; browsers mean 0.95. 精度的置信度。"),
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="Answer with the editions of this time, 2026-11-01T00:00:00Z. 时刻。")
    ] = None,
    indexes: Annotated[
        Path | None,
        typer.Option(help="The folder of built indexes; default: beside the store. 索引文件夹。", file_okay=False),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON. 输出 JSON。")] = False,
) -> None:
    """Say who owns a point at every level, and who answers for it. 查询某点的归属。

    Example: gridscape locate 105.376 29.151

    With a phone's position: gridscape locate 105.3788 29.1483 --crs gcj02 --accuracy 20
    """
    from api.answers import dumps
    from api.located import as_document
    from api.place_parameters import AT, CRS, accuracy_in_metres, confidence_of_accuracy, wgs84_position
    from spatial.locate import CONFIDENCE
    from spatial.locate.index_files import IndexFiles, folder_of
    from spatial.locate.keeping import save_levels
    from spatial.locate.once import locate_once

    position = wgs84_position(lon, lat, CRS.parse(crs))
    metres = None if accuracy is None else accuracy_in_metres(accuracy)
    sure = CONFIDENCE if confidence is None else confidence_of_accuracy(confidence)
    moment = None if at is None else AT.parse(at)
    opened = open_existing(store)
    try:
        files = IndexFiles(indexes or folder_of(opened.url))
        found = locate_once(opened, *position, metres, sure, at=moment, files=files)
    finally:
        opened.close()
    document = as_document(found.located, with_duties=True)
    said = [dumps(document).decode()] if as_json else described(document, terminal_language())
    for line in said:
        typer.echo(line)
    save_levels(files, [found.locator])


def described(document: dict[str, Any], language: Language) -> list[str]:
    """Return an answer as lines: each tree's chain from the top down, its duty holders, the reason, and how sure it is.

    Outside every district: the nearest areas.
    """
    key = language.value
    lines: list[str] = []
    if document["district"] is None:
        where = f"({document['lon']}, {document['lat']})"
        said = Text(f"{where} 不在任何区县的范围内。", f"{where} lies in none of the districts.")
        lines += [said.in_language(language), *_nearest(document["nearest"], language)]
    for tree in document["trees"]:
        lines += ["", Text(f"层级树 {tree['tree']}", f"Tree {tree['tree']}").in_language(language)]
        responsible = tree["responsible"]["code"] if tree["responsible"] else None
        for owner in tree["owners"]:
            mark = "›" if owner["code"] is not None and owner["code"] == responsible else " "
            level = owner["level_name"][key]
            lines.append(f" {mark} {level:<10} {owner['code'] or '–':<22} {_name(owner, language)}".rstrip())
            lines += [f"     {_post(post, language)}" for post in owner["duty_holders"]]
        lines += [f"   {tree['reason'][key]}", *_candidates(tree, language)]
    return lines if lines[0] else lines[1:]


def _nearest(nearest: list[dict[str, Any]], language: Language) -> list[str]:
    if not nearest:
        return []
    lines = [Text("最近的区域（并非归属）：", "The nearest areas, which do not own it:").in_language(language)]
    for near in nearest:
        level = near["level_name"][language.value]
        lines.append(f"   {level:<10} {near['code']:<22} {_name(near, language)}  {_metres(near['distance_m'])}")
    return lines


def _candidates(tree: dict[str, Any], language: Language) -> list[str]:
    if "candidates" not in tree:
        return []
    lines = [
        f"   {one['probability']:7.1%}  {one['code'] or '–':<22} {_name(one, language)}".rstrip()
        for one in tree["candidates"]
        if one["probability"] >= 0.0005  # what would read as nothing
    ]
    away = _metres(tree["edge_m"])
    lines.append("   " + Text(f"距边界 {away}", f"{away} from the edge that decides").in_language(language))
    if tree["ambiguous"]:
        ask = Text("归属不能确定，请向本人确认。", "It is not sure enough: ask the person.")
        lines.append(f"   {ask.in_language(language)}")
    return lines


def _metres(distance: float) -> str:
    return f"{distance:.1f} m" if distance < 1000 else f"{distance / 1000:.1f} km"


def _name(area: dict[str, Any], language: Language) -> str:
    named = "name" if language is Language.ZH else "name_en"
    return str(area[named] or area["name"] or "")


def _post(post: dict[str, Any], language: Language) -> str:
    where = ""
    if post["staircase"] is not None:
        where = Text(f"（{post['staircase']} 单元）", f" (staircase {post['staircase']})").in_language(language)
    who = post["holder"] or Text("空缺", "vacant").in_language(language)
    return f"{post['post_name'][language.value]}{where}: {who}"
