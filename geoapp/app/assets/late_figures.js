// The figures of the map as a table, for who does not see a map or reads figures rather than colours.
"use strict";
(function () {
  const geoapp = window.geoapp;
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

  function made(tag, marks, ...children) {
    const element = Object.assign(document.createElement(tag), marks);
    element.append(...children);
    return element;
  }

  // Largest first, what is missing last; a figure that is a range counts by its first number.
  function size(label) {
    const number = parseFloat(label.replace(/[^\d.–-]/g, ""));
    return Number.isNaN(number) ? -Infinity : number;
  }

  function row({ properties }, paint) {
    const region = properties.u.length > 2 ? geoapp.map.region(properties.u.slice(0, 2)) : "";
    const choose = made("button", { className: "quiet" }, properties.n);
    choose.dataset.code = properties.u;
    const name = made("th", { scope: "row" }, choose, made("small", {}, [region, properties.u].filter(Boolean).join(" · ")));
    const label = paint.labels[properties.i];
    const isMissing = size(label) === -Infinity;
    const trust = isMissing ? "" : paint.confidenceWords[paint.confidence[properties.i]] || "";
    const line = made("tr", {}, name, made("td", {}, label), made("td", {}, trust));
    if (properties.u === paint.unit) line.className = "shown";
    return { line: line, size: size(label), wanted: plain(properties.n) + " " + properties.u };
  }

  geoapp.figures = function (words) {
    geoapp.map.units().then((units) => {
      const paint = geoapp.map.painted();
      const rows = units.map((unit) => row(unit, paint)).sort((one, other) => other.size - one.size || (one.wanted < other.wanted ? -1 : 1));
      const title = made("h2", { id: "figures-title" }, [paint.title, paint.counted].filter(Boolean).join(", "));
      const close = made("button", { className: "close" }, "×");
      close.setAttribute("aria-label", words["figures.close"]);
      const box = made("input", { type: "search", placeholder: words["figures.find"], autocomplete: "off" });
      box.setAttribute("aria-label", words["figures.find"]);
      const count = made("p", { className: "note" });
      count.setAttribute("role", "status");
      const heads = ["name", "value", "confidence"].map((key) => made("th", { scope: "col" }, words["figures." + key]));
      const body = made("tbody", {}, ...rows.map((one) => one.line));
      const table = made("table", {}, made("thead", {}, made("tr", {}, ...heads)), body);
      table.setAttribute("aria-labelledby", "figures-title");
      const dialog = made("dialog", { className: "figures-dialog" }, made("header", {}, title, close), box, count, made("div", { className: "figures-rows" }, table));
      dialog.setAttribute("aria-labelledby", "figures-title");

      const filter = () => {
        const wanted = plain(box.value.trim());
        for (const one of rows) one.line.hidden = !one.wanted.includes(wanted);
        const left = rows.filter((one) => !one.line.hidden).length;
        count.textContent = words["figures.count"].replace("{count}", left).replace("{total}", rows.length);
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
