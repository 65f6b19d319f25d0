/** Every check of a document and its bindings, in order. */
import {traitsOf} from '../action-traits.ts';
import type {Bindings} from '../bindings/types.ts';
import type {Block, Item} from '../document/blocks.ts';
import {destroysData} from '../hazards/command-hazards.ts';
import type {Placeholder, Plan} from '../plan.ts';
import type {Problem} from '../problem.ts';
import {neverCreated} from '../rollback/rollback-inputs.ts';
import {leftBehind} from '../rollback/rollback-section.ts';
import {type Draft, report} from '../steps/draft.ts';
import {showsVersion, verifications} from '../verifications.ts';
import {noteContradictions} from './contradictions.ts';
import {noteDirectories} from './directories.ts';
import {noteForbidden} from './forbidden-commands.ts';
import {checkReferences} from './references.ts';
import {starvedRules} from './starved-rules.ts';
import {placeOfValue, unfilledProblems} from './unfilled-bindings.ts';
import {noteVariables} from './variables.ts';

/** What is wrong with the document as a whole, whatever it is bound to. */
export function noteDocumentProblems(draft: Draft, blocks: readonly Block[], plan: Plan): void {
  for (const line of tickedIn(blocks)) {
    const hint = 'untick it: a tick in a template is no evidence, and T-Minus does not take it for one';
    report(draft, 'info', 'preticked-box', line, '[', 'this box is ticked in the template', hint);
  }
  for (const line of unclosedIn(blocks)) {
    const hint = 'close it with a line of the same marks; what follows may have been read as a part of it';
    report(draft, 'warning', 'unclosed-fence', line, '', 'this code block is never closed', hint);
  }
  noteExpectations(draft);
  noteData(draft);
  noteContradictions(draft);
  noteVariables(draft, plan.steps);
  noteDirectories(draft, plan.steps);
  noteForbidden(draft, plan.steps);
  noteRollback(draft, plan);
  if (!plan.steps.some(step => traitsOf(step.action).by === 'engine')) {
    const hint = 'mark commands as ```bash or ```sql fences, or give steps an action under `steps:` in the bindings';
    report(
      draft,
      'info',
      'nothing-runnable',
      1,
      '',
      'nothing in this document can be run; every step is for a person',
      hint,
    );
  }
}

/** Placeholders that still have no value once the bindings have been applied. */
export function placeholderProblems(
  lines: readonly string[],
  placeholders: readonly Placeholder[],
  bindings: Bindings,
): Problem[] {
  const found: {lines: readonly string[]; problems: Problem[]} = {lines, problems: []};
  for (const {text, lines: at, bound, capture} of placeholders) {
    if (bound) continue;
    const line = at[0] ?? 1;
    const named = at.slice(0, LINES_NAMED_MAX).join(', ');
    const more =
      at.length > 1 ? ` (${at.length} places: lines ${named}${at.length > LINES_NAMED_MAX ? ' …' : ''})` : '';
    if (capture === true) {
      const hint = 'nothing to do: the value is captured when the run reads the clock, and kept for the rollback';
      report(found, 'info', 'unbound-placeholder', line, text, `${text} is bound by a value of the run${more}`, hint);
    } else {
      const place = placeOfValue(text, bindings);
      const hint = `give it a value: \`values: { "${text}": … }\` in the bindings, or --value '${text}=…'`;
      const host = /^[^\s@]+@[^\s@]+$/.test(text)
        ? `name the host: \`hosts: { NAME: { matches: ${text}, destination: … } }\``
        : hint;
      const filled =
        place === undefined ? host : `fill it in: ${place.field ?? 'its value'} in line ${place.line} of the bindings`;
      report(found, 'warning', 'unbound-placeholder', line, text, `${text} has no value${more}`, filled);
    }
  }
  return found.problems;
}

/** What is wrong between the bindings and the document that they were written for. `read`: the plan before it was bound. */
export function bindingProblems(read: Plan, bound: Plan, bindings: Bindings): Problem[] {
  return [
    // A log gives as many numbers as it holds, whatever the pace at which it is read.
    ...starvedRules(bound.rules, bound.signals ?? {}, name => bindings.probes[name]?.kind !== 'capture'),
    ...checkReferences(read, bindings),
    ...unfilledProblems(read, bindings),
  ];
}

