/** Doubts about words beside commands that say where they run, and were turned into no place. */
import {memoizeObject} from '../../../text/memoize.ts';
import {isNameIn} from '../../../text/name-in.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {withSectionsAround} from '../../outline/sections-around.ts';
import {hostNamesIn, hostsMentioned, withoutWay} from '../../phrases/host-mentions.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../../plan.ts';
import {machineWordsIn, mayBeHere, placedIn, sentHereIn, shortNameIn, shortNamesIn} from '../../words/machine-words.ts';
import {bothIn, placeSaidIn} from '../../words/named-hosts.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import type {Leads} from '../lines-above.ts';
import {type Text, textBelow, textsOf} from './place-texts.ts';
import {controlsOthers} from './reached-hosts.ts';
import {hostsAtIn, namesOfPlace, otherHostIn} from './told-hosts.ts';

// Other checks look for hosts with names. This one looks for words like "server", "standby" or "laptop" beside the
// commands, the nearest first: either the step runs where they say, or a person says where.

/** `isOpen`: the document works on hosts, or names some. `short`: its names for machines. */
type Around = {isOpen: boolean; short: ReadonlySet<string>} & Pick<Asked, 'reaches' | 'hosts'>;

/**
 * `isAsked`: whether nobody has settled where the step runs. `reaches`: whether it only asks hosts that it names, so
 * that it matters less from where. `isOpen`: the document works on hosts, or names some.
 */
type Asked = Reached & {isAsked: (step: Step) => boolean};

export type Reached = {reaches: (step: Step) => boolean; isOpen: boolean; hosts: ReadonlySet<string>};

export function unreadPlaceDoubts(
  plan: Plan,
  lines: LineIndex,
  leadsOf: Leads,
  {isAsked, reaches, isOpen, hosts}: Asked,
): FoundDoubt[] {
  const {byId} = lines;
  const said = new Map<string, Text>();
  const around: Around = {
    isOpen,
    short: new Set([...shortNamesIn(plan.source), ...hostNamesIn(plan.source)]),
    hosts,
    reaches,
  };
  const found = plan.steps.flatMap(step => {
    const use = byId.get(step.section)?.use;
    if (
      (use !== 'run' && use !== 'rollback' && use !== 'watch') ||
      !isAsked(step) ||
      (isHere(step) && controlsOthers(step))
    )
      return [];
    const above = withSectionsAround(step.section, byId).map(({line, title}) => ({line, text: title}));
    const titles = [...above, {line: 1, text: plan.title, isTitle: true}];
    const texts = [...textBelow(step, plan, lines), ...textsOf(step, plan.source, leadsOf), ...titles];
    const own = unreadIn(texts, step, plan, around);
    if (own !== undefined && own !== 'read') said.set(step.section, own);
    if (own === 'read') said.delete(step.section);
    // What follows in the section without such words goes with what stands above it.
    const follows = isHere(step) && hostNamed(plan.source[step.line - 1] ?? '', hosts) === undefined;
    const before = follows ? besideOf(said.get(step.section), step, plan) : undefined;
    const words: Words | undefined =
      own === 'read' ? undefined : (own ?? (before && (namedIn(texts, plan, hosts) ?? before)));
    return words === undefined ? [] : [{step, words}];
  });
  const groups = Map.groupBy(
    found,
    ({step, words}) => `${step.section} ${placeOf(step)} ${words.isOther === true ? 'beside' : words.line}`,
  );
  const textsBeside = (step: Step) => [...textsOf(step, plan.source, leadsOf), ...textBelow(step, plan, lines)];
  return [...groups.values()].map(group => ofGroup(group, byId, alsoSaid(group, textsBeside, hosts)));
}

/** Other places told beside the same commands: "(on rdb, …)" below those that "on both" leads to. */
function alsoSaid(
  group: readonly {step: Step; words: Text}[],
  textsBeside: (step: Step) => readonly Text[],
  hosts: ReadonlySet<string>,
): string {
  const words = group[0]?.words.text.toLowerCase() ?? '';
  const told = new Map<string, number>();
  for (const {step} of group)
    for (const {line, text} of textsBeside(step))
      for (const place of [...hostsAtIn(text, hosts), bothIn(text) ?? '', placeSaidIn(text) ?? ''])
        if (place !== '' && !isNameIn(place.toLowerCase(), words) && !told.has(place)) told.set(place, line);
  return [...told].map(([place, line]) => ` and "${place}" (line ${line})`).join('');
}

type Words = Text & {isOther?: boolean};

/** What an item says holds for what is in it, and not for the items beside it. */
function besideOf(words: Text | undefined, step: Step, {source}: Plan): Words | undefined {
  const indent = words === undefined ? 0 : (source[words.line - 1] ?? '').search(/\S/);
  if (words === undefined || indent < 1) return words;
  const isLeft = source.slice(words.line, step.line).some(text => {
    const own = ITEM.exec(text)?.[1]?.length;
    return own !== undefined && own < indent;
  });
  return isLeft ? {...words, isOther: true} : words;
}

const ITEM = /^(\s*)(?:[-*+]|\d+[.)])\s/;

