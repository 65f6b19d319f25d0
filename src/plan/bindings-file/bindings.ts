/** Reads, validates and merges bindings: those of the file and those of the front matter. */
import {compact, isRecord} from '../../text/compact.ts';
import {nearest} from '../../text/nearest.ts';
import type {Problem, Severity} from '../problem.ts';
import {isSecretName} from '../words/secret-name.ts';
import {DEFAULT_ROLLBACK} from './defaults.ts';
import {type Issue, type ReadValue, readSection, SECTION_NAMES, type Sections} from './schema.ts';
import {type Bindings, emptyBindings} from './types.ts';
import {type Environment, readYaml, type YamlRead} from './yaml.ts';

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

type BindingsRead = {bindings: Bindings; problems: readonly Problem[]};

function assemble(read: YamlRead, file: string | undefined, severity: Severity): BindingsRead {
  const problems: Problem[] = [];
  const report = (issue: Issue): void => {
    problems.push(toProblem(issue, read, file, severity));
  };
  const data = read.data ?? {};
  if (!isRecord(data)) {
    if (read.problems.length === 0)
      report({path: [], message: 'bindings are not a mapping', hint: 'start with `tminus: 1`'});
    return {...assemble({...read, data: {}}, file, severity), problems};
  }
  for (const key of Object.keys(data)) {
    if (!(SECTION_NAMES as readonly string[]).includes(key))
      report({path: [key], message: `unknown key \`${key}\``, hint: '', unknown: {key, allowed: SECTION_NAMES}});
  }
  const section = <Name extends keyof Sections>(name: Name): Sections[Name] | undefined => {
    if (data[name] === undefined || data[name] === null) return undefined;
    const {value, issues} = readSection(name, data[name]);
    for (const issue of issues) report(issue);
    return value;
  };
  section('tminus');
  const lineOf = (...path: (string | number)[]): number => read.positionOf(path).line;
  const lined = <Bound extends object>(
    name: string,
    entries: Readonly<Record<string, Bound>> = {},
  ): Record<string, Bound & {line: number}> =>
    Object.fromEntries(Object.entries(entries).map(([key, bound]) => [key, {...bound, line: lineOf(name, key)}]));
  const listed = <Bound extends object>(
    path: readonly string[],
    items: readonly Bound[] = [],
  ): (Bound & {line: number})[] => items.map((bound, index) => ({...bound, line: lineOf(...path, index)}));
  const rollback = section('rollback');
  const settleMs = section('settle');
  return {
    bindings: compact({
      values: withSecrets(lined('values', section('values')), read.secretPaths),
      hosts: lined('hosts', section('hosts')),
      databases: lined('databases', section('databases')),
      choices: section('choices') ?? {},
      contexts: section('contexts') ?? {},
      steps: listed(['steps'], section('steps')),
      probes: lined('probes', section('probes')),
      logs: lined('logs', section('logs')),
      rules: listed(['rules'], section('rules')),
      rollback:
        rollback === undefined
          ? DEFAULT_ROLLBACK
          : {...rollback, requires: listed(['rollback', 'requires'], rollback.requires)},
      contacts: section('contacts') ?? {},
      notify: data['notify'] === undefined ? undefined : listed(['notify'], section('notify')),
      metrics: section('metrics'),
      settleMs,
      // Front matter of other tools may use the same words, so its empty values are no questions to an operator.
      open: severity === 'error' ? read.open : [],
      lines: Object.fromEntries(
        (['contexts', 'choices'] as const).flatMap(name =>
          Object.keys(isRecord(data[name]) ? data[name] : {}).map(
            key => [`${name}.${key}`, lineOf(name, key)] as const,
          ),
        ),
      ),
    }),
    problems,
  };
}

/** A value is a secret without saying so when its name, or the variable that it comes from, is the name of a secret. */
function withSecrets(
  values: Readonly<Record<string, ReadValue & {line: number}>>,
  secretPaths: ReadonlySet<string>,
): Bindings['values'] {
  return Object.fromEntries(
    Object.entries(values).map(([key, {value, secret, line}]) => {
      const taken = secretPaths.has(`values\n${key}`) || secretPaths.has(`values\n${key}\nvalue`);
      return [key, {value, secret: secret ?? (isSecretName(key) || taken), line}];
    }),
  );
}

function toProblem(issue: Issue, read: YamlRead, file: string | undefined, severity: Severity): Problem {
  const {unknown, path, message} = issue;
  const meant = unknown === undefined ? undefined : nearest(unknown.key, unknown.allowed);
  const hint =
    unknown === undefined
      ? issue.hint
      : meant === undefined
        ? `known keys: ${unknown.allowed.join(', ')}`
        : `did you mean \`${meant}\`?`;
  const code = unknown === undefined ? 'invalid-binding' : 'unknown-binding';
  return {severity, code, ...read.positionOf(path), message, hint, ...compact({file})};
}