const LINES_NAMED_MAX = 12;

export function noteNeverCreated(draft: Draft, plan: Plan, bindings: Bindings): void {
  for (const {line, what, made, where} of neverCreated(plan.steps, plan.rollback, bindings)) {
    const message =
      made === undefined
        ? `the rollback needs ${what}, and no step of the document makes it`
        : made.where === where
          ? `the rollback needs ${what}, which line ${made.line} makes in another directory of ${where}`
          : `the rollback needs ${what} on ${where}, but line ${made.line} makes it on ${made.where}`;
    const hint =
      made === undefined
        ? 'add a step that makes it before the deploy'
        : `run line ${made.line} where the rollback will look: \`contexts:\` in the bindings`;
    report(draft, 'warning', 'rollback-input-never-created', line, what, message, hint);
  }
}

/** Asked of the bound plan: the bindings may check what the document does not. */
export function noteUnverified(draft: Draft, {rollback, steps: all}: Plan): void {
  if (rollback === null) return;
  const steps = all.filter(({id}) => rollback.steps.includes(id));
  const acts = steps.some(step => traitsOf(step.action).by === 'engine');
  if (!acts || verifications(steps).length > 0 || showsVersion(steps)) return;
  const hint = 'end it with a check of the old version, such as curl on its health page; or bind one under `steps:`';
  const message = 'nothing in the rollback verifies its result: it can end only as "rolled back, not verified"';
  report(draft, 'warning', 'rollback-unverified', rollback.line, '', message, hint);
}

function noteRollback(draft: Draft, plan: Plan): void {
  if (plan.rollback === null) {
    if (plan.steps.length === 0) return;
    const hint = 'add a section "Rollback" with the commands that restore the old version';
    report(draft, 'warning', 'rollback-missing', 1, '', 'no rollback section: there is nothing for R to run', hint);
    return;
  }
  const ids = new Set(plan.rollback.steps);
  const steps = plan.steps.filter(step => ids.has(step.id));
  for (const {line, text, command} of leftBehind(plan.steps, steps, plan.sections)) {
    const hint = 'add a step to the rollback that undoes it, or accept that it stays';
    report(draft, 'warning', 'rollback-does-not-undo', line, command, text, hint);
  }
}

function noteExpectations(draft: Draft): void {
  const seen = new Set<string>();
  for (const {expectations, action, line: own} of draft.steps) {
    for (const {line, text, readable} of expectations) {
      // What a person does anyway, and says in the same line how it should be, nobody asks a machine.
      if (action.kind === 'manual' && line === own) continue;
      if (readable || seen.has(`${line} ${text}`)) continue;
      seen.add(`${line} ${text}`);
      const hint = 'write a number, a JSON answer or a quoted text to have it checked; a person judges it as it is';
      report(draft, 'info', 'unreadable-expectation', line, text, `cannot be checked by itself: ${text}`, hint);
    }
  }
}

/** Destructive SQL; commands have been looked at where they were read. */
function noteData(draft: Draft): void {
  for (const {action} of draft.steps) {
    for (const {text, line} of action.kind === 'sql' ? action.statements : []) {
      const destroyed = destroysData(text);
      if (destroyed === undefined) continue;
      report(
        draft,
        'warning',
        'destructive-command',
        line,
        '',
        `${destroyed}: ${text.split('\n')[0]}`,
        'nothing in the document brings it back; take a backup first',
      );
    }
  }
}

function tickedIn(blocks: readonly Block[]): number[] {
  const ofItem = (item: Item): number[] => [...(item.ticked === true ? [item.line] : []), ...tickedIn(item.blocks)];
  return blocks.flatMap(block => {
    if (block.kind === 'list') return block.items.flatMap(ofItem);
    return block.kind === 'quote' ? tickedIn(block.blocks) : [];
  });
}

function unclosedIn(blocks: readonly Block[]): number[] {
  return blocks.flatMap(block => {
    if (block.kind === 'fence') return block.unclosed === true ? [block.line] : [];
    if (block.kind === 'list') return block.items.flatMap(item => unclosedIn(item.blocks));
    return block.kind === 'quote' ? unclosedIn(block.blocks) : [];
  });
}
