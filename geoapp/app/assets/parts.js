// What a visitor asks beside the weights: parts of the address, told all together, and undone.
"use strict";
(function () {
  const geoapp = window.geoapp;
  // Weights and these are undone; what is looked at is a matter of back and forward.
  const UNDONE = ["w", "k", "region", "office", "people", "area", "quadrant"];
  const MOST = 50;
  let parts = {};
  const past = [];
  let isUndoing = false;

  function tell(changes) {
    parts = { ...parts, ...changes };
    dash_clientside.set_props("parts", { data: parts });
  }

  function toggle(part, value) {
    const held = new Set((parts[part] || "").split(",").filter(Boolean));
    if (!held.delete(value)) held.add(value);
    tell({ [part]: [...held].join(",") });
  }

  const undone = (address) => {
    const query = new URL(address, window.location.origin).searchParams;
    return UNDONE.map((name) => query.get(name));
  };

  function mark() {
    document.body.classList.toggle("can-undo", past.length > 0);
  }

  // Called with each new address; back, forward and a link that is opened are no acts of this kind.
  geoapp.remember = function (before, after, isRestored) {
    const is = undone(before);
    const isAct = !isRestored && !isUndoing && is.join("\n") !== undone(after).join("\n");
    isUndoing = false;
    if (isAct) past.push(is);
    if (past.length > MOST) past.shift();
    mark();
  };

  function undo() {
    if (!past.length || isUndoing) return;
    const former = past.pop();
    const url = new URL(window.location.href);
    UNDONE.forEach((name, place) => {
      if (former[place] === null) url.searchParams.delete(name);
      else url.searchParams.set(name, former[place]);
    });
    isUndoing = true;
    dash_clientside.set_props("asked", { data: { address: url.pathname + url.search, t: Date.now() } });
  }
  geoapp.undoes.priorities = (isRedo) => { if (!isRedo) undo(); };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    pressed = button.closest(".tools, .beside") ? { group: group(button), text: button.textContent } : null;
    const { parts: told, toggle: part, value, layer, unit } = button.dataset;
    if (told) tell(JSON.parse(told));
    if (part) toggle(part, value);
    if (layer) dash_clientside.set_props("layer", { value: layer });
    if (unit) geoapp.choose(unit);
    if (button.id === "undo") undo();
  });

  document.addEventListener("change", (event) => {
    const field = event.target.closest("[data-part]");
    // People write 20 000.
    if (field) tell({ [field.dataset.part]: event.target.value.replace(/\s/g, "") });
  });

  // Each answer makes these controls anew: what was open stays open, and the focus where it was.
  const sheet = { isOpen: false, scroll: 0 };
  let pressed = null;
  const group = (button) => button.parentElement.getAttribute("aria-labelledby") || button.parentElement.className;

  function restore() {
    const filters = document.querySelector(".filters");
    if (filters) {
      filters.open = sheet.isOpen;
      filters.querySelector(".filter-sheet").scrollTop = sheet.scroll;
    }
    const chosen = document.querySelector(".choices.scroll [aria-pressed=true]");
    if (chosen) chosen.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (!pressed || document.activeElement !== document.body) return;
    const all = [...document.querySelectorAll(".ranking-panel button")];
    const again = all.find((button) => group(button) === pressed.group && button.textContent === pressed.text);
    (again || filters.querySelector("summary")).focus({ preventScroll: true });
  }

  let isWatched = false;
  function watch() {
    if (isWatched) return;
    isWatched = true;
    const observer = new MutationObserver(restore);
    for (const id of ["list-tools", "beside"]) observer.observe(document.getElementById(id), { childList: true });
  }

  document.addEventListener("toggle", (event) => {
    if (event.target.classList.contains("filters") && event.target.isConnected) sheet.isOpen = event.target.open;
  }, true);

  document.addEventListener("scroll", (event) => {
    if (event.target.classList && event.target.classList.contains("filter-sheet")) sheet.scroll = event.target.scrollTop;
  }, true);

  document.addEventListener("click", (event) => {
    const open = document.querySelector(".filters[open]");
    // What was clicked may be gone by now: the answer redraws the chips.
    if (open && event.target.isConnected && !event.target.closest(".tools")) open.removeAttribute("open");
  });

  document.addEventListener("keydown", (event) => {
    const open = document.querySelector(".filters[open]");
    if (event.key === "Escape" && open) {
      open.removeAttribute("open");
      open.querySelector("summary").focus();
      event.preventDefault();
    }
  }, true);

  Object.assign(window.dash_clientside.geoapp, {
    keepParts: (data) => { parts = data || {}; },
    drawQuadrants: (data) => {
      if (!data && !geoapp.quadrants) return;
      geoapp.need("quadrants").then(() => geoapp.quadrants.draw(data || null));
    },
  });

  geoapp.followQuadrants = function () {
    watch();
    if (geoapp.quadrants) geoapp.quadrants.follow();
  };
})();
