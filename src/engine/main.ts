/** The engine's own process: `engine RUN_DIRECTORY [--only-rollback]`. Writes to engine.log; consoles come by the socket. */

import {once} from 'node:events';
import {chmodSync, existsSync, rmSync, writeFileSync} from 'node:fs';
import module from 'node:module';
import {Socket} from 'node:net';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {readIntentText} from '../attach/client-message.ts';
import {serve} from '../attach/server.ts';
import {programText} from '../commands/command-line/program-name.ts';
import {LEDGER_VARIABLE, mayHaveLedger} from '../commands/settings/settings-path.ts';
import {acquireLock} from '../journal/lock.ts';
import {logAhead, socketPath} from '../journal/run-directory.ts';
import {createRedactor} from '../journal/secrets/redact.ts';
import {secretsIn} from '../journal/secrets/secrets.ts';
import type {Lease} from '../ledger/lease.ts';
import type {TeamConsoles, TeamHost} from '../ledger/team-consoles.ts';
import type {TextOptions} from '../ledger/text-outbox.ts';
import {emptyBindings} from '../plan/plan.ts';
import {REDACTED} from '../plan/script.ts';
import {INSIDE} from '../rehearsal/own/box/box-plan.ts';
import {EXIT} from '../run/exit-codes.ts';
import {withoutControls} from '../text/unsafe-signs.ts';
import {type EngineOptions, LIBRARY_SETTINGS, lockKey, readOptions, SECRET_VALUES, STARTER} from './opening/options.ts';
import {planCache} from './opening/plan-cache.ts';
import {InvalidRun, UnequippedRun} from './opening/why-not-run.ts';
import {keepProgram} from './program-in-memory.ts';
import {runEngine} from './run-engine.ts';
import {lostText, type RunLease} from './team/hold-lease.ts';
import {TakenOverRun} from './team/take-over.ts';

/** A lease that is not given back ends by itself. */
const GIVE_BACK_MS = 2000;
/** The end of what steps print is there for who watches; not at any price. */
const LAST_TEXT_MS = 2000;
/** When what the start needs has been compiled. */
const KEEP_COMPILED_MS = 5000;

const [runDirectory = '', ...flags] = process.argv.slice(2);
const secretValues = readSecretValues();
/** Programs that are started here do not get the ledger's password. */
const ledgerEnv = {...process.env};
delete process.env[LEDGER_VARIABLE];
/** The umask of the person who started it: files that local steps make get the same modes as in that person's shell. */
const umask = process.umask(0o077);
// A hang-up of the terminal it was started from is no reason to stop a deploy.
process.on('SIGHUP', () => {});

// The compile cache is for this process alone. It is written soon, because a run lasts for hours: the next engine should
// not have to wait for its end to start faster.
delete process.env['NODE_COMPILE_CACHE'];
// These settings of the C library are for this process alone, too.
for (const name of Object.keys(LIBRARY_SETTINGS)) delete process.env[name];
setTimeout(() => module.flushCompileCache(), KEEP_COMPILED_MS).unref();

main().catch(error => {
  const because = [InvalidRun, UnequippedRun, TakenOverRun].findIndex(kind => error instanceof kind);
  if (because !== -1) {
    console.error(clean(error.message));
    process.exit([EXIT.invalid, EXIT.unreachable, EXIT.lockHeld][because]);
  }
  fail(error);
});

// An error that nobody caught ends the engine, too; its text is redacted like any other.
process.on('uncaughtException', fail);

