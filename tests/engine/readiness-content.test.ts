import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, describe, expect, test} from 'vitest';
import {openWorld} from '../../src/actions/open-world.ts';
import {proveReadiness} from '../../src/engine/readiness-watch.ts';
import {emptyBindings} from '../../src/plan/bindings-file/types.ts';
import {parsePlan} from '../../src/plan/parse-plan.ts';
import {initialState} from '../../src/run/evolve.ts';
import {bindStep} from '../../src/run/requests/bind-step.ts';
import {rollbackSteps} from '../../src/run/rollback/readiness.ts';
import {freePort} from '../helpers/ports.ts';
import {bindings, hostAt} from '../helpers/real-world.ts';

const made: string[] = [];
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, {recursive: true, force: true});
});

/** A directory in which `setup` has run, and a document whose rollback runs `lines` there. */
function host(setup: string, ...lines: readonly string[]) {
  return hostOf({setup, deploy: ['true']}, ...lines);
}

/** `deploy`: what the document runs before; it is not run here. */
function hostOf({setup, deploy}: {setup: string; deploy: readonly string[]}, ...lines: readonly string[]) {
  const directory = mkdtempSync(join(tmpdir(), 'ready-'));
  made.push(directory);
  execFileSync('sh', ['-ec', setup], {cwd: directory, stdio: 'pipe'});
  const text = ['# Deploy', '', '## Deployment', '```bash', ...deploy, '```', '', '## Rollback', ''];
  const plan = parsePlan([...text, '```bash', ...lines, '```', ''].join('\n'), emptyBindings);
  const world = openWorld({
    bindings: emptyBindings,
    directory,
    onLink: () => {},
    jobsDirectory: join(directory, '.jobs'),
  });
  return {
    directory,
    has: (name: string) => existsSync(join(directory, name)),
    /** The first thing missing; undefined when it is ready. */
    async missing(): Promise<string | undefined> {
      const {items} = await proveReadiness(plan, emptyBindings, world, () => undefined);
      expect(items.length).toBeGreaterThan(0);
      return items.find(({ready}) => !ready)?.detail;
    },
    /** Runs the rollback although it may not be ready. */
    async rollBack(): Promise<string> {
      for (const step of rollbackSteps(plan)) {
        const bound = bindStep(step, {plan, state: initialState, lookup: () => undefined, attempt: 1, rollback: true});
        if (bound.kind !== 'request') throw new Error(bound.kind);
        const outcome = await world.perform(bound.request, () => {}, new AbortController().signal);
        if (outcome.kind === 'refused') return outcome.detail;
        if (outcome.kind !== 'exited' || outcome.code !== 0) return outcome.kind;
      }
      return 'done';
    },
    close: () => world.close(),
  };
}

const app = 'mkdir -p app/backup; echo new >app/main; echo old >app/backup/main';

describe('a copy onto itself', () => {
  test.each([
    ['a backup that is a link to what it replaces', 'mkdir app; echo new >app/main; ln -s app b', 'cp -r b/. app'],
    ['a file and a link to it', 'echo old >main; ln -s main main.bak', 'cp main.bak main'],
    ['what stands in the directory already', app, 'cp -r app/backup app'],
    ['a directory into itself', app, 'mv app app/backup/app'],
  ])('%s', async (_name, setup, line) => {
    const there = host(setup, line);
    expect(await there.missing()).toContain('already, or holds it');
    expect(await there.rollBack()).toContain('already, or holds it');
    there.close();
  });

  test.each([
    ['a backup beside it', app, ['cp -r app/backup/. app']],
    ['a directory put into another', 'mkdir -p app b/app; echo old >b/app/main', ['cp -r b/app .']],
    ['a link that is deleted before', 'mkdir app; echo old >app/main; ln -s app b', ['rm b', 'cp -r app b']],
  ])('%s is none', async (_name, setup, lines) => {
    const there = host(setup, ...lines);
    expect(await there.missing()).toBeUndefined();
    expect(await there.rollBack()).toBe('done');
    there.close();
  });
});

