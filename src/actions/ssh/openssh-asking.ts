/** What the system's ssh asks a person: its questions come by a helper of SSH_ASKPASS, and go where all others go. */
import {chmodSync, constants, watch, writeFileSync} from 'node:fs';
import {open, readFile, rm} from 'node:fs/promises';
import {join} from 'node:path';
import type {NewQuestion, Reply} from '../../run/question.ts';
import {serverWords} from '../link-error.ts';
import type {Answers} from '../remembered-answers.ts';

export type OpenSshAsking = {
  /** For the environment of ssh. */
  env: Readonly<Record<string, string>>;
  /** Why a question got no answer, in words; undefined while each got one. */
  unanswered(): string | undefined;
  /** Ends all waiting for answers. */
  close(): void;
};

/**
 * Asks by two files in its own directory: the question, and a named pipe for the answer, which is open before the question
 * can be seen. A notice ("touch the key") wants no answer.
 */
const HELPER = `#!/bin/sh
umask 077
f=\${0%/*}/$$
trap 'rm -f "$f.answer" "$f.new"' EXIT
trap 'exit 1' HUP INT TERM
mkfifo "$f.answer" && exec 3<>"$f.answer" || exit 1
printf '%s %s\\n%s' "$PPID" "\${SSH_ASKPASS_PROMPT-}" "$1" >"$f.new" && mv "$f.new" "$f.question" || exit 1
[ "\${SSH_ASKPASS_PROMPT-}" != none ] || exit 0
IFS= read -r given <&3 && [ "$given" = yes ] && IFS= read -r answer <&3 && printf '%s\\n' "$answer"
`;

type Asking = {host: string; answers: Answers; signal: AbortSignal; onNotice?: ((text: string) => void) | undefined};

/** `directory`: nobody else's. */
export function askForOpenSsh(directory: string, {host, answers, signal, onNotice}: Asking): OpenSshAsking {
  const helper = join(directory, 'askpass');
  writeFileSync(helper, HELPER, {mode: 0o700});
  chmodSync(helper, 0o700);
  /** The last answer by process and what it was given for: one that is asked for again was wrong. */
  const given = new Map<string, string>();
  const waiting = new Set<string>();
  let unanswered: string | undefined;

  async function hear(pid: string): Promise<void> {
    const file = join(directory, pid);
    const [head = '', ...lines] = (await readFile(`${file}.question`, 'utf8')).split('\n');
    await rm(`${file}.question`, {force: true});
    const [asker = '', kind] = head.split(' ');
    const prompt = serverWords(lines.join(' '));
    if (kind === 'none') return onNotice?.(prompt);
    waiting.add(file);
    const answer = await answerTo(asker, prompt);
    if (waiting.delete(file)) await tell(file, answer);
  }

  async function answerTo(asker: string, prompt: string): Promise<string | undefined> {
    const {key, question} = questionOf(prompt, host);
    const reply = key === undefined ? await answers.once(question, signal) : await answerAbout(key, asker, question);
    if ('answer' in reply) return reply.answer;
    unanswered = reply.unanswered;
    return undefined;
  }

  async function answerAbout(key: string, asker: string, question: NewQuestion): Promise<Reply> {
    const before = given.get(`${asker} ${key}`);
    if (before !== undefined) answers.forget(key, before);
    const detail = before === undefined ? {} : {detail: 'that was not it'};
    const reply = await answers.about(key, {...question, ...detail}, signal);
    if ('answer' in reply) given.set(`${asker} ${key}`, reply.answer);
    return reply;
  }

  const watcher = watch(directory, (_event, name) => {
    const [, pid] = /^(\d+)\.question$/.exec(name ?? '') ?? [];
    // One that has gone meanwhile needs no answer.
    if (pid !== undefined) hear(pid).catch(() => {});
  });
  watcher.on('error', () => {});
  return {
    env: {SSH_ASKPASS: helper, SSH_ASKPASS_REQUIRE: 'force', DISPLAY: process.env['DISPLAY'] ?? ':'},
    unanswered: () => unanswered,
    close() {
      watcher.close();
      for (const file of waiting) tell(file, undefined).catch(() => {});
      waiting.clear();
    },
  };
}

/** Its reader is there already: it is opened without waiting, and never made. */
async function tell(file: string, answer: string | undefined): Promise<void> {
  const pipe = await open(`${file}.answer`, constants.O_WRONLY | constants.O_NONBLOCK);
  try {
    await pipe.write(answer === undefined ? 'no\n' : `yes\n${answer}\n`);
  } finally {
    await pipe.close();
  }
}

/** `key`: under what the answer is kept; without one it is asked each time. */
function questionOf(prompt: string, host: string): {key?: string; question: NewQuestion} {
  const [, file] = /passphrase for key '?(.+?)'?: ?$/i.exec(prompt) ?? [];
  if (file !== undefined) {
    const text = `Passphrase of the key ${file}`;
    return {key: `passphrase ${file}`, question: {kind: 'passphrase', host, text, secret: true}};
  }
  if (/\(yes\/no\b/.test(prompt)) {
    const [, print] = /(SHA256:[\w+/=]+)/.exec(prompt) ?? [];
    const question: NewQuestion = {kind: 'host-key', host, text: prompt, secret: false};
    return {question: print === undefined ? question : {...question, detail: print}};
  }
  if (/password/i.test(prompt) && !/one.?time|otp|code|token/i.test(prompt)) {
    const question: NewQuestion = {kind: 'password', host, text: `ssh asks: ${prompt}`, secret: true};
    return {key: `password ${host} ${prompt}`, question};
  }
  return {question: {kind: 'otp', host, text: `ssh asks: ${prompt}`, secret: true}};
}
