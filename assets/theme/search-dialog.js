// See docs/architecture.md.
(() => {
  const slice = 12;
  const longestQuery = 200;
  const mostWords = 12;
  const longestGuess = 24;
  const shown = 30;

  const letters = { ß: "ss", ẞ: "ss", ł: "l", ø: "o", æ: "ae", œ: "oe", đ: "d", ð: "d", þ: "th", ı: "i", ħ: "h", ŧ: "t" };
  const fold = (text) => text.normalize("NFKD").toLowerCase()
    .replace(/[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u200b-\u200f\u2066-\u2069\ufeff]+/g, "")
    .replace(/[ßẞłøæœđðþıħŧ]/g, (letter) => letters[letter])
    .normalize();
  const together = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc\u3005]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u30fc\u3005]+/gu;
  const joined = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3005]/u;

  // Languages without spaces are cut into overlapping pairs; the last character alone is found by its beginning.
  function cut(word, isQuery) {
    const characters = [...word];
    if (!joined.test(word)) return [word];
    const pairs = characters.slice(1).map((character, at) => characters[at] + character);
    return isQuery && pairs[0] ? pairs : [...pairs, characters[characters.length - 1]];
  }
  const tokenize = (text, isQuery) => (fold(text).match(/[\p{L}\p{M}\p{N}]+[+#]{0,2}/gu) || [])
    .flatMap((word) => (word.match(together) || []).flatMap((part) => cut(part, isQuery)));

  const exactly = /[\d+#]/;

  // A letter too many, too few or wrong is one edit; two that are swapped would be two, so each swap is a guess.
  function guess(word) {
    const isPlain = word.length > 3 && word.length <= longestGuess && !exactly.test(word);
    const exact = { queries: [word], prefix: true };
    if (!isPlain) return exact;
    const letters = [...word];
    const swaps = letters.slice(1).map((letter, at) => [...letters.slice(0, at), letter, letters[at], ...letters.slice(at + 2)].join(""));
    return { combineWith: "OR", queries: [
      exact,
      { queries: [word], fuzzy: word.length > 8 ? 2 : 1, boostTerm: () => 0.3 },
      { queries: swaps.filter((swap) => swap !== word), prefix: true, boostTerm: () => 0.3 },
    ] };
  }

  const make = (tag, properties, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };
  const isolated = (text, lang) => make("bdi", lang ? { lang } : {}, text);

  function build(root) {
    const { words, documents } = window.courseSearch;
    const index = new MiniSearch({
      idField: "id",
      fields: ["title", "names", "facts", "text"],
      tokenize: (text) => tokenize(text, false),
      processTerm: (term) => term,
      extractField: (each, field) => field === "facts" ? each.kind + " " + (each.facts || []).join(" ") : each[field],
      searchOptions: {
        boost: { title: 4, names: 3, facts: 1, text: 0.5 },
        boostDocument: (id) => documents[id].href.startsWith("notes/") ? 0.7 : 1,
        tokenize: (text) => [text],
      },
    });

    function find(text) {
      const terms = [...new Set(tokenize(text.slice(0, longestQuery), true))].slice(0, mostWords);
      const queries = terms.map(guess);
      const some = (combineWith) => queries[0] ? index.search({ combineWith, queries }) : [];
      const all = some("AND");
      return { all, some: all[0] || !queries[1] ? [] : some("OR"), isEmpty: !queries[0] };
    }

    const input = make("input", { type: "search", id: "page.query", autocomplete: "off", spellcheck: false, autofocus: true, maxLength: 1000, enterKeyHint: "search" });
    const status = make("p", { className: "small" });
    const list = make("ol", {});
    const close = make("button", { type: "button", onclick: () => dialog.close() }, words.close);
    const slash = make("input", { type: "checkbox", checked: true });
    const dialog = make("dialog", { className: "search", lang: words.language },
      make("search", {},
        make("div", {}, make("label", { htmlFor: input.id }, words.label), close, input), status, list),
      make("label", { className: "small" }, slash, " ", words.key));
    dialog.setAttribute("aria-label", words.title);
    status.setAttribute("role", "status");
    list.setAttribute("aria-label", words.title);

    let added = 0;
    let timer;

    function show() {
      clearTimeout(timer);
      const { all, some, isEmpty } = find(input.value);
      const found = all[0] ? all : some;
      const count = found.length > shown ? words.best : words.counts[found.length];
      const said = isEmpty ? "" : added < documents.length ? words.loading : some[0] ? words.some + " " + count : count;
      if (status.textContent !== said) status.textContent = said;
      list.replaceChildren(...found.slice(0, shown).map(({ id }) => {
        const { href, kind, title, facts = [], language } = documents[id];
        const line = [kind, ...facts].flatMap((fact, at) => at ? [" · ", isolated(fact)] : [isolated(fact)]);
        return make("li", {}, make("a", { href: new URL(href, root).href },
          isolated(title, language), make("span", { className: "small" }, ...line)));
      }));
    }

    function addSome() {
      const end = performance.now() + slice;
      while (added < documents.length && performance.now() < end) {
        index.add({ ...documents[added], id: added });
        added += 1;
      }
      if (added < documents.length) setTimeout(addSome);
      else show();
    }

    input.oninput = () => {
      clearTimeout(timer);
      timer = setTimeout(show, 60);
    };
    dialog.onkeydown = (event) => {
      const { key, target, isComposing } = event;
      if (isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const places = [input, ...list.querySelectorAll("a")];
      const at = places.indexOf(target);
      const next = { ArrowDown: places[at + 1], ArrowUp: places[at - 1] }[key];
      if (at >= 0 && next) next.focus();
      if (key === "Enter" && target === input) {
        show();
        list.querySelector("a")?.click();
      } else if (at < 0 || !next) return;
      event.preventDefault();
    };
    dialog.onclick = ({ target }) => {
      if (target === dialog || target.closest("a")) dialog.close();
    };
    slash.onchange = () => {
      try {
        localStorage.setItem("courseweek:slash", slash.checked ? "on" : "off");
      } catch {}
    };
    document.body.append(dialog);
    return () => {
      try {
        slash.checked = localStorage.getItem("courseweek:slash") !== "off";
      } catch {}
      if (!dialog.open) dialog.showModal();
      if (!added) addSome();
    };
  }

  let open;
  addEventListener("find", ({ detail }) => {
    open ||= build(detail);
    open();
  });
})();
