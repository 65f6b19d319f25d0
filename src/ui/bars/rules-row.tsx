/** The row below the panels: the verdicts of the rules, and who drives. */
import {Box} from 'ink';
import {useStore} from 'zustand';
import {type Console, personOf} from '../../run/console.ts';
import type {RunState} from '../../run/state.ts';
import {asciiOnly} from '../../text/ascii.ts';
import {cut, displayWidth, tame} from '../../text/width.ts';
import type {Session} from '../session.ts';
import type {Glyphs} from '../terminal/glyphs.ts';
import type {Theme} from '../terminal/theme.ts';
import {Row} from '../widgets/panel.tsx';
import {RulesLine} from './rules.tsx';

/** Verdicts at the left, who drives at the right. */
export function RulesRow({
  session,
  columns,
  glyphs,
  theme,
}: {
  session: Session;
  columns: number;
  glyphs: Glyphs;
  theme: Theme;
}) {
  const consoles = useStore(session.run, state => state.consoles);
  const driver = useStore(session.run, state => state.driver);
  const who = whoText({consoles, driver}, session.consoleId, glyphs);
  const shown = cut(who, Math.floor(columns / 4), glyphs.ellipsis);
  return (
    <Box flexShrink={0} height={1}>
      <RulesLine session={session} width={columns - displayWidth(shown) - 2} theme={theme} glyphs={glyphs} />
      <Row text={`  ${theme.paint('muted', shown)}`} />
    </Box>
  );
}

/** `you drive · bo observes`, `you observe · ana drives`. */
function whoText({consoles, driver}: Pick<RunState, 'consoles' | 'driver'>, own: string, glyphs: Glyphs): string {
  const all = Object.values(consoles);
  const name = (id: string) => (id === own ? 'you' : tame(nameOf(consoles[id]) ?? id));
  const verb = (id: string, plural: string) => (id === own ? plural : `${plural}s`);
  const watching = all
    .filter(({id}) => id !== driver)
    .map(({id}) => ({id, text: `${name(id)} ${verb(id, 'observe')}`}));
  const driving = driver === null ? 'nobody drives' : `${name(driver)} ${verb(driver, 'drive')}`;
  // What concerns the reader first: the rest may be cut.
  const mine = watching.filter(({id}) => id === own);
  const parts = [
    ...mine.map(({text}) => text),
    driving,
    ...watching.filter(one => !mine.includes(one)).map(({text}) => text),
  ];
  const text = parts.join(` ${glyphs.separator} `);
  return glyphs.ascii ? asciiOnly(text) : text;
}

function nameOf(console: Console | undefined): string | undefined {
  return console && personOf(console);
}
