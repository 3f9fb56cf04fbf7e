// Why, is in docs/architecture.md.
(() => {
  "use strict";
  const unset = Date.UTC(2010);
  const longest = 60000;

  const timed = (element) => ({
    element,
    spans: (element.dataset.spans || element.dataset.from + "/" + element.dataset.to)
      .split(" ").map((span) => span.split("/").map(Date.parse)),
    pause: element.classList.contains("break"),
  });
  const weeks = [...document.querySelectorAll(".schedule tbody.week")].map(timed);
  const headlines = [...document.querySelectorAll(".announced[data-from]")].map(timed);
  const rows = [...document.querySelectorAll(".schedule tr[data-date]")].map(timed);
  const meetings = rows.filter((row) => !row.pause);
  const lines = [...document.querySelectorAll(".schedule tr.line")].map((element) => ({ element }));
  const silent = [...document.querySelectorAll(".schedule .silent")].map(timed);
  const cards = [...document.querySelectorAll(".now")];
  if (!rows.length && !headlines.length) return;
  const exams = [...document.querySelectorAll(".schedule tr.exam template")]
    .flatMap((each) => [...each.content.querySelectorAll("[data-at]")]);
  const dues = [...document.querySelectorAll(".schedule .due > .due[data-at]"), ...exams]
    .map((element) => ({ element, at: Date.parse(element.dataset.at) }));
  const followsNext = cards.some((card) => card.dataset.follow === "next");
  const holds = (week, row) => week && week.element.contains(row.element);

  const ofFirstKind = (some) => {
    const meetings = some.filter((row) => !row.pause);
    return meetings.length ? meetings : some;
  };
  const covers = (now) => (each) => each.spans.some(([from, to]) => from <= now && now < to);
  const begins = (row) => row.spans.map(([from]) => from);
  const firstAfter = (time, some) => Math.min(...some.flatMap(begins).filter((from) => from > time));
  const coming = (time, some, first = firstAfter(time, some)) => ofFirstKind(some.filter((row) => begins(row).includes(first)));

  function focus(now) {
    let marked = ofFirstKind(rows.filter(covers(now)));
    let mark = marked.length ? "Today" : null;
    let after = now;
    let following = coming(now, rows);
    if (!mark && following.length) {
      [marked, mark, after] = [following, "Next", firstAfter(now, rows)];
      following = coming(after, rows);
    }
    if (following[0]?.pause) following = [...marked[0].pause ? [] : following, ...coming(after, meetings)];
    const actual = weeks.find(covers(now));
    const week = followsNext && marked.length ? weeks.find((each) => holds(each, marked[0])) : actual;
    const begin = weeks.find((each) => rows.some((row) => holds(each, row))).spans[0][0];
    const end = weeks[weeks.length - 1].spans[0][1];
    let state = "on";
    if (!mark) state = now < end ? "last" : "over";
    else if (!actual && mark === "Next") state = now < begin ? "before" : "pause";
    const first = week && (rows.find((row) => holds(week, row)) || lines.find((line) => holds(week, line)));
    const current = marked.length && (mark === "Today" || followsNext) ? marked[0] : first;
    const toDo = dues.filter((due) => due.at > now);
    const due = toDo.filter((each) => each.at === Math.min(...toDo.map((other) => other.at)));
    const pause = silent.find(covers(now))?.element.textContent;
    const starts = coming(now, meetings)[0] || marked[0];
    return { now, week, first, mark, marked, following, pause, starts, state, current, anchor: current || marked[0], due };
  }

  const make = (tag, name, ...children) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children);
    return element;
  };
  const copy = (row, selector) => {
    const found = row.element.querySelector(selector);
    return found ? found.cloneNode(true) : null;
  };
  const day = (row) => row.element.querySelector("time").textContent;

  function entry(row, mark, read) {
    const topic = copy(row, ".topic");
    const link = make("a", "", ...(topic.querySelector("a") || topic).childNodes);
    link.href = "#" + encodeURIComponent(row.element.id);
    const made = make("div", row.pause ? "entry break" : row.event ? "entry event" : "entry", make("h3", "", link), copy(row, ".when"), copy(row, ".groups") || "");
    if (mark) made.append(make("span", "mark", mark));
    const announced = copy(row, ".announced");
    if (announced) made.append(announced);
    const required = read && copy(row, ".required");
    if (required) made.append(make("p", "label", "Read before class"), required);
    return made;
  }

  function panel(heading, aside, notice, entries) {
    const title = make("h2", notice ? "notice" : "", heading);
    if (aside) title.append(" ", make("small", "", aside));
    return make("div", "panel", title, ...entries);
  }

  function notice(on) {
    if (on.state === "before") return "Starts " + day(on.starts);
    if (on.state === "pause") return on.pause || "No class this week, next: " + day(on.starts);
    return on.state === "last" ? "No more meetings" : "The term is over";
  }

  function panels(on) {
    const listed = (heading, some) => panel(heading, null, false, some.map((row) => entry(row, null, true)));
    const upcoming = (marked, following) => [
      ...marked.length ? [listed(on.mark, marked)] : [],
      ...following.length && (!marked.length || marked[0].pause) ? [listed("After that", following)] : [],
    ];
    const { week, marked, following } = on;
    if (!week && on.state === "on") return [listed("Today", marked)];
    if (!week || (on.state !== "on" && on.state !== "last")) {
      return [panel(notice(on), null, true, []), ...upcoming(marked, following)];
    }
    const outside = (some) => some.filter((row) => !holds(week, row));
    const inside = [...week.element.querySelectorAll("tr[data-date], tr.event")]
      .map((element) => rows.find((row) => row.element === element) || { element, event: true })
      .map((row) => entry(row, marked.includes(row) ? on.mark : null, row.spans?.at(-1)[1] > on.now));
    const made = [panel(followsNext ? "Coming up" : "This week", week.element.dataset.name, false, inside)];
    const message = on.state === "last" ? notice(on) : on.pause;
    if (message) made.push(panel(message, null, true, []));
    return [...made, ...upcoming(outside(marked), outside(following))];
  }

  function markRows(on) {
    for (const week of weeks) week.element.classList.toggle("this-week", week === on.week);
    for (const row of [...rows, ...lines]) {
      const marks = [];
      if (!followsNext && row === on.first) marks.push("This week");
      if (on.marked.includes(row)) marks.push(on.mark);
      row.element.classList.toggle("next", on.marked.includes(row));
      if (row === on.current) row.element.setAttribute("aria-current", "date");
      else row.element.removeAttribute("aria-current");
      row.element.querySelector(".marks")?.remove();
      if (marks.length) {
        row.element.querySelector(".date").append(make("p", "marks", ...marks.map((mark) => make("span", mark === "This week" ? "mark this" : "mark", mark))));
      }
    }
    for (const link of document.querySelectorAll(".ruler a")) {
      if (on.week && link.hash === "#" + on.week.element.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  function announce(now) {
    const current = headlines.find(covers(now));
    for (const each of headlines) each.element.hidden = each !== current;
  }

  function draw(on) {
    const anchor = document.getElementById("today") || make("span");
    anchor.id = "today";
    markRows(on);
    for (const card of cards) {
      card.replaceChildren(...panels(on));
      if (on.due.length) {
        const list = make("ul", "due", ...on.due.map((due) => due.element.cloneNode(true)));
        for (const day of list.querySelectorAll(".beside")) day.classList.remove("beside");
        card.append(make("div", "due-next", make("h2", "", "Due next"), list));
      }
    }
    const place = on.anchor ? on.anchor.element.querySelector(".date") : document.querySelector(".now .notice");
    (place || document.querySelector(".schedule")).prepend(anchor);
    return anchor;
  }

  let drawn, timer;
  function update() {
    clearTimeout(timer);
    const now = Date.now();
    if (now >= unset) announce(now);
    if (now >= unset && rows.length) {
      const on = focus(now);
      const key = [on.state, on.week?.element.id, on.mark, on.pause, on.following[0]?.element.id, ...on.marked.map((row) => row.element.id),
        on.due[0]?.at].join();
      if (key !== drawn) {
        const anchor = draw(on);
        if (drawn === undefined && location.hash === "#today") anchor.scrollIntoView();
        drawn = key;
      }
    }
    const bounds = [...[...headlines, ...rows, ...weeks, ...silent].flatMap((each) => each.spans.flat()), ...dues.map((due) => due.at + 1)].filter((bound) => bound > now);
    if (bounds.length) timer = setTimeout(update, Math.min(longest, Math.min(...bounds) - now));
  }

  if (!document.querySelector("aside.past-term")) {
    update();
    addEventListener("pageshow", update);
    addEventListener("focus", update);
    document.addEventListener("visibilitychange", update);
  }
  addEventListener("beforeprint", () => {
    for (const folded of document.querySelectorAll("details:not([open])")) {
      folded.open = true;
      addEventListener("afterprint", () => { folded.open = false; }, { once: true });
    }
  });
})();
