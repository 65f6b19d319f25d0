/** The parts of a record beside the filled-in checklist, in the order in which a reader asks for them. */
import {attempts} from './attempt-transcripts.ts';
import {captureBlocks, evidenceBlocks, noteBlocks, peopleBlocks, timelineBlocks} from './happened-part.ts';
import {causeBlocks, runBlocks, sectionBlocks} from './outcome-part.ts';
import {handOverBlocks, signOffBlocks} from './people-part.ts';
import {type Block, isEmpty, type Part} from './record-blocks.ts';
import type {RecordSource} from './record-source.ts';
import {reviewBlocks} from './review-part.ts';
import {downtimeBlocks, falseAlarmBlocks, ruleBlocks, triggerBlocks, windowBlocks} from './rules-part.ts';

const PARTS = {
  Run: runBlocks,
  'Sign-off': signOffBlocks,
  Cause: causeBlocks,
  Sections: sectionBlocks,
  People: peopleBlocks,
  'Hand-overs': handOverBlocks,
  Review: reviewBlocks,
  Timeline: timelineBlocks,
  'Captured values': captureBlocks,
  Triggers: triggerBlocks,
  Rules: ruleBlocks,
  'Times to watch': windowBlocks,
  Downtime: downtimeBlocks,
  'False alarms': falseAlarmBlocks,
  Evidence: evidenceBlocks,
  Transcript: ({plan, events}) => [{kind: 'attempts', attempts: attempts(plan, events)}],
  Notes: noteBlocks,
} as const satisfies Readonly<Record<string, (source: RecordSource) => readonly Block[]>>;

export type PartTitle = keyof typeof PARTS;

/** Only parts that hold something. `among`: the titles that are wanted; all of them without it. */
export function recordParts(source: RecordSource, among?: readonly PartTitle[]): readonly Part[] {
  const titles = among ?? (Object.keys(PARTS) as PartTitle[]);
  return titles
    .map(title => ({title, blocks: PARTS[title](source).filter(block => !isEmpty(block))}))
    .filter(({blocks}) => blocks.length > 0);
}
