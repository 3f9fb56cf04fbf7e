// See docs/architecture.md.
(() => {
  const { zone, own, clock } = document.currentScript.dataset;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const language = document.documentElement.lang;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const civil = new Intl.DateTimeFormat("sv", { timeZone: zone });
  const reader = { weekday: "short", hour: "numeric", minute: "numeric", hourCycle: clock };
  const [nothing, coming, past] = all(".nothing, .coming, .past");
  const endOf = (line) => Date.parse(line.dataset.to);
  const lines = all(".coming [data-to]").sort((a, b) => endOf(a) - endOf(b) || a.dataset.n - b.dataset.n);
  const times = all("time[data-relative]").map((time) => {
    const ago = document.createElement("small");
    ago.className = "ago";
    time.after(" ", ago);
    return { ago, written: time.dateTime, end: Date.parse(time.dataset.relative) };
  });

  function say(written, end, now) {
    const [date, timed] = written.split("T");
    const at = Date.parse(written);
    const days = (Date.parse(date) - Date.parse(civil.format(now))) / 86400000;
    const hours = timed ? (at - now) / 3600000 : days * 24;
    const text = relative.format(...hours < 0 && now < end ? [0, "second"]
      : timed && Math.abs(hours) < 1 ? [Math.trunc(hours * 60), "minute"]
      : timed && !days ? [Math.round(hours), "hour"]
      : Math.abs(days) < 14 ? [days, "day"] : [Math.round(days / 7), "week"]);
    const differs = timed && hours > 0 && Date.parse(written.slice(0, 19)) !== at;
    return differs ? text + " " + own.replace("{time}", new Date(at).toLocaleString(language, reader)) : text;
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
    nothing.hidden = coming.firstElementChild;
    past.open ||= !nothing.hidden;
  }

  let timer;
  function update() {
    clearTimeout(timer);
    const now = Date.now();
    if (now < Date.UTC(2010)) return;
    while (lines.length && endOf(lines[0]) <= now) settle(lines.shift());
    for (const { ago, written, end } of times) ago.textContent = say(written, end, now);
    timer = setTimeout(update, 60000 - now % 60000);
  }

  if (document.querySelector("aside.past-term")) return;
  update();
  for (const event of ["pageshow", "focus", "visibilitychange"]) addEventListener(event, update);
})();
