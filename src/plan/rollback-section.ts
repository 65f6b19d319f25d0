import type {Bindings} from './bindings.ts';
import {withGuards} from './inputs.ts';
import type {Command, Context, Rollback, Section, Stage, Step} from './plan.ts';
import {simpleCommands} from './shell-words.ts';
import {commandsOf, contextOf} from './step-texts.ts';

/** The rollback as the document tells it: the first section for it that holds steps. Null when there is none. */
export function compileRollback(
  sections: readonly Section[],
  steps: readonly Step[],
  triggers: readonly string[],
): Rollback | null {
  const roots = sections.filter(
    section => section.role === 'rollback' && !isWithin(section.parent, 'rollback', sections),
  );
  const held = roots.map(root => ({root, steps: stepsUnder(root, sections, steps)}));
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

export type Missing = {
  line: number;
  what: string;
  made: {line: number; where: string} | undefined;
  where: string;
  stated: string;
};

/** Inputs of the rollback that nothing in the document makes, or that it makes somewhere else. */
export function neverCreated(
  steps: readonly Step[],
  rollback: Rollback | null,
  bindings: Bindings,
  outputsOf: (text: string) => string[],
): Missing[] {
  const ids = new Set(rollback?.steps ?? []);
  const made = steps
    .filter(step => !ids.has(step.id))
    .flatMap(step => {
      const context = contextOf(step);
      return context === undefined
        ? []
        : commandsOf(step).flatMap(command => productsOf(command, context, bindings, outputsOf));
    });
  const seen = new Set<string>();
  return steps
    .filter(step => ids.has(step.id))
    .flatMap(step => {
      const context = contextOf(step);
      if (context === undefined) return [];
      return commandsOf(step).flatMap(command =>
        command.inputs.flatMap((input): Missing[] => {
          const what =
            input.kind === 'git-ref'
              ? input.ref
              : input.kind === 'directory' || input.kind === 'file'
                ? input.path
                : undefined;
          if (what === undefined || seen.has(what)) return [];
          const makers = made.filter(product => product.name === what);
          const here = placeOf(context, command, bindings);
          if (makers.some(product => samePlace(product.place, here))) return [];
          if (makers.length === 0 && !isMadeForRollback(what, input.kind)) return [];
          // The line that uses it is the copy; the guard on a deletion repeats it.
          if (command.destructive !== undefined) return [];
          seen.add(what);
          const [maker] = makers;
          return [
            {
              line: command.line,
              what,
              stated: command.text,
              where: here.host,
              made: maker === undefined ? undefined : {line: maker.line, where: maker.place.host},
            },
          ];
        }),
      );
    });
}

type Location = {host: string; directory: string | undefined};
type Product = {name: string; line: number; place: Location};

function productsOf(
  command: Command,
  context: Context,
  bindings: Bindings,
  outputsOf: (text: string) => string[],
): Product[] {
  return outputsOf(command.text).map(output => {
    const name = command.captures.reduce(
      (text, {expression, name: captured}) => text.replace(expression, captured),
      output,
    );
    return {name, line: command.line, place: placeOf(context, command, bindings)};
  });
}

function placeOf(context: Context, command: Command, bindings: Bindings): Location {
  const written = command.directory;
  const directory = written === undefined ? context.directory : (bindings.values[written]?.value ?? written);
  return {host: context.place.kind === 'local' ? 'local' : context.place.host, directory};
}

function samePlace(one: Location, other: Location): boolean {
  if (one.host !== other.host) return false;
  return one.directory === undefined || other.directory === undefined || one.directory === other.directory;
}

/** Branches and ordinary files are there anyway; a version tag or a backup has to be made. */
function isMadeForRollback(what: string, kind: string): boolean {
  if (kind === 'git-ref') return /\d/.test(what) && !/^(?:HEAD|[0-9a-f]{7,40}$)/.test(what) && !/[<{$]/.test(what);
  return /(?:backup|bak|\bold\b|prev|snapshot|dump)/i.test(what);
}

function stepsUnder(root: Section, sections: readonly Section[], steps: readonly Step[]): Step[] {
  const within = new Set([root.id]);
  for (const section of sections)
    if (section.parent !== undefined && within.has(section.parent) && section.role === 'rollback')
      within.add(section.id);
  return steps.filter(step => within.has(step.section));
}

function isWithin(parent: string | undefined, role: Section['role'], sections: readonly Section[]): boolean {
  return parent !== undefined && sections.find(section => section.id === parent)?.role === role;
}
