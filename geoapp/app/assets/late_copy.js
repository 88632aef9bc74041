// What stands on the page, drawn anew on a canvas at the places where the browser put it: the panes
// of a map with their shapes, pictures and signs, and boxes with the text in them.
"use strict";
window.geoapp.copy = (function () {
  const geoapp = window.geoapp;
  const INK = "#17212B";
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

  return { map: drawMap, box: drawBox };
})();
