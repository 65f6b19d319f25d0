/** `tminus signoff`: signs a run off without a screen, live or closed, and the record of a closed one with an SSH key. */
import {createHash} from 'node:crypto';
import {existsSync} from 'node:fs';
import {createInterface, type Interface} from 'node:readline/promises';
import type {Connection} from '../../attach/client.ts';
import {type Console, personOf} from '../../run/console.ts';
import type {Intent} from '../../run/event.ts';
import {EXIT} from '../../run/exit-codes.ts';
import {type SignOffForm, signOffForm} from '../../run/people/sign-off-form.ts';
import type {RunState} from '../../run/state.ts';
import {signerText} from '../../run/wording/timeline-words.ts';
import {compact} from '../../text/compact.ts';
import {CommandError} from '../command-error.ts';
import {parseArguments} from '../command-line/arguments.ts';
import {programName} from '../command-line/program-name.ts';
import {attachTo} from '../engine-process.ts';
import {namedRun, readRun} from '../past-run.ts';
import {readSettings} from '../settings/settings-file.ts';
import {print, say} from '../terminal/print.ts';
import {hasTerminal} from '../terminal/terminal-questions.ts';
import {signClosedRun, signerHere, writeRecord} from './closed-signing.ts';
import {signatureOf, signedBy, signFile} from './ssh-signature.ts';

type Flags = ReturnType<typeof parseArguments<'signoff'>>['values'];

export async function signoffCommand(args: readonly string[]): Promise<number> {
  const {values: flags, positionals} = parseArguments('signoff', args);
  const {id, directory} = await namedRun(positionals[0]);
  const signer = signerHere(flags.as);
  const connection = await attachTo(directory, {observe: flags.second === true, as: flags.as});
  if (connection !== undefined) return await signLive(connection, id, flags);
  const {plan, state} = await readRun(directory);
  const wantsKey = flags.sign === true || flags.key !== undefined;
  // One who has signed adds the key alone; whoever names a status signs anew.
  if (!wantsKey || state.signOff === undefined || flags.status !== undefined || flags.second === true) {
    const intent = await intentOf({form: signOffForm(plan, state), state, signer, flags});
    const said = await signClosedRun(directory, signer, intent);
    await writeRecord(directory);
    print(`${signedText(said.state, id)}\n`);
  }
  if (wantsKey) await signRecord(directory, signer, flags);
  return EXIT.succeeded;
}

async function signLive(connection: Connection, id: string, flags: Flags): Promise<number> {
  const {plan, store, consoleId, send} = connection;
  if (flags.sign === true || flags.key !== undefined)
    throw new CommandError(EXIT.refused, `run ${id} is not closed: its record is signed with a key once it is`);
  const signer = store.getState().consoles[consoleId] ?? signerHere(flags.as);
  const intent = await intentOf({form: signOffForm(plan, store.getState()), state: store.getState(), signer, flags});
  const refusal = await send(intent);
  connection.close();
  if (refusal !== undefined) throw new CommandError(EXIT.refused, refusal);
  print(`${signedText(store.getState(), id)}\n`);
  return EXIT.succeeded;
}

function signedText({signOff}: RunState, id: string): string {
  if (signOff === undefined) return `run ${id} is signed off`;
  const {name, status, second} = signOff;
  return `run ${id} is signed off by ${name}: ${status}${second === undefined ? '' : `; second signature: ${second.name}`}`;
}

type Asked = {form: SignOffForm; state: RunState; signer: Console; flags: Flags};

/** From the flags, and on a terminal from the person for what they leave open. */
async function intentOf(asked: Asked): Promise<Intent> {
  const {flags, signer, form, state} = asked;
  const {issues, notes} = flags;
  const lines =
    hasTerminal() && flags.status === undefined
      ? createInterface({input: process.stdin, output: process.stderr})
      : undefined;
  try {
    if (flags.second === true) {
      const name =
        flags.name ??
        (await askText(lines, `Second signature, beside ${state.signOff?.name ?? 'nobody'}`, signer.name));
      return compact({type: 'countersign' as const, name, note: notes});
    }
    if (flags.status === undefined) refuseAgain(state, lines);
    if (lines === undefined) refuseUnasked(flags, form);
    const status = flags.status ?? (await askStatus(lines, form));
    return compact({
      type: 'sign-off' as const,
      status,
      issues: issues ?? (await askText(lines, 'Issues', '')),
      notes: notes ?? (await askText(lines, 'Notes', '')),
      answers: await answersOf(lines, form),
      name: flags.name ?? (await askText(lines, 'Signed off by', signer.name)),
    });
  } finally {
    lines?.close();
  }
}

