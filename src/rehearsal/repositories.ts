/** The git repositories of the rehearsal: both versions of the service. */
import {cp, mkdir, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {execa} from 'execa';
import {type Fault, newRelease} from './faults.ts';
import {assetPath, boxEnvironment, type Layout} from './layout.ts';

const feature = 'feature/tool-calling-phase-1';

/**
 * A bare origin whose `main` holds the new version, a checkout on the "VPS" and a clone of the operator's, both
 * still at the old one.
 */
export async function createRepositories(layout: Layout, fault: Fault | undefined): Promise<void> {
  const git = gitIn(layout);
  await mkdir(layout.workstation, {recursive: true});
  await cp(assetPath('service/old'), layout.workstation, {recursive: true});
  await git(layout.workstation, 'init', '--quiet', '--initial-branch=main');
  await commitAll(git, layout.workstation, 'Answer messages and bookings');
  await git(layout.directory, 'clone', '--quiet', '--bare', layout.workstation, layout.origin);
  await git(layout.workstation, 'remote', 'add', 'origin', layout.origin);
  await git(layout.directory, 'clone', '--quiet', layout.origin, layout.checkout);
  await leaveLocalChange(layout);

  await git(layout.workstation, 'checkout', '--quiet', '-b', feature);
  await cp(assetPath('service/new'), layout.workstation, {recursive: true, force: true});
  const release = join(layout.workstation, 'apps/backend/release.json');
  await writeFile(release, `${JSON.stringify(newRelease(fault), null, 2)}\n`);
  await commitAll(git, layout.workstation, 'Phase 2A+2C: record emotions in the background (#3)');
  await git(layout.workstation, 'push', '--quiet', 'origin', `${feature}:main`, feature);
}

type Git = (directory: string, ...args: string[]) => Promise<unknown>;

function gitIn(layout: Layout): Git {
  const env = {
    ...boxEnvironment(layout),
    GIT_AUTHOR_NAME: 'Rehearsal',
    GIT_AUTHOR_EMAIL: 'rehearsal@localhost',
    GIT_COMMITTER_NAME: 'Rehearsal',
    GIT_COMMITTER_EMAIL: 'rehearsal@localhost',
  };
  return (directory, ...args) => execa('git', args, {cwd: directory, env, extendEnv: false});
}

async function commitAll(git: Git, directory: string, message: string): Promise<void> {
  await git(directory, 'add', '--all');
  await git(directory, 'commit', '--quiet', '--message', message);
}

/** Somebody once changed the log level on the server by hand: what the deploy's `git stash` will take away. */
async function leaveLocalChange(layout: Layout): Promise<void> {
  await writeFile(join(layout.checkout, 'apps/backend/logging.json'), '{"level": "DEBUG"}\n');
  await rm(join(layout.checkout, '.git', 'hooks'), {recursive: true, force: true});
}
