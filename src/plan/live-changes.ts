/** Whether a step changes what is live: the deploy begins with the first one, whatever the heading above it says. */
import {memoizeObject} from '../text/memoize.ts';
import {interruptionsBy} from './hazards/interruptions.ts';
import {onlyReads} from './hazards/only-reads.ts';
import type {SectionRole} from './kinds.ts';
import {HOLDS_TEXT, isMigration, SQL_CLIENT, schemaChanges, sqlFile, statementsOf} from './rollback/schema-changes.ts';
import type {Action, Place, Stage} from './script.ts';
import {carriedCommands} from './shell/carried-commands.ts';
import {copyOf} from './shell/paths/copies.ts';
import {commitBrought, linksMade} from './shell/paths/results.ts';
import {onlyLooks} from './shell/read-only/looking-requests.ts';
import {readsOnly} from './shell/read-only/looks.ts';

/**
 * `brings`: it migrates, restarts or brings out a version, which no preparation does. `switches`: it stops something, or
 * changes which version lies on a host. `changes`: it changes something else. `prepares`: it makes a backup, or fetches or
 * builds what is needed. `looks`: it changes nothing, or a person does it.
 */
type LiveChange = 'brings' | 'switches' | 'changes' | 'prepares' | 'looks';

/** From the strongest on. */
const STRENGTH: readonly LiveChange[] = ['brings', 'switches', 'changes', 'prepares', 'looks'];

/**
 * Whether the step belongs to the deployment itself. The title of its section decides where it says so. In a preparation
 * or a verification only what brings something out does; below any other heading what changes which version is live, and
 * whatever changes something where no section is called the deploy.
 */
export function belongsToDeploy(step: {action: Action}, role: SectionRole, hasDeploy: boolean): boolean {
  if (role === 'deploy') return true;
  const change = liveChangeOf(step);
  if (change === 'brings') return true;
  if (LEADS_TO_IT.has(role)) return false;
  return change === 'switches' || (change === 'changes' && !hasDeploy);
}

const LEADS_TO_IT: ReadonlySet<SectionRole> = new Set(['prepare', 'verify', 'monitor', 'validate']);

const liveChangeOf = memoizeObject(({action}: {action: Action}): LiveChange => {
  const found = changesOf(action);
  return STRENGTH.find(one => found.includes(one)) ?? 'looks';
});

function changesOf(action: Action): readonly LiveChange[] {
  switch (action.kind) {
    case 'script':
      return action.stages.flatMap(stage => changesOfStage(stage, action.context.place.kind));
    case 'sql':
      return action.statements.map(({text}) => {
        if (onlyReads(text)) return 'looks';
        return schemaChanges(`${text};`).length > 0 ? 'brings' : 'changes';
      });
    case 'http':
      return action.requests.map(request => (onlyLooks(request) ? 'looks' : 'changes'));
    default:
      return [];
  }
}

function changesOfStage(stage: Stage, place: Place['kind']): readonly LiveChange[] {
  if (stage.kind === 'http') return [onlyLooks(stage.request) ? 'looks' : 'changes'];
  const commands = stage.kind === 'commands' ? stage.commands : stage.arms.flatMap(arm => arm.commands);
  return commands.map(({text}) => changeOfCommand(text, place));
}

function changeOfCommand(text: string, place: Place['kind']): LiveChange {
  if (readsOnly(text)) return 'looks';
  if (migrates(text)) return 'brings';
  if (interruptionsBy(text).size > 0) return strengthOf(text);
  // The working copy of this machine may be anybody's.
  const isSwitched = linksMade(text).length > 0 || commitBrought(text) !== undefined;
  if (isSwitched) return place === 'host' ? 'switches' : 'changes';
  const acting = carriedCommands(text).filter(({words}) => words.length > 0 && !readsOnly(words.join(' ')));
  return acting.every(({words}) => isPreparing(words)) && isKept(text) ? 'prepares' : 'changes';
}

function migrates(text: string): boolean {
  return carriedCommands(text).some(one => {
    const said = one.words.join(' ');
    if (!SQL_CLIENT.test(said)) return !HOLDS_TEXT.test(one.words[0] ?? '') && isMigration(said);
    return schemaChanges(statementsOf(one, text)).length > 0 || sqlFile(one, false) !== undefined;
  });
}

/** To stop something may be for the sake of a backup, and a container may run for one command. */
function strengthOf(text: string): LiveChange {
  if (ONE_COMMAND.test(text)) return 'changes';
  return BRINGS_UP.test(text) ? 'brings' : 'switches';
}

const ONE_COMMAND = /^(?:sudo )?(?:docker|podman) (?:container )?run\b(?!.*\s(?:-\w*d\b|--detach))/;
const BRINGS_UP =
  /(?<![\w-])(?:(?:try-|force-)?re-?start(?:ed)?|re-?load(?:ed)?|reload-or-restart|(?:re-?)?deploy(?:ed)?|rollout|apply|upgrade|install|replace|up|patch|set image|scale|update-service|update)(?!\w)/;

/** Programs that keep, fetch or build something beside what is live. */
const PREPARES =
  /^(?:mkdir|touch|date|pushd|popd|set|umask|source|\.|ssh-add|pg_dump(?:all)?|mysqldump|mariadb-dump|mongodump|redis-cli (?:save|bgsave)|pg_basebackup|pgbackrest|restic|borg|gzip|bzip2|xz|zip|tee|git (?:fetch|clone|tag|stash|bundle|archive|push|add|commit|config|remote|branch)|(?:docker|podman) (?:pull|build|push|login|tag|save|commit|image)|docker-compose (?:pull|build)|(?:npm|yarn|pnpm) (?:ci|install|run (?:build|test|lint))|make (?:build|test|lint|check|dist)|wget|curl)(?=\s|$)/;

/** The word of a program that nobody knows: `parcelctl status`. */
const ASKS_ONLY =
  /^\S+(?: -\S+)* (?:status|check|list|show|version|info|ping|health\w*|get|describe|diff|plan|validate|lint|test|help)(?=\s|$)|\s--(?:version|help|dry-run|check)(?=\s|$)/;

function isPreparing(words: readonly string[]): boolean {
  const said = words.join(' ');
  if (PREPARES.test(said) || ASKS_ONLY.test(said)) return true;
  if (/^(?:g|bsd)?tar$/.test(words[0] ?? '')) return /^\S*tar\s+(?:-{0,2}\w*c|.*--create)/.test(said);
  const copy = copyOf(words);
  return copy !== undefined && copy.program !== 'mv' && KEPT.test(copy.target ?? '');
}

/** Files that it writes by `>` are named as kept, or written by what only prepares. */
function isKept(text: string): boolean {
  const targets = carriedCommands(text).flatMap(({command}) =>
    command.redirections.flatMap(({operator, target}) => (operator.includes('>') ? [target] : [])),
  );
  return targets.every(target => NOWHERE.test(target) || KEPT.test(target));
}

const NOWHERE = /^(?:\/dev\/(?:null|stdout|stderr)|&?\d|-|\/tmp\/.*)$/;
const KEPT =
  /(?:^|[^a-z])(?:bak|backups?|old|orig(?:inal)?|prev(?:ious)?|saved?|snapshots?|archives?|before|pre|tmp|dumps?)(?:[^a-z]|$)|\.(?:sql|dump|gz|log|txt)$/i;
