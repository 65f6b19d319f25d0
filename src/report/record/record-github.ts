/** The record as a summary of a GitHub job: how it ended and why first, the rest folded away. */
import {plural} from '../../text/figures.ts';
import {withoutControls} from '../../text/unsafe-signs.ts';
import {statusText} from '../run-status.ts';
import {escapeHtml} from './html-text.ts';
import {markdownText} from './markdown-text.ts';
import {blockLines} from './record-markdown.ts';
import {recordParts} from './record-parts.ts';
import type {RecordSource} from './record-source.ts';

/** GitHub takes 1 MiB for a step, and nothing at all of what is larger. */
const BYTES_MAX = 1000 * 1024;

export function recordGithub(source: RecordSource): string {
  const {plan, state} = source;
  const {closed} = state;
  const sign = closed === null ? '⏳' : closed.exitCode === 0 ? '✅' : '❌';
  const open = recordParts(source, ['Cause', 'Sections']).map(
    ({title, blocks}) => `### ${title}\n\n${blocks.flatMap(block => [...blockLines(block), '']).join('\n')}`,
  );
  const head = `## ${sign} ${markdownText(plan.title)}: ${markdownText(statusText(state))}\n\n${open.join('\n')}`;
  const folded = recordParts(source, ['Run', 'Rules', 'Timeline', 'Transcript', 'Notes']).map(({title, blocks}) => {
    const body = blocks.flatMap(block => [...blockLines(block), '']).join('\n');
    return `<details><summary>${escapeHtml(title)}</summary>\n\n${body}\n</details>\n`;
  });
  return withoutControls(fitting([head, ...folded]));
}

/** As many whole parts as GitHub takes; it says when some are left out. */
function fitting(parts: readonly string[]): string {
  let text = '';
  let left = 0;
  for (const part of parts) {
    const longer = `${text}${part}\n`;
    if (Buffer.byteLength(longer) > BYTES_MAX) left += 1;
    else text = longer;
  }
  return left === 0 ? text : `${text}${plural(left, 'more part')} too long for a job summary: see \`tminus report\`.\n`;
}
