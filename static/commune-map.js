// The commune map: fetches the geometry once, then only repaints. Python sends codes, classes and labels.
//
// communeMap.start(map, options)   once: options = {geometry, bounds, note, zoomIn, zoomOut}
// communeMap.paint(picture)        on every change: picture = {
//   classes: {class: {fill, hatched, dark}},
//   units: {code: {class, name, label, lines, faded}},   lines: of the tooltip
//   marked: [code], selected: code or null, focus: [code] (what to zoom to; empty is everything)
// }
// All text goes in as textContent: a name is never read as HTML.
window.communeMap = (() => {
  const OUTLINE = "#1c2b39";
  const NAMES_FROM_ZOOM = 10.5;
  const LABEL_ROOM = 22; // pixels: a smaller shape shows no label until zoomed in
  let map, layer, labels, hovered, selected, options, picture, focused;
  const shapes = new Map(); // code → Leaflet layer

  function start(leafletMap, given) {
    map = leafletMap;
    options = given;
    // Leaflet takes the focus on a press; without this the page would scroll under the pointer and the click be lost.
    const container = map.getContainer();
    container.focus = () => HTMLElement.prototype.focus.call(container, { preventScroll: true });
    map.attributionControl.setPrefix(false).addAttribution(options.note);
    L.control.zoom({ zoomInTitle: options.zoomIn, zoomOutTitle: options.zoomOut }).addTo(map);
    L.control.scale({ imperial: false }).addTo(map);
    // The empty group is on the map before the component looks for layers whose clicks it reports.
    layer = L.geoJSON(null, { style: { weight: 0.8, color: "#ffffff", fillOpacity: 1 }, onEachFeature: adopt }).addTo(map);
    labels = L.layerGroup().addTo(map);
    const pane = map.createPane("lines");
    pane.style.zIndex = 450;
    pane.style.pointerEvents = "none";
    hovered = L.geoJSON(null, lines(3)).addTo(map);
    selected = L.geoJSON(null, lines(5)).addTo(map);
    map.fitBounds(options.bounds);
    map.on("zoomend", label);
    fetch(options.geometry)
      .then((response) => (response.ok ? response.json() : Promise.reject(new Error(`HTTP ${response.status}`))))
      .then(draw)
      .catch((error) => window.mapGuard.explain(error.message));
  }

  function lines(weight) {
    return { pane: "lines", interactive: false, style: { weight, color: OUTLINE, fill: false } };
  }

  function adopt(feature, shape) {
    const code = feature.properties.code;
    shapes.set(code, shape);
    shape.toGeoJSON = () => ({ type: "Feature", id: code }); // what a click reports: the code, not the shape
    shape.bindTooltip(() => tooltip(code), { sticky: true, direction: "top", offset: [0, -8] });
    shape.on({ mouseover: () => outline(hovered, shape), mouseout: () => outline(hovered, null) });
  }

  // Outlines lie above the shapes: bringing a shape itself to the front would move it under the pointer and eat the click.
  function outline(group, shape) {
    group.clearLayers();
    if (shape) group.addData(shape.feature);
  }

  function draw(topology) {
    layer.addData(topojson.feature(topology, topology.objects.units));
    const borders = topojson.mesh(
      topology,
      topology.objects.units,
      (one, other) => one === other || one.properties.district !== other.properties.district,
    );
    L.geoJSON(borders, lines(2)).addTo(map);
    hatch();
    if (picture) repaint();
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
    if (shapes.size) repaint();
  }

  function repaint() {
    shapes.forEach((shape, code) => restyle(code, shape));
    outline(selected, shapes.get(picture.selected));
    label();
    zoom();
  }

  function restyle(code, shape) {
    const unit = picture.units[code];
    const look = unit ? picture.classes[unit.class] : { fill: "#ffffff" };
    shape.setStyle({
      fillColor: look.hatched ? "url(#hatch)" : look.fill,
      fillOpacity: unit && unit.faded ? 0.15 : 1,
    });
  }

  function label() {
    labels.clearLayers();
    const named = map.getZoom() >= NAMES_FROM_ZOOM;
    shapes.forEach((shape, code) => {
      const unit = picture && picture.units[code];
      if (!unit || unit.faded || (!unit.label && !named) || !hasRoom(shape)) return;
      const text = document.createElement("span");
      text.textContent = (picture.marked.includes(code) ? "★ " : "") + unit.label + (named ? ` ${unit.name}` : "");
      text.className = `commune-label ${picture.classes[unit.class].dark ? "on-dark" : "on-light"}`;
      const icon = L.divIcon({ html: text, className: "", iconSize: [0, 0] });
      L.marker(shape.getCenter(), { icon, interactive: false, keyboard: false }).addTo(labels);
    });
  }

  function hasRoom(shape) {
    const bounds = shape.getBounds();
    const room = map.latLngToLayerPoint(bounds.getSouthEast()).subtract(map.latLngToLayerPoint(bounds.getNorthWest()));
    return room.x > LABEL_ROOM && room.y > LABEL_ROOM * 0.7;
  }

  function zoom() {
    const wanted = picture.focus.join();
    if (wanted === focused || (focused === undefined && !wanted)) return void (focused = wanted);
    focused = wanted;
    const bounds = L.latLngBounds(options.bounds);
    const chosen = L.featureGroup(picture.focus.filter((code) => shapes.has(code)).map((code) => shapes.get(code)));
    map.fitBounds(wanted ? chosen.getBounds() : bounds, { animate: false });
  }

  function tooltip(code) {
    const box = document.createElement("div");
    const lines = (picture && picture.units[code] && picture.units[code].lines) || [];
    lines.forEach((line, index) => {
      const row = document.createElement(index ? "div" : "strong");
      row.textContent = line;
      box.appendChild(row);
    });
    return box;
  }

  return { start, paint };
})();
