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

  // A name that ends in a digit must be quoted in CSS, or text is measured in another font and cut off.
  function readSpec(text) {
    return JSON.parse(text.replaceAll('"Source Sans 3"', "\"'Source Sans 3'\""));
  }

  // The drawing's title, description and patterns stay: what a screen reader hears, and what tells
  // kinds apart without colour.
  function dress(after, before) {
    for (const name of ["role", "aria-labelledby"]) after.setAttribute(name, before.getAttribute(name) ?? "");
    after.prepend(...before.querySelectorAll(":scope > title, :scope > desc, :scope > defs"));
    for (const pattern of after.querySelectorAll("defs > pattern")) {
      const kind = pattern.id.split("-").at(-1);
      for (const mark of after.querySelectorAll(`path[fill="var(--${kind})"]`)) {
        if (!pattern.contains(mark)) mark.setAttribute("fill", `url(#${pattern.id})`);
      }
    }
  }

  async function upgrade(place) {
    const drawn = Array.from(place.childNodes);
    const spec = document.getElementById(place.dataset.spec);
    if (!spec || place.clientWidth < wideEnough) return;
    try {
      await Promise.all([load(), document.fonts.ready]);
      const fresh = document.createElement("div");
      place.append(fresh);
      fresh.hidden = true;
      await window.vegaEmbed(fresh, readSpec(spec.textContent), options);
      const before = drawn.find((node) => node.nodeName.toLowerCase() === "svg");
      const after = fresh.querySelector("svg");
      if (!before || !after) throw new Error("nothing was drawn");
      dress(after, before);
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
