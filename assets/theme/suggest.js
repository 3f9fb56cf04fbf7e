// See docs/architecture.md.
(() => {
  const root = document.querySelector(".suggesting");
  const data = JSON.parse(root.dataset.suggesting);
  const { rules, words } = data;
  const named = (name) => document.getElementById(`page.${name}`);
  const all = (selector, inside = root) => [...inside.querySelectorAll(selector)];
  const fill = (text, values) => text.replace(/\{(\w*)\}/g, (whole, name) => name in values ? values[name] : whole);
  const compile = (rows) => rows.map(([pattern, by]) => [new RegExp(pattern, "gu"), by]);
  const apply = (text, rows) => rows.reduce((done, [pattern, by]) => done.replace(pattern, by), text);
  const cleaning = compile(rules.cleaning);
  const ofAddress = compile(rules.address);
  const clean = (text) => apply(text, cleaning);

  // Addresses
  const opening = { ")": "(", "]": "[", "}": "{", ">": "<" };
  const count = (text, sign) => text.split(sign).length - 1;

  function trimEnd(text) {
    const last = text.slice(-1);
    const isSurplus = last in opening && count(text, last) > count(text, opening[last]);
    return last && (".,;:!'\"»”’".includes(last) || isSurplus) ? trimEnd(text.slice(0, -1)) : text;
  }

  function tidy(written) {
    const text = apply(clean(written), ofAddress);
    if (!/^https?:/i.test(text) || / /.test(text)) return text;
    const address = trimEnd(text);
    const [, asked] = /^https?:\/\/(?:www\.)?google\.[a-z.]+\/url\?(.*)/i.exec(address) || [];
    const meant = asked && (new URLSearchParams(asked).get("q") || new URLSearchParams(asked).get("url"));
    return /^https?:\/\/[^\s<>"'`{}|\\^]+$/.test(meant) ? tidy(meant) : address;
  }

  // Names of people
  const AND = /\s*(?:,\s*)?(?:\s(?:and|und|et|y)\s(?!al\b)|\s?&\s)\s*|\s*[;؛；]\s*/;
  const SUFFIX = /^(?:jr|sr|i{2,3}|iv|inc|ltd|llc|gmbh)\.?$/i;

  function splitNames(text) {
    const names = [];
    for (const part of text.split(/(\{[^{}]*\})/)) {
      if (part.startsWith("{")) names.push(part);
      for (const each of part.startsWith("{") ? [] : part.split(AND)) {
        const isTurned = /[;؛；]/.test(part) && /^[^\s,]+, [^,]+$/.test(each);
        for (const name of isTurned ? [each] : each.split(/[,،，、]/)) {
          if (SUFFIX.test(name.trim()) && names.length) names.push(`${names.pop()}, ${name.trim()}`);
          else names.push(name.trim());
        }
      }
    }
    return names.filter((name) => name);
  }

  // What is pasted
  const MARKS = { "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307", c: "\u0327", v: "\u030c", u: "\u0306", H: "\u030b", r: "\u030a", k: "\u0328" };
  const LETTERS = { o: "ø", O: "Ø", l: "ł", L: "Ł", ss: "ß", ae: "æ", AE: "Æ", oe: "œ", OE: "Œ", aa: "å", AA: "Å", i: "i" };

  function readLatex(text) {
    return text.split(/(\$[^$]*\$)/).map((part, at) => at % 2 ? part : part
      .replace(/\\(['`^"~=.]|[cvuHrk](?![a-zA-Z]))\s*\{?\\?([a-zA-Z])\}?/g, (_, mark, letter) => (letter + MARKS[mark]).normalize())
      .replace(/\\(ss|ae|AE|oe|OE|aa|AA|[oOlLi])(?![a-zA-Z])\s*(?:\{\})?/g, (_, name) => LETTERS[name])
      .replace(/\\([&%$#_])/g, "$1").replace(/\\[a-zA-Z]+\s*/g, "").replace(/[{}]/g, "")
      .replace(/~/g, " ").replace(/---/g, "—").replace(/--/g, "–").replace(/``/g, "“").replace(/''/g, "”")).join("").replace(/\s+/g, " ").trim();
  }

  function turnName(name) {
    const [last, ...rest] = name.split(",").map((part) => part.trim());
    return [...rest, last].filter((part) => part).join(" ");
  }

  function make({ title = "", authors = [], venue = "", year = "", doi = "", arxiv = "", url = "" }) {
    const [number = ""] = /10\.\d{4,9}\/[^\s"<>]+/.exec(doi) || [];
    const preprint = /(?:arxiv[:.]\s*|arxiv\.org\/(?:abs|pdf|html)\/|\babs\/|^)(\d{4}\.\d{4,5}(?:v\d+)?)/i;
    const [, found = ""] = preprint.exec(arxiv || venue) || preprint.exec(url) || [];
    const shown = (/https?:\/\/[^\s"<>]+/i.exec(url) || [""])[0].replace(/[.,;]+$/, "");
    const low = shown.toLowerCase();
    const isSaid = number && low.includes(number.toLowerCase()) || found && low.includes("arxiv.org");
    const isPreprint = found && /arxiv/i.test(number);
    const address = !isSaid && shown || !isPreprint && number && `https://doi.org/${number.replace(/[.,;]+$/, "")}` || found && `https://arxiv.org/abs/${found}`;
    return {
      title: clean(title).replace(/([^.]|^)\.$/, "$1"),
      authors: authors.map((name) => clean(name)).filter((name) => name).map((name) => !name.startsWith("{") && (AND.test(name) || name.includes(",")) ? `{${name}}` : name).join(", "),
      venue: found && /^(?:arxiv|corr\b|abs\/)/i.test(clean(venue)) ? "" : clean(venue),
      year: (/(?:^|\D)((?:1[5-9]|20)\d\d)(?!\d)/.exec(year) || [])[1] || "",
      url: address || "",
    };
  }

  function readBibtex(text) {
    const head = /@(?!comment|string|preamble)[a-z]+\s*\{[^,{}=]*,/i.exec(text);
    const fields = {};
    let at = head ? head.index + head[0].length : 0;
    const key = /[\s,]*([a-z]+)\s*=\s*/iy;
    for (;;) {
      key.lastIndex = at;
      const match = key.exec(text);
      if (!match) break;
      let end = key.lastIndex;
      let depth = 0;
      const isQuoted = text[end] === '"';
      for (; end < text.length; end += 1) {
        if (text[end] === "\\") { end += 1; continue; }
        if (text[end] === "{") depth += 1;
        if (text[end] === "}") { depth -= 1; if (depth <= 0 && !isQuoted) { end += depth < 0 ? 0 : 1; break; } }
        if (isQuoted && text[end] === '"' && !depth && end > key.lastIndex) { end += 1; break; }
        if (!isQuoted && !depth && text[end] === ",") break;
      }
      fields[match[1].toLowerCase()] = text.slice(key.lastIndex, end).trim().replace(/^["{]([^]*)["}]$/, "$1");
      at = end;
    }
    if (!fields.title) return null;
    const people = (fields.author || fields.authors || fields.editor || "").replace(/\s+/g, " ");
    const names = [];
    let depth = 0;
    let name = "";
    for (const part of people.split(/([{}]|\sand\s)/)) {
      depth += { "{": 1, "}": -1 }[part] || 0;
      if (/^\sand\s$/.test(part) && !depth) { names.push(name); name = ""; } else name += part;
    }
    const say = (each) => /^others$/i.test(each) ? "et al." : /^\{.*\}$/.test(each) ? readLatex(each) : turnName(readLatex(each));
    const first = (...keys) => readLatex(keys.map((each) => fields[each]).find((each) => each) || "");
    const isArxiv = /^arxiv$/i.test(fields.archiveprefix || fields.eprinttype || "arxiv");
    const volume = /^abs\//.test(fields.volume || "") ? `arXiv ${fields.volume}` : "";
    return make({
      title: first("title"),
      authors: [...names, name].map((each) => each.trim()).filter((each) => each).map(say),
      venue: volume || first("booktitle", "journal", "journaltitle", "school", "institution"),
      year: first("year", "date"),
      doi: (fields.doi || "").replace(/\\_/g, "_"),
      arxiv: isArxiv ? (fields.eprint || "").trim() : "",
      url: (fields.url || fields.howpublished || "").replace(/\\url\{|\}$/g, "").replace(/\\([_%&])/g, "$1"),
    });
  }

  function readRis(text) {
    const tags = {};
    for (const line of text.split(/\r?\n/)) {
      const [, tag, value] = /^\s*([A-Z][A-Z0-9]) {1,2}-(?: +(.*))?$/.exec(line) || [];
      if (tag === "ER") break;
      if (tag) (tags[tag] ||= []).push((value || "").trim());
    }
    const first = (...names) => (names.map((name) => tags[name]).find((each) => each) || [""])[0];
    const title = first("TI", "T1", "CT");
    const venue = first("T2", "JO", "JF", "JA", "BT", "J2");
    return title && make({ title, authors: [...tags.AU || [], ...tags.A1 || []].map(turnName), venue, year: first("PY", "Y1", "DA"), doi: first("DO"), url: first("UR", "L1", "L2") });
  }

  function readJson(text) {
    let item;
    try {
      item = JSON.parse(text);
    } catch {
      return null;
    }
    if (Array.isArray(item)) [item] = item;
    if (!item || typeof item.title !== "string") return null;
    const say = (name) => typeof name === "string" ? name : name?.literal || [name?.given, name?.["non-dropping-particle"], name?.family].filter((part) => part).join(" ");
    const text1 = (value) => typeof value === "string" ? value : typeof value?.[0] === "string" ? value[0] : "";
    return make({
      title: item.title,
      authors: Array.isArray(item.author) ? item.author.map(say) : [],
      venue: text1(item["container-title"]),
      year: String(item.issued?.["date-parts"]?.[0]?.[0] || item.issued?.raw || item.issued?.literal || item.year || ""),
      doi: text1(item.DOI),
      url: text1(item.URL),
    });
  }

  function readCitation(written) {
    const text = written.replace(/^(?:\[\d{1,3}\]|\d{1,3}[.)]|[•*–-]) +/, "");
    const doi = /(?:doi:\s*|doi\.org\/)(10\.\d{4,9}\/[^\s"<>]+)/i.exec(text);
    const arxiv = /arxiv(?:\.org\/(?:abs|pdf)\/|[:.]\s*)(\d{4}\.\d{4,5}(?:v\d+)?)/i.exec(text);
    const url = /https?:\/\/[^\s"<>]+/i.exec(text);
    const bare = text.replace(/(?:doi:\s*|arxiv preprint |)(?:https?:\/\/[^\s"<>]+|doi:\s*10\.\S+|arxiv:\s*\d{4}\.\d{4,5}(?:v\d+)?)/gi, "").trim();
    const given = { doi: doi?.[1], arxiv: arxiv?.[1], url: url && trimEnd(url[0]) };
    const place = (rest) => (/^(?:In:? )?(?:Proceedings of (?:the )?)?(?!Retrieved|Available)([^.,(]{2,100})/i.exec(rest.trim()) || [])[1] || "";
    const styles = [
      [/^(.{3,600}?)[,.]? ["“](.{3,300}?)[,.]?["”][,.]?\s*(.*)$/, ([, people, title, rest]) => ({ people, title, rest, year: rest })],
      [/^(.{3,600}?),? \((\d{4})[a-z]?(?:, [^)]*)?\)[.:,] (.{3,300}?[^A-Z])[.?] ?(.*)$/, ([, people, year, title, rest]) => ({ people, title, rest, year })],
      [/^(.{3,600}?)\. (\d{4})[a-z]?\. (.{3,300}?[^A-Z])\. ?(.*)$/, ([, people, year, title, rest]) => ({ people, title, rest, year })],
    ];
    for (const [pattern, take] of styles) {
      const match = pattern.exec(bare);
      if (!match) continue;
      const { people, title, rest, year } = take(match);
      const initials = [...people.matchAll(/([^\s,&][^,&]*), ((?:\p{Lu}\.[ -]?)+)/gu)];
      const isTurned = !initials.length && /^[^\s,]+, [^\s,]+(?: [^\s,]+)*(?:,|$| and )/.test(people);
      const names = initials.length ? initials.map(([, last, letters]) => `${letters.trim()} ${last.replace(/^and /, "")}`) : people.replace(/,? et al\.?$/, "").split(/,\s*(?:and |& )?|\s(?:and|&)\s/).filter((name) => name);
      const authors = isTurned ? [`${names[1]} ${names[0]}`, ...names.slice(2)] : names;
      return make({ title, authors: /et al/.test(people) ? [...authors, "et al."] : authors, year, venue: place(rest).trim(), ...given });
    }
    return null;
  }

  function readPasted(written) {
    const text = written.trim();
    const line = clean(text);
    const address = tidy(line);
    if (!line) return null;
    if (/^(?:https?|mailto|tel):\S+$/i.test(address) && !/\|/.test(line)) {
      const [, link] = /^\[([^\]]*)\]/.exec(line) || [];
      return link ? { title: link, url: address } : { url: address };
    }
    const tag = /<a\s[^<>]*?href\s*=\s*["']?([^\s"'<>]+)["']?[^<>]*>([^<>]+)<\/a>/i.exec(line);
    const chat = /<(https?:[^|<>\s]+)\|([^<>|]+)>/i.exec(line);
    const link = /\[([^\]]+)\] ?\((https?:[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)\)/i.exec(line);
    if (tag || chat) return { title: clean((tag || chat)[2]).trim() && (tag ? tag[2] : chat[2]), url: tidy((tag || chat)[1]) };
    if (link) return { title: link[1], url: tidy(link[2]) };
    if (/^[[{]/.test(text)) {
      const found = readJson(text);
      if (found) return found;
    }
    if (/@[a-z]+\s*\{|^\s*(?:title|author)\s*=\s*["{]/im.test(text)) {
      const found = readBibtex(text);
      if (found) return found;
    }
    if (/^\s*TY {1,2}-/m.test(text)) {
      const found = readRis(text);
      if (found) return found;
    }
    const cited = readCitation(line);
    if (cited) return cited;
    const arxiv = /(?:arxiv:\s*)(\d{4}\.\d{4,5}(?:v\d+)?)(?: \[[^\]]*\])?/i.exec(line);
    const doi = /(?:doi:?\s*)?(10\.\d{4,9}\/[^\s"<>]+)/i.exec(line);
    const first = /https?:\/\/[^\s<>"]+/i.exec(line) || arxiv || doi;
    if (!first) return { title: line };
    const title = clean((line.slice(0, first.index) + line.slice(first.index + first[0].length)).replace(/[\s(<[:,;–—-]+$|^[\s)>\]:,;.–—-]+/g, ""));
    return { ...title && !/^[\s,.;|]*$/.test(title) ? { title } : {}, url: tidy(first[0]) };
  }

  // What is made
  const quote = (text) => `"${text.replace(/[\\"]/g, "\\$&")}"`;

  function refuse(key, text) {
    for (const [pattern, flags, message, help] of text ? rules.refused[key] : []) {
      if (!new RegExp(pattern, flags).test(text)) continue;
      const said = fill(message, { "": text, scheme: text.split(":")[0] });
      return help ? `${said}: ${help}` : said;
    }
    return "";
  }

  function hint(key, message) {
    const field = named(key);
    const below = named(`${key}.hint`);
    below.textContent = message || below.dataset.hint;
    below.classList.toggle("wrong", !!message);
    if (message) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  function writeReading(values) {
    const written = rules.keys.filter((key) => values[key].length).map((key) => {
      const value = values[key];
      if (key === "authors") return `authors: [${value.map(quote).join(", ")}]`;
      return `${key}: ${key === "year" || key === "minutes" ? value : quote(value)}`;
    });
    return written.map((line, at) => (at ? "  " : "- ") + line);
  }

  function show(id, parts) {
    const box = named(id);
    const [where, more] = all(".where", box);
    const [lines, first] = all("pre", box);
    box.hidden = !parts;
    if (!parts) return;
    where.textContent = parts.where;
    if (parts.above) where.append(" ", Object.assign(document.createElement("code"), { textContent: parts.above.trim(), dir: "ltr" }));
    lines.textContent = parts.text;
    more.textContent = parts.more || "";
    first.textContent = parts.first || "";
    lines.hidden = !parts.text;
    all("button", box)[0].hidden = !parts.text;
    more.hidden = first.hidden = !parts.first;
    all("[role=status]", box)[0].textContent = "";
  }

  function fileIssue(values, meeting, isRequired, lines) {
    const labels = rules.keys.filter((key) => !["title", "url", "note"].includes(key) && values[key].length);
    const more = labels.map((key) => `${key}: ${[].concat(values[key]).join("; ")}`);
    const why = [values.note, ...more].filter((each) => each).join("\n");
    const address = new URL(data.form);
    const options = ["Optional, as further reading", "Required, for everybody before class"];
    const asked = data.fields
      ? { title: `Reading: ${values.title}`, reading: values.title, address: values.url, meeting, list: options[+isRequired], why }
      : { "issue[title]": `Reading: ${values.title}`, "issue[description]": [meeting, "", ...lines.map((each) => "    " + each)].join("\n") };
    for (const [name, value] of Object.entries(asked)) address.searchParams.set(name, value);
    return address.href;
  }

  function look(values) {
    const item = document.createElement("li");
    const title = document.createElement(values.url ? "a" : "cite");
    title.textContent = values.title;
    if (values.url) title.href = values.url;
    const dated = values.year && !values.venue.includes(values.year) ? `${values.venue} ${values.year}`.trim() : values.venue;
    const facts = [values.authors.join(", "), dated, values.pages, values.minutes && fill(words.minutes, { count: values.minutes })].filter((each) => each);
    const small = document.createElement("small");
    small.textContent = facts.join(" · ");
    item.append(title, " ", small);
    if (values.note) item.append(Object.assign(document.createElement("div"), { className: "note", dir: "auto", textContent: values.note }));
    all("ul", named("look"))[0].replaceChildren(item);
  }

  function makeReading() {
    const values = {};
    let isRight = true;
    for (const key of rules.keys) {
      const { value } = named(key);
      const text = key === "url" ? tidy(value) : clean(value);
      const wrong = refuse(key, text);
      hint(key, wrong);
      isRight &&= !wrong;
      values[key] = key === "authors" ? splitNames(text) : text;
    }
    const isBegun = rules.keys.some((key) => values[key].length);
    if (!values.title && isBegun) hint("title", words.title);
    isRight &&= !!values.title;
    named("look").hidden = !isRight;
    if (!isRight) return show("lines", null);
    look(values);
    const meeting = named("meeting").value;
    const isRequired = named("list").value === "required";
    const place = data.places[meeting][isRequired ? 0 : 1];
    const lines = writeReading(values);
    const form = root.querySelector("[data-form]");
    if (form) form.href = fileIssue(values, meeting, isRequired, lines);
    const edit = root.querySelector("[data-edit]");
    edit.href = data.edit + (data.lines && place && place[0] ? `#L${place[0]}` : "");
    if (!place) return show("lines", { where: words.closed, text: "" });
    const [line, indent, before, above, first, firstLine] = place;
    const isEnd = !line || before[0] === "";
    const file = "readings.yaml";
    return show("lines", {
      where: fill(isEnd ? words.end : words.below, { line, file }),
      above: isEnd ? "" : above,
      text: [...before, ...lines.map((each) => " ".repeat(indent) + each)].join("\n"),
      more: first && fill(words.first, { line: firstLine }),
      first,
    });
  }

  function makeNote() {
    const reading = named("about").value;
    const meeting = named("noted").value;
    const id = reading || meeting;
    if (!id) return show("file", null);
    let name = id;
    for (let number = 2; data.notes.includes(name); number += 1) name = `${id}-${number}`;
    const title = clean(named("heading").value);
    const author = clean(named("author").value);
    const lines = ["---", title && `title: ${quote(title)}`, `${reading ? "reading" : "meeting"}: ${quote(id)}`, author && `author: ${quote(author)}`, "---"];
    const text = `${lines.filter((each) => each).join("\n")}\n`;
    const create = root.querySelector("[data-create]");
    if (create) create.href = data.create.replace("-name-", () => encodeURIComponent(name)).replace("-text-", () => encodeURIComponent(`${text}\n`));
    return show("file", { where: `content/notes/${name}.md`, text });
  }

  function makePresenter() {
    const name = clean(named("presenter").value);
    if (!name) return show("row", null);
    const meeting = named("presented").value;
    const role = named("role")?.value || "";
    const [href, columns, sign] = data.present || [data.topics[meeting]];
    root.querySelector("[data-table]").href = href;
    if (!columns) {
      const text = role ? `presenters: {${quote(role)}: ${quote(name)}}` : `presenters: [${quote(name)}]`;
      return show("row", { where: fill(words.topic, { file: "syllabus.yaml" }), text });
    }
    const cells = columns.map((column) => ({ name, meeting, role })[column] || "");
    const isSpecial = /[",;\t]/;
    const text = cells.map((cell) => isSpecial.test(cell) ? `"${cell.split('"').join('""')}"` : cell).join(sign);
    return show("row", { where: fill(words.end, { file: new URL(href).pathname.split("/").pop() }), text });
  }

  function renew() {
    makeReading();
    makeNote();
    if (named("presenter")) makePresenter();
  }

  let filled = {};

  function paste() {
    const found = readPasted(named("paste").value);
    hint("paste", "");
    // What was pasted before, and nobody has changed since, belongs to another reading.
    if (found) for (const key of Object.keys(filled)) if (named(key).value === filled[key]) named(key).value = "";
    if (!found) return;
    const keys = rules.keys.filter((key) => found[key]);
    filled = Object.fromEntries(keys.map((key) => [key, found[key]]));
    for (const key of keys) named(key).value = filled[key];
    const labels = keys.map((key) => root.querySelector(`label[for='page.${key}']`).textContent);
    named("paste.hint").textContent = found.title ? fill(words.read, { fields: labels.join(", ") }) : words.address;
    const more = root.querySelector("details");
    more.open ||= keys.some((key) => more.contains(named(key)));
  }

  function choose(kind) {
    for (const button of all("[data-kind]")) button.setAttribute("aria-pressed", button.dataset.kind === kind);
    for (const section of all("[data-of]")) section.hidden = section.dataset.of !== kind;
  }

  function follow() {
    let place = location.hash.slice(1) || new URLSearchParams(location.search).get("meeting") || "";
    try {
      place = decodeURIComponent(place);
    } catch {}
    const option = place && document.getElementById(place);
    if (!option || option.localName !== "option") return;
    const select = option.closest("select");
    select.value = option.value;
    if (/^page\.(?:about|noted)$/.test(select.id)) named(select.id === "page.about" ? "noted" : "about").value = "";
    const section = select.closest("section").dataset.of;
    if ([...all("[data-kind]")].some((each) => each.dataset.kind === section)) choose(section);
    renew();
  }

  async function copy({ currentTarget }) {
    const box = currentTarget.closest(".made");
    const [lines] = all("pre", box);
    const [status] = all("[role=status]", box);
    getSelection().selectAllChildren(lines);
    try {
      await navigator.clipboard.writeText(`${lines.textContent}\n`);
      status.textContent = words.copied;
    } catch {
      status.textContent = document.execCommand("copy") ? words.copied : words.selected;
    }
  }

  root.addEventListener("input", ({ target }) => {
    if (target.id === "page.paste") paste();
    if (target.id === "page.about" && target.value) named("noted").value = "";
    if (target.id === "page.noted" && target.value) named("about").value = "";
    renew();
  });
  for (const each of all("[data-kind]")) each.addEventListener("click", () => choose(each.dataset.kind));
  for (const each of all(".made button")) each.addEventListener("click", copy);
  addEventListener("hashchange", follow);
  root.hidden = false;
  document.querySelector(".without-script").hidden = true;
  renew();
  follow();
})();
