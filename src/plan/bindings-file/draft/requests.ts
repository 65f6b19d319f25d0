/** Drafts probes from the requests in a document, and ties latency rules to them. */
import {type Expectation, type Plan, type Rule, requestsOf, rollbacksOf} from '../../plan.ts';
import type {HttpRequest} from '../../script.ts';
import {namesWork, onlyLooks, plainlyLooks} from '../../shell/read-only/looking-requests.ts';
import {isSecretHeader} from '../../words/secret-name.ts';
import {slug, uniqueName} from './draft-context.ts';
import {isAnyLatency} from './subjects.ts';
import {literal} from './yaml-text.ts';

/**
 * `isProposal`: repeating the request may change something on the server, or load it. `guessed`: rules that name nothing, so that
 * they may be about another request.
 */
export type DraftedRequest = {
  name: string;
  value: object;
  rules: readonly Rule[];
  guessed: readonly Rule[];
  isProposal: boolean;
};

/** One probe for each request that is nearest to a latency rule, and one for the health check of the document. */
export function draftRequests(plan: Plan, rules: readonly Rule[], taken: Set<string>): readonly DraftedRequest[] {
  const known = requestsIn(plan);
  const wanted = new Map<Asked, Rule[]>();
  for (const rule of rules) {
    const asked = requestFor(rule, known);
    if (asked !== undefined) wanted.set(asked, [...(wanted.get(asked) ?? []), rule]);
  }
  const health = known.find(({request}) => plainlyLooks(request) && HEALTH.test(request.url));
  if (health !== undefined && !wanted.has(health)) wanted.set(health, []);
  return [...wanted].map(([{request, words, isWork}, answered]) => {
    const [only] = new Set(answered.map(({metric}) => metric).filter(metric => !isAnyLatency(metric)));
    const path =
      request.url
        .replace(/^\w+:\/\/[^/]*/, '')
        .split('/')
        .at(-1)
        ?.split('?')[0] ?? '';
    const name = uniqueName(slug(only ?? (path || words[0] || ''), 'page'), taken);
    const guessed = known.length === 1 ? [] : answered.filter(({metric}) => isAnyLatency(metric));
    return {name, value: probeOf(request), rules: answered, guessed, isProposal: isWork || !onlyLooks(request)};
  });
}

/** `isWork`: it is a part of the work that the document tells to do, and its address does not say that it looks. */
type Asked = {request: HttpRequest; line: number; words: readonly string[]; isWork: boolean};

/**
 * One for each address and method. A request with shell variables cannot be made outside that shell. One that names
 * work, and one of a way back, is never sent but by its step.
 */
function requestsIn(plan: Plan): readonly Asked[] {
  const found = new Map<string, Asked>();
  const sections = new Map(plan.sections.map(section => [section.id, section]));
  const wayBack = new Set(rollbacksOf(plan).flatMap(({steps}) => steps));
  for (const step of plan.steps) {
    const {use, role} = sections.get(step.section) ?? {};
    if (use === 'rollback' || wayBack.has(step.id)) continue;
    const isChecked = use === 'watch' || use === 'criteria' || role === 'verify' || step.expectations.length > 0;
    for (const request of requestsOf(step)) {
      if (namesWork(request)) continue;
      const {method, url, body = '', line} = request;
      const key = `${method} ${url} ${body}`;
      const isWhole = /^https?:\/\//.test(url) && !/[$`\s]/.test(url) && !/^@|[$`]/.test(body);
      if (isWhole && !found.has(key))
        found.set(key, {
          request,
          line,
          words: wordsOf(`${url.replace(/^\w+:\/\/[^/]*/, '')} ${step.title}`),
          isWork: !isChecked && request.expectations.length === 0 && !plainlyLooks(request),
        });
    }
  }
  return [...found.values()];
}

/** The request that shares most words with the metric; for a latency without a name, the nearest one. */
function requestFor({metric, line}: Rule, known: readonly Asked[]): Asked | undefined {
  const distance = (one: Asked) => Math.abs(one.line - line);
  if (isAnyLatency(metric)) {
    const harmless = known.filter(({request, isWork}) => !isWork && onlyLooks(request) && !isRefused(request));
    return (harmless.length > 0 ? harmless : known).toSorted((a, b) => distance(a) - distance(b))[0];
  }
  const words = wordsOf(metric).filter(word => !isAnyLatency(word));
  const scored = known.map(one => ({one, shared: words.filter(word => one.words.includes(word)).length}));
  const [best] = scored.toSorted((a, b) => b.shared - a.shared || distance(a.one) - distance(b.one));
  return best === undefined || best.shared === 0 ? undefined : best.one;
}

/** "Should be gone": the time of an error page says nothing. */
function isRefused({expectations}: HttpRequest): boolean {
  return expectations.some(
    ({check}) =>
      check?.kind === 'fails' || (check?.kind === 'status' && check.codes.every(code => code >= BAD_STATUS_MIN)),
  );
}

const BAD_STATUS_MIN = 400;

function probeOf({method, url, headers, body, expectations}: HttpRequest): object {
  const expect = expectOf(expectations);
  const judged = Object.keys(expect).length === 0 ? {} : {expect};
  if (method === 'GET' && headers.length === 0) return {http: literal(url), ...judged};
  const json = jsonIn(body);
  const kept = headers.filter(
    ({name}) => !isSecretHeader(name) && (json === undefined || !/^content-type$/i.test(name)),
  );
  const named = kept.map(({name, value}) => [name, literal(value)]);
  const sent = json !== undefined ? {json: withLiterals(json)} : body === undefined ? {} : {body: literal(body)};
  const more = named.length === 0 ? {} : {headers: Object.fromEntries(named)};
  return {http: {method, url: literal(url), ...more, ...sent}, ...judged};
}

function jsonIn(body: string | undefined): unknown {
  try {
    return body === undefined ? undefined : JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** A probe expects of every answer what the document expects of the first. Rules judge the time. */
function expectOf(expectations: readonly Expectation[]): Record<string, unknown> {
  const expect: Record<string, unknown> = {};
  for (const {check} of expectations) {
    if (check?.kind === 'status') expect['status'] = check.codes;
    if (check?.kind === 'json') expect['json'] = withLiterals(check.subset);
    if (check?.kind === 'contains') expect['contains'] = literal(check.text);
  }
  return expect;
}

function withLiterals(value: unknown): unknown {
  if (typeof value === 'string') return literal(value);
  if (Array.isArray(value)) return value.map(withLiterals);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withLiterals(inner)]));
}

function wordsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];
}

const HEALTH = /\/(?:api\/)?(?:health\w*|healthz|ready|readyz|livez|live|ping|status|up)(?:[/?]|$)/i;