describe('a rollback that deletes what it needs', () => {
  test.each<[string, string, readonly string[], string]>([
    ['a backup below it', app, ['rm -rf app', 'cp -r app/backup app'], 'app/backup'],
    ['on one line', app, ['rm -rf app; cp -r app/backup app'], 'app/backup'],
    [
      'by a pattern',
      'mkdir app app.backup; echo o >app.backup/m',
      ['rm -rf app*', 'cp -r app.backup app'],
      'app.backup',
    ],
    ['by braces', 'mkdir app app.old; echo o >app.old/m', ['rm -rf app{,.old}', 'cp -r app.old app'], 'app.old'],
    [
      'a link to it',
      'mkdir app; echo n >app/m; ln -s app app.backup',
      ['rm -rf app', 'cp -r app.backup app'],
      'app.backup',
    ],
    [
      'by a link on the way',
      'mkdir -p r/app; echo o >r/app/b; ln -s r cur',
      ['rm -rf cur/app', 'cp r/app/b x'],
      'r/app/b',
    ],
    ['by its contents', 'mkdir b; echo o >b/m; mkdir app', ['rm -rf b/*', 'cp -r b app'], 'b'],
    ['by a path with dots', app, ['rm -rf ./app/../app', 'cp -r app/backup app'], 'app/backup'],
    ['by moving it away', app, ['mv app app.broken', 'cp -r app/backup app'], 'app/backup'],
    ['with mkdir between', app, ['rm -rf app', 'mkdir app', 'cp -r app/backup/. app/'], 'app/backup'],
    ['by find', 'mkdir b; echo o >b/m', ['find . -name m -delete', 'cp b/m app'], 'b/m'],
    ['by git clean', 'git init -q; mkdir b; echo o >b/m', ['git clean -fdq', 'cp -r b app'], 'b'],
    ['by a mirror', app, ['rsync -a --delete app/backup/ app/'], 'app/backup'],
    ['a link to a file', 'echo n >.env; ln -s .env .env.bak', ['rm .env', 'cp .env.bak .env'], '.env.bak'],
    ['by its full name', app, ['/bin/rm -rf app', 'sudo /usr/bin/cp -r app/backup app'], 'app/backup'],
    ['for another shell', app, ["bash -c 'rm -rf app'", 'cp -r app/backup app'], 'app/backup'],
    ['both for another shell', app, ["sh -c 'rm -rf app; cp -r app/backup app'"], 'app/backup'],
    [
      'in a loop',
      'mkdir app app.old; echo o >app.old/m',
      ['for d in app*; do rm -rf "$d"; done', 'cp -r app.old app'],
      'app.old',
    ],
    ['in a loop over names', app, ['for d in web app; do rm -rf "./${d}"; done', 'cp -r app/backup app'], 'app/backup'],
    ['what find lists', app, ['find . -name app -print0 | xargs -0 rm -rf', 'cp -r app/backup app'], 'app/backup'],
    ['what ls lists', app, ['ls | xargs rm -rf', 'cp -r app/backup app'], 'app/backup'],
    ['by a stash', 'git init -q; mkdir b; echo o >b/m', ['git stash -u', 'cp -r b app'], 'b'],
    ['by a variable', app, ['APP=app', 'rm -rf "$APP"', 'cp -r app/backup "$APP"'], 'app/backup'],
    ['by a variable of its own line', app, ['APP=app; rm -rf $APP', 'cp -r app/backup app'], 'app/backup'],
    ['by a variable of a variable', app, ['B=.', 'APP="$B/app"', 'rm -rf ${APP}', 'cp -r app/backup x'], 'app/backup'],
    [
      'in a directory that a variable names',
      'mkdir -p w/app/b; echo o >w/app/b/m',
      ['D=w', 'cd "$D"', 'rm -rf app', 'cp -r app/b x'],
      'w/app/b',
    ],
    ['on the way to it', 'mkdir app b; echo o >b/m', ['rm -rf app', 'mv app/../b app'], 'app'],
    ['a link to a pruned release', 'mkdir -p r/41; echo o >r/41/m', ['rm -rf r/4*', 'ln -sfn r/41 current'], 'r/41'],
  ])('is not ready, and deletes nothing when it is run: %s', async (_, setup, lines, kept) => {
    const one = host(setup, ...lines);
    expect(await one.missing()).toMatch(/deletes .* as well, which line \d+ needs/);
    expect(await one.rollBack()).toMatch(/deletes .* as well/);
    expect(one.has(kept)).toBe(true);
    await one.close();
  });

  test.each<[string, string, readonly string[]]>([
    ['a backup beside it', 'mkdir app app.backup; echo o >app.backup/m', ['rm -rf app', 'cp -r app.backup app']],
    ['a link that is deleted, not its target', 'mkdir r; echo o >r/m; ln -s r app', ['rm -rf app', 'cp -r r app']],
    ['saved first', app, ['cp -r app/backup saved', 'rm -rf app', 'mv saved app']],
    ['made again first', app, ['rm -rf app', 'tar -xzf app.tgz', 'cp app/main x']],
    ['a directory that an archive fills again', 'mkdir d', ['rm -rf d/*', 'tar -xzf app.tgz -C d']],
    ['another of the same beginning', 'mkdir app app2; echo o >app2/m', ['rm -rf app/', 'cp -r app2 app']],
    [
      'a subdirectory of what is copied',
      'mkdir -p b/tmp; echo o >b/m; echo t >b/tmp/t',
      ['rm -rf b/tmp', 'cp -r b app'],
    ],
    ['for another shell', 'mkdir app; echo o >app.old', ["sh -c 'mkdir new; cp app.old new/m; cp new/m app/m'"]],
  ])('is ready when it does not: %s', async (_, setup, lines) => {
    const one = host(`${setup}; mkdir -p .t; echo x >.t/main; tar -czf app.tgz .t`, ...lines);
    expect(await one.missing()).toBeUndefined();
    await one.close();
  });

  test.each([
    ['"$APP"', /deletes \$APP\/backup as well/],
    ['"${APP:?}"', /deletes \$\{APP:\?\}\/backup as well/],
    ['"${APP%/}"', /deletes \$\{APP%\/\}\/backup as well/],
  ])('is refused right before the deletion where only its shell knows the paths: %s', async (named, refusal) => {
    const one = host(app, 'APP=$(echo app)', `rm -rf ${named}`, `cp -r ${named.replace(/"$/, '/backup"')} "$APP"`);
    expect(await one.rollBack()).toMatch(refusal);
    expect(one.has('app/backup/main')).toBe(true);
    await one.close();
  });

  test.each([
    'for s in api web; do rm -rf "./$s"; cp -r "backup/$s" "$s"; done',
    'for s in $(ls backup); do rm -rf "./$s"; cp -r "backup/$s" "$s"; done',
  ])('runs where each turn of a loop brings back what it deletes: %s', async line => {
    const one = host('mkdir -p api web backup/api backup/web; echo o | tee backup/api/m >backup/web/m', line);
    expect(await one.missing()).toBeUndefined();
    expect(await one.rollBack()).toBe('done');
    expect([one.has('api/m'), one.has('web/m')]).toEqual([true, true]);
    await one.close();
  });

  test('is refused right before the deletion when the backup became a link since', async () => {
    const one = host('mkdir app app.backup; echo o >app.backup/m', 'rm -rf app', 'cp -r app.backup app');
    expect(await one.missing()).toBeUndefined();
    execFileSync('sh', ['-ec', 'rm -r app.backup; echo n >app/m; ln -s app app.backup'], {cwd: one.directory});
    expect(await one.rollBack()).toMatch(/deletes app.backup as well/);
    expect(one.has('app/m')).toBe(true);
    await one.close();
  });
});

