/** The panel of charts: latency, memory, errors and all other signals, each with the document's thresholds. */
import {Box} from 'ink';
import {useMemo, useRef} from 'react';
import {useStore} from 'zustand';
import type {Plan} from '../../plan/plan.ts';
import type {Standing} from '../../run/outcome.ts';
import {STANDING_WORDS} from '../../run/wording/standing-words.ts';
import {plural} from '../../text/figures.ts';
import {cut, displayWidth} from '../../text/width.ts';
import {TROUBLE} from '../rules/live-verdicts.ts';
import type {ThemeToken} from '../terminal/theme.ts';
import {ENDS, SIDES} from '../view/layout.ts';
import type {ViewState} from '../view/view-state.ts';
import {type BoxProps, Panel, type PaneProps} from '../widgets/panel.tsx';
import {type TextWriter, textWriter} from '../widgets/themed-text.ts';
import {type ChartModel, chartModel} from './chart-content.ts';
import {type ChartKind, chartKey, chartList, chartsShown} from './chart-list.ts';
import {chartRows, type Drawing, type KnownRows} from './chart-rows.ts';
import type {ScaleMemory} from './chart-scale.ts';
import {baseSpanMs, spanMsAt, spanName} from './chart-span.ts';
import {chartMarkers, withOutages} from './event-marks.ts';

type ChartsProps = PaneProps & {layout: 'column' | 'strip'};

const PANEL_NUMBER = 3;
const CHART_WIDTH_MIN = 24;
const CHART_HEIGHT_MIN = 8;
/** Columns that the borders and spaces of a title row take. */
const TITLE_FRAME = 9;
const NAMES: Readonly<Record<ChartKind, string>> = {latency: 'Latency', memory: 'Memory', errors: 'Errors', level: ''};

export function ChartsPanel({session, view, width, height, focused, glyphs, theme, now, layout}: ChartsProps) {
  const {plan} = session;
  const state = useStore(session.run);
  const {zoom, selected, chosen} = useStore(view, (each: ViewState) => each.chart);
  const scales = useRef(new Map<string, ScaleMemory>());
  const known = useRef<KnownRows>(new Map());
  // The panel's clock ticks slowly; the newest sample must not wait for it.
  const latest = Math.max(now, state.lastAt);
  const list = useMemo(() => chartList(plan, state), [plan, state]);
  const shown = useMemo(() => chartsShown(list, chosen), [list, chosen]);
  const lostAt = useStore(view, each => each.lost?.at);
  const models = useMemo(
    () => shown.map(({id}) => chartModel(plan, state, id, latest, lostAt)),
    [plan, state, shown, latest, lostAt],
  );
  const {deployStartedAt, rollback, timeline, downtimes} = state;
  const markers = useMemo(
    () => chartMarkers({deployStartedAt, rollback, timeline, lostAt}, glyphs),
    [deployStartedAt, rollback, timeline, lostAt, glyphs],
  );
  // The list stays the same object until something new happens, because a new list redraws the charts.
  const marked = useMemo(() => withOutages(markers, downtimes), [markers, downtimes]);
  const spanMs = spanMsAt(baseSpanMs(models.flatMap(({rule}) => rule?.windowMs ?? [])), zoom);
  const isSelected = Math.min(selected, models.length - 1);
  if (models.every(({signal}) => signal === undefined)) {
    const rows = nothingMeasured(
      plan,
      {command: `${session.program} init ${state.run.checklist}`, bindings: state.run.bindings},
      textWriter(theme, glyphs, width - SIDES),
    );
    return (
      <Panel title={`${PANEL_NUMBER} Charts`} {...{width, height, focused, glyphs, theme}}>
        {rows}
      </Panel>
    );
  }
  const rows = placesFor(layout, models.length, width, height, isSelected);
  const first = rows[0]?.[0]?.index;
  const drawing = {now: latest, spanMs, startMs: state.run.openedAt, scales: scales.current};
  const chartAt = ({index, ...size}: Place) => {
    const model = models[index];
    const place = shown[index];
    if (model === undefined || place === undefined) return null;
    const position = list.length > models.length ? `${place.position + 1}/${list.length}` : '';
    const isFocused = focused && index === isSelected;
    const look = {...size, focused: isFocused, numbered: index === first, position, glyphs, theme};
    const marks = {...drawing, markers: marked.get(model.signal ?? '') ?? markers};
    return <ChartPanel key={index} {...{model, look}} drawing={marks} known={known.current} />;
  };
  return (
    <Box flexDirection="column" width={width} height={height} overflow="hidden">
      {rows.map(places => (
        <Box key={places[0]?.index}>{places.map(chartAt)}</Box>
      ))}
    </Box>
  );
}

