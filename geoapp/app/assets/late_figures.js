// The figures of the map as a table, for who does not see a map or reads figures rather than colours.
"use strict";
(function () {
  const geoapp = window.geoapp;
  // Rows beyond these are found by name: a browser takes seconds over tens of thousands.
  const MOST_ROWS = 2000;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function made(tag, marks, ...children) {
    const element = Object.assign(document.createElement(tag), marks);
    element.append(...children);
    return element;
  }

  // Largest first, what is missing last; a figure that is a range counts by its first number.
  function sizeOf(label) {
    const number = parseFloat(label.replace(/[^\d.–-]/g, ""));
    return Number.isNaN(number) ? -Infinity : number;
  }

  function figure({ properties }, paint) {
    const size = sizeOf(paint.labels[properties.i]);
    return { properties: properties, size: size, wanted: plain(properties.n) + " " + properties.u };
  }

  function row({ properties, size }, paint) {
    const region = properties.u.length > 2 ? geoapp.map.region(properties.u.slice(0, 2)) : "";
    const choose = made("button", { className: "quiet" }, properties.n);
    choose.dataset.code = properties.u;
    const name = made("th", { scope: "row" }, choose, made("small", {}, [region, properties.u].filter(Boolean).join(" · ")));
    const label = paint.labels[properties.i];
    const trust = size === -Infinity ? "" : paint.confidenceWords[paint.confidence[properties.i]] || "";
    const line = made("tr", {}, name, made("td", {}, label), made("td", {}, trust));
    if (properties.u === paint.unit) line.className = "shown";
    return line;
  }

  geoapp.figures = function (words) {
    geoapp.map.units().then((units) => {
      const paint = geoapp.map.paint();
      const all = units.map((unit) => figure(unit, paint)).sort((one, other) => other.size - one.size || (one.wanted < other.wanted ? -1 : 1));
      const title = made("h2", { id: "figures-title" }, [paint.title, paint.counted].filter(Boolean).join(", "));
      const close = made("button", { className: "close" }, "×");
      close.setAttribute("aria-label", words["figures.close"]);
      const box = made("input", { type: "search", placeholder: words["figures.find"], autocomplete: "off" });
      box.setAttribute("aria-label", words["figures.find"]);
      const count = made("p", { className: "note" });
      count.setAttribute("role", "status");
      const heads = ["name", "value", "confidence"].map((key) => made("th", { scope: "col" }, words["figures." + key]));
      const body = made("tbody", {});
      const table = made("table", {}, made("thead", {}, made("tr", {}, ...heads)), body);
      table.setAttribute("aria-labelledby", "figures-title");
      const dialog = made("dialog", { className: "figures-dialog" }, made("header", {}, title, close), box, count, made("div", { className: "figures-rows" }, table));
      dialog.setAttribute("aria-labelledby", "figures-title");

      const filter = () => {
        const wanted = plain(box.value.trim());
        const left = all.filter((one) => one.wanted.includes(wanted));
        const shown = left.slice(0, MOST_ROWS);
        body.replaceChildren(...shown.map((one) => row(one, paint)));
        const said = shown.length < left.length ? words["figures.first"] : words["figures.count"];
        count.textContent = said.replace("{shown}", shown.length).replace("{count}", left.length).replace("{total}", all.length);
      };
      filter();
      box.addEventListener("input", filter);
      close.addEventListener("click", (event) => {
        event.stopPropagation();
        dialog.close();
      });
      body.addEventListener("click", (event) => {
        if (!event.target.dataset.code) return;
        geoapp.choose(event.target.dataset.code);
        dialog.close();
      });
      dialog.addEventListener("close", () => dialog.remove());
      document.body.append(dialog);
      dialog.showModal();
    });
  };
})();
