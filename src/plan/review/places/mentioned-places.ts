/** Doubts about commands taken for here, though the text beside them names hosts or a login stands before them. */
import {codeSpans, withoutCode} from '../../document/inline.ts';
import {isFence} from '../../document/source-lines.ts';
import {withSectionsAround} from '../../outline/sections-around.ts';
import {hostsMentioned} from '../../phrases/host-mentions.ts';
import {commandsOf, type Plan, type Section, type Step} from '../../plan.ts';
import {everyPhrase, phrase} from '../../words/vocabulary.ts';
import type {FoundDoubt} from '../found-doubt.ts';
import type {Leads} from '../lines-above.ts';
import {controlHosts} from './control-hosts.ts';

/** Steps beside which the document says something about the place are asked about separately, without a proposal. */
export function byMention(
  plan: Plan,
  steps: readonly Step[],
  leadsOf: Leads,
  names: ReadonlySet<string>,
): {mentioned: FoundDoubt[]; unsaid: readonly Step[]} {
  if (steps.length === 0) return {mentioned: [], unsaid: []};
  const {source} = plan;
  const logins = loginsIn(source);
  const controls = controlHosts(plan);
  const byId = new Map(plan.sections.map(section => [section.id, section]));
  // The steps that follow in the section go with those beside which something was said.
  const said = new Map<string, string>();
  const groups = Map.groupBy(steps, step => {
    const own = wordsBeside(step, source, leadsOf, names);
    if (own !== undefined) said.set(step.section, own);
    const words =
      own ?? said.get(step.section) ?? fieldAbove(step, plan, byId) ?? controls(step) ?? loginBefore(step, logins);
    return words === undefined ? undefined : `${step.section} ${words}`;
  });
  const unsaid = groups.get(undefined) ?? [];
  const mentioned = [...groups].flatMap(([key, own]) => (key === undefined ? [] : [ofGroup(key, own)]));
  return {mentioned, unsaid};
}

function ofGroup(key: string, steps: readonly Step[]): FoundDoubt {
  const section = steps[0]?.section ?? '';
  const words = key.slice(section.length + 1);
  const lines = steps.map(({line}) => line);
  const which = lines.length === 1 ? `line ${lines[0]} is` : `lines ${lines.join(', ')} are`;
  return {
    code: 'place-assumed',
    line: lines[0] ?? 1,
    section,
    steps: steps.map(({id}) => id),
    message: `${which} taken for here, but ${words}`,
    because: steps.flatMap(commandsOf)[0]?.text.split('\n')[0] ?? steps[0]?.title ?? '',
    settle: 'set the place with p in `tminus review`, or name it under contexts: in the bindings',
  };
}

