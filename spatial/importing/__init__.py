"""Bringing in files of others: read in a process that can be killed, checked row by row, written in one transaction.

formats.py      which formats and GDAL drivers are allowed, told by a file's first bytes
archive.py      zipped files: what may be in one, and how much
encoding.py     in which encoding a file's words are
readers.py      rows of a file as they stand in it (runs in the killable process)
projection.py   from the file's coordinates to WGS 84 (runs in the killable process)
shapes.py       what may be wrong with a shape (runs in the killable process)
overlaps.py     areas of one coverage that overlap (runs in the killable process)
streaming.py    rows of a file as a stream, for tagging (runs in the killable process)
read_worker.py  the killable process
killable.py     starting it, and what its end means
columns.py      the file's columns and the schema's
openstreetmap.py  OpenStreetMap's tags and the schema's columns
validate.py     what may be wrong with the values of a row
new_district.py  a district made for the data
areas.py        parent, path and code of areas
datum_check.py  whether another datum than the declared one fits better
plan.py         what an import would do
run.py          doing it
rejects.py      the file of rows that did not go in
"""
