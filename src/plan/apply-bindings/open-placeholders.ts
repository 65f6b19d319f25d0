/** Finds the placeholders in runnable text, and values that cannot be used there. */
import {compact} from '../../text/compact.ts';
import {matchHost, writtenDestinations} from '../bindings-file/named-places.ts';
import type {Bindings} from '../bindings-file/types.ts';
import {commandsOf, contextOf, type Placeholder, requestsOf, type Step} from '../plan.ts';
import {type Text, writtenPlace} from '../script.ts';
import {capturedAs} from '../shell/captures.ts';
import {bracketedName} from '../shell/placeholder-forms.ts';
import {type BindMode, bindText, findPlaceholders, type Missing} from '../shell/placeholders.ts';

/** Every placeholder in runnable text, with its lines. Values are added later. */
export function collectPlaceholders(
  steps: readonly Step[],
  lines: readonly string[],
  bindings: Bindings,
): Placeholder[] {
  const found = new Map<string, Set<number>>();
  const note = (text: string, line: number) => found.set(text, (found.get(text) ?? new Set()).add(line));
  for (const step of steps) {
    const place = contextOf(step)?.place;
    const destination = place?.kind === 'host' ? writtenPlace(place) : '';
    if (findPlaceholders(destination).length > 0) {
      // Where only the bindings give the host, the document does not hold its destination.
      const line = writtenAt(lines, destination, step.endLine) ?? namedInProseAt(lines, destination, step.line);
      if (line !== undefined) note(destination, line);
    }
    for (const {text, line} of runnableTexts(step)) {
      for (const hit of findPlaceholders(text)) note(hit.text, writtenAt(lines, hit.text, line) ?? line);
    }
  }
  const captured = new Set(steps.flatMap(commandsOf).flatMap(command => command.captures.map(capture => capture.name)));
  return [...found].map(([text, at]) =>
    compact({
      text,
      lines: [...at].sort((a, b) => a - b),
      bound: matchHost(text, bindings) !== undefined,
      capture: captured.has(text) || captured.has(capturedAs(text)) ? true : undefined,
    }),
  );
}

/** "on each web server": prose names the host. */
function namedInProseAt(lines: readonly string[], destination: string, line: number): number | undefined {
  const name = bracketedName(destination);
  return name === undefined ? undefined : (writtenAt(lines, name, line) ?? line);
}

/** The nearest line that holds the text: a `cd` or `ssh` stands further up, a long command continues further down. */
function writtenAt(lines: readonly string[], text: string, line: number): number | undefined {
  for (let at = line; at < line + LINES_DOWN_MAX; at += 1) if (lines[at - 1]?.includes(text)) return at;
  for (let at = line; at > Math.max(0, line - LINES_UP_MAX); at -= 1) if (lines[at - 1]?.includes(text)) return at;
  return undefined;
}

const LINES_DOWN_MAX = 5;
const LINES_UP_MAX = 500;

type Runnable = {text: Text; line: number; mode: BindMode};

/** All text of a step that goes to a shell, a server or a database, with its line and the language there. */
function runnableTexts(step: Step): Runnable[] {
  const {action} = step;
  const as = (mode: BindMode, line: number, text: Text | undefined): Runnable[] =>
    text === undefined ? [] : [{text, line, mode}];
  const commands = commandsOf(step).flatMap(({text, line, directory}) => [
    ...as('shell', line, text),
    ...as('plain', line, directory),
  ]);
  const requests = requestsOf(step).flatMap(({url, headers, body, line, curl}) => [
    ...as('url', line, url),
    ...headers.flatMap(({value}) => as('plain', line, value)),
    ...as('json', line, body),
    ...as('shell', line, curl?.text),
  ]);
  const statements = action.kind === 'sql' ? action.statements.flatMap(({text, line}) => as('sql', line, text)) : [];
  const tail =
    action.kind === 'tail' ? [...as('plain', step.line, action.file), ...as('shell', step.line, action.command)] : [];
  return [...commands, ...requests, ...statements, ...tail];
}

/** Values of the bindings that a run would refuse at the places where the document has their names. */
export function unusableValues(
  steps: readonly Step[],
  lines: readonly string[],
  {values, hosts}: Bindings,
): readonly (Missing & {line: number})[] {
  const known = new Map(writtenDestinations(hosts));
  for (const [name, {value}] of Object.entries(values)) known.set(name, value);
  const lookup = {keys: [...known.keys()], get: (name: string) => known.get(name)};
  const found = new Map<string, Missing & {line: number}>();
  for (const {text, line, mode} of steps.flatMap(runnableTexts)) {
    for (const {name, because} of bindText(text, lookup, mode).missing) {
      if (because === undefined) continue;
      const at = writtenAt(lines, name, line) ?? line;
      found.set(`${at} ${name}`, {name, because, line: at});
    }
  }
  return [...found.values()];
}
