// The page of the data: what is looked for among the sources, and a file that is given.
"use strict";
(function () {
  let typing = null;

  // Each pause in typing asks for the address with what was typed.
  document.addEventListener("input", (event) => {
    if (event.target.id !== "data-find") return;
    clearTimeout(typing);
    typing = setTimeout(() => {
      const url = new URL(window.location.href);
      if (event.target.value.trim()) url.searchParams.set("find", event.target.value.trim());
      else url.searchParams.delete("find");
      dash_clientside.set_props("asked", { data: { address: url.pathname + url.search, t: Date.now() } });
    }, 250);
  });

  Object.assign(window.dash_clientside.geoapp, {
    // A file that is too large is said to be so without being sent.
    ownFile: (contents, name) => {
      if (!contents) return dash_clientside.no_update;
      const most = Number(document.getElementById("own-panel").dataset.most);
      // The same file can be given again once it was mended.
      setTimeout(() => dash_clientside.set_props("own-file", { contents: null }), 0);
      const isLarge = contents.length * 0.75 > most;
      return { name: name, contents: isLarge ? "" : contents, isLarge: isLarge, t: Date.now() };
    },
  });
})();
