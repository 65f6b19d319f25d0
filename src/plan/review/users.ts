/** Doubts about users: the text names the user or the person for commands, but they would run as whoever logs in. */
import {compact} from '../../text/compact.ts';
import {leadsOn} from '../../text/leads-on.ts';
import type {Bindings} from '../bindings-file/types.ts';
import {plainText} from '../document/inline.ts';
import {outsideCode} from '../document/source-lines.ts';
import {withSectionsAround} from '../outline/sections-around.ts';
import {commandsOf, contextOf, type Plan, requestsOf, type Section, type Step} from '../plan.ts';
import {becomesIn, userIn} from '../words/named-users.ts';
import {phrase} from '../words/vocabulary.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';
import type {Leads} from './lines-above.ts';
import {peopleDoubts} from './places/people.ts';

/** `isOfAll`: said of all commands of the document. `until`: the last line of the item in which it is said. */
type Said = {user: string; line: number; isOfAll?: true; until?: number};

export function userDoubts(plan: Plan, bindings: Bindings, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  return [...ofUsers(plan, bindings, lines, leadsOf), ...peopleDoubts(plan, lines, leadsOf)];
}

/** One for each mention, of all commands that it is about. */
function ofUsers(plan: Plan, {hosts}: Bindings, lines: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const bySection = Map.groupBy(plan.steps, ({section}) => section);
  const ofDocument = saidAbove(plan, lines);
  return plan.sections.flatMap(section => {
    if (!RUNS.test(section.use)) return [];
    const ofTitle = saidInTitles(section, lines) ?? ofDocument;
    let held = ofTitle;
    const found = (bySection.get(section.id) ?? []).flatMap(step => {
      const own = saidBeside(step, plan.source, leadsOf);
      if (held !== ofTitle && step.line > (held?.until ?? step.line)) held = ofTitle;
      // A sentence holds for the blocks that follow, what an item says for the rest of it, a row only for itself.
      if (own?.holds === true) held = own;
      const opened = openedBy(step);
      if (opened !== undefined) held = opened === 'left' ? ofTitle : {user: opened, line: step.line};
      const said = own ?? held;
      return said === undefined || opened !== undefined || isHonoured(step, said.user, hosts) ? [] : [{said, step}];
    });
    return [...Map.groupBy(found, ({said}) => `${said.line} ${said.user}`).values()].flatMap(all =>
      doubtOf(all, plan.source, section),
    );
  });
}

function doubtOf(all: readonly {said: Said; step: Step}[], source: readonly string[], {id}: Section): FoundDoubt[] {
  const [first] = all;
  if (first === undefined) return [];
  const {said, step} = first;
  const shown = all.map(one => one.step.line);
  return [
    {
      code: 'user-assumed',
      line: step.line,
      section: id,
      steps: all.map(one => one.step.id),
      message: `line ${said.line} says to run as ${said.user}, and whoever logs in there would run line ${shown.join(', ')}`,
      because: (source[said.line - 1] ?? '').trim().slice(0, SHOWN_MAX),
      settle: `write sudo -u ${said.user} before the commands, log in there as ${said.user} (hosts: in the bindings), or say that it does not matter`,
      // The hosts of the bindings may have that login; few let root in.
      ...(said.isOfAll === true && said.user !== 'root' ? {proposed: `whoever logs in there is ${said.user}`} : {}),
    },
  ];
}

const SHOWN_MAX = 100;

/** "All commands below run as root." where it stands in no section with steps. */
function saidAbove({source, steps}: Plan, {sectionAt, stepsIn}: LineIndex): Said | undefined {
  // Behind the first step it may tell of other days.
  for (const {line, text} of outsideCode(source, 1, Math.min(steps[0]?.line ?? 0, LINES_MAX))) {
    const section = ALL.test(text) ? sectionAt(line) : undefined;
    const isOfSection = section !== undefined && section.depth > 1 && RUNS.test(section.use);
    if (isOfSection && stepsIn(section.id).length > 0) continue;
    const user = ALL.test(text) ? userIn(text) : undefined;
    if (user !== undefined) return {user, line, isOfAll: true};
  }
  return undefined;
}

