// The pages: links, address, back and forward, names of controls, drawer and print.
"use strict";
(function () {
  const geoapp = window.geoapp;
  // Back undoes these and the page; sliders and words only change the address that is there.
  const STEPS = ["level", "layer", "u", "u2", "vs", "sector", "o", "part"];
  // The first address, and those of back and forward, are in the history already.
  let isRestored = true;
  let isAnswered = false;

  const links = () => [...document.querySelectorAll("a[data-page]")];
  const here = () => window.location.pathname + window.location.search;

  function markLink(page) {
    for (const link of links()) {
      if (link.dataset.page === page) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    }
  }

  function open(page) {
    document.body.dataset.page = page;
    markLink(page);
    geoapp.overlay.draw();
    geoapp.loadTable();
  }

  function steps(address) {
    const url = new URL(address, window.location.origin);
    return [url.pathname, ...STEPS.map((name) => url.searchParams.get(name))].join(" ");
  }

  geoapp.hold = (...given) => geoapp.need("offices").then(() => geoapp.offices.hold(...given));

  document.addEventListener("click", (event) => {
    const body = document.body.classList;
    const link = event.target.closest("a[data-page]");
    if (link && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      body.remove("drawer-open");
      open(link.dataset.page);
      dash_clientside.set_props("page", { data: link.dataset.page });
    }
    // A link to another view of the open page is an address that is asked for, not a page.
    const view = event.target.closest("a[data-view]");
    if (view && event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      dash_clientside.set_props("asked", { data: { address: view.getAttribute("href"), t: Date.now() } });
    }
    // An act on an office may come before the script of its page.
    const office = event.target.closest("[data-office]");
    if (office) geoapp.need("offices").then(() => geoapp.offices.act(office.dataset));
    // A button that names a Store tells it what it stands for.
    const { tells, ...told } = event.target.dataset;
    if (tells) dash_clientside.set_props(tells, { data: { ...told, t: Date.now() } });
    if (event.target.id === "drawer-toggle") body.toggle("drawer-open");
    else if (!event.target.closest(".column.left, .pages, .dash-dropdown-content")) body.remove("drawer-open");
    if (event.target.id === "sheet-print") window.print();
  });

  window.addEventListener("popstate", () => {
    const link = links().find((one) => one.pathname === window.location.pathname);
    if (link) open(link.dataset.page);
    isRestored = true;
    dash_clientside.set_props("asked", { data: { address: here(), t: Date.now() } });
  });

  window.addEventListener("beforeprint", () => {
    const write = (id, ...parts) => {
      const line = document.getElementById(id);
      if (line) line.textContent = parts.filter(Boolean).join(" · ");
    };
    const date = new Date().toLocaleDateString(document.documentElement.lang);
    // On paper too: of which edition the figures are.
    const edition = (document.querySelector(".edition-line") || {}).textContent;
    write("print-line", edition, date, window.location.href);
    if (!geoapp.map.isPainted()) return;
    const { title, second, scenario } = geoapp.map.paint();
    const over = geoapp.tools ? geoapp.tools.cited() : [];
    write("print-head", [title, second && second.title].filter(Boolean).join(" + "), document.title, date, scenario, edition);
    write("print-foot", ...[...document.querySelectorAll("#legend .sources li")].map((one) => one.textContent), ...over, window.location.href);
    // The map is printed as it stands, so much smaller that it fits the paper.
    const { clientWidth: wide, clientHeight: tall } = document.getElementById("map");
    const room = { "--wide": wide + "px", "--tall": tall + "px", "--fit": Math.min(1000 / wide, 520 / tall) };
    for (const [name, value] of Object.entries(room)) document.body.style.setProperty(name, value);
  });

  // What was chosen on the map before Dash came is asked for with the first address.
  function first() {
    const url = new URL(here(), window.location.origin);
    const early = geoapp.early();
    if (early && early.unit) url.searchParams.set("u", early.unit);
    else if (early) url.searchParams.delete("u");
    return { address: url.pathname + url.search, t: Date.now() };
  }

  // The panels stand: the map moves to its place among them, and what waited for both comes.
  function settle(unit) {
    isAnswered = true;
    document.getElementById("map-place").append(document.getElementById("map-root"));
    geoapp.tellEarly(unit);
    geoapp.map.whenDrawn.then(() => {
      geoapp.loadTable();
      geoapp.welcome();
    });
  }

  Object.assign(window.dash_clientside.geoapp, {
    start: first,
    address: (address) => {
      if (!address) return;
      const query = new URL(address, window.location.origin).search;
      for (const link of links()) link.setAttribute("href", link.pathname + query);
      const isStep = !isRestored && steps(address) !== steps(here());
      geoapp.remember(here(), address, isRestored);
      isRestored = false;
      const whole = address + geoapp.eventMark(address);
      if (isStep) window.history.pushState(null, "", whole);
      else window.history.replaceState(null, "", whole);
    },
    show: (paint) => {
      if (!paint) return;
      document.documentElement.lang = paint.language;
      document.title = paint.heading;
      if (paint.page !== document.body.dataset.page) open(paint.page);
      markLink(paint.page);
      geoapp.follow(paint.unit);
      geoapp.looks.show(paint);
      geoapp.nameControls(paint.names);
      geoapp.tell(paint);
      geoapp.followQuadrants();
      geoapp.showTools(paint);
      if (!isAnswered) settle(paint.unit);
      geoapp.restoreEvent(paint.page);
    },
    officeJob: (job) => { if (job) geoapp.need("offices").then(() => geoapp.offices.follow(job)); },
    officeResult: () => { if (geoapp.offices) geoapp.offices.keepFocus(); },
    overlay: (all) => {
      const stores = window.dash_clientside.callback_context.inputs_list[0];
      all.forEach((data, line) => geoapp.overlay.set(stores[line].id.page, data || null));
    },
  });
})();
