// The page of an event: what is given becomes one question, which the address keeps behind its #
// (no server sees it there), and a polygon is drawn on the map.
"use strict";
(function () {
  const geoapp = window.geoapp;
  const NEAR = 12;
  let corners = null;
  let draft = null;
  let pressed = null;

  const MARK = "#e=";
  const MOST = 2000;
  let mark = "";
  let restored = null;

  const ask = (what) => dash_clientside.set_props("event-asked", { data: { ...what, t: Date.now() } });

  // A file stays with who has it.
  function markOf({ t, undone, ...statement }) {
    const said = MARK + encodeURIComponent(JSON.stringify(statement));
    return statement.contents || said.length > MOST ? "" : said;
  }

  // Whether it tells an event is for the server to say, as of all that is asked.
  function statementOf(said) {
    try {
      return { ...JSON.parse(decodeURIComponent(said.slice(MARK.length))) };
    } catch {
      return {};
    }
  }

  function come() {
    const said = window.location.hash;
    if (!said.startsWith(MARK) || said === mark) return;
    restored = statementOf(said);
    mark = said;
  }

  come();
  window.addEventListener("popstate", come);
  geoapp.eventMark = (address) => {
    const link = document.querySelector("a[data-page=emergency]");
    return link && address.split("?")[0] === link.pathname ? mark : "";
  };
  geoapp.restoreEvent = (page) => {
    if (page !== "emergency" || !restored) return;
    ask(restored);
    restored = null;
  };

  function cancel() {
    geoapp.leave("event-asked.data");
    geoapp.leave("event-recent.n_clicks");
  }

  // A file that is too large is said to be so without being sent.
  function file(contents, name) {
    if (!contents) return dash_clientside.no_update;
    const most = Number(document.getElementById("event-form").dataset.most);
    // The same file can be given again once it was mended.
    setTimeout(() => dash_clientside.set_props("event-file", { contents: null }), 0);
    if (contents.length * 0.75 > most) return { way: "large", name: name, t: Date.now() };
    return { way: "file", name: name, contents: contents, t: Date.now() };
  }

  function redraw() {
    if (draft) draft.remove();
    draft = null;
    if (!corners) return;
    const dots = corners.map((place) => L.circleMarker(place, { pane: "overlay", interactive: false, className: "overlay-corner", radius: 4 }));
    const line = L.polyline(corners, { pane: "overlay", interactive: false, className: "overlay-line" });
    draft = L.layerGroup([line, ...dots]).addTo(geoapp.map.leaflet());
  }

  function start() {
    corners = [];
    document.body.classList.add("drawing");
    // On a phone the map gets the room.
    document.body.dataset.sheet = "low";
    window.dispatchEvent(new Event("resize"));
    redraw();
  }

  function stop() {
    corners = null;
    document.body.classList.remove("drawing");
    document.body.dataset.sheet = "middle";
    window.dispatchEvent(new Event("resize"));
    redraw();
  }

  function close() {
    // A metre is finer than any hand, and short enough for an address.
    const ring = corners.map((place) => [place.lng, place.lat].map((degrees) => Number(degrees.toFixed(5))));
    stop();
    ask({ way: "drawing", ring: ring.length ? [...ring, ring[0]] : ring });
  }

  const isNear = (place, event) => {
    const map = geoapp.map.leaflet();
    return map.latLngToContainerPoint(place).distanceTo(map.mouseEventToContainerPoint(event)) < NEAR;
  };

  const isOnMap = (event) => corners && event.target.closest && event.target.closest(".map") && !event.target.closest(".leaflet-control");

  function corner(event) {
    // A drag that moves the map ends in a click too; so does each half of a double click.
    if (pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > 5) return;
    if (corners.length > 2 && isNear(corners[0], event)) close();
    else if (!corners.length || !isNear(corners[corners.length - 1], event)) corners.push(geoapp.map.leaflet().mouseEventToLatLng(event));
    redraw();
  }

  document.addEventListener("pointerdown", (event) => { pressed = { x: event.clientX, y: event.clientY }; }, true);

  // While one draws, a click is a corner and chooses no unit, and a double click does not zoom.
  for (const [name, act] of [["click", corner], ["dblclick", close]]) {
    document.addEventListener(name, (event) => {
      if (!isOnMap(event)) return;
      event.stopPropagation();
      act(event);
    }, true);
  }

  document.addEventListener("keydown", (event) => {
    if (!corners || event.target.closest("input, textarea")) return;
    const act = { Enter: close, Escape: stop, Backspace: () => { corners.pop(); redraw(); } }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest("#event-draw")) start();
    else if (event.target.closest("a[data-page]") && corners) stop();
    if (event.target.closest("#event-cancel")) cancel();
    const mapped = event.target.closest("[data-shakemap]");
    if (mapped) ask({ way: "shakemap", id: mapped.dataset.shakemap, name: mapped.dataset.shakemap });
    const quake = event.target.closest("[data-quake]");
    if (!quake) return;
    const numbers = quake.dataset.quake.split(",").map(Number);
    ["lon", "lat", "depth", "magnitude"].forEach((part, place) =>
      dash_clientside.set_props({ type: "quake", part: part }, { value: numbers[place] }));
  });

  Object.assign(window.dash_clientside.geoapp, {
    eventFile: file,
    eventList: (clicks, text, scheme) =>
      clicks ? { way: "list", text: text || "", scheme: scheme, t: Date.now() } : dash_clientside.no_update,
    eventQuake: (clicks, e1, e2, e3, e4, lon, lat, depth, magnitude) =>
      clicks || e1 || e2 || e3 || e4
        ? { way: "quake", lon: lon, lat: lat, depth: depth, magnitude: magnitude, t: Date.now() }
        : dash_clientside.no_update,
    eventHeld: (brief, rates, asked) => {
      if (!brief) return;
      mark = markOf({ ...asked, rates: rates });
      window.history.replaceState(null, "", window.location.pathname + window.location.search + geoapp.eventMark(window.location.pathname));
      geoapp.need("event").then(() => geoapp.event.held(brief, rates, asked));
    },
    eventSetting: (values, asked) => {
      const changed = dash_clientside.callback_context.triggered[0];
      return geoapp.need("event").then(() => geoapp.event.setting(changed, asked) || dash_clientside.no_update);
    },
  });
})();
