/** What hosts ask, put on the terminal line by line: for commands without a screen. */
import {createInterface} from 'node:readline';
import {createInterface as createPrompt} from 'node:readline/promises';
import {Writable} from 'node:stream';
import {stripVTControlCharacters} from 'node:util';
import type {Connection} from '../../attach/client.ts';
import type {Ask, NewQuestion, Question, Reply} from '../../run/question.ts';
import {tame} from '../../text/width.ts';
import {say} from './print.ts';

/** Whether there is somebody to ask, who sees the question although standard output goes elsewhere. */
export function hasTerminal(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** Asks on the terminal; anything but yes is no. */
export async function asksYes(question: string): Promise<boolean> {
  const terminal = createPrompt({input: process.stdin, output: process.stderr});
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}

/** Nothing when there is no terminal to ask on. One question stands at a time. */
export function terminalAsk(): Ask | undefined {
  if (!hasTerminal()) return undefined;
  let last: Promise<unknown> = Promise.resolve();
  return (question, signal) => {
    const mine = last.then(() => askUntilClear(question, signal));
    last = mine;
    return mine;
  };
}

/** Answers what the engine asks its driver, here; where there is no terminal the driver says so at once. */
export function answerHere(connection: Connection): void {
  const {questions, store, consoleId} = connection;
  const ask = terminalAsk();
  const begun = new Map<string, AbortController>();

  async function begin(question: Question, withdrawn: AbortSignal): Promise<void> {
    const reply = await (ask ?? nowhere)(question, withdrawn);
    if (withdrawn.aborted) return;
    await ('answer' in reply ? connection.answer(question.id, reply.answer) : connection.answer(question.id));
  }

  function look(): void {
    const open = questions.getState();
    for (const [id, withdraw] of begun) if (!open.some(one => one.id === id)) withdraw.abort();
    if (store.getState().driver !== consoleId) return;
    for (const question of open) {
      if (begun.has(question.id)) continue;
      const withdraw = new AbortController();
      begun.set(question.id, withdraw);
      void begin(question, withdraw.signal);
    }
  }

  questions.subscribe(look);
  store.subscribe(look);
  look();
}

const nowhere: Ask = async ({host, text}) => {
  say(`tminus: ${tame(host)} asks: ${tame(text)} There is no terminal here to answer on.\n`);
  return {unanswered: 'there is no terminal to answer on'};
};

async function askUntilClear(question: NewQuestion, signal: AbortSignal): Promise<Reply> {
  const {kind, host, text, detail} = question;
  const more = detail === undefined || text.includes(detail) ? '' : ` (${clean(detail)})`;
  say(`\n${clean(host)}: ${clean(text)}${more}\n`);
  for (;;) {
    const line = await readLine(kind === 'host-key' ? 'yes or no: ' : 'answer: ', question.secret, signal);
    if (line === undefined) return {unanswered: signal.aborted ? 'it is not needed any more' : 'it was not answered'};
    if (kind !== 'host-key') return {answer: line};
    if (line === 'no') return {unanswered: 'it was answered with no'};
    if (line === 'yes' || line === detail) return {answer: line};
    say('Type yes or no in full, or the whole fingerprint.\n');
  }
}

/** Nothing when the line was ended by Ctrl-D, or is not needed any more. What is secret is not echoed. */
async function readLine(prompt: string, secret: boolean, signal: AbortSignal): Promise<string | undefined> {
  if (signal.aborted) return undefined;
  const nothing = new Writable({write: (_chunk, _encoding, done) => done()});
  const lines = createInterface({
    input: process.stdin,
    output: secret ? nothing : process.stderr,
    terminal: true,
    historySize: 0,
  });
  if (secret) say(prompt);
  try {
    return await new Promise(resolve => {
      const end = () => resolve(undefined);
      signal.addEventListener('abort', end, {once: true});
      lines.once('close', end);
      lines.once('SIGINT', () => {
        end();
        process.kill(process.pid, 'SIGINT');
      });
      lines.question(secret ? '' : prompt, resolve);
    });
  } finally {
    lines.close();
    if (secret) say('\n');
  }
}

/** Text of anybody without what a terminal would obey. */
export function clean(text: string): string {
  return tame(stripVTControlCharacters(text));
}
