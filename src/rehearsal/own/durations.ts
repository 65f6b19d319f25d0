/** How long steps usually take, from what their programs usually take. */
import {courseOf, type Doing} from '../../plan/parse-plan.ts';
import type {Plan} from '../../plan/plan.ts';
import {answerOf} from './stand-ins/stand-in-answer.ts';

/** By step id, ms; of alternatives the longest. What a person does is not among them. */
export function usualDurations(plan: Plan): Record<string, number> {
  const usual: Record<string, number> = {};
  for (const [id, doings] of Map.groupBy(courseOf(plan), ({step}) => step.id)) {
    const arms = [...Map.groupBy(doings, ({arm}) => arm?.arm ?? '').values()];
    const plain = arms.filter(([first]) => first?.arm === undefined || first.step.arm !== undefined);
    const chosen = arms.filter(arm => !plain.includes(arm)).map(msOf);
    usual[id] = plain.map(msOf).reduce((sum, ms) => sum + ms, 0) + Math.max(0, ...chosen);
  }
  return usual;
}

function msOf(doings: readonly Doing[]): number {
  return doings.reduce((sum, doing) => sum + commandMs(doing), 0);
}

function commandMs({words}: Doing): number {
  const [program = '', ...args] = words;
  const sleeps = program === 'sleep' ? Number.parseFloat(args[0] ?? '0') : Number.NaN;
  if (Number.isFinite(sleeps)) return sleeps * 1000;
  const known = REAL_MS.find(([pattern]) => pattern.test(words.join(' ')));
  if (known !== undefined) return known[1];
  return answerOf({program, args, kept: {}, versions: {old: '', new: ''}, serving: 'old'})?.takesMs ?? OTHER_MS;
}

const OTHER_MS = 300;

/** Programs that run for real: on a target as small as a made one they would end at once. */
const REAL_MS: readonly (readonly [pattern: RegExp, ms: number])[] = [
  [/^git (?:clone)/, 30_000],
  [/^git (?:pull|fetch|push)/, 5000],
  [/^git (?:checkout|switch|reset|merge|revert)/, 2000],
  [/^(?:pg_dump|pg_dumpall)/, 90_000],
  [/^(?:pg_restore)|^psql .*-f/, 150_000],
  [/^(?:scp|rsync)/, 20_000],
  [/^(?:tar|zip|unzip|gzip|gunzip|xz|bzip2|zstd)/, 15_000],
  [/^cp -\w*[rRa]/, 10_000],
  [/^(?:reboot|shutdown)/, 90_000],
];
