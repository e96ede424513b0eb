// The commune map: fetches the geometry once, then only repaints. Python sends codes, classes and labels.
//
// communeMap.start(map, options)   once: options = {geometry, bounds, note, zoomIn, zoomOut, reset,
//                                  language, tiles: null or {address, words}}
// communeMap.paint(picture)        on every change: picture = {
//   classes: {class: {fill, hatched, dark}},
//   units: {code: [class, figure on the shape, [numbers of the tooltip's words]]}, words: [sentence],
//   marked: [code], hidden: [code], selected: code or null,
//   groups: {code: [name, codes of its units]}, focus: [code of a group] (to zoom to; none is all),
//   before: whether to draw the borders of the units before these, as far as the layer has them
//   dark: whether the page around the map is
//   scale: of the letters, 1 is 100%
// }
// All text goes in as text: a name is never read as HTML.
window.communeMap = (() => {
  const [CLASS, , LINES] = [0, 1, 2]; // places in picture.units
  const BORDER = "#cfd6db"; // seen on dark shapes and on pale ones
  const FADED = 0.15;
  const OVER_TILES = 0.65; // a base map shines through
  const NAMES_FROM_ZOOM = 10.5;
  const LABEL_ROOM = 22; // pixels: a smaller shape shows no label until zoomed in
  const LETTER_WIDTH = 7.5;
  const LINE_HEIGHT = 17;
  let map, layer, labels, taken, hovered, selected, before, options, picture, reported, topology, borders;
  let names = {}; // code of a shape → language → name
  let hidden = new Set();
  let zoomedTo = ""; // groups, joined; nothing is the whole province
  let groupOf = new Map(); // code of a shape → code of its group
  let drawnGroups = ""; // those whose borders are drawn, as text
  const shapes = new Map(); // code → Leaflet layer

  function start(leafletMap, given) {
    map = leafletMap;
    options = given;
    // Leaflet takes the focus on a press; without this the page would scroll under the pointer and the click be lost.
    const container = map.getContainer();
    container.focus = () => HTMLElement.prototype.focus.call(container, { preventScroll: true });
    map.attributionControl.setPrefix(false).addAttribution(asText(options.note)); // Leaflet reads it as HTML
    L.control.zoom({ zoomInTitle: options.zoomIn, zoomOutTitle: options.zoomOut }).addTo(map);
    resetButton().addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    if (options.tiles) L.tileLayer(options.tiles.address, { attribution: asText(options.tiles.words) }).addTo(map);
    // The empty group is on the map before the component looks for layers whose clicks it reports.
    layer = L.geoJSON(null, { style: { weight: 0.8, color: BORDER, fillOpacity: 1 }, onEachFeature: adopt }).addTo(map);
    labels = L.layerGroup().addTo(map);
    const pane = map.createPane("lines");
    pane.style.zIndex = 450;
    pane.style.pointerEvents = "none";
    borders = L.layerGroup().addTo(map);
    hovered = L.geoJSON(null, lines(3)).addTo(map);
    selected = L.geoJSON(null, lines(5)).addTo(map);
    fit();
    map.on("zoomend", label);
    fetch(options.geometry)
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(`HTTP ${response.status}`))))
      .then(draw)
      .catch((error) => window.mapGuard.explain(error.message));
  }

  function asText(words) {
    const span = document.createElement("span");
    span.textContent = words;
    return span.innerHTML;
  }

  // The style sheet colours them: "line" as words, "edge" as the ground, so that a line is seen on any shape.
  function lines(weight, className = "line") {
    return { pane: "lines", interactive: false, style: { weight, className, fill: false } };
  }

  function adopt(feature, shape) {
    const code = feature.properties.code;
    shapes.set(code, shape);
    shape.toGeoJSON = () => reported; // what the component reports: the code and not the shape
    shape.on("click", () => report(code));
    shape.bindTooltip(() => tooltip(code), { sticky: true, direction: "top", offset: [0, -8] });
    shape.on({ mouseover: () => outline(hovered, shape), mouseout: () => outline(hovered, null) });
  }

  // At once, and not after the quarter of a second that the component waits; by then it has nothing new to say.
  function report(code) {
    reported = { type: "Feature", id: code, click: (reported ? reported.click : 0) + 1 }; // the same one again is news
    const value = { last_active_drawing: reported };
    if (!window.Streamlit || !window.__GLOBAL_DATA__) return;
    window.__GLOBAL_DATA__.previous_data = value;
    window.Streamlit.setComponentValue(value);
  }

  // Outlines lie above the shapes: bringing a shape itself to the front would move it under the pointer and eat the click.
  function outline(group, shape) {
    group.clearLayers();
    if (shape) group.addData(shape.feature);
  }

  function draw(fetched) {
    topology = fetched;
    names = topology.names;
    layer.addData(topojson.feature(topology, topology.objects.units));
    if (topology.objects.before) {
      const [old, own] = ["before", "units"].map((name) =>
        topojson.mesh(topology, topology.objects[name], (one, other) => one !== other),
      );
      before = L.layerGroup([L.geoJSON(old, lines(1, "line before")), L.geoJSON(own, lines(2.2))]);
    }
    hatch();
    if (picture) drawBorders(); // which group a shape is in: what to zoom to
    fit(); // again: by now the frame has its final size
    if (picture) repaint();
  }

  // The borders between groups, and the province's own. They are drawn again only if the groups are others.
  function drawBorders() {
    const now = JSON.stringify(picture.groups);
    if (now === drawnGroups) return;
    drawnGroups = now;
    const members = Object.entries(picture.groups).flatMap(([group, [, codes]]) => codes.map((code) => [code, group]));
    groupOf = new Map(members);
    const mesh = topojson.mesh(
      topology,
      topology.objects.units,
      (one, other) => one === other || groupOf.get(one.properties.code) !== groupOf.get(other.properties.code),
    );
    borders.clearLayers();
    L.geoJSON(mesh, lines(3.5, "edge")).addTo(borders);
    L.geoJSON(mesh, lines(1.8)).addTo(borders);
    selected.bringToFront();
  }

  // A pattern for "no data", so that colour is not the only carrier.
  function hatch() {
    const svg = map.getRenderer(layer.getLayers()[0])._container;
    svg.insertAdjacentHTML(
      "afterbegin",
      '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
        '<rect width="6" height="6" fill="#f2f2f2"/><line x1="0" y1="0" x2="0" y2="6" stroke="#8a8f94" stroke-width="2"/>' +
        "</pattern></defs>",
    );
  }

  function paint(given) {
    picture = given;
    hidden = new Set(given.hidden);
    if (shapes.size) repaint();
  }

  function repaint() {
    map.getContainer().classList.toggle("dark-page", picture.dark);
    map.getContainer().style.setProperty("--scale", picture.scale);
    drawBorders();
    shapes.forEach((shape, code) => restyle(code, shape));
    if (before) picture.before ? before.addTo(map) : before.remove();
    outline(selected, shapes.get(picture.selected));
    label();
    zoom();
  }

  function restyle(code, shape) {
    const look = picture.classes[picture.units[code][CLASS]];
    shape.setStyle({ fillColor: look.hatched ? "url(#hatch)" : look.fill, fillOpacity: isShown(code) ? (options.tiles ? OVER_TILES : 1) : FADED });
  }

  function isShown(code) {
    return !hidden.has(code);
  }

  function nameOf(code) {
    return names[code][options.language];
  }

  // Marked communes first, then groups, then the other communes. A label that would cover another one is moved up or
  // down a line or two where it may be (a group's name), else left out until zoomed in.
  function label() {
    if (!picture) return;
    labels.clearLayers();
    taken = [];
    const named = map.getZoom() >= NAMES_FROM_ZOOM || picture.focus.length > 0 || groupOf.size === 0;
    const shown = [...shapes].filter(([code]) => isShown(code));
    const isMarked = ([code]) => picture.marked.includes(code);
    shown.filter(isMarked).forEach(([code, shape]) => labelCommune(code, shape, named));
    if (!named) Object.keys(picture.groups).forEach(labelGroup);
    shown.filter((entry) => !isMarked(entry)).forEach(([code, shape]) => labelCommune(code, shape, named));
  }

  function labelCommune(code, shape, named) {
    const [kind, figure] = picture.units[code];
    if (!hasRoom(shape)) return;
    const style = `commune-label ${picture.classes[kind].dark ? "on-dark" : "on-light"}`;
    const short = (picture.marked.includes(code) ? "★ " : "") + figure;
    if (named && write(`${short} ${nameOf(code)}`.trim(), style, shape.getCenter(), [0])) return;
    if (figure) write(short, style, shape.getCenter(), [0]);
  }

  function labelGroup(code) {
    write(picture.groups[code][0], "group-label", boundsOf([code]).getCenter(), [0, -1, 1, -2, 2]);
  }

  function boundsOf(groups) {
    const inside = [...shapes].filter(([code]) => groups.includes(groupOf.get(code))).map(([, shape]) => shape);
    return inside.reduce((bounds, shape) => bounds.extend(shape.getBounds()), L.latLngBounds([]));
  }

  // Returns whether there was room.
  function write(words, style, place, lines) {
    const middle = map.latLngToLayerPoint(place);
    const lineHeight = LINE_HEIGHT * picture.scale;
    const half = L.point(words.length * LETTER_WIDTH * picture.scale, lineHeight).divideBy(2);
    const boxes = lines.map((line) => {
      const at = middle.add([0, line * lineHeight]);
      return L.bounds(at.subtract(half), at.add(half));
    });
    const box = boxes.find((tried) => !taken.some((other) => other.overlaps(tried)));
    if (!box) return false;
    taken.push(box);
    const text = document.createElement("span");
    text.textContent = words;
    text.className = style;
    const icon = L.divIcon({ html: text, className: "", iconSize: [0, 0] });
    const at = map.layerPointToLatLng(box.getCenter());
    L.marker(at, { icon, interactive: false, keyboard: false }).addTo(labels);
    return true;
  }

  function hasRoom(shape) {
    const bounds = shape.getBounds();
    const room = map.latLngToLayerPoint(bounds.getSouthEast()).subtract(map.latLngToLayerPoint(bounds.getNorthWest()));
    return room.x > LABEL_ROOM * picture.scale && room.y > LABEL_ROOM * 0.7 * picture.scale;
  }

  function zoom() {
    const wanted = picture.focus.join();
    if (wanted === zoomedTo) return;
    zoomedTo = wanted;
    fit();
  }

  function fit() {
    map.invalidateSize({ animate: false });
    const focus = picture && shapes.size ? picture.focus : [];
    map.fitBounds(focus.length ? boundsOf(focus) : options.bounds, { animate: false });
  }

  function resetButton() {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = L.DomUtil.create("div", "leaflet-bar");
      const button = L.DomUtil.create("a", "", bar);
      Object.assign(button, { href: "#", title: options.reset, textContent: "⤢" });
      button.setAttribute("role", "button");
      button.setAttribute("aria-label", options.reset);
      L.DomEvent.disableClickPropagation(bar).on(button, "click", L.DomEvent.stop).on(button, "click", fit);
      return bar;
    };
    return control;
  }

  function tooltip(code) {
    const box = document.createElement("div");
    const group = picture && picture.groups[groupOf.get(code)];
    const title = [nameOf(code), ...(group ? [group[0]] : [])].join(", ");
    const lines = picture ? picture.units[code][LINES].map((number) => picture.words[number]) : [];
    [title, ...lines].forEach((line, index) => {
      const row = document.createElement(index ? "div" : "strong");
      row.textContent = line;
      box.appendChild(row);
    });
    return box;
  }

  return { start, paint };
})();
