/** argv -> command -> exit code. Commands are loaded when asked for: the first frame waits for nothing else. */
import {CommandError} from './commands/command-error.ts';
import {asksForHelp, noCommand, parseArguments} from './commands/command-line/arguments.ts';
import {COMMANDS, type CommandName, type Entry, isCommand} from './commands/command-line/command-table.ts';
import {versionLine} from './commands/command-line/program-name.ts';
import {print, say} from './commands/terminal/print.ts';
import {EXIT} from './run/exit-codes.ts';

type Command = (args: readonly string[]) => Promise<number>;

const LOADERS: Readonly<Record<CommandName, () => Promise<Command>>> = {
  run: async () => (await import('./commands/run.ts')).runCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
  review: async () => (await import('./commands/review.ts')).reviewCommand,
  init: async () => (await import('./commands/init.ts')).initCommand,
  rehearse: async () => (await import('./commands/rehearse.ts')).rehearseCommand,
  replay: async () => (await import('./commands/replay/replay.ts')).replayCommand,
  attach: async () => (await import('./commands/attach.ts')).attachCommand,
  resume: async () => (await import('./commands/resume.ts')).resumeCommand,
  runs: async () => (await import('./commands/runs/runs.ts')).runsCommand,
  rollback: async () => (await import('./commands/rollback.ts')).rollbackCommand,
  signoff: async () => (await import('./commands/signing/signoff.ts')).signoffCommand,
  report: async () => (await import('./commands/report.ts')).reportCommand,
  config: async () => (await import('./commands/settings/config.ts')).configCommand,
  ledger: async () => (await import('./commands/ledger/ledger.ts')).ledgerCommand,
  completions: async () => (await import('./commands/completions.ts')).completionsCommand,
  doctor: async () => (await import('./commands/doctor.ts')).doctorCommand,
  help: async () => helpCommand,
};

/** When the reader of standard output goes away. */
let unread: number = EXIT.succeeded;

async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  if (name === '--help' || name === '-h') return await helpCommand([]);
  if (name === '--version') {
    print(`${versionLine()}\n`);
    return EXIT.succeeded;
  }
  if (!isCommand(name)) throw noCommand(name);
  if (asksForHelp(args)) return await helpCommand([name]);
  const {showsRun}: Entry = COMMANDS[name];
  // Nobody has seen how the run ended, and it goes on: that is no success.
  if (showsRun === true) unread = EXIT.detached;
  const command = await LOADERS[name]();
  return await command(args);
}

async function helpCommand(args: readonly string[]): Promise<number> {
  const [topic] = parseArguments('help', args).positionals;
  const {helpOf, overview} = await import('./commands/command-line/help.ts');
  if (topic !== undefined && !isCommand(topic)) throw noCommand(topic);
  print(topic === undefined ? overview() : helpOf(topic));
  return EXIT.succeeded;
}

/** Ends the process when everything that was written has been taken: a pipe may be slow, and an exit would cut it off. */
async function end(exitCode: number): Promise<never> {
  await Promise.all([process.stdout, process.stderr].map(taken));
  process.exit(exitCode);
}

/** What is written to a stream is taken in order, so the end of an empty write is the end of all before it. */
async function taken(stream: NodeJS.WriteStream): Promise<void> {
  if (stream.writableLength === 0) return;
  await new Promise<void>(resolve => {
    stream.once('error', () => resolve());
    stream.write('', () => resolve());
  });
}

// A reader that went away (`tminus check … | head`) is no error of ours.
process.stdout.on('error', error => {
  if ('code' in error && error.code === 'EPIPE') process.exit(unread);
});
process.stderr.on('error', () => {});

main(process.argv.slice(2))
  .catch(error => {
    const text =
      error instanceof CommandError
        ? error.message
        : `internal error: ${error instanceof Error ? error.stack : String(error)}`;
    say(`tminus: ${text}\n`);
    return error instanceof CommandError ? error.exitCode : EXIT.internalError;
  })
  .then(end);
