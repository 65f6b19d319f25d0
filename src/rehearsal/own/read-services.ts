/** Addresses that the document asks, and what a good answer of the old and of the new version is there. */

import type {Doing} from '../../plan/parse-plan.ts';
import {type Expectation, type Plan, requestsOf, rollbacksOf, type Step} from '../../plan/plan.ts';
import type {Check, HttpRequest} from '../../plan/script.ts';
import {isRecord} from '../../text/compact.ts';
import type {GoodAnswer, ServiceNeed} from './needs.ts';
import type {Reader} from './place-texts.ts';

type Asked = {url: string; method: string; place: string; line: number; of: 'old' | 'new'; checks: readonly Check[]};

export function servicesOf(plan: Plan, course: readonly Doing[], reader: Reader): ServiceNeed[] {
  const back = new Set(rollbacksOf(plan).flatMap(({steps}) => steps));
  const before = new Set(plan.sections.filter(({role}) => role === 'prepare').map(({id}) => id));
  const versionOf = (step: Step) => (back.has(step.id) || before.has(step.section) ? 'old' : 'new');
  const asked = [
    ...plan.steps.flatMap(step =>
      requestsOf(step).flatMap(request => requested(step, request, versionOf(step), reader)),
    ),
    ...course.flatMap((doing, index) => called(doing, versionOf(doing.step), reader, soughtBehind(course, index))),
  ];
  return [...Map.groupBy(asked, ({method, url}) => `${method} ${url}`).values()].map(needOf);
}

function requested(step: Step, request: HttpRequest, of: Asked['of'], reader: Reader): Asked[] {
  const url = addressOf(request.url, reader);
  if (url === undefined) return [];
  const {action} = step;
  const context = 'context' in action ? action.context : undefined;
  const place = context === undefined || context.place.kind === 'local' ? 'local' : context.place.host;
  const expectations: readonly Expectation[] =
    request.expectations.length === 0 ? step.expectations : request.expectations;
  const checks = expectations.flatMap(({check}) => (check === undefined ? [] : [check]));
  return [{url: withScheme(url), method: request.method, place, line: request.line, of, checks}];
}

/** Only the server of an address whose end is not known before it is asked (`…/_snapshot/pre-8-YYYYMMDD/_restore`). */
function addressOf(url: string, reader: Reader): string | undefined {
  return reader.text(url) ?? reader.text(/^(?:https?:\/\/)?[^/?#]+/.exec(url)?.[0] ?? '$');
}

const ASKS = /^(?:curl|wget|http|ab|wrk|hey)$/;

/** `curl -s URL | jq .version`: asked by the shell, and judged by what it prints. */
function called(
  {words, place, command, step}: Doing,
  of: Asked['of'],
  reader: Reader,
  sought: readonly Check[],
): Asked[] {
  if (!ASKS.test(words[0] ?? '')) return [];
  const at = words.findIndex(word => /^(?:-X|--request)$/.test(word));
  const method =
    at === -1 ? (words.some(word => /^(?:-d|--data.*)$/.test(word)) ? 'POST' : 'GET') : (words[at + 1] ?? 'GET');
  const checks = [...step.expectations.flatMap(({check}) => (check === undefined ? [] : [check])), ...sought];
  return words.slice(1).flatMap((word): Asked[] => {
    const url = /^https?:\/\/|^localhost[:/]|^127\./.test(word) ? addressOf(word, reader) : undefined;
    return url === undefined ? [] : [{url: withScheme(url), method, place, line: command.line, of, checks}];
  });
}

/** `curl -s URL | grep '"version": "1.5.0"'`: what the rest of the line looks for in the answer. */
function soughtBehind(course: readonly Doing[], index: number): Check[] {
  const asking = course[index];
  const rest = course.slice(index + 1);
  const end = rest.findIndex(({command, words}) => command !== asking?.command || ASKS.test(words[0] ?? ''));
  return rest.slice(0, end === -1 ? undefined : end).flatMap(({words}) => {
    const [program = '', ...options] = words;
    if (!/^[ef]?grep$/.test(program) || options.some(word => /^-\w*[vwxcL]/.test(word))) return [];
    const [text] = options.filter(word => !word.startsWith('-'));
    return text === undefined || /[*+?[\](){}|^$\\]/.test(text) ? [] : [{kind: 'contains', text}];
  });
}

function withScheme(url: string): string {
  return /^https?:\/\//.test(url) ? url : `http://${url}`;
}

function needOf(all: readonly Asked[]): ServiceNeed {
  const [{url, method} = {url: '', method: 'GET'}] = all;
  const of = (version: Asked['of']) => {
    const own = all.filter(one => one.of === version);
    return answerOf((own.length === 0 ? all : own).flatMap(({checks}) => checks));
  };
  const from = [...new Set(all.map(({place}) => place))];
  return {url, method, from, lines: [...new Set(all.map(({line}) => line))], old: of('old'), new: of('new')};
}

function answerOf(checks: readonly Check[]): GoodAnswer {
  const bounds = checks.flatMap(check => (check.kind === 'duration' && /</.test(check.op) ? [check.value] : []));
  const subsets = checks.flatMap(check => (check.kind === 'json' ? [check.subset] : []));
  return {
    status: checks.flatMap(check => (check.kind === 'status' ? check.codes : []))[0] ?? 200,
    holds: checks.flatMap(check => (check.kind === 'contains' ? [check.text] : [])),
    ...(subsets.length === 0 ? {} : {json: merged(subsets)}),
    ...(bounds.length === 0 ? {} : {belowMs: Math.min(...bounds)}),
    checks,
  };
}

function merged(subsets: readonly unknown[]): unknown {
  return subsets.every(isRecord) ? Object.assign({}, ...subsets) : subsets.at(-1);
}
