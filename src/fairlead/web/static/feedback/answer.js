// Answering: one screen at a time, kept in this browser alone until it is sent. Everything works without this:
// then all screens stand on one page, and nothing is kept.
"use strict";
(() => {
  const PREFIX = "fairlead.answers.";
  const LAST = 99; // beyond every screen: who was looking it over comes back to the last one
  const NOT_KEPT = new Set(["csrfmiddlewaretoken", "go", "at", "looked"]);

  // --- what this browser remembers --------------------------------------------------------------

  function memory() {
    try {
      return window.localStorage;
    } catch {
      return null; // switched off: the pages work, and nothing is kept
    }
  }

  function read(name) {
    try {
      return JSON.parse(memory()?.getItem(name) ?? "null");
    } catch {
      return null;
    }
  }

  function write(name, value) {
    try {
      memory()?.setItem(name, JSON.stringify(value));
    } catch {
      // Full or forbidden: what is typed still stands on the page.
    }
  }

  function forget(seat) {
    memory()?.removeItem(PREFIX + seat);
  }

  // Answers to surveys that are over are nobody's any more.
  function forgetOver() {
    const store = memory();
    if (!store) return;
    const today = new Date().toISOString().slice(0, 10);
    const names = Array.from({ length: store.length }, (_, at) => store.key(at));
    for (const name of names) {
      if (!name?.startsWith(PREFIX)) continue;
      const kept = read(name);
      // A day later: here it may be tomorrow already, or still yesterday.
      const until = kept?.until ? new Date(Date.parse(kept.until) + 86400000).toISOString().slice(0, 10) : "";
      if (until < today) store.removeItem(name);
    }
  }

  // The page brings its sentences along, in its language; the places in them are filled here.
  function filled(words, values) {
    return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  // --- one form -----------------------------------------------------------------------------------

  function fieldsOf(form) {
    return Array.from(form.elements).filter((one) => one.name && !NOT_KEPT.has(one.name) && one.type !== "submit");
  }

  function valuesOf(form) {
    const values = {};
    for (const field of fieldsOf(form)) {
      if (field.type === "radio") {
        if (field.checked) values[field.name] = field.value;
      } else if (field.value) values[field.name] = field.value;
    }
    return values;
  }

  function fill(form, values) {
    for (const field of fieldsOf(form)) {
      const value = values[field.name];
      if (field.type === "radio") field.checked = value !== undefined && field.value === value;
      else field.value = typeof value === "string" ? value : "";
    }
  }

  function paged(form) {
    const screens = Array.from(form.querySelectorAll("[data-screen]"));
    const bar = form.querySelector("[data-how-far]");
    let here = 0;

    function show(to) {
      here = Math.min(Math.max(to, 0), screens.length - 1);
      screens.forEach((screen, at) => { screen.hidden = at !== here; });
      form.classList.toggle("begun", here > 0);
      if (bar) {
        bar.hidden = here === 0;
        const values = { here, all: screens.length - 1 };
        bar.querySelector("label").textContent = filled(form.dataset.saysScreen, values);
        const line = bar.querySelector("progress");
        line.max = screens.length - 1;
        line.value = here;
        line.textContent = filled(form.dataset.saysOf, values);
      }
      for (const later of form.querySelectorAll("[data-later]")) later.hidden = here === 0;
    }

    function go(to, { remember = true } = {}) {
      const before = here;
      show(to);
      if (here === before) return;
      if (remember) history.pushState({ screen: here }, "");
      keep();
      screens[here].querySelector("h2")?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }

    function keep() {
      const values = valuesOf(form);
      const { answer: seat, terms, until } = form.dataset;
      if (Object.keys(values).length) write(PREFIX + seat, { terms, until, screen: screens.length ? here : LAST, values });
      else forget(seat);
    }

    for (const one of form.querySelectorAll("[data-scripted]")) one.hidden = false;
    // What is said and offered where nothing is paged and nothing is kept.
    for (const one of form.querySelectorAll("[data-plain]")) one.remove();
    const kept = read(PREFIX + form.dataset.answer);
    let start = 0;
    if (form.dataset.keeps === "give" && kept && kept.terms === form.dataset.terms) {
      fill(form, kept.values ?? {});
      start = kept.screen ?? 0;
    }
    const wrong = screens.findIndex((screen) => screen.querySelector(".field-wrong"));
    if (form.dataset.keeps === "take" && screens.length) start = wrong >= 0 ? wrong : Number(form.dataset.start) || 1;
    if (screens.length) {
      form.classList.add("paged");
      show(start);
      history.replaceState({ screen: here }, "");
      if (form.dataset.keeps === "take") {
        const problem = form.querySelector("#errors");
        (problem ?? screens[here].querySelector("h2")).focus({ preventScroll: true });
        // Loading this address again asks for the questions, and sends nothing.
        keep();
      }
    } else keep();

    // A second press while the first is on its way would show "sent already" in place of the receipt.
    let sending = false;
    form.addEventListener("submit", (event) => {
      if (sending) event.preventDefault();
      sending = true;
    });
    window.addEventListener("pageshow", () => { sending = false; });
    form.addEventListener("input", keep);
    form.addEventListener("change", keep);
    form.addEventListener("click", (event) => {
      const turn = event.target.closest("[data-turn]");
      if (turn) go(here + Number(turn.dataset.turn));
      const link = event.target.closest(".problem a[href^='#']");
      if (link) {
        const place = document.getElementById(link.getAttribute("href").slice(1));
        const at = screens.findIndex((screen) => screen.contains(place));
        if (at >= 0) go(at);
      }
      if (event.target.closest("[data-forget-now]")) {
        fill(form, {});
        forget(form.dataset.answer);
        form.querySelector(".problem")?.remove();
        go(0);
        say(form.dataset.saysForgotten);
      }
    });
    // Enter on an answer goes on, and never sends.
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.type !== "radio" || !screens.length) return;
      event.preventDefault();
      if (here < screens.length - 1) go(here + 1);
    });
    if (screens.length) {
      window.addEventListener("popstate", (event) => {
        const to = event.state?.screen;
        if (typeof to === "number") go(to, { remember: false });
      });
    }
  }

  function counted(place) {
    const field = document.getElementById(place.dataset.count);
    const most = Number(field?.dataset.most);
    if (!field || !most) return;
    const count = () => {
      const left = most - Array.from(field.value).length;
      place.hidden = left > most * 0.2;
      const says = left >= 0 ? place.dataset.saysLeft : place.dataset.saysOver;
      place.textContent = filled(says, { count: Math.abs(left) });
    };
    field.addEventListener("input", count);
    count();
  }

  // --- the receipt --------------------------------------------------------------------------------

  function receipt() {
    for (const place of document.querySelectorAll("[data-forget]")) {
      forget(place.dataset.forget);
      for (const one of place.querySelectorAll("[data-scripted]")) one.hidden = false;
    }
    const copy = document.querySelector("[data-copy]");
    copy?.addEventListener("click", async () => {
      const code = document.getElementById(copy.dataset.copy);
      const told = document.querySelector("[data-copied]");
      try {
        await navigator.clipboard.writeText(code.textContent.trim());
        told.textContent = copy.dataset.saysCopied;
      } catch {
        window.getSelection().selectAllChildren(code);
        told.textContent = copy.dataset.saysSelected;
      }
    });
    document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
    // Loading the receipt again shows how it stands, and sends nothing.
    if (copy) history.replaceState(null, "", window.location.href);
  }

  forgetOver();
  for (const form of document.querySelectorAll("form[data-answer]")) paged(form);
  for (const place of document.querySelectorAll("[data-count]")) counted(place);
  receipt();
})();