function ofGroup(group: readonly {step: Step; words: Words}[], byId: LineIndex['byId'], also: string): FoundDoubt {
  const steps = group.map(({step}) => step);
  const {words} = group[0] as {words: Words};
  const lines = steps.map(({line}) => line);
  const [first] = steps as [Step];
  const which = lines.length === 1 ? `line ${lines[0]} is` : `lines ${lines.join(', ')} are`;
  if (words.isOther === true)
    return {
      code: 'place-assumed',
      line: first.line,
      section: first.section,
      steps: steps.map(({id}) => id),
      message: `${which} taken for ${placeOf(first)}, ${BESIDE}: "${words.text}" (line ${words.line})`,
      because: words.text,
      settle: SETTLE,
    };
  return {
    code: 'place-assumed',
    line: words.line > (byId.get(first.section)?.line ?? 0) ? words.line : first.line,
    section: first.section,
    steps: steps.map(({id}) => id),
    message: `${which} taken for ${placeOf(first)}, but the text says "${words.text}"${words.line === first.line ? '' : ` (line ${words.line})`}${also}`,
    because: words.text,
    settle: SETTLE,
    ...(words.isTitle === true && isHere(first) ? {proposed: 'it is here'} : {}),
  };
}

/** Tells that the commands themselves say nothing. */
export const BESIDE = 'and only an item beside it says a place';

const SETTLE = 'set the place with p in `tminus review`, or name it under contexts: in the bindings';

function isHere(step: Step): boolean {
  return contextOf(step)?.place.kind !== 'host';
}

function placeOf(step: Step): string {
  const place = contextOf(step)?.place;
  return place?.kind === 'host' ? place.host : 'here';
}

/** The nearest text about the place: `read` where it is the one of the step. */
function unreadIn(texts: readonly Text[], step: Step, {source, title}: Plan, around: Around) {
  const names = namesOfPlace(step);
  const last = Math.max(step.line, ...commandsOf(step).map(({line}) => line));
  const known = names.length === 0 ? 0 : lineOf(names, source, last);
  const isReaching = around.reaches(step);
  const otherIn = ({line, isBelow, isRest, text: rest}: Text) => {
    const text = isRest === true ? rest : withHosts(source[line - 1] ?? '', around.hosts);
    return otherHostIn(text, step, {own: names, hosts: around.hosts, isReaching: isReaching || isBelow === true});
  };
  if (names.length > 0 && known === 0) return undefined;
  for (const one of texts) {
    const {line, text} = one;
    if (known > 0 && line <= known) return 'read';
    if (names.length === 0 && (one.isNear === true ? mayBeHere(text) : sentHereIn(text) !== undefined)) return 'read';
    const words =
      isReaching || one.isBelow === true
        ? (otherIn(one) ?? (one.isRest === true && names.length === 0 ? placedIn(text) : undefined))
        : one.isTitle === true || text.trim() === title
          ? placedIn(text)
          : (saidIn(text, around, names.length > 0) ??
            (names.length > 0 && one.isNear === true ? otherIn(one) : undefined));
    if (words === undefined) continue;
    return names.some(name => name === words.toLowerCase() || isOfPlace(words, name))
      ? 'read'
      : {line, text: words, isTitle: one.isTitle ?? text.trim() === title};
  }
  return undefined;
}

/** "then stock2, as agreed", around it: another host than that of the commands above. */
function namedIn(texts: readonly Text[], {source}: Plan, hosts: ReadonlySet<string>): Words | undefined {
  for (const {line, isTitle, isBelow} of texts) {
    const text = isTitle === true || isBelow === true ? undefined : hostNamed(source[line - 1] ?? '', hosts);
    if (text !== undefined) return {line, text};
  }
  return undefined;
}

/** "Na `lb01` …": it names a place of its own, in whatever language. */
function hostNamed(raw: string, hosts: ReadonlySet<string>): string | undefined {
  const inCode = codeSpans(raw).find(code => hosts.has(code.toLowerCase()));
  return inCode ?? hostsMentioned(plainText(raw.replaceAll(/`[^`]*`/g, ' ')), hosts).find(name => /\d/.test(name));
}

const ADDRESS = /(?<!\w)\w+:\/\/\S+/g;

/** A line without its code and addresses, except for code that is the name of a host. */
function withHosts(raw: string, hosts: ReadonlySet<string>): string {
  const bare = raw.replaceAll(/`([^`]*)`/g, (_, code: string) => (hosts.has(code.toLowerCase()) ? code : ' '));
  return plainText(bare.replaceAll(ADDRESS, ' '));
}

function saidIn(whole: string, {isOpen, short}: Around, isElsewhere: boolean): string | undefined {
  const text = withoutWay(whole);
  // An item that is only the name of a host says where what is in it runs.
  if (short.has(text.toLowerCase().replace(/[\s:.]+$/, ''))) return text.trim();
  const said = placeSaidIn(text) ?? bothIn(text) ?? machineWordsIn(text, isOpen) ?? shortNameIn(text, short);
  return said ?? (isElsewhere ? sentHereIn(text) : undefined);
}

/** "the worker box" means `deploy@<worker-host>`. */
export function isOfPlace(words: string, name: string): boolean {
  return words
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .some(word => word.length > 3 && name.includes(word));
}

const inLowerCase = memoizeObject((source: readonly string[]) => source.map(text => text.toLowerCase()));

/** The nearest line at or above the commands that names the place in which the step runs; 0 where none does. */
function lineOf(names: readonly string[], source: readonly string[], last: number): number {
  const words = names.map(name => name.split(' ')[0] ?? '');
  const all = inLowerCase(source);
  for (const isAddress of [false, true]) {
    for (let line = last; line > 0; line -= 1) {
      const raw = all[line - 1] ?? '';
      if (!words.some(word => raw.includes(word))) continue;
      const text = withoutWay(raw);
      const shown = isAddress ? text : text.replaceAll(ADDRESS, ' ');
      if (names.some(name => isNameIn(name, shown))) return line;
    }
  }
  return 0;
}
