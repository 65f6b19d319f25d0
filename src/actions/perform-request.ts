/** How the real world performs each kind of request, to its one outcome. */
import {unreachable} from '../plan/plan.ts';
import {type Place, quoteForShell as quote} from '../plan/script.ts';
import {type Outcome, refused} from '../run/outcome.ts';
import type {Origin, Request} from '../run/request.ts';
import {compact} from '../text/compact.ts';
import {runAsJob, runInShell, triesOf} from './http/curl-there.ts';
import {type Ask, performHttp, type SentRequests} from './http/http.ts';
import {askFrom} from './http/request-route.ts';
import {LinkError, lostLink} from './link-error.ts';
import {performScript} from './perform-script.ts';
import {queryPrometheus} from './prometheus.ts';
import type {Reach} from './reach.ts';
import type {Shell} from './shell.ts';
import {runShort} from './short-command.ts';
import {textTable} from './sql-result-text.ts';
import {type OnWait, untilReached} from './until-reached.ts';
import {elapsedMs} from './waiting.ts';
import type {OnAwaited, Sink, World} from './world.ts';

/** What requests are performed with. */
type PerformParts = Reach & {
  follow: World['follow'];
  lostAfterMs: number;
  sent?: SentRequests | undefined;
  onAwaited?: OnAwaited | undefined;
};

const OUTPUT = 'output';
const LOOK_TIMEOUT_MS = 10_000;

/** One request to its one outcome. */
export async function performRequest(
  request: Request,
  parts: PerformParts,
  sink: Sink,
  signal: AbortSignal,
): Promise<Outcome> {
  const startedAt = performance.now();
  const output = (chunk: Buffer | string) => sink(OUTPUT, chunk);
  try {
    switch (request.kind) {
      case 'script': {
        const {lostAfterMs, sent} = parts;
        const shell = parts.shellOf(request.place, request.lane);
        const way = parts.wayOf(request.place, request.lane);
        const onWait = waitingAt(request.place, parts);
        const options = {shell, way, lostAfterMs, output, signal, onWait};
        return await performScript(request, sent === undefined ? options : {...options, sent});
      }
      case 'sql':
        return await performQuery(request, parts, output, signal);
      case 'http':
        return await overLink(request.from, parts, {output, signal}, async () =>
          performHttp(request, askingIn(request.from, parts), output, signal),
        );
      case 'tail':
        return await openTail(request, parts, sink, signal);
      case 'log':
        return refused('unsupported', 'a log is judged where its lines are kept');
      case 'prometheus':
        return await overLink(request.from, parts, {output, signal}, async () =>
          askPrometheus(request, parts, output, signal),
        );
      default:
        return unreachable(request);
    }
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    output(`${error.message}\n`);
    return {...refused(error.reason, error.message), durationMs: elapsedMs(startedAt)};
  }
}

/**
 * Asks behind the link to a place. What changed nothing and got no answer because that link broke meanwhile is asked again
 * once the link is back.
 */
async function overLink(
  from: Pick<Origin, 'place' | 'lane'> | undefined,
  parts: PerformParts,
  {output, signal}: {output: (text: string) => void; signal: AbortSignal},
  ask: () => Promise<Outcome>,
): Promise<Outcome> {
  if (from === undefined || from.place.kind === 'local') return await ask();
  const {place, lane} = from;
  const shell = parts.shellOf(place, lane);
  const attempt = async () => {
    await parts.reached(place, lane, signal, waitingAt(place, parts));
    const outcome = await ask();
    if (signal.aborted || !isUnheard(outcome) || (await answers(shell))) return outcome;
    output(`link to ${shell.name} lost; asked again once it is back\n`);
    throw lostLink(`link to ${shell.name} lost: ${outcome.detail}`);
  };
  return await untilReached(attempt, shell, signal);
}

