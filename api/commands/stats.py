"""`gridscape stats`: what a store really holds, beside what is known of the districts."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.districts import refuse_unknown
from api.commands.language import terminal_language
from api.commands.serve import DEFAULT_STORE, StoreOption
from spatial.text import Language, Text
from spatial.vocabulary import AssetKind, CommunityType, LevelSlug, Management, Post, StationTier, word

if TYPE_CHECKING:
    from rich.console import JustifyMethod

    from fixtures.facts import Figure
    from spatial.store.records import District

_HEADINGS: "tuple[tuple[Text, JustifyMethod], ...]" = (
    (Text("类别", "Kind"), "left"),
    (Text("实有", "Counted"), "right"),
    (Text("应有", "Figure"), "right"),
    (Text("依据", "Certainty"), "left"),
    (Text("", ""), "center"),
)
_CERTAINTY = {
    "exact": Text("资料所载", "exact"),
    "at least": Text("不少于", "at least"),
    "chosen": Text("自定", "chosen"),
}
_SYNTHETIC = Text("合成数据", "synthetic data")
_OTHERS = {
    "staircase": Text("单元（楼梯）", "Staircases"),
    "model_community": Text("示范社区", "Model communities"),
    "camera": Text("监控点位", "Camera sites"),
    "incident": Text("事件", "Incidents"),
    "incident.open": Text("未结事件", "Incidents, open"),
    "incident.closed": Text("已结事件", "Incidents, closed"),
    "incident.owners_and_company": Text("业主与物业纠纷", "Disputes of owners and property company"),
    "incident.negotiation": Text("协商的公共事项", "Matters for negotiation"),
    "response": Text("分级响应（已结束）", "Graded responses, ended"),
    "response.days": Text("分级响应天数", "Days of graded response"),
}


def stats(
    store: StoreOption = DEFAULT_STORE,
    as_json: Annotated[bool, typer.Option("--json", help="Counts alone, as JSON. 以 JSON 输出。")] = False,
    district: Annotated[
        list[str] | None, typer.Option(help="Only this district, by its slug; may be repeated. 只看某区县。")
    ] = None,
) -> None:
    """Count what a store holds, beside the known figures. 统计存储中的实有数量，并与资料对照。

    Example: gridscape stats --store data/gridscape.gpkg --json
    """
    from fixtures.count import count
    from spatial.store import open_store

    opened = open_store(store)
    try:
        refuse_unknown(opened, district or [])
        districts = opened.districts()
        counts = count(opened)
    finally:
        opened.close()
    chosen = [one for one in districts if not district or one.slug in district]
    if as_json:
        typer.echo(json.dumps({one.slug: counts[one.slug] for one in chosen}, indent=2))
        return
    for one in chosen:
        _print_table(one, counts[one.slug])
    if not chosen:
        typer.echo(Text("存储是空的", "The store is empty").in_language(terminal_language()))


def _print_table(district: "District", counted: dict[str, int]) -> None:
    from rich.console import Console
    from rich.table import Table

    from fixtures.facts import FIGURES

    language = terminal_language()
    figures = FIGURES.get(district.slug, {}) if district.synthetic else {}
    name = district.name.in_language(language)
    note = f" · {_SYNTHETIC.in_language(language)}" if district.synthetic else ""
    table = Table(title=f"{name} {district.code}{note}", title_justify="left")
    for heading, justify in _HEADINGS:
        table.add_column(heading.in_language(language), justify=justify)
    for kind, number in counted.items():
        figure = figures.get(kind)
        if number or figure:
            table.add_row(kind_name(kind).in_language(language), f"{number:,}", *_known(figure, number, language))
    Console().print(table)


def _known(figure: "Figure | None", counted: int, language: Language) -> tuple[str, str, str]:
    """Return the figure, how it is known, and whether the count agrees with it."""
    if figure is None:
        return "", "", ""
    mark = "[green]✓[/green]" if figure.holds(counted) else "[red]✗[/red]"
    return f"{figure.value:,}", _CERTAINTY[figure.certainty.value].in_language(language), mark


def kind_name(kind: str) -> Text:
    """Return the words for a kind that is counted."""
    if kind in _OTHERS:
        return _OTHERS[kind]
    group, _, value = kind.partition(".")
    match group:
        case "area":
            return word(LevelSlug(value))
        case "station":
            return word(StationTier(value))
        case "community_type":
            return word(CommunityType(value))
        case "management":
            way = word(Management(value))
            return Text(f"{way.zh}的小区", f"Compounds: {way.en[0].lower()}{way.en[1:]}")
        case "duty":
            return word(Post(value))
        case "vacant":
            post = word(Post(value))
            return Text(f"{post.zh}（空缺）", f"{post.en}, vacant")
        case _:
            return word(AssetKind(kind))
