// The map as it is seen, as a PNG with title, legend, scale, north, sources, date and scenario.
// Drawn from what stands on the page: no request of its own, no library.
"use strict";
window.geoapp.picture = (function () {
  const geoapp = window.geoapp;
  const WIDTH = 1920;
  const MARGIN = 32;
  const SIDE = 470;
  const INK = "#17212B";
  const SOFT = "#5B6672";
  const FONT = "Inter, sans-serif";

  function wrap(pen, text, width) {
    const lines = [""];
    for (const word of text.split(/\s+/)) {
      const longer = (lines.at(-1) + " " + word).trim();
      if (pen.measureText(longer).width <= width || !lines.at(-1)) lines[lines.length - 1] = longer;
      else lines.push(word);
    }
    return lines;
  }

  function write(pen, lines, x, y, size, colour, weight) {
    pen.font = `${weight || 400} ${size}px ${FONT}`;
    pen.fillStyle = colour;
    pen.textAlign = "left";
    pen.textBaseline = "alphabetic";
    lines.forEach((line, at) => pen.fillText(line, x, y + at * size * 1.4));
    return y + lines.length * size * 1.4;
  }

  // A round length of up to 160 px, true in the middle of the map.
  function scale(pen, map, zoom, x, y, word) {
    const middle = map.getSize().divideBy(2);
    const [from, to] = [0, 100].map((step) => map.containerPointToLatLng([middle.x + step, middle.y]));
    const perPixel = map.distance(from, to) / 1000 / 100 / zoom;
    const most = 200 * perPixel;
    const power = 10 ** Math.floor(Math.log10(most));
    const length = [5, 2, 1].map((step) => step * power).find((step) => step <= most);
    pen.fillStyle = INK;
    pen.fillRect(x, y, length / perPixel, 4);
    write(pen, [word("scale", { km: length })], x, y - 8, 18, INK);
  }

  function north(pen, x, y, word) {
    pen.fillStyle = INK;
    pen.beginPath();
    pen.moveTo(x, y - 34);
    pen.lineTo(x + 12, y);
    pen.lineTo(x, y - 8);
    pen.lineTo(x - 12, y);
    pen.fill();
    pen.font = `600 18px ${FONT}`;
    pen.textAlign = "center";
    pen.fillText(word("north"), x, y + 20);
  }

  function sources({ word }) {
    const cited = [...document.querySelectorAll("#legend .sources li")].map((one) => one.textContent);
    return word("source", { text: [...new Set([...cited, ...geoapp.tools.cited()])].join(" · ") });
  }

  // The legend is drawn as wide as it is on the page; one that is folded away is opened for it.
  function drawLegend(pen, x, y, { menu, state }) {
    const legend = document.getElementById("legend");
    const origin = legend.getBoundingClientRect();
    const zoom = Math.min(1.5, (SIDE - MARGIN) / Math.max(origin.width, 1));
    pen.save();
    pen.translate(x, y);
    pen.scale(zoom, zoom);
    let low = 0;
    for (const part of legend.children) {
      if (part.matches("details")) continue;
      geoapp.copy.box(pen, part, origin);
      low = Math.max(low, part.getBoundingClientRect().bottom - origin.top);
    }
    pen.restore();
    let line = y + low * zoom + 36;
    const raster = menu.pictures.find((one) => one.name === state.picture);
    if (raster) line = key(pen, x, line, raster.title, raster.classes);
    const over = menu.drawn.filter((one) => state.over.includes(one.name));
    for (const one of over) {
      const sign = document.querySelector(`#map-tools .key-${one.name}`);
      pen.save();
      if (sign && sign.getBoundingClientRect().width) {
        const at = sign.getBoundingClientRect();
        pen.translate(x, line - 16);
        pen.scale(1.6, 1.6);
        geoapp.copy.box(pen, sign, { left: at.left, top: at.top - (10 - at.height) / 2 });
      }
      pen.restore();
      line = write(pen, [one.title], x + 26, line, 18, INK);
    }
  }

  function key(pen, x, y, title, classes) {
    pen.font = `600 18px ${FONT}`;
    let line = write(pen, wrap(pen, title, SIDE - MARGIN), x, y, 18, INK, 600);
    for (const { colour, label } of classes) {
      pen.fillStyle = colour;
      pen.fillRect(x, line - 15, 28, 18);
      line = write(pen, [label], x + 38, line, 18, INK);
    }
    return line + 12;
  }

  function heading({ paint }) {
    const both = [paint.title, paint.second && paint.second.title].filter(Boolean).join(" + ");
    const level = document.querySelector("#level input:checked");
    return [both, level && level.closest("label").textContent.trim()].filter(Boolean).join(" · ");
  }

  function compose(given) {
    const map = geoapp.map.leaflet();
    const size = map.getSize();
    const width = WIDTH - SIDE - MARGIN * 2;
    const zoom = width / size.x;
    const tall = Math.max(Math.round(size.y * zoom), 760);
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    pen.font = `400 16px ${FONT}`;
    const cited = wrap(pen, sources(given), WIDTH - MARGIN * 2);
    canvas.width = WIDTH;
    canvas.height = 112 + tall + 40 + Math.ceil(cited.length * 22.4) + 12;
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    write(pen, [heading(given)], MARGIN, 60, 34, INK, 650);
    const { paint, word } = given;
    const date = new Date().toLocaleDateString(paint.language, { year: "numeric", month: "long", day: "numeric" });
    const country = paint.heading.split("geoapp ")[1];
    write(pen, [`${word("made", { country, date })} · ${word("scenario", { hash: paint.scenario })}`], MARGIN, 92, 18, SOFT);
    pen.save();
    pen.beginPath();
    pen.rect(MARGIN, 112, width, tall);
    pen.clip();
    pen.translate(MARGIN, 112 + (tall - size.y * zoom) / 2);
    pen.scale(zoom, zoom);
    geoapp.copy.map(pen, map);
    pen.restore();
    pen.strokeStyle = "#DDE3E9";
    pen.strokeRect(MARGIN, 112, width, tall);
    const side = MARGIN + width + MARGIN;
    drawLegend(pen, side, 124, given);
    north(pen, WIDTH - MARGIN - 20, 112 + tall - 26, word);
    scale(pen, map, zoom, side, 112 + tall - 6, word);
    write(pen, cited, MARGIN, 112 + tall + 36, 16, SOFT);
    return canvas;
  }

  return {
    save: async (given) => {
      await Promise.all([geoapp.need("copy"), document.fonts.ready]);
      const canvas = compose(given);
      const content = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
      const { paint } = given;
      const file = `geoapp-${[paint.layer, paint.second && paint.second.layer, paint.scenario].filter(Boolean).join("-")}.png`;
      const link = document.createElement("a");
      link.href = URL.createObjectURL(content);
      link.download = file;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
      return file;
    },
  };
})();
