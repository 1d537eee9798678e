"""The declarations of the catalogue, one file for each part of the map; only layers.catalog reads them."""
