// @ts-check
/*
 * Filters over the rows of a section. A row says in data-* what may be asked of it, each a list of words; the text asked for is sought
 * in all that the row shows. What is asked stands in the address (`#doi-chieu?q=cong&l=3`), so that it can be sent to somebody.
 */

/**
 * @typedef {{ readonly section: string, readonly asked: () => Map<string, string>, readonly set: (asked: URLSearchParams) => void,
 *   readonly place: () => string }} Filter
 */

const mostUnfolded = 60;

/**
 * What the address asks of which section.
 * @param {string} hash
 * @returns {{ readonly section: string, readonly asked: URLSearchParams } | null}
 */
function askedOf(hash) {
  const at = hash.indexOf('?');
  return at < 0 ? null : { section: hash.slice(1, at), asked: new URLSearchParams(hash.slice(at + 1)) };
}

/**
 * @param {HTMLElement} box
 * @param {ReadonlyMap<string, string>} names what a system or organisation is found by, its name in the other language too
 * @returns {Filter | null}
 */
function startFilter(box, names) {
  const section = box.dataset.filter ?? '';
  const around = box.closest('section');
  const said = box.querySelector('[role=status]');
  if (!around || !(said instanceof HTMLElement)) return null;
  const controls = [...box.querySelectorAll('input, select')].filter(
    (one) => one instanceof HTMLInputElement || one instanceof HTMLSelectElement,
  );
  const tables = [...around.querySelectorAll('table')].filter((table) => table.matches('.filtered'));
  const rows = tables.flatMap((table) => [...table.tBodies].flatMap((body) => [...body.rows]));
  const groups = [...around.querySelectorAll('details.group')].filter((one) => one instanceof HTMLDetailsElement);
  const asWas = new Map(groups.map((group) => [group, group.open]));
  /** @type {WeakMap<Element, string>} */
  const texts = new WeakMap();

  const asked = () =>
    new Map(controls.filter(({ value }) => value.trim() !== '').map(({ name, value }) => [name, value]));

  /** @param {HTMLTableRowElement} row */
  const textOf = (row) => {
    let text = texts.get(row);
    if (text === undefined) {
      const id = /([a-z0-9-]+)\.html/.exec(row.querySelector('a[href]')?.getAttribute('href') ?? '')?.[1] ?? '';
      text = `${fold(row.textContent)} ${names.get(id) ?? ''}`;
      texts.set(row, text);
    }
    return text;
  };

  /** @param {HTMLTableRowElement} row @param {Map<string, string>} of */
  const answers = (row, of) =>
    [...of].every(([name, value]) =>
      name === 'q' ? holds(textOf(row), value) : (row.dataset[name] ?? '').split(' ').includes(value),
    );

  /** What is asked, in words, for the eye, the ear and the printed sheet. */
  const inWords = () =>
    controls
      .filter(({ value }) => value.trim() !== '')
      .map((control) => {
        const value = control instanceof HTMLSelectElement ? control.selectedOptions[0]?.textContent : control.value;
        return `${control.labels?.[0]?.textContent ?? ''}: ${(value ?? '').trim()}`;
      })
      .join('; ');

  const apply = () => {
    const of = asked();
    let shown = 0;
    for (const row of rows) {
      row.hidden = !answers(row, of);
      if (!row.hidden) shown += 1;
    }
    for (const group of groups) {
      const left = [...group.querySelectorAll('table.filtered > tbody > tr:not([hidden])')].length;
      group.hidden = left === 0;
      // What was shut is opened when it is little: a thousand rows unfolded at the first letter would hold up the second.
      if (of.size === 0 || shown > mostUnfolded) group.open = asWas.get(group) ?? false;
      else group.open = left > 0;
      const count = group.querySelector('.group-shown');
      if (count) count.textContent = of.size === 0 ? '' : fill(box.dataset.group, { n: left });
    }
    const { none, some } = box.dataset;
    said.textContent =
      of.size === 0 ? '' : fill(shown === 0 ? none : some, { n: shown, total: rows.length, asked: inWords() });
    box.classList.toggle('asking', of.size > 0);
  };

  const place = () => {
    const of = new URLSearchParams([...asked()]);
    return of.size === 0 ? `#${section}` : `#${section}?${of.toString()}`;
  };

  const changed = () => {
    apply();
    history.replaceState(null, '', place());
  };

  for (const control of controls) control.addEventListener('input', changed);
  // Reading a thousand rows takes more than a frame: it is done while the reader reaches for the first key.
  box.querySelector('input')?.addEventListener('focus', () => {
    for (const row of rows) textOf(row);
  });
  for (const group of groups) {
    const count = document.createElement('span');
    count.className = 'group-shown quiet';
    group.querySelector('summary')?.append(count);
    group.querySelector('summary')?.addEventListener('click', () => {
      // The state that the click leads to.
      asWas.set(group, !group.open);
    });
  }
  box.querySelector('[data-do=clear]')?.addEventListener('click', () => {
    for (const control of controls) control.value = '';
    changed();
    controls[0]?.focus();
  });
  box.querySelector('[data-do=export]')?.addEventListener('click', () => {
    const head = [...(tables[0]?.tHead?.rows[0]?.cells ?? [])].map(cellText);
    const lines = rows.filter(({ hidden }) => !hidden).map((row) => [...row.cells].map(cellText));
    download(box.dataset.file ?? 'rasoat.csv', csv([head, ...lines]));
  });
  box.hidden = false;
  return {
    section,
    asked,
    place,
    set: (wanted) => {
      for (const control of controls) {
        const value = wanted.get(control.name) ?? '';
        const known = control instanceof HTMLInputElement || [...control.options].some((one) => one.value === value);
        control.value = known ? value : '';
      }
      apply();
    },
  };
}
