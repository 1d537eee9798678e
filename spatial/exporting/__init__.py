"""Getting features out: GeoPackage, GeoJSON, Shapefile, CSV and GeoParquet, read through the store alone."""

from spatial.exporting.exporter import Exported, export
from spatial.exporting.formats import Format
from spatial.exporting.request import Provenance, Request

__all__ = ["Exported", "Format", "Provenance", "Request", "export"]
