// Sorting by keyboard: L M D F R place, S or the right arrow skips, U or the left arrow takes back, ? helps.
// Everything works without this; the keys press the buttons that stand on the page.
"use strict";
(() => {
  const also = { arrowright: "s", arrowleft: "u" };
  const waiting = [];
  let busy = false;

  function press(key) {
    const card = document.querySelector("#sorting [data-keys]");
    const button = card?.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!button || button.disabled) return;
    if (button.tagName === "SUMMARY") {
      button.click();
      return;
    }
    busy = true;
    button.classList.add("pressed");
    button.click();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
    const pressed = event.key.toLowerCase();
    const key = also[pressed] ?? pressed;
    if (!"lmdfrsu?".includes(key) || key.length !== 1) return;
    event.preventDefault();
    // A quick hand is faster than the network: what comes meanwhile waits for the next card.
    if (busy) waiting.push(key);
    else press(key);
  });

  document.addEventListener("htmx:beforeRequest", () => { busy = true; });
  document.addEventListener("htmx:afterSettle", () => {
    busy = false;
    // The focus stays with the sorting, not on the page's beginning.
    const card = document.getElementById("card");
    if (card && (document.activeElement === document.body || !document.activeElement)) card.focus({ preventScroll: true });
    const next = waiting.shift();
    if (next) press(next);
  });
  for (const name of ["htmx:sendError", "htmx:responseError"]) {
    document.addEventListener(name, () => { busy = false; waiting.length = 0; });
  }
})();
