// What is done with one office: copied, downloaded, shown as a code, printed as a label.

/** Tells people, by ear as well as by eye, what has come of a button. */
const say = (button, text, spoken) => {
  const before = button.dataset.text ??= button.textContent;
  button.textContent = text;
  said.textContent = spoken ?? text;
  setTimeout(() => { button.textContent = before; said.textContent = ''; }, 2000);
};

const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages from a file may copy what is selected only.
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

/** The lines of mail to an address. What it does not say itself follows from the lines that are read; see
 *  src/writers/html/address.rs. */
const mailLines = (address, isDomestic) => {
  const { mail, mailDomestic, capitals } = address.dataset;
  if (isDomestic && mailDomestic) return mailDomestic.split('\n');
  const read = address.textContent.trim().split('\n'), name = nameOf(address.closest('.office'));
  if (isDomestic && mailDomestic === '') return [name, ...read.slice(0, -1)];
  const inCapitals = capitals?.split(' ').filter(Boolean).map(Number) ?? [read.length - 2, read.length - 1];
  const lines = mail?.split('\n') ?? [name, ...read.map((line, at) => (inCapitals.includes(at) ? line.toUpperCase() : line))];
  return isDomestic ? lines.slice(0, -1) : lines;
};

const copyAddress = async (button) => {
  const address = button.parentElement.previousElementSibling;
  const done = await copy(mailLines(address, button.dataset.copy === 'domestic').join('\n'));
  say(button, done ? words.copied : words.not_copied, done ? words.address_copied : words.cannot_copy);
};

const copyLink = async (button, office) => {
  const link = new URL(location.href);
  for (const name of ['q', 'country']) link.searchParams.delete(name);
  link.hash = office.id;
  const done = await copy(link.href);
  say(button, done ? words.copied : words.not_copied, done ? words.link_copied : words.cannot_copy);
};

// The contacts are one compressed text in the page, which is unpacked when the first of them is asked for.
let unpacked;
const contacts = () => unpacked ??= (async () => {
  const packed = Uint8Array.from(atob(byId('contacts').textContent), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).json();
})();
// A card may be too long for a code, and an address for a label.
class Unavailable extends Error {}
const partOf = async (office, part) => {
  const text = (await contacts())[offices.indexOf(office)][part];
  if (text === undefined) throw new Unavailable();
  return text;
};
/** Tells people why nothing has come of a button. */
const sayFailed = (button) => (error) => say(button, error instanceof Unavailable ? words.unavailable : words.failed);

const download = (name, text) => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/vcard;charset=utf-8' }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
};
const downloadOne = async (button, office) => {
  download(`${office.id.replace('office-', '')}.vcf`, await partOf(office, 'card'));
};
const downloadAll = async () => download('offices.vcf', (await contacts()).map(({ card }) => card).join(''));

/** An element of SVG. */
const drawn = (name, attributes) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

const showCode = async (details, office) => {
  if (!details.open || details.querySelector('svg')) return;
  const code = qrCode(await partOf(office, 'qr'));
  // White around a code, in modules (ISO/IEC 18004, clause 6.3.8).
  const QUIET = 4, side = code.size + 2 * QUIET;
  let path = '';
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
  }
  const picture = drawn('svg', { viewBox: `0 0 ${side} ${side}`, role: 'img', 'aria-label': filled(words.qr_code_of, { office: nameOf(office) }), 'shape-rendering': 'crispEdges' });
  picture.append(drawn('rect', { width: side, height: side, fill: '#fff' }), drawn('path', { d: path, fill: '#000' }));
  details.append(picture);
};

