/** The lines of the output panel: what was printed, and the console's own rows after it. Pure. */
import type {Plan} from '../../plan/plan.ts';
import type {Lookup} from '../../plan/script.ts';
import type {RunState} from '../../run/state.ts';
import type {Pen} from '../widgets/pen.ts';
import type {Lines} from '../widgets/scroll-view.ts';
import {previewLines} from './output-preview.ts';
import {recordLines, replacesOutput} from './output-record.ts';
import type {Subject} from './output-subject.ts';

type Facts = {plan: Plan; state: RunState; lookup: Lookup; pen: Pen};

/** The console's own rows after what was printed. */
export function ownLines(subject: Subject, facts: Facts, printed: boolean): readonly string[] {
  const {pen, lookup} = facts;
  switch (subject.kind) {
    case 'next':
      return previewLines(subject.step, facts);
    case 'record': {
      const shown = subject.to > subject.from && !replacesOutput(subject.state);
      return recordLines(subject.step, subject.state, shown, pen, lookup);
    }
    case 'live':
      if (printed) return [];
      if (subject.step !== undefined) return [pen.write('muted', 'running; nothing printed yet')];
      return [
        pen.write('text', 'What the steps print appears here, line by line.'),
        `${pen.write('key', 'j k')} ${pen.write('muted', 'move to a step')}  ${pen.write('key', 'Enter')} ${pen.write('muted', 'runs it')}`,
      ];
  }
}

export function followedBy(
  own: readonly string[],
  {from, to}: {from: number; to: number},
  read: (from: number, count: number) => readonly string[],
): Lines {
  return {
    from,
    to: to + own.length,
    read: (start, count) => {
      const end = start + count;
      const printed = start < to ? read(start, Math.min(end, to) - start) : [];
      return [...printed, ...own.slice(Math.max(0, start - to), Math.max(0, end - to))];
    },
  };
}
