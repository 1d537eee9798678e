/* The legend with its switches, shared by the flat map and the scene. Every text is set as text, never as HTML. */
"use strict";

const gridscapeElement = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  for (const child of children) if (child !== null && child !== undefined) made.append(child);
  return made;
};

/** Draw a line of the legend: a symbol, else the rule's fills and lines on a small plate. */
const gridscapeSwatch = (marks, symbols) => {
  const holder = gridscapeElement("span", { "aria-hidden": "true" });
  const icon = marks.find((mark) => mark.is === "icon" && symbols[mark.symbol]);
  const area = marks.filter((mark) => mark.is === "fill");
  if (icon && !area.length) {
    // our own symbols, made from tokens: no text of a feature is in them
    holder.innerHTML = symbols[icon.symbol].svg;
    return holder;
  }
  const parts = [];
  for (const mark of area) {
    const tone = Math.max(mark.opacity.at(-1)[1], 0.12);
    if (mark.hatch) {
      const tile = symbols[mark.hatch];
      const id = `swatch-${mark.hatch}`;
      parts.push(
        `<defs><pattern id="${id}" width="${tile.width}" height="${tile.height}" patternUnits="userSpaceOnUse">` +
          `${tile.svg}</pattern></defs><rect x="1" y="1" width="26" height="14" fill="url(#${id})"/>`,
      );
    } else parts.push(`<rect x="1" y="1" width="26" height="14" fill="${mark.colour}" fill-opacity="${tone}"/>`);
  }
  const lines = marks.filter((mark) => mark.is === "line");
  for (const mark of lines.slice(-2)) {
    const width = Math.min(mark.width.at(-1)[1] + 2 * mark.case, 6);
    const look = `fill="none" stroke="${mark.colour}" stroke-width="${width}" stroke-dasharray="${mark.dash.join(" ")}"`;
    parts.push(area.length ? `<rect x="1" y="1" width="26" height="14" ${look}/>` : `<path d="M0,8H28" ${look}/>`);
  }
  const dot = marks.find((mark) => mark.is === "dot");
  if (dot && !parts.length) parts.push(`<circle cx="14" cy="8" r="4" fill="${dot.colour}"/>`);
  const raised = marks.find((mark) => mark.is === "extrusion");
  if (raised && !parts.length) parts.push(`<rect x="6" y="1" width="16" height="14" fill="${raised.facade}"/>`);
  holder.innerHTML = `<svg width="28" height="16" viewBox="0 0 28 16">${parts.join("")}</svg>`;
  return holder;
};

/** Build the legend; `show(id, visible)` is called when a switch changes. */
const gridscapeLegend = (content, show) => {
  const { words, symbols } = content;
  const fold = gridscapeElement("button", { type: "button", "aria-expanded": "true" }, words.fold);
  const panel = gridscapeElement(
    "aside",
    { class: "gs gs-legend", "aria-label": words.layers },
    gridscapeElement("header", {}, words.layers, fold),
  );
  fold.addEventListener("click", () => {
    const closed = panel.classList.toggle("gs-closed");
    fold.setAttribute("aria-expanded", String(!closed));
    fold.textContent = closed ? words.unfold : words.fold;
  });
  if (window.innerWidth < 760) fold.click();
  for (const group of content.groups) {
    const section = gridscapeElement("section", {}, gridscapeElement("h2", {}, group.title));
    for (const layer of content.layers.filter((one) => one.group === group.id)) {
      const box = gridscapeElement("input", { type: "checkbox", "data-layer": layer.id });
      box.checked = layer.visible;
      box.addEventListener("change", () => show(layer.id, box.checked));
      const count = gridscapeElement("span", { class: "gs-count" }, layer.count.toLocaleString("en"));
      section.append(gridscapeElement("label", {}, box, gridscapeElement("span", {}, layer.title), count));
      if (layer.note) section.append(gridscapeElement("p", {}, layer.note));
      const titled = layer.rules.filter((rule) => rule.title && rule.count);
      if (!titled.length || layer.base) continue;
      const lines = titled.map((rule) =>
        gridscapeElement(
          "li",
          {},
          gridscapeSwatch(rule.marks, symbols),
          gridscapeElement("span", {}, rule.title),
          gridscapeElement("span", { class: "gs-count" }, titled.length > 1 ? rule.count.toLocaleString("en") : ""),
        ),
      );
      section.append(gridscapeElement("ul", {}, ...lines));
    }
    panel.append(section);
  }
  for (const kind of ["click", "dblclick", "wheel", "pointerdown", "mousedown", "touchstart"])
    panel.addEventListener(kind, (event) => event.stopPropagation());
  return panel;
};

/** Build the card that says which district this is, that it is synthetic, and how old it is. */
const gridscapeCard = ({ about }) =>
  gridscapeElement(
    "header",
    { class: "gs gs-card" },
    gridscapeElement("h1", {}, about.title, gridscapeElement("small", {}, about.second)),
    gridscapeElement("p", {}, about.edition),
    gridscapeElement("p", {}, about.exported),
    about.synthetic ? gridscapeElement("span", { class: "gs-synthetic" }, about.synthetic) : null,
  );

/** Say what a feature is: name, kind, code, columns, and the areas that are drawn around it. */
const gridscapeAbout = (feature, layer, chain = []) => {
  const [name, second] = feature.name;
  const list = gridscapeElement("dl");
  for (const [title, value] of feature.columns)
    list.append(gridscapeElement("dt", {}, title), gridscapeElement("dd", {}, value));
  return gridscapeElement(
    "article",
    { class: "gs gs-about" },
    gridscapeElement("h3", {}, name),
    gridscapeElement("div", { class: "gs-kind" }, second ? `${second} · ${layer.what}` : layer.what),
    feature.code ? gridscapeElement("code", {}, feature.code) : null,
    list,
    chain.length
      ? gridscapeElement(
          "ol",
          {},
          ...chain.map((one) =>
            gridscapeElement("li", {}, `${one.layer.what} · ${one.feature.name[0]} `, gridscapeElement("code", {}, one.feature.code)),
          ),
        )
      : null,
  );
};

/** Turn a row of a source into what cards and tooltips say. */
const gridscapeFeature = (source, row, layer) => {
  const [code, name, second, , values] = source.rows[row];
  const columns = layer.columns
    .filter((column) => values[column] !== null)
    .map((column) => [source.columns[column], values[column]]);
  return { code, name: [name, second], columns, row };
};
