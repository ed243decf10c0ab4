'use strict';
(() => {
  const byId = (id) => document.getElementById(id);
  const words = byId('words'), country = byId('country'), count = byId('count'), said = byId('said');
  const main = byId('offices'), sections = [...main.querySelectorAll('section')], links = document.querySelectorAll('nav a');
  const clear = byId('clear'), none = byId('none'), form = words.form, whole = count.textContent;
  // Small letters without accents, so that "Sao" finds "São".
  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const regionOf = (office) => {
    const names = [];
    for (let at = office.closest('section'); at; at = at.parentElement.closest('section')) {
      names.push(at.firstElementChild.textContent);
    }
    return names.join(' ');
  };
  const names = new Map([...country.options].map((option) => [option.value, option.textContent]));
  let entries;
  const index = () => entries ??= [...document.querySelectorAll('.office')].map((office) => {
    const countries = office.dataset.countries.split(' ');
    const parts = ['.p-name', '.kind', '.also', 'address', 'dd'].flatMap((part) => [...office.querySelectorAll(part)]);
    const texts = parts.map((part) => part.textContent.replace(/\s+/g, ' '));
    texts.push(regionOf(office), ...countries, ...countries.map((code) => names.get(code)));
    const numbers = [...office.querySelectorAll('[href^="tel:"]')].map((link) => link.href.replace(/\D/g, ''));
    return { office, countries, text: plain(texts.join('\n')), numbers, section: office.closest('section') };
  });

  // The first results are there at once, the others follow in parts. Browsers take seconds to hide thousands of
  // elements one by one, and milliseconds within an element that is hidden itself.
  const FIRST = 24, PART = 250;
  let waiting;
  const show = (found) => {
    clearTimeout(waiting);
    const first = new Set(found.slice(0, FIRST)), full = new Set();
    for (const { section } of found) {
      for (let at = section; at && !full.has(at); at = at.parentElement.closest('section')) full.add(at);
    }
    main.hidden = true;
    void main.offsetHeight;
    for (const entry of entries) {
      if (entry.office.hidden === first.has(entry)) entry.office.hidden = !first.has(entry);
    }
    for (const section of sections) section.hidden = !full.has(section);
    for (const link of links) link.parentElement.hidden = !full.has(byId(link.hash.slice(1)));
    main.hidden = false;
    const more = (at) => {
      if (at >= found.length) return;
      waiting = setTimeout(() => {
        for (const { office } of found.slice(at, at + PART)) office.hidden = false;
        more(at + PART);
      });
    };
    more(FIRST);
  };

  const find = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean), code = country.value;
    const digits = /^[\s\d+()./-]*$/.test(words.value) ? words.value.replace(/\D/g, '') : '';
    const matches = (entry) => (!code || entry.countries.includes(code))
      && (wanted.every((word) => entry.text.includes(word))
        || (digits.length > 3 && entry.numbers.some((number) => number.includes(digits))));
    const found = index().filter(matches);
    show(found);
    const all = !wanted.length && !code;
    count.textContent = all ? whole : `${found.length} of ${entries.length} offices`;
    clear.hidden = all;
    none.hidden = found.length > 0;
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = document.createElement('textarea');
      area.value = text;
      area.className = 'unseen';
      document.body.append(area);
      area.select();
      const done = document.execCommand('copy');
      area.remove();
      return done;
    }
  };

  form.addEventListener('submit', (event) => event.preventDefault());
  words.addEventListener('input', find);
  country.addEventListener('change', find);
  form.addEventListener('reset', (event) => {
    event.preventDefault();
    words.value = country.value = '';
    find();
    words.focus();
  });
  document.addEventListener('keydown', (event) => {
    const typing = event.target.closest('input, select, textarea');
    if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      words.focus();
    } else if (event.key === 'Escape' && typing) {
      form.reset();
    }
  });
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const lines = button.closest('.address').querySelectorAll(button.dataset.copy === 'domestic' ? '.line:not(.country)' : '.line');
    const done = await copy([...lines].map((line) => line.textContent).join('\n'));
    const text = button.dataset.text ??= button.textContent;
    button.textContent = done ? 'Copied' : 'Not copied';
    said.textContent = done ? 'Address copied' : 'The browser does not let the page copy';
    setTimeout(() => { button.textContent = text; said.textContent = ''; }, 2000);
  });
  for (const element of document.querySelectorAll('.script')) element.hidden = false;
  if (words.value || country.value) find();
  else (window.requestIdleCallback ?? setTimeout)(index);
})();
