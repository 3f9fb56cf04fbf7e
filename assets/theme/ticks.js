// See docs/architecture.md.
(() => {
  const { src } = document.currentScript;
  const mostKept = 5000;
  const longestId = 300;
  const largestFile = 1000000;
  const minute = 60000;

  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const day = /^\d{4}-\d\d-\d\d$/;
  const plain = (text) => text.replace(/\s+/g, " ");
  const sayCount = (message, some, test) =>
    message.replace("{count}", some.filter(test).length).replace("{total}", some.length);

  function start({ key, words, readings, meetings }) {
    const listsOf = new Map(meetings.map(([id, ...lists]) => [id, lists]));
    const everything = meetings.flatMap(([, ...lists]) => lists.flat());
    const idOfAddress = new Map(readings.filter(([, , address]) => address).map(([id, , address]) => [address, id]));
    const ticks = new Map();
    const isRead = (place) => ticks.has(readings[place][0]);
    let isKept = true;

    // What a browser has kept, or a file contains, may be anything.
    const check = (some) => Object.entries(Object(some))
      .filter(([id, tick]) => id.length <= longestId && Array.isArray(tick) && typeof tick[0] === "string" && day.test(tick[0]))
      .slice(0, mostKept)
      .map(([id, [on, address]]) => [id, [on, typeof address === "string" ? address.slice(0, longestId) : ""]]);

    // What only the page knows, since the browser keeps nothing, stays as it is.
    function recall() {
      let kept;
      try {
        kept = localStorage.getItem(key);
      } catch {
        return;
      }
      if (!isKept) return;
      ticks.clear();
      try {
        for (const [id, tick] of check(JSON.parse(kept))) ticks.set(id, tick);
      } catch {}
      // An id that is made of the title may go to another reading; the address stays.
      const moved = [...ticks].map(([id, tick]) => [idOfAddress.get(tick[1]) || id, tick]);
      ticks.clear();
      for (const [id, tick] of moved) if (!ticks.has(id)) ticks.set(id, tick);
    }
    function keep() {
      try {
        localStorage.setItem(key, JSON.stringify(Object.fromEntries(ticks)));
        isKept = true;
      } catch {
        isKept = false;
      }
    }

    const rows = all(".schedule tr[id]");
    const nameOf = (path) => decodeURIComponent(path.split("/").pop().replace(/\.html$/, ""));
    // A course's own layouts may leave out links and headings.
    const listsAt = (link) => {
      if (!link) return [[], []];
      const row = rows.find((each) => each.querySelector(".topic a")?.href === link.href);
      return listsOf.get(row ? row.id : nameOf(link.hash.slice(1) || link.pathname)) || [[], []];
    };

    // A page of another build may have other readings in other places, and then gets no boxes for them.
    function addBoxes(lines, places) {
      if (lines.length !== places.length) return;
      lines.forEach((line, at) => {
        const [id, title] = readings[places[at]];
        if (line.querySelector(".tick") || !plain(line.textContent).includes(plain(title))) return;
        const box = make("input", { type: "checkbox" });
        box.dataset.tick = id;
        box.setAttribute("aria-label", words.box.replace("{title}", () => title));
        line.prepend(make("label", { className: "tick" }, box));
      });
    }

    const panel = document.querySelector(".this-week-list");
    const count = make("p", { className: "small read-count" });
    const summary = make("summary", {});
    const status = make("span", {});
    count.setAttribute("role", "status");
    status.setAttribute("role", "status");

    function say(element, text) {
      if (element.textContent !== text) element.textContent = text;
    }
    function show() {
      for (const box of all(".tick input")) box.checked = ticks.has(box.dataset.tick);
      say(summary, sayCount(words.mine, [...readings.keys()], isRead));
      const places = panel ? all("li", panel).flatMap((line) => listsAt(line.querySelector("a"))[0]) : [];
      say(count, places[0] >= 0 ? sayCount(words.count, [...new Set(places)], isRead) : "");
    }
    function renew() {
      recall();
      show();
    }

    function save(name, type, text) {
      const link = make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: "my-readings." + name });
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), minute);
    }
    const escapeMarks = (text) => plain(text).trim().replace(/[\\`*_[\]<>#]/g, "\\$&");
    function saveText() {
      const lines = all(".listing > div").flatMap((listing) => [
        "", "## " + escapeMarks(listing.parentNode.querySelector("h2")?.textContent || ""), "",
        ...all(".tick input", listing).map((box) => {
          const [, title] = readings.find(([id]) => id === box.dataset.tick);
          const link = box.closest("li").querySelector("a:not(.small)");
          const [on] = ticks.get(box.dataset.tick) || [];
          return (on ? "- [x] " : "- [ ] ") + escapeMarks(title) + (link ? " <" + link.href + ">" : "") + (on ? " (" + on + ")" : "");
        }),
      ]);
      save("md", "text/markdown", ["# " + escapeMarks(document.title), ...lines, ""].join("\n"));
    }
    function saveTicks() {
      save("json", "application/json", JSON.stringify({ courseweek: key, read: Object.fromEntries(ticks) }, null, 1) + "\n");
    }

    function addList(place) {
      const input = make("input", { type: "file", accept: ".json" });
      input.onchange = async () => {
        const [file] = input.files;
        let list;
        try {
          if (file.size <= largestFile) list = JSON.parse(await file.text());
        } catch {}
        const isOurs = list?.courseweek === key && typeof list.read === "object";
        if (isOurs) {
          recall();
          for (const [id, tick] of check(list.read)) if (!(ticks.get(id)?.[0] <= tick[0])) ticks.set(id, tick);
          keep();
          renew();
        }
        input.value = "";
        status.textContent = isOurs ? words.loaded : words.refused;
      };
      const buttons = [[words.text, saveText], [words.ticks, saveTicks], [words.load, () => input.click()]]
        .flatMap(([text, onclick]) => [make("button", { type: "button", onclick }, text), " "]);
      place.append(make("details", { className: "small" }, summary, make("p", {}, words.where), make("p", {}, ...buttons, status)));
    }

    for (const row of rows) addBoxes(all(".readings li", row), (listsOf.get(row.id) || []).flat());
    for (const place of all(".listings, .document")) {
      addBoxes(all(".readings li", place).filter((line) => !line.closest(".listing > .readings")), everything);
    }
    addBoxes(all(".meeting-page .readings li"), (listsOf.get(nameOf(location.pathname)) || []).flat());
    for (const entry of all(".now .entry")) addBoxes(all(".readings li", entry), listsAt(entry.querySelector("h2 a"))[0]);
    all(".my-list").forEach(addList);
    renew();
    panel?.querySelector("h2")?.after(count);
    for (const list of all(".this-week-list ul")) new MutationObserver(show).observe(list, { childList: true });
    document.addEventListener("change", (event) => {
      const { target } = event;
      const { tick } = target.dataset;
      if (!tick) return;
      event.stopPropagation(); // to choice.js, which takes each change for a choice
      const isTicked = target.checked;
      const [, , address] = readings.find(([id]) => id === tick);
      recall();
      if (isTicked) ticks.set(tick, [new Date().toLocaleString("sv").slice(0, 10), address]);
      else ticks.delete(tick);
      keep();
      show();
    });
    for (const type of ["pageshow", "storage"]) addEventListener(type, renew);
  }

  // The boxes come with their style, so nothing moves.
  const parts = [
    make("link", { rel: "stylesheet", href: new URL("ticks.css", src).href }),
    make("script", { src: new URL("../../readings.js", src).href }),
  ];
  for (const part of parts) {
    part.onload = () => {
      part.onload = null;
      if (parts.every((each) => !each.onload)) start(window.courseReadings);
    };
  }
  document.head.append(...parts);
})();
