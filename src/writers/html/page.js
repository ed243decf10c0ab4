// What people see: the offices in their regions or those that were found, and the address bar with it.

const query = byId('query'), country = byId('country'), count = byId('count'), none = byId('none'), clear = byId('clear');
const form = query.form, regions = byId('regions'), results = byId('results'), list = byId('found');
const whole = count.textContent;

// Made when there is time, or when somebody types.
let ask;
const index = () => {
  if (ask) return;
  const names = countryNames([...country.options].map((option) => option.value).filter(Boolean));
  for (const { value, textContent } of country.options) if (value) names.set(value, `${names.get(value)} ${textContent}`);
  const regionsOf = new Map();
  const regionNames = (section) => {
    if (!section) return [];
    if (!regionsOf.has(section)) {
      regionsOf.set(section, [section.firstElementChild.textContent, ...regionNames(section.parentElement.closest('section'))]);
    }
    return regionsOf.get(section);
  };
  ask = makeIndex(offices.map((office) => entryOf(office, names, regionNames(office.closest('section')))));
};

// Offices that were found stand in a list of their own, the best first. The first ones are there at once and the
// others follow in parts; all leave a mark where they come from.
const FIRST = 12, PART = 100;
const marks = new Map();
let waiting;
const bringBack = () => {
  for (const [office, mark] of marks) mark.replaceWith(office);
  marks.clear();
};
const take = (office) => {
  const mark = document.createComment('');
  office.replaceWith(mark);
  marks.set(office, mark);
  return office;
};
const show = (found) => {
  clearTimeout(waiting);
  // What is moved while it is not shown costs no layout.
  results.hidden = true;
  regions.classList.add('away');
  bringBack();
  const more = (at, many) => {
    list.append(...found.slice(at, at + many).map(({ office }) => take(office)));
    if (at + many < found.length) waiting = setTimeout(() => more(at + many, PART));
  };
  if (found) more(0, FIRST);
  results.hidden = !found?.length;
  regions.classList.toggle('away', Boolean(found));
  none.hidden = !found || found.length > 0;
};

const isAway = () => regions.classList.contains('away');
const find = () => {
  const isAll = !query.value.trim() && !country.value;
  clear.hidden = isAll;
  if (isAll) {
    if (isAway()) show(null);
    count.textContent = whole;
    return;
  }
  index();
  const found = ask(query.value, country.value);
  show(found);
  count.textContent = filled(words.found, { count: found.length, total: offices.length });
};

// The address bar says what is asked, so that it can be kept, sent and gone back to. A file's address has it behind
// the "#" where the browser does not let a file have a query.
const asked = () => new URLSearchParams(location.hash.startsWith('#?') ? location.hash.slice(2) : location.search);
/** The address's parameters, with ours as the fields have them. */
const asking = () => {
  const all = new URLSearchParams(location.search);
  for (const [name, { value }] of [['q', query], ['country', country]]) {
    if (value.trim()) all.set(name, value.trim());
    else all.delete(name);
  }
  return all;
};
const withQuery = (parameters) => `${location.pathname}?${parameters}`.replace(/\?$/, '');
const tell = () => {
  clearTimeout(telling);
  telling = undefined;
  const before = asked(), now = asking();
  const isSame = (name) => (before.get(name) ?? '') === (now.get(name) ?? '');
  if (isSame('q') && isSame('country')) return;
  // Typing on is one step; going back from it leads to what was there before.
  const step = isSame('country') && before.get('q') && now.get('q') ? 'replaceState' : 'pushState';
  try {
    history[step](null, '', withQuery(now));
  } catch {
    history[step](null, '', `#?${now}`);
  }
};
let telling;
const tellSoon = () => {
  clearTimeout(telling);
  telling = setTimeout(tell, 300);
};

/** Brings a heading below the bar, and keeps it there while what is above it gets its height. */
const land = (target) => {
  let steady = 0, frames = 60;
  const stop = () => { frames = 0; };
  const events = ['wheel', 'touchstart', 'keydown', 'pointerdown'];
  for (const event of events) addEventListener(event, stop, { once: true, passive: true });
  const step = () => {
    const before = scrollY;
    target.scrollIntoView({ behavior: 'instant', block: 'start' });
    steady = Math.abs(scrollY - before) < 1 ? steady + 1 : 0;
    frames -= 1;
    if (frames > 0 && steady < 3) requestAnimationFrame(step);
    else for (const event of events) removeEventListener(event, stop);
  };
  step();
};

/** Shows what the address says: the query, and the office or the region. */
const arrive = () => {
  const wanted = asked();
  query.value = wanted.get('q') ?? '';
  country.value = wanted.get('country') ?? '';
  if (country.selectedIndex < 0) country.value = '';
  find();
  const target = location.hash.length > 1 && byId(location.hash.slice(1));
  if (!target || !main.contains(target)) return;
  if (isAway() && !results.contains(target)) {
    query.value = country.value = '';
    find();
    history.replaceState(null, '', withQuery(asking()) + location.hash);
  }
  land(target);
};

form.addEventListener('submit', (event) => event.preventDefault());
query.addEventListener('input', () => { find(); tellSoon(); });
country.addEventListener('change', () => { find(); tell(); });
form.addEventListener('reset', (event) => {
  event.preventDefault();
  query.value = country.value = '';
  find();
  tell();
  query.focus();
});
addEventListener('popstate', arrive);
addEventListener('pagehide', () => { if (telling) tell(); });

document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, select, textarea');
  if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    query.focus();
  } else if (event.key === 'Escape' && typing) {
    form.reset();
  }
});
const ACTS = { copy: copyAddress, link: copyLink, card: downloadOne, cards: downloadAll, label: showLabel };
document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  const act = button && Object.keys(ACTS).find((name) => name in button.dataset);
  if (act) ACTS[act](button, button.closest('.office')).catch(sayFailed(button));
  // The same address once more tells nobody that it was followed.
  const link = event.target.closest('a[href^="#"]');
  if (link && link.hash === location.hash) setTimeout(arrive);
});
// Toggles do not rise to the document, but are seen on their way down.
document.addEventListener('toggle', (event) => {
  if (!event.target.matches('.office details')) return;
  showCode(event.target, event.target.closest('.office')).catch(sayFailed(event.target.firstElementChild));
}, true);

// The bar stays where it leaves room for what is below it: not in a small window, nor in a magnified one.
const measure = () => {
  const height = form.offsetHeight, stays = height < innerHeight / 5;
  form.classList.toggle('stays', stays);
  root.style.setProperty('--bar', `${stays ? height : 0}px`);
};
offices.forEach(equip);
for (const element of document.querySelectorAll('.script')) element.hidden = false;
new ResizeObserver(measure).observe(form);
addEventListener('resize', measure);
measure();
arrive();
const whenIdle = window.requestIdleCallback ?? setTimeout;
whenIdle(() => { index(); showTimes(); });
