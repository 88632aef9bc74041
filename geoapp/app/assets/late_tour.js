// The tour of a first visit: four steps, each beside what it speaks of. Escape and one button end it.
"use strict";
(function () {
  const geoapp = window.geoapp;
  const MENU = "#drawer-toggle";
  // What a step speaks of; on a phone some of it is in the menu.
  const STEPS = [
    ["map", ".layer-panel", "#map"],
    ["weights", ".weights", MENU],
    ["ranking", ".ranking-panel"],
    ["pages", "#nav", MENU],
  ];
  const GAP = 12;

  function seen(selector) {
    const found = document.querySelector(selector);
    if (!found || getComputedStyle(found).visibility === "hidden") return null;
    return found.getClientRects().length ? found : null;
  }

  function made(tag, name, text) {
    const element = document.createElement(tag);
    element.className = name;
    element.textContent = text || "";
    return element;
  }

  // Beside what is spoken of where there is room, else where it covers least.
  function stand(card, ring, box) {
    const { innerWidth: width, innerHeight: height } = window;
    const [wide, high] = [card.offsetWidth, card.offsetHeight];
    const inside = (value, most) => Math.max(GAP, Math.min(value, most - GAP));
    ring.hidden = !box;
    let [x, y] = [(width - wide) / 2, (height - high) / 2];
    if (box) {
      Object.assign(ring.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` });
      if (box.right + GAP + wide < width) [x, y] = [box.right + GAP, box.top];
      else if (box.left - GAP - wide > 0) [x, y] = [box.left - GAP - wide, box.top];
      else if (box.bottom + GAP + high < height) [x, y] = [box.left, box.bottom + GAP];
      else [x, y] = [box.left, box.top - GAP - high];
    }
    card.style.transform = `translate(${inside(x, width - wide)}px, ${inside(y, height - high)}px)`;
  }

  geoapp.tour = function (words) {
    if (document.querySelector("dialog.tour")) return;
    let step = 0;
    const dialog = made("dialog", "tour");
    const ring = made("div", "tour-ring");
    const card = made("div", "tour-card");
    const title = made("h2", "");
    const text = made("p", "");
    const place = made("span", "note");
    const skip = made("button", "quiet", words["tour.skip"]);
    const back = made("button", "quiet", words["tour.back"]);
    const next = made("button", "act");
    const told = made("div", "tour-told");
    told.setAttribute("aria-live", "polite");
    title.id = "tour-title";
    dialog.setAttribute("aria-labelledby", title.id);
    told.append(title, text);
    const acts = made("div", "tour-acts");
    acts.append(skip, place, back, next);
    card.append(told, acts);
    dialog.append(ring, card);

    const show = () => {
      const [name, ...selectors] = STEPS[step];
      const target = selectors.map(seen).find(Boolean);
      const isInMenu = target && target.matches(MENU);
      title.textContent = words[`tour.${name}.title`];
      text.textContent = [words[`tour.${name}.text`], isInMenu && words["tour.menu"]].filter(Boolean).join(" ");
      place.textContent = words["tour.step"].replace("{step}", step + 1).replace("{steps}", STEPS.length);
      back.hidden = step === 0;
      skip.hidden = step === STEPS.length - 1;
      next.textContent = words[step === STEPS.length - 1 ? "tour.end" : "tour.next"];
      stand(card, ring, target && target.getBoundingClientRect());
      next.focus();
    };
    const move = (by) => {
      step += by;
      if (step === STEPS.length) dialog.close();
      else show();
    };
    const again = () => show();
    next.addEventListener("click", () => move(1));
    back.addEventListener("click", () => move(-1));
    skip.addEventListener("click", () => dialog.close());
    window.addEventListener("resize", again);
    dialog.addEventListener("close", () => {
      window.removeEventListener("resize", again);
      if (!seen("#help")) document.querySelector(MENU).focus();
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
    show();
  };
})();
