/** Schemas for the fields of a bindings file. Every message reads "what is wrong; what to do". */
import {z} from 'zod';
import {compact} from '../../text/compact.ts';
import {parseInterval} from '../phrases/interval.ts';
import {readQuantity} from '../phrases/quantity.ts';
import type {Check, Operator} from '../plan.ts';
import type {ExpectBinding, HttpBinding} from './probe-kinds.ts';

/** A mapping that allows no other keys. For an unknown key, the message is the list of allowed keys. */
export function strict<Shape extends z.ZodRawShape>(shape: Shape, example: string): z.ZodObject<Shape, z.core.$strict> {
  return z.strictObject(shape, {
    error: issue =>
      issue.code === 'unrecognized_keys' ? Object.keys(shape).join(' ') : `expected a mapping; write it as ${example}`,
  });
}

export const text = z.preprocess(
  value => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : value),
  z
    .string({error: issue => (issue.input === undefined ? 'is missing; add it' : 'expected text; put it in quotes')})
    .min(1, {error: 'is empty; give it a value, or remove the line'}),
);
export const flag = z.boolean({error: 'expected true or false'});
export const wholeNumber = z.int({error: 'expected a whole number'}).min(0, {error: 'must not be negative'});
export const unit = z.enum(['ms', 'MB', '%', 'MB/h', 'count', '/min', 'x'], {
  error: 'unknown unit; write one of ms MB % MB/h count /min x',
});
export const interval = z.any().transform((value, context): number => {
  const read = typeof value === 'string' ? parseInterval(value) : undefined;
  return (
    read ??
    refuse(context, value, `\`${String(value)}\` is no duration; write it with a unit, as 500ms, 5s, 15m or 1h30m`)
  );
});
export const texts = z.preprocess(
  value => (Array.isArray(value) ? value : [value]),
  z.array(text, {error: 'expected text or a list of texts'}),
);
export const names = z.record(z.string(), text, {error: 'expected names with texts; write them as `name: text`'});

export function refuse(context: z.RefinementCtx, input: unknown, message: string): never {
  context.issues.push({code: 'custom', message, input});
  return z.NEVER;
}

/** Plain text stands for the most important field: `host: deploy@web1` means `{destination: deploy@web1}`. */
export function withShortForm<Schema extends z.ZodType>(field: string, schema: Schema): z.ZodPreprocess<Schema> {
  return z.preprocess(value => (typeof value === 'object' && value !== null ? value : {[field]: value}), schema);
}

export const http = withShortForm(
  'url',
  strict(
    {method: text.optional(), url: text, headers: names.optional(), json: z.any().optional(), body: text.optional()},
    '{method: GET, url: "https://…"}',
  ),
).transform(({method, url, headers = {}, json, body}): HttpBinding => {
  const given = method ?? (json !== undefined || body !== undefined ? 'POST' : 'GET');
  return compact({method: given.toUpperCase(), url, headers, json, body});
});

const bound = z.any().transform((value, context): {value: number; isTime: boolean} => {
  const quantity = readQuantity(String(value));
  if (quantity === undefined || !/^\s*-?\d/.test(String(value)))
    return refuse(context, value, `\`${String(value)}\` is no number; write 5, 5% or 800ms`);
  return {value: quantity.value, isTime: quantity.unit === 'ms'};
});
const rows = z.any().transform((value, context): Check => {
  const match = /^\s*(<=|>=|!=|<|>|=)?\s*(\d+)\s*$/.exec(String(value));
  if (match === null) return refuse(context, value, `\`${String(value)}\` is no number of rows; write 3 or ">= 3"`);
  return {kind: 'rows', op: (match[1] ?? '=') as Operator, value: Number(match[2])};
});
const BOUNDS = {below: '<', above: '>', 'at-least': '>=', 'at-most': '<=', equals: '=', within: '<='} as const;
export const expectation = withShortForm(
  'contains',
  strict(
    {
      status: z
        .preprocess(
          value => (Array.isArray(value) ? value : [value]),
          z.array(z.coerce.number().int().min(100).max(599), {
            error: 'expected HTTP status codes; write 200 or [200, 204]',
          }),
        )
        .optional(),
      json: z.any().optional(),
      contains: texts.optional(),
      absent: texts.optional(),
      empty: flag.optional(),
      rows: rows.optional(),
      below: bound.optional(),
      above: bound.optional(),
      'at-least': bound.optional(),
      'at-most': bound.optional(),
      equals: bound.optional(),
      within: bound.optional(),
    },
    '{status: 200, json: {status: healthy}}',
  ),
).transform((given): ExpectBinding => {
  const checks: Check[] = [];
  if (given.status !== undefined) checks.push({kind: 'status', codes: given.status});
  if (given.json !== undefined) checks.push({kind: 'json', subset: given.json});
  for (const one of given.contains ?? []) checks.push({kind: 'contains', text: one});
  for (const one of given.absent ?? []) checks.push({kind: 'absent', text: one});
  if (given.empty === true) checks.push({kind: 'empty'});
  if (given.rows !== undefined) checks.push(given.rows);
  for (const key of Object.keys(BOUNDS) as (keyof typeof BOUNDS)[]) {
    const limit = given[key];
    if (limit !== undefined)
      checks.push({kind: limit.isTime ? 'duration' : 'number', op: BOUNDS[key], value: limit.value});
  }
  return {checks};
});
