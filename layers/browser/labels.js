/* Labels on a canvas of their own: the important ones first, and none over another. */
"use strict";

const gridscapeLabels = (map, content, { at, within, positionOf, symbolPlaces }) => {
  const { sources, layers, fonts } = content;
  // where else a label may stand: in its own widths aside, in its own sizes down
  const MOVES = [[0, 0], [0, -1.4], [0, 1.4], [0, -2.6], [0, 2.6], [-0.5, 0], [0.5, 0], [0, -4], [0, 4], [-0.5, -2], [0.5, -2], [-0.5, 2], [0.5, 2]];
  const Labels = L.Renderer.extend({
    _initContainer() {
      this._container = document.createElement("canvas");
      this._pen = this._container.getContext("2d");
    },
    _destroyContainer() {
      this._container.remove();
      this._container = undefined;
    },
    _updatePaths() {},
    redraw() {
      if (this._map) this._update();
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const sharp = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = sharp * size.x;
      this._container.height = sharp * size.y;
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
      this._pen.scale(sharp, sharp);
      this._pen.translate(-this._bounds.min.x, -this._bounds.min.y);
      this._place();
    },
    _place() {
      const wanted = [];
      const view = map.getBounds().pad(0.1);
      for (const layer of layers)
        for (const rule of layer.rules)
          for (const mark of rule.marks)
            if (mark.is === "label" && layer.on && within(layer.zooms) && within(mark.zooms))
              for (const row of rule.rows) {
                const record = sources[layer.source].rows[row];
                const said = wordsOf(mark, record);
                const place = said && record[3] && placeOf(mark, record, view);
                if (place) wanted.push({ mark, said, ...place });
              }
      wanted.sort((one, other) => one.mark.rank - other.mark.rank);
      this.placed = 0;
      // a label never covers a symbol: it moves a little, or goes
      const taken = symbolPlaces().map(({ point, reach }) => [point.x - reach, point.y - reach, point.x + reach, point.y + reach]);
      for (const label of wanted) if (this._write(label, taken)) this.placed += 1;
    },
    _write({ mark, said, point, angle, room, keep }, taken) {
      const pen = this._pen;
      const size = at(mark.size);
      const lines = said.split("\n");
      pen.font = `${mark.weight} ${size}px ${fonts}`;
      pen.letterSpacing = `${mark.spacing * size}px`;
      const width = Math.max(...lines.map((line) => pen.measureText(line).width));
      if (room !== undefined && width > room) return false;
      const height = lines.length * size * 1.25;
      const turned = Math.abs(Math.sin(angle)) * width;
      const reach = Math.abs(Math.cos(angle)) * width;
      const own = point.y + mark.below * size - (mark.below ? 0 : height / 2);
      let top = null;
      let middle = point.x;
      for (const [aside, down] of mark.along || mark.below ? [[0, 0]] : MOVES) {
        const high = own + down * size;
        const x = point.x + aside * reach;
        const box = [x - reach / 2 - 3, high - turned / 2 - 1, x + reach / 2 + 3, high + height + turned / 2 + 1];
        // a name that moved out of its area would name another
        if (keep && (aside || down) && !keep.contains([x, high + height / 2])) continue;
        if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1])) continue;
        taken.push(box);
        top = high;
        middle = x;
        break;
      }
      if (top === null) return false;
      pen.save();
      pen.translate(middle, top + height / 2);
      pen.rotate(angle);
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.lineJoin = "round";
      pen.globalAlpha = at(mark.opacity);
      lines.forEach((line, index) => {
        const down = (index - (lines.length - 1) / 2) * size * 1.25;
        if (index) pen.font = `400 ${size * 0.78}px ${fonts}`;
        pen.strokeStyle = mark.halo;
        pen.lineWidth = 2 * mark.haloWidth;
        pen.strokeText(line, 0, down);
        pen.fillStyle = mark.colour;
        pen.fillText(line, 0, down);
      });
      pen.restore();
      return true;
    },
  });

  const wordsOf = (mark, [code, name, , , , , extra]) => {
    switch (mark.words) {
      case "name and code":
        return `${name}\n${code}`;
      case "last three digits":
        return code.slice(-3);
      case "building number":
        return String(Number(code.slice(-3)) || name);
      case "elderly people living alone":
        return extra ?? "";
      default:
        return name === code ? "" : name;
    }
  };

  const boxOf = (geometry) => {
    if (!geometry.type.includes("Polygon")) return null;
    const rings = geometry.type === "Polygon" ? [geometry.coordinates[0]] : geometry.coordinates.map((part) => part[0]);
    return L.bounds(rings.flat().map(([lng, lat]) => map.latLngToLayerPoint([lat, lng])));
  };

  const placeOf = (mark, record, view) => {
    const geometry = record[3];
    if (!mark.along) {
      const where = geometry.type === "Point" ? positionOf(geometry) : record[5] && L.latLng(record[5][1], record[5][0]);
      return where && view.contains(where) ? { point: map.latLngToLayerPoint(where), angle: 0, keep: boxOf(geometry) } : null;
    }
    // along a road: on its longest straight piece that is in view
    const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
    let best = null;
    for (const line of lines)
      for (let index = 1; index < line.length; index += 1) {
        const [from, to] = [line[index - 1], line[index]].map(([lng, lat]) => L.latLng(lat, lng));
        const middle = L.latLng((from.lat + to.lat) / 2, (from.lng + to.lng) / 2);
        if (!view.contains(middle)) continue;
        const a = map.latLngToLayerPoint(from);
        const b = map.latLngToLayerPoint(to);
        const room = a.distanceTo(b);
        if (best && room <= best.room) continue;
        let angle = Math.atan2(b.y - a.y, b.x - a.x);
        if (angle > Math.PI / 2) angle -= Math.PI;
        if (angle < -Math.PI / 2) angle += Math.PI;
        best = { point: a.add(b).divideBy(2), angle, room };
      }
    return best;
  };

  const paneName = "labels-70";
  const pane = map.createPane(paneName);
  pane.style.zIndex = 270;
  pane.style.pointerEvents = "none";
  return new Labels({ pane: paneName, padding: 0.1 });
};
