// See docs/architecture.md.
(() => {
  const { copy, copied, selected } = document.currentScript.dataset;
  document.addEventListener("toggle", ({ target }) => {
    const text = target.querySelector(":scope.cite > pre");
    if (!text || target.querySelector("button")) return;
    const button = document.createElement("button");
    const status = document.createElement("span");
    button.textContent = copy;
    status.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      getSelection().selectAllChildren(text);
      try {
        await navigator.clipboard.writeText(text.textContent);
        status.textContent = copied;
      } catch {
        status.textContent = document.execCommand("copy") ? copied : selected;
      }
    });
    target.append(button, " ", status);
  }, true);
})();