async function main(): Promise<void> {
  const starter = flags.includes(STARTER.flag) ? new Socket({fd: STARTER.descriptor}) : undefined;
  if (starter !== undefined && !(await isTold(starter))) {
    rmSync(logAhead(runDirectory), {force: true});
    process.exit(EXIT.succeeded);
  }
  const options = readOptions(runDirectory);
  if (options.box !== undefined && !existsSync(INSIDE)) {
    console.error(`run ${options.runId} was a rehearsal in a box, and its box is gone; nothing is done outside of it`);
    process.exit(EXIT.refused);
  }
  const {home, user, runId} = options;
  const holder = {user, host: hostname(), pid: process.pid, runId, since: Date.now()};
  const lock = await acquireLock(home, lockKey(options), holder);
  if ('held' in lock) {
    const {held} = lock;
    const since = new Date(held.since).toISOString();
    console.error(
      `this checklist is being run by ${held.user} on ${held.host} (run ${held.runId}, pid ${held.pid}, since ${since})`,
    );
    process.exit(EXIT.lockHeld);
  }
  const taken = await leaseOf(options, holder.host, lock);
  const path = socketPath(runDirectory);
  const pidFile = join(runDirectory, 'engine.pid');
  writeFileSync(pidFile, `${process.pid}\n`);
  const over = runEngine({
    runDirectory,
    options,
    onlyRollback: flags.includes('--only-rollback'),
    acceptDamage: flags.includes('--accept-damage'),
    secretValues,
    umask,
    env: process.env,
    cache: planCache(process.env),
    async attach(host) {
      const consoles = await serve({...host, runDirectory, socketPath: path, shared: options.group !== undefined});
      starter?.end('listening\n');
      return consoles;
    },
    ...(taken === undefined ? {} : {lease: taken}),
    async openLedger(ways) {
      const url = await ledgerOfTeam();
      return url === undefined
        ? undefined
        : (await import('../ledger/journal-outbox.ts')).startOutbox({
            url,
            runDirectory,
            secret: taken?.secret,
            ...ways,
          });
    },
    openTeamConsoles: host => teamConsoles(taken, {runId, host}),
    // Not needed before something goes wrong.
    writeIncident: async facts => (await import('../report/incident/incident-draft.ts')).incidentTexts(facts),
    onGreeted: () => void keepProgram(import.meta.url),
    async onClosed({plan, state, events, last}) {
      // Not needed before the end, and slow to load.
      const {record} = await import('../report/record/record-markdown.ts');
      const report = join(runDirectory, 'report.md');
      const seal = {events: last.seq, checksum: last.sum, program: programText()};
      writeFileSync(report, record({plan, state, events, seal}));
      if (options.group !== undefined) chmodSync(report, 0o640);
    },
  });
  // Also of a run that could not begin: the next one would wait for its end.
  await over.finally(() => taken?.lease.giveBack(GIVE_BACK_MS));
  await lock.release();
  rmSync(path, {force: true});
  // Last: whoever started this engine waits for it, and may start the next run at once.
  rmSync(pidFile, {force: true});
  process.exit(EXIT.succeeded);
}

async function ledgerOfTeam(): Promise<string | undefined> {
  if (!mayHaveLedger(ledgerEnv)) return undefined;
  const {ledgerUrl} = await import('../commands/settings/settings-file.ts');
  return ledgerUrl(ledgerEnv);
}

type Taken = RunLease & {lease: Lease; secret: string; url: string};

/** Consoles on other machines; nothing without a ledger. */
async function teamConsoles(
  taken: Taken | undefined,
  {runId, host}: {runId: string; host: TeamHost & Pick<TextOptions, 'sources'>},
): Promise<TeamConsoles | undefined> {
  if (taken === undefined) return undefined;
  const of = {url: taken.url, secret: taken.secret, runId};
  const [{serveTeamConsoles}, {startTextOutbox}] = await Promise.all([
    import('../ledger/team-consoles.ts'),
    import('../ledger/text-outbox.ts'),
  ]);
  const text = startTextOutbox({...of, runDirectory, sources: host.sources});
  const consoles = serveTeamConsoles({...of, host, watched: text.watched, read: readIntentText});
  return {close: async () => void (await Promise.all([consoles.close(), text.close(LAST_TEXT_MS)]))};
}

/** Across the machines of a team; nothing without a ledger, nor for what is not copied there. Ends this engine where another has it. */
async function leaseOf(
  options: EngineOptions,
  host: string,
  lock: {release(): Promise<void>},
): Promise<Taken | undefined> {
  if (options.dryRun || options.aloneMsMax !== undefined) return undefined;
  const url = await ledgerOfTeam();
  if (url === undefined) return undefined;
  const [{takeLease}, {leaseFile}] = await Promise.all([import('../ledger/lease.ts'), import('./team/lease-file.ts')]);
  const {checklist, secret} = leaseFile(runDirectory, options);
  const lease = await takeLease({url, key: checklist, run: {id: options.runId, host, user: options.user}, secret});
  if (lease.first.kind !== 'lost') return {checklist, lease, secret, url};
  const {holder} = lease.first;
  const ends = `its lease ends in ${Math.ceil(holder.endsInMs / 1000)} s unless it is renewed`;
  console.error(`${lostText(holder)}; ${ends}`);
  await lease.giveBack(0);
  await lock.release();
  process.exit(EXIT.lockHeld);
}

/** The command that started this engine may end before it wants a run. */
async function isTold(starter: Socket): Promise<boolean> {
  // Later nobody may be listening any more.
  starter.on('error', () => {});
  const told = once(starter, 'data').then(() => true);
  return await Promise.race([told, once(starter, 'close').then(() => false)]);
}

/** They come in the environment, past the disk; no program that is started here inherits them. */
function readSecretValues(): Record<string, string> {
  const text = process.env[SECRET_VALUES];
  delete process.env[SECRET_VALUES];
  return text === undefined ? {} : (JSON.parse(text) as Record<string, string>);
}

function fail(error: unknown): never {
  console.error(clean(error instanceof Error ? (error.stack ?? error.message) : String(error)));
  process.exit(EXIT.internalError);
}

/** Without the bindings only what the environment and the command line hold can be known as secret. */
function clean(text: string): string {
  const known = Object.values(secretValues);
  const redactor = createRedactor([...known, ...secretsIn(emptyBindings, process.env)]);
  return withoutControls(redactor.text(text.replace(/(:\/\/[^\s/:@]*:)[^\s/]+@/g, `$1${REDACTED}@`)));
}
