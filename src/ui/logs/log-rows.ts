/** The rows of a log as they stand on the screen: the name of the log where there are several, the time, the line. */
import type {LogSource} from '../../text/log-text.ts';
import {displayWidth, fitTo} from '../../text/width.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {Lines, visibleRows} from '../widgets/scroll-view.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import type {MergedLogs} from './merged-log.ts';
import {type TimeSettings, timeCell, timeOfLine} from './time-column.ts';

const NAME_COLUMNS_MAX = 12;
const COLOURS: readonly ThemeToken[] = ['log.source.1', 'log.source.2', 'log.source.3', 'log.source.4', 'log.source.5'];

/** Names in front of the lines of several logs. `width`: with the space behind them. */
export type Names = {width: number; cellOf(index: number): string};

/** In the order in which they were opened, so that a log keeps its colour. */
export function namesOf(merged: MergedLogs, sources: readonly LogSource[], writer: TextWriter): Names {
  const most = Math.min(NAME_COLUMNS_MAX, Math.floor(writer.width / 4));
  const columns = Math.min(most, Math.max(0, ...sources.map(({id}) => displayWidth(id))));
  const cells = new Map(
    sources.map(({id}, index) => [
      id,
      writer.write(COLOURS[index % COLOURS.length] ?? 'text', fitTo(writer.plain(id), columns, writer.glyphs.ellipsis)),
    ]),
  );
  const none = ' '.repeat(columns);
  return {width: columns + 1, cellOf: index => cells.get(merged.at(index)?.source ?? '') ?? none};
}

type Seen = ReturnType<typeof visibleRows>;
type Columns = {names?: Names | undefined; settings: TimeSettings; zoneOf(index: number): number};

/** Names and times stand before the first row of their lines. */
export function logRows(seen: Seen, lines: Lines, {names, settings, zoneOf}: Columns, writer: TextWriter): string[] {
  const numberOf = (index: number) => lines.numberOf?.(index) ?? index;
  const timeOf = (raw: string, number: number) => timeOfLine(raw, {now: settings.now, zoneMs: zoneOf(number)});
  const [above] = settings.mode === 'delta' && seen.top > lines.from ? lines.read(seen.top - 1, 1) : [];
  let before = above === undefined ? undefined : timeOf(above, numberOf(seen.top - 1));
  return seen.rows.map(({raw, part, text, number}) => {
    const cells: string[] = [];
    if (names !== undefined) cells.push(part > 0 ? ' '.repeat(names.width - 1) : names.cellOf(number));
    if (settings.mode !== 'off') {
      const time = part > 0 ? undefined : timeOf(raw, number);
      cells.push(writer.write('log.time', timeCell(time, before, settings)));
      before = time ?? before;
    }
    return [...cells, text].join(' ');
  });
}
