/** Where MapLibre finds its worker: a file of our own origin. Imported before a map is made, which takes a while: the
 * workers begin meanwhile. */

import { prewarm, setWorkerUrl } from "maplibre-gl";
import workerAddress from "maplibre-gl/dist/maplibre-gl-worker.mjs?url";

setWorkerUrl(workerAddress);
prewarm();
