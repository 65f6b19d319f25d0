/** Creates an issue with `gh`, the program of GitHub, as the person who is logged in there. */
import {spawn} from 'node:child_process';
import {accessSync, constants, statSync} from 'node:fs';
import {delimiter, join} from 'node:path';
import {oneLine} from '../../text/width.ts';

const PROGRAM = 'gh';
const TIMEOUT_MS = 60_000;
const SAID_MAX = 4000;
const DETAIL_MAX = 300;

/** Whether the program is on the path. */
export function hasGh(env: Readonly<Record<string, string | undefined>>): boolean {
  return (env['PATH'] ?? '')
    .split(delimiter)
    .some(directory => directory !== '' && isProgram(join(directory, PROGRAM)));
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

type Issue = {title: string; bodyFile: string; directory: string};

/**
 * In the repository of that directory. `detail`: the address of the issue, or why there is none. Tried once: of one that
 * was not seen to end nobody knows whether the issue is there.
 */
export async function createIssue({title, bodyFile, directory}: Issue): Promise<{created: boolean; detail: string}> {
  const {promise, resolve} = Promise.withResolvers<{created: boolean; detail: string}>();
  const child = spawn(PROGRAM, ['issue', 'create', '--title', title, '--body-file', bodyFile], {
    cwd: directory,
    // It must ask nobody: there is no terminal here.
    env: {...process.env, GH_PROMPT_DISABLED: '1', NO_COLOR: '1'},
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_MS,
  });
  const said = {out: '', err: ''};
  const hear = (stream: 'out' | 'err') => (chunk: Buffer) => {
    said[stream] = (said[stream] + chunk.toString('utf8')).slice(-SAID_MAX);
  };
  child.stdout.on('data', hear('out'));
  child.stderr.on('data', hear('err'));
  child.once('error', error => resolve({created: false, detail: `gh cannot be started: ${error.message}`}));
  child.once('close', (code, signal) => {
    if (code === 0) return resolve({created: true, detail: lastLine(said.out)});
    const how = code === null ? `ended by ${signal}; nobody knows whether the issue is there` : `exit ${code}`;
    resolve({created: false, detail: [`gh: ${how}`, lastLine(said.err)].filter(text => text !== '').join(': ')});
  });
  return await promise;
}

function lastLine(text: string): string {
  const line = text.trim().split('\n').at(-1) ?? '';
  return oneLine(line).slice(0, DETAIL_MAX);
}
