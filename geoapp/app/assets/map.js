// The map of the page. It loads the units of a level once and draws each as a path, or all of them
// from tiles (late_unit_tiles.js) where they are too many: a change of layer moves no geometry.
"use strict";
window.geoapp = window.geoapp || {};
window.geoapp.map = (function () {
  const css = getComputedStyle(document.documentElement);
  const token = (name) => css.getPropertyValue("--" + name).trim();
  const hover = window.geoapp.hover;
  const regions = new Map();
  const geometries = new Map();
  let areNamed = null;
  const named = new Promise((resolve) => { areNamed = resolve; });
  const maps = { map: emptyHolder(), inset: emptyHolder() };
  let paint = null;
  // What the server painted last; under a hand on a slider the paint is another one.
  let settled = null;
  let isPainted = false;
  let tellDrawn = null;
  const whenDrawn = new Promise((resolve) => { tellDrawn = resolve; });

  // Who asks the system for little motion sees the map jump.
  const isStill = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  function emptyHolder() {
    return { map: null, address: null, units: { features: [] }, drawn: null, circles: null };
  }

  // dash-leaflet gives no handle to its map; Leaflet tells of each that is made.
  L.Map.addInitHook(function () {
    const name = this.getContainer().id;
    if (maps[name]) this.whenReady(() => hold(name, this));
  });

  function hold(name, map) {
    maps[name] = { ...emptyHolder(), map: map };
    map.createPane("circles").style.zIndex = 460;
    map.createPane("chosen").style.zIndex = 470;
    map.createPane("overlay").style.zIndex = 480;
    map.getPane("chosen").style.pointerEvents = "none";
    if (name === "map") followZoom(map);
    draw(name);
  }

  // District borders thin out with the zoom, so that they never drown the colours.
  const borderWidth = (zoom) => (zoom < 6.5 ? 0.25 : zoom < 8 ? 0.5 : zoom < 10 ? 0.8 : 1.2);

  function followZoom(map) {
    const border = () => {
      map.getContainer().style.setProperty("--unit-border", borderWidth(map.getZoom()) + "px");
    };
    map.on("zoomend", border);
    border();
  }

  function geometry(address) {
    if (!geometries.has(address)) {
      const read = fetch(address).then((answer) => answer.json()).then(window.geoapp.readArcs);
      // Tiles are drawn by a script of their own, which most visitors never need.
      geometries.set(address, read.then((units) => (units.tiles ? window.geoapp.need("unit_tiles").then(() => units) : units)));
    }
    return geometries.get(address);
  }

  function draw(name) {
    const held = maps[name];
    if (!paint || !held.map) return;
    const address = paint.addresses[name];
    if (held.address === address) {
      if (held.drawn) repaint(name);
      return;
    }
    held.address = address;
    geometry(address).then((units) => {
      // An answer that a later level has overtaken is dropped.
      if (held.address === address) setUnits(name, units);
      // What waits for the map waits no longer for one that cannot be drawn.
    }).catch((fault) => { tellDrawn(); throw fault; });
  }

  function setUnits(name, units) {
    const held = maps[name];
    if (held.drawn) held.drawn.remove();
    held.units = units;
    held.drawn = drawUnits(held.map, units, "overlayPane", (index) => fill(index));
    repaint(name);
    if (name === "map" && !isPainted) held.drawn.once(tellPainted);
  }

  function tellPainted() {
    isPainted = true;
    requestAnimationFrame(() => {
      performance.mark("geoapp-painted");
      requestAnimationFrame(tellDrawn);
    });
  }

  // Both ways of drawing answer to the same names: colour, choose, dim, once and remove.
  function drawUnits(map, units, pane, fillOf) {
    if (!units.tiles) return drawPaths(map, units, pane, fillOf);
    const look = {
      fill: fillOf,
      border: () => (paint.kind === "circle" ? token("line") : "#fff"),
      width: () => (map === maps.map.map ? borderWidth(map.getZoom()) : 0.6),
    };
    const ears = { enter: showHover, move: hover.move, leave: hover.hide, choose: (code) => window.geoapp.choose(code) };
    return window.geoapp.unitTiles(map, units, pane, look, pane === "overlayPane" ? ears : null);
  }

  function drawPaths(map, units, pane, fillOf) {
    const byCode = new Map();
    const group = L.geoJSON(units, {
      pane: pane,
      style: (feature) => ({ className: "unit", fillColor: fillOf(feature.properties.i), fillOpacity: 1 }),
      onEachFeature: (feature, layer) => {
        byCode.set(feature.properties.u, layer);
        listen(layer);
      },
    }).addTo(map);
    let mark = null;
    return {
      colour: () => {
        for (const layer of byCode.values()) {
          const filled = fillOf(layer.feature.properties.i);
          if (layer.options.fillColor !== filled) layer.setStyle({ fillColor: filled });
        }
      },
      choose: (code) => {
        if (mark) mark.remove();
        const layer = byCode.get(code);
        mark = null;
        if (!layer) return;
        // A dark line in a white one, above all: seen on every colour and under every circle.
        const line = (className) => L.geoJSON(layer.feature, { pane: "chosen", interactive: false, style: { className: className, fill: false } });
        mark = L.layerGroup([line("chosen-casing"), line("chosen")]).addTo(map);
      },
      dim: (isDim) => {
        for (const layer of byCode.values()) {
          const path = layer.getElement();
          if (path) path.classList.toggle("dim", isDim(layer.feature.properties.i));
        }
      },
      once: (act) => act(),
      remove: () => {
        if (mark) mark.remove();
        group.remove();
      },
    };
  }

  function showHover(event) {
    const { u, n, i } = event.target.feature.properties;
    hover.show(event, [n, u.length > 2 ? regions.get(u.slice(0, 2)) : "", ...hover.figures(paint, i)]);
  }

  function listen(layer) {
    layer.on({
      mouseover: showHover,
      mousemove: hover.move,
      mouseout: hover.hide,
      click: (event) => {
        L.DomEvent.stopPropagation(event);
        window.geoapp.choose(layer.feature.properties.u);
      },
    });
  }

  function isHatched(index, from) {
    return from.hatched !== "" && from.confidence[index] === from.hatched;
  }

  // Rates fill areas; under circles a unit is plain. Grey is a figure that is missing, and pale is
  // what a filter leaves out.
  function fill(index, from = paint) {
    if (paint.outside[index] === "1") return paint.outsideColour;
    if (from.kind === "circle") return from.values[index] === null ? paint.noData : paint.plain;
    const step = Number(from.classes[index]);
    if (Number.isNaN(step)) return paint.noData;
    return isHatched(index, from) ? window.geoapp.hatch(from.colours[step]) : from.colours[step];
  }

  function repaint(name) {
    const held = maps[name];
    held.drawn.colour();
    held.map.getContainer().classList.toggle("counts", paint.kind === "circle");
    drawCircles(held);
    markChosen(held);
  }

  function drawCircles(held) {
    if (held.circles) held.circles.remove();
    held.circles = null;
    if (paint.kind === "circle") held.circles = circlesOf(held.map, held.units, paint, "circles").addTo(held.map);
  }

  const pictures = new Map();
  function pictureOf(map, pane) {
    const name = `${map.getContainer().id} ${pane}`;
    if (!pictures.has(name)) pictures.set(name, L.canvas({ pane: pane }));
    return pictures.get(name);
  }

  // Of units in tiles circles are as many: they are drawn as one picture, and the unit under the
  // hand is that of the tiles.
  function circlesOf(map, units, from, pane) {
    const circles = L.layerGroup();
    const look = units.tiles
      ? { renderer: pictureOf(map, pane), interactive: false, color: "#fff", weight: 0.8 }
      : { className: "circle" };
    for (const feature of units.features) {
      const properties = feature.properties;
      const value = from.values[properties.i];
      if (!(value > 0) || paint.outside[properties.i] === "1") continue;
      const circle = L.circleMarker([properties.y, properties.x], {
        pane: pane,
        ...look,
        radius: Math.max(1, from.radius * Math.sqrt(value / from.largest)),
        fillColor: isHatched(properties.i, from) ? window.geoapp.hatch(token("circle")) : token("circle"),
        fillOpacity: 0.55,
      });
      circle.feature = feature;
      if (!units.tiles) listen(circle);
      circles.addLayer(circle);
    }
    return circles;
  }

  function markChosen(held) {
    held.drawn.choose(paint.unit);
    const feature = held === maps.map && held.units.features.find(({ properties }) => properties.u === paint.unit);
    if (!feature) return;
    const { x, y } = feature.properties;
    const bounds = feature.geometry ? L.geoJSON(feature).getBounds() : L.latLng(y, x).toBounds(1);
    if (!held.map.getBounds().intersects(bounds)) held.map.panTo(bounds.getCenter(), { animate: !isStill() });
  }

  function office(feature, place) {
    const icon = L.divIcon({ className: "office", iconSize: [12, 12], html: "" });
    const marker = L.marker(place, { icon: icon, interactive: false, keyboard: false });
    marker.on("add", () => {
      const label = document.createElement("span");
      label.textContent = feature.properties.name;
      marker.getElement().replaceChildren(label);
    });
    return marker;
  }

  return {
    nameRegion: (feature, layer) => {
      regions.set(feature.properties.u, feature.properties.n);
      layer.once("add", areNamed);
    },
    underUnits: (feature, layer) => layer.on("add", () => layer.bringToBack()),
    backdropStyle: (feature) => ({ className: feature.properties.u, interactive: false }),
    regionStyle: () => ({ className: "region-line", fill: false, interactive: false }),
    capital: (feature, place) => L.circleMarker(place, { className: "capital", pane: "lines", radius: 2, interactive: false }),
    office: office,
    region: (code) => regions.get(code),
    leaflet: () => maps.map.map,
    shown: () => maps.map.units,
    at: (place) => maps.map.drawn.at(place),
    drawUnits: drawUnits,
    dim: (isDim) => maps.map.drawn.dim(isDim),
    paint: () => paint,
    fillOf: fill,
    circlesOf: circlesOf,
    isStill: isStill,
    isPainted: () => isPainted,
    whenDrawn: whenDrawn,
    arrived: () => geometry(paint.addresses.map),
    // Who asks for the units may ask for the region of one.
    units: (address) => Promise.all([geometry(address || paint.addresses.map), named]).then(([units]) => units.features),
    // Other scores for a while, or with null those of the server again.
    recolour: (scores) => {
      const isOther = scores && settled.layer === "score" && !settled.second && settled.addresses.map === scores.address;
      const next = isOther ? { ...settled, ...scores } : settled;
      if (next === paint) return;
      paint = next;
      for (const held of Object.values(maps)) if (held.drawn) held.drawn.colour();
    },
    choose: (code) => {
      paint = { ...paint, unit: code };
      for (const held of Object.values(maps)) if (held.drawn) markChosen(held);
    },
    show: (data) => {
      settled = data;
      paint = data;
      draw("map");
      draw("inset");
    },
  };
})();
