// Search by name or code among the units on the map; accents and capitals do not matter.
"use strict";
(function () {
  const geoapp = window.geoapp;
  const MOST = 8;
  let marked = -1;

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const box = () => document.getElementById("search");
  const list = () => document.getElementById("search-results");

  function find(query, units) {
    const wanted = plain(query.trim());
    if (!wanted) return [];
    const scored = [];
    for (const { properties } of units) {
      const name = plain(properties.n);
      const place = properties.u.startsWith(wanted) ? 0
        : name.startsWith(wanted) ? 1
        : name.includes(" " + wanted) ? 2
        : name.includes(wanted) ? 3 : -1;
      if (place >= 0) scored.push([place, properties.n, properties.u]);
    }
    scored.sort((a, b) => a[0] - b[0] || a[1].localeCompare(b[1], "es") || (a[2] < b[2] ? -1 : 1));
    return scored.slice(0, MOST);
  }

  function show(found) {
    marked = found.length ? 0 : -1;
    list().replaceChildren(...found.map(([, name, code], line) => {
      const item = document.createElement("li");
      item.setAttribute("role", "option");
      item.dataset.code = code;
      item.id = "found-" + line;
      const region = code.length > 2 ? geoapp.map.region(code.slice(0, 2)) : "";
      item.textContent = name;
      const small = document.createElement("small");
      small.textContent = [region, code].filter(Boolean).join(" · ");
      item.append(small);
      return item;
    }));
    mark();
    list().hidden = !found.length;
    box().setAttribute("aria-expanded", String(found.length > 0));
  }

  function mark() {
    [...list().children].forEach((item, line) => item.setAttribute("aria-selected", line === marked));
    if (marked < 0) box().removeAttribute("aria-activedescendant");
    else box().setAttribute("aria-activedescendant", "found-" + marked);
  }

  function move(step) {
    const items = [...list().children];
    if (!items.length) return;
    marked = (marked + step + items.length) % items.length;
    mark();
  }

  function take(item) {
    if (!item) return;
    geoapp.choose(item.dataset.code);
    box().value = "";
    show([]);
    box().blur();
  }

  document.addEventListener("input", (event) => {
    if (event.target.id !== "search") return;
    geoapp.map.units().then((units) => show(find(event.target.value, units)));
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.id === "search") {
      if (event.key === "ArrowDown") move(1);
      if (event.key === "ArrowUp") move(-1);
      if (event.key === "Enter") take(list().children[marked]);
      if (event.key === "Escape") { show([]); box().blur(); }
    } else if (event.key === "/" && !event.target.closest("input, textarea")) {
      event.preventDefault();
      box().focus();
    }
  });
  document.addEventListener("mousedown", (event) => {
    const item = event.target.closest("#search-results li");
    if (item) take(item);
    else if (event.target.id !== "search" && list()) show([]);
  });
})();
