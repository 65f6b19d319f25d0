/** Puts together the bindings that YAML and the schema gave, and adds the line of each. */

import {compact, isRecord} from '../../text/compact.ts';
import {nearest} from '../../text/nearest.ts';
import type {Problem, Severity} from '../problem.ts';
import {isSecretName} from '../words/secret-name.ts';
import {DEFAULT_ROLLBACK} from './defaults.ts';
import {type Issue, type ReadValue, readSection, SECTION_NAMES, type Sections} from './schema.ts';
import type {Bindings} from './types.ts';
import type {YamlRead} from './yaml.ts';

export type BindingsRead = {bindings: Bindings; problems: readonly Problem[]};

export function assemble(read: YamlRead, file: string | undefined, severity: Severity): BindingsRead {
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
