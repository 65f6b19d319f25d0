/** Stand-ins for compilers and what builds a product. */
import type {StandIn} from './stand-in.ts';

export const BUILDERS: readonly StandIn[] = [
  {
    programs: ['mvn', 'mvnw', 'gradle', 'gradlew', 'ant', 'sbt'],
    what: 'builds',
    rows: [
      {
        call: /^/,
        takesMs: 90_000,
        says: 'BUILD SUCCESS\n',
        does: [
          {kind: 'directory', path: 'target'},
          {kind: 'file', act: 'make', path: 'target/app.jar', text: '{version}\n'},
        ],
      },
    ],
  },
  {
    programs: [
      'make',
      'cmake',
      'ninja',
      'go',
      'cargo',
      'dotnet',
      'msbuild',
      'tsc',
      'vite',
      'webpack',
      'ng',
      'next',
      'gulp',
      'grunt',
      'hugo',
      'jekyll',
      'mkdocs',
      'gatsby',
      'rustc',
      'gcc',
      'just',
      'task',
      'bazel',
      'turbo',
      'nx',
    ],
    what: 'builds',
    rows: [
      {
        call: /^(?:publish)/,
        takesMs: 8000,
        says: 'published\n',
        does: [{kind: 'keep', key: 'published', value: '{new}'}],
      },
      {call: /^(?:yank)/, takesMs: 4000, does: [{kind: 'back', key: 'published'}]},
      {call: /(?:^|\s)(?:test|check|vet|lint|fmt|clippy)/, takesMs: 40_000, says: 'ok\n'},
      {
        call: /(?:^|\s)(?:rollback|undo|revert)\b/,
        takesMs: 10_000,
        says: 'done\n',
        does: [
          {kind: 'back', key: 'deployed'},
          {kind: 'serve', version: 'old'},
        ],
      },
      {
        call: /(?:^|\s)(?:deploy|release|ship)\b/,
        takesMs: 30_000,
        says: 'done\n',
        does: [
          {kind: 'keep', key: 'deployed', value: '{new}'},
          {kind: 'serve', version: 'here'},
        ],
      },
      {call: /^/, takesMs: 30_000, says: 'done\n'},
    ],
  },
  {
    programs: ['python', 'python3', 'node', 'ruby', 'php', 'perl', 'java', 'tsx', 'ts-node', 'deno'],
    what: 'interpreter: the script behind it is not run',
    rows: [
      {call: /^(?:-V|--version|-v)$/, takesMs: 60, says: '{version}\n'},
      {
        call: /^-m (?:venv|virtualenv)/,
        takesMs: 4000,
        does: [{kind: 'file', act: 'make', path: '{1}/bin/activate', text: '# activate\n'}],
      },
      {call: /^-m (?:pip|json\.tool|compileall|pytest)/, takesMs: 8000, says: 'ok\n'},
      {call: /^-[ce]/, takesMs: 800},
      {
        call: /^(?=[\w./-]+\.(?:py|js|mjs|cjs|rb|php|pl|jar|ts)\b)/,
        takesMs: 3000,
        does: [{kind: 'require', path: '{1}', missing: "can't open file '{1}': No such file or directory\n"}],
      },
      {call: /^/, takesMs: 1000},
    ],
  },
  {
    programs: ['fastlane', 'eas'],
    what: 'app store',
    rows: [
      // Nobody takes back an application that is installed.
      {
        call: /(?:^|\s)(?:release|submit|upload\w*|deliver|supply|beta|publish)\b/,
        takesMs: 40_000,
        says: 'done\n',
        does: [{kind: 'keep', key: 'published', value: '{new}'}],
      },
      {call: /^/, takesMs: 1500, says: 'success\n'},
    ],
  },
];
