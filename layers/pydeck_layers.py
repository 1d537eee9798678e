"""The marks of the declared layers as pydeck layers: flat ground, raised buildings, columns and symbols above them."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import shapely

from layers.boundaries import sectors
from layers.gathered import Gathered, Positions
from layers.model import Dot, Extrusion, Fill, Icon, Label, Line, Mark, Rule, Sector, Stack, Words, at_zoom
from layers.page_content import DIGITS, clickable_marks
from layers.scene_layer import LayerInScene, Raised, Row
from layers.scene_shapes import height_of, level_lines, paths, rings, windows
from layers.scene_symbols import symbol_picture
from layers.symbols import symbols
from layers.tokens import red_green_blue
from layers.wording import name_of
from spatial.crs import to_degrees, to_metres
from spatial.table import Geometries
from spatial.text import Language
from spatial.vocabulary import LevelSlug

if TYPE_CHECKING:
    pass

ZOOM = 16.0
"""The zoom whose widths and opacities a scene takes: it is looked at from close by."""

GRID_WALL_M = 9.0
COLUMN_M = {1: 46.0, 2: 36.0, 3: 28.0, 4: 22.0}
"""How high an incident's column stands, by priority."""
STATION_M = 22.0
_ABOVE_ROOF_M = 0.15
ON_ROOF_M = 0.2
_TREES = 15_000
LARGE_COMPOUNDS = 150


def raised_layers(gathered: Gathered, theme: str, language: Language) -> list[Raised]:
    """Return the pydeck layers of everything gathered, from the bottom of the stack to its top."""
    made: list[Raised] = []
    lines = level_lines(gathered)
    for one in gathered.layers:
        painter = _Painter(gathered, one, theme, language, lines)
        for position, (rule, rows) in enumerate(one.rules):
            for number, mark in enumerate(clickable_marks(one.layer, rule)):
                drawn = painter.draw(rule, rows, mark, f"{one.layer.id}/{position}/{number}")
                # deck.gl complains of layers without rows
                made.extend(raised for raised in drawn if raised.rows)
    # Python's sort keeps the catalogue's order within a step
    return sorted(made, key=lambda raised: raised.stack)


