/** The last lines of a record, by which `report --verify` finds the journal that it belongs to. */
import {createHash} from 'node:crypto';
import type {Seal} from './record-source.ts';

/** A record with its seal as the last line. Without a journal there is nothing to seal. */
export function sealedText(text: string, seal: Seal | undefined): string {
  if (seal === undefined) return text;
  const above = `${text.trimEnd()}\n\n`;
  return `${above}${sealLine(seal, digest(above))}\n`;
}

/** `Sealed: 141 events, journal checksum 8f…, written by tminus 1.2.0, checksum of all above 03…` */
function sealLine({events, checksum, program}: Seal, above: string): string {
  return `Sealed: ${events} events, journal checksum ${checksum}, written by ${program}, checksum of all above ${above}`;
}

const SEAL =
  /^Sealed: (\d+) events, journal checksum ([0-9a-f]{32}), written by (.+), checksum of all above ([0-9a-f]{64})$/gm;

/** What a record says of itself; undefined for a file that is none, or that somebody has cut. */
export function readSeal(file: string): (Seal & {isIntact: boolean}) | undefined {
  // The checklist itself may hold such a line.
  const found = [...file.matchAll(SEAL)].at(-1);
  const [, events, checksum, program, above] = found ?? [];
  if (found === undefined || checksum === undefined || program === undefined) return undefined;
  return {events: Number(events), checksum, program, isIntact: digest(file.slice(0, found.index)) === above};
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
