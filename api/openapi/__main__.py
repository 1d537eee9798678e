"""Prints the definition of the API as staff sees it: what the screens' types are generated from."""

import json
import sys

from api.app import declared_operations
from api.openapi.document import document
from spatial.vocabulary import Audience

json.dump(document(declared_operations().declared, Audience.STAFF, "/"), sys.stdout, ensure_ascii=False, indent=2)
sys.stdout.write("\n")
