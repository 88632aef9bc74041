// The panel of the map: a second layer, what lies over the units, measuring and the picture.
// What is chosen is in the Store "tools-state", whose address and paint the server answers.
"use strict";
window.geoapp.tools = (function () {
  const geoapp = window.geoapp;
  const button = document.getElementById("tools-toggle");
  const box = document.getElementById("map-tools");
  const menus = new Map();
  let paint = null;
  let state = null;
  let menu = null;
  let parts = null;
  let isOpen = false;

  const sheet = document.createElement("link");
  sheet.rel = "stylesheet";
  sheet.href = document.querySelector('meta[name="on-demand"]').content.split(" ").find((one) => one.includes("/late_tools.css"));
  document.head.append(sheet);

  const word = (key, values) => Object.entries(values || {}).reduce((text, [name, value]) => text.replace(`{${name}}`, value), menu.words[key]);

  function make(tag, marks, ...children) {
    const made = document.createElement(tag);
    for (const [mark, value] of Object.entries(marks || {})) {
      if (mark.startsWith("on")) made.addEventListener(mark.slice(2), value);
      else if (mark in made && mark !== "list") made[mark] = value;
      else made.setAttribute(mark, value);
    }
    made.append(...children);
    return made;
  }

  // The menu of a language is asked for once; until it is there the panel says so.
  function menuOf(language) {
    if (!menus.has(language)) {
      menus.set(language, fetch(`/map/menu-${language}.json`).then((answer) => answer.json()).catch(() => { menus.delete(language); throw Error("menu"); }));
    }
    return menus.get(language);
  }

  function send(change) {
    state = { ...state, ...change };
    draw();
    dash_clientside.set_props("tools-state", { data: state });
  }

  function layerChoices() {
    const groups = [];
    let group = null;
    for (const { name, title, levels } of menu.layers) {
      if (!name) {
        group = make("optgroup", { label: title });
        groups.push(group);
        continue;
      }
      const option = make("option", { value: name, textContent: title });
      option.dataset.levels = levels ? levels.join(" ") : "";
      if (group) group.append(option);
      else groups.push(option);
    }
    return groups;
  }

  function choice(name, value) {
    const input = make("input", { type: "radio", name: name, value: value, onchange: () => send({ [name]: value }) });
    return [input, make("label", {}, input, make("span", {}, word(value)))];
  }

  function tick(name, title) {
    const input = make("input", { type: "checkbox", onchange: () => {
      const over = state.over.filter((one) => one !== name);
      send({ over: (input.checked ? [...over, name] : over).sort() });
    } });
    const scale = make("small", { className: "note", hidden: true, role: "status" });
    return { name, input, scale, row: make("div", {}, make("label", { className: "tick" }, input, make("i", { className: `key key-${name}` }), title), scale) };
  }

  function build() {
    const second = make("select", { id: "tools-second", onchange: () => send({ second: second.value || null }) }, make("option", { value: "" }, word("nothing")), ...layerChoices());
    const ways = [choice("way", "pair"), choice("way", "swipe")];
    const way = make("div", { className: "segments", role: "radiogroup", "aria-label": word("way") }, ...ways.map((one) => one[1]));
    const only = make("p", { className: "note", hidden: true }, word("only_swipe"));
    const ticks = [tick("labels", word("labels")), ...menu.drawn.map((one) => tick(one.name, one.title))];
    if (menu.tiles) ticks.push(tick("tiles", word("tiles")));
    const picture = make("select", { id: "tools-raster", onchange: () => send({ picture: picture.value || null }) },
      make("option", { value: "" }, word("nothing")), ...menu.pictures.map((one) => make("option", { value: one.name }, one.title)));
    const opacity = make("input", { type: "range", min: 0, max: 100, step: 5,
      oninput: () => geoapp.over && geoapp.over.fade(Number(opacity.value)), onchange: () => send({ opacity: Number(opacity.value) }) });
    const faded = make("label", { className: "field" }, word("opacity"), opacity);
    const classes = make("div", { className: "raster-classes note" });
    const cited = make("ul", { className: "note" });
    const sources = make("details", { className: "note", hidden: true }, make("summary", {}, word("sources")), cited);
    const said = make("p", { className: "note", role: "status", id: "tools-said" });
    const measure = make("button", { className: "quiet", type: "button", onclick: () => geoapp.need("measure").then(() => geoapp.measure.start(menu, said)) }, word("measure"));
    const download = make("button", { className: "quiet", type: "button", onclick: () => save(said) }, word("picture"));
    parts = { second, ways, way, only, ticks, picture, opacity, faded, classes, sources, cited, said };
    box.replaceChildren(
      make("div", { className: "panel-head" }, make("h2", {}, word("title")), make("button", { className: "tools-close", type: "button", "aria-label": word("close"), onclick: toggle }, "×")),
      make("label", { className: "field" }, word("compare"), second), way, only,
      make("h3", {}, word("over")), ...ticks.map((one) => one.row),
      ...(menu.pictures.length ? [make("label", { className: "field" }, word("raster"), picture), faded, classes] : []),
      sources,
      make("div", { className: "tools-acts" }, measure, download), said,
    );
    box.setAttribute("aria-label", word("title"));
  }

  function save(said) {
    said.textContent = word("picture_busy");
    geoapp.need("picture").then(() => geoapp.picture.save({ menu, state, paint, word })).then((file) => {
      said.textContent = word("picture_done", { file });
    }, () => { said.textContent = word("failed", { what: word("picture") }); });
  }

  const kindOf = (name) => menu.layers.find((one) => one.name === name) || {};

  // Controls follow the state; none is made anew, so that none loses the focus.
  function sync() {
    if (!parts) return;
    const level = new URL(window.location.href).searchParams.get("level") || "district";
    for (const option of parts.second.querySelectorAll("option[data-levels]")) {
      option.disabled = option.value === paint.layer || (option.dataset.levels !== "" && !option.dataset.levels.includes(level));
    }
    parts.second.value = state.second || "";
    const isCounted = Boolean(state.second) && (kindOf(state.second).is_count || kindOf(paint.layer).is_count);
    parts.way.hidden = !state.second;
    parts.only.hidden = !isCounted;
    parts.ways.forEach(([input]) => {
      input.checked = input.value === (isCounted ? "swipe" : state.way);
      input.disabled = isCounted;
    });
    for (const { name, input } of parts.ticks) input.checked = state.over.includes(name);
    parts.sources.hidden = !seen().length;
    parts.cited.replaceChildren(...cited().map((text) => make("li", {}, text)));
    const shown = menu.pictures.find((one) => one.name === state.picture);
    parts.picture.value = state.picture || "";
    parts.opacity.value = state.opacity;
    parts.faded.hidden = !shown;
    parts.classes.replaceChildren(...(shown ? rasterLegend(shown) : []));
  }

  // What lies on the map, and where it comes from.
  const seen = () => [...menu.drawn.filter((one) => state.over.includes(one.name)), ...menu.pictures.filter((one) => one.name === state.picture)];
  function cited() {
    if (!menu) return [];
    const lines = seen().map((one) => `${one.title}: ${one.source}`);
    return state.over.includes("tiles") ? [...lines, word("ground", { text: menu.tiles.attribution })] : lines;
  }

  function rasterLegend(shown) {
    return shown.classes.map((one) => {
      const swatch = make("span", { className: "swatch" });
      swatch.style.backgroundColor = one.colour;
      return make("span", { className: "raster-class" }, swatch, one.label);
    });
  }

  // What is on the map follows the state.
  function draw() {
    if (!menu || !geoapp.map.leaflet()) return;
    document.body.toggleAttribute("data-two", Boolean(paint.second));
    sync();
    const hasOver = state.over.length || state.picture;
    if (hasOver || geoapp.over) {
      geoapp.need("over").then(() => geoapp.over.show({ menu, state, word, told: parts ? parts.ticks : [] }));
    }
    const isSwiped = paint.way === "swipe" && paint.second && state.second;
    if (isSwiped || geoapp.swipe) {
      geoapp.need("swipe").then(() => geoapp.swipe.show(isSwiped ? paint : null, state.split, word("curtain"), (split) => send({ split })));
    }
  }

  function show(next) {
    paint = next;
    state = next.tools;
    const language = next.language;
    menuOf(language).then((found) => {
      if (paint.language !== language) return;
      if (menu !== found) {
        menu = found;
        parts = null;
        if (isOpen) build();
      }
      whenMapped(draw);
    }, () => box.replaceChildren(make("p", { className: "note", role: "alert" }, "· · ·")));
  }

  // The map of a first visit may come after the address that says what lies on it.
  function whenMapped(act) {
    if (geoapp.map.isPainted()) act();
    else setTimeout(() => whenMapped(act), 100);
  }

  function toggle() {
    isOpen = box.hidden;
    box.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) {
      button.focus();
      return;
    }
    box.tabIndex = -1;
    box.focus();
    if (!parts) box.replaceChildren(make("p", { className: "note", role: "status" }, "…"));
    if (menu && !parts) { build(); draw(); }
    if (!menu) show(geoapp.map.paint());
  }

  // The units of one of the nine colours, while its square is looked at.
  function light(event) {
    const cell = event.target.closest && event.target.closest(".pair-cell");
    const mark = cell && (event.type === "focusin" || event.type === "mouseover") ? cell.dataset.pair : null;
    geoapp.map.dim((index) => mark !== null && paint.classes[index] !== mark);
  }

  const legend = document.getElementById("legend");
  for (const kind of ["focusin", "focusout", "mouseover", "mouseout"]) {
    legend.addEventListener(kind, (event) => { if (event.target.closest(".pair-cell")) light(event); });
  }
  legend.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -3, ArrowDown: 3 }[event.key];
    const cells = [...legend.querySelectorAll(".pair-cell")];
    const next = cells[cells.indexOf(event.target) + step];
    if (!step || !next) return;
    event.preventDefault();
    next.focus();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    toggle();
  });

  return { show, toggle, make, cited };
})();
