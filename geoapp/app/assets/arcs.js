// Reads the outlines that geoapp/outlines/arcs.py writes: each border once, as whole-number steps.
"use strict";
window.geoapp = window.geoapp || {};
window.geoapp.readArcs = function ({ steps, arcs = [], columns, properties, shapes, tiles }) {
  const lines = arcs.map((arc) => {
    const line = [];
    let [x, y] = [0, 0];
    for (let place = 0; place < arc.length; place += 2) {
      x += arc[place];
      y += arc[place + 1];
      line.push([x / steps, y / steps]);
    }
    return line;
  });
  // An arc ends where the next one begins; ~n is the arc n backwards.
  function ring(names) {
    const points = [];
    for (const name of names) {
      const line = name >= 0 ? lines[name] : [...lines[~name]].reverse();
      for (let place = points.length ? 1 : 0; place < line.length; place += 1) points.push(line[place]);
    }
    return points;
  }
  // Units of too many outlines for one file have theirs in tiles.
  const features = properties[0].map((_, unit) => ({
    type: "Feature",
    properties: Object.fromEntries(columns.map((name, column) => [name, properties[column][unit]])),
    geometry: tiles ? null : { type: "MultiPolygon", coordinates: shapes[unit].map((rings) => rings.map(ring)) },
  }));
  return { type: "FeatureCollection", features: features, tiles: tiles };
};
