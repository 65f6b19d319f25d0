/** Short texts about a step that several panels show. Pure. */
import {type Action, type Expectation, type Step, unreachable} from '../../plan/plan.ts';
import {type CommandOperation, expectationsOf, type Operation, placeOf} from '../../run/operations.ts';
import type {Verdict} from '../../run/outcome.ts';

/** The expectations of a step, without one that only repeats the title. */
export function ownExpectations(step: Step): readonly Expectation[] {
  return expectationsOf(step).filter(({text}) => bare(text) !== bare(step.title));
}

/** `vps`, `this machine`, or a database; undefined where the action names no place. */
export function placeName(action: Action): string | undefined {
  const place = placeOf(action);
  return place === 'local' ? 'this machine' : place;
}

/** The operations of a step as rows of text. `lead` marks alternatives and commands. */
export type OperationRow = {text: string; lead: '$ ' | 'either ' | '    or ' | ''};

/** `marked`: behind each command stand what it destroys and its condition. */
export function operationRows(operations: readonly Operation[], marked: boolean): OperationRow[] {
  const written = (command: CommandOperation) => (marked ? markedText(command) : command.text);
  return operations.flatMap((operation): OperationRow[] => {
    switch (operation.kind) {
      case 'command':
        return [{lead: '$ ', text: written(operation)}];
      case 'request':
      case 'follow':
        return [{lead: '$ ', text: operation.text}];
      case 'query':
      case 'measure':
        return [{lead: '$ ', text: operation.text.replace(/\s+/g, ' ').trim()}];
      case 'search':
        return [{lead: '', text: operation.text}];
      case 'alternatives': {
        const {arms, taken} = operation;
        if (taken !== undefined) {
          const texts = taken.commands.map(written);
          return texts.length === 0
            ? [{lead: '', text: `by hand: ${taken.label}`}]
            : texts.map(text => ({lead: '$ ', text}));
        }
        return arms.map(({label, commands}, index) => ({
          lead: index === 0 ? 'either ' : '    or ',
          text: commands.map(written).join('; ') || `by hand: ${label}`,
        }));
      }
      default:
        return unreachable(operation);
    }
  });
}

function markedText({text, command: {destructive, condition}}: CommandOperation): string {
  const marks = [destructive, condition].filter(mark => mark !== undefined);
  return marks.length === 0 ? text : `${text}   (${marks.join(', ')})`;
}

/** Checks that were not met, without those that the verdict's reason already names. */
export function furtherUnmet({because, checks}: Verdict): Verdict['checks'] {
  return checks.filter(({result, text}) => result === 'unmet' && !bare(because).includes(bare(withoutLead(text))));
}

/** `not met: status 200, was 500`: these checks as text. */
export function unmetTexts(verdict: Verdict): string[] {
  return furtherUnmet(verdict).map(({text, actual}) => `not met: ${text}${actual ? `, was ${actual}` : ''}`);
}

/** `Expected: P95 < 850 ms` -> `P95 < 850 ms`. */
export function withoutLead(text: string): string {
  return text.replace(/^\W*expected:?\s*/i, '');
}

function bare(text: string): string {
  return text.replace(/[^\p{Letter}\p{Number}<>=%]/gu, '').toLowerCase();
}
