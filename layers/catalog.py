"""Every layer of the map, and the only door to them: a layer that is not in LAYERS does not exist.

The declarations are grouped as the legend is: the base, then people, places, events, things and organisations.
"""

from layers.declared.base import BASE
from layers.declared.events import EVENTS
from layers.declared.organisations import ORGANISATIONS
from layers.declared.people import PEOPLE
from layers.declared.places import PLACES
from layers.declared.things import THINGS
from layers.model import Layer
from spatial.errors import NotFound
from spatial.text import Text
from spatial.vocabulary import Audience

LAYERS: tuple[Layer, ...] = (*BASE, *PLACES, *PEOPLE, *ORGANISATIONS, *THINGS, *EVENTS)
"""In drawing order within each step of layers.model.Stack."""

BY_ID: dict[str, Layer] = {layer.id: layer for layer in LAYERS}


def layers_for(audience: Audience) -> tuple[Layer, ...]:
    """Return the layers that an audience may see; the public has none that is for staff."""
    return tuple(layer for layer in LAYERS if layer.shown_to(audience))


def layer(identifier: str, audience: Audience = Audience.STAFF) -> Layer:
    """Return the layer of that id; raises NotFound where there is none, or none for that audience."""
    found = BY_ID.get(identifier)
    if found is None or not found.shown_to(audience):
        known = ", ".join(one.id for one in layers_for(audience))
        raise NotFound(
            Text(f"没有名为 {identifier} 的图层", f"There is no layer {identifier}"),
            Text(f"可用：{known}", f"There are: {known}"),
        )
    return found
