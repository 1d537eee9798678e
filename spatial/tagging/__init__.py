"""Tagging: every record of a file gets the areas that own its place.

tagger.py    positions in degrees → owners by level, the responsible area, its path and the edition
batches.py   rows of a file with their numbers
sources.py   CSV, GeoJSON, GeoPackage, Shapefile and Parquet as batches of rows, whatever their size
gdal_source.py  those that GDAL reads, in a process that can be killed
places.py    from the columns or shapes of a batch to WGS 84 degrees, and why a row has no place
sinks.py     batches of tagged rows to a file
geopackage_index.py  the spatial index of a GeoPackage
rejects.py   rows that have no place, each with its reason
suspicion.py a sample of the rows, and the datum that it fits best
surroundings.py  the buildings and roads around it, which are evidence
run.py       from file to file: every row that goes in comes out, tagged or rejected
"""

from spatial.tagging.run import TagRequest, TagResult, tag_file
from spatial.tagging.tagger import Tagger

__all__ = ["TagRequest", "TagResult", "Tagger", "tag_file"]
