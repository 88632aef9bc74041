// Draws units from vector tiles, where they are too many for one file and for a path each. A tile
// knows codes alone: another layer is drawn from what is held, and asks for nothing.
"use strict";
window.geoapp.unitTiles = (function () {
  const geoapp = window.geoapp;
  // Pixels of a tile on the screen and of its picture, which stays sharp between two zooms.
  const [SIDE, INNER] = [256, 512];
  const RATIO = INNER / SIDE;
  // Tiles that are held beside those on the screen; more of a large country would fill the memory.
  const MOST_HELD = 64;
  // Borders between units of less than some ten pixels would be all that is seen.
  const MOST_BORDERED = 600;
  const css = getComputedStyle(document.documentElement);
  const token = (name) => css.getPropertyValue("--" + name).trim();
  const scratch = document.createElement("canvas").getContext("2d");
  const reader = new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "/vendor/pbf/pbf.js";
    script.onload = () => resolve(Pbf.PbfReader);
    script.onerror = reject;
    document.head.append(script);
  });

  // Mapbox Vector Tile 2.1: of the one layer, the text of each feature and its rings.
  function read(Reader, buffer, places) {
    const texts = [];
    const units = [];
    let extent = 0;
    const feature = (tag, unit, from) => {
      if (tag === 2) [, unit.text] = from.readPackedVarint();
      if (tag === 4) unit.commands = from.readPackedVarint();
    };
    const value = (tag, _, from) => { if (tag === 1) texts.push(from.readString()); };
    new Reader(buffer).readFields((tag, _, from) => {
      if (tag !== 3) return;
      from.readMessage((part, __, inner) => {
        if (part === 2) units.push(inner.readMessage(feature, {}));
        if (part === 4) inner.readMessage(value, null);
        if (part === 5) extent = inner.readVarint();
      }, null);
    }, null);
    return units.map(({ text, commands }) => placed(places.get(texts[text]), commands, INNER / extent));
  }

  // The rings of a unit in pixels. Each unit keeps a path of its own: one that is traced over
  // thousands of units takes a time that grows with their square, and putting paths together does not.
  function placed(index, commands, scale) {
    const path = new Path2D();
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    let [at, x, y] = [0, 0, 0];
    const step = (number) => (number >> 1) ^ -(number & 1);
    while (at < commands.length) {
      const [kind, count] = [commands[at] & 7, commands[at] >> 3];
      at += 1;
      if (kind === 7) path.closePath();
      for (let point = 0; kind !== 7 && point < count; point += 1, at += 2) {
        x += step(commands[at]);
        y += step(commands[at + 1]);
        const [left, top] = [x * scale, y * scale];
        if (kind === 1) path.moveTo(left, top);
        else path.lineTo(left, top);
        if (left < box[0]) box[0] = left;
        if (top < box[1]) box[1] = top;
        if (left > box[2]) box[2] = left;
        if (top > box[3]) box[3] = top;
      }
    }
    return { index: index, path: path, box: box };
  }

  function together(units) {
    const all = new Path2D();
    for (const { path } of units) all.addPath(path);
    return all;
  }

  // The hatch of paths, which are filled by name: see map.js.
  const patterns = new Map();
  function brush(name, scale) {
    if (!name.startsWith("url(#hatch-")) return name;
    if (!patterns.has(name)) {
      const cell = document.createElement("canvas");
      cell.width = cell.height = 6 * RATIO;
      const context = cell.getContext("2d");
      context.fillStyle = "#" + name.slice("url(#hatch-".length, -1);
      context.fillRect(0, 0, cell.width, cell.height);
      context.fillStyle = token("ink");
      context.globalAlpha = 0.45;
      context.fillRect(0, 0, 1.4 * RATIO, cell.height);
      patterns.set(name, context.createPattern(cell, "repeat"));
    }
    const pattern = patterns.get(name);
    pattern.setTransform(new DOMMatrix().scale(1 / scale).rotate(45));
    return pattern;
  }

  // Of a zoom that is not kept, the part of a tile of the nearest one that is.
  function source({ x, y, z }, [, finest]) {
    const up = Math.max(0, z - finest);
    const scale = 2 ** up;
    const [column, row] = [Math.floor(x / scale), Math.floor(y / scale)];
    return { key: `${z - up}/${column}/${row}`, scale: scale, left: (x - column * scale) * INNER, top: (y - row * scale) * INNER };
  }

  function stroke(context, path, colour, width) {
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke(path);
  }

  const DIM = "dim ";
  const namesOf = (units, look) => units.map(({ index }) => (look.isDim(index) ? DIM : "") + look.fill(index));

  // Units of one colour are one shape, so that no line shows between them.
  function paint(tile, look) {
    const { context, units, scale, left, top } = tile;
    tile.names = namesOf(units, look);
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, INNER, INNER);
    context.setTransform(scale, 0, 0, scale, -left, -top);
    context.lineJoin = "round";
    const groups = new Map();
    units.forEach((unit, line) => {
      const name = tile.names[line];
      if (!groups.has(name)) groups.set(name, []);
      groups.get(name).push(unit);
    });
    for (const [name, members] of groups) {
      const path = together(members);
      context.globalAlpha = name.startsWith(DIM) ? 0.12 : 1;
      context.fillStyle = brush(name.replace(DIM, ""), scale);
      context.fill(path);
      if (context.globalAlpha === 1) stroke(context, path, context.fillStyle, 0.8 / scale);
    }
    context.globalAlpha = 1;
    if (units.length / scale ** 2 <= MOST_BORDERED) stroke(context, together(units), look.border(), (look.width() * RATIO) / scale);
    for (const { index, path } of units) {
      if (index !== look.chosen) continue;
      stroke(context, path, "#fff", (5 * RATIO) / scale);
      stroke(context, path, token("brand"), (2.5 * RATIO) / scale);
    }
  }

  // `look` tells how a unit is filled; `ears`, where units are to be heard, what is done with one.
  return function (map, units, pane, look, ears) {
    const places = new Map(units.features.map(({ properties }) => [properties.u, properties.i]));
    const held = new Map();
    const shown = new Map();
    const state = { isDim: () => false, chosen: -1, ...look };

    function load(key) {
      const known = held.get(key);
      held.delete(key);
      const asked = known || Promise.all([reader, fetch(`${units.tiles.address}/${key}`)])
        .then(([Reader, answer]) => (answer.status === 200 ? answer.arrayBuffer().then((all) => read(Reader, all, places)) : []));
      held.set(key, asked);
      for (const oldest of held.keys()) {
        if (held.size <= MOST_HELD + shown.size) break;
        held.delete(oldest);
      }
      return asked;
    }

    const Layer = L.GridLayer.extend({
      createTile: function (coords, done) {
        const canvas = L.DomUtil.create("canvas", "unit-tile");
        canvas.width = canvas.height = INNER;
        const from = source(coords, units.tiles.zooms);
        load(from.key).then((found) => {
          const tile = { ...from, context: canvas.getContext("2d"), units: found };
          shown.set(canvas, tile);
          paint(tile, state);
          done(null, canvas);
        }, (error) => done(error, canvas));
        return canvas;
      },
    });
    const layer = new Layer({ pane: pane, className: "unit-tiles", tileSize: SIDE, minNativeZoom: units.tiles.zooms[0], bounds: units.tiles.corners, updateWhenZooming: false, keepBuffer: 1 });
    layer.on("tileunload", ({ tile }) => shown.delete(tile));

    let isWaiting = false;
    function draw(isTouched) {
      for (const tile of shown.values()) if (isTouched(tile)) paint(tile, state);
    }
    // A hand on a slider asks more often than a frame is drawn.
    function redraw() {
      if (isWaiting) return;
      isWaiting = true;
      requestAnimationFrame(() => {
        isWaiting = false;
        draw(({ units: inside, names }) => namesOf(inside, state).some((name, line) => name !== names[line]));
      });
    }

    function at(place) {
      const zoom = layer._tileZoom;
      const { x, y } = map.project(place, zoom).divideBy(SIDE);
      const coords = { x: Math.floor(x), y: Math.floor(y), z: zoom };
      const { key, scale, left, top } = source(coords, units.tiles.zooms);
      const tile = [...shown.values()].find((one) => one.key === key);
      if (!tile) return null;
      const [across, down] = [((x - coords.x) * INNER + left) / scale, ((y - coords.y) * INNER + top) / scale];
      for (const unit of tile.units) {
        const [west, north, east, south] = unit.box;
        if (across < west || across > east || down < north || down > south) continue;
        if (scratch.isPointInPath(unit.path, across, down)) return units.features[unit.index];
      }
      return null;
    }

    let under = null;
    function leave() {
      if (under) ears.leave();
      under = null;
    }
    function move(event) {
      // What lies over the units hides them.
      const found = event.originalEvent.target.closest(".leaflet-interactive") ? null : at(event.latlng);
      if (!found) return leave();
      const about = { target: { feature: found }, originalEvent: event.originalEvent };
      if (found === under) ears.move(about);
      else ears.enter(about);
      under = found;
    }
    function click(event) {
      if (map.getContainer().classList.contains("measuring")) return;
      const found = at(event.latlng);
      if (found) ears.choose(found.properties.u);
    }
    const heard = { mousemove: move, mouseout: leave, click: click };
    if (ears) map.on(heard);
    layer.addTo(map);

    return {
      colour: redraw,
      at: at,
      choose: (code) => {
        const before = state.chosen;
        state.chosen = places.has(code) ? places.get(code) : -1;
        if (before !== state.chosen) draw(({ units: inside }) => inside.some(({ index }) => index === before || index === state.chosen));
      },
      dim: (isDim) => {
        state.isDim = isDim;
        redraw();
      },
      once: (act) => layer.once("load", act),
      remove: () => {
        map.off(heard);
        layer.remove();
      },
    };
  };
})();
