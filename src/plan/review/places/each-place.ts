/** Doubts about commands that are for several places ("on each server", "Repeat with web-2") and run once. */
import {isRun} from '../../action-traits.ts';
import {plainText} from '../../document/inline.ts';
import {isFence} from '../../document/source-lines.ts';
import {isDone} from '../../doubt.ts';
import {hostNamesIn, hostsMentioned} from '../../phrases/host-mentions.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../../plan.ts';
import {writtenPlace} from '../../script.ts';
import {
  countedIn,
  eachPlaceIn,
  familyPlacesIn,
  namesOfSeveral,
  repeatedIn,
  severalPlacesIn,
} from '../../words/named-hosts.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import type {Leads} from '../lines-above.ts';

export function eachPlaceDoubts(plan: Plan, {byId, stepsAt}: LineIndex, leadsOf: Leads): FoundDoubt[] {
  const names = hostNamesIn(plan.source);
  const several = namesOfSeveral(plan.source);
  const isWork = ({section}: Step) => isDone(byId.get(section)?.use);
  const own = plan.steps.filter(step => isWork(step) && isRun(step) && !goesRound(step, names));
  const placed = own.flatMap(step => {
    const known = severalIn(step, names, several);
    const said = known ?? saidAbove(step, plan.source, leadsOf, names) ?? saidByTitle(step, byId);
    if (said === undefined) return [];
    const doubt = ofStep(said, [step.id]);
    // A login in the commands themselves says where they run: once, there.
    const place = contextOf(step)?.place;
    const isPlaced = known === undefined && place?.kind === 'host' && writtenPlace(place).includes('@');
    return [isPlaced ? {...doubt, proposed: 'they run once, there'} : doubt];
  });
  return [...placed, ...ofRepeats(plan, isWork, stepsAt)];
}

type Said = {line: number; words: string};

/** The place is several hosts: "app1 and app2", or a short name for both. */
function severalIn(step: Step, names: ReadonlySet<string>, several: ReadonlySet<string>): Said | undefined {
  const place = contextOf(step)?.place;
  const destination = place?.kind === 'host' ? /^<(.+)>$/.exec(writtenPlace(place))?.[1] : undefined;
  if (destination === undefined) return undefined;
  const isSeveral = several.has(destination.toLowerCase()) || new Set(hostsMentioned(destination, names)).size > 1;
  return isSeveral ? {line: step.line, words: destination} : undefined;
}

function saidAbove(
  step: Step,
  source: readonly string[],
  leadsOf: Leads,
  names: ReadonlySet<string>,
): Said | undefined {
  const own = ownLines(step, source).map(line => ({line, as: 'own'}));
  const inBlock = new Set(commandsOf(step).map(({line}) => line));
  for (const {line, as} of [...own, ...leadsOf(step)]) {
    const raw = source[line - 1] ?? '';
    const text = withoutCode(raw);
    const isComment = as === 'comment' || (inBlock.has(line) && !raw.includes('`'));
    // The comments among commands are asked about together.
    const several = as === 'comment' ? undefined : severalPlacesIn(text);
    const family = isComment ? undefined : familyPlacesIn(text, names);
    const words = eachPlaceIn(text, names) ?? several ?? family ?? countedIn(text);
    if (words !== undefined) return {line, words};
  }
  return undefined;
}

/** The lines of its text, up to those of its last command there; a block has its own. */
function ownLines(step: Step, source: readonly string[]): number[] {
  const last = Math.max(step.line, ...commandsOf(step).map(({line}) => line));
  const behind = source.slice(step.line, last).findIndex(text => text.trim() === '' || isFence(text));
  const count = behind < 0 ? last - step.line + 1 : behind + 1;
  return Array.from({length: count}, (_, index) => step.line + index);
}

/** "## Restart on both front ends", above what names no host itself. */
function saidByTitle(step: Step, byId: LineIndex['byId']): Said | undefined {
  const section = byId.get(step.section);
  const words = section === undefined ? undefined : severalPlacesIn(plainText(section.title));
  return section === undefined || words === undefined || contextOf(step)?.place.kind === 'host'
    ? undefined
    : {line: section.line, words};
}

function withoutCode(raw: string): string {
  const told = raw.replaceAll(/`([^`]*)`/g, (code, inside: string) => (/\s/.test(inside) ? '…' : code));
  return plainText(told).slice(0, TEXT_LENGTH_MAX);
}

const TEXT_LENGTH_MAX = 400;

/** Commands that go to several hosts by themselves: a loop, a tool for many hosts, or each host by its name. */
function goesRound(step: Step, names: ReadonlySet<string>): boolean {
  const texts = commandsOf(step).map(({text}) => text);
  const reached = new Set(texts.flatMap(text => hostsMentioned(text, names)));
  return texts.some(text => ROUND.test(text)) || reached.size > 1;
}

const ROUND =
  /^\s*(?:for|while)\s|\bxargs\b|^\s*(?:sudo\s+)?(?:ansible(?:-playbook)?|pssh|pdsh|clush|dsh|salt|knife|mco|fab|kubectl|helm|oc|docker\s+stack)\s/m;

function ofStep({line, words}: Said, steps: readonly string[], reads = 'is more than one place'): FoundDoubt {
  return {
    code: 'place-assumed',
    line,
    steps,
    message: `"${words}" ${reads}, and the commands run once, in one place`,
    because: words,
    settle: 'do it by hand on the others, or write the commands once for each place',
  };
}

/** "Repeat with web-2" is a doubt of the step before it, unless it is a step itself. */
function ofRepeats(
  {source, steps, sections}: Plan,
  isWork: (step: Step) => boolean,
  stepsAt: LineIndex['stepsAt'],
): FoundDoubt[] {
  const commands = new Set(steps.flatMap(commandsOf).map(({line}) => line));
  const titles = new Set(sections.map(({line}) => line));
  return source.flatMap((raw, index) => {
    const line = index + 1;
    const words = commands.has(line) || titles.has(line) ? undefined : repeatedIn(withoutCode(raw));
    const isTold = stepsAt(line).some(({title, instructions}) =>
      [title, ...instructions].join(' ').includes(words ?? ''),
    );
    if (words === undefined || isTold) return [];
    const [step] = [...stepsAt(line), ...steps.filter(one => one.line < line).slice(-1)];
    return step === undefined || !isWork(step)
      ? []
      : [ofStep({line, words}, [step.id], 'reads as if it were done again')];
  });
}
