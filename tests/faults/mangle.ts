/** Input that was written to do harm, or came to it: the same for the same seed. */
import type {seededRandom} from '../helpers/seeded-random.ts';

type Random = ReturnType<typeof seededRandom>;

const LENGTH_MAX = 40_000;
const CHANGES_MAX = 30;

/** Some of the text left out, doubled, moved, replaced; sometimes most of it stays what it was. */
export function mangled(text: Buffer, random: Random): Buffer {
  const from = random.below(3) === 0 ? random.below(text.length / 2) : 0;
  const rest = text.subarray(from);
  let result =
    random.below(2) === 0
      ? rest.subarray(0, LENGTH_MAX)
      : rest.subarray(0, 1 + random.below(Math.min(rest.length, LENGTH_MAX)));
  for (let time = random.below(random.below(2) === 0 ? 3 : CHANGES_MAX); time > 0; time -= 1) {
    const at = random.below(result.length);
    const to = Math.min(result.length, at + random.below(200));
    const put = [
      Buffer.from(random.pick(pieces).repeat(1 + random.below(20))),
      Buffer.from([random.below(256)]),
      result.subarray(at, to),
    ];
    result = Buffer.concat([
      result.subarray(0, at),
      random.pick(put),
      result.subarray(random.below(2) === 0 ? at : to),
    ]);
  }
  return result;
}

/** Pieces that readers look for, and such as break them. */
const pieces = [
  '```bash\n',
  '```\n',
  '~~~',
  '# OR\n',
  '- [x] ',
  '- [ ] ',
  '1. ',
  '> ',
  '<details>',
  '<!-- tminus: ',
  '-->',
  '$(date +%Y%m%d)',
  '`',
  '**',
  '[',
  '](',
  '|---|',
  '\n\n',
  '\r\n',
  '\t',
  '\0',
  '\u202e',
  '\u001b[2J',
  'ssh user@host\n',
  'rm -rf /\n',
  "'",
  '"',
  '\\',
  '{{',
  '}}',
  '_____',
  '<a',
  '&#x0;',
  '---\n',
  '{host=',
  '${',
  'YYYYMMDD',
  '/path/to/',
  ': ',
  '- ',
  '*a',
  '&a',
  '!!js/function ',
  '?',
  '>-\n',
  '|+\n',
];
