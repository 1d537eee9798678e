"""The embedded store: one GeoPackage file that QGIS and GDAL open, kept through the standard library's SQLite."""
