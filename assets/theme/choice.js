// See docs/architecture.md.
(() => {
  const { dataset, src } = document.currentScript;
  let chosen;
  function load({ type }) {
    try {
      if (chosen || type !== "change" && !Object.keys(localStorage).some((name) => name.startsWith(dataset.key))) return;
    } catch {
      return;
    }
    chosen = document.createElement("script");
    chosen.src = new URL("chosen.js", src);
    Object.assign(chosen.dataset, dataset, { type });
    document.head.append(chosen);
  }
  for (const each of document.querySelectorAll(".choice")) each.hidden = false;
  for (const type of ["change", "pageshow", "storage"]) addEventListener(type, load);
  load({});
  if (chosen) {
    const { style } = document.body;
    style.visibility = "hidden";
    chosen.onload = chosen.onerror = () => style.visibility = "";
  }
})();
