// A hatched colour is a pattern of its own, made once: a change of paint stays a change of fill.
"use strict";
window.geoapp = window.geoapp || {};
window.geoapp.hatch = function (colour) {
  const name = "hatch-" + colour.slice(1);
  if (!document.getElementById(name)) {
    const svg = (tag, marks) => {
      const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
      for (const [mark, value] of Object.entries(marks)) made.setAttribute(mark, value);
      return made;
    };
    const pattern = svg("pattern", { id: name, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" });
    pattern.append(svg("rect", { width: 6, height: 6, fill: colour }), svg("rect", { class: "hatch-line", width: 1.4, height: 6 }));
    let shelf = document.getElementById("hatches");
    if (!shelf) {
      shelf = svg("svg", { id: "hatches", width: 0, height: 0, "aria-hidden": "true" });
      document.body.append(shelf);
    }
    shelf.append(pattern);
  }
  return `url(#${name})`;
};