const LINES_MAX = 2000;
const RUNS = /^(?:run|watch|rollback)$/;
const ALL = phrase`\<(?:${'all-of-it'}|${'command'})\>`;

function saidInTitles({id}: Section, {byId}: LineIndex): Said | undefined {
  return withSectionsAround(id, byId).flatMap(({title, depth, line}) => {
    const user = depth > 1 ? userIn(title) : undefined;
    return user === undefined ? [] : [{user, line}];
  })[0];
}

/** The text of the step, and what leads to it. */
function saidBeside(step: Step, source: readonly string[], leadsOf: Leads): (Said & {holds: boolean}) | undefined {
  for (const {line, as} of [...leadsOf(step)].sort((a, b) => b.line - a.line)) {
    const user = userIn((source[line - 1] ?? '').replace(/^[\s>#*+-]+|^\s*\d+[.)]\s+/, ''));
    if (user === undefined) continue;
    const until = endOfItem(line, source);
    return {user, line, holds: as === 'prose' || until !== undefined, ...compact({until})};
  }
  const user = step.instructions
    .filter(text => !isBehind(text, step, source))
    .map(userIn)
    .find(found => found !== undefined);
  return user === undefined ? undefined : {user, line: step.line, holds: false};
}

/** Whether it leads to other commands, behind those of the step. */
function isBehind(text: string, step: Step, source: readonly string[]): boolean {
  const last = Math.max(0, ...[...commandsOf(step), ...requestsOf(step)].map(({line}) => line));
  const begin = text.slice(0, BEGIN_LENGTH);
  return leadsOn(text) && source.slice(last, step.endLine).some(line => plainText(line).includes(begin));
}

const BEGIN_LENGTH = 20;

/** The last line of the item in which a line stands; undefined for a line in none. */
function endOfItem(line: number, source: readonly string[]): number | undefined {
  const text = source[line - 1] ?? '';
  const indent = text.search(/\S/);
  if (indent < 1 && !ITEM.test(text)) return undefined;
  for (const next of outsideCode(source, line + 1, line + LINES_MAX)) {
    const own = next.text.search(/\S/);
    if (own < indent || (own === indent && ITEM.test(next.text)) || (own === 0 && indent === 0)) return next.line - 1;
  }
  return source.length;
}

const ITEM = /^\s*(?:[-*+]|\d+[.)])\s/;

/** The user as whom a step by hand opens a shell; `left` where it leaves one. */
function openedBy({action, instructions}: Step): string | undefined {
  if (action.kind !== 'manual') return undefined;
  const last = instructions.at(-1) ?? '';
  return /^\s*(?:exit|logout)\s*$/.test(last) ? 'left' : instructions.length === 1 ? becomesIn(last.trim()) : undefined;
}

/** Whether every command of the step runs as the user already. */
function isHonoured(step: Step, user: string, hosts: Bindings['hosts']): boolean {
  const place = contextOf(step)?.place;
  const destination = place?.kind === 'host' ? (hosts[place.host]?.destination ?? place.destination) : '';
  if (destination.startsWith(`${user}@`)) return true;
  return commandsOf(step).every(
    ({text}) => text.includes(`${user}@`) || takes(text, user) || (user === 'root' && ROOT.test(text)),
  );
}

/** `chown postgres f; sudo -u postgres psql`: one of several mentions is enough. */
function takes(text: string, user: string): boolean {
  const before = text.split(user).slice(0, -1);
  return before.some((_, index) => TAKES.test(before.slice(0, index + 1).join(user)));
}

/** `sudo -u postgres`, `su - oracle -c`, `psql -U postgres`. */
const TAKES = /(?:\b(?:su|runuser)\s+(?:-l?\s+)?|\s-[iu]*[uUl]\s*|\s--user(?:name)?[ =])$/;
const ROOT = /(?:^|[\s;&|(])(?:sudo|doas|run0|pkexec)\s/;