const packed = (content: string, name: string) => `${content} | gzip >${name}`;

describe('a backup', () => {
  test.each<[string, string, string, RegExp]>([
    ['of 0 bytes', ': >.env.bak', 'cp .env.bak .env', /\.env\.bak is empty \(0 bytes\)/],
    ['of nothing but an empty directory', 'mkdir -p b/empty', 'cp -r b app', /b is there, but it holds no file/],
    ['of empty files, as a full disk leaves them', 'mkdir b; : >b/m', 'cp -r b app', /holds no file with anything/],
    [
      'of a dump that printed nothing',
      packed(':', 'd.sql.gz'),
      'gunzip -c d.sql.gz | psql shop',
      /empty when unpacked/,
    ],
    ['of a dump fed by redirection', packed(':', 'd.sql.gz'), 'gunzip <d.sql.gz', /empty when unpacked/],
    ['that was cut off', 'seq 9999 | gzip | head -c 99 >d.gz', 'gunzip d.gz', /damaged or cut off/],
    ['of no archive', 'echo hello >b.tgz', 'tar -xzf b.tgz', /empty when unpacked/],
    ['of an archive of empty directories', 'mkdir -p e/f; tar -czf b.tgz e', 'tar -xzf b.tgz', /empty when unpacked/],
    ['of an archive of empty files', 'mkdir e; : >e/f; tar -czf b.tgz e', 'tar -xzf b.tgz', /empty when unpacked/],
    ['of 0 bytes for psql', ': >d.sql', 'psql shop -f d.sql', /d\.sql is empty \(0 bytes\)/],
    ['of 0 bytes that is fed', ': >d.sql', 'cat d.sql | psql shop', /d\.sql is empty \(0 bytes\)/],
    ['of 0 bytes for a disk', ': >d.img', 'dd if=d.img of=disk', /d\.img is empty \(0 bytes\)/],
    ['of 0 bytes for another shell', ': >a.bak', "sh -c 'cp a.bak a'", /a\.bak is empty \(0 bytes\)/],
    ['of no image', 'true', 'docker load -i app.tar', /app\.tar missing/],
    ['of no patch', 'true', 'git apply -R release.patch', /release\.patch missing/],
    ['of a dump that printed nothing, by gzip', packed(':', 'd.sql.gz'), 'gzip -d d.sql.gz', /empty when unpacked/],
    ['of empty files by a pattern', 'mkdir b; : >b/a.sql', 'cp b/*.sql .', /holds no file with anything/],
    ['that a pattern does not find', 'mkdir b', 'cp b/*.sql .', /b\/\*\.sql missing/],
    ['whose release was pruned', 'mkdir releases', 'ln -sfn releases/41 current', /releases\/41 missing/],
    ['whose link leads nowhere', 'ln -s gone b', 'cp -r b app', /b missing/],
    ['beside another link', 'mkdir -p w/r', 'ln -sfn r/41 w/current', /w\/r\/41 missing/],
    ['to be installed', 'true', 'install -m 644 app.conf.bak app.conf', /app\.conf\.bak missing/],
    ['for a target that comes first', 'mkdir app', 'cp -t app main.old', /main\.old missing/],
    ['in another directory', 'mkdir b', 'tar -C b -xzf b.tgz', /b\.tgz missing/],
    ['that a variable names', 'mkdir app', 'BACKUP=b.bak; cp -r "$BACKUP" app', /b\.bak missing/],
    ['that an export names', 'mkdir app', 'export B=b && cp -r "${B:?}.bak" app', /b\.bak missing/],
  ])('%s is not ready, with the reason', async (_, setup, line, reason) => {
    const one = host(setup, line);
    expect(await one.missing()).toMatch(reason);
    await one.close();
  });

  test.each<[string, string, string]>([
    ['a packed dump', packed('echo select 1', 'd.sql.gz'), 'gunzip d.sql.gz'],
    ['a file copied with -a', 'echo x >.env.bak', 'cp -a .env.bak .env'],
    ['an archive', 'mkdir e; echo x >e/f; tar -czf b.tgz e', 'tar -xzf b.tgz'],
    ['files by a pattern', 'mkdir b; echo x >b/a.sql', 'cp b/*.sql .'],
    ['files that are moved', 'mkdir b app; echo x >b/m', 'mv b/* app/'],
    ['an archive for a directory that is empty yet', 'mkdir e d; echo x >e/f; tar -czf b.tgz e', 'tar -xzf b.tgz -C d'],
    ['a link to an empty directory', 'mkdir shared', 'ln -sfn shared uploads'],
    ['a release', 'mkdir -p releases/41; echo x >releases/41/m', 'ln -sfn releases/41 current'],
    ['a release beside the link', 'mkdir -p w/r/41; echo x >w/r/41/m', 'ln -sfn r/41 w/current'],
    ['a backup behind a link', 'mkdir r; echo x >r/m; ln -s r b', 'cp -r b app'],
    ['a file below the login directory', 'true', 'cp ~/../../etc/passwd here'],
  ])('of %s is ready', async (_, setup, line) => {
    const one = host(setup, line);
    expect(await one.missing()).toBeUndefined();
    await one.close();
  });
});