/** "the text beside it names db01, db02". */
function wordsBeside(
  step: Step,
  source: readonly string[],
  leadsOf: Leads,
  names: ReadonlySet<string>,
): string | undefined {
  const own = withoutCode(source[step.line - 1] ?? '');
  const isCode = commandsOf(step).some(({line}) => line === step.line) && !/`/.test(source[step.line - 1] ?? '');
  const told = [...(isCode ? [] : [own]), ...leadsOf(step).map(({text}) => text)];
  const lines = isCode ? [] : [step.line, ...leadsOf(step).map(({line}) => line)];
  const inCode = lines.flatMap(line => hostsInCode(source[line - 1] ?? '', step, names));
  const mentioned = told.flatMap(text => [...hostsMentioned(text.slice(0, TEXT_LENGTH_MAX), names), ...joinedIn(text)]);
  const hosts = new Set([...mentioned, ...inCode]);
  // Beside "bo-app2", "app2" names nothing more.
  const isShort = (name: string) => [...hosts].some(other => other.endsWith(`-${name}`));
  const counted = [...hosts].filter(name => /[\d.-]/.test(name) && !isShort(name)).slice(0, NAMES_MAX);
  return counted.length > 0 ? `the text names ${counted.join(', ')}` : undefined;
}

/** "en `campus-db`": names that nothing else tells to be hosts, but no file and nothing that the commands work on. */
function hostsInCode(raw: string, step: Step, names: ReadonlySet<string>): string[] {
  const worked = commandsOf(step).map(({text}) => text);
  const shown = raw.slice(0, TEXT_LENGTH_MAX);
  const known = codeSpans(shown).filter(name => names.has(name.toLowerCase()));
  return [...known, ...AT_CODE.all(shown).map(([, name = '']) => name)].filter(
    name => !FILE.test(name) && !worked.some(text => text.includes(name)),
  );
}

/** "…, on paygw-a and paygw-b": two names of one family, though nothing else tells them to be hosts. */
function joinedIn(text: string): string[] {
  return AT_NAMES.all(text.slice(0, TEXT_LENGTH_MAX)).flatMap(([, one = '', other = '']) => {
    const [family] = one.split(/(?=[-\d][^-]*$)/);
    return family !== undefined && family !== one && other.startsWith(family) ? [one, other] : [];
  });
}

const AT_NAMES = everyPhrase`\<(?:${'behind-names'}|${'at-host'})\s+([a-z][\w.-]*\w)(?:\s*[,/&]\s*|\s+${'and'}\s+)([a-z][\w.-]*\w)`;
const AT_CODE = everyPhrase`\<(?:${'behind-names'}|${'at-host'})\s+(?:${'the'}\s+)?(?:${'place'}\s+)?\*{0,2}\x60([a-z][\w.-]*\w)\x60`;
const FILE = /\.[a-z]{1,4}$|\.\d|^v?\d/;

const TEXT_LENGTH_MAX = 400;
const NAMES_MAX = 3;

/** "**Box:** `po-b`" below the title of its section, or of one around it. */
function fieldAbove({section, line}: Step, {source}: Plan, byId: ReadonlyMap<string, Section>): string | undefined {
  for (const around of withSectionsAround(section, byId)) {
    const to = Math.min(line - 1, around.line + FIELD_LINES_MAX);
    for (let at = to; at > around.line; at -= 1) {
      const name = PLACE_FIELD.exec((source[at - 1] ?? '').slice(0, TEXT_LENGTH_MAX))?.[1];
      if (name !== undefined) return `line ${at} says that the place is ${name}`;
    }
  }
  return undefined;
}

const FIELD_LINES_MAX = 6;
const PLACE_FIELD = phrase`^\W*(?:${'column-place'}|${'place'})\W{0,3}[:：]\W{0,4}\x60?([a-z][\w.-]*\w)`;

type Login = {line: number; destination: string | undefined};

/** Lines that log in to a host for the blocks behind them, and lines that leave it. */
function loginsIn(source: readonly string[]): Login[] {
  return source.flatMap((text, index): Login[] => {
    const destination = LOGS_IN.exec(text)?.[1];
    if (destination === undefined) return LEAVES.test(text) ? [{line: index + 1, destination}] : [];
    return onlyGoesThere(source, index) ? [{line: index + 1, destination}] : [];
  });
}

/** Such a block is for those behind it. One that logs in and does its work there is complete by itself. */
function onlyGoesThere(source: readonly string[], login: number): boolean {
  for (let index = login + 1; index < source.length; index += 1) {
    const text = source[index] ?? '';
    if (text.trim() === '' || isFence(text)) return true;
    if (!GOES_THERE.test(text)) return false;
  }
  return true;
}

const GOES_THERE = /^\s*(?:\S*[$#%>]\s+)?(?:cd\b.*|su\b.*|sudo\s+(?:-\w+|su)\b.*|#.*)$/;

const LOGS_IN = /^\s*(?:\S*[$#%>]\s+)?ssh\s+(?:-\S+\s+)*([\w.-]+@[\w.-]+)\s*$/;
const LEAVES = /^\s*(?:\S*[$#%>]\s+)?(?:exit|logout)\s*$/;

function loginBefore({line}: Step, logins: readonly Login[]): string | undefined {
  const last = logins.findLast(login => login.line < line);
  return last?.destination === undefined
    ? undefined
    : `the document logged in to ${last.destination} in line ${last.line}, and nothing says that it left`;
}
