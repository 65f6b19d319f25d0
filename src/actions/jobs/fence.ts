/** The fence of a checklist on a host: the text by which a job is refused where a run with a higher number has been. */
import {createHash} from 'node:crypto';
import {quoteForShell as quote} from '../../plan/script.ts';
import type {Fence} from '../shell.ts';
import {shellText} from './shell-text.ts';

const KEY_LENGTH = 24;

/** Safe in a path. */
export function fenceKey(checklist: string): string {
  return createHash('sha256').update(checklist).digest('hex').slice(0, KEY_LENGTH);
}

/** Needs the texts of places.sh and `_tm_home`. Empty without a fence: nothing is kept of it then, and nothing looked at. */
export function fenceText(fence: Fence | undefined): string {
  if (fence === undefined) return '';
  return `_tm_key=${quote(fence.key)} _tm_number=${fence.number}\n${shellText.fence}`;
}

/** Ends a text without having done anything where a higher number is up. */
export function unlessFenced(fence: Fence | undefined): string {
  if (fence === undefined) return '';
  return `${fenceText(fence)}\n_tm_spares; _tm_look_at_fence; [ -z "$_tm_fenced" ] || exit 0`;
}
