// The chart of severity and magnitude: a point is a unit, a quadrant is chosen by a click on it.
"use strict";
window.geoapp.quadrants = (function () {
  const WIDTH = 428;
  const HEIGHT = 210;
  const BOX = { left: 30, top: 6, right: 422, bottom: 178 };
  const PHASES = 5;
  let latest = null;

  function svg(tag, marks, text) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
    for (const [mark, value] of Object.entries(marks)) made.setAttribute(mark, value);
    if (text) made.textContent = text;
    return made;
  }

  const height = (BOX.bottom - BOX.top) / PHASES;
  const level = (phase) => BOX.bottom - (phase - 0.5) * height;

  // Points of a phase are spread over its band by a fixed rule, so that they do not hide each other.
  const spread = (index) => (((index * 0.61803398875) % 1) - 0.5) * height * 0.72;

  function along(most) {
    const end = Math.log10(Math.max(10, most) + 1);
    return (people) => BOX.left + ((BOX.right - BOX.left) * Math.log10(people + 1)) / end;
  }

  function quadrants(data, across) {
    const middle = across(data.median);
    const severe = BOX.bottom - (data.severe - 1) * height;
    const boxes = {
      act_now: [middle, BOX.top, BOX.right, severe],
      severe_small: [BOX.left, BOX.top, middle, severe],
      large_moderate: [middle, severe, BOX.right, BOX.bottom],
      watch: [BOX.left, severe, middle, BOX.bottom],
    };
    return data.names.map((name) => {
      const [left, top, right, bottom] = boxes[name];
      return svg("rect", { x: left, y: top, width: right - left, height: bottom - top, class: "quadrant", "data-quadrant": name });
    });
  }

  function axes(data, most, across) {
    const marks = [];
    for (let phase = 1; phase <= PHASES; phase += 1) {
      marks.push(svg("text", { x: BOX.left - 8, y: level(phase) + 4, "text-anchor": "end" }, String(phase)));
    }
    for (let power = 0; 10 ** power <= most; power += 1) {
      const text = (10 ** power).toLocaleString("en").replaceAll(",", "\u202f");
      marks.push(svg("text", { x: across(10 ** power), y: BOX.bottom + 13, "text-anchor": "middle" }, text));
    }
    marks.push(svg("text", { x: (BOX.left + BOX.right) / 2, y: HEIGHT - 3, "text-anchor": "middle" }, data.across));
    const turned = `rotate(-90 9 ${(BOX.top + BOX.bottom) / 2})`;
    marks.push(svg("text", { x: 9, y: (BOX.top + BOX.bottom) / 2, "text-anchor": "middle", transform: turned }, data.upward));
    return marks;
  }

  function points(data, units, across) {
    return units.flatMap(({ properties }) => {
      const { i: index, u: code, n: name } = properties;
      if (data.kinds[index] === "-") return [];
      const point = svg("circle", {
        cx: across(data.people[index]).toFixed(1),
        cy: (level(Number(data.phases[index])) + spread(index)).toFixed(1),
        r: units.length > 100 ? 2.4 : 4,
        fill: data.colours[data.kinds[index]],
        "data-unit": code,
        "data-index": index,
      });
      const people = data.told[index] || Math.round(data.people[index]).toLocaleString("en").replaceAll(",", "\u202f");
      point.append(svg("title", {}, `${name}: ${people}`));
      return [point];
    });
  }

  const place = () => document.getElementById("quadrant-chart");

  function follow() {
    const paint = geoapp.map.paint();
    if (!paint || paint.page !== "priorities") return;
    const { outside, unit } = paint;
    let chosen = null;
    for (const point of place().querySelectorAll("circle")) {
      point.classList.toggle("outside", outside[point.dataset.index] === "1");
      point.classList.toggle("chosen", point.dataset.unit === unit);
      if (point.dataset.unit === unit) chosen = point;
    }
    // The chosen one lies above all others.
    if (chosen) chosen.parentNode.append(chosen);
  }

  function make(data, units) {
    const most = Math.max(...data.people);
    const across = along(most);
    const chart = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": data.title });
    chart.append(...quadrants(data, across), ...axes(data, most, across), ...points(data, units, across));
    chart.addEventListener("click", ({ target }) => {
      if (target.dataset.unit) geoapp.choose(target.dataset.unit);
      else if (target.dataset.quadrant) document.querySelector(`.quadrant-buttons button[data-kind="${target.dataset.quadrant}"]`).click();
    });
    place().replaceChildren(chart);
  }

  return {
    follow: follow,
    draw: (data) => {
      latest = data;
      if (!data) {
        place().replaceChildren();
        return;
      }
      geoapp.map.units(data.address).then((units) => {
        if (latest !== data) return;
        make(data, units);
        follow();
      });
    },
  };
})();
