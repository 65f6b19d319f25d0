/** Runs every check of a document and its bindings. */
import {isRun} from '../action-traits.ts';
import {unusableValues} from '../apply-bindings/open-placeholders.ts';
import type {Bindings} from '../bindings-file/types.ts';
import {allBlocks, type Block} from '../document/blocks.ts';
import {destroysData} from '../hazards/destroyed-data.ts';
import {isKnownDocument} from '../outline/prose.ts';
import type {Placeholder, Plan} from '../plan.ts';
import {type Problem, problemAt} from '../problem.ts';
import {lastingEffects, notUndone} from '../rollback/lasting-effects.ts';
import {neverCreated} from '../rollback/rollback-inputs.ts';
import {missingTexts, OTHER_VALUE} from '../shell/placeholders.ts';
import {showsVersion, verifications} from '../verifications.ts';
import {checkActingProbes} from './acting-probes.ts';
import {contradictions} from './contradictions.ts';
import {destroyedBackups} from './destroyed-backups.ts';
import {pathsAfterCd} from './directories.ts';
import {forbiddenCommands} from './forbidden-commands.ts';
import {checkGroups} from './groups.ts';
import {checkReferences} from './references.ts';
import {starvedRules} from './starved-rules.ts';
import {placeOfValue, unfilledProblems} from './unfilled-bindings.ts';
import {unsetVariables} from './variables.ts';

/** Problems of the document, whatever its bindings are. */
export function documentProblems(blocks: readonly Block[], plan: Plan, bindings: Bindings): Problem[] {
  return [
    ...tickedIn(blocks).map(line => ticked(plan, line)),
    ...unclosedIn(blocks).map(line => unclosed(plan, line)),
    ...unreadableExpectations(plan),
    ...destroyedData(plan),
    ...contradictions(plan),
    ...unsetVariables(plan, bindings),
    ...pathsAfterCd(plan),
    ...forbiddenCommands(plan),
    ...destroyedBackups(plan),
    ...rollbackProblems(plan),
    ...nothingRunnable(plan),
  ];
}

function ticked({source}: Plan, line: number): Problem {
  const hint = 'untick it: a tick in a template is no evidence, and T-Minus does not take it for one';
  return problemAt(source, 'info', 'preticked-box', line, '[', 'this box is ticked in the template', hint);
}

function unclosed({source}: Plan, line: number): Problem {
  const hint = 'close it with a line of the same marks; what follows may have been read as a part of it';
  return problemAt(source, 'warning', 'unclosed-fence', line, '', 'this code block is never closed', hint);
}

function nothingRunnable({steps, source}: Plan): Problem[] {
  if (steps.some(isRun)) return [];
  const message = 'nothing in this document can be run; every step is for a person';
  const hint = 'mark commands as ```bash or ```sql code blocks, or give steps an action under `steps:` in the bindings';
  return [problemAt(source, 'info', 'nothing-runnable', 1, '', message, hint)];
}

/** Placeholders without a value after binding. */
export function placeholderProblems(
  lines: readonly string[],
  placeholders: readonly Placeholder[],
  bindings: Bindings,
): Problem[] {
  return placeholders.flatMap(({text, lines: at, bound, capture}) => {
    if (bound) return [];
    const line = at[0] ?? 1;
    const named = at.slice(0, LINES_NAMED_MAX).join(', ');
    const more =
      at.length > 1 ? ` (${at.length} places: lines ${named}${at.length > LINES_NAMED_MAX ? ' …' : ''})` : '';
    if (capture === true) {
      const hint = 'nothing to do: the value is captured when the run reads the clock, and kept for the rollback';
      const message = `${text} is bound by a value of the run${more}`;
      return [problemAt(lines, 'info', 'unbound-placeholder', line, text, message, hint)];
    }
    const place = placeOfValue(text, bindings);
    const hint = `give it a value: \`values: { "${text}": … }\` in the bindings, or --value '${text}=…'`;
    const host = /^[^\s@]+@[^\s@]+$/.test(text)
      ? `name the host: \`hosts: { NAME: { matches: ${text}, destination: … } }\``
      : hint;
    const filled =
      place === undefined ? host : `fill it in: ${place.field ?? 'its value'} in line ${place.line} of the bindings`;
    return [problemAt(lines, 'warning', 'unbound-placeholder', line, text, `${text} has no value${more}`, filled)];
  });
}

/** Values that cannot stand at their places; a run refuses them with the same words. */
export function unusableProblems({steps, source}: Plan, bindings: Bindings): Problem[] {
  return unusableValues(steps, source, bindings).map(missing => {
    const {line, name} = missing;
    return problemAt(source, 'warning', 'unusable-value', line, name, missingTexts([missing]).join(''), OTHER_VALUE);
  });
}

