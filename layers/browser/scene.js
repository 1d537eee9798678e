/* The scene's switches, card and haze around the deck that pydeck made (`deckInstance`). */
"use strict";

{
  const content = gridscapeContent;
  const deck = deckInstance;
  const byId = new Map(content.layers.map((layer) => [layer.id, layer]));
  const on = new Map(content.layers.map((layer) => [layer.id, layer.visible]));
  const owner = (deckLayer) => deckLayer.id.split("/")[0];
  const app = { ready: false, kind: "scene", deck, show, shown: () => [...on].filter(([, visible]) => visible).map(([id]) => id) };
  window.app = app;

  function show(id, visible) {
    on.set(id, visible);
    const box = document.querySelector(`input[data-layer="${id}"]`);
    if (box) box.checked = visible;
    deck.setProps({ layers: deck.props.layers.map((one) => (owner(one) === id ? one.clone({ visible }) : one)) });
  }

  const featureOf = ({ object, layer }) => {
    const declared = layer && byId.get(owner(layer));
    if (!declared || !object || object.i === undefined) return null;
    return { declared, feature: gridscapeFeature(content.sources[declared.source], object.i, declared) };
  };
  const holder = gridscapeElement("div", { class: "gs gs-card gs-told", hidden: "" });
  deck.setProps({
    getTooltip: (picked) => {
      const found = featureOf(picked);
      // `text` is set as text, whatever a name holds
      return found && { text: `${found.feature.name[0]}\n${found.feature.code}`, className: "gs gs-tip" };
    },
    onClick: (picked) => {
      const found = featureOf(picked);
      holder.hidden = !found;
      if (found) holder.replaceChildren(gridscapeAbout(found.feature, found.declared));
    },
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") holder.hidden = true;
  });
  document.body.append(
    gridscapeElement("div", { class: "gs-haze", "aria-hidden": "true" }),
    gridscapeCard(content),
    gridscapeLegend(content, show),
    holder,
    gridscapeElement("div", { class: "gs gs-foot" }, content.words.turn),
  );

  /* what the page holds, for those who check it: the codes per layer of what deck.gl was given to draw */
  app.drawn = (id) => {
    const rows = new Set();
    for (const one of deck.props.layers)
      if (owner(one) === id) for (const item of one.props.data) if (item.i !== undefined) rows.add(item.i);
    const { rows: records } = content.sources[byId.get(id).source];
    return [...rows].map((row) => records[row][0]).sort();
  };
  const settle = () => {
    const waiting = deck.props.layers.some((one) => one.props.visible && deck.layerManager && !deck.layerManager.getLayers().find((live) => live.id === one.id)?.isLoaded);
    if (waiting || !deck.isInitialized) requestAnimationFrame(settle);
    else app.ready = true;
  };
  requestAnimationFrame(settle);
}
