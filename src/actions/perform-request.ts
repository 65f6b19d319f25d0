/** How the real world performs each kind of request, to its one outcome. */
import {unreachable} from '../plan/plan.ts';
import {type Place, quoteForShell as quote} from '../plan/script.ts';
import {type Outcome, refused} from '../run/outcome.ts';
import type {Origin, Request} from '../run/request.ts';
import {compact} from '../text/compact.ts';
import {runAsJob, runInShell, triesOf} from './http/curl-there.ts';
import {type Ask, performHttp, type SentRequests} from './http/http.ts';
import {askFrom} from './http/request-route.ts';
import {LinkError} from './link-error.ts';
import {performScript} from './perform-script.ts';
import {queryPrometheus} from './prometheus.ts';
import type {Reach} from './reach.ts';
import {runShort} from './short-command.ts';
import {textTable} from './sql-result-text.ts';
import type {OnWait} from './until-reached.ts';
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
        await reachOrigin(request.from, parts, signal);
        return await performHttp(request, askingIn(request.from, parts), output, signal);
      case 'tail':
        return await openTail(request, parts, sink, signal);
      case 'log':
        return refused('unsupported', 'a log is judged where its lines are kept');
      case 'prometheus':
        return await askPrometheus(request, parts, output, signal);
      default:
        return unreachable(request);
    }
  } catch (error) {
    if (!(error instanceof LinkError)) throw error;
    output(`${error.message}\n`);
    return {...refused(error.reason, error.message), durationMs: elapsedMs(startedAt)};
  }
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
  if (via !== undefined) {
    const place = {kind: 'host', host: via, destination: via} as const;
    await parts.reached(place, 'main', signal, waitingAt(place, parts));
  }
  const {performSql} = await import('./sql.ts');
  return await performSql(database, statements, compact({timeoutMs, output, signal, tunnel}));
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
    const look = await runShort(parts.shellOf(place, 'main'), `[ -r ${quote(file)} ]`, LOOK_TIMEOUT_MS);
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

async function reachOrigin(from: Origin | undefined, parts: PerformParts, signal: AbortSignal): Promise<void> {
  if (from !== undefined) await parts.reached(from.place, from.lane, signal, waitingAt(from.place, parts));
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
  await reachOrigin(from, parts, signal);
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
