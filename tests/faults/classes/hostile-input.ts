/** Hostile and damaged checklists, bindings, logs, journal lines and messages, read in this process. */

import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {setImmediate as turn} from 'node:timers/promises';
import {readClientMessage} from '../../../src/attach/client-message.ts';
import {encodeMessage, PROTOCOL_VERSION} from '../../../src/attach/protocol.ts';
import {decodeLine, encodeLine, START} from '../../../src/journal/journal-line.ts';
import {createRedactor} from '../../../src/journal/secrets/redact.ts';
import {createIngest} from '../../../src/journal/spool/ingest.ts';
import {parseBindings} from '../../../src/plan/bindings-file/bindings.ts';
import {emptyBindings} from '../../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../../src/plan/parse-plan.ts';
import {record} from '../../../src/report/record/record-markdown.ts';
import {initialState} from '../../../src/run/evolve.ts';
import {seedBytes} from '../../helpers/documents.ts';
import {newOperator} from '../../helpers/program.ts';
import {seededRandom} from '../../helpers/seeded-random.ts';
import {mangled} from '../mangle.ts';
import {together} from '../performer.ts';
import type {FaultClass, Problem, Result} from '../tally.ts';

type Random = ReturnType<typeof seededRandom>;

const CHECKED = 32;

/** Of the processor, for one piece of input of these sizes; reading has no business taking longer. */
const READ_MS_MAX = 3000;
const SECRET = 'S3cr3t-0f-th3-sh0p';

export const hostileTexts: FaultClass = {
  name: 'hostile checklists, bindings, logs',
  real: () => [{name: 'read by `tminus check`', run: checkEach}],
  async simulate(times) {
    const share = Math.ceil(times / 8);
    const found = [
      await fuzz(share, readChecklist),
      await fuzz(3 * share, readBindings),
      await fuzz(4 * share, readLog),
    ];
    return {injected: 8 * share, problems: found.flatMap(({problems}) => problems)};
  },
};

export const simulateMessages = (times: number) => fuzz(4 * times, readMessage);
export const simulateLines = (times: number) => fuzz(4 * times, readLine);

/** `read` says what is wrong with what came out, if anything is. */
async function fuzz(count: number, read: (random: Random) => string | undefined): Promise<Result> {
  return {injected: count, problems: await problemsOf(count, read)};
}

/** What is printed about any text is free of signs that a terminal obeys, and the program ends by itself. */
async function checkEach(): Promise<Result> {
  const directory = mkdtempSync(join(tmpdir(), 'tminus-hostile-'));
  const operator = newOperator(directory);
  try {
    const found = await together(
      Array.from({length: CHECKED}, (_, index) => index),
      2,
      async index => {
        const file = join(directory, `${index}.md`);
        writeFileSync(file, mangled(seedBytes, seededRandom(1500 + index)));
        const {code, out, said} = await operator.run('check', file, ...(index % 2 === 0 ? ['--json'] : ['--lines']));
        const what = `document ${index}`;
        if (![0, 7, 65].includes(code ?? -1))
          return [{kind: 'broken', what: `${what}: exit ${code}: ${said}`} as const];
        return UNSAFE.test(out + said)
          ? [{kind: 'wrong', what: `${what}: control characters were printed`} as const]
          : [];
      },
    );
    return {injected: CHECKED, problems: found.flat()};
  } finally {
    operator.stop();
    rmSync(directory, {recursive: true, force: true});
  }
}

async function problemsOf(count: number, read: (random: Random) => string | undefined): Promise<Result['problems']> {
  const problems: Problem[] = [];
  for (let seed = 0; seed < count; seed += 1) {
    // Others simulate in the same thread.
    await turn();
    const before = process.threadCpuUsage();
    try {
      const wrong = read(seededRandom(1000 + seed));
      if (wrong !== undefined) problems.push({kind: 'wrong', what: `seed ${seed}: ${wrong}`});
    } catch (error) {
      problems.push({kind: 'broken', what: `seed ${seed}: ${error instanceof Error ? error.stack : error}`});
    }
    const {user, system} = process.threadCpuUsage(before);
    const tookMs = (user + system) / 1000;
    if (tookMs > READ_MS_MAX) problems.push({kind: 'broken', what: `seed ${seed}: took ${Math.round(tookMs)} ms`});
  }
  return problems;
}

/** Nothing has happened yet: the record of such a document has no box that is ticked. */
function readChecklist(random: Random): string | undefined {
  const plan = parsePlan(mangled(seedBytes, random), emptyBindings, {env: {}});
  const [document = ''] = record({plan, state: initialState, events: []}).split('\n# T-Minus record');
  const known = new Set(plan.steps.flatMap(({boxes}) => boxes));
  const ticked = document
    .split('\n')
    .findIndex((line, index) => known.has(index + 1) && /^\s*[-*+] \[[xX]\]\s/.test(line));
  if (ticked >= 0) return `line ${ticked + 1} is ticked although nothing was done`;
  const twice = plan.steps.find(({id}, index) => plan.steps.findIndex(one => one.id === id) !== index);
  return twice === undefined ? undefined : `two steps are called ${twice.id}`;
}

