/** A real tmux on a socket of its own, spoken to in control mode: it tells at once when a program has drawn something. */
import {type ChildProcessWithoutNullStreams, spawn, spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {createInterface} from 'node:readline';

export type Tmux = {
  /** Starts the program in a window, which stays until the next one, and resolves with the ms until its screen satisfies `shown`. */
  timeUntil(command: string, shown: (rows: readonly string[]) => boolean): Promise<number>;
  screen(): Promise<readonly string[]>;
  stop(): void;
};

export const tmuxMissing = spawnSync('tmux', ['-V']).status !== 0;

const COLUMNS = 160;
const ROWS = 45;
const PATIENCE_MS = 30_000;

export async function startTmux(directory: string, env: NodeJS.ProcessEnv): Promise<Tmux> {
  const socket = join(directory, 'tmux.sock');
  const {TMUX: _, TMUX_PANE: __, CI: ___, ...clean} = env;
  const {spoken, command} = startControl(socket, {...clean, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8'});
  await command(`refresh-client -C ${COLUMNS}x${ROWS}`);
  await command('set-option -g status off');
  await command('set-option -g remain-on-exit on');
  const screen = () => command('capture-pane -p');
  return {
    screen,
    async timeUntil(program, shown) {
      const drawn = Promise.withResolvers<void>();
      const deadline = setTimeout(() => drawn.reject(new Error(`${program} drew nothing of the kind`)), PATIENCE_MS);
      const startedAt = performance.now();
      const look = async () => {
        if (shown(await screen())) drawn.resolve();
      };
      spoken.onOutput = () => void look().catch(drawn.reject);
      // A window of its own each time: tmux 3.3 in control mode dies of a pane that is given another program.
      await command(`new-window ${quoted(program)}`);
      try {
        await drawn.promise;
        return performance.now() - startedAt;
      } finally {
        clearTimeout(deadline);
        spoken.onOutput = () => {};
        await command('kill-window -a');
      }
    },
    stop() {
      spawnSync('tmux', ['-S', socket, 'kill-server']);
    },
  };
}

function startControl(socket: string, env: NodeJS.ProcessEnv) {
  const args = ['-f', '/dev/null', '-S', socket, '-C', 'new-session', '-x', String(COLUMNS), '-y', String(ROWS)];
  const child: ChildProcessWithoutNullStreams = spawn('tmux', [...args, 'sleep 1000'], {env});
  const spoken = {onOutput: () => {}};
  // The session's own greeting is the first answer.
  const waiting: Pick<PromiseWithResolvers<readonly string[]>, 'resolve' | 'reject'>[] = [{resolve() {}, reject() {}}];
  let answer: string[] | undefined;
  let complaints = '';
  createInterface({input: child.stdout}).on('line', line => {
    if (line.startsWith('%begin ')) answer = [];
    else if (answer !== undefined && /^%(end|error) /.test(line)) {
      waiting.shift()?.resolve(answer);
      answer = undefined;
    } else if (answer !== undefined) answer.push(line);
    else if (line.startsWith('%output ')) spoken.onOutput();
    else if (line.startsWith('%exit')) complaints += line;
  });
  child.stderr.on('data', chunk => {
    complaints += chunk;
  });
  child.once('exit', code => {
    const error = new Error(`tmux ended with ${code}: ${complaints}`);
    for (const answer of waiting) answer.reject(error);
  });
  const command = (text: string) => {
    const answer = Promise.withResolvers<readonly string[]>();
    // A look that is under way when tmux is stopped is nobody's loss.
    answer.promise.catch(() => {});
    waiting.push(answer);
    child.stdin.write(`${text}\n`);
    return answer.promise;
  };
  return {spoken, command};
}

function quoted(text: string): string {
  return `"${text.replaceAll(/["\\$]/g, '\\$&')}"`;
}
