/** The schema of a bindings file, section by section. */
import {z} from 'zod';
import {compact, isRecord} from '../../text/compact.ts';
import {endlessIn} from '../hazards/command-hazards.ts';
import {rule, step, type WithoutLine} from './actions.ts';
import {POSTGRES_FIGURES} from './compound-probes.ts';
import {DEFAULT_EVERY_MS, DEFAULT_ROLLBACK, DEFAULT_TIMEOUT_MS} from './defaults.ts';
import {
  expectation,
  flag,
  http,
  interval,
  names,
  refuse,
  strict,
  text,
  unit,
  wholeNumber,
  withShortForm,
} from './fields.ts';
import {host} from './hosts.ts';
import {notice} from './notices.ts';
import {
  type FieldValues,
  type GivenProbe,
  type KindRecord,
  PROBE_KEYS,
  PROBES,
  type ProbeBinding,
  type ProbeKind,
} from './probe-kinds.ts';
import type {
  Bindings,
  DatabaseBinding,
  HostBinding,
  LogBinding,
  MetricsBinding,
  NotifyBinding,
  RuleBinding,
  StepBinding,
} from './types.ts';
import type {Path} from './yaml.ts';

export type Issue = {path: Path; message: string; hint: string; unknown?: {key: string; allowed: readonly string[]}};

/** The sections without lines, which `assemble.ts` adds. */
export type Sections = {
  tminus: 1;
  values: Record<string, ReadValue>;
  hosts: Record<string, WithoutLine<HostBinding>>;
  databases: Record<string, WithoutLine<DatabaseBinding>>;
  choices: Record<string, string>;
  contexts: Record<string, string>;
  steps: WithoutLine<StepBinding>[];
  probes: Record<string, WithoutLine<ProbeBinding>>;
  logs: Record<string, WithoutLine<LogBinding>>;
  rules: WithoutLine<RuleBinding>[];
  rollback: Omit<Bindings['rollback'], 'requires'> & {requires: {on?: string; run: string}[]};
  contacts: Record<string, string>;
  notify: WithoutLine<NotifyBinding>[];
  metrics: MetricsBinding;
  settle: number;
};

export type ReadValue = {value: string; secret?: boolean | undefined};

export function readSection<Name extends keyof Sections>(
  name: Name,
  data: unknown,
): {value?: Sections[Name]; issues: Issue[]} {
  const read = SECTIONS[name].safeParse(data);
  if (read.success) return {value: read.data as Sections[Name], issues: []};
  return {issues: read.error.issues.flatMap(issue => describe(name, issue))};
}

function describe(name: string, issue: z.core.$ZodIssue): Issue[] {
  const path: Path = [name, ...issue.path.map(step => (typeof step === 'number' ? step : String(step)))];
  if (issue.code === 'unrecognized_keys') {
    const allowed = issue.message.split(' ');
    return issue.keys.map(key => ({
      path: [...path, key],
      message: `unknown key \`${key}\``,
      hint: '',
      unknown: {key, allowed},
    }));
  }
  const [message = '', hint = 'see the example in the documentation of bindings'] = issue.message.split('; ');
  return [{path, message: `${path.join('.')}: ${message}`, hint}];
}

const database = withShortForm(
  'url',
  strict({url: text, default: flag.optional(), via: text.optional()}, '{url: "${DATABASE_URL}"}'),
).transform(({default: isDefault = false, ...rest}) => ({default: isDefault, ...rest}));

const requirement = withShortForm(
  'run',
  strict({on: text.optional(), run: text}, '{on: HOST, run: "command"}'),
).transform(({run, on}) => ({run, ...compact({on})}));

const log = withShortForm(
  'tail',
  strict(
    {on: text.optional(), tail: text.optional(), run: text.optional()},
    '{on: HOST, tail: /path} or {on: HOST, run: "journalctl -f -u NAME"}',
  ),
).transform(({on, tail, run}, context) => {
  if (tail !== undefined && run !== undefined) return refuse(context, run, 'has tail and run; keep one of them');
  if (tail === undefined && run === undefined)
    return refuse(context, run, 'has neither tail nor run; add `tail: /path` or `run: "journalctl -f -u NAME"`');
  if (run !== undefined && endlessIn(run) === undefined)
    return refuse(context, run, 'has a run that ends by itself; follow the log, as `journalctl -f` does');
  return compact({on, tail, run});
});

