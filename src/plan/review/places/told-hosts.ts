/** Finds the hosts that a document tells of, and words beside commands that name another one than theirs. */
import {matchesOf} from '../../../text/matches.ts';
import {isNameIn} from '../../../text/name-in.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {hostNamesIn, hostsMentioned} from '../../phrases/host-mentions.ts';
import {commandsOf, contextOf, type Plan, requestsOf, type Step} from '../../plan.ts';
import {writtenPlace} from '../../script.ts';
import {everyPhrase} from '../../words/vocabulary.ts';

/**
 * The names that the document uses for its hosts, those that are only described (`<mx-old>`), and names like theirs:
 * beside `mx-old` also `mx-new`. In lower case.
 */
export function hostsToldIn(plan: Plan): ReadonlySet<string> {
  const known = new Set([...hostNamesIn(plan.source), ...placesOf(plan)]);
  const families = new Set([
    ...[...known].flatMap(name => FAMILY.exec(name)?.[1] ?? []),
    ...countedFamilies(plan.source, thingsOf(plan, REACHED)),
  ]);
  if (families.size === 0) return known;
  const things = thingsOf(plan);
  const alike = plan.source
    .filter(line => !/^\s*#/.test(line))
    .flatMap(line => [...codeSpans(line), ...(plainText(line).match(COUNTED) ?? [])])
    .filter(name => families.has(FAMILY.exec(name)?.[1] ?? '') && !things.has(name));
  const all = [...known, ...alike.map(name => name.toLowerCase())];
  return new Set([...all, ...all.flatMap(name => SHORT.exec(name)?.[1] ?? [])]);
}

/** `szk` of `szk-app01` and `szk-db01` in code: several counted names of one family are hosts in every language. */
function countedFamilies(source: readonly string[], things: ReadonlySet<string>): string[] {
  const names = new Set(source.flatMap(line => (line.includes('`') ? codeSpans(line) : [])).filter(isCounted));
  const worked = new Set([...things].filter(isCounted).map(name => FAMILY.exec(name)?.[1]));
  const groups = Map.groupBy(names, name => FAMILY.exec(name)?.[1]);
  return [...groups].flatMap(([family, {length}]) =>
    family !== undefined && length > 1 && !worked.has(family) ? [family] : [],
  );
}

/** Names that the commands work on. `but`: what a command only reaches. */
function thingsOf({steps}: Plan, but = /(?!)/g): ReadonlySet<string> {
  return new Set(steps.flatMap(commandsOf).flatMap(({text}) => text.replaceAll(but, ' ').match(ARGUMENT) ?? []));
}

/** `ping db-01`, `psql -h db-01` */
const REACHED = /(?<![\w-])(?:ssh|ping6?|dig|nc|telnet|-[hH]|--host)[ =]+\S+/g;

/** `app01` of `szk-prd-app01`. */
const SHORT = /^[a-z]{2,}\d?-(?:[a-z\d]+-)*([a-z]{2,}\d{1,3})$/;

function isCounted(name: string): boolean {
  return COUNTED_CODE.test(name);
}

const COUNTED_CODE = /^[a-z]{2,}\d?-(?:[a-z\d]+-)*[a-z]+-?\d{1,3}$/;
/** `mx` of `mx-old`. */
const FAMILY = /^([a-z]{2,}\d?)-(?:[a-z\d]+-)*[a-z]*\d*$/;
const COUNTED = /(?<![\w./@-])[a-z]{2,}\d?-(?:[a-z\d]+-)*[a-z]*\d+(?![\w./-])/g;
/** A word of a command, but no login and no address. */
const ARGUMENT = /(?<![\w./@:-])[a-z]+-[a-z\d-]+(?![\w.:-])/g;

/** Hosts that are only described: `<mx-old>`. */
function placesOf({steps}: Plan): string[] {
  return steps.flatMap(step => {
    const place = contextOf(step)?.place;
    const name = place?.kind === 'host' ? /^<([\w.-]+)>$/.exec(writtenPlace(place))?.[1] : undefined;
    return name === undefined ? [] : [name.toLowerCase()];
  });
}

/** `own`: the names of its place. `isReaching`: of the text, only "from web-1" says from where, and "web-1" does not. */
type Given = {own: readonly string[]; hosts: ReadonlySet<string>; isReaching: boolean};

/** A host that the text names, and that is neither the place of the step nor what its commands reach. */
export function otherHostIn(text: string, step: Step, {own, hosts, isReaching}: Given): string | undefined {
  const reached = [...commandsOf(step).map(one => one.text), ...requestsOf(step).map(({url}) => url)]
    .join('\n')
    .toLowerCase();
  const isOther = (name: string) =>
    (isReaching || /[\d.-]/.test(name)) && !own.some(one => isNameIn(name, one)) && !isNameIn(name, reached);
  return (isReaching ? hostsAtIn(text, hosts) : hostsMentioned(text.slice(0, TEXT_LENGTH_MAX), hosts)).find(isOther);
}

/** The hosts behind "on", "from" and the like; also a host with which a text begins: "db01: …". */
export function hostsAtIn(text: string, hosts: ReadonlySet<string>): string[] {
  const shown = text.slice(0, TEXT_LENGTH_MAX);
  const bracketed = matchesOf(shown, BRACKETED).map(([, name = '']) => name);
  return [...AT_NAME.all(shown).map(([, name = '']) => name), FIRST.exec(shown)?.[1] ?? '', ...bracketed]
    .map(name => name.toLowerCase())
    .filter(name => hosts.has(name));
}

/** Of its host as the document names it, and as the bindings do; none here. */
export function namesOfPlace(step: Step): string[] {
  const place = contextOf(step)?.place;
  if (place?.kind !== 'host') return [];
  return [writtenPlace(place), place.host].map(name => name.toLowerCase().replace(/^<(.*)>$/, '$1'));
}

const TEXT_LENGTH_MAX = 400;
const AT_NAME = everyPhrase`\<(?:${'at'}|${'behind-names'}|${'at-host'})\s+\x60?([A-Za-z][\w.-]*\w)`;
/** "(from a till, till-01)" */
const BRACKETED = /[(,]\s*([A-Za-z][\w.-]*\w)\s*\)/g;
const FIRST = /^\W*([A-Za-z][\w.-]*\w)\s*(?:[:,;]|$)/;
