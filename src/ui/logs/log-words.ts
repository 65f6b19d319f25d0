/** Words of the log panel: its title, and what it says when it shows no line. */
import type {LogSource} from '../../text/log-text.ts';
import {displayWidth, wrap} from '../../text/width.ts';
import {grouped} from '../widgets/pane-words.ts';
import type {TextWriter} from '../widgets/themed-text.ts';
import type {Filtering} from './filter-row.ts';

const NO_LOG_HINT = 'A step that tails a log opens it here; so does every entry under logs: in the bindings file.';

// The keys that switch are the brackets around the one that is shown.
export function tabs(
  sources: readonly LogSource[],
  shown: LogSource | undefined,
  columns: number,
  writer: TextWriter,
): string {
  if (shown === undefined) return 'Logs';
  if (sources.length === 1) return writer.plain(shown.title);
  const all = sources
    .map(each => (each === shown ? `[${each.title}]` : `${each.up ? '' : '!'}${each.title}`))
    .join('  ');
  const place = sources.indexOf(shown) + 1;
  return writer.plain(all.length <= columns / 2 ? all : `[${shown.title}] ${place}/${sources.length}`);
}

/** `1 204 lines/s · /ERROR 3/41 · PAUSED · 30 new`. Where room is short, the rate is left out first. */
export function rightTitle(
  source: LogSource | undefined,
  [search = '', stand = '']: readonly string[],
  room: number,
): string {
  if (source === undefined) return '';
  const unit = Math.round(source.linesPerSecond) === 1 ? 'line/s' : 'lines/s';
  const rate = source.linesPerSecond < 0.5 ? '' : `${grouped(source.linesPerSecond)} ${unit}`;
  const rest = stand === 'following' ? [] : [stand];
  const texts = [
    [rate, search, stand],
    [search, stand],
    [search, ...rest],
  ].map(parts => parts.filter(part => part !== '').join(' · '));
  return texts.find(text => displayWidth(text) <= room) ?? (search === '' ? stand : search);
}

/** The lines of a bindings file that fill the panel. */
const LOG_LINES = ['logs:', '  error: { on: HOST, tail: /var/log/NAME/error.log }'];

export function emptyText(
  source: LogSource | undefined,
  total: number,
  filtering: Filtering | undefined,
  writer: TextWriter,
): string[] {
  if (source === undefined) {
    return [
      writer.write('text', 'No log is followed yet.'),
      ...wrap(NO_LOG_HINT, writer.width).map(row => writer.write('muted', row)),
      '',
      ...LOG_LINES.map(row => writer.write('command', row)),
    ];
  }
  if (total === 0)
    return [
      writer.write(
        'muted',
        source.up
          ? `${source.title} is open; no line has come yet`
          : `connecting to ${source.title} ${writer.glyphs.ellipsis}`,
      ),
    ];
  if (filtering === undefined || filtering.busy) return [];
  return [
    writer.write('text', `None of ${grouped(total)} lines passes the filter.`),
    `${writer.write('key', '&')} ${writer.write('muted', 'keeps more lines')}  ${writer.write('key', 'F')} ${writer.write('muted', 'lists the filters')}  ${writer.write('key', 'Esc')} ${writer.write('muted', 'takes the newest away')}`,
  ];
}
