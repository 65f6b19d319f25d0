/** Reads the entries of `probes:` with the records of their kinds. */
import {z} from 'zod';
import {compact} from '../../text/compact.ts';
import type {WithoutLine} from './actions.ts';
import {POSTGRES_FIGURES} from './compound-probes.ts';
import {expectation, flag, http, interval, refuse, strict, text, unit, wholeNumber} from './fields.ts';
import {
  type FieldValues,
  type GivenProbe,
  type KindRecord,
  PROBE_KEYS,
  PROBES,
  type ProbeBinding,
  type ProbeKind,
} from './probe-kinds.ts';

const KINDS = Object.keys(PROBES) as ProbeKind[];
const DEFAULT_EVERY_MS = 15_000;
const DEFAULT_TIMEOUT_MS = 10_000;

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

export const probe = fields.transform((read, context): WithoutLine<ProbeBinding> => {
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
