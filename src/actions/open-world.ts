/** The real world: shells here and on hosts, databases and HTTP, over pooled connections. */
import {type Place, quoteForShell as quote} from '../plan/script.ts';
import type {Proof, Request} from '../run/request.ts';
import {compact} from '../text/compact.ts';
import {runInShell} from './http/curl-there.ts';
import {prepareHttp} from './http/http.ts';
import {askFrom} from './http/request-route.ts';
import {type Raised, type Raising, readRaised} from './jobs/fence.ts';
import {canKeepText, forgetText, raiseText} from './jobs/job-control-text.ts';
import {messageOf} from './link-error.ts';
import {follow} from './logs/follow-log.ts';
import {performRequest} from './perform-request.ts';
import {type Reach, reachThrough} from './reach.ts';
import {keepAnswers} from './remembered-answers.ts';
import type {Shell} from './shell.ts';
import {inDirectory, proveAll, readAll, runShort} from './short-command.ts';
import {type Lane, openConnections} from './ssh/connection-pool.ts';
import {withGroups} from './with-groups.ts';
import type {World, WorldOptions} from './world.ts';

const LOST_AFTER_MS = 15 * 60_000;
const FORGET_WITHIN_MS = 10_000;
const RAISE_WITHIN_MS = 15_000;
/** With a person who may be asked to let us in. */
const RAISE_ASKED_WITHIN_MS = 5 * 60_000;

function placeOf(request: Request): Place | undefined {
  return 'from' in request ? request.from?.place : 'place' in request ? request.place : undefined;
}

export function openWorld(options: WorldOptions): World {
  const {lostAfterMs = LOST_AFTER_MS} = options;
  const answers = keepAnswers(options.ask);
  const connections = openConnections(options, answers);
  const reach = reachThrough(connections, options, answers);
  const followed = new Set<{close(): void}>();

  const world: World = {
    perform(request, sink, signal, onAwaited) {
      // A step is a person's wish: what was refused in the background may be asked for it.
      const place = placeOf(request);
      if (place?.kind === 'host') connections.askAgain(place.host);
      const parts = {...reach, follow: world.follow, lostAfterMs, sent: options.sent, onAwaited};
      return performRequest(request, parts, sink, signal);
    },
    prove: async (place, lane, proofs) => (proofs.length === 0 ? {} : await prove(reach, place, lane, proofs)),
    read: async (place, lane, looks) => await readAll(reach.shellOf(place, lane), reach.homeOf(place), looks),
    async capture(place, command, timeoutMs) {
      const text = inDirectory(reach.homeOf(place), `eval ${quote(command)}`);
      const {code, output, errors} = await runShort(reach.shellOf(place, 'main'), text, timeoutMs);
      return {code, output: code === 0 ? output : output + errors};
    },
    follow(place, what, source, sink, onTrouble) {
      const output = (chunk: Buffer) => sink(source, chunk);
      const one = follow(reach.shellOf(place, 'main'), reach.homeOf(place), what, output, onTrouble);
      followed.add(one);
      return {
        position: one.position,
        close() {
          followed.delete(one);
          one.close();
        },
      };
    },
    async measure(request, timeoutMs) {
      const way = reach.wayOf(request.from ?? {kind: 'local'}, 'main');
      const answer = await askFrom({way, run: runInShell(way.shell)})(request, timeoutMs);
      if ('error' in answer) return compact({error: answer.error, unasked: answer.unasked});
      return {status: answer.status, body: answer.body, timing: answer.timing};
    },
    async query(name, sql, timeoutMs) {
      const database = reach.databaseOf(name);
      if (database === undefined) return {error: `no database is called ${name}`};
      const {querySql} = await import('./sql.ts');
      return await querySql(database, sql, timeoutMs, reach.tunnelOf(database));
    },
    hostsOf: async () => [],
    forgetLooks() {},
    reserve(hosts) {
      prepareHttp();
      for (const host of hosts) {
        const destination = reach.destinationOf(host);
        if (destination !== undefined) connections.keep(host, destination, 'rollback');
      }
    },
    askAgain: () => connections.askAgain(),
    async forget(place, prefix) {
      const shell = reach.shellOf(place, 'main');
      const text = forgetText(compact({id: prefix, directory: shell.jobsDirectory, fence: shell.fence?.()}));
      await runShort(shell, text, FORGET_WITHIN_MS);
    },
    raiseFence: (place, raising) => raiseOn(reach.shellOf(place, 'main'), raising, options.ask === undefined),
    async close() {
      for (const one of followed) one.close();
      await connections.close();
    },
  };
  return withGroups(world, options, lostAfterMs);
}

async function raiseOn(shell: Shell, raising: Raising, isAlone: boolean): Promise<readonly Raised[]> {
  const {name: host, jobsDirectory} = shell;
  try {
    const withinMs = isAlone ? RAISE_WITHIN_MS : RAISE_ASKED_WITHIN_MS;
    const {output} = await runShort(shell, raiseText(raising, jobsDirectory), withinMs);
    return [readRaised(host, output)];
  } catch (error) {
    return [{host, how: 'unreachable', detail: messageOf(error)}];
  }
}

async function prove(reach: Reach, place: Place, lane: Lane, proofs: readonly Proof[]): ReturnType<World['prove']> {
  const {shell, setting} = reach.wayOf(place, lane);
  // A request of the rollback is not to wait for it.
  if (lane === 'rollback') setting.prepare();
  return await proveAll(shell, reach.homeOf(place), proofs, keepingAskedOn(shell, lane));
}

/** Whether the rollback could begin: what would run on its lane needs more than its inputs. */
function keepingAskedOn({jobsDirectory}: Shell, lane: Lane): string | undefined {
  return lane === 'rollback' ? canKeepText(jobsDirectory) : undefined;
}
