/** Takes back that commands are here, where another line that tells of them names a host: the row that sends to their part, the text below them. */
import type {Block} from '../../document/blocks.ts';
import {hostsMentioned} from '../../phrases/host-mentions.ts';
import type {Plan} from '../../plan.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import {linesBelow} from '../lines-above.ts';
import {detailsIn} from '../order/detailed-elsewhere.ts';

/** `doubts`: about places that nothing says. `hosts`: the names of hosts in the document. */
export function withToldPlaces(
  doubts: readonly FoundDoubt[],
  plan: Plan,
  blocks: readonly Block[],
  lines: LineIndex,
  hosts: ReadonlySet<string>,
): FoundDoubt[] {
  if (doubts.length === 0 || hosts.size === 0) return [...doubts];
  const senders = Map.groupBy(detailsIn(plan, blocks, lines), ({target}) => target.section.id);
  return doubts.map(doubt => {
    const own = plan.steps.filter(({id}) => doubt.steps?.includes(id));
    const told = [
      ...(senders.get(doubt.section ?? '') ?? []).map(({line}) => ({line, text: plan.source[line - 1] ?? ''})),
      ...own.flatMap(step =>
        linesBelow(step, plan, lines, true).map(({line}) => ({line, text: plan.source[line - 1] ?? ''})),
      ),
    ];
    const found = told.find(({text}) => hostsMentioned(text, hosts).length > 0);
    if (found === undefined) return doubt;
    const {proposed: _, ...open} = doubt;
    const [host = ''] = hostsMentioned(found.text, hosts);
    return {...open, message: `${doubt.message}, and line ${found.line}, which tells of it, names ${host}`};
  });
}
