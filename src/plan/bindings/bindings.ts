/** Reads, validates and merges bindings: those of the file and those of the front matter. */
import {compact, isRecord} from '../../text/compact.ts';
import type {Problem} from '../problem.ts';
import {assemble, type BindingsRead} from './assemble.ts';
import {SECTION_NAMES} from './schema.ts';
import {type Bindings, emptyBindings} from './types.ts';
import {type Environment, readYaml} from './yaml.ts';

/** A section with a mistake is reported and left out; the other sections hold. */
export function parseBindings(yaml: string, options: {file?: string; env: Environment}): BindingsRead {
  const read = readYaml(yaml, {...options, firstLine: 1});
  const {bindings, problems} = assemble(read, options.file, 'error');
  const {file} = options;
  return {bindings: file === undefined ? bindings : {...bindings, file}, problems: [...read.problems, ...problems]};
}

/**
 * `startLine`: the line below the opening `---`. `title`: the title in the front matter, for the head of the plan.
 * Other tools use front matter too: without the key `tminus`, what does not fit is only a warning.
 */
export function readFrontMatter(yaml: string, startLine: number, env: Environment): BindingsRead & {title?: string} {
  const read = readYaml(yaml, {env, firstLine: startLine});
  if (!isRecord(read.data)) return {bindings: emptyBindings, problems: /^tminus\s*:/m.test(yaml) ? read.problems : []};
  const own = Object.fromEntries(
    Object.entries(read.data).filter(([key]) => (SECTION_NAMES as readonly string[]).includes(key)),
  );
  const severity = 'tminus' in own ? 'error' : 'warning';
  const {bindings, problems} = assemble({...read, data: own}, undefined, severity);
  const title = read.data['title'];
  const said = [...(Object.keys(own).length > 0 ? read.problems : []), ...problems];
  const all = severity === 'error' ? said : said.map(asForeign);
  return compact({bindings, problems: all, title: typeof title === 'string' ? title : undefined});
}

/** Rewords a problem of front matter that may belong to another tool. */
function asForeign(problem: Problem): Problem {
  const {message, hint} = problem;
  const words = `front matter, not taken as bindings: ${message}`;
  return {
    ...problem,
    message: words,
    hint: `leave it, if it is another tool's; if it is meant for T-Minus, add \`tminus: 1\`${hint === '' ? '' : ` and ${hint}`}`,
  };
}

/** `over` wins where both name the same thing, and its steps and rules come first. */
export function mergeBindings(base: Bindings, over: Bindings): Bindings {
  const isDefault = over.rollback === emptyBindings.rollback;
  const file = over.file ?? base.file;
  const settleMs = over.settleMs ?? base.settleMs;
  return compact({
    file,
    values: {...base.values, ...over.values},
    hosts: {...base.hosts, ...over.hosts},
    databases: {...base.databases, ...over.databases},
    choices: {...base.choices, ...over.choices},
    contexts: {...base.contexts, ...over.contexts},
    placed: over.placed ?? base.placed,
    steps: [...over.steps, ...base.steps],
    probes: {...base.probes, ...over.probes},
    logs: {...base.logs, ...over.logs},
    rules: [...over.rules, ...base.rules],
    rollback: isDefault ? base.rollback : over.rollback,
    contacts: {...base.contacts, ...over.contacts},
    notify: base.notify === undefined ? over.notify : [...(over.notify ?? []), ...base.notify],
    metrics: over.metrics ?? base.metrics,
    settleMs,
    lines: {...base.lines, ...over.lines},
    open: [...(over.open ?? []), ...(base.open ?? [])],
  });
}
