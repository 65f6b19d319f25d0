/** A menu: one item is picked by its key, or by moving to it. An alarm stands beside what one decides by. */
import {useStore} from 'zustand';
import {useShallow} from 'zustand/react/shallow';
import {cut, displayWidth, wrap} from '../../text/width.ts';
import {advisedAction, advisedItem} from '../rules/alarm.ts';
import {trippedFigures, trippedForms} from '../rules/tripped-values.ts';
import type {Session} from '../session.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import type {Overlay} from '../view/overlay-state.ts';
import type {Menu, MenuItem} from '../view/prompt-types.ts';
import {advisedKey} from '../widgets/last-row.ts';
import {type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {asideOf, chosenRow, cursorRow, Frame, innerHeight, innerWidth, type OverlayStyle} from './frame.tsx';

const MENU_WIDTH = 72;

type MenuProps = OverlayStyle & {overlay: Extract<Overlay, {kind: 'menu'}>; session: Session};

export function MenuOverlay({overlay, session, ...style}: MenuProps) {
  const {menu, selected} = overlay;
  const {tripped, danger} = menu;
  const forms = useStore(
    session.run,
    useShallow(state => {
      const figures = tripped && trippedFigures(session.plan, state, tripped);
      return figures === undefined ? [] : trippedForms(figures);
    }),
  );
  const advised = useStore(session.run, state => advisedItem(menu, advisedAction(session.plan, state)));
  const aside = danger === true ? asideOf(style) : undefined;
  const inner = aside?.columns ?? innerWidth(style.columns, MENU_WIDTH);
  const height = aside?.rows ?? innerHeight(style);
  const writer = textWriter(style.theme, style.glyphs, inner);
  const items = itemsRows(menu, {selected, advised}, writer, height - TEXT_ROWS_MIN);
  const lines = menuLines(menu, forms.find(form => displayWidth(form) <= inner) ?? forms[0], aside !== undefined);
  const room = height - items.length;
  const left = style.side === undefined ? ASIDE_ROWS_LEFT : 0;
  const shown = fittingRows(lines, writer, aside ? Math.max(Math.min(room, TEXT_ROWS_MIN), room - left) : room - 1);
  return (
    <Frame
      title={writer.plain(menu.title)}
      width={MENU_WIDTH}
      {...(aside ? {border: 'border.danger' as const, aside} : {})}
      {...style}
    >
      {[...shown, ...(shown.length > 0 && !aside ? [''] : []), ...items]}
    </Frame>
  );
}

/** Where one panel has the whole width, these rows of it stay in sight above an alarm. */
const ASIDE_ROWS_LEFT = 6;
/** What is wrong, and the newest error line, are said also then. */
const TEXT_ROWS_MIN = 3;

/** In an alarm each item has as many rows as its words need, where there is `room`; else each has one. */
function itemsRows(
  {items, danger}: Menu,
  {selected, advised}: {selected: number; advised: string | undefined},
  writer: TextWriter,
  room: number,
): string[] {
  if (advised === undefined)
    return items.map((item, index) => itemRow(item, {chosen: index === selected, aside: danger === true}, writer));
  const wrapped = items.map(item => alarmItemRows(item, item.key === advised, writer));
  const isWhole = wrapped.flat().length <= room;
  return wrapped.flatMap((rows, index) =>
    // Only the advised key is filled, so the chosen row is marked by its sign alone.
    (isWhole ? rows : rows.slice(0, 1)).map((row, at) => cursorRow(row, at === 0 && index === selected, writer)),
  );
}

function itemRow(
  {label, key}: MenuItem,
  {chosen, aside}: Record<'chosen' | 'aside', boolean>,
  writer: TextWriter,
): string {
  const text = cut(writer.plain(label), writer.width - KEY_COLUMNS, writer.glyphs.ellipsis);
  const shown = aside ? ` ${writer.write('key', key ?? ' ')}` : writer.write('key', (key ?? ' ').padEnd(2));
  return chosenRow(`${shown} ${writer.write(chosen ? 'title' : 'text', text)}`, chosen, writer);
}

/** The cursor, the key and the blanks around it. */
const KEY_COLUMNS = 6;
const CURSOR_COLUMNS = 2;

function alarmItemRows({label, key = ' ', quiet}: MenuItem, isAdvised: boolean, writer: TextWriter): string[] {
  const {theme, plain, width, write} = writer;
  if (!isAdvised) {
    const token = quiet === true ? 'muted' : 'text';
    // The blank before it puts the key below the letter of the filled one.
    const lead = ` ${write(quiet === true ? 'muted' : 'key', key)} `;
    return wrap(plain(label), width - KEY_COLUMNS).map(
      (row, index) => (index === 0 ? lead : '   ') + write(token, row),
    );
  }
  const [verb = ''] = label.split(/[:,]/);
  const best = advisedKey(plain(`${key} ${verb}`), theme);
  const lead = displayWidth(plain(` ${key} ${verb}  `));
  const [first = '', ...more] = wrap(
    plain(label.slice(verb.length)).replace(/^[:,] /, ''),
    width - CURSOR_COLUMNS - lead,
  );
  return [`${best} ${write('text', first)}`, ...more.map(row => ' '.repeat(lead) + write('text', row))];
}

/** The first line of an alarm says what is wrong, then the newest error line. `live`: the value as it is now. */
function menuLines({lines, danger, error}: Menu, live: string | undefined, aside: boolean): [ThemeToken, string][] {
  const tokenOf = (index: number) => (danger !== true ? 'muted' : index === 0 ? 'bad' : 'text');
  const shown = lines.filter(line => !aside || line !== '');
  return shown.flatMap((line, index): [ThemeToken, string][] => [
    [tokenOf(index), index === 0 && live !== undefined ? live : line],
    ...(index === 0 && error !== undefined ? [['log.error', error] as [ThemeToken, string]] : []),
  ]);
}

/** The most rows of an error line. */
const ERROR_ROWS_MAX = 2;

/**
 * The texts above the items, which stay whole. Where there is no room for all rows of every text, each text has one
 * row, and the first texts have the rows that are left; where there are more texts than rows, the last are left out.
 */
function fittingRows(lines: readonly [ThemeToken, string][], writer: TextWriter, room: number): string[] {
  const rowsOf = ([token, text]: [ThemeToken, string], most: number) => writer.rowsWithin(token, text, most);
  const wanted = lines.map(line => rowsOf(line, line[0] === 'log.error' ? ERROR_ROWS_MAX : Infinity).length);
  if (wanted.reduce((sum, count) => sum + count, 0) <= room)
    return lines.flatMap((line, index) => rowsOf(line, wanted[index] ?? 1));
  const shown = lines.filter(([, text]) => text !== '').slice(0, Math.max(0, room));
  let left = Math.max(0, room) - shown.length;
  return shown.flatMap(line => {
    const more = Math.min(left, (wanted[lines.indexOf(line)] ?? 1) - 1);
    left -= more;
    return rowsOf(line, 1 + more);
  });
}
