// See docs/architecture.md.
(() => {
  const { src } = document.currentScript;
  const missing = ["search.css", "minisearch.js", "../../search.js", "search-dialog.js"];
  let loading = 0;
  let isAskedAgain = false;

  function settle() {
    loading -= 1;
    if (loading) return;
    if (isAskedAgain) start();
    else open();
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

  // Who presses again while a part that will fail is on its way asks for that part once more.
  function start() {
    open();
    isAskedAgain = loading > 0;
    if (!loading) [...missing].forEach(load);
  }

  const button = document.createElement("button");
  const box = document.createElement("div");
  const list = document.querySelector(".masthead ul");
  Object.assign(button, { type: "button", textContent: "Search", onclick: start });
  button.setAttribute("aria-haspopup", "dialog");
  box.className = "materials";
  box.style.cssText = "position: relative; z-index: 1; margin-inline-end: 1rem; background: var(--paper)";
  box.append(button);
  if (list) {
    // Beside the list, which scrolls: over its links, the button would hide a part of one.
    list.style.cssText = "flex: 1; min-width: 0";
    list.parentNode.style.cssText = "display: flex; align-items: center; gap: 0.5rem";
    list.after(box);
  }

  const script = document.createElement("script");
  script.src = new URL("ticks.js", src);
  if (document.querySelector(".readings li")) document.head.append(script);

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
