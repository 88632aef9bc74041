// What is done with the answer to an event: change how it was read, undo, take it away as a file.
"use strict";
(function () {
  const FIRST = { buffer_km: 0, thresholds: "" };
  const before = [];
  let now = null;
  let seen = null;
  let stop = null;

  function keep(next) {
    if (now) before.push(now);
    now = next;
  }

  function marked() {
    document.body.classList.toggle("event-changed", before.length > 0);
  }

  // An answer is new, or the rates of the same one were edited.
  function held(brief, rates, asked) {
    if (brief !== seen) {
      seen = brief;
      const { undone, ...statement } = asked || {};
      if (undone) now = { asked: statement, rates: rates };
      else keep({ asked: statement, rates: rates });
      // The answer gets the room of the form, which one click opens again.
      document.getElementById("event-form").open = false;
    } else if (JSON.stringify(rates) !== JSON.stringify(now.rates)) {
      keep({ asked: now.asked, rates: rates });
    }
    marked();
  }

  // Boxes that were just drawn hold what was asked already.
  function setting(changed, asked) {
    if (!changed || changed.value == null) return null;
    const { part, place } = JSON.parse(changed.prop_id.slice(0, changed.prop_id.lastIndexOf(".")));
    const from = place === "said" ? { asked: asked, rates: null } : now;
    if (!from || String(from.asked[part] || FIRST[part]) === String(changed.value)) return null;
    return { ...from.asked, [part]: changed.value, rates: from.rates, t: Date.now() };
  }

  function undo() {
    const last = before.pop();
    if (!last) return;
    dash_clientside.set_props("event-asked", { data: { ...last.asked, rates: last.rates, undone: Date.now() } });
  }

  const say = (text) => dash_clientside.set_props("event-flash-said", { children: text });

  function save(content, name) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  }

  async function flash(kind) {
    const words = document.getElementById("event-acts");
    if (stop || !now) return;
    stop = new AbortController();
    document.body.classList.add("event-printing");
    say(words.dataset.busy);
    try {
      const answer = await fetch("/event/brief." + kind, {
        method: "POST",
        signal: stop.signal,
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ asked: { ...now.asked, rates: now.rates }, language: words.lang }),
      });
      if (!answer.ok) throw new Error((await answer.json()).sentence || words.dataset.failed);
      const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))[1];
      save(await answer.blob(), name);
      say(words.dataset.done + " " + name);
    } catch (error) {
      const isOwn = error instanceof TypeError || error instanceof SyntaxError;
      say(error.name === "AbortError" ? words.dataset.cancelled : isOwn ? words.dataset.failed : error.message);
    }
    stop = null;
    document.body.classList.remove("event-printing");
  }

  document.addEventListener("click", (event) => {
    const asked = event.target.closest("[data-flash]");
    if (asked) flash(asked.dataset.flash);
    else if (event.target.closest("#event-flash-cancel") && stop) stop.abort();
    else if (event.target.closest("#event-undo")) undo();
  });

  window.geoapp.undoes.emergency = (isRedo) => { if (!isRedo) undo(); };
  window.geoapp.event = { held: held, setting: setting };
})();
