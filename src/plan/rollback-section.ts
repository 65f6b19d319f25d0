import {withGuards} from './inputs.ts';
import type {Rollback, Section, Step} from './plan.ts';
import type {Stage} from './script.ts';
import {simpleCommands} from './shell-words.ts';
import {commandsOf} from './step-texts.ts';

/** The rollback as the document tells it: the first section for it that holds steps. Null when there is none. */
export function compileRollback(
  sections: readonly Section[],
  steps: readonly Step[],
  triggers: readonly string[],
): Rollback | null {
  const held = rollbackParts(sections, steps);
  const chosen =
    held.find(one => one.steps.some(step => step.kind !== 'manual')) ?? held.find(one => one.steps.length > 0);
  if (chosen === undefined) return null;
  const {root} = chosen;
  const estimate = [root, ...sections].find(
    section =>
      section.estimate !== undefined && (section === root || section.parent === root.id) && section.role === 'rollback',
  )?.estimate;
  return {
    heading: root.title,
    line: root.line,
    triggers,
    steps: chosen.steps.map(step => step.id),
    doesNotUndo: leftBehind(steps, chosen.steps, sections).map(({text}) => text),
    ...(estimate === undefined ? {} : {estimate}),
  };
}

/** What an earlier command of the rollback makes need not be there beforehand. */
export function withoutOwnInputs(steps: readonly Step[], rollback: Rollback | null): Step[] {
  const ids = new Set(rollback?.steps ?? []);
  const made = new Set<string>();
  return steps.map(step => {
    if (!ids.has(step.id) || step.action.kind !== 'script') return step;
    const stages = step.action.stages.map((stage): Stage => {
      if (stage.kind === 'http') return stage;
      if (stage.kind === 'commands') return {...stage, commands: withGuards(stage.commands, made)};
      // Only one arm is taken, so what an arm makes is not there for what follows.
      const arms = stage.arms.map(arm => ({...arm, commands: withGuards(arm.commands, new Set(made))}));
      return {...stage, arms};
    });
    return {...step, action: {...step.action, stages}};
  });
}

/** Commands of the deployment that the rollback leaves in place, in words. */
export function leftBehind(
  steps: readonly Step[],
  rollback: readonly Step[],
  sections: readonly Section[],
): {text: string; line: number; command: string}[] {
  const roles = new Map(sections.map(section => [section.id, section.role]));
  const undone = rollback
    .flatMap(commandsOf)
    .map(command => command.text)
    .join('\n');
  const deployed = steps.filter(step => /^(?:prepare|deploy|verify|other)$/.test(roles.get(step.section) ?? ''));
  return deployed.flatMap(commandsOf).flatMap(({text, line}) => {
    const effect = simpleCommands(text)
      .map(lastingEffect)
      .find(found => found !== undefined);
    if (effect === undefined || effect.undoneBy.test(undone)) return [];
    return [{text: `${text} (line ${line}): ${effect.words}`, line, command: text}];
  });
}

type Effect = {words: string; undoneBy: RegExp};

function lastingEffect(words: readonly string[]): Effect | undefined {
  const text = words.join(' ');
  return LASTING.find(([pattern]) => pattern.test(text))?.[1];
}

const MIGRATION: Effect = {
  words: 'the schema stays migrated; no step of the rollback migrates it back',
  undoneBy: /\b(?:downgrade|rollback|migrate:undo|db:rollback|revert|pg_restore|migrate\s+\S+\s+(?:zero|\d+))\b/,
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

/** Each outermost rollback section with the steps of all of it. */
function rollbackParts(sections: readonly Section[], steps: readonly Step[]): {root: Section; steps: Step[]}[] {
  const parts = new Map<string, {root: Section; steps: Step[]}>();
  for (const section of sections) {
    if (section.role !== 'rollback') continue;
    const around = section.parent === undefined ? undefined : parts.get(section.parent);
    parts.set(section.id, around ?? {root: section, steps: []});
  }
  for (const step of steps) parts.get(step.section)?.steps.push(step);
  return [...new Set(parts.values())];
}
