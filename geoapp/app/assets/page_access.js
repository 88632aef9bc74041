// What keys reach and screen readers hear: names and roles that the server's components lack, the
// way past the bar, what an act changed, and the helps that come when they are asked for.
"use strict";
(function () {
  const geoapp = window.geoapp;
  const SEEN = "geoapp-tour";
  let told = null;

  const watched = new WeakSet();

  // Dash calls the labels of its radio buttons options of a list; they are labels, and the list a
  // group of radio buttons. It says so anew at each change.
  function bare(group) {
    const name = group.querySelector(".dash-dropdown")?.getAttribute("aria-label");
    for (const list of group.querySelectorAll("[role=listbox]")) list.setAttribute("role", "radiogroup");
    for (const part of group.querySelectorAll("[role=radiogroup], [role=dialog]")) part.setAttribute("aria-label", name);
    for (const label of group.querySelectorAll("[role=option], label[aria-selected]")) {
      label.removeAttribute("role");
      label.removeAttribute("aria-selected");
    }
    // The button takes the focus itself, not a hidden box before it.
    const hidden = group.querySelector(".dash-dropdown-focus-target");
    if (!hidden || hidden.tabIndex < 0) return;
    hidden.tabIndex = -1;
    group.querySelector(".dash-dropdown").tabIndex = 0;
  }

  function nameGroups() {
    for (const group of document.querySelectorAll(".segments, .languages, .dash-dropdown-wrapper")) {
      if (!watched.has(group)) {
        watched.add(group);
        new MutationObserver(() => bare(group)).observe(group, { subtree: true, childList: true, attributeFilter: ["role", "aria-selected", "tabindex"] });
      }
      bare(group);
    }
    for (const group of document.querySelectorAll(".segments, .languages")) group.setAttribute("role", "radiogroup");
  }

  // The box of a file comes later than the rest of the page.
  let asked = null;
  function nameFile() {
    const box = document.querySelector("#event-file input");
    if (box && asked) box.setAttribute("aria-label", asked["event-file"]);
  }

  geoapp.nameControls = function (names) {
    if (!asked) new MutationObserver(nameFile).observe(document.querySelector(".way.file"), { childList: true, subtree: true });
    asked = names;
    nameFile();
    for (const [id, text] of Object.entries(names)) {
      const control = document.getElementById(id) || document.querySelector(".leaflet-control-" + id);
      if (!control) continue;
      control.setAttribute("aria-label", text);
      // A drop-down is called by its name and by what is chosen in it.
      if (control.classList.contains("dash-dropdown")) control.setAttribute("aria-labelledby", `${id} ${id}-value`);
    }
    nameGroups();
    document.getElementById("map").setAttribute("role", "group");
    const search = document.getElementById("search");
    search.setAttribute("role", "combobox");
    search.setAttribute("aria-controls", "search-results");
    if (!search.hasAttribute("aria-expanded")) search.setAttribute("aria-expanded", "false");
    for (const row of document.querySelectorAll(".weight")) {
      const slider = row.querySelector("[role=slider]");
      if (slider) slider.setAttribute("aria-labelledby", row.firstElementChild.id);
    }
    markDrawer();
  };

  function markDrawer() {
    document.getElementById("drawer-toggle").setAttribute("aria-expanded", document.body.classList.contains("drawer-open"));
  }
  new MutationObserver(() => document.getElementById("drawer-toggle") && markDrawer()).observe(document.body, { attributeFilter: ["class"] });

  // One sentence of what an act left: the layer, and the figure of the chosen unit.
  geoapp.tell = function (paint) {
    geoapp.map.units().then((units) => {
      const unit = units.find(({ properties }) => properties.u === paint.unit);
      const line = [paint.title, unit && `${unit.properties.n}: ${paint.labels[unit.properties.i]}`].filter(Boolean).join(". ");
      if (line === told) return;
      told = line;
      document.getElementById("said").textContent = line;
    });
  };

  const words = new Map();
  geoapp.words = function () {
    const language = document.documentElement.lang;
    if (!words.has(language)) words.set(language, fetch(`/words/${language}.json`).then((answer) => answer.json()));
    return words.get(language);
  };

  function late(name) {
    Promise.all([geoapp.need(name), geoapp.words()]).then(([, said]) => geoapp[name](said), () => null);
  }

  // Who comes for the first time to the plain page is led through it, once; who was sent an
  // address came for what it shows.
  geoapp.welcome = function () {
    const query = new URLSearchParams(window.location.search);
    query.delete("lang");
    if (window.location.pathname !== "/" || query.size) return;
    try {
      if (window.localStorage.getItem(SEEN)) return;
      window.localStorage.setItem(SEEN, "1");
    } catch {
      return;
    }
    late("tour");
  };

  // In an open drop-down Enter chooses, and letters go to its search.
  document.addEventListener("keydown", (event) => {
    const option = event.target.closest(".dash-dropdown-content .dash-options-list-option-checkbox");
    if (!option || event.ctrlKey || event.metaKey || event.altKey) return;
    const search = option.closest(".dash-dropdown-content").querySelector(".dash-dropdown-search");
    if (event.key === "Enter") option.click();
    else if (event.key.length === 1 && event.key !== " " && search) search.focus();
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target.id === "as-table") late("figures");
    if (event.target.id === "help") {
      document.body.classList.remove("drawer-open");
      late("tour");
    }
    if (event.target.id !== "skip") return;
    event.preventDefault();
    if (document.body.dataset.page === "priorities" && document.getElementById("ranking")) {
      dash_ag_grid.getApi("ranking").setFocusedCell(0, "name");
      return;
    }
    const answers = document.getElementById("answers");
    answers.tabIndex = -1;
    const first = [...answers.querySelectorAll(".page *")].find((one) => one.tabIndex >= 0 && one.getClientRects().length);
    (first || answers).focus();
  });
})();
