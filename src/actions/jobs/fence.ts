/** The fence of a checklist on a host: the text by which a job is refused where a run with a higher number has been. */
import {createHash} from 'node:crypto';
import {quoteForShell as quote} from '../../plan/script.ts';
import type {Fence} from '../shell.ts';
import {shellText} from './shell-text.ts';

const KEY_LENGTH = 24;

/**
 * What an engine that takes a run over does on a host. Jobs of the run begin with `prefix`, and `first` was its first
 * number. `raise`: puts the number up; otherwise it only looks.
 */
export type Raising = {fence: Fence; prefix: string; first: number; raise: boolean};

/**
 * What came of it. `account`: as whom it is there. `looked`: nothing was put up; `higher`: another engine came before;
 * `unkept`: no number can be kept there. `seen`: the run has been there, as this account.
 */
export type Raised = {host: string} & (
  | {how: 'raised' | 'looked' | 'unkept'; account: string; seen: boolean}
  | {how: 'higher'; account: string; seen: boolean; number: number}
  | {how: 'unreachable'; detail: string}
);

/** Safe in a path. */
export function fenceKey(checklist: string): string {
  return createHash('sha256').update(checklist).digest('hex').slice(0, KEY_LENGTH);
}

/** Needs the texts of job-directories.sh and `_tm_home`. Empty without a fence: nothing is kept of it then, and nothing looked at. */
export function fenceText(fence: Fence | undefined): string {
  if (fence === undefined) return '';
  return `_tm_key=${quote(fence.key)} _tm_number=${fence.number}\n${shellText.fence}`;
}

/** Ends a text without having done anything where a higher number is up. */
export function unlessFenced(fence: Fence | undefined): string {
  if (fence === undefined) return '';
  return `${fenceText(fence)}\n_tm_spares; _tm_look_at_fence; [ -z "$_tm_fenced" ] || exit 0`;
}

/** What the text of `raiseText` has printed on the host. */
export function readRaised(host: string, output: string): Raised {
  const lines = new Map(output.split('\n').map(line => [line.split(' ')[0] ?? '', line.slice(line.indexOf(' ') + 1)]));
  const account = lines.get('account');
  if (account === undefined) return {host, how: 'unreachable', detail: 'it did not say as whom T-Minus is there'};
  const there = {host, account, seen: lines.has('seen')};
  const higher = lines.get('higher');
  if (higher !== undefined) return {...there, how: 'higher', number: Number(higher)};
  return {...there, how: lines.has('raised') ? 'raised' : lines.has('unkept') ? 'unkept' : 'looked'};
}
