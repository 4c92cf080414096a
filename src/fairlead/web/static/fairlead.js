// What a page needs beyond plain HTML. Everything works without it; nothing here makes or holds content.
"use strict";

// A request that never reached the server, or an answer that is a fault, is said in words.
function say(words) {
  const place = document.getElementById("messages");
  if (!place) return;
  const line = document.createElement("p");
  line.className = "message message-error";
  line.setAttribute("role", "status");
  line.textContent = words;
  place.replaceChildren(line);
}

document.addEventListener("htmx:sendError", () => say("The installation does not answer. Your page is still here; try again in a moment."));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (status === 403) say("The page was too old. Load it again and send it once more.");
  else if (status === 404) say("There is nothing here any more.");
  else if (status >= 500) say("Something broke, and not because of you. Nothing was kept half done.");
});
// The list of rooms closes by Escape, and the focus goes back to what opened it.
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
// A form that came back with what is wrong in it is an answer, not a fault.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
// What has come into a place that takes the focus is where the reader goes on, by eye and by ear.
document.addEventListener("htmx:afterSettle", (event) => {
  const place = event.detail.target;
  if (!place.matches?.("[data-takes-focus]")) return;
  (place.querySelector("[tabindex='-1']") ?? place).focus({ preventScroll: true });
  place.scrollIntoView({ block: "nearest" });
});
// A new person's days are counted where their browser is, until they say otherwise.
document.addEventListener("DOMContentLoaded", () => {
  for (const said of document.querySelectorAll("[data-browser-zone]")) {
    const field = document.getElementById(said.dataset.browserZone) ?? said;
    if (!field.value || field.value === "UTC") field.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";
  }
});
window.addEventListener("offline", () => say("No connection. What you have sent is safe; what you type now waits for you to send it."));
