/** sudo in a job: it asks for its password by a helper, which a person answers. */
import {setTimeout as sleep} from 'node:timers/promises';
import {quoteForShell as quote} from '../../plan/script.ts';
import type {NewQuestion} from '../../run/question.ts';
import {serverWords} from '../link-error.ts';
import type {Answers} from '../remembered-answers.ts';
import type {Shell, SudoPasswords} from '../shell.ts';
import {runShort} from '../short-command.ts';
import {FIRST_DELAY_MS, nextDelay} from '../waiting.ts';
import {directoryText, type JobPlace} from './job-control-text.ts';

/** Asks once per place and prompt; what was given is kept in memory. */
export function sudoPasswords(answers: Answers, host: string): SudoPasswords {
  return {
    async ask(prompt, wrong, signal) {
      const key = `sudo ${host} ${prompt}`;
      if (wrong !== undefined) answers.forget(key, wrong);
      const detail = wrong === undefined ? {} : {detail: 'that was not it'};
      const text = `sudo asks: ${prompt}`;
      const question: NewQuestion = {kind: 'sudo', host, text, secret: true, ...detail};
      return await answers.about(key, question, signal);
    },
  };
}

const GONE = 3;
const VISIBLE = 4;

/** `printf` must be the shell's own: the arguments of a program can be read by everybody on the host. */
function feedText(job: JobPlace, helperPid: number, password: string | undefined): string {
  const put = password === undefined ? ': >"$f"' : `printf '%s\\n' ${quote(password)} >"$f"`;
  return `${directoryText(job)}; f=$d/sudo.${helperPid}
kill -s 0 ${helperPid} 2>/dev/null && [ -p "$f" ] || exit ${GONE}
case $(command -v printf) in printf) ;; *) : >"$f"; exit ${VISIBLE};; esac
${put}`;
}

function waitsText(job: JobPlace, helperPid: number): string {
  return `${directoryText(job)}; kill -s 0 ${helperPid} 2>/dev/null && [ -p "$d/sudo.${helperPid}" ]`;
}

const HOST_TIMEOUT_MS = 15_000;

/**
 * Hears in a job's record that sudo asks, and answers it. The helper waits at a named pipe of the job's own directory. The
 * password goes in there from the standard input of a shell, and is in no file, argument or environment on the host.
 */
export class SudoWatch {
  readonly #shell: Shell;
  readonly #job: JobPlace;
  readonly #say: (text: string) => void;
  /** By the helper's process id; a record is read again after each break of the link. */
  readonly #heard = new Map<number, AbortController>();
  /** By the process id of the sudo that got it. */
  readonly #given = new Map<number, string>();

  /** `say`: to who reads the output of the job. */
  constructor(shell: Shell, job: JobPlace, say: (text: string) => void) {
    this.#shell = shell;
    this.#job = job;
    this.#say = say;
  }

  hear(line: string): void {
    const asks = /^@ sudo (\d+) (\d+) (.*)$/.exec(line);
    const fed = /^@ fed (\d+)$/.exec(line);
    if (fed !== null) this.#heard.get(Number(fed[1]))?.abort();
    if (asks === null || this.#heard.has(Number(asks[1]))) return;
    const over = new AbortController();
    this.#heard.set(Number(asks[1]), over);
    void this.#answer(Number(asks[1]), Number(asks[2]), serverWords(asks[3] ?? ''), over.signal);
  }

  /** The job is over: nothing waits any more. */
  end(): void {
    for (const one of this.#heard.values()) one.abort();
  }

  async #answer(helperPid: number, sudoPid: number, prompt: string, over: AbortSignal): Promise<void> {
    const waits = await this.#onHost(waitsText(this.#job, helperPid), over);
    const passwords = this.#shell.sudo;
    if (waits !== 0 || passwords === undefined) return;
    const reply = await passwords.ask(prompt, this.#given.get(sudoPid), over);
    if (over.aborted) return;
    const password = 'answer' in reply ? reply.answer : undefined;
    if ('unanswered' in reply) this.#say(`# sudo has no password: ${reply.unanswered}\n`);
    else this.#given.set(sudoPid, reply.answer);
    const code = await this.#onHost(feedText(this.#job, helperPid, password), over);
    if (code === VISIBLE) this.#say('# sudo has no password: the shell of this host would show it to everybody\n');
  }

  /** Tries until the host was reached or the job is over. */
  async #onHost(text: string, over: AbortSignal): Promise<number | undefined> {
    for (let delayMs = FIRST_DELAY_MS; !over.aborted; delayMs = nextDelay(delayMs)) {
      try {
        return (await runShort(this.#shell, text, HOST_TIMEOUT_MS)).code;
      } catch {
        await sleep(delayMs);
      }
    }
    return undefined;
  }
}
