// @ts-check
/* Starts what the page has. Everything but finding and filtering works without any of it. */

/** @type {Filter[]} */
const filters = [];

/** Takes up what the address asks for, and goes there. */
function takeUp() {
  const asked = askedOf(location.hash);
  if (asked === null) return;
  const filter = filters.find(({ section }) => section === asked.section);
  if (filter === undefined) return;
  filter.set(asked.asked);
  document.getElementById(asked.section)?.scrollIntoView();
}

/** The heading that the reader is at, so that the page in the other language opens there. */
function placeNow() {
  const filter = filters.find((one) => one.asked().size > 0);
  if (filter !== undefined) return filter.place();
  const above = [...document.querySelectorAll('main [id]')].filter(
    (one) => one.matches('h2, h3, summary [id], tr, article') && one.getBoundingClientRect().top < 120,
  );
  const last = above.at(-1);
  return last === undefined || scrollY < 80 ? location.hash : `#${last.id}`;
}

function start() {
  const { rasoatIndex } = /** @type {{ rasoatIndex?: Index }} */ (/** @type {unknown} */ (globalThis));
  const entries = rasoatIndex === undefined ? [] : entriesOf(rasoatIndex, document.documentElement.lang === 'vi');
  const names = new Map(entries.map(({ id, all }) => [id, all]));
  for (const box of document.querySelectorAll('.filter')) {
    const filter = box instanceof HTMLElement ? startFilter(box, names) : null;
    if (filter !== null) filters.push(filter);
  }
  takeUp();
  addEventListener('hashchange', takeUp);
  for (const link of document.querySelectorAll('.language a')) {
    if (!(link instanceof HTMLAnchorElement)) continue;
    const [bare = ''] = link.href.split('#');
    const keepPlace = () => {
      link.href = bare + placeNow();
    };
    for (const event of ['pointerdown', 'focus', 'click']) link.addEventListener(event, keepPlace);
  }
  startSearch(entries);
}

start();
