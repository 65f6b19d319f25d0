/** What is left of a step that failed, to finish by hand: the exact commands, and none that has run. */
import type {Step} from '../../plan/plan.ts';
import {missingTexts, type Place} from '../../plan/script.ts';
import {guardedText} from '../../text/command-text.ts';
import {oneLine} from '../../text/width.ts';
import {curlText} from '../operations.ts';
import type {CommandResult, Outcome} from '../outcome.ts';
import type {BoundCommand, BoundHttp, BoundStage, ScriptRequest} from '../request.ts';
import type {Bound} from '../requests/bind-step.ts';
import {quotePath} from '../requests/path-words.ts';

/**
 * Texts to be pasted into a shell, one command a line below a comment that says where. Commands that destroy something come
 * after the proofs of what is needed. `ran`: what came of the step so far. The command that failed is left; what stands
 * before it has run, or was not needed.
 */
export function commandsLeft(bound: Bound, step: Step, ran: Outcome | undefined): readonly string[] {
  if (bound.kind === 'by-hand') return [];
  if (bound.kind === 'unbound') return [`# ${oneLine(step.title)}: ${oneLine(missingTexts(bound.missing).join('; '))}`];
  const {request} = bound;
  const records = recordsOf(ran);
  switch (request.kind) {
    case 'script':
      return scriptLeft(request, records);
    case 'http':
      return listed(at(request.from?.place), lines(stillToRun<BoundHttp>(request.requests, records), curlLeft));
    case 'sql': {
      const on = request.database === '' ? '' : ` on ${request.database}`;
      const statements = lines(stillToRun<Statement>(request.statements, records), ({text}) => text.trim());
      return listed([`# sql${on}:`], statements);
    }
    default:
      return [`# ${oneLine(step.title)}`];
  }
}

function recordsOf(ran: Outcome | undefined): readonly CommandResult[] {
  if (ran === undefined) return [];
  if (ran.kind === 'answered') {
    return ran.answers.map(({line, status}) => ({line, text: '', code: status < 400 ? 0 : 1, durationMs: 0}));
  }
  const records = 'commands' in ran ? (ran.commands ?? []) : [];
  // What was refused surely did not run.
  return ran.kind === 'refused' ? records.map(record => ({...record, code: record.code ?? 1})) : records;
}

/** `used`: how many of the records are of these. `unseen`: nobody saw how the first that is left ended. */
type Still<T> = {left: readonly T[]; used: number; unseen: boolean};
type Statement = {line: number; text: string};
type Listed = {line: number; text?: string; shown?: string};

/** The records are in the order in which the commands ran. Several on one line are told apart by their text. */
function stillToRun<T extends Listed>(all: readonly T[], records: readonly CommandResult[]): Still<T> {
  let [next, first, used, unseen] = [0, 0, 0, false];
  for (const {line, text, code, signal} of records) {
    const open = all.flatMap((one, index) => (index >= next && one.line === line ? [index] : []));
    const index = open.find(candidate => (all[candidate]?.shown ?? all[candidate]?.text) === text) ?? open[0];
    if (index === undefined) break;
    next = index + 1;
    first = code === 0 ? next : index;
    unseen = code === undefined && signal === undefined;
    used += 1;
  }
  return {left: all.slice(first), used, unseen};
}

function lines<T>({left, unseen}: Still<T>, text: (one: T) => string): readonly string[] {
  return left.flatMap((one, index) => (unseen && index === 0 ? [UNSEEN, commentedOut(text(one))] : [text(one)]));
}

const UNSEEN = '# nobody saw how this ended, look first:';

/** It may have taken effect, so that it is not pasted along with what comes after it. */
function commentedOut(text: string): string {
  return text.replaceAll(/^/gm, '# ');
}

function listed(head: readonly string[], body: readonly string[]): readonly string[] {
  return body.length === 0 ? [] : [[...head, ...body].join('\n')];
}

function scriptLeft({stages, place, directory}: ScriptRequest, records: readonly CommandResult[]): readonly string[] {
  let rest = records;
  const parts = stages.map(stage => {
    const part = stageLeft(stage, rest);
    rest = rest.slice(part.used);
    return part;
  });
  // Nothing is begun before what stands ahead of it has ended well.
  const open = parts.slice(
    Math.max(
      0,
      parts.findLastIndex(({used}) => used > 0),
    ),
  );
  // Each part may be pasted alone, so each says where it is done.
  const enter = directory === undefined ? [] : [`cd ${quotePath(directory)}`];
  const on = at(place);
  return open.flatMap(({requests, arms}) => [
    ...listed(on, requests),
    ...arms.flatMap(still => listed(on, chained(still, enter))),
  ]);
}

type StageLeft = {used: number; requests: readonly string[]; arms: readonly Still<BoundCommand>[]};

function stageLeft(stage: BoundStage, records: readonly CommandResult[]): StageLeft {
  if (stage.kind === 'http') {
    const still = stillToRun<BoundHttp>([stage.request], records);
    return {used: still.used, requests: lines(still, curlLeft), arms: []};
  }
  if (stage.kind === 'commands') {
    const still = stillToRun(stage.commands, records);
    return {used: still.used, requests: [], arms: [still]};
  }
  const arms = stage.arms.map(({id, commands}) =>
    stillToRun(
      commands,
      records.filter(({arm}) => arm === id),
    ),
  );
  const used = arms.reduce((sum, still) => sum + still.used, 0);
  const isDone = arms.some(still => still.used > 0 && still.left.length === 0);
  return {used, requests: [], arms: isDone ? [] : arms};
}

/** A part of which nothing is left to run would read as a lone `cd`. */
function chained(still: Still<BoundCommand>, enter: readonly string[]): readonly string[] {
  const {left, unseen} = still;
  const sure = unseen ? left.slice(1) : left;
  const isGuarded = sure.some(({destroys, optional}) => destroys === true || optional);
  const guards = isGuarded ? [...new Set(sure.flatMap(({requires}) => requires.map(({sh}) => sh)))] : [];
  const before = lines({...still, left: left.slice(0, left.length - sure.length)}, ({text}) => text);
  const body = guardedText(
    guards,
    sure.map(({text}) => text),
  );
  return [...before, ...(body.length === 0 ? [] : [...enter, ...body])];
}

function at(place: Place | undefined): readonly string[] {
  return place?.kind === 'host' ? [`# on host ${place.host}:`] : [];
}

function curlLeft({headers, ...request}: BoundHttp): string {
  return curlText({...request, headers: Object.entries(headers).map(([name, value]) => ({name, value}))});
}
