/** The hosts of a step on a group: how it stands on each, and what one of them printed. */
import {useStore} from 'zustand';
import {stepById} from '../../run/plan-index.ts';
import {plural} from '../../text/figures.ts';
import {cut} from '../../text/width.ts';
import {sourceOf, useSpoolTick} from '../logs/use-lines.ts';
import {commonPrint, hostList, hostListRow, printedOn} from '../output/host-list.ts';
import type {Session} from '../session.ts';
import type {Overlay} from '../view/overlay-state.ts';
import {OUTPUT_SOURCE} from '../view/view-state.ts';
import {textWriter} from '../widgets/themed-text.ts';
import {chosenRow, Frame, innerHeight, innerWidth, type OverlayStyle, scrolled, windowTop} from './frame.tsx';

/** Enter shows the output of the host under the cursor; Esc goes back to the list. */
export function HostsOverlay({
  overlay,
  session,
  ...style
}: OverlayStyle & {overlay: Extract<Overlay, {kind: 'hosts'}>; session: Session}) {
  const {columns, glyphs, theme} = style;
  const {plan, spool} = session;
  const state = useStore(session.run);
  useSpoolTick(spool);
  const writer = textWriter(theme, glyphs, innerWidth(columns, columns));
  const step = stepById(plan, overlay.stepId);
  const height = innerHeight(style);
  if (step === undefined) return null;
  if (overlay.shown !== null) {
    const read = (from: number, count: number) => spool.read(OUTPUT_SOURCE, from, count);
    const total = sourceOf(spool, OUTPUT_SOURCE)?.lines ?? 0;
    const printed = printedOn({plan, state, step}, overlay.shown, read, total);
    const lines = printed.length === 0 ? [writer.write('muted', 'it has printed nothing')] : printed;
    const {shown, right} = scrolled(
      lines.map(line => cut(writer.write('text', line), writer.width, glyphs.ellipsis)),
      overlay.top,
      height,
    );
    while (shown.length < height) shown.push('');
    return (
      <Frame title={writer.plain(`${overlay.shown}: ${step.title}`)} right={right} width={columns} {...style}>
        {shown}
      </Frame>
    );
  }
  const hosts = hostList(plan, state, step);
  const common = commonPrint(hosts);
  const selected = Math.min(overlay.selected, hosts.length - 1);
  const width = Math.max(0, ...hosts.map(({host}) => host.length));
  const top = windowTop(selected, hosts.length, height);
  const lines = hosts
    .slice(top, top + height)
    .map((stand, index) =>
      chosenRow(
        cut(hostListRow(stand, common, width, writer), writer.width - 2, glyphs.ellipsis),
        top + index === selected,
        writer,
      ),
    );
  while (lines.length < height) lines.push('');
  return (
    <Frame title={writer.plain(step.title)} right={plural(hosts.length, 'host')} width={columns} {...style}>
      {lines}
    </Frame>
  );
}
