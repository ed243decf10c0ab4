// QR codes (ISO/IEC 18004): bytes of UTF-8 in the smallest version that holds them, with the error correction of level L,
// which does on a screen, where nothing is spoiled.

/** Error correction codewords of a block and blocks of a code at level L, by version from 1 (table 9). */
const CORRECTION = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, ...Array(14).fill(30)];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25];
const LARGEST = BLOCKS.length;

/** Powers of 2 in the field of 256 elements (clause 7.5), and their logarithms. */
const powers = [], logarithms = [];
for (let power = 0, value = 1; power < 255; power += 1) {
  powers[power] = value;
  logarithms[value] = power;
  value <<= 1;
  if (value > 255) value ^= 0x11d;
}
const product = (a, b) => (a && b ? powers[(logarithms[a] + logarithms[b]) % 255] : 0);

/** The error correction codewords of a block: what is left of its data divided by a polynomial with these roots. */
const correctionOf = (data, count) => {
  let divisor = [1];
  for (let root = 0; root < count; root += 1) {
    const shifted = [...divisor, 0];
    divisor.forEach((factor, at) => { shifted[at + 1] ^= product(factor, powers[root]); });
    divisor = shifted;
  }
  const rest = Array(count).fill(0);
  for (const byte of data) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    for (let at = 0; at < count; at += 1) rest[at] ^= product(divisor[at + 1], factor);
  }
  return rest;
};

/** A number with its remainder by a polynomial behind it: format and version (annexes C and D). */
const withRemainder = (value, divisor, bits) => {
  let rest = value;
  for (let at = 0; at < bits; at += 1) rest = rest << 1 ^ (rest >> bits - 1 & 1) * divisor;
  return value << bits | rest;
};

/** A square of modules: which are dark, and which are no data. */
class Grid {
  constructor(version) {
    this.version = version;
    this.size = 17 + 4 * version;
    this.dark = new Uint8Array(this.size ** 2);
    this.fixed = new Uint8Array(this.size ** 2);
    this.#fix();
  }

  get(x, y) { return this.dark[y * this.size + x] === 1; }

  set(x, y, dark) {
    if (x < 0 || y < 0 || x >= this.size || y >= this.size) return;
    this.dark[y * this.size + x] = dark ? 1 : 0;
    this.fixed[y * this.size + x] = 1;
  }

  /** Rings around a place: all of them dark but those. */
  #rings(x, y, radius, light) {
    for (let down = -radius; down <= radius; down += 1) {
      for (let across = -radius; across <= radius; across += 1) {
        this.set(x + across, y + down, !light.includes(Math.max(Math.abs(across), Math.abs(down))));
      }
    }
  }

  /** What is in every code of the version (clause 6.3), and the room for the format. */
  #fix() {
    const { version, size } = this, last = size - 7;
    for (let at = 0; at < size; at += 1) {
      this.set(at, 6, at % 2 === 0);
      this.set(6, at, at % 2 === 0);
    }
    const count = version === 1 ? 0 : Math.floor(version / 7) + 2;
    // Even steps from the last one back, the rest before the first (annex E).
    const step = version === 32 ? 26 : 2 * Math.ceil((size - 13) / (2 * (count - 1)));
    const places = Array.from({ length: count }, (_, at) => (at ? last - (count - 1 - at) * step : 6));
    for (const x of places) {
      for (const y of places) {
        const isFinder = (x === 6 && y === 6) || (x === 6 && y === last) || (x === last && y === 6);
        if (!isFinder) this.#rings(x, y, 2, [1]);
      }
    }
    for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) this.#rings(x, y, 4, [2, 4]);
    this.format(0);
    if (version < 7) return;
    const bits = withRemainder(version, 0x1f25, 12);
    for (let at = 0; at < 18; at += 1) {
      const [x, y] = [size - 11 + at % 3, Math.floor(at / 3)];
      this.set(x, y, bits >> at & 1);
      this.set(y, x, bits >> at & 1);
    }
  }

  /** The level and the mask, twice (clause 7.9). */
  format(mask) {
    const { size } = this, bits = withRemainder(1 << 3 | mask, 0x537, 10) ^ 0x5412;
    for (let at = 0; at < 15; at += 1) {
      const dark = bits >> at & 1;
      // Around the finder at the top left, past the timing patterns.
      if (at < 8) this.set(8, at < 6 ? at : at + 1, dark);
      else this.set(at === 8 ? 7 : 14 - at, 8, dark);
      if (at < 8) this.set(size - 1 - at, 8, dark);
      else this.set(8, size - 15 + at, dark);
    }
    this.set(8, size - 8, true);
  }

  /** Places of data: two columns at a time from the right, upwards and downwards in turn (clause 7.7.3). */
  * data() {
    const { size } = this;
    let upwards = true;
    for (let right = size - 1; right > 0; right -= 2) {
      if (right === 6) right = 5;
      for (let row = 0; row < size; row += 1) {
        for (const x of [right, right - 1]) {
          const at = (upwards ? size - 1 - row : row) * size + x;
          if (!this.fixed[at]) yield at;
        }
      }
      upwards = !upwards;
    }
  }

  /** What makes it hard to read (clause 7.8.3): runs, blocks, what looks like a finder, more dark than light. */
  penalty() {
    const { size, dark } = this;
    const line = (first, step) => Array.from({ length: size }, (_, at) => dark[first + at * step]).join('');
    let points = 0;
    for (let at = 0; at < size; at += 1) {
      for (const text of [line(at * size, 1), line(at, size)]) {
        for (const [run] of text.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2;
        for (const _ of text.matchAll(/(?=00001011101|10111010000)/g)) points += 40;
      }
    }
    for (let at = 0; at < size * (size - 1); at += 1) {
      const sum = dark[at] + dark[at + 1] + dark[at + size] + dark[at + size + 1];
      if (at % size < size - 1 && (sum === 0 || sum === 4)) points += 3;
    }
    const share = dark.reduce((sum, module) => sum + module) / size ** 2;
    return points + 10 * Math.floor(Math.abs(share - .5) * 20);
  }
}

