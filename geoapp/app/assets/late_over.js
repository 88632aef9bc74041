// What lies over the units or under them: a raster, rivers, places, names and tiles.
"use strict";
window.geoapp.over = (function () {
  const geoapp = window.geoapp;
  const map = geoapp.map.leaflet();
  const DOTTED = { settlement: [3.2, 2.4, 1.8], health_facility: [3, 2.6, 2] };
  // From these zooms on, places of the second and the third rank are drawn.
  const NEARER = [7, 9];
  const files = new Map();
  const drawn = new Map();
  let given = null;
  let raster = null;
  let tiles = null;

  for (const [name, order] of [["picture", 440], ["features", 452], ["places", 595], ["names", 645]]) {
    const pane = map.createPane(name);
    pane.style.zIndex = order;
    pane.style.pointerEvents = "none";
  }
  map.getPane("names").classList.add("leaflet-zoom-hide");
  const canvas = L.canvas({ pane: "places", padding: 0.2 });

  const rank = () => 1 + NEARER.filter((zoom) => map.getZoom() >= zoom).length;

  function file(address) {
    if (!files.has(address)) {
      files.set(address, fetch(address).then((answer) => {
        if (!answer.ok) throw Error(address);
        return answer.json();
      }).catch((error) => { files.delete(address); throw error; }));
    }
    return files.get(address);
  }

  function dots(name, features) {
    const groups = [L.layerGroup(), L.layerGroup(), L.layerGroup()];
    const isCity = name === "settlement";
    for (const { geometry, properties } of features) {
      const [lon, lat] = geometry.coordinates;
      groups[properties.k - 1].addLayer(L.circleMarker([lat, lon], {
        renderer: canvas, pane: "places", interactive: false, radius: DOTTED[name][properties.k - 1],
        color: isCity ? "#fff" : "#0E4457", weight: 1, fillColor: isCity ? "#17212B" : "#fff", fillOpacity: 1,
      }));
    }
    return groups;
  }

  function marks(name, features) {
    return [L.layerGroup(features.map(({ geometry, properties }) => L.marker([geometry.coordinates[1], geometry.coordinates[0]], {
      icon: L.divIcon({ className: `place key key-${name}`, iconSize: [10, 10], html: "" }),
      pane: "places", interactive: false, keyboard: false, title: properties.n,
    })))];
  }

  function groupsOf(name, found) {
    if (DOTTED[name]) return dots(name, found.features);
    if (found.features.every((one) => one.geometry.type === "Point")) return marks(name, found.features);
    return [L.geoJSON(found, { pane: "features", interactive: false, style: { className: `feature feature-${name}` } })];
  }

  // A file that comes after its tick was taken away is kept and not drawn.
  function add(one) {
    drawn.set(one.name, { features: [], groups: [] });
    file(one.address).then((found) => {
      if (!drawn.has(one.name)) return;
      drawn.set(one.name, { features: found.features, groups: one.name === "labels" ? [] : groupsOf(one.name, found) });
      arrange();
    }, () => {
      drawn.delete(one.name);
      tell(one.name, given.word("failed", { what: one.title }));
    });
  }

  function tell(name, text) {
    const row = given.told.find((one) => one.name === name);
    if (!row) return;
    row.scale.textContent = text;
    row.scale.hidden = !text;
  }

  function arrange() {
    const most = rank();
    for (const [name, { groups, features }] of drawn) {
      groups.forEach((group, line) => {
        if (line < most && !map.hasLayer(group)) group.addTo(map);
        if (line >= most) group.remove();
      });
      const key = `${name}_${most}`;
      if (features.length) tell(name, given.menu.words[key] ? given.word("by_zoom", { what: given.word(key) }) : "");
    }
    place();
  }

  // ---- names: the most important first, each only where it hides nothing ----
  const ruler = document.createElement("canvas").getContext("2d");
  const FONTS = { unit: "600 11px Inter, sans-serif", point: "500 11px Inter, sans-serif" };
  const HEIGHT = 14;
  const MOST = 160;
  // A place that is named within so many pixels is not named twice.
  const SAME = 60;

  const meets = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];

  function boxOf(element) {
    const origin = map.getContainer().getBoundingClientRect();
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return [left - origin.left - 2, top - origin.top - 2, right - origin.left + 2, bottom - origin.top + 2];
  }

  // Offices are there before all others, and no name stands on their signs.
  function standing() {
    const shown = [...map.getContainer().querySelectorAll(".office, .office span, .place, .overlay-point, .overlay-point span")];
    return shown.filter((one) => one.getClientRects().length).map(boxOf);
  }

  function wanted() {
    const zoom = map.getZoom();
    const level = zoom < 6.5 ? 1 : zoom < 8.75 ? 2 : 3;
    const degree = map.project([0, 1], zoom).x - map.project([0, 0], zoom).x;
    const found = [];
    for (const [name, { features }] of drawn) {
      if (name === "rivers" || name.startsWith("loaded_")) continue;
      for (const { geometry, properties } of features) {
        const { n: text, k, p, w } = properties;
        if (name === "labels" ? k !== level : k > rank() || (MANY.includes(name) && zoom < 10.5)) continue;
        found.push({ text, place: geometry.coordinates, people: p || 0, isUnit: name === "labels", room: w * Math.abs(degree), order: ORDER.indexOf(name) });
      }
    }
    return found.sort((a, b) => a.order - b.order || b.people - a.people);
  }
  const MANY = ["health_facility", "warehouse"];
  const ORDER = ["labels", "settlement", "border_post", "airport", "port", "warehouse", "health_facility"];

  function spots({ isUnit, x, y, wide }) {
    const half = HEIGHT / 2;
    if (isUnit) return [[x - wide / 2, y - half, x + wide / 2, y + half]];
    return [[x + 7, y - half, x + 7 + wide, y + half], [x - 7 - wide, y - half, x - 7, y + half], [x - wide / 2, y - 7 - HEIGHT, x + wide / 2, y - 7], [x - wide / 2, y + 7, x + wide / 2, y + 7 + HEIGHT]];
  }

  function place() {
    const pane = map.getPane("names");
    const taken = standing();
    const said = [...map.getContainer().querySelectorAll(".office")].filter((one) => one.getClientRects().length).map((one) => [one.textContent, ...boxOf(one)]);
    const size = map.getSize();
    const made = [];
    for (const one of wanted()) {
      if (made.length >= MOST) break;
      const { x, y } = map.latLngToContainerPoint([one.place[1], one.place[0]]);
      if (x < 0 || y < 0 || x > size.x || y > size.y) continue;
      if (said.some(([name, left, top]) => name === one.text && Math.hypot(left - x, top - y) < SAME)) continue;
      const text = one.people && !one.isUnit ? `${one.text} ${short(one.people)}` : one.text;
      ruler.font = one.isUnit ? FONTS.unit : FONTS.point;
      const wide = ruler.measureText(text).width + 4;
      // A name that is wider than its unit would hide it.
      if (one.isUnit && wide > one.room) continue;
      const free = spots({ ...one, x, y, wide }).find((spot) => spot[0] >= 0 && spot[2] <= size.x && !taken.some((other) => meets(spot, other)));
      if (!free) continue;
      taken.push(free);
      said.push([one.text, x, y]);
      if (!one.isUnit) taken.push([x - 3, y - 3, x + 3, y + 3]);
      const label = document.createElement("span");
      label.className = one.isUnit ? "map-name" : "map-name of-point";
      label.textContent = text;
      L.DomUtil.setPosition(label, map.containerPointToLayerPoint([Math.round(free[0]), Math.round(free[1])]));
      made.push(label);
    }
    pane.replaceChildren(...made);
  }

  const short = (people) => people >= 1e6 ? `${(people / 1e6).toFixed(1)} M`
    : people >= 1e3 ? given.word("thousand", { count: Math.round(people / 1e3) }) : String(people);

  map.on("zoomend", arrange);
  map.on("moveend", () => { if (drawn.size) place(); });

  function paintRaster() {
    const { state, menu } = given;
    const wish = menu.pictures.find((one) => one.name === state.picture);
    if (raster && (!wish || raster.name !== wish.name)) {
      raster.image.remove();
      raster = null;
    }
    if (wish && !raster) {
      const [west, south, east, north] = wish.box;
      raster = { name: wish.name, image: L.imageOverlay(wish.address, [[south, west], [north, east]], { pane: "picture", interactive: false, alt: wish.title }).addTo(map) };
    }
    if (raster) raster.image.setOpacity(state.opacity / 100);
  }

  function layTiles() {
    const { state, menu } = given;
    const isOn = Boolean(menu.tiles) && state.over.includes("tiles");
    map.getContainer().classList.toggle("on-tiles", isOn);
    if (isOn && !tiles) {
      const [least, most] = menu.tiles.zooms;
      const line = document.createElement("div");
      line.className = "tiles-line";
      line.textContent = given.word("ground", { text: menu.tiles.attribution });
      tiles = { line, layer: L.tileLayer("/tiles/{z}/{x}/{y}", { minNativeZoom: least, maxNativeZoom: most, bounds: map.options.maxBounds }).addTo(map) };
      if (menu.tiles.attribution) map.getContainer().append(line);
    }
    if (!isOn && tiles) {
      tiles.layer.remove();
      tiles.line.remove();
      tiles = null;
    }
  }

  return {
    fade: (percent) => { if (raster) raster.image.setOpacity(percent / 100); },
    show: (next) => {
      given = next;
      const { state, menu } = given;
      for (const name of [...drawn.keys()]) {
        if (state.over.includes(name)) continue;
        drawn.get(name).groups.forEach((group) => group.remove());
        drawn.delete(name);
        tell(name, "");
      }
      const offered = [...menu.drawn, { name: "labels", title: menu.words.labels, address: menu.labels }];
      for (const one of offered) if (state.over.includes(one.name) && !drawn.has(one.name)) add(one);
      paintRaster();
      layTiles();
      arrange();
    },
  };
})();