type ChartPanelProps = {
  model: ChartModel;
  drawing: Omit<Drawing, 'key' | 'height' | 'writer'>;
  /** `numbered`: the title shows the key that focuses the charts. `position`: `4/7`, or ''. */
  look: BoxProps & {numbered: boolean; position: string};
  known: KnownRows;
};

function ChartPanel({model, drawing, look, known}: ChartPanelProps) {
  const {numbered, position, ...panel} = look;
  const writer = textWriter(panel.theme, panel.glyphs, Math.max(0, panel.width - SIDES));
  const verdict = verdictWord(model);
  const isTrouble =
    model.isDown ||
    model.silence?.cut !== undefined ||
    model.isFromHere === true ||
    (model.standing !== undefined && TROUBLE.includes(model.standing));
  const whole = titleOf(model, numbered, writer);
  // A verdict that means trouble is worth more than the end of a name.
  const title = isTrouble
    ? cut(whole, panel.width - displayWidth(verdict) - TITLE_FRAME, panel.glyphs.ellipsis)
    : whole;
  const words = rightWords(
    {verdict, span: spanName(drawing.spanMs), position},
    panel.width - displayWidth(title),
    writer,
  );
  const border = borderOf(model);
  return (
    <Panel isPicture title={title} right={words} {...(border === undefined ? {} : {border})} {...panel}>
      {chartRows(model, {...drawing, key: chartKey(model), height: panel.height - ENDS, writer}, known)}
    </Panel>
  );
}

type Place = {index: number; width: number; height: number};

/** The charts below each other: as many as are readable, the selected one among them. */
function placesFor(
  layout: 'column' | 'strip',
  total: number,
  width: number,
  height: number,
  selected: number,
): Place[][] {
  const all = Array.from({length: total}, (_, index) => index);
  if (layout === 'strip') {
    const count = Math.min(all.length, Math.max(1, Math.floor(width / CHART_WIDTH_MIN)));
    const shown = around(all, count, selected);
    return [shown.map((index, position) => ({index, width: share(width, count, position), height}))];
  }
  if (height >= CHART_HEIGHT_MIN * all.length) {
    return all.map(index => [{index, width, height: share(height, all.length, index)}]);
  }
  if (height < CHART_HEIGHT_MIN * 2) return [[{index: selected, width, height}]];
  // In a low, wide place the first chart takes the whole width, and the other two are side by side below it.
  const top = share(height, 2, 0);
  if (width >= CHART_WIDTH_MIN * 2 && all.length > 2) {
    const below = [1, 2].map((index, position) => ({index, width: share(width, 2, position), height: height - top}));
    return [[{index: 0, width, height: top}], below];
  }
  return around(all, 2, selected).map((index, position) => [{index, width, height: share(height, 2, position)}]);
}

function around(all: readonly number[], count: number, selected: number): readonly number[] {
  const first = Math.min(Math.max(0, selected - count + 1), all.length - count);
  return all.slice(first, first + count);
}

/** Divides evenly; the first parts get the rest. */
function share(total: number, count: number, position: number): number {
  return Math.floor(total / count) + (position < total % count ? 1 : 0);
}

