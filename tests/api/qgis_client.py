"""Run by QGIS's own Python: reads a collection through its OAPIF provider and prints what it saw as JSON.

QT_QPA_PLATFORM=offscreen /usr/bin/python3 tests/api/qgis_client.py http://127.0.0.1:8000 assets
"""

import json
import sys

from qgis.core import QgsApplication, QgsDataSourceUri, QgsVectorLayer, QgsWkbTypes


def main(address: str, collection: str) -> None:
    """Print whether the layer is valid, how many features it says it has, and how many were read."""
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    uri = QgsDataSourceUri()
    uri.setParam("url", address)
    uri.setParam("typename", collection)
    layer = QgsVectorLayer(uri.uri(), collection, "OAPIF")
    codes = [feature["code"] for feature in layer.getFeatures()] if layer.isValid() else []
    seen = {
        "valid": layer.isValid(),
        "said": layer.featureCount(),
        "read": len(codes),
        "different": len(set(codes)),
        "fields": [field.name() for field in layer.fields()],
        "geometry": QgsWkbTypes.displayString(layer.wkbType()),
        "crs": layer.crs().authid(),
    }
    print(json.dumps(seen), flush=True)
    # a layer must be gone before the application is
    del layer
    application.exitQgis()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
