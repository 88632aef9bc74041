// The rows of the ranking: those of the server, how firm they are, and, while a hand moves a
// slider, those that the browser scores by itself.
"use strict";
(function () {
  const geoapp = window.geoapp;
  const PAUSE = 200;
  // What the server ranked last: its answer, the units of its geometry, and the draws once told.
  let latest = null;
  let settled = null;
  // The draws of what was ranked last could not be had.
  let isMissed = false;
  let points = null;
  // The weights under the hand; null where they are those that the server ranked by.
  let moving = null;
  let isFrameAsked = false;
  let nextRows = null;
  let lastRows = 0;

  // Names come with the geometry; a ranking is places in it, best first, ranks and scores.
  function rowsOf({ order, ranks, scores }, firm) {
    const { data, units } = settled;
    const last = ranks.reduce((most, rank) => Math.max(most, rank || 0), 1);
    // A filter leaves rows out; the places of those that stay are still those of all units.
    const isOutside = (place) => data.outside[place] === "1";
    const within = data.outside ? order.filter((place) => !isOutside(place)).length : 0;
    let along = 0;
    return order.flatMap((place, line) => {
      if (isOutside(place)) return [];
      along += 1;
      const { u: code, n: name } = units[place].properties;
      const province = code.length > 4 ? data.provinces[code.slice(0, 4)] : "";
      const region = code.length > 2 ? geoapp.map.region(code.slice(0, 2)) : "";
      const rank = ranks[line];
      const stand = within && rank !== null ? data.within.replace("{place}", along).replace("{count}", within) : "";
      return {
        u: code,
        r: rank === null ? "–" : rank,
        n: name,
        p: rank === null ? "–" : firm ? share(firm.among[place], firm.draws) : moving || isMissed ? "" : "…",
        place: [stand, [province, region].filter(Boolean).join(", ")].filter(Boolean).join(" · "),
        s: rank === null ? data.missing : scores[line].toFixed(1),
        l: firm ? firm.lows[place] : null,
        h: firm ? firm.highs[place] : null,
        last: last,
        told: data.range,
        // What the table looks at to draw the cell again.
        v: firm ? firm.lows[place] + "–" + firm.highs[place] : moving ? "" : isMissed ? data.missed : data.counting,
      };
    });
  }

  // Neither certain nor impossible is said of what some draws contradict.
  function share(among, draws) {
    const percent = Math.round((100 * among) / draws);
    if (percent === 0 && among > 0) return "<1 %";
    if (percent === 100 && among < draws) return ">99 %";
    return percent + " %";
  }

  function settle() {
    moving = null;
    clearTimeout(nextRows);
    nextRows = null;
    geoapp.map.recolour(null);
    dash_clientside.set_props("ranking", { rowData: rowsOf(settled.data, settled.firm) });
  }

  function fill(data, units) {
    // The draws of a ranking stay those of the ranking, however it is narrowed.
    const isSame = settled !== null && settled.data.scoring.firmness === data.scoring.firmness;
    settled = { data: data, units: units, firm: isSame ? settled.firm : null };
    isMissed = false;
    dash_clientside.set_props("ranking", { columnDefs: data.columns });
    settle();
    dash_ag_grid.getApiAsync("ranking").then(() => setTimeout(geoapp.followChosen, 60));
    if (!settled.firm) askFirmness(data);
    askPoints(data.scoring.address);
  }

  const whole = (answer) => (answer.ok ? answer : Promise.reject(answer.status));

  // Draws take the server a while: they are no act, so that none waits for them. Without them
  // the ranking stands, and its rows say that ranges are counted still, or that they are missing.
  function askFirmness(data) {
    dash_clientside.set_props("choice", { children: "" });
    fetch(data.scoring.firmness).then(whole).then((answer) => answer.json()).then((firm) => {
      if (settled.data !== data) return;
      settled.firm = firm;
      dash_clientside.set_props("choice", { children: firm.sentence[document.documentElement.lang] || "" });
      if (!moving) settle();
    }).catch(() => {
      if (settled.data !== data) return;
      isMissed = true;
      if (!moving) settle();
    });
  }

  function askPoints(address) {
    if (points && points.address === address) return;
    points = { address: address, numbers: null };
    const asked = points;
    fetch(address).then(whole).then((answer) => answer.arrayBuffer()).then((bytes) => {
      asked.numbers = new Uint16Array(bytes);
    }).catch(() => { if (points === asked) points = null; });
  }

  // The same sums in the same order as layers/decide/score.py, on figures of two bytes.
  function score(weights) {
    const { hasAny, isProduct, steps, mostMissing, absentBit } = settled.data.scoring;
    const count = settled.units.length;
    const masks = points.numbers.subarray(weights.length * count);
    const all = weights.reduce((sum, weight) => sum + weight, 0);
    const weighed = weights.reduce((sum, weight, layer) => sum + (hasAny[layer] ? weight : 0), 0);
    const scores = new Array(count);
    for (let place = 0; place < count; place += 1) {
      let total = 0;
      let lacks = 0;
      weights.forEach((weight, layer) => {
        if (hasAny[layer]) total += weight * points.numbers[layer * count + place];
        if ((masks[place] >> layer) & 1) lacks += weight / all;
      });
      const sum = (total / steps / weighed) * 100;
      const isRanked = lacks <= mostMissing && !((masks[place] >> absentBit) & 1);
      scores[place] = !isRanked ? NaN : isProduct ? (100 * Math.expm1((sum / 100) * Math.LN10)) / 9 : sum;
    }
    return scores;
  }

  // Equal scores share a rank; units stand by code in the geometry, and so among equals.
  function rank(scores) {
    const order = [...settled.data.order].sort((one, other) => one - other);
    const below = (score) => (Number.isNaN(score) ? Infinity : -score);
    order.sort((one, other) => below(scores[one]) - below(scores[other]) || one - other);
    const ranks = [];
    order.forEach((place, line) => {
      const isShared = line > 0 && scores[order[line - 1]] === scores[place];
      ranks.push(Number.isNaN(scores[place]) ? null : isShared ? ranks[line - 1] : line + 1);
    });
    return { order: order, ranks: ranks, scores: order.map((place) => scores[place]) };
  }

  // Hatches of low confidence and the plots of places wait for the server's answer.
  function paint(scores) {
    const { breaks } = settled.data.scoring;
    geoapp.map.recolour({
      address: settled.data.address,
      classes: scores.map((one) => (Number.isNaN(one) ? "-" : breaks.filter((limit) => limit <= one).length)).join(""),
      labels: scores.map((one) => (Number.isNaN(one) ? settled.data.missing : one.toFixed(1))),
    });
  }

  function follow() {
    isFrameAsked = false;
    if (!moving || !points || !points.numbers) return;
    const scores = score(moving);
    paint(scores);
    if (nextRows !== null) return;
    nextRows = setTimeout(() => {
      nextRows = null;
      lastRows = performance.now();
      if (!moving) return;
      const rows = rowsOf(rank(score(moving)), null);
      dash_ag_grid.getApi("ranking").setGridOption("rowData", rows);
    }, Math.max(0, lastRows + PAUSE - performance.now()));
  }

  function move(weights) {
    const { scoring } = settled.data;
    weights.forEach((weight, line) => {
      const id = { type: "weight-value", layer: scoring.layers[line] };
      dash_clientside.set_props(id, { children: String(weight) });
    });
    if (weights.every((weight, line) => weight === scoring.weights[line])) {
      if (moving) settle();
      return;
    }
    // All weights at 0 rank nothing: what was ranked last stays.
    if (!weights.some((weight) => weight > 0)) return;
    moving = weights;
    if (!isFrameAsked) {
      isFrameAsked = true;
      requestAnimationFrame(follow);
    }
  }

  Object.assign(window.dash_clientside.geoapp, {
    // The table is made once; afterwards only its rows and columns change.
    fillRows: (data) => {
      if (!data) return;
      latest = data;
      geoapp.map.units(data.address).then((units) => {
        if (latest === data && !(settled && settled.data.key === data.key)) fill(data, units);
      });
    },
    moveWeight: (dragged, weights) => {
      const { triggered_id: hand, inputs_list: sliders } = dash_clientside.callback_context;
      if (!settled || !hand) return;
      move(weights.map((weight, line) => (sliders[0][line].id.layer === hand.layer ? dragged[line] : weight)));
    },
  });
})();
