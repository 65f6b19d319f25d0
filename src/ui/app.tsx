/** The whole screen: takes keys, places the panels, and draws overlays over them. */
import {Box, useInput, usePaste, useWindowSize} from 'ink';
import {useState} from 'react';
import {useStore} from 'zustand';
import type {StoreApi} from 'zustand/vanilla';
import {failedStep} from '../run/selectors.ts';
import {displayWidth, fitTo} from '../text/width.ts';
import {AlertRow, alertHeight} from './bars/alert-row.tsx';
import {Header, StatusCard} from './bars/header.tsx';
import {RulesRow} from './bars/rules-row.tsx';
import {StatusBar} from './bars/status-bar.tsx';
import {ChartsPanel} from './charts/charts-panel.tsx';
import {ChecklistPanel} from './checklist/checklist-panel.tsx';
import {useContentSize} from './content-size.ts';
import type {ConsoleContext} from './keys/console-context.ts';
import {paste, press} from './keys/handle-key.ts';
import {LogsPanel} from './logs/logs-panel.tsx';
import {OutputPanel} from './output/output-panel.tsx';
import {centreShows, toldInCentre} from './output/output-subject.ts';
import {rowsAbove} from './overlays/frame.tsx';
import {Overlays} from './overlays/overlays.tsx';
import {ReviewScreen} from './review/review-screen.tsx';
import type {Session} from './session.ts';
import {SignalsPanel} from './signals/signals-panel.tsx';
import {type Now, useSecond} from './terminal/clock.ts';
import {type Glyphs, glyphsFor} from './terminal/glyphs.ts';
import {splitKeys} from './terminal/terminal-input.ts';
import type {Theme} from './terminal/theme.ts';
import {type Layout, layoutFor, type PanelBox, reviewLayout, sideColumn} from './view/layout.ts';
import type {Overlay} from './view/overlay-state.ts';
import type {PanelName, ViewState} from './view/view-state.ts';
import {CoversHere, newCovers} from './widgets/cover.ts';
import {Row} from './widgets/panel.tsx';

type AppProps = {
  session: Session;
  view: StoreApi<ViewState>;
  context: ConsoleContext;
  theme: Theme;
  now: Now;
};

export function App({context, ...props}: AppProps) {
  useInput((input, key) => {
    for (const one of splitKeys(input, key)) press(context, one);
  });
  usePaste(text => paste(context, text));
  const {columns, rows} = useWindowSize();
  const [covers] = useState(newCovers);
  const theme = useStore(props.view, ({settings}) => settings.theme) ?? props.theme;
  const ascii = useStore(props.view, ({settings}) => settings.now.ascii === 'on');
  return (
    <CoversHere.Provider value={covers}>
      <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
        <Screen {...props} theme={theme} glyphs={glyphsFor(ascii)} columns={columns} rows={rows} />
      </Box>
    </CoversHere.Provider>
  );
}

type ScreenProps = Omit<AppProps, 'context'> & {glyphs: Glyphs; columns: number; rows: number};

function Screen(props: ScreenProps) {
  const {session, view, columns, rows, glyphs, theme, now} = props;
  const focus = useStore(view, ({focus}) => focus);
  const zoom = useStore(view, ({zoom}) => zoom);
  const overlay = useStore(view, ({overlay}) => overlay);
  const status = useStore(view, ({status}) => status);
  const lost = useStore(view, ({lost}) => lost);
  const tripped = useStore(session.run, ({tripped}) => tripped);
  const approval = useStore(session.run, ({approval}) => approval);
  const questions = useStore(session.questions);
  const trouble = useStore(session.trouble, ({text}) => text);
  const failed = useStore(session.run, state => failedStep(session.plan, state));
  const links = useStore(session.run, state => state.links);
  const isClosed = useStore(session.run, state => state.closed !== null);
  const alerts = {lost, trouble, tripped, approval, questions, failed, links, isClosed};
  const alertRows = useStore(session.run, state => alertHeight(session, state, alerts, {columns, glyphs}));
  const wants = useContentSize(session);
  const layout = layoutFor(columns, rows, {focus, zoom, alertRows, wants});
  const style = {session, columns, glyphs, theme, now};
  const above = rowsAbove(layout, alertRows);
  const side = sideColumn(layout);
  const over = overlay && <Overlays {...style} {...{view, rows, above, side, overlay}} />;
  const review = reviewIn(overlay);
  const top = layout.kind === 'card' ? 0 : layout.headerRows;
  const alert = alertRows > 0 && <AlertRow {...style} {...alerts} view={view} top={top} />;
  if (review !== null) {
    const place = reviewLayout({columns, rows}, review, alertRows);
    const headerRows = place.kind === 'card' ? 0 : place.headerRows;
    return (
      <>
        {headerRows > 0 && <Header {...style} rows={headerRows} lost={lost !== null} />}
        {alert}
        <ReviewScreen {...style} {...{rows, review, status}} layout={place} isCovered={overlay !== review} />
        {over}
      </>
    );
  }
  if (layout.kind === 'card') {
    return (
      <>
        <StatusCard {...style} rows={rows} said={status} alerts={alerts} />
        {over}
      </>
    );
  }
  return (
    <>
      <Header {...style} rows={layout.headerRows} lost={lost !== null} />
      {alert}
      {layout.tabs && <Tabs focus={focus} columns={columns} glyphs={glyphs} theme={theme} />}
      <Body {...props} layout={layout} />
      <RulesRow {...style} lost={lost} />
      <StatusBar {...style} {...{view, focus, overlay, status}} top={rows - 1} />
      {over}
    </>
  );
}

