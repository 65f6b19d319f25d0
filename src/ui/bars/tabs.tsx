/** The row of tabs above the one panel of a narrow screen. */
import {displayWidth, fitTo} from '../../text/width.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import type {PanelName} from '../view/view-state.ts';
import {Row} from '../widgets/panel.tsx';

const TABS: readonly {panel: PanelName; key: string; name: string}[] = [
  {panel: 'checklist', key: '1', name: 'Checklist'},
  {panel: 'output', key: '2', name: 'Output'},
  {panel: 'charts', key: '3', name: 'Charts'},
  {panel: 'logs', key: '4', name: 'Logs'},
];

/** Which panel is in front, where only one fits. */
export function Tabs({
  focus,
  columns,
  glyphs,
  theme,
}: {
  focus: PanelName;
  columns: number;
  glyphs: Glyphs;
  theme: Theme;
}) {
  const tabs = TABS.map(({panel, key, name}) =>
    // Brackets as well as colour: without colours the front tab must still be told.
    panel === focus
      ? theme.paint('badge', `[${key} ${name}]`)
      : `${theme.paint('key', ` ${key}`)} ${theme.paint('text', `${name} `)}`,
  );
  const row = ` ${tabs.join(' ')} `;
  const line = theme.paint('border', glyphs.horizontal.repeat(Math.max(0, columns - displayWidth(row))));
  return <Row text={fitTo(row + line, columns, glyphs.ellipsis)} />;
}
