/** The help: the table of keys. */
import {fitTo, wrap} from '../../text/width.ts';
import type {Theme} from '../terminal/theme.ts';
import {KEY_GROUPS, KEYS, type KeyBinding, keyLabels, REVIEW_HELP} from '../view/keymap.ts';
import {Frame, innerHeight, innerWidth, type OverlayStyle, scrolled} from './frame.tsx';

const WIDTH = 96;
const KEY_WIDTH = 20;

/** The key table, as it is; in the review its own keys. */
export function HelpOverlay({top, isOfReview = false, ...style}: OverlayStyle & {top: number; isOfReview?: boolean}) {
  const {columns, glyphs, theme} = style;
  const width = innerWidth(columns, WIDTH);
  const rows = (keys: readonly HelpKey[]) => keys.flatMap(key => keyRows(key, width, glyphs.ellipsis, theme));
  const own = KEY_GROUPS.flatMap(group => [
    theme.paint('title', group),
    ...rows(KEYS.filter(key => key.group === group)),
    '',
  ]);
  const lines = [...(isOfReview ? [] : own), theme.paint('title', 'Review'), ...rows(REVIEW_HELP)];
  const {shown, right} = scrolled(lines, top, innerHeight(style));
  return (
    <Frame title="Keys" right={right} width={WIDTH} {...style}>
      {shown}
    </Frame>
  );
}

type HelpKey = Pick<KeyBinding, 'keys' | 'help' | 'where'>;

function keyRows(key: HelpKey, width: number, ellipsis: string, theme: Theme): string[] {
  const where = key.where ? ` (${key.where.join(', ')})` : '';
  const keys = theme.paint('key', fitTo(keyLabels(key), KEY_WIDTH, ellipsis));
  return wrap(key.help + where, width - KEY_WIDTH - 1).map(
    (row, index) => `${index === 0 ? keys : ' '.repeat(KEY_WIDTH)} ${theme.paint('text', row)}`,
  );
}