describe('a backup that the rollback writes over', () => {
  const setup = 'echo old >app.conf.bak; echo new >app.conf; echo d >d.sql; mkdir app b; echo x >b/m';
  const deploy = ['cp app.conf app.conf.bak', 'pg_dump shop >d.sql', 'cp -r app b'];
  test.each<[string, readonly string[]]>([
    ['by a copy', ['cp app.conf app.conf.bak', 'cp app.conf.bak app.conf']],
    ['by a variable', ['BAK=app.conf.bak', 'cp app.conf $BAK', 'cp $BAK app.conf']],
    ['by a dump', ['pg_dump shop >d.sql', 'cat d.sql']],
    ['by tee', ['date | tee app.conf.bak', 'mv app.conf.bak app.conf']],
  ])('is not ready: %s', async (_, lines) => {
    const one = hostOf({setup, deploy}, ...lines.map(line => line.replace('cat d.sql', 'cp d.sql restored.sql')));
    expect(await one.missing()).toMatch(/is written over, which line \d+ needs as it is/);
    await one.close();
  });

  test.each<[string, readonly string[]]>([
    ['another name', ['cp app.conf app.conf.broken', 'cp app.conf.bak app.conf']],
    ['put back before', ['cp app.conf.bak app.conf', 'cp app.conf app.conf.bak']],
    ['kept beside it', ['cp --backup=numbered app.conf app.conf.bak', 'cp app.conf.bak app.conf']],
    ['added to', ['date >>app.conf.bak', 'cp app.conf.bak app.conf']],
  ])('is ready: %s', async (_, lines) => {
    const one = hostOf({setup, deploy}, ...lines);
    expect(await one.missing()).toBeUndefined();
    await one.close();
  });
});

describe('a host that is down', () => {
  test.each([
    'ln -sfn releases/41 current',
    'touch maintenance',
    'kill 12345',
    'echo off >flag',
    'if [ -e b ]; then mv b a; fi',
  ])('makes the rollback not ready, also where it only runs %j', async line => {
    const bound = bindings({hosts: {box: hostAt(`nobody@127.0.0.1:${await freePort()}`)}});
    const text = ['# Deploy', '', '## Rollback', '', '```bash', 'ssh box', line, '```', ''];
    const plan = parsePlan(text.join('\n'), bound);
    const world = openWorld({bindings: bound, directory: tmpdir(), onLink: () => {}});
    const report = await proveReadiness(plan, bound, world, () => undefined);
    expect(report.link.up).toBe(false);
    expect(report.items).toMatchObject([
      {ready: false, detail: expect.stringMatching(/refused|unreachable|no connection/i)},
    ]);
    await world.close();
  });
});
