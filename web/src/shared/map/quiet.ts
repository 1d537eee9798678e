/** Maps whose subject is an incident keep their ground quiet: what is hatched by kind lies faint under it. */

import type { LayerSpecification } from "maplibre-gl";

const OF_HATCHES = 0.3;

/** The same layers, their hatched fills faint. */
export function quiet(layers: LayerSpecification[]): LayerSpecification[] {
  return layers.map((layer) =>
    layer.type === "fill" && layer.paint?.["fill-pattern"] !== undefined
      ? { ...layer, paint: { ...layer.paint, "fill-opacity": OF_HATCHES } }
      : layer,
  );
}
