/** Doubts about commands of one step that the words between and behind them give to different places. */
import {isRun} from '../../action-traits.ts';
import {isDone} from '../../doubt.ts';
import {commandsOf, contextOf, type Plan, type Step} from '../../plan.ts';
import {hereIn, placedIn, sentHereIn} from '../../words/machine-words.ts';
import {bothIn, NO_HOST, placeSaidIn} from '../../words/named-hosts.ts';
import type {FoundDoubt, LineIndex} from '../found-doubt.ts';
import type {Leads} from '../lines-above.ts';
import {hostsAtIn, namesOfPlace} from './told-hosts.ts';

// A step runs in one place. That a person gives it another one (`p` in the review) moves all of its commands there, so
// it does not answer such a doubt.

/** `isTurn`: it is all that the comment says. */
type Said = {line: number; words: string; isTurn?: true};

export function mixedPlaceDoubts(
  {steps, source}: Plan,
  {byId}: LineIndex,
  leadsOf: Leads,
  hosts: ReadonlySet<string>,
): FoundDoubt[] {
  return steps.flatMap(step => {
    if (!isDone(byId.get(step.section)?.use)) return [];
    if (!isRun(step) || commandsOf(step).length < 2) return [];
    return inComments(step, leadsOf, hosts) ?? besideCode(step, source, hosts) ?? [];
  });
}

/** "# on both web servers" behind one command, and "# on db01" behind the next. */
function inComments(step: Step, leadsOf: Leads, hosts: ReadonlySet<string>): FoundDoubt[] | undefined {
  const lines = new Set(commandsOf(step).map(({line}) => line));
  const isOnHost = contextOf(step)?.place.kind === 'host';
  const all = leadsOf(step).flatMap(({line, text, as}): Said[] => {
    if (as !== 'comment') return [];
    const words = placeIn(text, hosts);
    if (words !== undefined) return [{line, words}];
    const turn = bareNameIn(text) ?? (isOnHost ? backIn(text) : undefined);
    return turn === undefined ? [] : [{line, words: turn, isTurn: true}];
  });
  const above = all.filter(({line}) => line < Math.min(...lines)).toSorted((a, b) => b.line - a.line)[0];
  const said = all.filter(one => one === above || one.line >= Math.min(...lines));
  const behind = said.filter(({line}) => lines.has(line));
  const turns = said.some(one => one.isTurn === true && one.line > Math.min(...lines) && !isOwn(one, step));
  const isPart = turns || (behind.some(one => !isOwn(one, step)) && behind.length < lines.size);
  return isPart || placesOf(said, step).size > 1 ? [ofStep(step, said)] : undefined;
}

function placeIn(text: string, hosts: ReadonlySet<string>): string | undefined {
  return hostsAtIn(text, hosts)[0] ?? placeSaidIn(text) ?? bothIn(text) ?? placedIn(text);
}

/** "# back here", "# here": not a sentence with that word in it. */
function backIn(text: string): string | undefined {
  return sentHereIn(text) ?? (/^\W*(?:\p{L}+\s)?\p{L}+\W*$/u.test(text) ? hereIn(text) : undefined);
}

/** "# --- web-2 ---": a comment that holds nothing but a name with a number. */
function bareNameIn(text: string): string | undefined {
  const name = BARE_NAME.exec(text)?.[1];
  return name === undefined || NO_HOST.test(name) ? undefined : name;
}

const BARE_NAME = /^[\W_]*([a-z]{2,}(?:-[a-z\d]+)*-?\d{1,3}(?:\.[a-z][\w.-]*)?)[\W_]*$/i;

function placesOf(said: readonly Said[], step: Step): ReadonlySet<string> {
  return new Set(said.map(one => (isOwn(one, step) ? '' : one.words.toLowerCase())));
}

function isOwn({words}: Said, step: Step): boolean {
  return namesOfPlace(step).some(name => name === words.toLowerCase());
}

/** "On app1 `stop.sh`, on app2 `start.sh`", "`stop.sh`, then `start.sh` on app2". */
function besideCode(step: Step, source: readonly string[], hosts: ReadonlySet<string>): FoundDoubt[] | undefined {
  const raw = source[step.line - 1] ?? '';
  const codes = commandsOf(step).map(({text}) => raw.indexOf(`\`${text}\``));
  if (codes.some(at => at < 0)) return undefined;
  const [first, last] = [Math.min(...codes), Math.max(...codes)];
  const isOnHost = contextOf(step)?.place.kind === 'host';
  const saidFrom = (from: number, to?: number): Said[] => {
    const text = raw.slice(from, to);
    const named = hostsAtIn(text.replaceAll(/`[^`\s]+\s[^`]*`?/g, ' , '), hosts);
    const here = isOnHost && named.length === 0 ? hereIn(text.replaceAll(/`[^`]*`?/g, ' , ')) : undefined;
    return [...named, ...(here === undefined ? [] : [here])].map(words => ({line: step.line, words}));
  };
  const [before, between, behind] = [saidFrom(0, first), saidFrom(first, last), saidFrom(last)];
  const all = [...before, ...between, ...behind];
  if (placesOf(all, step).size > 1 || between.length > 0) return [ofStep(step, all)];
  return before.length === 0 && behind.length > 0
    ? [{...ofStep(step, all), proposed: 'all of them run there'}]
    : undefined;
}

function ofStep(step: Step, said: readonly Said[]): FoundDoubt {
  const place = contextOf(step)?.place;
  const shown = said.map(({line, words}) => `"${words}" (line ${line})`).join(', ');
  return {
    code: 'place-assumed',
    line: said.at(-1)?.line ?? step.line,
    steps: [step.id],
    message: `the commands of line ${step.line} all run ${place?.kind === 'host' ? `on ${place.host}` : 'here'}, but the text between or behind them says ${shown}`,
    because: said.at(-1)?.words ?? '',
    settle: 'do them by hand, or write a block for each place',
  };
}
