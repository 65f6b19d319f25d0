/** Where in a followed file the next stay takes up, over rotations (tail says that one has been) and lost links. Pure. */
import type {FilePosition} from '../world.ts';

/** Bytes `offset … offset + size` of one file. What was rotated away meanwhile comes before the file that is followed. */
type Part = {inode: string; offset: number; size: number};

const LINE_FEED = 10;
/** This many bytes before a position tell its file from others. */
const LAST_BYTES = 64;
/**
 * How much of an unfinished line is kept, to know what stands before a position; the beginning of a longer line is lost.
 */
const KEPT_BYTES = 16_384;

export function positionInFile(from: FilePosition | undefined) {
  let parts: readonly Part[] = from === undefined ? [] : [{...from, size: Infinity}];
  let coming: Part[] = [];
  let read = 0;
  /** Up to the end of the last whole line; below zero when that was before this stay. */
  let readLines = 0;
  let newest: Buffer = Buffer.from(from?.last ?? '', 'hex');

  function positionAt(bytes: number): FilePosition | undefined {
    let left = bytes;
    for (const part of parts) {
      if (left < part.size) return withLast({offset: part.offset + left, inode: part.inode}, read - bytes);
      left -= part.size;
    }
    return undefined;
  }

  /** `behind`: how many of the bytes that have come are after the position. */
  function withLast(position: FilePosition, behind: number): FilePosition {
    const end = newest.length - behind;
    const last =
      end <= 0 ? '' : newest.subarray(Math.max(0, end - Math.min(LAST_BYTES, position.offset)), end).toString('hex');
    return last === '' ? position : {...position, last};
  }

  return {
    read(chunk: Buffer) {
      const last = chunk.lastIndexOf(LINE_FEED);
      if (last !== -1) readLines = read + last + 1;
      read += chunk.length;
      newest = Buffer.concat([newest, chunk.subarray(-KEPT_BYTES)]).subarray(-KEPT_BYTES);
    },
    /** Whether this line says where the stay begins. */
    hear(text: string): boolean {
      const part = /^@ part (\d+) (\d+) (\d+)$/m.exec(text);
      if (part !== null) coming.push({inode: part[1] ?? '', offset: Number(part[2]), size: Number(part[3])});
      const beginning = /^@ at (\d+) (\d*)$/m.exec(text);
      if (beginning !== null) {
        const begun = [...coming, {offset: Number(beginning[1]), inode: beginning[2] ?? '', size: Infinity}];
        // Anywhere else than where it was asked to go on it has found another file.
        if (begun[0]?.offset !== parts[0]?.offset) readLines = Math.max(0, readLines);
        parts = begun;
        coming = [];
      }
      // In these words tail says that it has begun another file under the same name.
      if (/has been replaced|has appeared|truncated/.test(text)) {
        parts = [{offset: 0, inode: '', size: Infinity}];
        newest = Buffer.alloc(0);
        read = 0;
        readLines = 0;
      }
      return beginning !== null;
    },
    resume(): FilePosition | undefined {
      const position = positionAt(read);
      if (position === undefined) return undefined;
      parts = [{inode: position.inode, offset: position.offset, size: Infinity}];
      coming = [];
      readLines -= read;
      read = 0;
      return position;
    },
    afterLastLine: () => positionAt(readLines),
  };
}