/** Whether a mask turns a module (table 10). */
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => x * y % 2 + x * y % 3 === 0,
  (x, y) => (x * y % 2 + x * y % 3) % 2 === 0,
  (x, y) => ((x + y) % 2 + x * y % 3) % 2 === 0,
];

/** The codewords of data in blocks, each with its error correction, one of every block in turn (clause 7.6). */
const interleaved = (data, version) => {
  const count = BLOCKS[version - 1], short = Math.floor(data.length / count), long = data.length % count;
  const blocks = Array.from({ length: count }, (_, at) => {
    const start = at * short + Math.max(0, at - (count - long));
    return data.slice(start, start + short + (at < count - long ? 0 : 1));
  });
  const correction = blocks.map((block) => correctionOf(block, CORRECTION[version - 1]));
  return [blocks, correction].flatMap((parts) => {
    const longest = Math.max(...parts.map((part) => part.length));
    return Array.from({ length: longest }, (_, at) => parts.flatMap((part) => (at < part.length ? part[at] : []))).flat();
  });
};

/** The code of a text, or nothing where no code holds it. */
const qrCode = (text) => {
  const bytes = new TextEncoder().encode(text), isAscii = bytes.length === text.length;
  for (let version = 1; version <= LARGEST; version += 1) {
    const grid = new Grid(version), places = [...grid.data()];
    const room = Math.floor(places.length / 8) - BLOCKS[version - 1] * CORRECTION[version - 1];
    // Beyond ASCII readers would guess: the designator of UTF-8 is 26 (clause 7.4.2).
    const head = (isAscii ? '' : '011100011010') + '0100' + bytes.length.toString(2).padStart(version < 10 ? 8 : 16, '0');
    if (head.length + 8 * bytes.length > 8 * room || (version < 10 && bytes.length > 255)) continue;
    const bits = head + Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
    const ended = bits + '0'.repeat(Math.min(4, 8 * room - bits.length));
    const data = ended.match(/.{1,8}/g).map((byte) => parseInt(byte.padEnd(8, '0'), 2));
    for (let pad = 0xec; data.length < room; pad ^= 0xec ^ 0x11) data.push(pad);
    interleaved(data, version).forEach((byte, at) => {
      for (let bit = 0; bit < 8; bit += 1) grid.dark[places[8 * at + bit]] = byte >> 7 - bit & 1;
    });
    const turn = (mask) => places.forEach((at) => {
      if (MASKS[mask](at % grid.size, Math.floor(at / grid.size))) grid.dark[at] ^= 1;
    });
    const penalties = MASKS.map((_, mask) => {
      turn(mask);
      grid.format(mask);
      const penalty = grid.penalty();
      turn(mask);
      return penalty;
    });
    const best = penalties.indexOf(Math.min(...penalties));
    turn(best);
    grid.format(best);
    return grid;
  }
  return undefined;
};
