/** Steps and rules of a bindings file. */
import {z} from 'zod';
import {compact} from '../../text/compact.ts';
import {readQuantity} from '../phrases/quantity.ts';
import {expectation, flag, http, interval, refuse, strict, text, texts, unit, whole} from './fields.ts';
import type {RuleBinding, StepBinding} from './types.ts';

/** As in the file; the line is added by the reader. */
export type Unlined<Bound> = Bound extends unknown ? Omit<Bound, 'line'> : never;

const ACTIONS = ['run', 'sql', 'http', 'env-file', 'tables', 'log', 'prometheus', 'tail'] as const;

export const step = strict(
  {
    match: text,
    all: flag.optional(),
    on: text.optional(),
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
    expect: expectation.optional(),
    timeout: interval.optional(),
    retries: whole.optional(),
    approve: z.literal(2, {error: 'expected 2: a second person must agree before the step runs'}).optional(),
  },
  '{match: "piece of the step\'s text", run: "command"}',
).transform(({match, all = false, on, expect, timeout, retries, approve, ...rest}, context): Unlined<StepBinding> => {
  const given = ACTIONS.filter(name => rest[name] !== undefined);
  if (given.length > 1) return refuse(context, rest, `has ${given.join(' and ')}; keep one of them`);
  const action = stepAction(rest);
  if (typeof action === 'string') return refuse(context, rest, action);
  return {match, all, action, ...compact({on, expect, timeoutMs: timeout, retries, approvals: approve})};
});

type StepFields = {
  run?: string | undefined;
  sql?: string | undefined;
  http?: z.output<typeof http> | undefined;
  'env-file'?: string | undefined;
  tables?: string[] | undefined;
  log?: string | undefined;
  absent?: string | undefined;
  present?: string | undefined;
  prometheus?: string | undefined;
  query?: string | undefined;
  tail?: string | undefined;
};

function stepAction(given: StepFields): StepBinding['action'] | string {
  const {run, sql, tables, log, absent, present, prometheus, query, tail} = given;
  if (log === undefined && (absent !== undefined || present !== undefined))
    return '`absent` and `present` are patterns for a log; add `log: SOURCE`';
  if (prometheus === undefined && query !== undefined) return '`query` needs `prometheus: URL`; add it';
  if (run !== undefined) return {kind: 'run', run};
  if (sql !== undefined) return {kind: 'sql', sql};
  if (given.http !== undefined) return {kind: 'http', http: given.http};
  if (given['env-file'] !== undefined) return {kind: 'env-file', file: given['env-file']};
  if (tables !== undefined) return {kind: 'tables', tables};
  if (log !== undefined) return {kind: 'log', source: log, ...compact({absent, present})};
  if (prometheus !== undefined)
    return query === undefined ? '`prometheus` needs a `query`; add it' : {kind: 'prometheus', url: prometheus, query};
  if (tail !== undefined) return {kind: 'tail', file: tail};
  return {kind: 'none'};
}

const STATISTICS = ['p50', 'p90', 'p95', 'p99', 'mean', 'max', 'last', 'error-rate', 'slope', 'count'] as const;

export const rule = strict(
  {
    match: text.optional(),
    all: flag.optional(),
    probe: text,
    statistic: z.enum(STATISTICS, {error: `unknown statistic; write one of ${STATISTICS.join(', ')}`}).optional(),
    window: interval.optional(),
    samples: whole.optional(),
    consecutive: whole.optional(),
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
).transform(({window, value, unit: given, ...rest}, context): Unlined<RuleBinding> => {
  const quantity = value === undefined ? undefined : readQuantity(value);
  if (value !== undefined && quantity === undefined)
    return refuse(context, value, `\`${value}\` is no number; write 5, 5% or 850ms`);
  if (rest.match === undefined && (quantity === undefined || rest.op === undefined)) {
    return refuse(context, rest, 'matches no rule and defines none; give `match`, or `name`, `op` and `value`');
  }
  const bound = quantity === undefined ? {unit: given} : {value: quantity.value, unit: given ?? quantity.unit};
  return {...compact({...rest, ...bound, windowMs: window}), probe: rest.probe};
});