/** A second sign-off takes the place of the first: nobody does that by leaving everything out. */
function refuseAgain({signOff}: RunState, lines: Interface | undefined): void {
  if (signOff === undefined) return;
  const done = `${signerText(signOff)} has signed it off: ${signOff.status}`;
  if (lines !== undefined) return say(`${done}. What is signed now takes its place.\n`);
  throw new CommandError(EXIT.refused, `${done}; --second signs beside, --sign adds an SSH key, --status signs anew`);
}

/** Nobody signs by leaving everything out where nobody can be asked, either. */
function refuseUnasked({status, sign, key}: Flags, form: SignOffForm): void {
  if (status !== undefined || sign === true || key !== undefined) return;
  const options = form.status.options.map(({title}) => `"${title}"`).join(', ');
  const say = options === '' ? '--status TEXT' : `--status with one of ${options}`;
  throw new CommandError(
    EXIT.refused,
    `nothing was signed, because nobody can be asked here: ${say} says it, --sign signs as the run stands, with an SSH key`,
  );
}

/** What the run makes known is taken where nobody can be asked. */
async function answersOf(lines: Interface | undefined, {choices, blanks}: SignOffForm): Promise<readonly string[]> {
  const answers: string[] = [];
  for (const choice of choices) {
    const option = await askOption(lines, choice);
    if (option !== undefined) answers.push(`${choice.id}=${option}`);
  }
  if (lines === undefined) return answers;
  for (const {id, label} of blanks) {
    const text = await askText(lines, label, '');
    if (text !== '') answers.push(`${id}=${text}`);
  }
  return answers;
}

async function askStatus(lines: Interface | undefined, {status}: SignOffForm): Promise<string> {
  const option = await askOption(lines, status);
  if (option !== undefined) return option;
  const options = status.options.map(({title}) => `"${title}"`).join(', ');
  throw new CommandError(EXIT.refused, `the final status is for a person to say: --status with one of ${options}`);
}

async function askOption(
  lines: Interface | undefined,
  {title, options, known}: SignOffForm['status'],
): Promise<string | undefined> {
  if (lines === undefined) return known;
  say(
    `${title}\n${options.map((option, index) => `  ${index + 1} ${option.title}${option.id === known ? ' (as the run stands)' : ''}\n`).join('')}`,
  );
  const typed = (await lines.question(`number${known === undefined ? '' : ', or Enter'}: `)).trim();
  return typed === '' ? known : options[Number(typed) - 1]?.id;
}

async function askText(lines: Interface | undefined, label: string, proposal: string): Promise<string> {
  if (lines === undefined) return proposal;
  const typed = (await lines.question(`${label}${proposal === '' ? '' : ` [${proposal}]`}: `)).trim();
  return typed === '' ? proposal : typed;
}

/** The record as it is after the last signature. That it was signed, and with which key, the journal says behind it. */
async function signRecord(directory: string, signer: Console, {key}: Flags): Promise<void> {
  const {path, text, past} = await writeRecord(directory);
  const chosen = key ?? (readSettings(process.env).values['sign-key'] || undefined);
  signFile(path, chosen);
  const fingerprint = existsSync(signatureOf(path)) ? signedBy(text, signatureOf(path)) : undefined;
  if (fingerprint === undefined)
    throw new CommandError(EXIT.refused, `the signature of ${path} does not fit it: nothing is signed`);
  const digest = createHash('sha256').update(text).digest('hex');
  await signClosedRun(directory, signer, [{type: 'record-signed', events: past.seal.events, digest, key: fingerprint}]);
  const {id} = past.state.run;
  print(`record signed by ${personOf(signer)} with the key ${fingerprint}\n`);
  print(
    `  ${path}\n  ${signatureOf(path)}\n  ${programName()} report ${id} -o FILE copies both, ${programName()} report ${id} --verify FILE proves them\n`,
  );
}
