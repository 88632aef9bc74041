// The page of the offices: moving one by hand, the wait for a long search, undo by key and focus.
"use strict";
(function () {
  const geoapp = window.geoapp;
  const PAUSES = [300, 500, 1000];
  let part = "offices";
  let moving = null;
  let wait = null;
  let timer = null;
  let isTold = false;

  const isHere = () => document.body.dataset.page === "offices";
  const find = (id) => document.getElementById(id);
  function tell(told) {
    isTold = true;
    dash_clientside.set_props("office-act", { data: { ...told, t: Date.now() } });
  }

  // While an office is being moved, the next place that is chosen, anywhere, is where it goes.
  const choose = geoapp.choose;
  geoapp.choose = function (code) {
    if (isHere() && moving) {
      const { unit } = moving;
      stay();
      if (code) tell({ act: "move", source: unit, unit: code });
    } else if (isHere() && code && part === "regions") tell({ act: "toggle-region", unit: code });
    else choose(code);
  };

  function begin(unit, hint) {
    moving = { unit: unit, from: document.activeElement };
    find("office-hint").textContent = hint;
    document.body.classList.add("moving-office");
    if (window.matchMedia("(max-width: 760px)").matches) {
      document.body.dataset.sheet = "low";
      window.dispatchEvent(new Event("resize"));
    }
    find("search").focus();
    find("search").select();
  }

  function stay() {
    const { from } = moving;
    moving = null;
    find("office-hint").textContent = "";
    document.body.classList.remove("moving-office");
    // Not yet: the key that chose a place would press the button too.
    setTimeout(() => { if (from && from.isConnected) from.focus(); }, 0);
  }

  function holds(rings, lng, lat) {
    let isIn = false;
    for (const ring of rings) {
      for (let one = 0, other = ring.length - 1; one < ring.length; other = one, one += 1) {
        const [x1, y1] = ring[one];
        const [x2, y2] = ring[other];
        if ((y1 > lat) !== (y2 > lat) && lng < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) isIn = !isIn;
      }
    }
    return isIn;
  }

  const told = (unit) => unit && unit.properties.u;

  async function unitAt({ lng, lat }) {
    const units = await geoapp.map.units();
    if (!units[0].geometry) return told(geoapp.map.at({ lng, lat }));
    const found = units.find(({ geometry: { type, coordinates } }) =>
      (type === "Polygon" ? [coordinates] : coordinates).some((rings) => holds(rings, lng, lat)));
    return told(found);
  }

  // What is dropped outside of the country goes back to where it was.
  function hold(marker, id, label) {
    const home = marker.getLatLng();
    const sign = marker.getElement();
    const start = () => {
      const button = document.querySelector(`#office-result [data-office=move][data-seat="${id}"]`);
      if (button) begin(id, button.dataset.hint);
    };
    if (sign) {
      sign.setAttribute("aria-label", label);
      sign.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        start();
      });
    }
    marker.on("click", start);
    marker.on("dragend", async () => {
      const unit = await unitAt(marker.getLatLng());
      marker.setLatLng(home);
      if (unit) tell({ act: "move", source: id, unit: unit });
    });
  }

  function stopWaiting() {
    clearTimeout(timer);
    wait = null;
    find("office-wait").hidden = true;
  }

  function ask(turn) {
    const asked = wait;
    timer = setTimeout(() => {
      fetch(asked).then((answer) => answer.json()).then((told) => {
        if (wait !== asked) return;
        if (told.over) {
          stopWaiting();
          dash_clientside.set_props("office-ready", { data: { t: Date.now() } });
          return;
        }
        find("office-said").textContent = told.said;
        ask(turn + 1);
      }).catch(() => { if (wait === asked) ask(turn + 1); });
    }, PAUSES[Math.min(turn, PAUSES.length - 1)]);
  }

  const stop = (asked) => fetch(asked, { method: "DELETE" }).catch(() => null);

  // A question that another one overtook is not sought any longer.
  function follow(job) {
    part = job.part;
    document.body.dataset.edits = part;
    if (wait && wait !== job.wait) {
      stop(wait);
      stopWaiting();
    }
    if (!job.wait || job.wait === wait) return;
    wait = job.wait;
    find("office-wait").hidden = false;
    ask(0);
  }

  function cancel() {
    if (!wait) return;
    const asked = wait;
    stopWaiting();
    stop(asked).then(() => tell({ act: "stopped" }));
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-tells=office-act]")) isTold = true;
  });

  document.addEventListener("keydown", (event) => {
    if (isHere() && event.key === "Escape" && moving) {
      event.preventDefault();
      event.stopPropagation();
      stay();
    }
  }, true);

  geoapp.undoes.offices = (isRedo) => tell({ act: isRedo ? "redo" : "undo" });

  geoapp.offices = {
    act: ({ office, seat, hint }) => ({ move: () => begin(seat, hint), stay: stay, cancel: cancel })[office](),
    follow: follow,
    hold: hold,
    // The button of an act is gone with its answer: who goes on by key goes on from the answer.
    keepFocus: () => {
      if (!isTold) return;
      isTold = false;
      requestAnimationFrame(() => {
        const title = document.querySelector("#office-result .office-title");
        if (title && document.activeElement === document.body) title.focus({ preventScroll: true });
      });
    },
  };
})();