// One dialog shows the label of any office. It is the page's last element, so that on paper, which is as large as the
// label, nothing but the label is left.
const LABEL_STYLE = `
#officedir-label { padding: 1.25rem; border: 1px solid; border-radius: .6rem; }
#officedir-label::backdrop { background: #0008; }
#officedir-label div { background: none; }
#officedir-label img { display: block; max-width: 100%; margin-bottom: 1rem; outline: 1px dashed #888; }
@media print {
  body > :not(#officedir-label) { display: none !important; }
  html, body { margin: 0 !important; padding: 0 !important; background: none !important; }
  #officedir-label { display: block; position: static; max-width: none; max-height: none; margin: 0; padding: 0; border: 0; overflow: visible; }
  #officedir-label img { max-width: none; margin: 0; outline: 0; }
  #officedir-label p { display: none; }
}`;
const paper = new CSSStyleSheet();
let dialog;
const makeDialog = () => {
  dialog = document.createElement('dialog');
  dialog.id = 'officedir-label';
  const body = document.createElement('div'), actions = document.createElement('p');
  body.className = 'officedir';
  const choose = (text, act) => {
    const made = button('choice', text);
    made.addEventListener('click', act);
    return made;
  };
  actions.append(choose(words.print, () => print()), ' ', choose(words.close, () => dialog.close()));
  body.append(document.createElement('img'), actions);
  dialog.append(body);
  dialog.addEventListener('close', () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== paper);
  });
  document.body.append(dialog);
};
const showLabel = async (_, office) => {
  const label = await partOf(office, 'label');
  if (!dialog) makeDialog();
  const picture = dialog.querySelector('img');
  // As a picture nothing in it can run.
  picture.src = `data:image/svg+xml,${encodeURIComponent(label)}`;
  picture.alt = filled(words.label_of, { office: nameOf(office) });
  const [, width, height] = /width="([\d.]+mm)" height="([\d.]+mm)"/.exec(label);
  paper.replaceSync(`${LABEL_STYLE}@page { size: ${width} ${height}; margin: 0; }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, paper];
  dialog.showModal();
};

/** The time at each office, while somebody looks. */
const showTimes = () => {
  const clocks = new Map();
  for (const place of document.querySelectorAll('.p-tz')) {
    const { zone } = place.dataset;
    try {
      if (!clocks.has(zone)) {
        const options = { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone: zone };
        clocks.set(zone, { format: new Intl.DateTimeFormat(document.documentElement.lang, options), times: [] });
      }
    } catch {
      // The browser's time zones are older than the directory.
      continue;
    }
    const time = document.createElement('span');
    time.className = 'now';
    place.append(time);
    clocks.get(zone).times.push(time);
  }
  const tell = () => {
    const now = new Date();
    for (const { format, times } of clocks.values()) {
      const text = format.format(now);
      for (const time of times) time.textContent = filled(words.local_time, { time: text });
    }
    setTimeout(tell, 60000 - now % 60000);
  };
  if (clocks.size) tell();
};

const button = (act, text, value = '') => {
  const made = document.createElement('button');
  made.type = 'button';
  made.dataset[act] = value;
  made.textContent = text;
  return made;
};
/** What every office offers, once; the name of the office is put into each copy of it. */
const offers = document.createElement('p');
offers.className = 'card';
const code = document.createElement('details'), summary = document.createElement('summary');
summary.textContent = words.qr_code;
code.append(summary);
// What the page has of every office: see src/writers/html/contacts.rs.
const { qr, label } = byId('contacts').dataset;
offers.append(button('card', words.download));
if (qr !== undefined) offers.append(code);
if (label !== undefined) offers.append(button('label', words.print_label));
offers.append(button('link', words.copy_link));

const equip = (office) => {
  const name = nameOf(office);
  const named = (element) => {
    for (const it of element.querySelectorAll('button, summary')) {
      it.setAttribute('aria-label', filled(words.of_office, { action: it.textContent, office: name }));
    }
    return element;
  };
  for (const address of office.querySelectorAll('address')) {
    const actions = document.createElement('p'), place = address.querySelector('.p-country-name');
    const country = place.value ?? place.textContent;
    actions.className = 'actions';
    const lead = document.createElement('span');
    lead.textContent = words.copy_for_mail;
    actions.append(lead, button('copy', words.from_abroad, 'abroad'), button('copy', filled(words.domestic, { country }), 'domestic'));
    address.after(named(actions));
  }
  office.append(named(offers.cloneNode(true)));
};
