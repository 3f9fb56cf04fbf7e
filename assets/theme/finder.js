// See docs/architecture.md.
(() => {
  const { src } = document.currentScript;
  const missing = ["search.css", "minisearch.js", "../../search.js", "search-dialog.js"];
  let loading = 0;

  function settle() {
    loading -= 1;
    if (!loading) open();
  }

  function load(name) {
    const isStyle = name.endsWith("css");
    const part = document.createElement(isStyle ? "link" : "script");
    const address = new URL(name, src).href;
    part.async = false;
    loading += 1;
    part.onerror = settle;
    part.onload = () => {
      missing.splice(missing.indexOf(name), 1);
      settle();
    };
    document.head.append(Object.assign(part, isStyle ? { rel: "stylesheet", href: address } : { src: address }));
  }

  function open() {
    if (!missing[0]) dispatchEvent(new CustomEvent("find", { detail: new URL("../..", src).href }));
  }

  function start() {
    open();
    if (!loading) [...missing].forEach(load);
  }

  const button = document.createElement("button");
  const item = document.createElement("li");
  Object.assign(button, { type: "button", textContent: "Search", onclick: start });
  button.setAttribute("aria-haspopup", "dialog");
  item.className = "materials";
  item.style.cssText = "position: sticky; inset-inline-end: -1rem; z-index: 1; margin-inline: auto -1rem; background: var(--paper); box-shadow: 0 0 0.5rem 0.5rem var(--paper)";
  item.append(button);
  document.querySelector(".masthead ul")?.append(item);

  const isField = ({ localName, isContentEditable }) => isContentEditable || ["input", "select", "textarea"].includes(localName);
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (key !== "/" || ctrlKey || metaKey || altKey || event.defaultPrevented || isField(event.composedPath()[0])) return;
    try {
      if (localStorage.getItem("courseweek:slash") === "off") return;
    } catch {}
    event.preventDefault();
    start();
  });
})();
