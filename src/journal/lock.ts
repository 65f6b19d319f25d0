/** One live run per checklist and bindings: the lock that a run holds. */
import {createHash, randomUUID} from 'node:crypto';
import {mkdir, readdir, readFile, rename, rm, stat, writeFile} from 'node:fs/promises';
import {hostname} from 'node:os';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';

/** Who holds it: shown to those who do not get it. `since`: epoch ms. */
export type Holder = {user: string; host: string; pid: number; runId: string; since: number};

/**
 * A lock is a directory of claims, one file per claimant under a name that is never used again. Who wants the lock
 * puts a claim there and then looks: alone, it holds the lock; otherwise it withdraws. Of two claimants the later one
 * always sees the earlier, so two can never hold it, and a dead one's claim can be removed by anybody at any time.
 */
export type Lock = {release(): Promise<void>} | {held: Holder};

type Claim = {name: string; holder: Holder; identity: ProcessIdentity; settled: boolean};

/** Longer than any claimant needs to look around and withdraw, unless it was stopped in the middle. */
const PATIENCE_MS = 3000;
const LOOK_AGAIN_MS = 10;
const CLAIM = '.claim';
const DRAFT = '.draft';
/** Nobody needs as long to rename a file. */
const DRAFT_MS_MAX = 60_000;
const SETTLED = '.held';

/** `key` names what is locked, e.g. the absolute paths of checklist and bindings. */
export async function acquireLock(home: string, key: string, holder: Holder): Promise<Lock> {
  const directory = join(home, 'locks', createHash('sha256').update(key).digest('hex').slice(0, 24));
  await mkdir(directory, {recursive: true, mode: 0o700});
  const name = await announce(directory, holder);
  const withdraw = () => removeClaim(directory, name);
  for (let waitedMs = 0; ; waitedMs += LOOK_AGAIN_MS) {
    const others = (await liveClaims(directory)).filter(claim => claim.name !== name);
    if (others.length === 0) {
      await writeFile(join(directory, name + SETTLED), '', {mode: 0o600});
      return {release: withdraw};
    }
    const first = others.find(claim => claim.settled) ?? smallest(others);
    // Among those who have only just claimed, the smallest name stays and waits for the others to leave.
    if (first.settled || first.name < name || waitedMs >= PATIENCE_MS) {
      await withdraw();
      return {held: (await settledClaim(directory, first)).holder};
    }
    await sleep(LOOK_AGAIN_MS);
  }
}

/** Appears whole or not at all, because it is renamed into place. */
async function announce(directory: string, holder: Holder): Promise<string> {
  const name = randomUUID();
  const identity = await processIdentity(holder.pid);
  const draft = join(directory, name + DRAFT);
  await writeFile(draft, JSON.stringify({holder, identity}), {mode: 0o600, flag: 'wx'});
  await rename(draft, join(directory, name + CLAIM));
  return name;
}

async function liveClaims(directory: string): Promise<Claim[]> {
  const files = await readdir(directory);
  await removeLeftovers(directory, files);
  const claims: Claim[] = [];
  for (const file of files.filter(file => file.endsWith(CLAIM))) {
    const name = file.slice(0, -CLAIM.length);
    const claim = await readClaim(directory, name, files.includes(name + SETTLED));
    if (claim === undefined) continue;
    if (await isAlive(claim.holder.host, claim.holder.pid, claim.identity)) claims.push(claim);
    else await removeClaim(directory, name);
  }
  return claims;
}

async function readClaim(directory: string, name: string, settled: boolean): Promise<Claim | undefined> {
  try {
    const {holder, identity} = JSON.parse(await readFile(join(directory, name + CLAIM), 'utf8'));
    return {name, holder, identity, settled};
  } catch {
    // Withdrawn between listing and reading. A damaged one cannot name a holder and holds nothing.
    return undefined;
  }
}

/** The one that won, when several claimed at the same moment. */
async function settledClaim(directory: string, otherwise: Claim): Promise<Claim> {
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += LOOK_AGAIN_MS) {
    const claims = await liveClaims(directory);
    const settled = claims.find(claim => claim.settled);
    if (settled !== undefined || claims.length === 0) return settled ?? otherwise;
    await sleep(LOOK_AGAIN_MS);
  }
  return otherwise;
}

/** Removes what claimants left that ended in the middle of claiming. */
async function removeLeftovers(directory: string, files: readonly string[]): Promise<void> {
  for (const file of files.filter(one => one.endsWith(DRAFT))) {
    const {mtimeMs} = await stat(join(directory, file)).catch(() => ({mtimeMs: Date.now()}));
    if (Date.now() - mtimeMs > DRAFT_MS_MAX) await rm(join(directory, file), {force: true});
  }
}

async function removeClaim(directory: string, name: string): Promise<void> {
  await rm(join(directory, name + SETTLED), {force: true});
  await rm(join(directory, name + CLAIM), {force: true});
}

function smallest(claims: readonly Claim[]): Claim {
  return claims.reduce((least, claim) => (claim.name < least.name ? claim : least));
}

/** Tells a process from a later one that was given the same number. Empty strings where the system has no /proc: there the number alone must do. */
type ProcessIdentity = {boot: string; startedTicks: string};

async function processIdentity(pid: number): Promise<ProcessIdentity> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return {boot: boot.trim(), startedTicks: startTicks(stat)};
}

/** A process on another host cannot be looked at from here: it counts as alive. */
async function isAlive(host: string, pid: number, identity: ProcessIdentity): Promise<boolean> {
  if (host !== hostname()) return true;
  if (!isRunning(pid)) return false;
  const now = await processIdentity(pid);
  return now.boot === identity.boot && now.startedTicks === identity.startedTicks;
}

function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process exists all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Field 22 of /proc/PID/stat. The second field, the program's name, may itself hold spaces and brackets. */
function startTicks(stat: string): string {
  const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A zombie has a number, but it holds nothing any more.
  if (state === 'Z' || state === 'X') return 'ended';
  return rest[18] ?? '';
}
