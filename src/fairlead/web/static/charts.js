// Lets a drawn figure answer to the pointer. The figure stands as SVG before, without and instead of this.
"use strict";
(() => {
  const library = document.currentScript.dataset.library;
  const options = {
    ast: true, // no eval: the content security policy forbids it
    actions: false,
    defaultStyle: false,
    renderer: "svg",
    tooltip: { disableDefaultStyle: true },
  };
  const wideEnough = 560; // a narrower page shows the drawing, scaled: there is no pointer to answer to

  let loading = null;
  function load() {
    loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = library;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });
    return loading;
  }

  async function upgrade(place) {
    const drawn = Array.from(place.childNodes);
    const spec = document.getElementById(place.dataset.spec);
    if (!spec || place.clientWidth < wideEnough) return;
    try {
      await load();
      const fresh = document.createElement("div");
      place.append(fresh);
      fresh.hidden = true;
      await window.vegaEmbed(fresh, JSON.parse(spec.textContent), options);
      // The drawing's title and description stay what a screen reader hears.
      const before = drawn.find((node) => node.nodeName.toLowerCase() === "svg");
      const after = fresh.querySelector("svg");
      if (before && after) {
        for (const name of ["role", "aria-labelledby"]) after.setAttribute(name, before.getAttribute(name) ?? "");
        after.prepend(...before.querySelectorAll(":scope > title, :scope > desc"));
      }
      drawn.forEach((node) => node.remove());
      fresh.hidden = false;
    } catch {
      place.replaceChildren(...drawn);
    }
  }

  const seen = new IntersectionObserver(
    (entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      seen.unobserve(entry.target);
      upgrade(entry.target);
    }),
    { rootMargin: "200px" },
  );
  function watch(root) {
    if (!window.matchMedia("(hover: hover)").matches) return;
    root.querySelectorAll("[data-spec]").forEach((place) => seen.observe(place));
  }
  document.addEventListener("DOMContentLoaded", () => watch(document));
  document.addEventListener("htmx:load", (event) => watch(event.detail.elt));
})();
