import {spawnSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {eventually} from '../helpers/eventually.ts';
import {type SmallHost, startSmallHost} from '../helpers/small-host.ts';
import {sshdMissing} from '../helpers/sshd.ts';
import {startTerminal, tmuxMissing} from '../helpers/tmux.ts';

/** By where they are planted. None is in the document, which everybody reads. */
const secrets = {
  envFile: 'tok-4f9a8b7c6d5e',
  url: 'pw-9z8y7x6w5v',
  split: 'split-secret-1a2b3c',
  binding: 'bound-secret-77aa',
  database: 'database-pw-31ff',
  environment: 'ambient-token-5e5e',
  commandLine: 'command-line-key-88bb',
  exported: 'exported-password-0d0d',
  quoted: 'odd`pw\\with$signs-66ee',
  coloured: 'coloured-token-99ff',
};

/** A piece of `quoted` that stands in it however it is quoted. */
const QUOTED_PIECE = 'signs-66ee';

const checklist = `# Release
## Deployment
### Step 1: Look
\`\`\`bash
ssh user@your-vps-ip
cd DIRECTORY
cat .env
cat url.txt
sh split.sh
cat ambient.txt
grep --color=always coloured .env
sh arguments.sh
export DB_PASSWORD=$(cat exported.txt)
\`\`\`
### Step 2: Use
\`\`\`bash
printf '%s\\n' <api-secret> <deploy-key> > used
cat > quoted <<END
PW=<quoted-secret>
END
printf '%s' "$DB_PASSWORD" > carried
sh slow.sh
\`\`\`
### Step 3: Fail
\`\`\`bash
sh fail.sh
\`\`\`
`;

const more = `values:
  <api-secret>: { value: ${secrets.binding}, secret: true }
  <quoted-secret>: { value: '${secrets.quoted}', secret: true }
  SPLIT_TOKEN: ${secrets.split}
  <deploy-key>: nobody
databases:
  main: { url: "postgres://app:${secrets.database}@127.0.0.1:1/app" }
`;

describe.skipIf(sshdMissing || tmuxMissing)('what is secret', () => {
  let host: SmallHost;
  beforeEach(async () => {
    host = await startSmallHost({checklist, more});
    host.operator.environment['OPERATORS_TOKEN'] = secrets.environment;
    host.write('.env', `PORT=8000\nAPI_TOKEN=${secrets.envFile}\nuse ${secrets.coloured}\n`);
    host.operator.environment['COLOURED_TOKEN'] = secrets.coloured;
    // What everybody on this machine may see of everybody.
    host.write('arguments.sh', "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' > arguments\n");
    host.write('url.txt', `connecting to postgres://app:${secrets.url}@db.internal/app\n`);
    host.write('ambient.txt', `sent ${secrets.environment}\n`);
    host.write('exported.txt', secrets.exported);
    const [first, rest] = [secrets.split.slice(0, 9), secrets.split.slice(9)];
    host.write('split.sh', `printf '%s' 'the ${first}'; sleep 0.5; printf '%s\\n' '${rest} in two pieces'\n`);
    host.write('fail.sh', `echo "401: ${secrets.envFile} is not valid for ${secrets.url}" >&2; exit 1\n`);
    host.touch('go');
  });
  afterEach(() => host?.stop());

  const flags = ['--auto', '--yes', 'all', '--value', `<deploy-key>=${secrets.commandLine}`];
  const args = () => ['run', host.checklist, '-b', host.bindings, ...flags];

  /** Names of the planted secrets that a text holds. */
  function foundIn(text: string): readonly string[] {
    const texts = Object.entries({...secrets, quoted: QUOTED_PIECE});
    return texts.flatMap(([name, value]) => (text.includes(value) ? [name] : []));
  }

  /** The engine clears its jobs on the host after it has told the consoles that the run is closed. */
  async function hostForgot(): Promise<void> {
    const left = () => grepFor(host.sshd.tminusHome);
    await eventually('the host to keep no secret', () => left() === '', {seen: left});
  }

  function grepFor(directory: string): string {
    const patterns = [...Object.values(secrets), QUOTED_PIECE].flatMap(value => ['-e', value]);
    return spawnSync('grep', ['-rIlaF', ...patterns, directory], {encoding: 'utf8'}).stdout;
  }

  test('is in no file of the run, here or on the host, in no output and in no report', async () => {
    for (const format of ['--plain', '--json']) {
      const {code, out, said} = await host.operator.run(...args(), format);
      expect(code).toBe(3);
      expect(foundIn(out + said)).toEqual([]);
    }
    // It was there to be used, and what one code block exports reaches the next.
    expect(host.lines('used')).toEqual([secrets.binding, secrets.commandLine]);
    expect(host.lines('carried')).toEqual([secrets.exported]);
    expect(host.lines('quoted')).toEqual([`PW=${secrets.quoted}`]);
    expect(foundIn(host.lines('arguments').join('\n'))).toEqual([]);
    expect(host.lines('arguments').join('\n')).toContain('--value <deploy-key>=…');
    for (const format of ['md', 'html', 'json']) {
      const file = join(host.directory, `report.${format}`);
      const {code} = await host.operator.run('report', '--format', format, '-o', file);
      const found = foundIn(readFileSync(file, 'utf8'));
      expect({format, code, found}).toEqual({format, code: 0, found: []});
    }
    expect(grepFor(host.operator.home)).toBe('');
    await hostForgot();
    const spool = readFileSync(join(await host.operator.runDirectory(), 'spool', 'output.log'), 'utf8');
    expect(spool).toContain('API_TOKEN=[redacted]');
    expect(spool).toContain('postgres://app:[redacted]@db.internal/app');
    expect(spool).toContain('the [redacted] in two pieces');
    expect(spool).toContain('401: [redacted] is not valid for [redacted]');
  });

  test('is on no screen', async () => {
    const terminal = startTerminal(host.operator.environment, {cwd: host.directory});
    try {
      const window = terminal.open(...args());
      await eventually('the failure', () => /401: \[redacted\]/.test(window.screen()), {seen: () => window.screen()});
      expect(foundIn(window.screen())).toEqual([]);
    } finally {
      terminal.stop();
    }
  });

  test('is kept nowhere for a run that is taken up: what the command line gave is asked for again', async () => {
    host.write('slow.sh', 'until [ -e really ]; do sleep 0.1; done\n');
    const {ended} = host.operator.start(...args(), '--plain');
    await eventually('the step to be under way', () => host.lines('carried').length === 1);
    process.kill(await host.operator.enginePid(), 'SIGKILL');
    await ended;
    expect(grepFor(host.operator.home)).toBe('');
    const refused = await host.operator.run('resume', '--plain');
    expect(refused.code).toBe(65);
    expect(refused.said).toContain('give --value <deploy-key>=… again');
    host.touch('really');
    const again = await host.operator.run('resume', '--plain', '--value', `<deploy-key>=${secrets.commandLine}`);
    expect(again.code).toBe(3);
    expect(again.out).toMatch(/passed +Step 2: Use/);
    expect(foundIn(again.out + again.said)).toEqual([]);
    expect(grepFor(host.operator.home)).toBe('');
    await hostForgot();
  });
});
