// The map of the page: holds the Leaflet layers by unit and recolours them with
// setStyle, so that a change of layer moves no geometry and asks no server.
"use strict";
window.geoapp = window.geoapp || {};
window.geoapp.map = (function () {
  const css = getComputedStyle(document.documentElement);
  const token = (name) => css.getPropertyValue("--" + name).trim();
  const maps = {};
  const regions = new Map();
  let paint = null;
  let painted = false;

  function holder(name) {
    maps[name] = maps[name] || { layers: [], byCode: new Map(), circles: null, waiting: false };
    return maps[name];
  }

  function colour(index) {
    const step = Number(paint.classes[index]);
    return Number.isNaN(step) ? paint.noData : paint.colours[step];
  }

  // Under circles a unit is plain, and grey where its figure is missing.
  function ground(index, surface) {
    return paint.values[index] === null ? paint.noData : surface;
  }

  function style() {
    return { className: "unit", weight: 1, color: "#fff", fillColor: token("no-data"), fillOpacity: 1 };
  }

  function collector(name) {
    return function (feature, layer) {
      const held = holder(name);
      if (!held.waiting) {
        // A new geometry: what was held belongs to the former level.
        held.layers = [];
        held.byCode = new Map();
        held.waiting = true;
        requestAnimationFrame(() => { held.waiting = false; repaint(name); });
      }
      layer.feature = feature;
      held.layers.push(layer);
      held.byCode.set(feature.properties.u, layer);
      layer.on({ mouseover: showHover, mousemove: moveHover, mouseout: hideHover, click: pick });
    };
  }

  function pick(event) {
    L.DomEvent.stopPropagation(event);
    choose(event.target.feature.properties.u);
  }

  function choose(code) {
    dash_clientside.set_props("picked", { data: { u: code, t: Date.now() } });
  }

  // The hover card is ours: text only, never markup that a name could carry.
  function showHover(event) {
    const box = document.getElementById("hover");
    const properties = event.target.feature.properties;
    const known = paint && properties.i < paint.labels.length;
    box.replaceChildren();
    const place = properties.u.length > 2 ? regions.get(properties.u.slice(0, 2)) : "";
    const lines = [properties.n, place, known ? paint.title + ": " + paint.labels[properties.i] : ""];
    lines.filter(Boolean).forEach((text, line) => {
      const part = document.createElement("div");
      part.className = "hover-" + line;
      part.textContent = text;
      box.append(part);
    });
    box.hidden = false;
    moveHover(event);
  }

  function moveHover(event) {
    const box = document.getElementById("hover");
    const x = event.originalEvent.clientX, y = event.originalEvent.clientY;
    const left = Math.min(x + 14, window.innerWidth - box.offsetWidth - 8);
    const top = y + 18 + box.offsetHeight > window.innerHeight ? y - box.offsetHeight - 12 : y + 18;
    box.style.transform = `translate(${left}px, ${top}px)`;
  }

  function hideHover() {
    document.getElementById("hover").hidden = true;
  }

  function repaint(name) {
    const held = holder(name);
    // Paint of another level waits for its geometry.
    if (!paint || !held.layers.length || held.layers[0].feature.properties.u.length !== paint.digits) return;
    const areas = paint.kind === "area";
    const surface = token("surface");
    for (const layer of held.layers) {
      const fill = areas ? colour(layer.feature.properties.i) : ground(layer.feature.properties.i, surface);
      if (layer.options.fillColor !== fill) layer.setStyle({ fillColor: fill });
    }
    if (held.layers[0]._map) held.layers[0]._map.getContainer().classList.toggle("counts", !areas);
    drawCircles(held, areas);
    mark(held);
    if (!painted && name === "map") {
      painted = true;
      followZoom(held.layers[0]._map);
      performance.mark("geoapp-painted");
      requestAnimationFrame(() => requestAnimationFrame(loadLate));
    }
  }

  function drawCircles(held, areas) {
    const map = held.layers[0]._map;
    if (held.circles) held.circles.remove();
    held.circles = null;
    if (areas || !map) return;
    if (!map.getPane("circles")) map.createPane("circles").style.zIndex = 460;
    held.circles = L.layerGroup();
    const largest = paint.largest || 1;
    for (const layer of held.layers) {
      const properties = layer.feature.properties;
      const value = paint.values[properties.i];
      if (!(value > 0)) continue;
      const circle = L.circleMarker([properties.y, properties.x], {
        pane: "circles", radius: Math.max(1, paint.radius * Math.sqrt(value / largest)),
        className: "circle", weight: 1, color: "#fff",
        fillColor: token("circle"), fillOpacity: 0.55,
      });
      circle.feature = layer.feature;
      circle.on({ mouseover: showHover, mousemove: moveHover, mouseout: hideHover, click: pick });
      held.circles.addLayer(circle);
    }
    held.circles.addTo(map);
  }

  function mark(held) {
    if (held.marked) held.marked.setStyle({ className: "unit", color: "#fff", weight: 1 });
    if (held.marked && held.marked._path) held.marked._path.classList.remove("chosen");
    held.marked = paint && paint.unit ? held.byCode.get(paint.unit) : null;
    if (!held.marked) return;
    held.marked.bringToFront();
    if (held.marked._path) held.marked._path.classList.add("chosen");
  }

  // dash_ag_grid is heavier than the map; it is asked for once the map is seen.
  function loadLate() {
    const done = () => dash_clientside.set_props("ready", { data: true });
    const address = document.querySelector('meta[name="late-script"]');
    if (!address) return done();
    const script = document.createElement("script");
    script.src = address.content;
    script.onload = done;
    document.head.append(script);
  }

  // District borders thin out with the zoom, so that they never drown the colours.
  function followZoom(map) {
    const border = () => {
      const zoom = map.getZoom();
      const width = zoom < 6.5 ? 0.25 : zoom < 8 ? 0.5 : zoom < 10 ? 0.8 : 1.2;
      map.getContainer().style.setProperty("--unit-border", width + "px");
    };
    map.on("zoomend", border);
    border();
  }

  function officeIcon(feature, latlng) {
    const icon = L.divIcon({ className: "office", iconSize: [12, 12], html: "" });
    const marker = L.marker(latlng, { icon: icon, interactive: false, keyboard: false });
    marker.on("add", () => {
      const label = document.createElement("span");
      label.textContent = feature.properties.name;
      marker.getElement().replaceChildren(label);
    });
    return marker;
  }

  // Arrow keys walk the ranking, unless they are at work in a control.
  function walk(step) {
    const codes = [];
    if (!document.getElementById("ranking")) return;
    dash_ag_grid.getApi("ranking").forEachNode((row) => codes.push(row.id));
    const next = codes.indexOf(paint.unit) + step;
    if (next >= 0 && next < codes.length) choose(codes[next]);
  }

  document.addEventListener("keydown", (event) => {
    if (!paint) return;
    if (event.key === "Escape" && paint.unit) choose(null);
    if (event.target.closest("input, button, a, summary, [role=listbox], [role=combobox], .leaflet-container")) return;
    if (event.key === "ArrowDown") walk(1);
    if (event.key === "ArrowUp") walk(-1);
  });
  document.addEventListener("click", (event) => {
    const id = event.target.id;
    if (id === "card-close") choose(null);
    if (id === "notice") event.target.classList.add("read");
    if (id === "drawer-toggle") document.body.classList.toggle("drawer-open");
    if (id === "sheet-handle") {
      const heights = ["low", "middle", "high"];
      const now = heights.indexOf(document.body.dataset.sheet || "middle");
      document.body.dataset.sheet = heights[(now + 1) % heights.length];
      window.dispatchEvent(new Event("resize"));
    }
  });

  return {
    style: style,
    collectMain: collector("map"),
    collectInset: collector("inset"),
    backdropStyle: (feature) => ({ className: feature.properties.u, interactive: false }),
    regionStyle: () => ({ className: "region-line", fill: false, interactive: false }),
    nameRegion: (feature) => regions.set(feature.properties.u, feature.properties.n),
    capital: (feature, latlng) => L.circleMarker(latlng, { className: "capital", radius: 1.5, interactive: false }),
    officeIcon: officeIcon,
    walk: walk,
    choose: choose,
    fill: (code) => holder("map").byCode.get(code).options.fillColor,
    show: function (data) {
      if (!data) return;
      paint = data;
      document.documentElement.lang = data.language;
      Object.keys(maps).forEach(repaint);
      if (document.getElementById("ranking")) {
        const chosen = data.unit ? { selectedRows: { ids: [data.unit] }, scrollTo: { rowId: data.unit } } : { selectedRows: [] };
        dash_clientside.set_props("ranking", chosen);
      }
    },
  };
})();

window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.geoapp = {
  show: function (data) {
    window.geoapp.map.show(data);
    return window.dash_clientside.no_update;
  },
  // The table is made once; afterwards only its rows and columns change.
  fillRows: function (data) {
    if (data && document.getElementById("ranking")) {
      window.dash_clientside.set_props("ranking", { rowData: data.rows, columnDefs: data.columns });
    }
    return window.dash_clientside.no_update;
  },
  pickRow: function (cell) {
    if (cell) window.geoapp.map.choose(cell.rowId);
    return window.dash_clientside.no_update;
  },
  address: function (query) {
    if (typeof query === "string") {
      window.history.replaceState(null, "", window.location.pathname + query);
    }
    return window.dash_clientside.no_update;
  },
};
