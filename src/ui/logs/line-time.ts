/** The time that a line of a log begins with, in the formats that programs use. Pure. */

/** `at`: epoch ms, read as UTC where the line names no zone. `from … to-1`: what the time takes of the line. */
export type LineTime = {at: number; clock: string; zoned: boolean; from: number; to: number};

type Format = {
  example: string;
  pattern: RegExp;
  /** The time stands inside of something that is read as a whole, and is not cut out. */
  stays?: true;
};

const CLOCK = String.raw`(?<h>[01]\d|2[0-3]):(?<mi>[0-5]\d):(?<s>[0-6]\d)(?:[.,](?<f>\d{1,9}))?`;
const ZONE = String.raw`(?: ?(?<z>Z|UTC|GMT|[+-]\d\d:?\d\d))?`;
const DATE = String.raw`(?<y>\d{4})[-/](?<mo>[01]\d)[-/](?<d>[0-3]\d)`;
const MONTH = `(?<mn>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)`;
const DAY = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)';
/** A word such as INFO may stand before the time. */
const LEVEL = String.raw`(?:\[?(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|FATAL|CRITICAL|SEVERE)\]?[: ] ?)?`;
const END = String.raw`(?![\d:])`;

/** The commonest first. The text of the group `cut` is taken out of the line where the time has a column of its own. */
export const TIME_FORMATS: readonly Format[] = [
  {example: '2026-01-05T13:00:07.250Z started', pattern: at(`${DATE}[T ]${CLOCK}${ZONE}`)},
  {example: 'Jan  5 13:00:07 vps app[1]: started', pattern: at(`${MONTH} (?<d> \\d|[0-3]\\d) ${CLOCK}`)},
  {example: '13:00:07.250 started', pattern: at(CLOCK)},
  {
    example: '127.0.0.1 - - [05/Jan/2026:13:00:07 +0000] "GET / HTTP/1.1" 200 5',
    pattern: new RegExp(
      `^\\S+ \\S+ \\S+ (?<cut>\\[(?<d>[0-3]\\d)/${MONTH}/(?<y>\\d{4}):${CLOCK} (?<z>[+-]\\d{4})\\] ?)`,
    ),
  },
  {
    example: '[Mon Jan 05 13:00:07.250000 2026] [core:error] started',
    pattern: at(`${DAY},? ${MONTH} (?<d> \\d|[0-3]?\\d) ${CLOCK} (?:[A-Z]{3,4} )?(?<y>\\d{4})`),
  },
  {
    example: 'I0105 13:00:07.250000       1 main.go:9] started',
    pattern: /^[IWEF](?<cut>(?<mo>[01]\d)(?<d>[0-3]\d) (?<h>[012]\d):(?<mi>[0-5]\d):(?<s>[0-6]\d)\.(?<f>\d{6}) )/,
  },
  {
    example: '<34>1 2026-01-05T13:00:07.250Z vps app - - started',
    pattern: new RegExp(`^<\\d{1,3}>\\d? ?(?<cut>${DATE}T${CLOCK}${ZONE} ?)`),
  },
  {
    example: '{"level":"info","time":"2026-01-05T13:00:07.250Z","msg":"started"}',
    pattern: new RegExp(`^\\{.{0,300}?"(?:@?timestamp|time|ts|t|date|asctime)" ?: ?"${DATE}[T ]${CLOCK}${ZONE}`),
    stays: true,
  },
  {
    example: '{"level":30,"time":1767618007250,"msg":"started"}',
    pattern: /^\{.{0,300}?"(?:@?timestamp|time|ts|t)" ?: ?(?<e>1\d{9}(?:\d{3}|\.\d{1,9})?)\b/,
    stays: true,
  },
  {
    example: 'time="2026-01-05T13:00:07Z" level=info msg=started',
    pattern: new RegExp(`^(?<cut>(?:time|ts|t|timestamp)="?${DATE}[T ]${CLOCK}${ZONE}"? ?)`),
  },
  {example: '1767618007.250 started', pattern: /^(?<cut>\[?(?<e>1\d{9}(?:\d{3}|\.\d{1,9})?)\]? )/},
];

function at(time: string): RegExp {
  return new RegExp(`^${LEVEL}(?<cut>[[(]?${time}${END}[\\])]?[:,]? ?)`);
}

/** What the first character of a line with a time can be: most other lines are told apart by it. */
const MAY_BEGIN = /^[\d[({<A-Zt]|^\S+ \S+ \S+ \[/;
const EPOCH_MS_FROM = 1e12;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** A line longer than this is held against the formats with its beginning only. */
const BEGINNING = 400;

/** `year`: for formats that name none; `day`: epoch ms of a day, for those that name no date. */
export function timeIn(plain: string, {year, day}: {year: number; day: number}): LineTime | undefined {
  if (!MAY_BEGIN.test(plain)) return undefined;
  const beginning = plain.length > BEGINNING ? plain.slice(0, BEGINNING) : plain;
  for (const {pattern, stays} of TIME_FORMATS) {
    const found = pattern.exec(beginning);
    if (found === null) continue;
    const groups = found.groups ?? {};
    // What is cut out ends where the expression ends.
    const to = stays === true ? 0 : found[0].length;
    return {...momentOf(groups, year, day), from: to - (groups['cut']?.length ?? 0), to};
  }
  return undefined;
}

/** Where the text behind the time begins; undefined for a line without a time. */
export function timeEnd(plain: string): number | undefined {
  if (!MAY_BEGIN.test(plain)) return undefined;
  const beginning = plain.length > BEGINNING ? plain.slice(0, BEGINNING) : plain;
  for (const {pattern, stays} of TIME_FORMATS) {
    const found = pattern.exec(beginning);
    if (found !== null) return stays === true ? 0 : found[0].length;
  }
  return undefined;
}

type Groups = Readonly<Record<string, string | undefined>>;

function momentOf(groups: Groups, year: number, day: number): Pick<LineTime, 'at' | 'clock' | 'zoned'> {
  const {e, h = '00', mi = '00', s = '00', f = '', y, z} = groups;
  if (e !== undefined) {
    const at = Math.round(Number(e) >= EPOCH_MS_FROM ? Number(e) : Number(e) * 1000);
    return {at, clock: new Date(at).toISOString().slice(11, 19), zoned: true};
  }
  const ofDay = ((Number(h) * 60 + Number(mi)) * 60 + Number(s)) * 1000 + Number(f.slice(0, 3).padEnd(3, '0'));
  const date = groups['d'] === undefined ? day : Date.UTC(Number(y ?? year), monthOf(groups), Number(groups['d']));
  return {at: date + ofDay - zoneMs(z), clock: `${h}:${mi}:${s}`, zoned: z !== undefined};
}

function monthOf({mo, mn}: Groups): number {
  return mn === undefined ? Number(mo ?? '1') - 1 : MONTHS.indexOf(mn);
}

function zoneMs(zone = 'Z'): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  if (sign === undefined) return 0;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
