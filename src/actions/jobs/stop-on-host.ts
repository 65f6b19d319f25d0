/** Has a text that stops a job run on its host, however long that takes to be reached. */
import {setTimeout as pause} from 'node:timers/promises';
import type {Shell} from '../shell.ts';
import {runShort} from '../short-command.ts';
import {FIRST_DELAY_MS, nextDelay} from '../waiting.ts';

export const STOP_TIMEOUT_MS = 15_000;

/** All are asked at each attempt. `text`: none while it is not known yet what to stop. */
export type Stopping = {shell(): Shell; text(): string | undefined; isOver(): boolean};

export async function stopOnHost({shell, text, isOver}: Stopping): Promise<void> {
  for (let delayMs = FIRST_DELAY_MS; !isOver(); delayMs = nextDelay(delayMs)) {
    const now = text();
    const reached = now === undefined ? undefined : runShort(shell(), now, STOP_TIMEOUT_MS);
    if ((await reached?.catch(() => undefined)) !== undefined) return;
    await pause(delayMs);
  }
}
