// The card beside the hand: what is under it, as text only, never markup that a name could carry.
"use strict";
window.geoapp = window.geoapp || {};
window.geoapp.hover = (function () {
  const card = () => document.getElementById("hover");

  function show(event, lines) {
    if (event.originalEvent.pointerType === "touch" || window.matchMedia("(hover: none)").matches) return;
    const box = card();
    box.replaceChildren();
    lines.forEach((text, line) => {
      if (!text) return;
      const part = document.createElement("div");
      part.className = "hover-" + line;
      part.textContent = text;
      box.append(part);
    });
    box.hidden = false;
    move(event);
  }

  function move(event) {
    const box = card();
    const { clientX: x, clientY: y } = event.originalEvent;
    const left = Math.min(x + 14, window.innerWidth - box.offsetWidth - 8);
    const isLow = y + 18 + box.offsetHeight > window.innerHeight;
    const top = isLow ? y - box.offsetHeight - 12 : y + 18;
    box.style.transform = `translate(${left}px, ${top}px)`;
  }

  // What is painted of a unit, of one layer or two, and whether a filter leaves it out.
  function figures(paint, index) {
    const told = [paint, paint.second].filter(Boolean).flatMap((from) => figure(from, index, paint));
    return [...told, paint.outside[index] === "1" ? paint.outsideWord : ""];
  }

  // A figure and how far it is to be trusted; where there is none nothing is trusted.
  function figure(from, index, { missing, confidenceWords }) {
    const isKnown = from.labels[index] !== missing;
    const words = [`${from.title}: ${from.labels[index]}`, isKnown && from.counted].filter(Boolean).join(" ");
    const trust = [from.estimate, confidenceWords[from.confidence[index]]].filter(Boolean).join(" · ");
    return [words, isKnown ? trust : ""];
  }

  return {
    show,
    move,
    figures,
    hide: () => { card().hidden = true; },
  };
})();
