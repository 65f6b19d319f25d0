/**
 * sudo in a job. Where it needs a password it runs a helper, which waits at a named pipe of the job's own directory; the
 * password goes in there from the standard input of a shell, and is in no file, argument or environment on the host.
 */
import type {NewQuestion} from '../../run/question.ts';
import type {Answers} from '../answers.ts';
import type {Shell, SudoPasswords} from '../shell.ts';
import {quote} from '../shell-quote.ts';
import {runShort} from '../short-command.ts';
import {serverWords} from '../ssh/server-words.ts';
import {directoryText, type JobPlace} from './files.ts';

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

/**
 * For the shell that sets up a job: puts a `sudo` before the real one that uses the helper, unless there is none, it is
 * never going to ask (root), or the place has a helper of its own. Sets nothing where programs cannot be started from.
 */
export const sudoSetUpText = `_tm_sudo=$(command -v sudo 2>/dev/null)
case $_tm_sudo in *\\'*) _tm_sudo=;; esac
case $_tm_sudo in /*) if [ -z "\${SUDO_ASKPASS-}" ] && [ "$(id -u)" != 0 ] && mkdir -m 700 "$d/bin"; then
  { echo '#!/bin/sh'; echo "s='$_tm_sudo'"; printf %s ${quote(wrapper())}; } >"$d/bin/sudo"
  { echo '#!/bin/sh'; printf %s ${quote(helper())}; } >"$d/askpass"
  chmod 700 "$d/bin/sudo" "$d/askpass"
  if [ -x "$d/askpass" ]; then export SUDO_ASKPASS="$d/askpass" PATH="$d/bin:$PATH"; fi
fi;; esac
unset _tm_sudo`;

/** What set-up left, in the end; mostly nothing. */
export const sudoCleanUpText = '[ ! -d "$d/bin" ] || rm -rf "$d/bin" "$d/askpass" "$d"/sudo.*';

/** Only the sudo that everybody has knows `-A` for certain; whoever says how the password is to come means it. */
function wrapper(): string {
  return `case $("$s" -V 2>/dev/null) in "Sudo version"*) ;; *) exec "$s" "$@";; esac
skip=
for a; do
  if [ -n "$skip" ]; then skip=; continue; fi
  case $a in
    --askpass | --non-interactive | --stdin) exec "$s" "$@";;
    --) break;;
    --*=*) ;;
    -[CDghpRrTtUu] | --chdir | --chroot | --close-from | --group | --host | --prompt | --role | --type | --user) skip=1;;
    --*) ;;
    -*[ASn]*) exec "$s" "$@";;
    -*) ;;
    *) break;;
  esac
done
exec "$s" -A "$@"
`;
}

function helper(): string {
  return `d=\${0%/*}; f=$d/sudo.$$
umask 077
mkfifo "$f" || exit 1
trap 'rm -f "$f"' EXIT
trap 'exit 1' HUP INT TERM
printf '@ sudo %s %s %s\\n' "$$" "$PPID" "$(printf %s "$1" | tr -d '\\000-\\037\\177' | cut -c1-200)" >>"$d/record"
exec 3<"$f" || exit 1
rm -f "$f"
cat <&3
printf '@ fed %s\\n' "$$" >>"$d/record"
`;
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
const BACKOFF_MS_MIN = 1000;
const BACKOFF_MS_MAX = 15_000;

/** Hears in a job's record that sudo asks, and answers it. */
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
    for (let delayMs = BACKOFF_MS_MIN; !over.aborted; delayMs = Math.min(delayMs * 2, BACKOFF_MS_MAX)) {
      try {
        return (await runShort(this.#shell, text, HOST_TIMEOUT_MS)).code;
      } catch {
        await new Promise(resolve => setTimeout(resolve, delayMs));
      }
    }
    return undefined;
  }
}