const metrics = text.transform((given, context): MetricsBinding => {
  const [, host = '', port = ''] = /^(?:\[?([\w.:-]+?)\]?:)?(\d{1,5})$/.exec(given) ?? [];
  if (port === '' || Number(port) > 65_535)
    return refuse(context, given, `\`${given}\` is no address; write it as 127.0.0.1:9464`);
  return {host: host === '' ? '127.0.0.1' : host, port: Number(port)};
});

const value = withShortForm('value', strict({value: text, secret: flag.optional()}, '{value: "…", secret: true}'));

const KINDS = Object.keys(PROBES) as ProbeKind[];

const FIELDS: {readonly [Name in keyof FieldValues]: z.ZodType<FieldValues[Name]>} = {
  text,
  'text or true': z.union([z.literal(true), text]),
  flag,
  whole: wholeNumber,
  request: http,
  expectation,
  unit,
  duration: interval,
  figure: z.enum(POSTGRES_FIGURES, {error: `unknown figure; write one of ${POSTGRES_FIGURES.join(', ')}`}),
  minute: z.literal('minute', {error: 'expected `minute`'}),
};

const shape = Object.entries(PROBE_KEYS).map(([key, field]) => [key, FIELDS[field].optional()] as const);
const fields = strict(Object.fromEntries(shape), '{http: "https://…/health", every: 5s}');

const probe = fields.transform((read, context): WithoutLine<ProbeBinding> => {
  const given: GivenProbe = read;
  const kinds = KINDS.filter(name => given[name] !== undefined);
  const [kind] = kinds;
  const value = kind === undefined ? undefined : given[kind];
  if (kind === undefined || value === undefined || kinds.length > 1) {
    const names = KINDS.join(', ');
    return refuse(context, given, `measures ${kinds.join(' and ') || 'nothing'}; give one of ${names}`);
  }
  const {keys, read: measure}: KindRecord<ProbeKind> = PROBES[kind];
  const clock = kind === 'step' ? [] : ['every', 'timeout'];
  const foreign = foreignKeys(given, [kind, ...keys, ...clock]);
  if (foreign.length > 0) {
    return refuse(context, given, `\`${foreign.join('`, `')}\` says nothing about \`${kind}\`; remove it`);
  }
  const measured = measure(value, given);
  if (typeof measured === 'string') return refuse(context, given, measured);
  const cadence = {everyMs: given.every ?? DEFAULT_EVERY_MS, timeoutMs: given.timeout ?? DEFAULT_TIMEOUT_MS};
  return {...cadence, ...compact({unit: given.unit}), ...measured};
});

function foreignKeys(given: GivenProbe, own: readonly string[]): string[] {
  return Object.entries(given).flatMap(([key, value]) => (value === undefined || own.includes(key) ? [] : [key]));
}

const SECTIONS = {
  tminus: z.literal(1, {error: 'unknown version; write `tminus: 1`'}),
  // A key without a value is a line of a template that nobody has filled in.
  values: z.preprocess(
    given =>
      isRecord(given)
        ? Object.fromEntries(Object.entries(given).filter(([, one]) => one !== null && one !== ''))
        : given,
    z.record(z.string(), value, {
      error: 'expected placeholders with values; write them as `your-domain.com: real.example`',
    }),
  ),
  hosts: z.record(z.string(), host, {error: 'expected names with hosts; write `vps: {destination: deploy@host}`'}),
  databases: z.record(z.string(), database, {
    error: 'expected names with databases; write `main: {url: "${DATABASE_URL}"}`',
  }),
  choices: names,
  contexts: names,
  steps: z.array(step, {error: 'expected a list; start each step with `- `'}),
  probes: z.record(z.string(), probe, {error: 'expected names with probes; write `health: {http: "https://…"}`'}),
  logs: z.record(z.string(), log, {error: 'expected names with logs; write `error: {tail: /path}`'}),
  rules: z.array(rule, {error: 'expected a list; start each rule with `- `'}),
  rollback: strict(
    {auto: flag.optional(), countdown: interval.optional(), requires: z.array(requirement).optional()},
    '{auto: false, countdown: 3s}',
  ).transform(({auto = false, countdown = DEFAULT_ROLLBACK.countdownMs, requires = []}) => ({
    auto,
    countdownMs: countdown,
    requires,
  })),
  contacts: names,
  notify: z.array(notice, {error: 'expected a list; start each entry with `- `'}),
  metrics,
  settle: interval,
} satisfies Record<keyof Sections, z.ZodType>;

export const SECTION_NAMES = Object.keys(SECTIONS) as readonly (keyof Sections)[];
