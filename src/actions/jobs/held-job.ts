/** A job on the connection itself, where its place can keep nothing: it is sent once, whatever happens. */
import {randomUUID} from 'node:crypto';
import type {Shell} from '../shell.ts';
import {markedStream} from '../ssh/marked-stream.ts';
import {heldText, type JobPlace} from './job-control-text.ts';
import {isRefused, type JobRecord} from './job-record.ts';
import type {JobScript} from './job-script.ts';

/** What is run, and where; `why` nothing can be kept there. */
export type HeldJob = {script: JobScript; place: JobPlace; why: string};

/** `seen`: its record as far as it has come. `take` and `output` take in what arrives of either. */
export type HeldListener = {seen(): JobRecord; take(chunk: Buffer): void; output(chunk: Buffer): void};

/**
 * `why` nothing can be kept is said first, with what that costs. `dropped`: the link went first, and nobody will know how it ended. Throws `LinkError` when it cannot have begun.
 */
export async function runHeld(
  shell: Shell,
  {script, place, why}: HeldJob,
  listen: HeldListener,
): Promise<'finished' | 'dropped'> {
  const notice = `# nothing can be kept on ${shell.name}: ${why}
# held on the connection instead: if the link drops, nobody will know how it ended
`;
  listen.output(Buffer.from(notice));
  const mark = `tminus-held-${randomUUID()}`;
  const {promise: finished, resolve} = Promise.withResolvers<'finished'>();
  let isWhole = false;
  const check = () => {
    if (isWhole && listen.seen().done !== undefined) resolve('finished');
  };
  const end = () => {
    isWhole = true;
  };
  const output = markedStream(mark, {begin() {}, pass: listen.output, end});
  const running = await shell.start(heldText(script, mark, place), {
    out(chunk) {
      output(chunk);
      check();
    },
    err(chunk) {
      listen.take(chunk);
      if (isRefused(listen.seen())) resolve('finished');
      check();
    },
  });
  const how = await Promise.race([finished, running.ended.then(() => 'dropped' as const)]);
  running.release();
  return how;
}

/** TERM to its process group, KILL to what is left of it after five seconds. Absent before it has said who it is. */
export function cancelHeldText({pid}: JobRecord): string | undefined {
  if (pid === undefined) return undefined;
  return `kill -s TERM -- -${pid} 2>/dev/null
i=0; while kill -s 0 -- -${pid} 2>/dev/null && [ "$i" -lt 5 ]; do sleep 1; i=$((i+1)); done
kill -s KILL -- -${pid} 2>/dev/null; :`;
}
