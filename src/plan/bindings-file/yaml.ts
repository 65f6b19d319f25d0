/** Reads YAML with line numbers, and expands `${NAME}` from the environment. */
import {isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar, visit} from 'yaml';
import {compact} from '../../text/compact.ts';
import type {Problem} from '../problem.ts';
import {isSecretName} from '../words/secret-name.ts';
import {takeUnfilled, type Unfilled} from './unfilled.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type Path = readonly (string | number)[];

export type YamlRead = {
  data: unknown;
  /** The position of a key or an item; for a missing one, that of its parent. */
  positionOf(path: Path): {line: number; column: number};
  /** Paths (joined by newlines) whose text came from a variable with the name of a secret. */
  secretPaths: ReadonlySet<string>;
  /** Entries without a value. They, and entries that need them, are not in `data`. */
  open: readonly (Omit<Unfilled, 'offset'> & {line: number; column: number})[];
  problems: readonly Problem[];
};

/** `firstLine`: the line in the file where the text begins. */
export function readYaml(text: string, options: {env: Environment; firstLine: number; file?: string}): YamlRead {
  const lines = new LineCounter();
  const document = parseDocument(text, {lineCounter: lines, prettyErrors: false});
  const at = (offset: number): {line: number; column: number} => {
    const {line, col} = lines.linePos(offset);
    return {line: line + options.firstLine - 1, column: col};
  };
  const problem = (offset: number, message: string, hint: string): Problem => ({
    severity: 'error',
    code: 'invalid-binding',
    ...at(offset),
    message,
    hint,
    ...compact({file: options.file}),
  });

  const positionOf = (path: Path): {line: number; column: number} => at(offsetOf(document.contents, path));
  const [error] = document.errors;
  if (error !== undefined) {
    const problems = [problem(error.pos[0], `not valid YAML: ${error.message}`, 'correct the YAML at this line')];
    return {data: undefined, positionOf, secretPaths: new Set(), open: [], problems};
  }

  const problems: Problem[] = [];
  const secretPaths = new Set<string>();
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const {text: expanded, missing, secret} = expand(node.value, options.env);
      node.value = expanded;
      if (secret) secretPaths.add(pathOf(ancestors, node).join('\n'));
      for (const name of missing) {
        problems.push(
          problem(
            node.range?.[0] ?? 0,
            `environment variable ${name} is not set`,
            `set ${name}, or write the value here`,
          ),
        );
      }
    },
  });
  keepAsWritten(document.contents);
  const open = takeUnfilled(document.contents).map(({offset, ...one}) => ({...one, ...at(offset)}));
  try {
    return {data: document.toJS(), positionOf, secretPaths, open, problems};
  } catch (error) {
    // An alias without an anchor, or aliases that multiply without end.
    const message = `not valid YAML: ${error instanceof Error ? error.message : String(error)}`;
    const hint = 'write it without aliases';
    return {data: undefined, positionOf, secretPaths, open: [], problems: [problem(0, message, hint)]};
  }
}

const VARIABLE = /(\$?)\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g;

/** `$${NAME}` becomes `${NAME}`, for the shell that reads it later. */
function expand(text: string, env: Environment): {text: string; missing: string[]; secret: boolean} {
  const missing: string[] = [];
  let secret = false;
  const expanded = text.replace(VARIABLE, (whole, escaped: string, name: string, fallback: string | undefined) => {
    if (escaped !== '') return whole.slice(1);
    const value = env[name] ?? fallback;
    if (value === undefined) missing.push(name);
    secret ||= isSecretName(name);
    return value ?? whole;
  });
  return {text: expanded, missing, secret};
}

// YAML reads `1.10` and `0755` as numbers; as values of placeholders they must stay text.
function keepAsWritten(contents: unknown): void {
  if (!isMap(contents)) return;
  for (const section of ['values', 'contacts', 'choices', 'contexts']) {
    const part = contents.get(section, true);
    if (!isMap(part)) continue;
    for (const {value} of part.items) {
      const inner = isMap(value) ? value.get('value', true) : value;
      if (isScalar(inner) && isPlain(inner)) inner.value = inner.source;
    }
  }
}

function isPlain(scalar: Scalar): boolean {
  return scalar.source !== undefined && (typeof scalar.value === 'number' || typeof scalar.value === 'boolean');
}

function offsetOf(contents: Node | null | undefined, path: Path): number {
  let node: unknown = contents;
  let offset = contents?.range?.[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(item => isScalar(item.key) && String(item.key.value) === String(step));
      if (pair === undefined) return offset;
      if (isScalar(pair.key)) offset = pair.key.range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      const item = node.items[step] as Node | undefined;
      if (item === undefined) return offset;
      offset = item.range?.[0] ?? offset;
      node = item;
    } else return offset;
  }
  return offset;
}

function pathOf(ancestors: readonly unknown[], node: unknown): string[] {
  const path: string[] = [];
  for (const [index, ancestor] of ancestors.entries()) {
    if (isPair(ancestor) && isScalar(ancestor.key)) path.push(String(ancestor.key.value));
    else if (isSeq(ancestor)) path.push(String(ancestor.items.indexOf(ancestors[index + 1] ?? node)));
  }
  return path;
}
