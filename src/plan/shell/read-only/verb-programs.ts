/** The programs whose subcommand decides, and which of their subcommands only look. */
import {type Program, rows} from './program.ts';

const GIT_TELLS = 'q quiet exit-code is-ancestor verify e';
const GIT_SHOWS: Program = {acts: 'output'};

export const GIT: Program = {
  flags: 'p P paginate no-pager bare no-optional-locks no-replace-objects literal-pathspecs',
  valued: 'C git-dir work-tree namespace c',
  verbs: {
    ...rows('rev-parse describe show-ref merge-base ls-files ls-tree cat-file for-each-ref name-rev', {
      tells: GIT_TELLS,
    }),
    ...rows('log show', GIT_SHOWS),
    status: {},
    grep: {acts: 'O open-files-in-pager', valued: 'e f A B C m O?', tells: true},
    'ls-remote': {acts: 'upload-pack exec', tells: 'exit-code'},
    ...rows('diff rev-list shortlog', {...GIT_SHOWS, tells: GIT_TELLS}),
    'symbolic-ref': {flags: 'q quiet short recurse no-recurse', operandsMax: 1, tells: 'q quiet'},
    config: {
      flags:
        'get get-all get-regexp l list global system local worktree name-only z null show-origin show-scope bool int path',
      valued: 'type default f file blob',
      needs: 'get get-all get-regexp l list',
    },
  },
};

const KUBECTL_FLAGS = 'insecure-skip-tls-verify match-server-version warnings-as-errors';
const KUBECTL_VALUED = `n namespace context cluster user kubeconfig s server token as as-group as-uid request-timeout
  certificate-authority client-certificate client-key tls-server-name cache-dir v`;
const KUBECTL_READS: Program = {acts: 'profile profile-output', valued: KUBECTL_VALUED};

export const KUBECTL: Program = {
  flags: KUBECTL_FLAGS,
  valued: KUBECTL_VALUED,
  verbs: {
    ...rows('get describe logs top', KUBECTL_READS),
    wait: {...KUBECTL_READS, tells: true},
    rollout: {
      flags: KUBECTL_FLAGS,
      valued: KUBECTL_VALUED,
      verbs: {status: {...KUBECTL_READS, tells: true}, history: KUBECTL_READS},
    },
    exec: {
      flags: `${KUBECTL_FLAGS} i stdin t tty q quiet`,
      valued: `${KUBECTL_VALUED} c container pod-running-timeout`,
      carries: 'behind dashes',
    },
  },
};

/** Not `-d`: then nobody hears how the command ended. */
const DOCKER_EXEC: Program = {
  flags: 'i interactive t T tty no-TTY no-tty privileged',
  valued: 'e env env-file u user w workdir detach-keys index',
  carries: 'behind operand',
};

export const DOCKER: Program = {
  flags: 'D debug tls tlsverify',
  valued: 'H host c context l log-level config tlscacert tlscert tlskey',
  verbs: {
    ...rows('ps inspect images logs version info', {}),
    exec: DOCKER_EXEC,
    compose: {
      flags: 'all-resources compatibility',
      valued: 'f file p project-name env-file profile project-directory ansi parallel progress',
      verbs: {ps: {}, logs: {}, exec: DOCKER_EXEC},
    },
  },
};

export const SYSTEMCTL: Program = {
  flags: 'user system global no-pager q quiet a all l full no-legend plain failed value no-ask-password',
  valued: 'H host M machine n lines t type p property o output s signal state root P',
  verbs: {
    ...rows('is-active is-enabled is-failed is-system-running status', {tells: true}),
    ...rows('show show-environment cat get-default list-units list-unit-files list-timers list-sockets list-jobs', {}),
    ...rows('list-dependencies list-machines list-automounts list-paths', {}),
  },
};
