/* Draws the declared layers on a Leaflet map. Zooms of the declarations are those of a world 512 pixels wide at zoom 0;
   Leaflet's is 256, so that Leaflet's zoom is one more. */
"use strict";

const gridscapeFlatMap = (map, content) => {
  const { sources, layers, symbols, ink } = content;
  const app = { ready: false, kind: "flat", layers: {}, show, shown: () => layers.filter((one) => one.on).map((one) => one.id) };
  window.app = app;
  const declaredZoom = () => map.getZoom() - 1;
  const within = (zooms) => declaredZoom() >= zooms[0] && declaredZoom() < zooms[1];
  const at = (scale) => {
    const zoom = declaredZoom();
    if (zoom <= scale[0][0]) return scale[0][1];
    for (let index = 1; index < scale.length; index += 1) {
      const [from, low] = scale[index - 1];
      const [to, high] = scale[index];
      if (zoom <= to) return low + ((high - low) * (zoom - from)) / (to - from);
    }
    return scale.at(-1)[1];
  };
  const metresPerPixel = (lat) => (156543.03392804097 * Math.cos((lat * Math.PI) / 180)) / 2 ** map.getZoom();

  // where points are gathered, they are not drawn one by one
  const gathers = (layer) => layer.rules.some((rule) => rule.marks.some((mark) => mark.is === "cluster" && within(mark.zooms)));

  const pane = (stack, kind) => {
    const name = `${kind}-${stack}`;
    if (!map.getPane(name)) {
      const made = map.createPane(name);
      made.style.zIndex = 200 + stack;
      // clicks are answered by the map as a whole, since a canvas hides the ones below it
      if (kind !== "symbols") made.style.pointerEvents = "none";
    }
    return name;
  };
  const renderers = new Map();
  const renderer = (stack, hatched) => {
    const name = pane(stack, hatched ? "hatches" : "shapes");
    if (!renderers.has(name)) renderers.set(name, (hatched ? L.svg : L.canvas)({ pane: name, padding: 0.2 }));
    return renderers.get(name);
  };

  const hatchFill = (name) => {
    const id = `hatch-of-${name}`;
    if (!document.getElementById(id)) {
      const { svg, width, height } = symbols[name];
      const holder = gridscapeElement("div", { style: "position:absolute;width:0;height:0;overflow:hidden" });
      holder.innerHTML = `<svg width="0" height="0"><defs><pattern id="${id}" width="${width}" height="${height}" patternUnits="userSpaceOnUse">${svg}</pattern></defs></svg>`;
      document.body.append(holder);
    }
    return `url(#${id})`;
  };

  const ringsOf = (geometry) => L.GeoJSON.coordsToLatLngs(geometry.coordinates, { Polygon: 1, MultiPolygon: 2, LineString: 0, MultiLineString: 1 }[geometry.type]);
  const positionOf = (geometry) => L.latLng(geometry.coordinates[1], geometry.coordinates[0]);

  /** The sector that a camera looks at, as a ring; the curve of the earth does not matter over a hundred metres. */
  const sectorRing = (centre, [bearing, field, range]) => {
    const ring = [centre];
    const perLat = 111320;
    const perLon = perLat * Math.cos((centre.lat * Math.PI) / 180);
    for (let step = 0; step <= 12; step += 1) {
      const angle = ((bearing - field / 2 + (field * step) / 12) * Math.PI) / 180;
      ring.push(L.latLng(centre.lat + (range * Math.cos(angle)) / perLat, centre.lng + (range * Math.sin(angle)) / perLon));
    }
    return ring;
  };

  const styleOf = (mark) => {
    const style = { stroke: false, fill: false };
    if (mark.is === "fill" || mark.is === "sector")
      Object.assign(style, { fill: true, fillColor: mark.hatch ? hatchFill(mark.hatch) : mark.colour, fillOpacity: at(mark.opacity) });
    if (mark.is === "sector") Object.assign(style, { stroke: true, color: mark.colour, weight: 0.8, opacity: 0.7, dashArray: mark.dash.join(" ") || null });
    if (mark.is === "line")
      Object.assign(style, {
        stroke: true, color: mark.colour, opacity: at(mark.opacity), dashArray: mark.dash.join(" ") || null,
        lineCap: mark.round && !mark.dash.length ? "round" : "butt", lineJoin: "round",
      });
    if (mark.is === "dot")
      Object.assign(style, {
        fill: true, fillColor: mark.colour, fillOpacity: at(mark.opacity), stroke: Boolean(mark.outline), color: mark.outline ?? mark.colour,
        weight: mark.outlineWidth, opacity: at(mark.opacity),
      });
    return style;
  };
  const widthOf = (mark, metres, lat) => Math.max(at(mark.width), metres ? metres / metresPerPixel(lat) : 0) + 2 * mark.case;

  /** One mark of one rule as Leaflet shapes, made when first shown. */
  const shapesOf = (layer, rule, mark) => {
    if (mark.shapes) return mark.shapes;
    const source = sources[mark.source ?? layer.source];
    const group = L.layerGroup();
    if (mark.is === "fill" && layer.source === "circles") {
      // circles that overlap are one surface: their tints must not add up to a dark map
      const rings = rule.rows.flatMap((row) => [ringsOf(source.rows[row][3])]);
      const shape = L.polygon(rings, { renderer: renderer(mark.stack, false), interactive: false, fillRule: "nonzero", ...styleOf(mark) });
      group.addLayer(shape);
      mark.shapes = group;
      mark.source = layer.source;
      return group;
    }
    for (const row of mark.source ? source.rows.keys() : rule.rows) {
      const geometry = source.rows[row][3];
      if (!geometry) continue;
      const options = { renderer: renderer(mark.stack, Boolean(mark.hatch)), interactive: false, smoothFactor: 0.4, ...styleOf(mark) };
      let shape;
      if (mark.is === "dot") shape = L.circleMarker(positionOf(geometry), { ...options, radius: at(mark.radius) });
      else if (mark.is === "sector") shape = L.polygon(sectorRing(positionOf(geometry), source.sectors[row]), options);
      else if (geometry.type.includes("Polygon")) shape = L.polygon(ringsOf(geometry), options);
      else shape = L.polyline(ringsOf(geometry), options);
      shape.gridscape = { layer, row };
      shape.metres = mark.is === "line" && source.metres ? source.metres[row] : 0;
      group.addLayer(shape);
    }
    mark.shapes = group;
    return group;
  };
  const restyle = (mark) => {
    const style = styleOf(mark);
    const lat = map.getCenter().lat;
    mark.shapes.eachLayer((shape) => {
      if (mark.is === "line") style.weight = widthOf(mark, mark.metres ? shape.metres : 0, lat);
      if (mark.is === "dot") shape.setRadius(at(mark.radius));
      shape.setStyle(style);
    });
  };

  const drawShapes = () => {
    for (const layer of layers)
      for (const rule of layer.rules)
        for (const mark of rule.marks) {
          if (!["fill", "line", "dot", "sector"].includes(mark.is)) continue;
          const wanted = layer.on && within(layer.zooms) && within(mark.zooms) && !(mark.is === "dot" && gathers(layer));
          if (wanted) {
            const shapes = shapesOf(layer, rule, mark);
            if (mark.drawnAt !== map.getZoom()) restyle(mark);
            mark.drawnAt = map.getZoom();
            if (!map.hasLayer(shapes)) map.addLayer(shapes);
          } else if (mark.shapes && map.hasLayer(mark.shapes)) map.removeLayer(mark.shapes);
        }
  };

  /* symbols: real elements, only those in view, so that a large district stays quick */
  const symbolMarkers = new Map();
  const symbolAnchor = (record) => (record[3].type === "Point" ? positionOf(record[3]) : record[5] && L.latLng(record[5][1], record[5][0]));
  const drawSymbols = () => {
    const view = map.getBounds().pad(0.15);
    const wanted = new Set();
    for (const layer of layers)
      for (const rule of layer.rules)
        for (const mark of rule.marks) {
          if (mark.is !== "icon" || !layer.on || !within(layer.zooms) || !within(mark.zooms) ) continue;
          const cells = new Set();
          const gathered = gathers(layer);
          for (const row of rule.rows) {
            if (gathered && !loners.has(`${layer.id}/${row}`)) continue;
            const record = sources[layer.source].rows[row];
            const where = record[3] && symbolAnchor(record);
            if (!where || !view.contains(where)) continue;
            if (!mark.always) {
              const point = map.latLngToLayerPoint(where);
              const cell = `${Math.floor(point.x / 18)}/${Math.floor(point.y / 18)}`;
              if (cells.has(cell)) continue;
              cells.add(cell);
            }
            const key = `${layer.id}/${rule.id}/${mark.symbol}/${row}/${map.getZoom()}`;
            wanted.add(key);
            if (!symbolMarkers.has(key)) symbolMarkers.set(key, symbolMarker(layer, mark, row, where).addTo(map));
          }
        }
    for (const [key, marker] of symbolMarkers)
      if (!wanted.has(key)) {
        marker.remove();
        symbolMarkers.delete(key);
      }
  };
  const symbolMarker = (layer, mark, row, where) => {
    const { svg, width, height } = symbols[mark.symbol];
    const size = at(mark.size);
    const source = sources[layer.source];
    const turn = mark.turnedBy && source.turns ? source.turns[row] : 0;
    const picture = gridscapeElement("div", { style: `transform:scale(${size}) rotate(${turn}deg);width:${width}px;height:${height}px;opacity:${at(mark.opacity)}` });
    picture.innerHTML = svg;
    const icon = L.divIcon({ html: picture, className: "gs-symbol", iconSize: [width, height], iconAnchor: [width / 2, height / 2 + mark.lifted * size] });
    const marker = L.marker(where, { icon, pane: pane(mark.stack, "symbols"), bubblingMouseEvents: true, keyboard: true, alt: source.rows[row][1] });
    marker.gridscape = { layer, row };
    marker.reach = (Math.max(width, height) * size) / 2;
    marker.on("keypress", (event) => event.originalEvent.key === "Enter" && tell(where, [{ layer, row }]));
    return marker;
  };

  /* clusters: what the server gathers on tiles is gathered here in cells of the screen */
  const discRadius = (count) => {
    const stops = [[1, 4], [2, 9], [10, 11], [100, 14], [1000, 17], [10000, 21]];
    const next = stops.findIndex(([many]) => many >= count);
    if (next <= 0) return next === 0 ? 4 : 21;
    const [[few, small], [many, large]] = [stops[next - 1], stops[next]];
    return small + ((large - small) * Math.log(count / few)) / Math.log(many / few);
  };
  let clusterMarkers = [];
  const loners = new Set();
  const drawClusters = () => {
    for (const marker of clusterMarkers) marker.remove();
    clusterMarkers = [];
    loners.clear();
    const view = map.getBounds().pad(0.1);
    for (const layer of layers)
      for (const rule of layer.rules)
        for (const mark of rule.marks) {
          if (mark.is !== "cluster" || !layer.on || !within(layer.zooms) || !within(mark.zooms)) continue;
          const cells = new Map();
          for (const row of rule.rows) {
            const geometry = sources[layer.source].rows[row][3];
            if (geometry?.type !== "Point" || !view.contains(positionOf(geometry))) continue;
            const point = map.project(positionOf(geometry));
            const key = `${Math.floor(point.x / 56)}/${Math.floor(point.y / 56)}`;
            const cell = cells.get(key) ?? { x: 0, y: 0, count: 0 };
            cells.set(key, { x: cell.x + point.x, y: cell.y + point.y, count: cell.count + 1, row });
          }
          for (const { x, y, count, row } of cells.values()) {
            if (count === 1 && !mark.alone) {
              loners.add(`${layer.id}/${row}`);
              continue;
            }
            const side = 2 * Math.round(discRadius(count));
            const disc = gridscapeElement("div", { class: "gs-disc", style: `width:${side}px;height:${side}px;line-height:${side - 4}px;border-color:${mark.colour};color:${mark.ink}` }, count > 1 ? String(count) : "");
            const icon = L.divIcon({ html: disc, className: "gs-cluster", iconSize: [side, side] });
            clusterMarkers.push(L.marker(map.unproject([x / count, y / count]), { icon, pane: pane(mark.stack, "symbols"), interactive: false, keyboard: false }).addTo(map));
          }
        }
  };

  const draw = () => {
    drawShapes();
    drawClusters();
    drawSymbols();
    labels.redraw();
  };
  const symbolPlaces = () =>
    [...symbolMarkers.values()].map((marker) => ({ point: map.latLngToLayerPoint(marker.getLatLng()), reach: marker.reach }));
  const labels = gridscapeLabels(map, content, { at, within, positionOf, symbolPlaces });
  labels.addTo(map);

  function show(id, visible) {
    const layer = layers.find((one) => one.id === id);
    layer.on = visible;
    const box = document.querySelector(`input[data-layer="${id}"]`);
    if (box) box.checked = visible;
    draw();
  }

  /* what is drawn under a point of the screen, the topmost first */
  const under = (point, where) => {
    const found = [];
    for (const { gridscape, options, _icon } of symbolMarkers.values()) {
      const centre = _icon && map.latLngToLayerPoint(symbolAnchor(sources[gridscape.layer.source].rows[gridscape.row]));
      if (centre && centre.distanceTo(point) < 15) found.push({ ...gridscape, order: 1000 + Number(options.pane.split("-")[1]) - centre.distanceTo(point) / 100 });
    }
    for (const layer of layers) {
      if (!layer.on || !layer.told) continue;
      for (const rule of layer.rules)
        for (const mark of rule.marks) {
          if (!mark.shapes || !map.hasLayer(mark.shapes) || mark.is === "sector" || mark.source) continue;
          mark.shapes.eachLayer((shape) => {
            const inBox = shape.getBounds ? shape.getBounds().contains(where) : true;
            // Leaflet's own test of what a canvas shows
            if (inBox && shape._containsPoint?.(point)) found.push({ ...shape.gridscape, order: layer.order });
          });
        }
    }
    const seen = new Set();
    return found
      .sort((one, other) => other.order - one.order)
      .filter(({ layer, row }) => {
        const key = `${layer.source}/${row}`;
        return seen.has(key) ? false : seen.add(key);
      });
  };
  let selection = null;
  const tell = (where, found) => {
    const [first, ...rest] = found.map(({ layer, row }) => ({ layer, row, feature: gridscapeFeature(sources[layer.source], row, layer) }));
    const chain = rest.filter((one) => one.layer.areas);
    L.popup({ maxWidth: 340, className: "gs-popup" }).setLatLng(where).setContent(gridscapeAbout(first.feature, first.layer, chain)).openOn(map);
    selection?.remove();
    const geometry = sources[first.layer.source].rows[first.row][3];
    if (geometry.type.includes("Polygon"))
      selection = L.polygon(ringsOf(geometry), { pane: pane(64, "shapes"), renderer: renderer(64, false), color: ink.select, weight: 2.5, fillColor: ink.select, fillOpacity: 0.06, interactive: false }).addTo(map);
  };
  map.on("click", (event) => {
    const found = under(event.layerPoint, event.latlng);
    if (found.length) tell(event.latlng, found);
  });
  map.on("popupclose", () => {
    selection?.remove();
    selection = null;
  });

  /* the name under the pointer, after the pointer rests a little */
  const tip = L.tooltip({ direction: "right", offset: [14, 0], className: "gs-tip", opacity: 1 });
  let waiting = 0;
  map.on("mousemove", (event) => {
    clearTimeout(waiting);
    tip.remove();
    const { lat, lng } = event.latlng;
    where.textContent = `${lng.toFixed(5)}, ${lat.toFixed(5)}`;
    waiting = setTimeout(() => {
      const [first] = under(event.layerPoint, event.latlng);
      if (!first) return;
      const feature = gridscapeFeature(sources[first.layer.source], first.row, first.layer);
      tip.setLatLng(event.latlng).setContent(gridscapeElement("span", {}, feature.name[0], gridscapeElement("code", {}, feature.code))).addTo(map);
    }, 120);
  });
  map.on("mouseout", () => {
    clearTimeout(waiting);
    tip.remove();
  });

  map.fitBounds(content.bounds, { animate: false });
  L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
  for (const layer of layers) layer.on = layer.visible;
  const where = gridscapeElement("code");
  document.body.append(gridscapeCard(content), gridscapeLegend(content, show), gridscapeElement("div", { class: "gs gs-foot" }, where));
  map.on("zoomend moveend", draw);
  draw();

  /* what the page holds, for those who check it: codes per layer of what is really drawn */
  app.drawn = (id) => {
    const layer = layers.find((one) => one.id === id);
    const rows = new Set();
    for (const rule of layer.rules)
      for (const mark of rule.marks) {
        if (mark.is === "icon") for (const row of rule.rows) if (sources[layer.source].rows[row][3]) rows.add(row);
        if (["fill", "line", "dot"].includes(mark.is) && !mark.source) shapesOf(layer, rule, mark).eachLayer((shape) => shape.gridscape && rows.add(shape.gridscape.row));
      }
    return [...rows].map((row) => sources[layer.source].rows[row][0]).sort();
  };
  app.map = map;
  app.ready = true;
};