const bindings = Buffer.from(`tminus: 1
values: { your-domain.com: example.net, /path/to/x: /srv/x }
hosts:
  vps: { matches: user@host, destination: deploy@203.0.113.7, directory: /srv/x }
databases:
  main: { url: "postgres://a:b@localhost/c", default: true }
steps:
  - { match: "Verify", sql: "select 1", on: main }
  - { match: "All", env-file: .env, on: vps }
probes:
  health: { http: "https://example.net/health", every: 5s, expect: { status: 200 } }
logs:
  error: { on: vps, tail: /var/log/error.log }
rules:
  - { match: "P95", probe: health, window: 5m, samples: 20 }
rollback: { auto: false, countdown: 3s, requires: [ { on: vps, run: "true" } ] }
`);

/** What is wrong with them is a problem with a line, never an exception; and nothing rolls back that was not told to. */
function readBindings(random: Random): string | undefined {
  const {bindings: read, problems} = parseBindings(mangled(bindings, random).toString(), {
    file: 'tminus.yaml',
    env: {},
  });
  const nowhere = problems.find(({line, message}) => !Number.isInteger(line) || line < 0 || message === '');
  if (nowhere !== undefined) return `a problem without a place or words: ${JSON.stringify(nowhere)}`;
  return read.rollback.auto ? 'a rollback by itself was read out of it' : undefined;
}

const UNSAFE = /[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\u001b(?!\[[\d;:]*m)/;
const sequences = [
  '\u001b[2J',
  '\u001b]0;title\u0007',
  '\u001b]52;c;AAAA\u001b\\',
  '\u001bP1$r\u001b\\',
  '\u009b31m',
  '\u001b[8m',
  '\u001b[5m',
  '\u001b(0',
  '\u001b',
  '\u001b[',
  '\u001b[31m',
  'é',
  '\u202e',
  '\r',
  '\n',
  'text ',
  '\u0000',
  '\u{1F600}',
  SECRET,
  `${SECRET}\n`,
];

/** Whatever arrives, in pieces of any length: no sequence gets through, and no secret. */
function readLog(random: Random): string | undefined {
  const ingest = createIngest(createRedactor([SECRET]));
  const raw = Buffer.concat(
    Array.from({length: 5 + random.below(60)}, () =>
      random.below(4) === 0 ? Buffer.from([random.below(256)]) : Buffer.from(random.pick(sequences)),
    ),
  );
  let out = '';
  const take = (lines: ReturnType<typeof ingest.write>) => {
    for (const {content} of lines) out += content.toString();
  };
  for (let at = 0; at < raw.length; ) {
    const to = at + 1 + random.below(20);
    take(ingest.write(Buffer.from(raw.subarray(at, to))));
    at = to;
  }
  take(ingest.end());
  if (UNSAFE.test(out)) return `a control character came through: ${JSON.stringify(out)}`;
  return out.replace(/\u001b\[[\d;:]*m/g, '').includes(SECRET)
    ? `a secret came through: ${JSON.stringify(out)}`
    : undefined;
}

/** A line is what was written, or no line. */
function readLine(random: Random): string | undefined {
  const decision = {
    seq: 1,
    at: 1000,
    by: 'ana',
    events: [{type: 'note-added', text: 'é\n'.repeat(random.below(20))} as const],
  };
  const line = Buffer.from(encodeLine(START, decision).line);
  const damaged = mangled(line, random);
  const decoded = decodeLine(START, damaged);
  return 'problem' in decoded || damaged.equals(line) ? undefined : `taken for true: ${damaged.toString()}`;
}

const messages = [
  encodeMessage({type: 'hello', version: PROTOCOL_VERSION, observe: false, name: 'ana'}),
  encodeMessage({type: 'arrived', failure: 'no room'}),
  encodeMessage({type: 'intent', id: 1, intent: {type: 'run-step', stepId: 'L1', override: 'why'}}),
  encodeMessage({type: 'intent', id: 2, intent: {type: 'finish', because: 'enough', abort: true}}),
].map(text => Buffer.from(text.trim()));

/** What is let through is a message with fields of the right types, and of no other names. */
function readMessage(random: Random): string | undefined {
  const read = readClientMessage(mangled(random.pick(messages), random));
  if ('reason' in read) return read.reason === '' ? 'refused without a reason' : undefined;
  const {message} = read;
  const fields = message.type === 'intent' ? Object.values(message.intent) : Object.values(message);
  const strange = fields.find(value => value !== null && !['string', 'boolean', 'number'].includes(typeof value));
  if (strange !== undefined) return `let through: ${JSON.stringify(message)}`;
  return fields.some(value => typeof value === 'string' && /[\x00-\x08\x1b\x7f]/.test(value))
    ? `control characters let through: ${JSON.stringify(message)}`
    : undefined;
}
