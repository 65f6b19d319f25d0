/** The record as Markdown: the checklist filled in, with an appendix of what happened. */
import {withoutControls} from '../../text/unsafe-signs.ts';
import {type Attempt, attemptFacts, transcriptLines} from './attempt-transcripts.ts';
import {blankValues, fillBlanks, notesAt} from './fill-blanks.ts';
import {boxMarks, markBox} from './fill-boxes.ts';
import {markdownCodeBlock, markdownTable, markdownText} from './markdown-text.ts';
import type {Block, Part} from './record-blocks.ts';
import {recordParts} from './record-parts.ts';
import type {RecordSource} from './record-source.ts';
import {sealedText} from './seal.ts';

/** The heading between the checklist and what the run adds to it. */
export const RECORD_HEADING = '# T-Minus record';

/**
 * The checklist filled in by its run, and an appendix of what happened. Only lines that the run filled in differ from
 * the template, so that a diff of the two shows the run and nothing else.
 */
export function record(source: RecordSource): string {
  const appendix = recordParts(source).map(partText).join('\n');
  const document = filledDocument(source).join('\n').trimEnd();
  const all = `${document}\n\n---\n\n${RECORD_HEADING}\n\n${appendix}`;
  return sealedText(withoutControls(all), source.seal);
}

function filledDocument(source: RecordSource): readonly string[] {
  const {plan, state} = source;
  const values = blankValues(plan, state);
  const marks = boxMarks(plan, state, source.events);
  return plan.source.flatMap((text, index) => {
    const line = index + 1;
    const notes = notesAt(plan, state, line);
    if (notes.length > 0) return notes;
    const filled = fillBlanks(text, values.get(line) ?? []);
    const mark = marks.get(line);
    return mark === undefined ? [filled] : [markBox(filled, mark)];
  });
}

function partText({title, blocks}: Part): string {
  const all = blocks.map(blockLines);
  const lines = all.flatMap((own, index) => (index === 0 ? own : ['', ...own]));
  return `## ${title}\n\n${lines.join('\n')}\n`;
}

export function blockLines(block: Block): readonly string[] {
  switch (block.kind) {
    case 'facts':
      return block.facts.map(([name, value]) => `- ${name}: ${markdownText(value)}`);
    case 'table':
      return markdownTable(block.head, block.rows);
    case 'list':
      return block.items.flatMap(({text, under = []}) => [
        `- ${markdownText(text)}`,
        ...under.map(line => `  - ${markdownText(line)}`),
      ]);
    case 'commands':
      return [`${markdownText(block.label)}:`, '', ...markdownCodeBlock(block.lines)];
    case 'attempts':
      return block.attempts.flatMap((attempt, index) => [...(index === 0 ? [] : ['']), ...attemptText(attempt)]);
  }
}

function attemptText(attempt: Attempt): readonly string[] {
  const {title, line, verdict, because} = attempt;
  const head = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(attempt.attempt > 1 ? [`attempt ${attempt.attempt}`] : []),
    ...attemptFacts(attempt),
  ].join(' · ');
  const body = transcriptLines(attempt);
  return [
    `### ${markdownText(title)}`,
    '',
    `${markdownText(head)} · **${verdict}**: ${markdownText(because)}`,
    ...(body.length === 0 ? [] : ['', ...markdownCodeBlock(body)]),
  ];
}
