// The search: what an office can be found by, and how well it answers what somebody types.

// Letters that have no accent to take off, and that people type as others.
const FOLDED = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', ħ: 'h', ŧ: 't', þ: 'th', ı: 'i', ŋ: 'n', ς: 'σ' };
// What German, Danish, Norwegian and Swedish write without their letters.
const SPELT = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };

/** Small letters without accents and apostrophes, so that "Sao" finds "São". */
const fold = (text) => text.normalize('NFKD').replace(/[\p{M}'’‘ʼʻ`´]/gu, '').toLowerCase()
  .replace(/[ßæœøłđðħŧþıŋς]/g, (letter) => FOLDED[letter]);

/** The words of a text in small letters, with one blank in front of each and one behind the last. */
const wordsOf = (text) => ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;

/** The same with other spellings behind it: "München" is found as "Muenchen" as well. */
const spellings = (text) => {
  const spelt = text.toLowerCase().normalize('NFC').replace(/[äöüøå]/g, (letter) => SPELT[letter]);
  return wordsOf(spelt === text.toLowerCase().normalize('NFC') ? text : `${text} ${spelt}`);
};

// A telephone number as it stands in the page, with its country's code.
const NUMBER = /\+\d[\d\s().-]*\d/g;

/** The names of countries that people may type: in the page's language, in English, in those of the reader and of the
 *  country, and in those that the page's addresses are in. */
const countryNames = (codes) => {
  const tags = [document.documentElement.lang, 'en', ...navigator.languages];
  for (const { lang } of document.querySelectorAll('address[lang]')) tags.push(lang.split('-')[0]);
  const named = new Map();
  const name = (tag, code) => {
    try {
      if (!named.has(tag)) named.set(tag, new Intl.DisplayNames(tag, { type: 'region' }));
      return named.get(tag).of(code);
    } catch {
      return '';
    }
  };
  const own = (code) => new Intl.Locale('und', { region: code }).maximize().language;
  return new Map(codes.map((code) => [code, [...new Set([...tags, own(code)])].map((tag) => name(tag, code)).join(' ')]));
};

/** What an office is found by. `first` are its names and cities, `second` is all else. */
const entryOf = (office, countries, regions) => {
  const texts = (selector) => [...office.querySelectorAll(selector)].map((it) => it.value ?? it.textContent);
  const codes = office.dataset.countries.split(' ');
  const names = texts('.p-name, .p-nickname'), cities = texts('.p-locality');
  const facts = texts('.kind, .also, address, .p-region, .p-postal-code'), details = texts('dd');
  // Postcodes are typed without their blanks and hyphens, too.
  const joined = texts('.p-postal-code').map((code) => code.replace(/[^\p{L}\p{N}]/gu, ''));
  const others = [office.dataset.areas ?? '', ...regions, ...codes, ...codes.map((code) => countries.get(code))];
  return {
    office,
    countries: codes,
    names: [...names, ...cities].map(wordsOf),
    first: spellings([...names, ...cities].join(' ')),
    second: spellings([...facts, ...joined, ...details.map((text) => text.replace(NUMBER, ' ')), ...others].join(' ')),
    numbers: details.flatMap((text) => text.match(NUMBER) ?? []).map((number) => number.replace(/\D/g, '')),
  };
};

/** Whether the two differ by one letter that is missing, too many, another, or in its neighbour's place. The word may
 *  be the beginning of the other one where it is long enough to say something. */
const isNear = (word, other) => {
  if (word.length < 6 && Math.abs(word.length - other.length) > 1) return false;
  let at = 0;
  while (at < word.length && word[at] === other[at]) at += 1;
  const rest = (from, to) => (word.length < 6 ? other.slice(to) === word.slice(from) : other.startsWith(word.slice(from), to));
  return rest(at + 1, at + 1) || rest(at + 1, at) || rest(at, at + 1)
    || (word[at] === other[at + 1] && word[at + 1] === other[at] && rest(at + 2, at + 2));
};

// What is dialled in front of a number within a country or towards another, and is not part of it.
const PREFIXES = ['', '0', '00', '011', '010', '0011', '8', '810', '06', '01'];

/** The digits as they may stand in a number with its country's code. "(0)" stands for nothing behind such a code. */
const dialled = (text) => {
  const digits = text.replace(/((?:\+|\b00).*)\(0\)/, '$1').replace(/\D/g, '');
  if (digits.length < 4) return [];
  const cut = PREFIXES.filter((prefix) => digits.startsWith(prefix)).map((prefix) => digits.slice(prefix.length));
  return cut.filter((rest) => rest.length > 6 || /^0*$/.test(digits.slice(0, -rest.length)));
};

/** How well numbers answer digits, which begin with most of what was typed; the whole number best, `null` not at all. */
const numberRank = (numbers, cut) => {
  const end = cut.findIndex((digits) => digits.length > 5 && numbers.some((number) => number.endsWith(digits)));
  if (end >= 0) return end / 2;
  return cut.some((digits) => numbers.some((number) => number.includes(digits))) ? 6 : null;
};

/** What somebody looks for: words, and runs of digits that may be numbers. */
const termsOf = (text) => {
  const RUN = /(?<![\p{L}\p{N}])[+(]*\p{Nd}[\p{Nd}\s()./-]*(?!\p{L})/gu;
  const plain = text.normalize('NFKC'), split = (part) => wordsOf(part).trim().split(' ').filter(Boolean);
  const term = (words, part) => ({ words, digits: part ? dialled(part) : [], near: [] });
  const runs = (plain.match(RUN) ?? []).map((run) => term(split(run), run));
  return [...runs, ...split(plain.replace(RUN, ' ')).map((word) => term([word]))];
};

/** How well an office has a word: the smaller the better, `null` for not at all. */
const wordRank = ({ first, second }, word) => {
  if (first.includes(` ${word} `)) return 0;
  if (first.includes(` ${word}`)) return 1;
  if (second.includes(` ${word} `)) return 2;
  if (second.includes(` ${word}`)) return 3;
  // A part of a house number or a postcode says nothing.
  if (/^\d+$/.test(word)) return null;
  if (first.includes(word)) return 4;
  return second.includes(word) ? 5 : null;
};

/** The same of all words of a term, or of the number that they are. */
const termRank = (entry, { words, digits }) => {
  let sum = 0;
  for (const word of words) {
    const rank = wordRank(entry, word) ?? numberRank(entry.numbers, words.length > 1 ? dialled(word) : []);
    if (rank === null) return numberRank(entry.numbers, digits);
    sum += rank;
  }
  return Math.min(sum, numberRank(entry.numbers, digits) ?? sum);
};

/** How well an office has a word that is one typing error away. */
const nearRank = ({ first, second }, near) => {
  if (near.some((word) => first.includes(` ${word} `))) return 10;
  return near.some((word) => second.includes(` ${word} `)) ? 12 : null;
};

/** Lets offices be asked for. The entries are in the page's order. */
const makeIndex = (entries) => {
  const vocabulary = [...new Set(entries.flatMap(({ first, second }) => `${first}${second}`.split(' ')))];
  const mistype = (term) => {
    const [word] = term.words;
    if (/^\p{L}{4,}$/u.test(word)) term.near = vocabulary.filter((other) => isNear(word, other));
  };
  const rank = (entry, terms, phrase) => {
    let sum = 0;
    for (const term of terms) {
      const one = termRank(entry, term) ?? nearRank(entry, term.near);
      if (one === null) return null;
      sum += one;
    }
    // The whole of a name or a city, then its beginning, then a part of it.
    if (entry.names.includes(phrase)) return sum - 3;
    if (entry.names.some((name) => name.startsWith(phrase.trimEnd()))) return sum - 2;
    return entry.first.includes(phrase) ? sum - 1 : sum;
  };

  /** The offices that answer in a country, or in any for '', the best first. */
  return (text, country) => {
    const within = country ? entries.filter((it) => it.countries.includes(country)) : entries;
    const terms = termsOf(text), phrase = wordsOf(text);
    if (!terms.length) return within;
    const ranked = () => within.map((entry) => [rank(entry, terms, phrase), entry]).filter(([value]) => value !== null);
    // A word that begins no word of any office is mistyped.
    for (const term of terms) {
      if (!entries.some((entry) => (termRank(entry, term) ?? 4) < 4)) mistype(term);
    }
    let found = ranked();
    if (!found.length) {
      // Or one that does, but of other offices.
      terms.forEach(mistype);
      found = ranked();
    }
    return found.sort(([one], [other]) => one - other).map(([, entry]) => entry);
  };
};