/** The open review, also where a rollback lies over it. */
function reviewIn(overlay: Overlay | null): Extract<Overlay, {kind: 'review'}> | null {
  const under = overlay?.kind === 'rollback' ? overlay.under : overlay;
  return under?.kind === 'review' ? under : null;
}

const TABS: readonly {panel: PanelName; key: string; name: string}[] = [
  {panel: 'checklist', key: '1', name: 'Checklist'},
  {panel: 'output', key: '2', name: 'Output'},
  {panel: 'charts', key: '3', name: 'Charts'},
  {panel: 'logs', key: '4', name: 'Logs'},
];

/** The panels as tabs, for a terminal where only one fits. */
function Tabs({focus, columns, glyphs, theme}: Pick<ScreenProps, 'columns' | 'glyphs' | 'theme'> & {focus: PanelName}) {
  const tabs = TABS.map(({panel, key, name}) =>
    // Brackets as well as colour, so that the open tab is seen without colours too.
    panel === focus
      ? theme.paint('badge', `[${key} ${name}]`)
      : `${theme.paint('key', ` ${key}`)} ${theme.paint('text', `${name} `)}`,
  );
  const row = ` ${tabs.join(' ')} `;
  const line = theme.paint('border', glyphs.horizontal.repeat(Math.max(0, columns - displayWidth(row))));
  return <Row text={fitTo(row + line, columns, glyphs.ellipsis)} />;
}

function Body({layout, ...props}: ScreenProps & {layout: Extract<Layout, {kind: 'panels'}>}) {
  const beside = layout.body.flat().some(({panel}) => panel === 'output');
  return (
    <>
      <Box flexShrink={0}>
        {layout.body.map(column => (
          <Box key={column[0]?.panel ?? ''} flexDirection="column" flexShrink={0}>
            {column.map(box => (
              <PanelIn key={box.panel} box={box} chartLayout={layout.chartLayout} beside={beside} {...props} />
            ))}
          </Box>
        ))}
      </Box>
      {layout.strip && <PanelIn box={layout.strip} chartLayout="strip" beside={beside} {...props} />}
    </>
  );
}

type PanelInProps = ScreenProps & {box: PanelBox; chartLayout: 'column' | 'strip'; beside: boolean};

function PanelIn({box, chartLayout, ...props}: PanelInProps) {
  const {session, view, glyphs, theme, now} = props;
  const focused = useStore(view, ({focus}) => focus === box.panel);
  const base = {session, view, focused, glyphs, theme, width: box.width, height: box.height};
  switch (box.panel) {
    case 'checklist':
      return <ChecklistBeside {...base} now={now} isCentreShown={props.beside} />;
    case 'output':
      return <TickingCentre {...base} now={now} />;
    case 'logs':
      return <TickingLogs {...base} now={now} />;
    case 'charts':
      return <TickingCharts {...base} now={now} layout={chartLayout} />;
  }
}

type ChecklistIn = Omit<Parameters<typeof ChecklistPanel>[0], 'isToldBeside'> & {isCentreShown: boolean};

function ChecklistBeside({isCentreShown, ...pane}: ChecklistIn) {
  const {plan, run} = pane.session;
  const centre = useStore(pane.view, each => each.centre);
  const cursor = useStore(pane.view, each => each.cursor);
  const isTold = useStore(run, state => toldInCentre(plan, state, {centre, cursor}));
  return <ChecklistPanel {...pane} isToldBeside={isCentreShown && isTold} />;
}

type PaneIn = Omit<Parameters<typeof OutputPanel>[0], 'now'> & {now: Now};

/** How often each pane gets a new time: only as often as it matters there. */
const CHART_TICK_MS = 5000;
const PANE_TICK_MS = 2000;

function TickingCentre({now, ...pane}: PaneIn) {
  const {plan, run} = pane.session;
  const at = useSecond(now, true, PANE_TICK_MS);
  const wanted = useStore(pane.view, ({centre}) => centre);
  const cursor = useStore(pane.view, each => each.cursor);
  const shows = useStore(run, state => centreShows(plan, state, {centre: wanted, cursor}));
  return shows === 'signals' ? <SignalsPanel {...pane} now={at} /> : <OutputPanel {...pane} now={at} />;
}

function TickingLogs({now, ...pane}: PaneIn) {
  return <LogsPanel {...pane} now={useSecond(now, true, PANE_TICK_MS)} />;
}

function TickingCharts({now, layout, ...pane}: PaneIn & {layout: 'column' | 'strip'}) {
  return <ChartsPanel {...pane} layout={layout} now={useSecond(now, true, CHART_TICK_MS)} />;
}
