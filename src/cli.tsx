/** argv -> command -> exit code. Commands are loaded when asked for: the first frame waits for nothing else. */
import {CommandError, EXIT} from './commands/exit-codes.ts';
import {usage} from './commands/usage.ts';

type Command = (args: readonly string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./commands/run.ts')).runCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  init: async () => (await import('./commands/init.ts')).initCommand,
  rehearse: async () => (await import('./commands/rehearse.ts')).rehearseCommand,
  attach: async () => (await import('./commands/attach.ts')).attachCommand,
  resume: async () => (await import('./commands/resume.ts')).resumeCommand,
  runs: async () => (await import('./commands/runs.ts')).runsCommand,
  rollback: async () => (await import('./commands/rollback.ts')).rollbackCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
};

async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  if (name === 'help' || name === '--help' || name === '-h' || args.includes('--help')) {
    process.stdout.write(usage);
    return EXIT.succeeded;
  }
  if (name === '--version') {
    process.stdout.write('tminus 0.1.0\n');
    return EXIT.succeeded;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined)
    throw new CommandError(EXIT.usage, `there is no command "${name}"; \`tminus help\` lists them`);
  const command = await load();
  return await command(args);
}

// A reader that went away (`tminus check … | head`) is no error of ours.
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit(EXIT.succeeded);
});

main(process.argv.slice(2)).then(
  code => process.exit(code),
  error => {
    if (error instanceof CommandError) {
      process.stderr.write(`tminus: ${error.message}\n`);
      process.exit(error.exitCode);
    }
    process.stderr.write(`tminus: internal error: ${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(EXIT.internalError);
  },
);