class _Painter(LayerInScene):
    """Draws the marks of one layer."""

    def draw(self, rule: Rule, rows: Positions, mark: Mark, name: str) -> Iterator[Raised]:
        """Yield the pydeck layers of one mark of one rule, each with its place in the stack."""
        where = [int(row) for row in rows if self._table.geometry[row] is not None]
        if not where and not (isinstance(mark, Line) and mark.shared):
            return
        match mark:
            case Fill():
                yield from self._fill(mark, where, name)
            case Line():
                yield from self._line(mark, where, name)
            case Extrusion():
                yield from self._raised(mark, where, name)
            case Dot():
                yield from self._dots(mark, where, name)
            case Icon():
                yield from self._icons(mark, where, name, rule)
            case Label():
                yield from self._labels(mark, where, name)
            case Sector():
                yield from self._sectors(mark, where, name)
            case _:
                # clusters stand in for symbols far away; a scene is looked at from close by
                return

    def _fill(self, mark: Fill, where: list[int], name: str) -> Iterator[Raised]:
        if self._one.layer.collection in ("areas", "ground") and mark.stack is Stack.BUILDING:
            return  # the raised building covers it
        # a hatch would lie on its side in a scene: a tint says the same
        opacity = 0.16 if mark.hatch else at_zoom(mark.opacity, ZOOM)
        on_roofs = self._one.layer.level is LevelSlug.BUILDING
        data = [
            {"g": ring, "i": row}
            for row in where
            for ring in rings(self._shape(row), self._height(row) + ON_ROOF_M if on_roofs else 0.0)
        ]
        yield self._layer(
            mark.stack,
            "SolidPolygonLayer",
            name,
            data,
            get_polygon="g",
            # what is not seen at all would not be clicked either
            get_fill_color=self._colour(mark.colour, max(opacity, 0.005)),
            pickable=self._told,
        )

    def _line(self, mark: Line, where: list[int], name: str) -> Iterator[Raised]:
        level = self._one.layer.level
        if mark.shared and level is not None:
            shapes = self._lines.get(level.value)
            if shapes is None or mark.stack is Stack.LEVEL_HALO:
                return
            if level is LevelSlug.GRID:
                yield from self._walls(mark, shapes, name)
                return
            data: list[Row] = [{"g": path} for shape in shapes for path in paths(shape)]
        else:
            data = [{"g": path, "i": row} for row in where for path in paths(self._shape(row))]
        width = at_zoom(mark.width, ZOOM)
        options: dict[str, Any] = {"get_width": width, "width_units": "pixels"}
        if mark.metres is not None and mark.metres in self._table.columns:
            widths = self._table[mark.metres]
            for row in data:
                row["w"] = float(widths[row["i"]] or 2.0) + 0.6 * mark.case
            options = {"get_width": "w", "width_units": "meters", "width_min_pixels": min(width, 1.5)}
        yield self._layer(
            mark.stack,
            "PathLayer",
            name,
            data,
            get_path="g",
            get_color=self._colour(mark.colour, at_zoom(mark.opacity, ZOOM)),
            joint_rounded=True,
            cap_rounded=mark.round,
            pickable=False,
            **options,
        )

    def _walls(self, mark: Line, shapes: Geometries, name: str) -> Iterator[Raised]:
        metres = shapely.buffer(to_metres(shapes, self._zone), 0.35, cap_style="flat", join_style="mitre")
        walls = to_degrees(metres, self._zone)
        tops = [{"g": path} for shape in shapes for path in paths(shape, GRID_WALL_M)]
        yield self._layer(
            Stack.SOLID + 1,
            "SolidPolygonLayer",
            f"{name}/wall",
            [{"g": ring} for shape in walls for ring in rings(shape)],
            get_polygon="g",
            extruded=True,
            get_elevation=GRID_WALL_M,
            get_fill_color=self._colour(mark.colour, 0.13),
            material=False,
        )
        yield self._layer(
            Stack.SOLID + 2,
            "PathLayer",
            f"{name}/edge",
            tops,
            get_path="g",
            get_color=self._colour(mark.colour, 0.9),
            get_width=1.6,
            width_units="pixels",
        )

    def _raised(self, mark: Extrusion, where: list[int], name: str) -> Iterator[Raised]:
        heights = {row: height_of(self._table, row, mark.height) for row in where}
        yield from self._windows(where, heights, name)
        walls = [{"g": ring, "h": heights[row], "i": row} for row in where for ring in rings(self._shape(row))]
        roofs = [
            {"g": ring, "i": row}
            for row in where
            for ring in rings(self._shape(row), round(heights[row] + _ABOVE_ROOF_M, 2))
        ]
        yield self._layer(
            mark.stack,
            "SolidPolygonLayer",
            f"{name}/walls",
            walls,
            get_polygon="g",
            extruded=True,
            get_elevation="h",
            get_fill_color=self._colour(mark.facade, mark.opacity),
            material={"ambient": 0.45, "diffuse": 0.6, "shininess": 16, "specularColor": [40, 38, 36]},
            pickable=True,
            auto_highlight=True,
            highlight_color=self._colour("accent", 0.35),
        )
        yield self._layer(
            mark.stack + 0.5,
            "SolidPolygonLayer",
            f"{name}/roofs",
            roofs,
            get_polygon="g",
            get_fill_color=self._colour(mark.roof, mark.opacity),
            pickable=True,
        )

    def _windows(self, where: list[int], heights: dict[int, float], name: str) -> Iterator[Raised]:
        if self._one.layer.level is not LevelSlug.BUILDING:
            return
        floors = {row: self._floors(row, heights[row]) for row in where}
        rows = windows({row: self._shape(row) for row in where}, heights, floors, self._zone)
        # one window in nine is lit at night; which one is fixed by where it stands
        for part, token, chosen in (("dark", "scene-window", False), ("lit", "scene-window-lit", True)):
            yield self._layer(
                Stack.SOLID + 0.7,
                "PathLayer",
                f"{name}/windows-{part}",
                [{"g": window} for number, window in enumerate(rows) if (number * 2_654_435_761 % 97 < 11) is chosen],
                get_path="g",
                get_color=self._colour(token, 0.9),
                get_width=1.3,
                width_units="meters",
                billboard=True,
            )

    def _floors(self, row: int, height: float) -> int:
        value = self._table["floors"][row] if "floors" in self._table.columns else None
        return int(value) if value else max(1, round(height / 3))

    def _dots(self, mark: Dot, where: list[int], name: str) -> Iterator[Raised]:
        if mark.stack is Stack.TREE:
            yield from self._trees(where[:_TREES], name)
            return
        data = [{"g": self._point(row, 0.3), "i": row} for row in where]
        yield self._layer(
            mark.stack,
            "ScatterplotLayer",
            name,
            data,
            get_position="g",
            get_fill_color=self._colour(mark.colour, at_zoom(mark.opacity, ZOOM)),
            get_radius=at_zoom(mark.radius, ZOOM) * 1.3,
            radius_units="pixels",
            billboard=True,
            pickable=True,
        )

    def _trees(self, where: list[int], name: str) -> Iterator[Raised]:
        # three discs make a crown that is round enough from above
        for part, (base, height, radius, shade) in enumerate(
            ((1.6, 1.6, 1.7, 0.82), (3.2, 1.8, 2.3, 0.95), (5.0, 1.4, 1.5, 1.1))
        ):
            colour = [min(255, round(value * shade)) for value in red_green_blue(self._theme, "scene-tree")]
            data = [{"g": self._point(row, base), "i": row} for row in where]
            yield self._layer(
                Stack.SOLID - 1,
                "ColumnLayer",
                f"{name}/{part}",
                data,
                get_position="g",
                get_fill_color=[*colour, 255],
                get_elevation=height,
                radius=radius,
                disk_resolution=8,
                extruded=True,
            )

    def _icons(self, mark: Icon, where: list[int], name: str, rule: Rule) -> Iterator[Raised]:
        heights = {row: self._symbol_height(row) for row in where}
        if self._one.layer.collection == "incidents" and self._one.layer.visible:
            token = (
                f"priority-{rule.where[0].values[0]}" if rule.where and hasattr(rule.where[0], "values") else "accent"
            )
            columns = [{"g": self._point(row), "h": heights[row] - 4, "i": row} for row in where]
            yield self._layer(
                Stack.SOLID + 3,
                "ColumnLayer",
                f"{name}/column",
                columns,
                get_position="g",
                get_fill_color=self._colour(token, 0.85),
                get_elevation="h",
                radius=0.9,
                disk_resolution=10,
                material=False,
                pickable=True,
            )
        else:
            stems = [
                {"g": self._point(row), "t": self._point(row, heights[row]), "i": row}
                for row in where
                if heights[row] > 1
            ]
            if stems:
                yield self._layer(
                    Stack.SOLID + 3,
                    "LineLayer",
                    f"{name}/stem",
                    stems,
                    get_source_position="g",
                    get_target_position="t",
                    get_color=self._colour("map-label-2", 0.8),
                    get_width=1.2,
                )
        picture = symbol_picture(self._theme, mark.symbol)
        size = symbols(self._theme)[mark.symbol].height * at_zoom(mark.size, ZOOM)
        data = [{"g": self._point(row, heights[row]), "i": row} for row in where]
        yield self._layer(
            mark.stack,
            "IconLayer",
            name,
            data,
            get_position="g",
            icon_atlas=picture.address,
            icon_mapping={"it": {"x": 0, "y": 0, "width": picture.width, "height": picture.height}},
            get_icon="it",
            get_size=round(size, 1),
            size_units="pixels",
            billboard=True,
            # a sign is seen from everywhere: cut in two by a roof it says nothing
            parameters={"depthCompare": "always"},
            pickable=True,
        )

    def _labels(self, mark: Label, where: list[int], name: str) -> Iterator[Raised]:
        if (
            mark.words not in (Words.NAME, Words.NAME_AND_CODE)
            or mark.along
            or self._one.layer.collection in ("stations", "ground")
        ):
            return
        if self._one.layer.level in (LevelSlug.DISTRICT, LevelSlug.STREET):
            return
        if not mark.zooms[0] <= ZOOM < mark.zooms[1]:
            # the same name in another size for another zoom
            return
        # a large district is seen from farther away: fewer names, and larger
        large = len(self._gathered.sources.get("areas.compound", ())) > LARGE_COMPOUNDS
        if large and self._one.layer.level is not LevelSlug.COMMUNITY:
            return
        data = []
        for row in where:
            said = name_of({key: self._table[key][row] for key in ("name", "name_en", "code")}, self._language)
            place = self._shape(row).representative_point()
            # names of communities float above those of compounds
            height = 70.0 if self._one.layer.level is LevelSlug.COMMUNITY else 30.0
            data.append({"g": [round(place.x, DIGITS), round(place.y, DIGITS), height], "t": said, "i": row})
        yield self._layer(
            mark.stack,
            "TextLayer",
            name,
            data,
            get_position="g",
            get_text="t",
            # metres, so that names far away shrink with their places
            get_size=round((2.4 if large else 0.95) * at_zoom(mark.size, ZOOM), 1),
            size_units="meters",
            size_max_pixels=22,
            get_color=self._colour(mark.colour),
            character_set="auto",
            font_family="'Noto Sans SC', 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
            font_weight=mark.weight,
            font_settings={"sdf": True, "fontSize": 40, "buffer": 14, "radius": 12},
            outline_width=3,
            outline_color=self._colour(mark.halo),
            billboard=True,
            parameters={"depthCompare": "always"},
        )

    def _sectors(self, mark: Sector, where: list[int], name: str) -> Iterator[Raised]:
        numbers = [self._numbers(column, where) for column in ("bearing", "field_of_view", "range_m")]
        points = self._table.geometry[where]
        shapes = sectors(shapely.get_x(points), shapely.get_y(points), *numbers)
        data = [{"g": ring, "i": row} for row, shape in zip(where, shapes, strict=True) for ring in rings(shape, 0.4)]
        yield self._layer(
            mark.stack,
            "SolidPolygonLayer",
            name,
            data,
            get_polygon="g",
            get_fill_color=self._colour(mark.colour, max(mark.opacity, 0.05)),
        )

    def _symbol_height(self, row: int) -> float:
        collection = self._one.layer.collection
        if collection == "incidents":
            return COLUMN_M.get(int(self._table["priority"][row] or 4), 22.0) if self._one.layer.visible else 2.0
        if collection == "stations":
            return STATION_M
        if collection == "cameras":
            return float(self._table["height_m"][row] or 3.5)
        return 1.0 if collection != "areas" else 30.0
