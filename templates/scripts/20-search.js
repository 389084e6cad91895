// @ts-check
/* Find any system or organisation by typing: ARIA's combobox with a list, https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */

/**
 * assets/index.js gives it: names in both languages (the English one 0 where there is none). A system has the number of its owner
 * among the organisations, its level (0: none) and the hosts it is reached by.
 * @typedef {readonly [id: string, vi: string, en: string | 0]} IndexedOrganisation
 * @typedef {readonly [id: string, vi: string, en: string | 0, owner: number, level: number, hosts: string]} IndexedSystem
 * @typedef {{ readonly organisations: readonly IndexedOrganisation[], readonly systems: readonly IndexedSystem[] }} Index
 * @typedef {{ readonly kind: 'organisation' | 'system', readonly id: string, readonly name: string, readonly of: string,
 *   readonly level: number, readonly head: string, readonly all: string, readonly starts: string }} Entry
 */

/**
 * @param {Index} index
 * @param {boolean} vietnamese
 * @returns {readonly Entry[]}
 */
function entriesOf({ organisations, systems }, vietnamese) {
  /** @param {string} vi @param {string | 0} en */
  const shown = (vi, en) => (vietnamese || en === 0 ? vi : en);
  return [
    ...systems.map(([id, vi, en, owner, level, hosts]) => {
      const of = organisations[owner] ?? ['', '', 0];
      const all = fold([vi, en || '', id, of[1], of[2] || '', hosts].join(' '));
      const name = shown(vi, en);
      return {
        kind: /** @type {const} */ ('system'),
        id,
        name,
        of: shown(of[1], of[2]),
        level,
        head: fold(name),
        all,
        starts: startsOf(all),
      };
    }),
    ...organisations.map(([id, vi, en]) => {
      const name = shown(vi, en);
      const all = fold([vi, en || '', id].join(' '));
      return {
        kind: /** @type {const} */ ('organisation'),
        id,
        name,
        of: '',
        level: 0,
        head: fold(name),
        all,
        starts: startsOf(all),
      };
    }),
  ];
}

/**
 * The same with a blank before every part of a word: parts of hosts and ids begin too.
 * @param {string} all
 */
function startsOf(all) {
  return ` ${all} ${all.replace(/[-./_]/g, ' ')}`;
}

/**
 * Entries that hold every word, at its beginning or, from three letters on, anywhere: names that begin with the query first, then those with a word that does, then the others.
 * @param {readonly Entry[]} entries
 * @param {string} query
 * @returns {readonly Entry[]}
 */
function found(entries, query) {
  const folded = fold(query);
  if (folded === '') return [];
  /** @param {Entry} entry */
  const rank = ({ head }) =>
    head.startsWith(folded) ? 0 : head.includes(` ${folded}`) ? 1 : head.includes(folded) ? 2 : 3;
  return entries
    .filter(({ starts, all }) =>
      folded.split(' ').every((word) => starts.includes(` ${word}`) || (word.length > 2 && all.includes(word))),
    )
    .map((entry) => ({ entry, at: rank(entry) }))
    .sort((a, b) => a.at - b.at)
    .map(({ entry }) => entry);
}

/** @param {readonly Entry[]} entries */
function startSearch(entries) {
  const box = document.querySelector('.find');
  const input = box?.querySelector('input');
  const list = box?.querySelector('ul');
  const said = box?.querySelector('[role=status]');
  if (entries.length === 0 || !(box instanceof HTMLElement) || !input || !list || !(said instanceof HTMLElement))
    return;
  const { root = '', system, organisation = '', levels } = box.dataset;
  const most = 12;
  /** @type {readonly Entry[]} */
  let shown = [];
  let active = -1;

  /** @param {Entry} entry */
  const address = ({ kind, id, name }) => {
    if (system !== undefined)
      return `${root}${kind === 'system' ? system : organisation}${encodeURIComponent(id)}.html`;
    // A copy that travels has the province's page alone: its list is narrowed to what was chosen.
    const list = kind === 'system' ? 'he-thong' : 'co-quan';
    return `${root}${box.dataset.province ?? ''}#${list}?${new URLSearchParams({ q: name }).toString()}`;
  };

  /** @param {number} at */
  const choose = (at) => {
    active = at;
    [...list.children].forEach((option, n) => {
      option.setAttribute('aria-selected', String(n === at));
      if (n === at) option.scrollIntoView({ block: 'nearest' });
    });
    if (at < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `find-${at}`);
  };

  /** @param {Entry} entry @param {number} n */
  const option = (entry, n) => {
    const line = document.createElement('li');
    line.id = `find-${n}`;
    line.setAttribute('role', 'option');
    const name = document.createElement('bdi');
    name.textContent = entry.name;
    const under = document.createElement('span');
    under.className = 'under';
    const level = entry.level === 0 ? '' : fill(levels, { n: entry.level });
    under.textContent = [entry.of, level].filter((part) => part !== '').join(' · ');
    line.append(name, under);
    line.addEventListener('click', () => {
      location.assign(address(entry));
    });
    return line;
  };

  const close = () => {
    list.hidden = true;
    input.setAttribute('aria-expanded', 'false');
    said.textContent = '';
    choose(-1);
  };

  const look = () => {
    const all = found(entries, input.value);
    shown = all.slice(0, most);
    list.replaceChildren(...shown.map(option));
    list.hidden = shown.length === 0;
    input.setAttribute('aria-expanded', String(shown.length > 0));
    choose(-1);
    const { none, some } = box.dataset;
    said.textContent = fold(input.value) === '' ? '' : fill(all.length === 0 ? none : some, { n: all.length });
  };

  /** @param {number} by */
  const move = (by) => {
    if (shown.length === 0) return;
    const first = by > 0 ? 0 : shown.length - 1;
    choose(active < 0 ? first : (active + by + shown.length) % shown.length);
  };

  input.addEventListener('input', look);
  input.addEventListener('focus', () => {
    if (input.value !== '') look();
  });
  // Options are no stops of the keyboard, so whatever takes the focus away closes the list.
  input.addEventListener('blur', close);
  list.addEventListener('mousedown', (event) => {
    event.preventDefault();
  });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') {
      if (list.hidden) input.value = '';
      close();
    } else if (event.key === 'Enter') {
      const entry = shown[Math.max(active, 0)];
      if (entry !== undefined && !list.hidden) location.assign(address(entry));
    } else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const at = event.target;
    const typing = at instanceof Element && at.closest('input, select, textarea, [contenteditable]') !== null;
    if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
  });
  list.setAttribute('role', 'listbox');
  box.hidden = false;
}
