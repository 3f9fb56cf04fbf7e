// Keeps a page of the preview as it is in the course's files. It speaks the protocol of livereload (version 7).
(() => {
  "use strict";
  const own = "/_preview/";
  const host = document.querySelector("courseweek-preview");
  if (!host || !host.shadowRoot) return; // a browser without declarative shadow trees
  const frame = host.shadowRoot;
  const find = (selector) => frame.querySelector(selector);
  // The same page on another day has the same place to read on.
  const page = location.pathname.replace(/^\/_preview\/\d{4}-[^/]*\//, "/").replace(/\/$/, "/index.html");
  const key = `courseweek:${page}`;

  // Scroll and open lists, kept over a reload and a change of the day, and over nothing else.
  const nearTo = (details) => details.parentElement.closest("[id]");
  const nameOf = (details) => {
    const near = nearTo(details);
    const among = [...document.querySelectorAll("details")].filter((each) => nearTo(each) === near);
    return `${near ? near.id : ""}/${among.indexOf(details)}`;
  };
  function keep() {
    const open = [...document.querySelectorAll("details")].map((each) => [nameOf(each), each.open]);
    const days = find("nav ol");
    sessionStorage.setItem(key, JSON.stringify({ top: scrollY, left: days ? days.scrollLeft : 0, open }));
  }
  function restore() {
    const kept = sessionStorage.getItem(key);
    sessionStorage.removeItem(key);
    const chosen = find("nav [aria-current]");
    if (kept) {
      const { top, left, open } = JSON.parse(kept);
      const was = new Map(open);
      for (const each of document.querySelectorAll("details")) {
        if (was.has(nameOf(each))) each.open = was.get(nameOf(each));
      }
      history.scrollRestoration = "manual"; // the browser's own comes later, for a page of another height
      scrollTo({ top, behavior: "instant" });
      addEventListener("load", () => {
        scrollTo({ top, behavior: "instant" });
        history.scrollRestoration = "auto";
      }, { once: true });
      placeStrip(() => left);
    } else if (chosen) {
      placeStrip((strip) => chosen.getBoundingClientRect().left - strip.clientWidth / 2);
    }
  }
  function placeStrip(leftOf) {
    const style = find("link");
    const place = () => { const strip = find("nav ol"); if (strip) strip.scrollLeft = leftOf(strip); };
    if (style.sheet) place();
    else style.addEventListener("load", place, { once: true });
  }
  function reload() {
    keep();
    location.reload();
  }

  // The strip is one stop of the keyboard; arrows move within it.
  const days = [...frame.querySelectorAll("nav a")];
  const stop = Math.max(0, days.findIndex((day) => day.hasAttribute("aria-current")));
  days.forEach((day, at) => {
    day.tabIndex = at === stop ? 0 : -1;
    day.addEventListener("click", (event) => event.ctrlKey || event.metaKey || event.shiftKey || keep());
    day.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: at - 7, ArrowDown: at + 7, Home: 0, End: days.length - 1 };
      const next = days[steps[event.key]];
      if (!next || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      day.tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    });
  });
  find(".back")?.addEventListener("click", keep);

  // What is wrong can be put aside, to see the page, and comes back with the next edit.
  function showReport(shown) {
    const trouble = find(".trouble");
    if (!trouble || trouble.hidden !== shown) return;
    trouble.hidden = !shown;
    find(".again").hidden = shown;
    find(shown ? ".hide" : ".again").focus({ preventScroll: true });
  }
  function armReport() {
    if (!find(".trouble")) return;
    find(".hide").hidden = false;
    find(".hide").addEventListener("click", () => showReport(false));
    find(".again").addEventListener("click", () => showReport(true));
  }
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") showReport(false);
  });
  async function renewReport() {
    const wanted = `${own}report?${new URLSearchParams({ page: location.pathname })}`;
    const answer = await fetch(wanted).catch(() => null);
    if (!answer) return; // the preview has ended, which the socket reports
    if (!answer.ok) return reload();
    const made = document.createElement("template");
    made.innerHTML = await answer.text();
    const open = find(".warnings")?.open;
    find(".report").replaceWith(made.content);
    if (find(".warnings") && open) find(".warnings").open = true;
    armReport();
  }
  function renewStyle(path) {
    const sheets = [...document.querySelectorAll("link[rel~=stylesheet]")]
      .filter((each) => new URL(each.href).pathname.endsWith(`/${path}`));
    if (!sheets.length) return reload();
    for (const old of sheets) {
      const fresh = old.cloneNode();
      fresh.href = `${old.href.split("?")[0]}?${performance.now()}`;
      fresh.addEventListener("load", () => old.remove()); // until then the page keeps the old one
      old.after(fresh);
    }
    return renewReport();
  }

  let wait = 250;
  function listen() {
    const socket = new WebSocket(`ws://${location.host}${own}socket`);
    const send = (message) => socket.send(JSON.stringify(message));
    socket.addEventListener("open", () => {
      send({ command: "hello", protocols: ["http://livereload.com/protocols/official-7"] });
    });
    socket.addEventListener("message", ({ data }) => {
      const message = JSON.parse(data);
      if (message.command === "hello") {
        wait = 250;
        find(".gone") && (find(".gone").textContent = "");
        host.setAttribute("data-listens", "");
        send({ command: "info", plugins: {}, url: location.href, version: find(".report").dataset.version });
      } else if (message.command === "reload") {
        if (message.path === `${own}report`) renewReport();
        else if (message.liveCSS && message.path.endsWith(".css")) renewStyle(message.path);
        else reload();
      }
    });
    socket.addEventListener("close", () => {
      host.removeAttribute("data-listens");
      find(".gone") && (find(".gone").textContent = "The preview has ended.");
      setTimeout(listen, wait);
      wait = Math.min(4000, wait * 2);
    });
  }

  restore();
  armReport();
  listen();
})();
