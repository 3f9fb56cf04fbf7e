// See docs/architecture.md.
(() => {
  const unset = Date.UTC(2010);
  const longest = 60000;

  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const timed = (element) => ({
    element,
    spans: (element.dataset.spans || element.dataset.from + "/" + element.dataset.to)
      .split(" ").map((span) => span.split("/").map(Date.parse)),
    pause: element.classList.contains("break"),
  });
  const weeks = all("tbody.week").map(timed);
  const headlines = all(".announced[data-from]").map(timed);
  const rows = all("tr[data-date]").map(timed);
  const meetings = rows.filter((row) => !row.pause);
  const lines = all("tr.line").map((element) => ({ element }));
  const silent = all(".silent").map(timed);
  const cards = all(".now");
  if (!rows.length && !headlines.length) return;
  const dues = all(".schedule [data-at]:not(.out)").map((element) => ({ element, at: Date.parse(element.dataset.at) }));
  const followsNext = cards.some((card) => card.dataset.follow);
  const holds = (week, row) => week && week.element.contains(row.element);

  const ofFirstKind = (some) => {
    const meetings = some.filter((row) => !row.pause);
    return meetings.length ? meetings : some;
  };
  const covers = (now) => (each) => each.spans.some(([from, to]) => from <= now && now < to);
  const coming = (time, some) => {
    const first = Math.min(...some.flatMap((row) => row.spans.map(([from]) => from)).filter((from) => from > time));
    return [ofFirstKind(some.filter((row) => row.spans.some(([from]) => from === first))), first];
  };

  function focus(now) {
    let marked = ofFirstKind(rows.filter(covers(now)));
    let mark = marked.length && "Today";
    let after = now;
    let [following, next] = coming(now, rows);
    if (!mark && following.length) {
      [marked, mark, after] = [following, "Next", next];
      [following] = coming(after, rows);
    }
    if (following[0]?.pause) following = [...marked[0].pause ? [] : following, ...coming(after, meetings)[0]];
    const actual = weeks.find(covers(now));
    const week = followsNext && marked.length ? weeks.find((each) => holds(each, marked[0])) : actual;
    const begin = weeks.find((each) => rows.some((row) => holds(each, row))).spans[0][0];
    const end = weeks[weeks.length - 1].spans[0][1];
    let state = "on";
    if (!mark) state = now < end ? "last" : "over";
    else if (!actual && mark === "Next") state = now < begin ? "before" : "pause";
    const first = week && [...rows, ...lines].find((row) => holds(week, row));
    const current = marked.length && (mark === "Today" || followsNext) ? marked[0] : first;
    const toDo = dues.filter((due) => due.at > now);
    const due = toDo.filter((each) => each.at === Math.min(...toDo.map((other) => other.at)));
    const pause = silent.find(covers(now))?.element.textContent;
    const starts = coming(now, meetings)[0][0] || marked[0];
    return { now, week, first, mark, marked, following, pause, starts, state, current, due };
  }

  const make = (tag, name, ...children) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children.filter((child) => child));
    return element;
  };

  function entry(row, mark, read) {
    const copy = (selector) => row.element.querySelector(selector)?.cloneNode(true);
    const topic = copy(".topic");
    const link = make("a", "", ...(topic.querySelector("a") || topic).childNodes);
    link.href = "#" + encodeURIComponent(row.element.id);
    const required = read && copy(".required");
    return make("div", row.pause ? "entry break" : row.spans ? "entry" : "entry event",
      make("h3", "", link), copy(".when"), copy(".groups"), mark && make("span", "mark", mark), copy(".announced"),
      required && make("p", "label", "Read before class"), required);
  }

  const panel = (heading, entries, aside) => make("div", "panel",
    make("h2", entries ? "" : "notice", heading, aside && " ", aside && make("small", "", aside)), ...entries || []);

  function notice(on) {
    const day = on.starts?.element.querySelector(".day").textContent;
    if (on.state === "before") return "Starts " + day;
    if (on.state === "pause") return on.pause || "No class this week, next: " + day;
    return on.state === "last" ? "No more meetings" : "The term is over";
  }

  function panels(on) {
    const { week, mark, marked, following, state } = on;
    const listed = (heading, some) => panel(heading, some.map((row) => entry(row, "", true)));
    const upcoming = (marked, following) => [
      marked.length && listed(mark, marked),
      following.length && (!marked.length || marked[0].pause) && listed("After that", following),
    ];
    if (!week && state === "on") return [listed(mark, marked)];
    if (!week || (state !== "on" && state !== "last")) return [panel(notice(on)), ...upcoming(marked, following)];
    const outside = (some) => some.filter((row) => !holds(week, row));
    const inside = all("tr[data-date], tr.event", week.element)
      .map((element) => rows.find((row) => row.element === element) || { element })
      .map((row) => entry(row, marked.includes(row) && mark, row.spans?.some(([, to]) => to > on.now)));
    const message = state === "last" ? notice(on) : on.pause;
    return [
      panel(followsNext ? "Coming up" : "This week", inside, week.element.dataset.name),
      message && panel(message),
      ...upcoming(outside(marked), outside(following)),
    ];
  }

  function markRows(on) {
    const current = (element, value) =>
      value ? element.setAttribute("aria-current", value) : element.removeAttribute("aria-current");
    for (const week of weeks) {
      week.element.classList.toggle("this-week", week === on.week);
      week.element.querySelector(".heading .mark")?.remove();
      if (week === on.week && !followsNext) {
        week.element.querySelector(".heading th").append(" ", make("span", "mark this", "This week"));
      }
    }
    for (const row of [...rows, ...lines]) {
      const isMarked = on.marked.includes(row);
      row.element.classList.toggle("next", isMarked);
      row.element.classList.toggle("past", !!row.spans && row.spans.every(([, to]) => to <= on.now));
      current(row.element, row === on.current && "date");
      row.element.querySelector(".marks")?.remove();
      if (isMarked) row.element.querySelector(".date").append(make("p", "marks", make("span", "mark", on.mark)));
    }
    for (const link of all(".ruler a")) current(link, on.week && link.hash === "#" + on.week.element.id);
  }

  function draw(on) {
    const anchor = document.getElementById("today") || make("span");
    anchor.id = "today";
    markRows(on);
    for (const card of cards) {
      const list = make("ul", "due", ...on.due.map((due) => due.element.cloneNode(true)));
      for (const day of all(".beside", list)) day.classList.remove("beside");
      const due = on.due.length && make("div", "due-next", make("h2", "", "Due next"), list);
      card.replaceChildren(...[...panels(on), due].filter((child) => child));
    }
    const shown = on.current || on.marked[0];
    const place = shown ? shown.element.querySelector(".date") : document.querySelector(".now .notice");
    (place || document.querySelector(".schedule")).prepend(anchor);
    return anchor;
  }

  let drawn, timer;
  function update() {
    clearTimeout(timer);
    const now = Date.now();
    if (now >= unset) {
      const current = headlines.find(covers(now));
      for (const each of headlines) each.element.hidden = each !== current;
    }
    if (now >= unset && rows.length) {
      const on = focus(now);
      const key = [on.state, on.week, on.mark, on.pause, on.following[0], on.due[0], on.marked.length, ...on.marked];
      if (!drawn || key.some((each, at) => each !== drawn[at])) {
        const anchor = draw(on);
        if (!drawn && location.hash === "#today") anchor.scrollIntoView();
        drawn = key;
      }
    }
    const bounds = [...[...headlines, ...rows, ...weeks, ...silent].flatMap((each) => each.spans.flat()), ...dues.map((due) => due.at + 1)]
      .filter((bound) => bound > now);
    if (bounds.length) timer = setTimeout(update, Math.min(longest, Math.min(...bounds) - now));
  }

  if (!document.querySelector("aside.past-term")) {
    update();
    addEventListener("pageshow", update);
    addEventListener("focus", update);
    document.addEventListener("visibilitychange", update);
  }
  addEventListener("beforeprint", () => {
    for (const folded of all("details:not([open])")) {
      folded.open = true;
      addEventListener("afterprint", () => { folded.open = false; }, { once: true });
    }
  });
})();
