// See docs/architecture.md.
(() => {
  const unset = Date.UTC(2010);
  const minute = 60000;
  const day = 86400000;

  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const one = (selector, inside = document) => inside.querySelector(selector);
  const copy = (selector, row) => one(selector, row)?.cloneNode(true);
  const isBreak = (row) => row.matches(".break");
  const timed = (element) => {
    const { date, from, to, spans, at } = element.dataset;
    const week = element.parentNode.spans?.[0][0];
    const begin = Date.parse(from) || week + Math.round((Date.parse(date) - week) / day) * day;
    element.spans = spans?.split(" ").map((span) => span.split("/").map(Date.parse))
      || [[begin, Date.parse(to) || begin + (date ? 1 : 7) * day]];
    element.classes = at ? at.split(" ").map((span) => span.split("-").map((minutes) => begin + minutes * minute)) : null;
    return element;
  };
  const within = (now) => ([from, to]) => from <= now && now < to;
  const covers = (now) => (each) => each.spans.some(within(now));
  const lastOf = (spans) => Math.max(...spans.map(([, to]) => to));
  const firstAfter = (time, spans) => Math.min(...spans.map(([from]) => from).filter((from) => from > time));
  const isOver = (row, now) => now >= lastOf(row.classes || row.spans);

  const card = one(".now[data-words]");
  const hours = one("section.hours");
  const { zone, words = " |  ", clock, follow } = { ...one(".now")?.dataset };
  const [today, next, thisWeek, read, due, over, until, own, forMeeting, starts, noClass, noMore, ended, weekName] = words.split("|");
  const language = [document.documentElement.lang + "-u-nu-latn", "en"];
  const weeks = all(".week").map(timed);
  const headlines = all(".announced[data-from]").map(timed);
  const counts = all(".count").map(timed);
  const silent = all(".silent").map(timed);
  let timedRows, rows, meetings, dues;
  function readRows() {
    timedRows = all(".week tr:not(.heading)").map(timed);
    rows = timedRows.filter((row) => row.dataset.date);
    meetings = rows.filter((row) => !isBreak(row));
    dues = all(".schedule li[data-at]:not(.out):not([hidden])");
    for (const each of dues) {
      const { at, of } = each.dataset;
      each.at = isNaN(at) ? Date.parse(at) : each.closest(".week")?.spans[0][0] + at * minute;
      each.of = of || each;
    }
    dues.sort((one, other) => one.at - other.at);
    for (const each of dues) (each.closest(".line") || {}).spans = [[each.at, each.at]];
  }

  const classesOf = (some) => some.some((row) => !isBreak(row)) ? some.filter((row) => !isBreak(row)) : some;
  const firstDay = (time, some) => firstAfter(time, some.flatMap((row) => row.spans));
  const coming = (time, some) => {
    const first = firstDay(time, some);
    return classesOf(some.filter((row) => row.spans.some(([from]) => from === first)));
  };
  const fill = (message, value) => message?.replace(/{.*}/, () => value);
  const dayIn = (element) => one(".day, time", element);

  const nameOf = ({ id, dataset }) => dataset.name || fill(weekName, id.slice(5));

  function dueAfter(now) {
    const chosen = dues.filter((each) => each.at > now)
      .filter((each, place, some) => some.find((other) => other.of === each.of) === each);
    const last = Math.max(3, chosen.findIndex((each) => each.matches(".exam")));
    return chosen.filter((each, place) => place < 3 || place === last);
  }

  function focus(now) {
    let marked = classesOf(rows.filter(covers(now)));
    let mark = today;
    let after = now;
    if (!marked[0]) {
      marked = coming(now, rows);
      mark = marked[0] && next;
      after = firstDay(now, rows);
    }
    let following = coming(after, rows);
    if (following[0] && isBreak(following[0])) {
      following = [...isBreak(marked[0]) ? [] : following, ...coming(after, meetings)];
    }
    const actual = weeks.find(covers(now));
    const week = follow && mark ? marked[0].parentNode : actual;
    const current = mark === today || (mark && follow) ? marked[0]
      : week && (rows.find((row) => row.parentNode === week) || one(".line:not([hidden])", week));
    const pause = silent.find(covers(now))?.textContent;
    const first = coming(now, meetings)[0] || marked[0];
    const isOn = actual || mark === today;
    let notice = pause || (!isOn && mark && fill(noClass, dayIn(first)?.textContent));
    if (!mark) notice = now < lastOf(weeks.flatMap((week) => week.spans)) ? noMore : ended;
    else if (!isOn && now < rows[0].parentNode.spans[0][0]) notice = fill(starts, dayIn(first)?.textContent);
    const gone = marked.filter((row) => isOver(row, now));
    const beside = mark === today || (mark && isBreak(marked[0])) ? following : [];
    const shown = [...marked, ...beside.filter((row) => !marked.includes(row))]
      .filter((row) => !gone.includes(row)).concat(gone).filter((row) => !pause || !isBreak(row));
    return { now, week, actual, mark, marked, shown, gone, notice, current, due: dueAfter(now) };
  }

  const wall = (at, timeZone) => Date.parse(new Date(at).toLocaleString("sv", { timeZone }).replace(" ", "T") + "Z");
  const dateOf = (at, timeZone) => Math.floor(wall(at, timeZone) / day);
  const clockOf = (at, timeZone, isLong) => new Date(at).toLocaleTimeString(language, {
    weekday: isLong ? "short" : undefined, hour: "numeric", minute: "2-digit", hourCycle: clock, timeZone,
  }).replace(/\b0(?=\d:)/, "");
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const say = (days, wait) => {
    const minutes = Math.ceil(wait / minute);
    const [count, unit] = days > 13 ? [days / 7, "week"]
      : days ? [days, "day"]
      : minutes > 59 ? [minutes / 60, "hour"]
      : minutes > 0 ? [minutes, "minute"] : [0, "second"];
    return relative.format(Math.round(count), unit);
  };
  const distance = (at, now) => say(dateOf(at, zone) - dateOf(now, zone), at - now);
  const sayRow = (row, now) => {
    if (isBreak(row)) return "";
    const running = row.classes?.filter(within(now)) || [];
    const first = firstAfter(now, row.classes || row.spans);
    if (running[0]) return fill(until, clockOf(lastOf(running), zone, one(".until", row)));
    return first < (row.spans.find(within(now)) || [0, Infinity])[1] ? distance(first, now) : isOver(row, now) ? over : "";
  };

  const make = (tag, name, ...children) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children.flat().filter((child) => child).flatMap((child, at) => at ? [" ", child] : [child]));
    return element;
  };
  const linkTo = (row) => {
    const topic = copy(".topic", row) || make("p");
    const link = one("a", topic) || make("a", "", ...topic.childNodes);
    link.href ||= "#" + encodeURIComponent(row.id);
    return link;
  };
  const pillsOf = (row) => {
    const pills = copy(".materials", row);
    return pills?.firstChild && make("p", "materials", ...pills.childNodes);
  };
  const ownTime = (at) => wall(at) !== wall(at, zone) &&
    make("span", "own", fill(own, clockOf(at, undefined, dateOf(at) !== dateOf(at, zone))));
  const lively = (renew) => Object.assign(make("span", "relative"), { renew });

  function entry(row, mark, isGone) {
    const groups = copy(".groups", row);
    const required = copy(".required", row);
    const when = copy(".when", row);
    if (row.classes && !groups) one(".hours", when)?.after(" ", ownTime(row.classes[0][0]) || "");
    return make("div", (isGone ? "entry over " : "entry ") + row.className,
      make("p", "eyebrow", mark && make("b", "", mark), copy(".day, time", row), lively((now) => sayRow(row, now))),
      make("h2", "", linkTo(row)), when, groups,
      copy(".topic + .small", row), copy(".people", row), copy(".announced", row), copy(".topic ~ .about", row),
      required && [make("p", "label", read), required],
      one("td > .due > :not(.out):not([hidden])", row) && [make("p", "label", due), copy("td > .due", row)], pillsOf(row));
  }

  function dueItem(item) {
    const row = item.closest("tr");
    const on = dayIn(item) || dayIn(row);
    return make("li", item.className, on?.cloneNode(true), lively((now) => distance(item.at, now)), ...item.cloneNode(true).childNodes,
      "each" in item.dataset && make("span", "of", ...forMeeting.split("{meeting}")
        .flatMap((text, at) => at ? [...linkTo(row).childNodes, text] : [text])),
      ownTime(item.at) || " ");
  }

  const weekItem = (now) => (row) => make("li", isOver(row, now) && "past",
    copy(".day, time", row), linkTo(row), copy(".when .hours", row), copy(".topic + .small", row), pillsOf(row));

  function markRows(on) {
    const current = (element, value) =>
      value ? element.setAttribute("aria-current", value) : element.removeAttribute("aria-current");
    for (const week of weeks) {
      week.classList.toggle("this-week", week === on.week);
      one(".heading .mark", week)?.remove();
      if (card && week === on.week && !follow) one(".heading th", week)?.append(" ", make("span", "mark this", thisWeek));
    }
    for (const row of timedRows) {
      const isMarked = on.marked.includes(row);
      row.classList.toggle("next", isMarked);
      row.classList.toggle("past", lastOf(row.spans) <= on.now);
      current(row, row === on.current && "date");
      one(".marks", row)?.remove();
      if (card && isMarked) one(".date", row)?.append(make("p", "marks", make("span", "mark", on.mark)));
    }
    for (const link of all(".ruler a")) current(link, link.hash === "#" + on.week?.id);
    for (const place of all(".week-of")) place.textContent = on.actual ? " · " + nameOf(on.actual) : "";
  }

  const show = (selector, items) => {
    const panel = one(selector);
    if (!panel) return;
    panel.hidden = !items[0];
    one("ul", panel)?.replaceChildren(...items);
  };

  function renderPanels(on) {
    const { week, marked, shown, notice } = on;
    const further = one(".further");
    if (further) further.hidden = notice !== ended;
    card.replaceChildren(...make("p", "", notice && make("h2", "notice", notice),
      shown.map((row) => entry(row, marked.includes(row) && on.mark, on.gone.includes(row))), further).childNodes);
    show(".due-next", on.due.map(dueItem));
    show(".this-week-list", week ? all("tr:not([hidden])", week).filter((row) => one(".topic", row)).map(weekItem(on.now)) : []);
    if (week) {
      const at = weeks.indexOf(week);
      const beside = [weeks[at - 1], weeks.slice(at + 1).find((each) => one("[data-date]:not(.break)", each))];
      for (const link of all("#page\\.week small")) {
        link.textContent = link.className ? one(".time", week)?.textContent : nameOf(week);
      }
      all(".this-week-list .more a").forEach((link, place) => {
        link.hidden = !beside[place];
        if (beside[place]) link.href = "#" + beside[place].id;
      });
    }
  }

  function render(on) {
    const { marked, current } = on;
    const anchor = one("#today") || make("span");
    anchor.id = "today";
    markRows(on);
    if (card) renderPanels(on);
    const place = current || marked[0];
    (place ? one(".date", place) : one(".notice") || one(".schedule"))?.prepend(anchor);
    return anchor;
  }

  function showHours(now) {
    const local = wall(now, zone);
    const free = hours.dataset.free.split(" ").map((span) => span.split("/"));
    const start = Math.floor(local / day);
    for (let date = start; date < start + 400; date++) {
      const isOff = ({ dataset }) => +dataset.day !== (date + 4) % 7;
      const at = (time) => date * day + time * minute;
      const isPast = ({ dataset }) => at(dataset.to) <= local;
      const first = all("li", hours).find((each) => !isOff(each) && !isPast(each));
      hours.hidden = !first || free.some(([from, to]) => from <= date && date <= to);
      if (hours.hidden) continue;
      for (const each of all("[data-day]", hours)) {
        each.hidden = isOff(each);
        each.classList.toggle("past", isPast(each));
      }
      one(".relative", hours).textContent = " " + say(date - start, at(first.dataset.from) - local);
      return;
    }
  }

  let rendered;
  let timer;
  function update() {
    clearTimeout(timer);
    const now = Date.now();
    timer = setTimeout(update, minute - now % minute);
    if (now < unset) return;
    const current = headlines.find(covers(now));
    for (const each of headlines) each.hidden = each !== current;
    for (const each of counts) {
      each.textContent = each.spans.filter(within(now)).length;
      each.hidden = !+each.textContent;
    }
    if (hours && card) showHours(now);
    for (const each of all("[data-until]")) each.hidden = Date.parse(each.dataset.until) <= now;
    if (!rows[0]) return;
    const on = focus(now);
    const key = [on.week, on.actual, on.mark, on.notice, timedRows.filter((row) => isOver(row, now)).length, on.due.length, ...on.shown, ...on.due, ...on.marked];
    if (key.length !== rendered?.length || key.some((each, at) => each !== rendered[at])) {
      const anchor = render(on);
      if (!rendered && location.hash === "#today") anchor.scrollIntoView();
      rendered = key;
    }
    for (const each of all(".relative")) if (each.renew) each.textContent = each.renew(now);
  }

  const finder = make("script");
  finder.src = new URL("finder.js", document.currentScript.src);
  addEventListener("pageshow", () => document.body.append(finder));

  if (!one("aside.past-term")) {
    readRows();
    update();
    addEventListener("choice", () => {
      readRows();
      rendered = null;
      update();
    });
    addEventListener("pageshow", update);
    addEventListener("focus", update);
    document.addEventListener("visibilitychange", update);
  }
})();
