/** Compiles the rollbacks of a plan: their steps, their triggers, and what they do not undo. */

import {compact} from '../../text/compact.ts';
import {commandsOf, type Rollback, type Section, type SectionRole, type Step} from '../plan.ts';
import type {Command} from '../script.ts';
import {withGuards} from '../shell/inputs.ts';
import {simpleCommands} from '../shell/words.ts';
import {withSequences} from './paths.ts';
import {mainPart, type RollbackPart, rollbackParts} from './rollback-parts.ts';

export type Rollbacks = {rollback: Rollback | null; rollbacks?: readonly Rollback[]};

/** The rollbacks of the document, and the one that is run unless another is chosen. `asked`: titles from `choices:`. */
export function compileRollbacks(
  sections: readonly Section[],
  steps: readonly Step[],
  triggers: readonly string[],
  asked: readonly string[],
): Rollbacks {
  const parts = rollbackParts(sections, steps).slice(-ROLLBACKS_MAX);
  const only = parts.length === 1;
  const lasting = lastingEffects(steps, sections);
  const compiled = new Map(
    parts.map(part => [part, compile(only ? {root: part.root, steps: part.steps} : part, sections, lasting, triggers)]),
  );
  const wanted = parts.find(part => asked.some(name => titleHolds(compiled.get(part)?.heading ?? '', name)));
  const main = wanted ?? mainPart(parts);
  const rollback = main === undefined ? null : (compiled.get(main) ?? null);
  return compiled.size < 2 ? {rollback} : {rollback, rollbacks: [...compiled.values()]};
}

/** Nobody chooses from more. */
const ROLLBACKS_MAX = 32;

function titleHolds(heading: string, name: string): boolean {
  return heading.toLowerCase().includes(name.trim().toLowerCase());
}

function compile(
  {root, steps: own, phase}: RollbackPart,
  sections: readonly Section[],
  lasting: readonly Lasting[],
  triggers: readonly string[],
): Rollback {
  const around = phase === undefined ? undefined : sections.find(({id}) => id === phase);
  const estimate = [root, ...sections].find(
    section =>
      section.estimate !== undefined && (section === root || section.parent === root.id) && section.role === 'rollback',
  )?.estimate;
  return compact({
    heading: around === undefined ? root.title : `${around.title} › ${root.title}`,
    line: root.line,
    triggers,
    steps: own.map(step => step.id),
    doesNotUndo: notUndone(lasting, own).map(({text}) => text),
    estimate,
    phase,
  });
}

/** Removes inputs that an earlier command of the same rollback makes. */
export function withoutOwnInputs(steps: readonly Step[], {rollback, rollbacks = []}: Rollbacks): Step[] {
  const all = rollbacks.length > 0 || rollback === null ? rollbacks : [rollback];
  const made = new Map(
    all.flatMap(one => {
      const own = new Set<string>();
      return one.steps.map(id => [id, own] as const);
    }),
  );
  return steps.map(step => {
    const own = made.get(step.id);
    if (own === undefined) return step;
    // Only one arm is taken, so later commands cannot rely on what an arm makes.
    return withSequences(step, (commands, isArm) => withGuards(commands, isArm ? new Set(own) : own));
  });
}

type Lasting = {command: Command; effect: Effect};

/** Commands of the deployment whose effect a rollback must undo. */
export function lastingEffects(steps: readonly Step[], sections: readonly Section[]): Lasting[] {
  const deployed = new Set(sections.flatMap(({id, role}) => (DEPLOYED.has(role) ? [id] : [])));
  return steps.flatMap(step =>
    deployed.has(step.section)
      ? commandsOf(step).flatMap(command => {
          const effect = effectOf(command);
          return effect === undefined ? [] : [{command, effect}];
        })
      : [],
  );
}

const DEPLOYED: ReadonlySet<SectionRole> = new Set(['prepare', 'deploy', 'verify', 'other']);

/** The effects that the rollback leaves, in words. */
export function notUndone(
  lasting: readonly Lasting[],
  rollback: readonly Step[],
): {text: string; line: number; command: string}[] {
  const undone = rollback
    .flatMap(commandsOf)
    .map(command => command.text)
    .join('\n');
  // The text of a rollback may be long, so it is searched once for each kind of effect.
  const answers = new Map<Effect, boolean>();
  const isUndone = (effect: Effect): boolean => {
    const known = answers.get(effect) ?? effect.undoneBy.test(undone);
    answers.set(effect, known);
    return known;
  };
  return lasting.flatMap(({command: {text, line}, effect}) =>
    isUndone(effect) ? [] : [{text: `${text} (line ${line}): ${effect.words}`, line, command: text}],
  );
}

type Effect = {words: string; undoneBy: RegExp};

function effectOf({text}: Command): Effect | undefined {
  for (const words of simpleCommands(text)) {
    const effect = lastingEffect(words);
    if (effect !== undefined) return effect;
  }
  return undefined;
}

function lastingEffect(words: readonly string[]): Effect | undefined {
  const text = words.join(' ');
  return LASTING.find(([pattern]) => pattern.test(text))?.[1];
}

const MIGRATION: Effect = {
  words: 'the schema stays migrated; no step of the rollback migrates it back',
  // A dump that is read back brings the old schema.
  undoneBy:
    /\b(?:downgrade|rollback|migrate:undo|db:rollback|revert|pg_restore|migrate\s+\S+\s+(?:zero|\d+))\b|\b(?:psql|mysql|mariadb)\b[^\n|]*<\s*\S|\|\s*(?:psql|mysql|mariadb)\b|\bpsql\b[^\n]*\s-f\s/,
};

const LASTING: readonly [RegExp, Effect][] = [
  [
    /^git stash(?!\s+(?:pop|apply|list|show|drop))/,
    {
      words: 'local changes stay in the stash; no step of the rollback applies them',
      undoneBy: /git stash (?:pop|apply)/,
    },
  ],
  [
    /^alembic upgrade|\bmanage\.py migrate|^prisma migrate|^npx prisma (?:migrate|db push)|\bdb:migrate\b|^flyway migrate|^(?:npx )?(?:sequelize|knex) .*migrat|^supabase db push|\bartisan migrate(?!:)/,
    MIGRATION,
  ],
  [/^git push(?!.*--dry-run)/, {words: 'what was pushed stays on the remote', undoneBy: /git push|git revert/}],
  [
    /^(?:npm|yarn|pnpm|cargo|twine|gem) (?:publish|upload|push)/,
    {words: 'a published version stays published', undoneBy: /\b(?:unpublish|yank)\b/},
  ],
];
