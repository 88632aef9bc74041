// How layers look, map and legend together: asked for when a hand rests on a name of the list, and
// drawn when it is chosen, while the server answers all else that the choice changes.
"use strict";
(function () {
  const geoapp = window.geoapp;
  const REST = 60;
  const MOST = 100;
  // By address, which tells all that a look hangs on; null where it is asked for still.
  const looks = new Map();
  // What the server answered last. A look takes the place of what it tells of the layer.
  let latest = null;
  // The layer that is drawn ahead of its answer: always the one that the list shows.
  let ahead = null;
  let resting = null;
  let legend = null;

  const address = (layer) => `${latest.looks}&layer=${layer}`;

  // The legend is of plain elements. React alone has drawn it before the next line; by way of Dash
  // it takes several times as long.
  function element(part) {
    if (part === null || typeof part !== "object") return part;
    const { children, ...props } = part.props;
    return React.createElement(part.type.toLowerCase(), props, ...[children].flat().map(element));
  }

  // Map and legend at once: nobody sees the one of one layer beside the other of another.
  function draw(paint) {
    legend = legend || ReactDOM.createRoot(document.getElementById("legend"));
    ReactDOM.flushSync(() => legend.render(React.createElement(React.Fragment, null, ...paint.legend.map(element))));
    geoapp.map.show(paint);
  }

  function keep(asked, look) {
    looks.set(asked, look);
    if (looks.size > MOST) looks.delete(looks.keys().next().value);
  }

  function ask(layer) {
    const asked = address(layer);
    if (!latest.looks || looks.has(asked)) return;
    keep(asked, null);
    // Without it the choice waits for its answer, as every other act does.
    fetch(asked).then((answer) => (answer.status === 200 ? answer.json() : Promise.reject(answer.status)))
      .then((look) => keep(asked, look), () => looks.delete(asked));
  }

  function layerUnder(part) {
    const button = part.closest("button[data-layer]");
    if (button) return button.dataset.layer;
    const list = document.getElementById("layer");
    const option = list && part.closest(`[id="${list.getAttribute("aria-controls")}"] label`);
    const input = option && option.querySelector("input:enabled");
    return input ? input.value : null;
  }

  function approach(event) {
    clearTimeout(resting);
    const layer = latest && layerUnder(event.target);
    if (!layer || layer === latest.layer) return;
    // A hand on its way to another name asks for nothing.
    resting = setTimeout(ask, event.type === "pointerdown" ? 0 : REST, layer);
  }
  for (const act of ["pointerover", "pointerdown", "focusin"]) document.addEventListener(act, approach);

  function choose(layer) {
    if (!latest || layer === ahead || (layer === latest.layer && !ahead)) return;
    const look = layer === latest.layer ? latest : looks.get(address(layer));
    ahead = look ? layer : null;
    if (look) draw({ ...latest, ...look });
  }
  // Heard before the list hears it, and closes.
  document.addEventListener("click", ({ target }) => {
    const layer = target.closest("input, button") && layerUnder(target);
    if (layer) choose(layer);
  }, true);

  geoapp.looks = {
    show: (paint) => {
      latest = paint;
      if (paint.looks) keep(address(paint.layer), Object.fromEntries(paint.ofLayer.map((key) => [key, paint[key]])));
      // The answer to an earlier act does not take back what is chosen by now.
      if (ahead && ahead !== paint.layer) return;
      ahead = null;
      draw(paint);
    },
  };

  // What the list shows may come from an address too; Dash tells it once all is answered.
  window.dash_clientside.geoapp.chooseLayer = choose;
})();
