"""How photos are told."""

from typing import Any

from spatial.incidents.records import Photo


def photo_document(photo: Photo) -> dict[str, Any]:
    """Return what is told of a photo; its bytes are asked for by its id."""
    return {
        "id": photo.number,
        "at": photo.at,
        "actor": photo.actor,
        "width": photo.width,
        "height": photo.height,
        "erased": photo.digest is None,
    }
