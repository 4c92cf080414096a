// The key "/" goes to the search field; everything works without it.
"use strict";

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const field = document.querySelector("[data-focus-by='/']");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