function titleOf({kind, name}: ChartModel, numbered: boolean, writer: TextWriter): string {
  const number = numbered ? `${PANEL_NUMBER} ` : '';
  const said = name === undefined || name.toLowerCase() === NAMES[kind].toLowerCase() ? '' : writer.plain(name);
  const parts = [NAMES[kind], said].filter(part => part !== '');
  return number + parts.join(` ${writer.glyphs.separator} `);
}

/** The frame has the colour of the verdict, and says it in a word as well. */
const BORDERS: Readonly<Partial<Record<Standing['kind'], ThemeToken>>> = {
  tripped: 'border.danger',
  breached: 'border.danger',
  grey: 'warn',
};

/** A standing on readings from before a link or the engine was lost is an old one, and no alarm; what has tripped stays one. */
function borderOf({standing, silence, isDown}: ChartModel): ThemeToken | undefined {
  if (isDown) return 'border.danger';
  if (standing === undefined || (silence?.cut !== undefined && standing !== 'tripped')) return undefined;
  return BORDERS[standing];
}

/** A verdict on a source that is silent is an old one. */
function verdictWord({standing, silence, isDown, isFromHere}: ChartModel): string {
  if (isDown && standing !== 'tripped') return 'no answer';
  if (silence?.cut !== undefined && standing !== 'tripped') return silence.cut.short;
  // Beside charts that stand still, one that goes on says why.
  if (isFromHere === true && (standing === undefined || !TROUBLE.includes(standing))) return 'from here';
  if (standing === undefined || standing === 'disarmed') return '';
  if (silence !== undefined && !TROUBLE.includes(standing)) return 'no reading';
  return STANDING_WORDS[standing];
}

type RightWords = Readonly<Record<'verdict' | 'span' | 'position', string>>;

/** `past limit · 5 m · 4/7`: the verdict, the span of time, and the number of the chart. The verdict stays where room is short. */
function rightWords({verdict, span, position}: RightWords, room: number, {glyphs}: TextWriter): string {
  for (const parts of [[verdict, span, position], [verdict, position], [verdict], [position]]) {
    const words = parts.filter(part => part !== '').join(` ${glyphs.separator} `);
    if (words !== '' && displayWidth(words) + TITLE_FRAME <= room) return words;
  }
  return '';
}

/** Bindings are read only when a run is opened. */
const TIES = 'takes probes: and rules: tied to them; they count from the next run on.';

/** `bindings`: the existing file; without one, `command` is the command that writes it. */
type Remedy = {command: string; bindings?: string | undefined};

/** Says what is missing, and what to do about it. */
function nothingMeasured({rules, placeholders}: Plan, {command, bindings}: Remedy, writer: TextWriter): string[] {
  const waiting = rules.filter(({person}) => !person).length;
  const open = placeholders.filter(({bound, capture}) => !bound && capture !== true).length;
  const asks = waiting === 0 ? '' : `: ${plural(waiting, 'rule')} of the checklist cannot be judged`;
  const names = open === 0 ? '' : ` ${plural(open, 'name')} it uses ${open === 1 ? 'is' : 'are'} not bound either.`;
  const said = writer.rows('text', `Nothing is measured${asks}.${names}`);
  const remedy =
    bindings === undefined
      ? [
          ...writer.rows('command', command),
          ...writer.rows('muted', 'writes a bindings file, tminus.yaml, to fill in.'),
        ]
      : [...writer.rows('command', bindings), ...writer.rows('muted', TIES)];
  const fills = FILLS.flatMap(({shows, line}) => ['', ...writer.rows('title', shows), ...writer.rows('command', line)]);
  return [...said, ...remedy, '', ...writer.rows('muted', 'Under probes: these would be drawn here:'), ...fills];
}

/** What the panel shows by default, and the line of the bindings that measures it. */
const FILLS: readonly {shows: string; line: string}[] = [
  {shows: 'Latency, and failures beside it', line: 'health: { http: "https://HOST/health", every: 5s }'},
  {shows: 'Memory, and how fast it grows', line: 'memory: { on: HOST, rss: "PROCESS", every: 10s }'},
  {shows: 'Errors of a log', line: 'errors: { log: error, count: "ERROR|Traceback" }'},
];