/** Problems between the bindings and the document. `read`: the plan before binding. */
export function bindingProblems(read: Plan, bound: Plan, bindings: Bindings): Problem[] {
  return [
    // A capture gives as many samples as the log has lines, whatever its pace is.
    ...starvedRules(bound.rules, bound.signals ?? {}, name => bindings.probes[name]?.kind !== 'capture'),
    ...checkReferences(read, bindings),
    ...checkGroups(bindings),
    ...checkActingProbes(bindings),
    ...unfilledProblems(read, bindings),
  ];
}

const LINES_NAMED_MAX = 12;

export function neverCreatedProblems(plan: Plan, bindings: Bindings): Problem[] {
  return neverCreated(plan.steps, plan.rollback, bindings).map(({line, what, made, where}) => {
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
    return problemAt(plan.source, 'warning', 'rollback-input-never-created', line, what, message, hint);
  });
}

/** Checked on the bound plan, because bindings may add the verification that the document lacks. */
export function unverifiedProblems({rollback, steps: all, source}: Plan): Problem[] {
  if (rollback === null) return [];
  const steps = all.filter(({id}) => rollback.steps.includes(id));
  const acts = steps.some(isRun);
  if (!acts || verifications(steps).length > 0 || showsVersion(steps)) return [];
  const hint = 'end it with a check of the old version, such as curl on its health page; or bind one under `steps:`';
  const message = 'nothing in the rollback verifies its result: it can end only as "rolled back, not verified"';
  return [problemAt(source, 'warning', 'rollback-unverified', rollback.line, '', message, hint)];
}

const GIVE_USE = 'if one of them is the way back, give it the use "rollback" in the review; otherwise add one';
const ADD_ROLLBACK = 'add a section "Rollback" with the commands that restore the old version';

function rollbackProblems({rollback, steps, sections, source}: Plan): Problem[] {
  if (rollback === null) {
    if (steps.length === 0) return [];
    // In a language without words here, the way back may well stand in one of its sections.
    const [message, hint] =
      isKnownDocument(source) === false
        ? ['no section was recognised as the rollback: the document is in a language without words here', GIVE_USE]
        : ['no rollback section: there is nothing for R to run', ADD_ROLLBACK];
    return [problemAt(source, 'warning', 'rollback-missing', 1, '', message, hint)];
  }
  const ids = new Set(rollback.steps);
  const own = steps.filter(step => ids.has(step.id));
  const hint = 'add a step to the rollback that undoes it, or accept that it stays';
  return notUndone(lastingEffects(steps, sections), own).map(({line, text, command}) =>
    problemAt(source, 'warning', 'rollback-does-not-undo', line, command, text, hint),
  );
}

function unreadableExpectations({steps, source}: Plan): Problem[] {
  const seen = new Set<string>();
  const hint = 'write a number, a JSON answer or a quoted text to have it checked; a person judges it as it is';
  return steps.flatMap(({expectations, action, line: own}) =>
    expectations.flatMap(({line, text, readable}) => {
      // A person does this step anyway, and its own line says how it should be.
      if ((action.kind === 'manual' && line === own) || readable || seen.has(`${line} ${text}`)) return [];
      seen.add(`${line} ${text}`);
      const message = `cannot be checked by itself: ${text}`;
      return [problemAt(source, 'info', 'unreadable-expectation', line, text, message, hint)];
    }),
  );
}

/** Destructive SQL. Destructive commands were reported when they were read. */
function destroyedData({steps, source}: Plan): Problem[] {
  const statements = steps.flatMap(({action}) => (action.kind === 'sql' ? action.statements : []));
  return statements.flatMap(({text, line}) => {
    const destroyed = destroysData(text);
    if (destroyed === undefined) return [];
    const message = `${destroyed}: ${text.split('\n')[0]}`;
    const hint = 'nothing in the document brings it back; take a backup first';
    return [problemAt(source, 'warning', 'destructive-command', line, '', message, hint)];
  });
}

function tickedIn(blocks: readonly Block[]): number[] {
  const items = allBlocks(blocks).flatMap(block => (block.kind === 'list' ? block.items : []));
  return items.filter(({ticked}) => ticked === true).map(({line}) => line);
}

function unclosedIn(blocks: readonly Block[]): number[] {
  const unclosed = allBlocks(blocks).filter(block => block.kind === 'code-block' && block.unclosed === true);
  return unclosed.map(({line}) => line);
}
