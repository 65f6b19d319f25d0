/** The copy of a source of another machine: the newest lines that came without a gap, in a file that is read as any other. */
import {rmSync} from 'node:fs';
import {TextCleaner} from './clean-text.ts';
import {noteLinesGone, removePieces} from './file-pieces.ts';
import {keepLineTimes} from './line-times.ts';
import {SpoolWriter} from './line-writer.ts';
import type {TextPiece} from './newest-text.ts';
import {withoutLines} from './stored-source.ts';

export type TextCopy = {
  /** `cameAt`: when its first line came where it was printed, epoch ms. */
  add(piece: TextPiece & {cameAt: number}): void;
  /** The line behind the last one. */
  lines(): number;
  /** The first one that is here. */
  firstLine(): number;
  close(): void;
};

/** The newest so much is kept: nobody looks at the disk of a machine that only watches. */
const BYTES_MAX = 64 * 1024 * 1024;
const FILE_MODE = 0o600;

export function openTextCopy(path: string, timesPath: string): TextCopy {
  let writer: SpoolWriter | undefined;
  let bytes = 0;
  let now = 0;

  function begun(line: number): SpoolWriter {
    if (line > 0) noteLinesGone(path, {line, offset: bytes});
    return new SpoolWriter(
      path,
      BYTES_MAX,
      FILE_MODE,
      keepLineTimes(timesPath, FILE_MODE, () => now),
    );
  }

  /** What is here would be counted wrongly behind a gap. Bytes are never counted twice: readers know by that. */
  function begunAnew(old: SpoolWriter, line: number): SpoolWriter {
    old.close();
    removePieces(path);
    rmSync(path, {force: true});
    bytes += 1;
    return begun(line);
  }

  return {
    add({cameAt, ...piece}) {
      const {firstLine, lines} = piece;
      const content = safeText(piece);
      if (content === undefined) return;
      now = cameAt;
      writer ??= begun(firstLine);
      if (firstLine > writer.lines) writer = begunAnew(writer, firstLine);
      const known = writer.lines - firstLine;
      if (known >= lines) return;
      const fresh = withoutLines(content, known);
      writer.add({content: fresh, count: lines - known});
      writer.flush();
      bytes += Buffer.byteLength(fresh);
    },
    lines: () => writer?.lines ?? 0,
    firstLine: () => writer?.firstLine ?? 0,
    close: () => writer?.close(),
  };
}

/** Other programs may have written it: no more than an engine does may reach the terminal. Undefined when it is not so many lines. */
function safeText({content, lines}: TextPiece): string | undefined {
  const text = new TextCleaner().write(content.toString('utf8')).replaceAll(/[\r\t]/g, ' ');
  return text.endsWith('\n') && text.split('\n').length - 1 === lines ? text : undefined;
}
