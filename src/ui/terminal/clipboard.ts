/** Copying from a program that may sit at the far end of tmux and SSH. It says where the text went. */
import {spawn} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export type ClipboardOptions = {
  env: Readonly<Record<string, string | undefined>>;
  /** Writes an escape sequence past the frames. */
  pass(text: string): void;
};

/** Terminals drop a longer OSC 52 without a word. */
const OSC52_BYTES_MAX = 74_994;

/** Copies to the tmux buffer inside tmux, else by OSC 52; a text too long for that goes to a file. Says which. */
export async function copyText(text: string, {env, pass}: ClipboardOptions): Promise<string> {
  const what = `${text.split('\n').length} ${text.includes('\n') ? 'lines' : 'line'}`;
  if (env['TMUX'] && (await toTmux(text))) return `copied ${what} to the tmux buffer`;
  const encoded = Buffer.from(text).toString('base64');
  if (!env['TMUX'] && encoded.length <= OSC52_BYTES_MAX) {
    pass(`\u001B]52;c;${encoded}\u0007`);
    return `copied ${what} to the terminal's clipboard (OSC 52)`;
  }
  return `copied ${what} to ${toFile(text)}`;
}

function toTmux(text: string): Promise<boolean> {
  return new Promise(resolve => {
    const tmux = spawn('tmux', ['load-buffer', '-w', '-'], {stdio: ['pipe', 'ignore', 'ignore']});
    tmux.on('error', () => resolve(false));
    tmux.on('close', code => resolve(code === 0));
    tmux.stdin.on('error', () => resolve(false));
    tmux.stdin.end(text);
  });
}

function toFile(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'tminus-copy-')), 'copied.txt');
  writeFileSync(path, text, {mode: 0o600});
  return path;
}
