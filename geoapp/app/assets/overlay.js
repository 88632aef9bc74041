// What a page draws above the units: areas, lines and points. Only the open page's is seen.
"use strict";
window.geoapp.overlay = (function () {
  const held = new Map();
  let drawn = null;

  function area(feature) {
    const { class: kind, colour } = feature.properties;
    return { pane: "overlay", interactive: false, className: "overlay-area " + (kind || ""), color: colour, fillColor: colour };
  }

  // A label is text, never markup that a name could carry.
  // A point with an id can be dragged, and is told to the page that knows what it stands for.
  function point({ lon, lat, label, kind, id }) {
    const icon = L.divIcon({ className: "overlay-point " + (kind || ""), iconSize: [10, 10], html: "" });
    const can = Boolean(id);
    const marker = L.marker([lat, lon], { icon: icon, pane: "overlay", interactive: can, keyboard: can, draggable: can });
    if (can) marker.on("add", () => geoapp.hold(marker, id, label));
    marker.on("add", () => {
      const text = document.createElement("span");
      text.textContent = label || "";
      marker.getElement().replaceChildren(text);
    });
    return marker;
  }

  function draw() {
    const map = geoapp.map.leaflet();
    if (!map) return;
    if (drawn) drawn.remove();
    drawn = null;
    const data = held.get(document.body.dataset.page);
    if (!data) return;
    const parts = (data.lines || []).map((line) => {
      const { path, width, kind } = Array.isArray(line) ? { path: line } : line;
      const look = { pane: "overlay", interactive: false, className: "overlay-line " + (kind || ""), weight: width || 2 };
      return L.polyline(path.map(([lon, lat]) => [lat, lon]), look);
    });
    parts.push(...(data.circles || []).map(({ lon, lat, radius, kind }) =>
      L.circleMarker([lat, lon], { pane: "overlay", interactive: false, className: "overlay-circle " + kind, radius: radius })));
    if (data.areas) parts.unshift(L.geoJSON(data.areas, { style: area, pane: "overlay" }));
    parts.push(...(data.points || []).map(point));
    drawn = L.layerGroup(parts).addTo(map);
  }

  // Panels float over the map: what must be seen is brought between them.
  function fit([west, south, east, north]) {
    const box = document.querySelector(".map").getBoundingClientRect();
    const left = document.querySelector(".column.left").getBoundingClientRect();
    const right = document.querySelector(".column.right").getBoundingClientRect();
    const isWide = right.left > box.width / 2;
    geoapp.map.leaflet().fitBounds([[south, west], [north, east]], {
      paddingTopLeft: [isWide ? left.right + 20 : 20, 20],
      paddingBottomRight: [isWide ? box.right - right.left + 20 : 20, 20],
      maxZoom: 11,
      animate: !geoapp.map.isStill(),
    });
  }

  return {
    draw: draw,
    set: (page, data) => {
      if (held.get(page) === data) return;
      held.set(page, data);
      if (page !== document.body.dataset.page || !geoapp.map.leaflet()) return;
      draw();
      if (data && data.fit) fit(data.fit);
    },
  };
})();
