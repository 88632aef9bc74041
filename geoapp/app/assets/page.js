// What the page does without the server: choosing by key and click, the sheet of a phone, and the
// table that arrives after the map.
"use strict";
(function () {
  const geoapp = window.geoapp;
  const heights = ["low", "middle", "high"];
  let chosen = null;
  // The map stands before the server is asked anything: what is chosen on it by then is told later.
  let early = null;
  let isAnswered = false;

  // What is chosen is known here at once, so that quick keys lose no step.
  geoapp.choose = function (code) {
    chosen = code;
    if (!isAnswered) {
      early = { unit: code };
      geoapp.map.choose(code);
      return;
    }
    dash_clientside.set_props("picked", { data: { u: code, t: Date.now() } });
  };

  // The table is heavier than the map; it is asked for once the map is seen and where it stands.
  let isAsked = false;
  geoapp.loadTable = function () {
    if (isAsked || !geoapp.map.isPainted() || document.body.dataset.page !== "priorities") return;
    isAsked = true;
    const script = document.createElement("script");
    script.src = document.querySelector('meta[name="late-script"]').content;
    script.onload = () => dash_clientside.set_props("ready", { data: true });
    document.head.append(script);
  };

  // What a visitor may never need comes when it is asked for, once: need("measure") loads late_measure.js.
  const needed = new Map();
  geoapp.need = function (name) {
    if (!needed.has(name)) {
      const addresses = document.querySelector('meta[name="on-demand"]').content.split(" ");
      const script = document.createElement("script");
      script.src = addresses.find((address) => address.includes(`/late_${name}.js`));
      needed.set(name, new Promise((resolve, reject) => {
        script.onload = resolve;
        // Who asks again is not answered by the failure of before.
        script.onerror = (fault) => { needed.delete(name); reject(fault); };
      }));
      document.head.append(script);
    }
    return needed.get(name);
  };

  // The panel of the map, and what a visitor put on the map, come when one of them is asked for.
  let hasTools = false;
  geoapp.showTools = function (paint) {
    const { second, over, picture } = paint.tools;
    hasTools = hasTools || Boolean(second || over.length || picture);
    if (hasTools) geoapp.need("tools").then(() => geoapp.tools.show(paint));
  };

  function hasTable() {
    return document.getElementById("ranking") !== null;
  }

  geoapp.followChosen = function () {
    if (!hasTable()) return;
    dash_clientside.set_props("ranking", { selectedRows: chosen ? { ids: [chosen] } : [] });
    dash_ag_grid.getApiAsync("ranking").then((table) => {
      const row = chosen && table.getRowNode(chosen);
      if (row) table.ensureNodeVisible(row);
    });
  };

  geoapp.follow = function (code) {
    chosen = code;
    geoapp.followChosen();
  };

  geoapp.early = () => early;
  geoapp.tellEarly = function (code) {
    isAnswered = true;
    if (early && early.unit !== code) geoapp.choose(early.unit);
    early = null;
  };

  function walk(step) {
    if (!hasTable()) return;
    const codes = [];
    dash_ag_grid.getApi("ranking").forEachNode((row) => codes.push(row.id));
    const next = codes.indexOf(chosen) + step;
    if (next >= 0 && next < codes.length) geoapp.choose(codes[next]);
  }

  // In the table itself the keys move its focus, and what has the focus is chosen.
  function followFocus(key) {
    if (!["ArrowDown", "ArrowUp", "Enter", " "].includes(key)) return;
    setTimeout(() => {
      const row = document.activeElement.closest(".ag-row");
      if (row) geoapp.choose(row.getAttribute("row-id"));
    }, 0);
  }

  const BUSY = "input, textarea, button, a, summary, [role=slider], [role=listbox], [role=combobox], #ranking, .leaflet-container";
  // An open list takes Escape for itself, and may be gone by the time that the page hears of it.
  let wasListOpen = false;
  window.addEventListener("keydown", () => { wasListOpen = document.querySelector(".dash-dropdown-content") !== null; }, true);
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("dialog")) return;
    if (event.key === "Escape" && !wasListOpen && !event.defaultPrevented) {
      if (document.body.classList.contains("drawer-open")) document.body.classList.remove("drawer-open");
      else if (chosen) geoapp.choose(null);
    }
    if (event.target.closest("#ranking")) followFocus(event.key);
    if (event.target.closest(BUSY)) return;
    if (event.key === "ArrowDown") walk(1);
    if (event.key === "ArrowUp") walk(-1);
  });

  // What Ctrl+Z takes back is the open page's own: a page that can take back says how under its name.
  geoapp.undoes = {};
  document.addEventListener("keydown", (event) => {
    const key = event.key.toLowerCase();
    const undo = geoapp.undoes[document.body.dataset.page];
    if (!undo || !(event.ctrlKey || event.metaKey) || !["z", "y"].includes(key)) return;
    if (event.target.closest("input, textarea")) return;
    event.preventDefault();
    undo(key === "y" || event.shiftKey);
  }, true);

  document.addEventListener("click", (event) => {
    const id = event.target.id;
    if (event.target.classList.contains("close")) geoapp.choose(null);
    if (id === "tools-toggle") {
      hasTools = true;
      geoapp.need("tools").then(() => geoapp.tools.toggle());
    }
    if (id === "notice") event.target.classList.add("read");
    if (id === "sheet-handle") {
      const now = heights.indexOf(document.body.dataset.sheet || "middle");
      document.body.dataset.sheet = heights[(now + 1) % heights.length];
      // Leaflet measures its map anew when the window changes.
      window.dispatchEvent(new Event("resize"));
    }
  });

  // A server that does not answer is said to be silent, until it answers again.
  // Acts are answered in the order in which they were done: Dash would let a late answer to an
  // early act undo a later one.
  const plainFetch = window.fetch.bind(window);
  // An act is answered by what differs from the view before it: that is the one which the answer
  // before it left, and not the one that was seen when it was done.
  let former = Promise.resolve();
  const waiting = new Set();
  let view = null;
  function afterFormer({ body, ...options }) {
    const act = JSON.parse(body);
    const before = (act.state || []).find((one) => one.id === "view");
    if (before && view !== null) before.value = view;
    return { ...options, body: JSON.stringify(act) };
  }
  function inTurn(address, options) {
    const act = { asks: String(options.body), stop: null };
    // Of an answer without content Dash makes no change.
    const left = new Promise((resolve) => { act.stop = () => resolve(new Response(null, { status: 204 })); });
    waiting.add(act);
    const asked = former.then(() => (waiting.has(act) ? plainFetch(address, afterFormer(options)) : left));
    const answer = Promise.race([asked, left]);
    former = answer
      .then((one) => (one.status === 200 ? one.clone().json() : {}))
      .then(({ response }) => { if (response && response.view) view = response.view.data; })
      .catch(() => null);
    former.then(() => waiting.delete(act));
    return answer;
  }

  // A visitor need not wait for the answer to an act: what it was told by is "part.property".
  geoapp.leave = function (changed) {
    for (const act of [...waiting]) {
      if (!act.asks.includes(`"changedPropIds":["${changed}"]`)) continue;
      waiting.delete(act);
      act.stop();
    }
  };

  window.fetch = function (...request) {
    const isAct = String(request[0].url || request[0]).includes("_dash-update-component");
    const answer = isAct ? inTurn(...request) : plainFetch(...request);
    const line = document.getElementById("offline");
    if (line) answer.then(() => { line.hidden = true; }, () => { line.hidden = false; });
    answer.then(tellRefusal, () => null);
    return answer;
  };

  // What the server refuses to a role, or to haste, it says itself; and how its fault is called.
  function tellRefusal(answer) {
    const line = document.getElementById("refused");
    if (!line) return;
    line.hidden = true;
    if (![401, 403, 429, 500, 503].includes(answer.status)) return;
    answer.clone().json().then(({ said }) => {
      line.textContent = said[document.documentElement.lang];
      line.hidden = false;
    }).catch(() => null);
  }

  window.dash_clientside = window.dash_clientside || {};
  window.dash_clientside.geoapp = {
    pickRow: function (cell) {
      if (cell) geoapp.choose(cell.rowId);
    },
  };
})();
