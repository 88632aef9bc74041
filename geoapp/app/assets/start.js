// The map stands first: dash-leaflet draws it in a root of its own, with the paint that came with
// the page. What Dash needs for all else is loaded while the polygons are drawn, and runs after them.
"use strict";
(function () {
  const geoapp = window.geoapp;
  const told = (id) => JSON.parse(document.getElementById(id).textContent);

  // The part of the layout that Dash would make, made without it.
  function element({ namespace, type, props: { children, ...props } }) {
    const within = [children || []].flat().map(element);
    return React.createElement(window[namespace][type], { ...props, setProps: () => {} }, ...within);
  }

  function add(name, marks) {
    document.head.append(Object.assign(document.createElement(name), marks));
  }

  const later = document.getElementById("rest").content;
  const rest = [...later.querySelectorAll("script[src]")].map((script) => script.getAttribute("src"));
  geoapp.map.show(told("first-paint"));
  ReactDOM.createRoot(document.getElementById("map-root")).render(element(told("first-map")));
  geoapp.map.arrived().then(() => {
    for (const address of rest) add("link", { rel: "preload", as: "script", href: address });
  }, () => null);
  geoapp.map.whenDrawn.then(() => {
    const start = () => add("script", { textContent: later.getElementById("_dash-renderer").textContent });
    rest.forEach((address, line) => {
      const isLast = line === rest.length - 1;
      add("script", { async: false, src: address, onload: isLast ? start : null });
    });
  });
})();
