/** What the deployment changes for good, and which of it the rollback does not take back. */
import {oneLine, shorten} from '../../text/width.ts';
import {commandsOf, type Section, type SectionRole, type Step} from '../plan.ts';
import type {Command} from '../script.ts';
import {type CarriedCommand, carriedCommands} from '../shell/carried-commands.ts';
import {
  HOLDS_TEXT,
  isMigration,
  MIGRATED_BACK,
  SQL_CLIENT,
  schemaChanges,
  sqlFile,
  statementsOf,
} from './schema-changes.ts';

type Effect = {
  words: string;
  undoneBy: RegExp;
  /** What it changes in the database: a name, or `any` where the text does not say. A change of the same takes it back. */
  changes?: readonly string[] | 'any';
};

type Lasting = {text: string; line: number; effect: Effect};

/** Commands and statements of the deployment whose effect a rollback must undo. */
export function lastingEffects(steps: readonly Step[], sections: readonly Section[]): Lasting[] {
  const roles = new Map(sections.map(({id, role}) => [id, role]));
  return steps.flatMap(step => {
    const role = roles.get(step.section);
    if (role === undefined || !DEPLOYED.has(role)) return [];
    const commands = commandsOf(step).flatMap(({text, line}) => {
      const effect = effectOf(text, role);
      return effect === undefined ? [] : [{text, line, effect}];
    });
    return [...commands, ...lastingStatements(step)];
  });
}

const DEPLOYED: ReadonlySet<SectionRole> = new Set(['prepare', 'deploy', 'verify', 'other']);

function lastingStatements({action}: Step): Lasting[] {
  if (action.kind !== 'sql' || schemaChanges(statementsText(action.statements)).length === 0) return [];
  return action.statements.flatMap(({text, line}) => {
    const changes = schemaChanges(text);
    return changes.length === 0 ? [] : [{text, line, effect: schemaEffect(changes)}];
  });
}

function statementsText(statements: readonly {text: string}[]): string {
  return statements.map(({text}) => `${text.trimEnd().replace(/;$/, '')};`).join('\n');
}

const SHOWN_MAX = 160;

/** The effects that the rollback leaves, in words. */
export function notUndone(
  lasting: readonly Lasting[],
  rollback: readonly Step[],
): {text: string; line: number; command: string}[] {
  const undone = rollback.flatMap(step => [...commandsOf(step).map(({text}) => text), ...sqlOf(step)]).join('\n');
  const changedBack = new Set(lasting.length === 0 ? [] : rollback.flatMap(changesIn));
  // The text of a rollback may be long, so it is searched once for each kind of effect.
  const answers = new Map<RegExp, boolean>();
  const isUndone = ({undoneBy, changes}: Effect): boolean => {
    const known = answers.get(undoneBy) ?? undoneBy.test(undone);
    answers.set(undoneBy, known);
    if (known || changes === undefined) return known;
    return changes === 'any' ? changedBack.size > 0 : changes.every(name => changedBack.has(name));
  };
  return lasting.flatMap(({text, line, effect}) =>
    isUndone(effect)
      ? []
      : [{text: `${shorten(oneLine(text), SHOWN_MAX)} (line ${line}): ${effect.words}`, line, command: text}],
  );
}

function sqlOf({action}: Step): readonly string[] {
  return action.kind === 'sql' ? [statementsText(action.statements)] : [];
}

function changesIn(step: Step): readonly string[] {
  return [...commandsOf(step).flatMap(changesOfCommand), ...sqlOf(step).flatMap(schemaChanges)];
}

function changesOfCommand({text}: Command): readonly string[] {
  return carriedCommands(text).flatMap(one => schemaChanges(statementsOf(one, text)));
}

function effectOf(text: string, role: SectionRole): Effect | undefined {
  for (const one of carriedCommands(text)) {
    const effect = lastingEffect(one, text, role);
    if (effect !== undefined) return effect;
  }
  return undefined;
}

function lastingEffect(one: CarriedCommand, text: string, role: SectionRole): Effect | undefined {
  const said = one.words.join(' ');
  const isText = HOLDS_TEXT.test(one.words[0] ?? '');
  if (!isText && isMigration(said)) return MIGRATION;
  if (!isText && SQL_CLIENT.test(said)) {
    const changes = schemaChanges(statementsOf(one, text));
    if (changes.length > 0) return schemaEffect(changes);
    const file = sqlFile(one, role === 'deploy');
    if (file !== undefined) return fileEffect(file);
  }
  return LASTING.find(([pattern]) => pattern.test(said))?.[1];
}

const MIGRATION: Effect = {
  words: 'the schema stays migrated; no step of the rollback migrates it back',
  undoneBy: MIGRATED_BACK,
  changes: 'any',
};

function schemaEffect(changes: readonly string[]): Effect {
  return {
    words: 'the schema stays changed; no step of the rollback changes it back',
    undoneBy: MIGRATED_BACK,
    changes,
  };
}

/** The file lies on the host, as it is when the step runs: what is not in its name is not known before. */
function fileEffect({file, isNamed}: {file: string; isNamed: boolean}): Effect {
  const words = isNamed
    ? `what ${file} changes in the database stays; no step of the rollback takes it back`
    : `${file} was not read and may change schema or data; no step of the rollback would take that back`;
  return {words, undoneBy: MIGRATED_BACK, changes: 'any'};
}

const LASTING: readonly [RegExp, Effect][] = [
  [
    /^git stash(?!\s+(?:pop|apply|list|show|drop))/,
    {
      words: 'local changes stay in the stash; no step of the rollback applies them',
      undoneBy: /git stash (?:pop|apply)/,
    },
  ],
  [/^git push(?!.*--dry-run)/, {words: 'what was pushed stays on the remote', undoneBy: /git push|git revert/}],
  [
    /^(?:npm|yarn|pnpm|cargo|twine|gem) (?:publish|upload|push)/,
    {words: 'a published version stays published', undoneBy: /\b(?:unpublish|yank)\b/},
  ],
];
