/** The list of samples behind a chart. */
import {useStore} from 'zustand';
import {fitTo} from '../../text/width.ts';
import {sampleList, sampleRow} from '../charts/sample-list.ts';
import type {Session} from '../session.ts';
import {paintSelected} from '../terminal/theme.ts';
import type {Overlay} from '../view/view-state.ts';
import {penFor} from '../widgets/pen.ts';
import {Frame, innerHeight, innerWidth, type OverlayStyle} from './frame.tsx';

/** The samples behind a chart, newest first; Enter shows the log lines of that second. */
export function SamplesOverlay({
  overlay,
  session,
  ...style
}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'samples'}>; session: Session}) {
  const {columns, glyphs, theme} = style;
  const {plan} = session;
  const state = useStore(session.run);
  const width = innerWidth(columns, columns);
  const pen = penFor(theme, glyphs, width - 2);
  const {signal, at} = overlay;
  const samples = sampleList(plan, state, signal);
  const found = at === null ? 0 : samples.findIndex(sample => sample.at <= at);
  const selected = found < 0 ? samples.length - 1 : found;
  const source = plan.signals?.[signal]?.what;
  const head = source === undefined ? [] : [pen.write('muted', source), ''];
  const height = innerHeight(style) - head.length;
  const top = Math.max(0, Math.min(selected - Math.floor(height / 2), samples.length - height));
  const lines = samples.slice(top, top + height).map((sample, index) => {
    const chosen = top + index === selected;
    const row = `${theme.paint('accent', chosen ? glyphs.cursor : ' ')} ${sampleRow(plan, state, sample, pen)}`;
    return chosen ? paintSelected(theme, fitTo(row, width, glyphs.ellipsis)) : row;
  });
  if (lines.length === 0) lines.push(pen.write('muted', 'nothing has been measured yet'));
  while (lines.length < height) lines.push('');
  const failed = samples.filter(({error}) => error !== undefined).length;
  const count = `${samples.length} samples${failed === 0 ? '' : `, ${failed} failed`}`;
  return (
    <Frame title={`Samples of ${pen.plain(signal)}`} right={count} width={columns} {...style}>
      {[...head, ...lines]}
    </Frame>
  );
}
