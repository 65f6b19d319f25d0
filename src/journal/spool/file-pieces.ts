/** The file of one source and the older pieces of it: one run of bytes and lines, of which the oldest may be gone. */
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import {basename, dirname, join} from 'node:path';
import type {Place} from './line-index.ts';

/** What came before the file itself. It is never written to again. */
type Piece = {path: string; from: Place; to: Place};

export type Pieces = {
  /** Where the oldest line begins that is kept. */
  first(): Place;
  /** Bytes so far, with those that are gone. */
  size(): number;
  /** As `readSync`; nothing where the bytes are gone, or not there yet. May end short of `length`. */
  read(buffer: Buffer, at: number, length: number, position: number): number;
  /** Takes in that the file was set aside for a new one, or that pieces are gone. */
  look(): void;
  close(): void;
};

const START: Place = {line: 0, offset: 0};
/** The newest file is set aside this seldom that looking again is enough. */
const LOOKS_MAX = 10;

/** Undefined while there is no such file. */
export function openPieces(path: string): Pieces | undefined {
  let seen = lookAt(path);
  if (seen === undefined) return undefined;

  function look(again = false): void {
    if (seen === undefined || (!again && seen.inode === inodeOf(path))) return;
    const now = lookAt(path);
    // In the middle of being set aside: what is known goes on to hold.
    if (now === undefined) return;
    close();
    seen = now;
  }

  function close(): void {
    if (seen?.descriptor !== undefined) closeSync(seen.descriptor);
    seen = undefined;
  }

  function readOlder(buffer: Buffer, at: number, length: number, position: number): number {
    const piece = seen?.older.find(({from, to}) => position >= from.offset && position < to.offset);
    if (piece === undefined) return 0;
    // The file is not kept open: a dropped piece must free its room at once, even when somebody has looked at it.
    const descriptor = openForReading(piece.path);
    if (descriptor === undefined) {
      look(true);
      return 0;
    }
    const wanted = Math.min(length, piece.to.offset - position);
    const got = readSync(descriptor, buffer, at, wanted, position - piece.from.offset);
    closeSync(descriptor);
    return got;
  }

  return {
    first: () => seen?.older[0]?.from ?? seen?.from ?? START,
    size: () => (seen === undefined ? 0 : seen.from.offset + sizeOf(seen.descriptor)),
    read(buffer, at, length, position) {
      if (seen === undefined) return 0;
      if (position < seen.from.offset) return readOlder(buffer, at, length, position);
      if (seen.descriptor === undefined) return 0;
      return readSync(seen.descriptor, buffer, at, length, position - seen.from.offset);
    },
    look: () => look(),
    close,
  };
}

/** Where the file itself begins, after the pieces before it. */
export function beginningOf(path: string): Place {
  return piecesOf(path).at(-1)?.to ?? START;
}

/** The oldest line that is kept. */
export function firstLineOf(path: string): number {
  return (piecesOf(path)[0]?.from ?? START).line;
}

/** Before anything is written: lines before this place were kept elsewhere, and are gone here. */
export function noteLinesGone(path: string, {line, offset}: Place): void {
  writeFileSync(`${path}.${line}-${line}.${offset}-${offset}`, '', {mode: 0o600});
}

export function removePieces(path: string): void {
  for (const piece of everyPiece(path)) rmSync(piece.path, {force: true});
}

/** The file becomes the newest of the older pieces; false where the system refuses, and it goes on as it is. */
export function setAside(path: string, from: Place, to: Place): boolean {
  try {
    renameSync(path, `${path}.${from.line}-${to.line}.${from.offset}-${to.offset}`);
    return true;
  } catch {
    return false;
  }
}

/** Drops the pieces that end at or before this byte. What cannot be removed is tried again with the next. */
export function dropOlder(path: string, offset: number): void {
  const least = Math.max(offset, piecesOf(path)[0]?.from.offset ?? 0);
  for (const piece of everyPiece(path)) {
    if (piece.to.offset > least) return;
    try {
      rmSync(piece.path, {force: true});
    } catch {
      return;
    }
  }
}

/** `error.log.FROM-TO.FROM-TO`: lines, and bytes. */
const NAME = /^\.(\d+)-(\d+)\.(\d+)-(\d+)$/;

/** Oldest first. Behind one that is missing there is nothing to be read by its number any more. */
function piecesOf(path: string): readonly Piece[] {
  const found = everyPiece(path);
  const gap = found.findLastIndex((piece, index) => index > 0 && found[index - 1]?.to.offset !== piece.from.offset);
  return gap === -1 ? found : found.slice(gap);
}

function everyPiece(path: string): readonly Piece[] {
  const directory = dirname(path);
  const name = basename(path);
  const found = namesIn(directory).flatMap((entry): Piece[] => {
    const [, ...places] = (entry.startsWith(name) ? NAME.exec(entry.slice(name.length)) : null) ?? [];
    const [fromLine, toLine, from, to] = places.map(Number);
    if (fromLine === undefined || toLine === undefined || from === undefined || to === undefined) return [];
    return [{path: join(directory, entry), from: {line: fromLine, offset: from}, to: {line: toLine, offset: to}}];
  });
  return found.toSorted((a, b) => a.to.offset - b.to.offset);
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

type Seen = {
  older: readonly Piece[];
  from: Place;
  /** Undefined for the moment between two files. */
  descriptor: number | undefined;
  inode: number | undefined;
};

/** What belongs together. Undefined when there is nothing, or while it changes. */
function lookAt(path: string): Seen | undefined {
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    const descriptor = openForReading(path);
    const older = piecesOf(path);
    const inode = descriptor === undefined ? undefined : fstatSync(descriptor).ino;
    if (inode === inodeOf(path)) {
      if (descriptor === undefined && older.length === 0) return undefined;
      return {older, from: older.at(-1)?.to ?? START, descriptor, inode};
    }
    if (descriptor !== undefined) closeSync(descriptor);
  }
  return undefined;
}

function openForReading(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch {
    return undefined;
  }
}

function inodeOf(path: string): number | undefined {
  return statSync(path, {throwIfNoEntry: false})?.ino;
}

function sizeOf(descriptor: number | undefined): number {
  return descriptor === undefined ? 0 : fstatSync(descriptor).size;
}
