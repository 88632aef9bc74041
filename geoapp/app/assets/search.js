// Search by name or code among the units on the map; accents, capitals and slips do not matter.
// Every box of class "search" tells the Store that it names what was found.
"use strict";
(function () {
  const geoapp = window.geoapp;
  const MOST = 8;
  const BOX = ".search input";
  let marked = -1;

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\d]+/gu, " ").trim();
  const list = (box) => box.closest(".search").querySelector("ul");
  const slips = (wanted) => wanted.length < 4 || /\d/.test(wanted) ? 0 : wanted.length < 7 ? 1 : 2;

  // Letters changed, left out, added or swapped between a word and the beginning of a text, and all of it.
  function distance(wanted, text, most) {
    let older = null;
    let row = Array.from({ length: text.length + 1 }, (_, column) => column);
    for (let line = 1; line <= wanted.length; line += 1) {
      const next = [line];
      for (let column = 1; column <= text.length; column += 1) {
        const same = wanted[line - 1] === text[column - 1];
        next[column] = Math.min(row[column] + 1, next[column - 1] + 1, row[column - 1] + (same ? 0 : 1));
        if (line > 1 && column > 1 && wanted[line - 1] === text[column - 2] && wanted[line - 2] === text[column - 1])
          next[column] = Math.min(next[column], older[column - 2] + 1);
      }
      if (Math.min(...next) > most) return [most + 1, 0];
      [older, row] = [row, next];
    }
    return [Math.min(...row), row[text.length]];
  }

  function exact(wanted, name, code, place) {
    if (code.startsWith(wanted)) return 0;
    if (name.startsWith(wanted)) return name === wanted ? 0 : 1;
    if (name.includes(" " + wanted)) return 2;
    if (name.includes(wanted)) return 3;
    const words = wanted.split(" ");
    return words.length > 1 && words.every((word) => `${name} ${place}`.includes(word)) ? 4 : -1;
  }

  function close(wanted, name) {
    const most = slips(wanted);
    if (!most) return -1;
    // The name may begin at any of its words; of equals that first which has least besides.
    const starts = [0, ...[...name.matchAll(/ /g)].map((gap) => gap.index + 1)];
    const [least, besides] = starts
      .map((start) => distance(wanted, name.slice(start), most))
      .reduce((best, one) => (one[0] < best[0] || (one[0] === best[0] && one[1] < best[1]) ? one : best));
    return least <= most ? 4 + least + besides / 100 + (name.length - wanted.length) / 1e4 : -1;
  }

  function find(query, units) {
    const wanted = plain(query).replace(/^pe(?=\d)/, "");
    if (!wanted) return [];
    const named = units.map(({ properties }) => [plain(properties.n), properties.n, properties.u]);
    const scored = (score) => named.map(([name, own, code]) => [score(name, code), own, code]).filter(([place]) => place >= 0);
    let found = scored((name, code) => exact(wanted, name, code, plain(geoapp.map.region(code.slice(0, 2)) || "")));
    if (!found.length) found = scored((name) => close(wanted, name));
    found.sort((a, b) => a[0] - b[0] || a[1].localeCompare(b[1], "es") || (a[2] < b[2] ? -1 : 1));
    return found.slice(0, MOST);
  }

  function show(box, found) {
    marked = found.length ? 0 : -1;
    list(box).replaceChildren(...found.map(([, name, code], line) => {
      const item = document.createElement("li");
      item.setAttribute("role", "option");
      item.dataset.code = code;
      item.id = `${list(box).id}-${line}`;
      const region = code.length > 2 ? geoapp.map.region(code.slice(0, 2)) : "";
      item.textContent = name;
      const small = document.createElement("small");
      small.textContent = [region, code].filter(Boolean).join(" · ");
      item.append(small);
      return item;
    }));
    mark(box);
    list(box).hidden = !found.length;
    box.setAttribute("aria-expanded", String(found.length > 0));
  }

  function mark(box) {
    const items = [...list(box).children];
    items.forEach((item, line) => item.setAttribute("aria-selected", line === marked));
    if (marked < 0) box.removeAttribute("aria-activedescendant");
    else box.setAttribute("aria-activedescendant", items[marked].id);
  }

  function move(box, step) {
    const items = [...list(box).children];
    if (!items.length) return;
    marked = (marked + step + items.length) % items.length;
    mark(box);
  }

  function take(item) {
    if (!item) return;
    const place = item.closest(".search");
    const box = place.querySelector("input");
    const { code } = item.dataset;
    if (place.dataset.takes === "picked") geoapp.choose(code);
    else dash_clientside.set_props(place.dataset.takes, { data: { u: code, t: Date.now() } });
    box.value = "";
    show(box, []);
    box.blur();
  }

  document.addEventListener("input", (event) => {
    const box = event.target;
    if (box.matches(BOX)) geoapp.map.units().then((units) => show(box, find(box.value, units)));
  });
  document.addEventListener("keydown", (event) => {
    const box = event.target;
    if (box.matches(BOX)) {
      if (event.key === "ArrowDown") move(box, 1);
      if (event.key === "ArrowUp") move(box, -1);
      if (event.key === "Enter") take(list(box).children[marked]);
      if (event.key === "Escape") { show(box, []); box.blur(); }
    } else if (event.key === "/" && !box.closest("input, textarea")) {
      event.preventDefault();
      document.getElementById("search").focus();
    }
  });
  // The boxes come from the server without the words of a combobox.
  document.addEventListener("focusin", (event) => {
    const box = event.target;
    if (!box.matches(BOX)) return;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-controls", list(box).id);
    box.setAttribute("aria-label", box.placeholder);
  });
  document.addEventListener("mousedown", (event) => {
    const item = event.target.closest(".search li");
    if (item) take(item);
    else if (!event.target.matches(BOX)) document.querySelectorAll(BOX).forEach((box) => show(box, []));
  });
})();
