// See docs/architecture.md.
(() => {
  const { key, choices, type } = document.currentScript.dataset;
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const known = choices.split("\n");
  const values = {};
  const nameOf = (choice) => choice.split(" ")[0];
  const isOwn = (choice) => choice === nameOf(choice) + " " + values[nameOf(choice)];
  const isShown = (element) => !element.hidden;
  const day = 86400000;
  const begin = (row) => {
    const { date, from } = row.dataset;
    const week = Date.parse(row.parentNode.dataset.from);
    const midnight = date ? week + Math.round((Date.parse(date) - week) / day) * day : week;
    const { at } = (date ? row : all("[data-at]", row)[0] || row).dataset;
    return (Date.parse(from) || midnight) + (parseInt(at) || 0) * 60000;
  };

  function settle(list) {
    const row = list.closest("tr");
    const { dataset: data, parentNode: week } = row;
    const [label] = all(".day", row);
    const was = row.was ||= { ...data };
    const written = label.written ||= label.textContent;
    const lines = all("li", list);
    const line = lines.find(isShown);
    Object.assign(data, was);
    label.textContent = written;
    row.hidden = !line;
    if (lines.every(isShown)) return;
    const { on, time = "" } = line ? line.dataset : data;
    if (!on) data.date = "";
    else data.at = time;
    if (!on || !was.spans) return;
    [data.from, data.to] = was.spans.split(" ")[on].split("/");
    delete data.spans;
    label.textContent = (was.days || written).split(/\|| – /)[on];
    week.insertBefore(row, all("tr", week).find((other) => begin(other) > begin(row)));
  }

  let applied = "";
  function apply() {
    const own = known.filter(isOwn);
    for (const select of all(".choice select")) {
      select.closest(".choice").hidden = false;
      select.value = own.includes(select.name + " " + values[select.name]) ? values[select.name] : "";
    }
    if (String(own) === applied) return;
    applied = String(own);
    const names = own.map(nameOf);
    for (const each of all("[data-for]")) {
      const choice = each.dataset.for;
      each.hidden = known.includes(choice) && names.includes(nameOf(choice)) && !isOwn(choice);
    }
    for (const week of all(".week")) week.append(...week.order ||= [...week.rows]);
    for (const list of all("tr .groups")) settle(list);
    for (const list of all("ul.due")) {
      list.hidden = !all("li", list).some(isShown);
      list.parentNode.classList.toggle("off", list.hidden);
      const line = list.closest(".line");
      if (line) line.hidden = list.hidden;
    }
    for (const line of all(".meeting-page .groups li")) {
      if (isOwn(line.dataset.for)) line.parentNode.prepend(line);
      line.setAttribute("aria-current", isOwn(line.dataset.for));
      line.hidden = false;
    }
    dispatchEvent(new Event("choice"));
  }

  function recall() {
    try {
      for (const choice of known) values[nameOf(choice)] = localStorage[key + nameOf(choice)];
    } catch {}
    apply();
  }
  function keep({ name, value }) {
    values[name] = value;
    try {
      localStorage[key + name] = value;
    } catch {}
  }
  document.addEventListener("change", ({ target }) => {
    if (!target.closest(".choice")) return;
    keep(target);
    apply();
  });
  if (type === "change") {
    for (const select of all(".choice select")) keep(select);
    apply();
  } else recall();
  addEventListener("pageshow", recall);
  addEventListener("storage", recall);
})();
