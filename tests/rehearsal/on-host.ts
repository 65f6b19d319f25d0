/** The host of a rehearsal, used as an operator would use it. */
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {execa} from 'execa';
import {layoutOf} from '../../src/rehearsal/file-paths.ts';

/** A directory of its own, removed when the test is over. */
export async function temporaryDirectory(): Promise<AsyncDisposable & {path: string}> {
  const path = await mkdtemp(join(tmpdir(), 'tminus-rehearsal-'));
  return {path, [Symbol.asyncDispose]: () => rm(path, {recursive: true, force: true})};
}

/** Runs a command on the box's host with the real `ssh`, as an operator would. */
export async function onHost(directory: string, command: string, input = '') {
  const {sshConfig} = layoutOf(directory);
  const {exitCode, stdout, stderr} = await execa('ssh', ['-F', sshConfig, 'rehearsal-vps', command], {
    input,
    reject: false,
  });
  return {code: exitCode, stdout, stderr};
}

/** Where the service answers, as the bindings say it. */
export async function serviceOf(bindings: string): Promise<string> {
  return scalar(bindings, /your-api-domain\.com: "([^"]+)"/);
}

export async function databaseOf(bindings: string): Promise<string> {
  return scalar(bindings, /url: "(postgresql:[^"]+)"/);
}

async function scalar(bindings: string, pattern: RegExp): Promise<string> {
  const found = pattern.exec(await readFile(bindings, 'utf8'))?.[1];
  if (!found) throw new Error(`no ${pattern} in ${bindings}`);
  return found;
}

/** The seed's commands, one by one, as its lines 43-45, 87-98 and 300-329 have them. */
export function seedCommands(checkout: string) {
  return {
    backup: [
      `cd ${checkout} && git tag v1.0-pre-phase2`,
      `cd ${checkout} && cp -r apps/backend apps/backend.backup.$(date +%Y%m%d)`,
      `cd ${checkout} && cp .env .env.backup.$(date +%Y%m%d)`,
    ],
    deploy: [
      `cd ${checkout} && git stash`,
      `cd ${checkout} && git checkout main`,
      `cd ${checkout} && git pull origin main`,
      `cd ${checkout} && pip install -r requirements.txt`,
      'sudo systemctl restart myhibachi-api',
    ],
    rollback: [
      'sudo systemctl stop myhibachi-api',
      `cd ${checkout} && git checkout v1.0-pre-phase2`,
      `cd ${checkout} && cp .env.backup.$(date +%Y%m%d) .env`,
      `cd ${checkout} && pip install -r requirements.txt`,
      'sudo systemctl start myhibachi-api',
    ],
  };
}

/** Runs them in order; the codes they ended with. */
export async function runAll(directory: string, commands: readonly string[]): Promise<(number | undefined)[]> {
  const codes: (number | undefined)[] = [];
  for (const command of commands) codes.push((await onHost(directory, command)).code);
  return codes;
}

export async function health(service: string): Promise<{status: number; body: unknown}> {
  const answer = await fetch(`${service}/health`);
  return {status: answer.status, body: await answer.json()};
}

/** Sends one message; how long the answer took, ms. */
export async function sendMessage(service: string): Promise<{status: number; ms: number}> {
  const startedAt = performance.now();
  const answer = await fetch(`${service}/api/ai/chat`, {
    method: 'POST',
    headers: {'content-type': 'application/json'},
    body: '{"message": "Hello, test message", "customer_id": "test-123"}',
  });
  await answer.arrayBuffer();
  return {status: answer.status, ms: performance.now() - startedAt};
}
