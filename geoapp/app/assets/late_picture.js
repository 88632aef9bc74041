// The map as it is seen, as a PNG with title, legend, scale, north, sources, date and scenario.
// Drawn from what stands on the page: no request, no library.
"use strict";
window.geoapp.picture = (function () {
  const geoapp = window.geoapp;
  const WIDTH = 1920;
  const MARGIN = 32;
  const SIDE = 470;
  const INK = "#17212B";
  const SOFT = "#5B6672";
  const FONT = "Inter, sans-serif";

  const isClear = (colour) => colour === "none" || colour === "transparent" || /, 0\)$/.test(colour);

  // A hatched fill names a pattern of the page, whose ground and lines are drawn anew.
  function fillOf(pen, name) {
    const found = /url\("?#hatch-([0-9a-f]{6})/i.exec(name);
    if (!found) return name;
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const brush = tile.getContext("2d");
    brush.fillStyle = "#" + found[1];
    brush.fillRect(0, 0, 8, 8);
    brush.strokeStyle = "rgb(23 33 43 / 45%)";
    brush.lineWidth = 1.6;
    for (const shift of [-8, 0, 8]) {
      brush.beginPath();
      brush.moveTo(shift, 8);
      brush.lineTo(shift + 8, 0);
      brush.stroke();
    }
    return pen.createPattern(tile, "repeat");
  }

  function drawPath(pen, path) {
    const data = path.getAttribute("d");
    if (!data || data === "M0 0") return;
    const style = getComputedStyle(path);
    const shape = new Path2D(data);
    pen.globalAlpha = Number(style.fillOpacity) * Number(style.opacity);
    if (!isClear(style.fill)) {
      pen.fillStyle = fillOf(pen, style.fill);
      pen.fill(shape, "evenodd");
    }
    const width = parseFloat(style.strokeWidth);
    if (!isClear(style.stroke) && width > 0) {
      pen.globalAlpha = Number(style.strokeOpacity) * Number(style.opacity);
      pen.strokeStyle = style.stroke;
      pen.lineWidth = width;
      pen.lineJoin = "round";
      pen.setLineDash(style.strokeDasharray === "none" ? [] : style.strokeDasharray.split(/[ ,]+/).map(parseFloat));
      pen.stroke(shape);
      pen.setLineDash([]);
    }
    pen.globalAlpha = 1;
  }

  // The parts of a drawing are where the pane of the map stands, whatever it was moved to.
  function drawVectors(pen, svg, origin) {
    const inner = svg.querySelector("g");
    const from = inner && inner.getScreenCTM();
    if (!from) return;
    pen.save();
    pen.transform(from.a, from.b, from.c, from.d, from.e - origin.left, from.f - origin.top);
    for (const path of svg.querySelectorAll("path")) drawPath(pen, path);
    pen.restore();
  }

  function drawPixels(pen, image, origin) {
    const { left, top, width, height } = image.getBoundingClientRect();
    pen.globalAlpha = Number(getComputedStyle(image).opacity);
    pen.drawImage(image, left - origin.left, top - origin.top, width, height);
    pen.globalAlpha = 1;
  }

  // A box and the text in it, at the places where the browser put them.
  function drawBox(pen, element, origin) {
    const style = getComputedStyle(element);
    const { left, top, width, height } = element.getBoundingClientRect();
    if (!width || style.visibility === "hidden" && !element.closest(".column")) return;
    const isHatch = element.classList.contains("hatch");
    if (isHatch || !isClear(style.backgroundColor)) {
      pen.fillStyle = isHatch ? fillOf(pen, "url(#hatch-E4E8EC)") : style.backgroundColor;
      pen.beginPath();
      const isRound = style.borderRadius === "50%";
      if (style.clipPath.startsWith("polygon")) corners(pen, style.clipPath, left - origin.left, top - origin.top, width, height);
      else pen.roundRect(left - origin.left, top - origin.top, width, height, isRound ? width / 2 : 0);
      pen.fill();
      const line = parseFloat(style.borderTopWidth);
      if (line > 0) {
        pen.strokeStyle = style.borderTopColor;
        pen.lineWidth = line;
        pen.stroke();
      }
    }
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) drawText(pen, node, style, origin);
      if (node.nodeType === Node.ELEMENT_NODE && node.tagName !== "DETAILS") drawBox(pen, node, origin);
    }
  }

  function corners(pen, polygon, left, top, width, height) {
    const points = polygon.slice(8, -1).split(",").map((point) => point.trim().split(/\s+/));
    points.forEach(([x, y], at) => {
      const place = [left + (parseFloat(x) / 100) * width, top + (parseFloat(y) / 100) * height];
      if (at) pen.lineTo(...place);
      else pen.moveTo(...place);
    });
    pen.closePath();
  }

  function drawText(pen, node, style, origin) {
    const range = document.createRange();
    const text = node.textContent;
    const lines = new Map();
    // Where a line breaks is told by the places of its letters.
    for (let at = 0; at < text.length; at += 1) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const place = range.getClientRects()[0];
      if (!place) continue;
      const line = lines.get(Math.round(place.top)) || { left: place.left, middle: place.top + place.height / 2, text: "" };
      line.text += text[at];
      lines.set(Math.round(place.top), line);
    }
    pen.font = `${style.fontWeight} ${style.fontSize} ${FONT}`;
    pen.textBaseline = "middle";
    pen.textAlign = "left";
    for (const { left, middle, text: words } of lines.values()) {
      const place = [left - origin.left, middle - origin.top];
      if (style.textShadow !== "none") {
        pen.strokeStyle = "rgb(255 255 255 / 90%)";
        pen.lineWidth = 3.5;
        pen.lineJoin = "round";
        pen.strokeText(words, ...place);
      }
      pen.fillStyle = style.color;
      pen.fillText(words, ...place);
    }
  }

  // The signs of offices and points are drawn by style alone.
  function drawSign(pen, mark, origin) {
    const { left, top } = mark.getBoundingClientRect();
    const sign = getComputedStyle(mark, "::before");
    const side = parseFloat(sign.width);
    if (sign.content === "none" || sign.display === "none" || !side) return;
    pen.save();
    pen.translate(left - origin.left + side / 2, top - origin.top + side / 2);
    if (sign.transform !== "none") pen.rotate(Math.PI / 4);
    pen.beginPath();
    if (sign.borderRadius === "50%") pen.arc(0, 0, side / 2, 0, 2 * Math.PI);
    else pen.rect(-side / 2, -side / 2, side, side);
    pen.lineWidth = 3;
    pen.strokeStyle = "#fff";
    pen.stroke();
    pen.fillStyle = sign.backgroundColor;
    pen.fill();
    pen.restore();
  }

  function clipTo(pen, pane, size) {
    if (!pane.style.clipPath) return;
    const x = (geoapp.swipe.split() / 100) * size.x;
    pen.beginPath();
    if (pane.classList.contains("leaflet-circles-pane")) pen.rect(0, 0, x, size.y);
    else pen.rect(x, 0, size.x - x, size.y);
    pen.clip();
  }

  function drawMap(pen, map) {
    const size = map.getSize();
    const origin = map.getContainer().getBoundingClientRect();
    pen.fillStyle = getComputedStyle(map.getContainer()).backgroundColor;
    pen.fillRect(0, 0, size.x, size.y);
    const order = (pane) => Number(getComputedStyle(pane).zIndex) || 0;
    const panes = Object.values(map.getPanes()).filter((pane) => pane !== map.getPane("mapPane"));
    for (const pane of panes.sort((one, other) => order(one) - order(other))) {
      pen.save();
      clipTo(pen, pane, size);
      for (const part of pane.querySelectorAll("svg, img, canvas, .office, .overlay-point, .place, .map-name")) {
        if (part.closest(".leaflet-pane") !== pane || getComputedStyle(part).display === "none") continue;
        if (part.tagName === "svg") drawVectors(pen, part, origin);
        else if (part.tagName === "IMG" || part.tagName === "CANVAS") drawPixels(pen, part, origin);
        else {
          if (part.matches(".office, .overlay-point")) drawSign(pen, part, origin);
          drawBox(pen, part, origin);
        }
      }
      pen.restore();
    }
    if (geoapp.swipe && geoapp.swipe.split() !== null) {
      const x = (geoapp.swipe.split() / 100) * size.x;
      pen.fillStyle = "#fff";
      pen.fillRect(x - 2.5, 0, 5, size.y);
      pen.fillStyle = INK;
      pen.fillRect(x - 1.5, 0, 3, size.y);
    }
  }

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
      drawBox(pen, part, origin);
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
        drawBox(pen, sign, { left: at.left, top: at.top - (10 - at.height) / 2 });
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
    drawMap(pen, map);
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
    compose,
    save: async (given) => {
      await document.fonts.ready;
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
