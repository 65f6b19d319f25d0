/** Lines that break columns where they can: wide, joined, combining and turned signs, tabs, escapes, damaged bytes. */
import {seededRandom} from './seeded-random.ts';

const PIECES: readonly (string | Buffer)[] = [
  'plain words ',
  '部署开始',
  '데이터베이스',
  'データベース接続',
  'ｆｕｌｌｗｉｄｔｈ',
  '👩‍👩‍👧‍👦',
  '👍🏽',
  '🏳️‍🌈',
  '🇩🇪🇯🇵🇩',
  '⚠️✔️❤️☎︎',
  '✅❌⭐⌛',
  '1️⃣#️⃣',
  'مرحبا بالعالم',
  'שלום עולם',
  'می‌خواهم',
  '\u202Eturned\u202C',
  '\u2066isolated\u2069',
  'e\u0301u\u0308n\u0303',
  `z${'\u0300\u0316\u0489'.repeat(12)}`,
  'हिन्दी क्षत्रिय',
  'ภาษาไทยน้ำ',
  '각한글',
  '\u200B\u200D\uFEFF\u00AD',
  '…—·°±×÷§¶',
  '①②Ⅷ㍿㌔',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢𠀋',
  '\t',
  'a\tb\t\tc',
  '\u00A0\u3000\u2003',
  '\u2028\u2029\u0085',
  '\r',
  'progress 10 %\rprogress 100 %',
  '\b\b\b',
  '\u0007\u000B\u000C\u007F',
  '\u0000\u0000',
  '\u001B[31mred\u001B[0m',
  '\u001B[2J\u001B[1;1Hgone',
  '\u001B[?1049l\u001B[!p',
  '\u001B]0;title\u0007',
  '\u001B]8;;https://x.test\u001B\\link\u001B]8;;\u001B\\',
  '\u001B]52;c;aGk=\u0007',
  '\u001BP1$tx\u001B\\',
  '\u001B(0lqqk\u001B(B',
  '\u001B[38;2;1;2;3mtrue\u001B[48:5:200mcolour',
  '\u001B[5;8mhidden\u001B[m',
  '\u001B[999C\u001B[10D',
  '\u001B[',
  '\u009B31m\u0090x\u009C',
  Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
  Buffer.from([0xe2, 0x82]),
  Buffer.from([0xed, 0xa0, 0x80, 0xf0, 0x9f]),
];

const LONG = 100_000;

/** `count` lines that begin with `L0007 `, the same for the same seed; one of them has 100 000 characters. */
export function fuzzedLines(seed: number, count: number): Buffer {
  const {below, pick} = seededRandom(seed);
  const lines = Array.from({length: count}, (_, number) => {
    const pieces = Array.from({length: 1 + below(12)}, () => pick(PIECES));
    const long = number === Math.floor(count / 2) ? [`${pieces[0]}x`.repeat(LONG).slice(0, LONG)] : [];
    const label = `L${String(number).padStart(4, '0')} `;
    // What a carriage return begins takes the place of what stood there.
    const all = [label, ...pieces, ...long, '\n'];
    return Buffer.concat(
      all.map(piece => (typeof piece === 'string' ? Buffer.from(piece.replaceAll('\r', `\r${label}`)) : piece)),
    );
  });
  return Buffer.concat(lines);
}
