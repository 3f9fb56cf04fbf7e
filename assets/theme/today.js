// See docs/architecture.md.
(() => {
  const unset = Date.UTC(2010);
  const minute = 60000;
  const day = 86400000;

  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const one = (selector, inside = document) => inside.querySelector(selector);
  const timed = (element) => {
    const { from, to, spans, at } = element.dataset;
    return {
      element,
      spans: (spans || from + "/" + to).split(" ").map((span) => span.split("/").map(Date.parse)),
      sittings: at ? at.split(" ").map((span) => span.split("-").map((minutes) => Date.parse(from) + minutes * minute)) : [],
      pause: element.classList.contains("break"),
    };
  };
  const within = (now) => ([from, to]) => from <= now && now < to;
  const covers = (now) => (each) => each.spans.some(within(now));
  const lastOf = (spans) => Math.max(...spans.map(([, to]) => to));
  const firstAfter = (time, spans) => Math.min(...spans.map(([from]) => from).filter((from) => from > time));
  const timesOf = (row) => row.sittings[0] ? row.sittings : row.spans;
  const isOver = (row, now) => row.spans && now >= lastOf(timesOf(row));

  const card = one(".now");
  const hours = one("section.hours");
  const { zone, words = "", clock, follow } = card ? card.dataset : {};
  const [today, next, thisWeek, read, due, over, until, own, forMeeting, starts, noClass, noMore, ended] = words.split("|");
  const language = [document.documentElement.lang + "-u-nu-latn", "en"];
  const weeks = all("tbody.week").map(timed);
  const headlines = all(".announced[data-from]").map(timed);
  const counts = all(".count").map(timed);
  const rows = card ? all("tr[data-date]").map(timed) : [];
  const meetings = rows.filter((row) => !row.pause);
  const lines = all("tr.line").map((element) => ({ element }));
  const silent = all(".silent").map(timed);
  const dues = all(".schedule [data-of]:not(.out)")
    .map((element) => ({ element, at: Date.parse(element.dataset.at) }))
    .sort((one, other) => one.at - other.at);
  const holds = (week, row) => week && week.element.contains(row.element);

  const ofFirstKind = (some) => {
    const meetings = some.filter((row) => !row.pause);
    return meetings[0] ? meetings : some;
  };
  const coming = (time, some) => {
    const first = firstAfter(time, some.flatMap((row) => row.spans));
    return [ofFirstKind(some.filter((row) => row.spans.some(([from]) => from === first))), first];
  };
  const fill = (message, value) => message.replace(/{.*}/, () => value);
  const dayOf = (row) => one(".day", row.element).textContent;

  function dueAfter(now) {
    const chosen = dues.filter(({ at, element }, place) => at > now &&
      !dues.some((other, before) => before < place && other.at > now && other.element.dataset.of === element.dataset.of));
    const last = Math.max(3, chosen.findIndex(({ element }) => element.classList.contains("exam")));
    return [...chosen.slice(0, 3), ...chosen.slice(last, last + 1)];
  }

  function focus(now) {
    let marked = ofFirstKind(rows.filter(covers(now)));
    let mark = marked[0] && today;
    let after = now;
    let [following, first] = coming(now, rows);
    if (!mark && following[0]) {
      [marked, mark, after] = [following, next, first];
      [following] = coming(after, rows);
    }
    if (following[0]?.pause) following = [...marked[0].pause ? [] : following, ...coming(after, meetings)[0]];
    const actual = weeks.find(covers(now));
    const week = follow && mark ? weeks.find((each) => holds(each, marked[0])) : actual;
    const begin = weeks.find((each) => rows.some((row) => holds(each, row))).spans[0][0];
    const end = weeks[weeks.length - 1].spans[0][1];
    let state = "on";
    if (!mark) state = now < end ? "last" : "over";
    else if (!actual && mark === next) state = now < begin ? "before" : "pause";
    const current = mark && (mark === today || follow) ? marked[0] : [...rows, ...lines].find((row) => holds(week, row));
    const gone = marked.filter((row) => isOver(row, now));
    const beside = mark === today || marked[0]?.pause ? following : [];
    const shown = [...marked.filter((row) => !gone.includes(row)), ...beside.filter((row) => !marked.includes(row)), ...gone];
    const starting = coming(now, meetings)[0][0] || marked[0];
    const notice = state === "before" ? fill(starts, dayOf(starting))
      : state === "last" ? noMore
      : state === "over" ? ended
      : silent.find(covers(now))?.element.textContent || (state === "pause" && fill(noClass, dayOf(starting)));
    return { now, week, actual, mark, marked, shown, gone, notice, state, current, due: dueAfter(now) };
  }

  const wall = (at, timeZone) => Date.parse(new Date(at).toLocaleString("sv", { timeZone }).replace(" ", "T") + "Z");
  const dateOf = (at, timeZone = zone) => Math.floor(wall(at, timeZone) / day);
  const clockOf = (at, timeZone, weekday) =>
    new Date(at).toLocaleTimeString(language, { weekday, hour: "numeric", minute: "2-digit", hourCycle: clock, timeZone })
      .replace(/\b0(?=\d:)/, "");
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const say = (days, wait) => {
    const minutes = Math.ceil(wait / minute);
    if (days > 13) return relative.format(Math.round(days / 7), "week");
    if (days) return relative.format(days, "day");
    if (minutes > 59) return relative.format(Math.round(minutes / 60), "hour");
    return minutes > 0 ? relative.format(minutes, "minute") : relative.format(0, "second");
  };
  const distance = (at, now) => say(dateOf(at) - dateOf(now), at - now);
  const sayRow = (row, now) => {
    const running = row.sittings.filter(within(now));
    const first = firstAfter(now, timesOf(row));
    if (running[0]) return fill(until, clockOf(lastOf(running), zone, one(".until", row.element) ? "short" : undefined));
    return first < Infinity ? distance(first, now) : isOver(row, now) && over;
  };

  const make = (tag, name, ...children) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children.flat().filter((child) => child).flatMap((child, at) => at ? [" ", child] : [child]));
    return element;
  };
  const copies = (row, ...selectors) => selectors.map((selector) => one(selector, row.element)?.cloneNode(true));
  const linkTo = (row) => {
    const [topic] = copies(row, ".topic");
    const link = one("a", topic) || make("a", "", ...topic.childNodes);
    link.href ||= "#" + encodeURIComponent(row.element.id);
    return link;
  };
  const pillsOf = (row) => {
    const [pills] = copies(row, ".materials");
    return pills?.firstChild && make("p", "materials", ...pills.childNodes);
  };
  const ownTime = (at) => wall(at) !== wall(at, zone) &&
    make("span", "own", fill(own, clockOf(at, undefined, dateOf(at, undefined) === dateOf(at) ? undefined : "short")));
  const lively = (renew) => Object.assign(make("span", "relative"), { renew });

  function entry(row, mark, isGone) {
    const { element, sittings } = row;
    const [required] = copies(row, ".topic ~ .required");
    const [when, groups, ...about] = copies(row,
      ".when", ".groups", ".topic + .small", ".topic ~ .people", ".topic ~ .announced", ".topic ~ .about");
    const [tasks] = one("td > .due > :not(.out)", element) ? copies(row, "td > .due") : [];
    if (sittings[0] && !groups) when.append(" ", ownTime(sittings[0][0]) || "");
    return make("div", `entry ${isGone ? "over " : ""}${element.className}`,
      make("p", "eyebrow", mark && make("b", "", mark), copies(row, ".day"), lively((now) => sayRow(row, now))),
      make("h3", "", linkTo(row)), when, groups, about,
      required && [make("p", "label", read), required], tasks && [make("p", "label", due), tasks], pillsOf(row));
  }

  function dueItem({ element, at }) {
    const row = { element: element.closest("tr") };
    const on = one(".day", element) || one(".day", row.element);
    return make("li", element.className, on.cloneNode(true), ...element.cloneNode(true).childNodes,
      "each" in element.dataset && make("bdi", "of", fill(forMeeting, one(".topic", row.element).textContent)),
      lively((now) => distance(at, now)), ownTime(at));
  }

  function markRows(on) {
    const current = (element, value) =>
      value ? element.setAttribute("aria-current", value) : element.removeAttribute("aria-current");
    for (const week of weeks) {
      week.element.classList.toggle("this-week", week === on.week);
      one(".heading .mark", week.element)?.remove();
      if (week === on.week && !follow) one(".heading th", week.element).append(" ", make("span", "mark this", thisWeek));
    }
    for (const row of [...rows, ...lines]) {
      const { element, spans } = row;
      const isMarked = on.marked.includes(row);
      element.classList.toggle("next", isMarked);
      element.classList.toggle("past", !!spans && lastOf(spans) <= on.now);
      current(element, row === on.current && "date");
      one(".marks", element)?.remove();
      if (isMarked) one(".date", element).append(make("p", "marks", make("span", "mark", on.mark)));
    }
    for (const link of all(".ruler a")) current(link, on.week && link.hash === "#" + on.week.element.id);
    for (const place of all(".week-of")) place.textContent = on.actual ? " · " + on.actual.element.dataset.name : "";
  }

  const show = (selector, isShown, items) => {
    const panel = one(selector);
    if (!panel) return;
    panel.hidden = !isShown;
    one("ul", panel).replaceChildren(...items);
    return panel;
  };

  function showWeek({ week, now }) {
    const listed = week ? all("tr", week.element).filter((element) => one(".topic", element)) : [];
    const panel = show(".this-week-list", week, listed.map((element) => {
      const row = rows.find((each) => each.element === element) || { element };
      return make("li", isOver(row, now) && "past", copies(row, ".day"), linkTo(row),
        copies(row, ".when .hours", ".topic + .small"), pillsOf(row));
    }));
    if (!panel || !week) return;
    one("small", panel).textContent = week.element.dataset.name;
    const at = weeks.indexOf(week);
    const after = weeks.slice(at + 1).find((each) => meetings.some((row) => holds(each, row)));
    all(".more a", panel).forEach((link, place) => {
      const other = [weeks[at - 1], after][place];
      link.hidden = !other;
      if (other) link.href = "#" + other.element.id;
    });
  }

  function showHours(now) {
    const local = wall(now, zone);
    const today = Math.floor(local / day);
    const free = hours.dataset.free.split(" ").map((span) => span.split("/"));
    const items = all("li", hours);
    const at = (date, time) => date * day + time * minute;
    for (let date = today; date < today + 400; date++) {
      const isOff = ({ dataset }) => +dataset.day !== (date + 4) % 7;
      const isPast = ({ dataset }) => at(date, dataset.to) <= local;
      const first = items.find((each) => !isOff(each) && !isPast(each));
      hours.hidden = !first || free.some(([from, to]) => from <= date && date <= to);
      if (hours.hidden) continue;
      for (const each of all("[data-day]", hours)) {
        each.hidden = isOff(each);
        each.classList.toggle("past", isPast(each));
      }
      one(".relative", hours).textContent = say(date - today, at(date, first.dataset.from) - local);
      return;
    }
  }

  function render(on) {
    const anchor = document.getElementById("today") || make("span");
    anchor.id = "today";
    markRows(on);
    const further = one(".further");
    if (further) further.hidden = on.state !== "over";
    card.replaceChildren(...make("p", "", on.notice && make("h2", "notice", on.notice),
      on.shown.map((row) => entry(row, on.marked.includes(row) && on.mark, on.gone.includes(row))), further).childNodes);
    showWeek(on);
    show(".due-next", on.due[0], on.due.map(dueItem));
    const shown = on.current || on.marked[0];
    (shown ? one(".date", shown.element) : one(".notice") || one(".schedule")).prepend(anchor);
    return anchor;
  }

  let rendered;
  let timer;
  function update() {
    clearTimeout(timer);
    const now = Date.now();
    timer = setTimeout(update, minute - now % minute);
    if (now < unset) return;
    const current = headlines.find(covers(now));
    for (const each of headlines) each.element.hidden = each !== current;
    for (const { element, spans } of counts) {
      element.textContent = spans.filter(within(now)).length;
      element.hidden = element.textContent === "0";
    }
    if (hours && card) showHours(now);
    if (!rows.length) return;
    const on = focus(now);
    const key = [on.state, on.week, on.actual, on.mark, on.notice, on.gone.length, ...on.shown, ...on.due, ...on.marked];
    if (key.length !== rendered?.length || key.some((each, at) => each !== rendered[at])) {
      const anchor = render(on);
      if (!rendered && location.hash === "#today") anchor.scrollIntoView();
      rendered = key;
    }
    for (const element of all(".relative")) if (element.renew) element.textContent = element.renew(now) || "";
  }

  if ((rows.length || headlines.length) && !one("aside.past-term")) {
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
