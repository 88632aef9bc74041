// Two layers, one on each side of a line that a hand or the arrow keys move.
"use strict";
window.geoapp.swipe = (function () {
  const geoapp = window.geoapp;
  const map = geoapp.map.leaflet();
  const STEPS = { ArrowLeft: -2, ArrowRight: 2, PageDown: -10, PageUp: 10, Home: -100, End: 100 };
  let group = null;
  let split = 50;
  let tell = null;
  let drawnUnits = null;

  for (const [name, order] of [["second", 405], ["second-circles", 461]]) map.createPane(name).style.zIndex = order;
  const line = document.createElement("div");
  line.className = "curtain";
  line.tabIndex = 0;
  for (const [mark, value] of [["role", "slider"], ["aria-valuemin", 0], ["aria-valuemax", 100]]) line.setAttribute(mark, value);
  const names = ["left", "right"].map((side) => {
    const name = document.createElement("span");
    name.className = "curtain-" + side;
    return name;
  });
  line.append(...names);
  L.DomEvent.disableClickPropagation(line);

  function move(percent) {
    split = Math.min(100, Math.max(0, Math.round(percent)));
    line.setAttribute("aria-valuenow", split);
    clip();
  }

  const pixels = (points) => `polygon(${points.map(([x, y]) => `${x}px ${y}px`).join(",")})`;

  function clip() {
    if (!group) return;
    const { x: width, y: height } = map.getSize();
    const x = (split / 100) * width;
    line.style.left = x + "px";
    const start = map.containerPointToLayerPoint([0, 0]);
    const end = map.containerPointToLayerPoint([width, height]);
    const middle = map.containerPointToLayerPoint([x, 0]).x;
    const part = (from, to) => pixels([[from, start.y], [to, start.y], [to, end.y], [from, end.y]]);
    map.getPane("circles").style.clipPath = part(start.x, middle);
    for (const name of ["second", "second-circles"]) map.getPane(name).style.clipPath = part(middle, end.x);
  }

  let isHeld = false;
  const follow = (event) => move((100 * (event.clientX - map.getContainer().getBoundingClientRect().left)) / map.getSize().x);
  line.addEventListener("pointerdown", (event) => {
    isHeld = true;
    line.setPointerCapture(event.pointerId);
    event.preventDefault();
    line.focus();
  });
  line.addEventListener("pointermove", (event) => { if (isHeld) follow(event); });
  for (const kind of ["pointerup", "pointercancel"]) {
    line.addEventListener(kind, () => {
      if (isHeld) tell(split);
      isHeld = false;
    });
  }
  line.addEventListener("keydown", (event) => {
    if (!(event.key in STEPS)) return;
    event.preventDefault();
    event.stopPropagation();
    move(split + STEPS[event.key]);
    tell(split);
  });
  map.on("move zoomend resize viewreset", clip);

  function colour(second) {
    group.paint = second;
    group.units.colour();
    if (group.circles) group.circles.remove();
    group.circles = second.kind === "circle" ? geoapp.map.circlesOf(map, drawnUnits, second, "second-circles").addTo(map) : null;
  }

  function clear() {
    if (!group) return;
    group.units.remove();
    if (group.circles) group.circles.remove();
    group = null;
    line.remove();
    map.getPane("circles").style.clipPath = "";
  }

  return {
    // A paint without a second layer takes the line away.
    show: (paint, at, name, act) => {
      if (!paint) return clear();
      const shown = geoapp.map.shown();
      if (group && drawnUnits !== shown) clear();
      tell = act;
      if (!group) {
        drawnUnits = shown;
        group = { paint: paint.second, circles: null };
        group.units = geoapp.map.drawUnits(map, shown, "second", (index) => geoapp.map.fillOf(index, group.paint));
        map.getContainer().append(line);
      }
      line.setAttribute("aria-label", name);
      names[0].textContent = paint.title;
      names[1].textContent = paint.second.title;
      colour(paint.second);
      if (!isHeld) move(at);
    },
    split: () => (group ? split : null),
  };
})();
