// Distances along great circles and areas on the sphere, point by point.
"use strict";
window.geoapp.measure = (function () {
  const geoapp = window.geoapp;
  const map = geoapp.map.leaflet();
  const make = geoapp.tools.make;
  const radians = (degrees) => (degrees * Math.PI) / 180;
  let points = [];
  let drawn = null;
  let bar = null;
  let menu = null;

  map.createPane("measured").style.zIndex = 655;
  map.getPane("measured").style.pointerEvents = "none";

  function kilometres(from, to) {
    const half = (a, b) => Math.sin((radians(b) - radians(a)) / 2) ** 2;
    const chord = half(from.lat, to.lat) + Math.cos(radians(from.lat)) * Math.cos(radians(to.lat)) * half(from.lng, to.lng);
    return 2 * menu.earth_km * Math.asin(Math.sqrt(Math.min(1, chord)));
  }

  // The spherical excess, side by side (Bevis and Cambareri 1987, Mathematical Geology 19, 335):
  // exact where the sides are great circles.
  function squareKilometres(ring) {
    const half = (degrees) => Math.tan(radians(degrees) / 2);
    const excess = ring.reduce((total, one, line) => {
      const next = ring[(line + 1) % ring.length];
      const [low, high] = [half(one.lat), half(next.lat)];
      return total + 2 * Math.atan2(half(next.lng - one.lng) * (low + high), 1 + low * high);
    }, 0);
    return Math.abs(excess) * menu.earth_km ** 2;
  }

  function told(value) {
    const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
    return value.toLocaleString("en", { maximumFractionDigits: digits }).replaceAll(",", "\u202f");
  }

  function draw() {
    if (drawn) drawn.remove();
    const line = { pane: "measured", interactive: false, className: "measured" };
    drawn = L.layerGroup([
      points.length > 2 ? L.polygon(points, { ...line, className: "measured measured-area" }) : L.layerGroup(),
      L.polyline(points, line),
      ...points.map((point) => L.circleMarker(point, { ...line, radius: 4, className: "measured-point" })),
    ]).addTo(map);
    const length = points.slice(1).reduce((total, point, at) => total + kilometres(points[at], point), 0);
    const words = menu.words;
    const parts = points.length > 1 ? [words.distance.replace("{km}", told(length))] : [words.measure_help];
    if (points.length > 2) parts.push(words.area.replace("{km2}", told(squareKilometres(points))));
    bar.querySelector("output").textContent = parts.join(" · ");
  }

  function add(point) {
    points.push(point);
    draw();
  }

  const onClick = (event) => add(event.latlng);

  // Before the page's own keys: Esc ends the measuring and leaves what is chosen.
  function onKey(event) {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopImmediatePropagation();
      end();
    }
    if (event.key === "Enter" && event.target === map.getContainer()) add(map.getCenter());
  }

  function start(found) {
    menu = found;
    if (bar) return;
    const words = menu.words;
    const act = (key, onclick) => make("button", { className: "quiet", type: "button", onclick }, words[key]);
    bar = make("div", { className: "measure-bar panel", role: "group", "aria-label": words.measure },
      make("output", { role: "status" }),
      make("div", { className: "tools-acts" },
        act("measure_centre", () => add(map.getCenter())),
        act("measure_back", () => { points.pop(); draw(); }),
        act("measure_clear", () => { points = []; draw(); }),
        act("measure_end", end)));
    document.body.append(bar);
    map.getContainer().classList.add("measuring");
    map.doubleClickZoom.disable();
    map.on("click", onClick);
    document.addEventListener("keydown", onKey, true);
    draw();
    map.getContainer().focus();
  }

  function end() {
    if (!bar) return;
    points = [];
    if (drawn) drawn.remove();
    bar.remove();
    bar = null;
    map.getContainer().classList.remove("measuring");
    map.doubleClickZoom.enable();
    map.off("click", onClick);
    document.removeEventListener("keydown", onKey, true);
  }

  return { start, end };
})();
