// See docs/architecture.md.
(() => {
  const { zone, own, clock } = document.currentScript.dataset;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const language = document.documentElement.lang;
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  const civil = new Intl.DateTimeFormat("sv", { timeZone: zone });
  const [nothing, coming, past] = all(".nothing, .coming, details.past");
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
    const minutes = Math.ceil((at - now) / 60000);
    const text = relative.format(...(timed ? minutes : days) < 0 && now < end ? [0, "second"]
      : Math.abs(days) > 13 ? [Math.round(days / 7), "week"]
      : days || !timed ? [days, "day"]
      : Math.abs(minutes) > 59 ? [Math.round(minutes / 60), "hour"]
      : [minutes, minutes ? "minute" : "second"]);
    if (!timed || at < now || Date.parse(written.slice(0, 19)) === at) return text;
    const weekday = new Date(at).getDate() - date.slice(8) ? "short" : undefined;
    const time = new Date(at).toLocaleTimeString(language, { weekday, hour: "numeric", minute: "2-digit", hourCycle: clock });
    return text + " · " + own.replace("{time}", time.replace(/\b0(?=\d:)/, ""));
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
    timer = setTimeout(update, 60000 - now % 60000);
  }

  if (document.querySelector("aside.past-term")) return;
  update();
  for (const event of ["pageshow", "focus", "visibilitychange", "choice"]) addEventListener(event, update);
})();