/** Nobody has answered, and nothing was changed. */
function isUnheard(outcome: Outcome): outcome is Outcome & {kind: 'refused'} {
  if (outcome.kind !== 'refused' || outcome.changed === true) return false;
  return outcome.reason === 'unreachable' || outcome.reason === 'database';
}

async function answers(shell: Shell): Promise<boolean> {
  if (shell.isAway?.() === true) return false;
  return await runShort(shell, ':', LOOK_TIMEOUT_MS).then(
    () => true,
    () => false,
  );
}

function waitingAt(place: Place, {onAwaited}: PerformParts): OnWait | undefined {
  if (onAwaited === undefined || place.kind === 'local') return undefined;
  return waits => onAwaited(place.host, waits);
}

type Of<Kind extends Request['kind']> = Extract<Request, {kind: Kind}>;

async function performQuery(
  {database: name, statements, timeoutMs}: Of<'sql'>,
  parts: PerformParts,
  output: (text: string) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  const database = parts.databaseOf(name);
  if (database === undefined)
    return refused('unbound', name === '' ? 'no database is bound' : `no database is called ${name}`);
  const tunnel = parts.tunnelOf(database);
  const {via} = database;
  const place = via === undefined ? HERE.place : ({kind: 'host', host: via, destination: via} as const);
  return await overLink({place, lane: 'main'}, parts, {output, signal}, async () => {
    const {performSql} = await import('./sql.ts');
    return await performSql(database, statements, compact({timeoutMs, output, signal, tunnel}));
  });
}

/** A file that cannot be read now is said so at once, rather than waited for. */
async function openTail(
  {place, file, command, source}: Of<'tail'>,
  parts: PerformParts,
  sink: Sink,
  signal: AbortSignal,
): Promise<Outcome> {
  const startedAt = performance.now();
  const durationMs = () => elapsedMs(startedAt);
  await parts.reached(place, 'main', signal, waitingAt(place, parts));
  if (file !== undefined) {
    const shell = parts.shellOf(place, 'main');
    const ask = async () => await runShort(shell, `[ -r ${quote(file)} ]`, LOOK_TIMEOUT_MS);
    const look = await untilReached(ask, shell, signal, waitingAt(place, parts));
    if (look.code !== 0) {
      const words = `cannot read ${file}`;
      sink(OUTPUT, `${words}\n`);
      return {kind: 'exited', code: look.code, durationMs: durationMs(), commands: [], output: words};
    }
    parts.follow(place, {file}, source, sink);
  } else if (command !== undefined) {
    parts.follow(place, {command}, source, sink);
  }
  return {kind: 'opened', source, durationMs: durationMs()};
}

/** One way of asking for each of the requests of a step. */
function askingIn(from: Origin | undefined, parts: PerformParts): (index: number) => Ask {
  const {place, lane, jobId, directory, exports} = from ?? HERE;
  const way = parts.wayOf(place, lane);
  return index => {
    const run = runAsJob(way.shell, triesOf(`${jobId}.${index + 1}`), parts.lostAfterMs);
    return askFrom({way, run: from === undefined ? runInShell(way.shell) : run, directory, exports});
  };
}

const HERE: Origin = {place: {kind: 'local'}, lane: 'main', jobId: '', exports: {}};

async function askPrometheus(
  {url, query, timeoutMs, from}: Of<'prometheus'>,
  parts: PerformParts,
  output: (text: string) => void,
  signal: AbortSignal,
): Promise<Outcome> {
  const startedAt = performance.now();
  output(`${query}\n`);
  const ask = askingIn(from, parts)(0);
  const table = await queryPrometheus(url, query, {ask, timeoutMs, signal});
  const durationMs = elapsedMs(startedAt);
  if (signal.aborted) return {kind: 'cancelled', detail: 'stopped', durationMs};
  if ('error' in table) {
    output(`${table.error}\n`);
    return {...refused('unreachable', table.error), durationMs};
  }
  output(textTable(table));
  return {kind: 'returned', tables: [table], durationMs};
}
