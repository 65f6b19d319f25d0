/** Finds sentences and headings that give the place of everything below: "All commands on web-1". */

import {memoize} from '../../../text/memoize.ts';
import {codeSpans, plainText} from '../../document/inline.ts';
import {
  type DocumentWords,
  type HostNames,
  hostsMentioned,
  leadingHost,
  type NamedPlace,
  placeOfTitle,
} from '../../phrases/host-mentions.ts';
import {type Context, writtenPlace} from '../../script.ts';
import {loginDestination} from '../../shell/carried-commands.ts';
import type {ShellLine} from '../../shell/shell-lines.ts';
import {simpleCommands} from '../../shell/words.ts';
import {phrase, piece} from '../../words/vocabulary.ts';

/** The place of everything below, and whether the whole document is meant; undefined for a sentence about one thing. */
export const placeOfAll = memoize(placeByText);

/** The place in a heading, which may consist of it: "On web-1". */
export function placeOfHeading(title: string, names: HostNames): NamedPlace | undefined {
  const text = plainText(title);
  const alone = ALONE.exec(text)?.[1] ?? [NAMED.exec(text)?.[1] ?? ''].find(name => names.has(name.toLowerCase()));
  return placeOfAll(title)?.place ?? placeOfTitle(title) ?? (alone === undefined ? undefined : there(alone));
}

/** A heading that is or ends with a host of the document: "4.1 FWZ-B", "Historian (hist01)". */
const NAMED = /^(?:(?:\d+(?:\.\d+)*|[a-z])[.)]?\s+)?(?:[^()]*\()?([a-z][\w.-]*\w)\)?$/i;

function placeByText(raw: string): {place: NamedPlace; isWhole: boolean} | undefined {
  const text = plainText(raw).slice(0, TEXT_LENGTH_MAX);
  const all = ALL.exec(text);
  if (all === null) return undefined;
  const behind = text.slice(all.index + all[0].length).split(/[.;]\s/)[0] ?? '';
  const place = loginIn(raw) ?? placeOfTitle(`${all[1] ?? ''} ${behind}`) ?? named(behind);
  return place === undefined ? undefined : {place, isWhole: WHOLE.test(text)};
}

/** An exact destination in code: "(`ssh ops@bastion`)". */
export function loginIn(raw: string): NamedPlace | undefined {
  for (const code of codeSpans(raw)) {
    const destination = loginDestination(simpleCommands(code)[0] ?? []);
    if (destination !== undefined) return there(destination);
  }
  return undefined;
}

/** One host, or several; several stay one phrase, because no login leads to several hosts. */
function named(behind: string): NamedPlace | undefined {
  const [whole, first] = HOSTS.exec(behind) ?? [];
  return whole === undefined || first === undefined ? undefined : there(whole.trim());
}

function there(phrase: string): NamedPlace {
  return {here: false, phrase};
}

const TEXT_LENGTH_MAX = 400;
/** Names of hosts have a figure, dots or a login: "web-1", "db.example.com", "ops@bastion". */
const HOST = piece`(?:[a-z_][\w.-]*@[\w.-]*\w|(?!v?\d)[a-z][a-z0-9-]*\d(?:[\w.-]*\w)?|[a-z][\w-]*(?:\.[\w-]+){2,})`;
const HOSTS = phrase`^\s*(${HOST})(?:(?:,\s*|\s+(?:&|${'and'})\s+)${HOST}){0,8}`;
const ALONE = phrase`^(?:\d+(?:\.\d+)*[.)]?\s+)?(?:${'only'}\s+)?(?:${'behind-names'}|${'at-host'})\s+(${HOST})\s*[:：]?$`;
const ALL = phrase`\<(?:${'all-of-it'})\>,?(?:\s+[^\s.;:]+){0,6}?:?\s+(${'at'})(?=\s)`;
const WHOLE = phrase`\<${'this-document'}\>`;

/** The host in a comment above commands: "# db02", "# on db02:". It holds for the commands below as well. */
export function placeOfComment(
  {text, comment = ''}: {text: string; comment?: string},
  names: HostNames,
): NamedPlace | undefined {
  const place = leadingHost(comment, names, false);
  if (place === undefined || place.here) return undefined;
  // `scp app.tgz web1:` is run here, for that host; a name without a figure may be that of a service.
  const reached = new Set(hostsMentioned(text, names));
  const isOther = (name: string) => /\d/.test(name) && !reached.has(name);
  return hostsMentioned(place.phrase, names).every(isOther) ? place : undefined;
}

/**
 * The host that all prompts name (`postgres@pg-a:~$ patronictl list`), if the document mentions it elsewhere too.
 * Otherwise it may be the author's own machine, as in `ana@macbook:~$`.
 */
export function placeOfPrompts(
  typed: Context | undefined,
  lines: readonly ShellLine[],
  documentWords: () => DocumentWords,
) {
  const [name = '', ...others] = hostsOfPrompts(lines);
  if (name === '' || others.length > 0) return undefined;
  if (typed !== undefined) {
    // A login or a sentence is more precise, unless the prompts show another host.
    const at = hostOfPrompt(typed.place.kind === 'host' ? writtenPlace(typed.place) : '');
    return at !== '' && at !== name && documentWords().asking.has(at) ? there(name) : undefined;
  }
  // A name with a number, as `jump01`, is no laptop.
  const isCounted = lines.some(line => line.kind === 'command' && line.prompt === name) && /\d/.test(name);
  return isCounted || documentWords().words.has(name) ? there(name) : undefined;
}

/** The hosts that the prompts of commands name, with '' for prompts that name none. */
export function hostsOfPrompts(lines: readonly ShellLine[]): ReadonlySet<string> {
  return new Set(lines.flatMap(line => (line.kind === 'command' ? [hostOfPrompt(line.prompt)] : [])));
}

export function hostOfPrompt(prompt = ''): string {
  return ASKED.exec(prompt)?.[1] ?? '';
}

/** Also of a host that is only described: `<db1>`. */
const ASKED = /^<?(?:[\w.-]+@)?([A-Za-z][\w.-]+)>?$/;
