/** Stand-ins for package managers: of the system, and of languages. */
import type {StandIn} from './stand-in.ts';

const SECOND_MS = 1000;

export const PACKAGES: readonly StandIn[] = [
  {
    programs: ['apt', 'apt-get', 'aptitude'],
    what: 'package manager',
    rows: [
      {call: /^(?:-\S+ )*update/, takesMs: 8 * SECOND_MS, says: 'Reading package lists... Done\n'},
      {
        call: /^(?:-\S+ )*(?:install|reinstall)/,
        takesMs: 25 * SECOND_MS,
        says: 'Reading package lists... Done\nSetting up {1} ...\n',
        does: [{kind: 'keep', key: 'package {1}', value: 'installed'}],
      },
      {
        call: /^(?:-\S+ )*(?:remove|purge|autoremove)/,
        takesMs: 10 * SECOND_MS,
        says: 'Removing {1} ...\n',
        does: [{kind: 'keep', key: 'package {1}', value: 'removed'}],
      },
      {
        call: /^(?:-\S+ )*(?:upgrade|dist-upgrade|full-upgrade)/,
        takesMs: 90 * SECOND_MS,
        says: '12 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n',
        does: [{kind: 'keep', key: 'packages', value: 'upgraded'}],
      },
      {call: /^(?:-\S+ )*(?:list|policy|show)/, takesMs: SECOND_MS, says: '{1} {version} amd64 [installed]\n'},
    ],
  },
  {
    programs: ['yum', 'dnf', 'microdnf', 'zypper', 'apk', 'pacman', 'brew', 'pkg'],
    what: 'package manager',
    rows: [
      {
        call: /^(?:-\S+ )*(?:install|add|in|localinstall|-S)/,
        takesMs: 25 * SECOND_MS,
        says: 'Installed: {1}\nComplete!\n',
        does: [{kind: 'keep', key: 'package {1}', value: 'installed'}],
      },
      {
        call: /^(?:-\S+ )*(?:remove|erase|del|rm)/,
        takesMs: 10 * SECOND_MS,
        says: 'Removed: {1}\nComplete!\n',
        does: [{kind: 'keep', key: 'package {1}', value: 'removed'}],
      },
      {
        call: /^(?:-\S+ )*(?:update|upgrade|up|distro-sync)/,
        takesMs: 90 * SECOND_MS,
        says: 'Upgraded: {1}\nComplete!\n',
        does: [{kind: 'keep', key: 'package {1|all}', value: 'upgraded'}],
      },
      {
        call: /^(?:-\S+ )*downgrade/,
        takesMs: 25 * SECOND_MS,
        says: 'Downgraded: {1}\nComplete!\n',
        does: [{kind: 'back', key: 'package {1}'}],
      },
      {
        call: /^(?:-\S+ )*history undo/,
        takesMs: 40 * SECOND_MS,
        says: 'Complete!\n',
        does: [{kind: 'back', key: 'package {1}'}],
      },
      {call: /^/, takesMs: SECOND_MS, says: '{1} {version}\n'},
    ],
  },
  {
    programs: ['dpkg', 'rpm'],
    what: 'package manager',
    rows: [
      {
        call: /^-[iUF]\S* /,
        takesMs: 10 * SECOND_MS,
        says: 'Setting up {1} ...\n',
        does: [{kind: 'keep', key: 'package {1}', value: 'installed'}],
      },
      {call: /^/, takesMs: 300, says: 'ii  {1}  {version}  amd64\n'},
    ],
  },
  {
    programs: ['pip', 'pip3', 'pipenv', 'poetry', 'uv', 'conda'],
    what: 'package manager of Python',
    rows: [
      {call: /^check/, takesMs: SECOND_MS, says: 'No broken requirements found.\n'},
      {
        call: /^install .*-r /,
        takesMs: 30 * SECOND_MS,
        says: 'Requirement already satisfied: all of {-r}\n',
        does: [
          {
            kind: 'require',
            path: '{-r}',
            missing: "ERROR: Could not open requirements file: [Errno 2] No such file or directory: '{-r}'\n",
          },
        ],
      },
      {call: /^(?:install|sync|update|pip install)/, takesMs: 30 * SECOND_MS, says: 'Successfully installed\n'},
      {call: /^(?:show|freeze|list)/, takesMs: SECOND_MS, says: '{1} {version}\n'},
      {call: /^/, takesMs: SECOND_MS},
    ],
  },
  {
    programs: ['npm', 'pnpm', 'yarn', 'bun', 'npx'],
    what: 'package manager of JavaScript',
    rows: [
      {
        call: /^(?:ci|install|i|add)\b/,
        takesMs: 40 * SECOND_MS,
        says: 'added 842 packages in 38s\n',
        does: [{kind: 'directory', path: 'node_modules'}],
      },
      {
        call: /^(?:run )?(?:build|compile|bundle)\S*/,
        takesMs: 60 * SECOND_MS,
        says: 'Build completed.\n',
        does: [
          {kind: 'directory', path: 'dist'},
          {kind: 'file', act: 'make', path: 'dist/index.html', text: '{version}\n'},
          {kind: 'directory', path: 'build'},
          {kind: 'file', act: 'make', path: 'build/index.html', text: '{version}\n'},
        ],
      },
      {
        call: /^(?:run )?\S*(?:migrat|db:)\S*(?::|-)?(?:down|undo|rollback|revert)/,
        takesMs: 8 * SECOND_MS,
        says: 'Migration reverted.\n',
        does: [{kind: 'back', key: 'schema'}],
      },
      {
        call: /^(?:run )?\S*(?:migrat)\S*/,
        takesMs: 8 * SECOND_MS,
        says: 'Migrations applied.\n',
        does: [{kind: 'keep', key: 'schema', value: 'migrated'}],
      },
      {call: /^(?:run )?(?:test|lint|e2e|smoke)\S*/, takesMs: 45 * SECOND_MS, says: 'Tests: 124 passed, 124 total\n'},
      {
        call: /^publish/,
        takesMs: 6 * SECOND_MS,
        says: '+ published\n',
        does: [{kind: 'keep', key: 'published', value: '{new}'}],
      },
      {call: /^(?:unpublish|deprecate)/, takesMs: 4 * SECOND_MS, does: [{kind: 'back', key: 'published'}]},
      {call: /^(?:audit|outdated)/, takesMs: 4 * SECOND_MS, says: 'found 0 vulnerabilities\n'},
      {call: /^(?:view|info|show|--version|-v)/, takesMs: SECOND_MS, says: '{version}\n'},
      {call: /^/, takesMs: 5 * SECOND_MS},
    ],
  },
  {
    programs: ['gem', 'bundle', 'composer', 'cpanm'],
    what: 'package manager',
    rows: [
      {
        call: /^(?:install|update|require|dump-autoload)/,
        takesMs: 30 * SECOND_MS,
        says: 'Bundle complete!\n',
        does: [{kind: 'directory', path: 'vendor'}],
      },
      {call: /^(?:push|publish)/, takesMs: 6 * SECOND_MS, does: [{kind: 'keep', key: 'published', value: '{new}'}]},
      {call: /^(?:yank)/, takesMs: 4 * SECOND_MS, does: [{kind: 'back', key: 'published'}]},
      {call: /^/, takesMs: 2 * SECOND_MS},
    ],
  },
];
