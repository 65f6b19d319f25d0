/** Reads the entries of `steps:` and `rules:` in a bindings file. */
import {z} from 'zod';
import {compact} from '../../text/compact.ts';
import {readQuantity} from '../phrases/quantity.ts';
import {refusedPattern} from './compound-probes.ts';
import {expectation, flag, http, interval, refuse, strict, text, texts, unit, wholeNumber} from './fields.ts';
import type {RuleBinding, StepBinding} from './types.ts';

/** A binding without its line, which `assemble.ts` adds. */
export type WithoutLine<Bound> = Bound extends unknown ? Omit<Bound, 'line'> : never;

/** The keys that say what a step does, and their companions (`absent` of `log`). */
const ACTION_FIELDS = {
  run: text.optional(),
  sql: text.optional(),
  http: http.optional(),
  'env-file': text.optional(),
  tables: z.preprocess(value => (value === true ? [] : value), texts).optional(),
  log: text.optional(),
  absent: text.optional(),
  present: text.optional(),
  prometheus: text.optional(),
  query: text.optional(),
  tail: text.optional(),
};
type ActionFields = z.output<z.ZodObject<typeof ACTION_FIELDS>>;

type StepAction = StepBinding['action'];
type ActionKind = Exclude<StepAction['kind'], 'none'>;

/** `on`: whether the key `on` of the step names a host or a database. `read`: the action, or what is wrong with it. */
type KindRecord<Kind extends ActionKind> = {
  on: 'host' | 'database';
  read(value: NonNullable<ActionFields[Kind]>, given: ActionFields): Extract<StepAction, {kind: Kind}> | string;
};

const ACTIONS: {readonly [Kind in ActionKind]: KindRecord<Kind>} = {
  run: {on: 'host', read: run => ({kind: 'run', run})},
  sql: {on: 'database', read: sql => ({kind: 'sql', sql})},
  http: {on: 'host', read: request => ({kind: 'http', http: request})},
  'env-file': {on: 'host', read: file => ({kind: 'env-file', file})},
  tables: {on: 'database', read: tables => ({kind: 'tables', tables})},
  log: {on: 'host', read: (source, {absent, present}) => compact({kind: 'log', source, absent, present})},
  prometheus: {
    on: 'host',
    read: (url, {query}) =>
      query === undefined ? '`prometheus` needs a `query`; add it' : {kind: 'prometheus', url, query},
  },
  tail: {on: 'host', read: file => ({kind: 'tail', file})},
};

/** What the key `on` of such a step names. */
export function targetKindOf({kind}: StepAction): 'host' | 'database' {
  return kind === 'none' ? 'host' : ACTIONS[kind].on;
}

export const step = strict(
  {
    match: text,
    all: flag.optional(),
    on: text.optional(),
    ...ACTION_FIELDS,
    expect: expectation.optional(),
    timeout: interval.optional(),
    retries: wholeNumber.optional(),
    approve: z.literal(2, {error: 'expected 2: a second person must agree before the step runs'}).optional(),
  },
  '{match: "piece of the step\'s text", run: "command"}',
).transform(
  ({match, all = false, on, expect, timeout, retries, approve, ...rest}, context): WithoutLine<StepBinding> => {
    const given = (Object.keys(ACTIONS) as ActionKind[]).filter(name => rest[name] !== undefined);
    if (given.length > 1) return refuse(context, rest, `has ${given.join(' and ')}; keep one of them`);
    const action = stepAction(given[0], rest);
    if (typeof action === 'string') return refuse(context, rest, action);
    return {match, all, action, ...compact({on, expect, timeoutMs: timeout, retries, approvals: approve})};
  },
);

function stepAction(kind: ActionKind | undefined, given: ActionFields): StepAction | string {
  const {log, absent, present, prometheus, query} = given;
  const why = refusedPattern(absent ?? '') ?? refusedPattern(present ?? '');
  if (why !== undefined) return why;
  if (log === undefined && (absent !== undefined || present !== undefined))
    return '`absent` and `present` are patterns for a log; add `log: SOURCE`';
  if (prometheus === undefined && query !== undefined) return '`query` needs `prometheus: URL`; add it';
  const value = kind === undefined ? undefined : given[kind];
  if (kind === undefined || value === undefined) return {kind: 'none'};
  // The compiler cannot follow that each record is given only the value of its own key.
  const {read} = ACTIONS[kind] as KindRecord<ActionKind>;
  return read(value, given);
}

const STATISTICS = ['p50', 'p90', 'p95', 'p99', 'mean', 'max', 'last', 'error-rate', 'slope', 'count'] as const;

export const rule = strict(
  {
    match: text.optional(),
    all: flag.optional(),
    probe: text,
    statistic: z.enum(STATISTICS, {error: `unknown statistic; write one of ${STATISTICS.join(', ')}`}).optional(),
    window: interval.optional(),
    samples: wholeNumber.optional(),
    consecutive: wholeNumber.optional(),
    name: text.optional(),
    op: z.enum(['<', '<=', '>', '>=', '=', '!='], {error: 'unknown operator; write one of < <= > >= = !='}).optional(),
    value: text.optional(),
    unit: unit.optional(),
    role: z
      .enum(['target', 'alert', 'trigger', 'criterion'], {
        error: 'unknown role; write target, alert, trigger or criterion',
      })
      .optional(),
  },
  '{match: "piece of the rule\'s text", probe: NAME}',
).transform(({window, value, unit: given, ...rest}, context): WithoutLine<RuleBinding> => {
  const quantity = value === undefined ? undefined : readQuantity(value);
  if (value !== undefined && quantity === undefined)
    return refuse(context, value, `\`${value}\` is no number; write 5, 5% or 850ms`);
  if (rest.match === undefined && (quantity === undefined || rest.op === undefined)) {
    return refuse(context, rest, 'matches no rule and defines none; give `match`, or `name`, `op` and `value`');
  }
  const bound = quantity === undefined ? {unit: given} : {value: quantity.value, unit: given ?? quantity.unit};
  return {...compact({...rest, ...bound, windowMs: window}), probe: rest.probe};
});
