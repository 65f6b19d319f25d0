/** Starts a rehearsal in a process of its own, and ends it. */
import {type ChildProcess, spawn} from 'node:child_process';
import {existsSync} from 'node:fs';
import {appendFile, mkdir, open, readdir, readFile, realpath, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Fault} from './faults.ts';
import {assetPath, layoutOf, markVariable} from './file-paths.ts';
import {processesOf, sweep, waitForExit} from './processes.ts';
import type {TargetMessage} from './target-process.ts';

/** A target in a box, running in a process of its own. */
export type Rehearsal = {
  /** Everything of the rehearsal is in here. */
  directory: string;
  /** Path of the checklist, byte for byte as it ships. */
  checklist: string;
  /** Path of the bindings that tie the checklist to the box. */
  bindings: string;
  /** The operator's clone; the bindings know it, so that the run may be started anywhere. */
  workstation: string;
  /**
   * The box lives while one of the processes it is kept for lives; the process that prepared it is the first. A path
   * names the file that holds a process id: whoever writes its own there keeps the box, and where one ended without
   * removing the file another may yet come, for a quarter of an hour.
   */
  keepFor(owner: number | string): Promise<void>;
  /** Ends the box and everything that was started in it. The directory stays. */
  stop(): Promise<void>;
};

export type RehearsalOptions = {directory: string; fault?: Fault; log?: (line: string) => void};

const stopTimeoutMs = 10_000;

/** Resolves when the old version answers. Throws when `directory` is taken or the box cannot be opened. */
export async function prepareRehearsal({directory, fault, log}: RehearsalOptions): Promise<Rehearsal> {
  const path = await claim(directory);
  const rehearsal = rehearsalAt(path);
  await rehearsal.keepFor(process.pid);
  const output = await open(layoutOf(path).targetLog, 'a');
  try {
    const entry = assetPath('target-process.js', 'target-process.ts');
    const child = spawn(process.execPath, [entry, path, ...(fault ? [fault] : [])], {
      cwd: path,
      detached: true,
      env: {...process.env, [markVariable]: path},
      stdio: ['ignore', output.fd, output.fd, 'ipc'],
    });
    await untilReady(child, log ?? (() => {}));
    child.disconnect();
    child.unref();
    return rehearsal;
  } catch (error) {
    await rehearsal.stop();
    throw error;
  } finally {
    await output.close();
  }
}

/** A rehearsal that is prepared already, perhaps by another process. */
export function rehearsalAt(directory: string): Rehearsal {
  const layout = layoutOf(directory);
  return {
    directory,
    checklist: layout.checklist,
    bindings: layout.bindings,
    workstation: layout.workstation,
    keepFor: owner => appendFile(layout.owners, `${owner}\n`),
    stop: async () => {
      // A box that ended by itself has taken its directory along.
      if (existsSync(layout.run)) await writeFile(layout.stop, '');
      const pid = Number(await readFile(layout.targetPid, 'utf8').catch(() => 'NaN'));
      // The number may be another process's by now: only one that carries the mark is waited for.
      if ((await processesOf(directory)).includes(pid)) await waitForExit(pid, stopTimeoutMs);
      await sweep(directory);
    },
  };
}

/** Makes the directory ready for use. One that is not empty is used only if an earlier rehearsal left it. */
async function claim(directory: string): Promise<string> {
  await mkdir(directory, {recursive: true});
  const path = await realpath(directory);
  const layout = layoutOf(path);
  const names = await readdir(path);
  if (names.length > 0 && !names.includes('rehearsal.json'))
    throw new Error(`${path} is not empty; a rehearsal needs a directory of its own`);
  const [running] = await processesOf(path);
  if (running !== undefined) throw new Error(`a rehearsal is running in ${path} (process ${running})`);
  for (const name of names) await rm(join(path, name), {recursive: true, force: true});
  await writeFile(layout.marker, `${JSON.stringify({madeBy: 'tminus rehearse', at: new Date().toISOString()})}\n`);
  await mkdir(layout.run, {recursive: true});
  return path;
}

function untilReady(child: ChildProcess, log: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', code => reject(new Error(`the rehearsal's target ended at its start (exit ${code})`)));
    child.on('message', (message: TargetMessage) => {
      if (message.type === 'said') log(message.line);
      else if (message.type === 'ready') resolve();
      else reject(new Error(message.because));
    });
  });
}
