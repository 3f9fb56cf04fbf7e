// See docs/architecture.md.
(() => {
  const { zone, own, clock } = document.currentScript.dataset;
  const minute = 60000;
  const day = 86400000;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const language = document.documentElement.lang;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const civil = new Intl.DateTimeFormat("sv", { timeZone: zone });
  const [nothing, coming, past] = all(".nothing, .coming, details.past");
  const endOf = (line) => Date.parse(line.dataset.to);
  const lines = all(".coming [data-to]").sort((a, b) => endOf(a) - endOf(b) || a.dataset.n - b.dataset.n);
  const make = () => Object.assign(document.createElement("small"), { className: "ago" });
  const times = all("time[data-relative]").map((time) => {
    const ago = make();
    time.after(" ", ago);
    return { ago, written: time.dateTime, end: Date.parse(time.dataset.relative) };
  });
  const hours = all("[data-weekly]").map((hour) => {
    const ago = make();
    hour.append(" ", ago);
    return { ago, weekly: hour.dataset.weekly.split(" ") };
  });
  const wall = (at, timeZone) => Date.parse(new Date(at).toLocaleString("sv", { timeZone }).replace(" ", "T") + "Z");

  function sayOwn(at, local) {
    const here = wall(at);
    if (here === local) return "";
    const weekday = Math.floor(here / day) !== Math.floor(local / day) ? "short" : undefined;
    const time = new Date(at).toLocaleTimeString(language, { weekday, hour: "numeric", minute: "2-digit", hourCycle: clock });
    return own.replace("{time}", time.replace(/\b0(?=\d:)/, ""));
  }

  // The next time that an hour of every week begins or began today, which is a matter of the clocks there and here.
  function sayHour([weekday, minutes], now) {
    const today = Math.floor(wall(now, zone) / day);
    const local = (today + (weekday - today % 7 + 10) % 7) * day + minutes * minute;
    const near = local - wall(local, zone) + local;
    return sayOwn(near + local - wall(near, zone), local);
  }

  function say(written, end, now) {
    const [date, timed] = written.split("T");
    const at = Date.parse(written);
    const days = (Date.parse(date) - Date.parse(civil.format(now))) / day;
    const minutes = Math.ceil((at - now) / minute);
    const text = relative.format(...(timed ? minutes : days) < 0 && now < end ? [0, "second"]
      : Math.abs(days) > 13 ? [Math.round(days / 7), "week"]
      : days || !timed ? [days, "day"]
      : Math.abs(minutes) > 59 ? [Math.round(minutes / 60), "hour"]
      : [minutes, minutes ? "minute" : "second"]);
    const mine = timed && at >= now && sayOwn(at, Date.parse(written.slice(0, 19) + "Z"));
    return mine ? text + " · " + mine : text;
  }

  function settle(line) {
    const later = line.querySelector(".later");
    const next = later?.querySelector("li");
    past.lastElementChild.prepend(line);
    if (next) {
      coming.insertBefore(next, [...coming.children].find((other) => other.dataset.n - next.dataset.n > 0));
      next.append(later);
      later.hidden = !later.querySelector("li");
    }
    past.hidden = false;
  }

  let timer;
  function update() {
    clearTimeout(timer);
    const now = Date.now();
    if (now < Date.UTC(2010)) return;
    while (lines.length && endOf(lines[0]) <= now) settle(lines.shift());
    const isEmpty = coming && !coming.querySelector("li:not([hidden])");
    if (isEmpty && nothing.hidden) past.open = true;
    if (coming) nothing.hidden = !isEmpty;
    for (const mark of all("[data-until]")) mark.hidden = now >= Date.parse(mark.dataset.until);
    for (const { ago, written, end } of times) ago.textContent = say(written, end, now);
    for (const { ago, weekly } of hours) ago.textContent = sayHour(weekly, now);
    timer = setTimeout(update, minute - now % minute);
  }

  if (document.querySelector("aside.past-term")) return;
  update();
  for (const event of ["pageshow", "focus", "visibilitychange", "choice"]) addEventListener(event, update);
})();
