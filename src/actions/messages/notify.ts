/** Sends one notice, once. */
import {spawn} from 'node:child_process';
import type {Channel} from '../../plan/plan.ts';
import type {Notice} from '../../run/wording/notices.ts';
import {utcTime} from '../../text/times.ts';
import {oneLine} from '../../text/width.ts';
import {exchange} from '../http/http.ts';
import {messageOf} from '../link-error.ts';

/** The run that a notice is about. */
export type NoticedRun = {id: string; title: string; checklist: string; host: string; user: string};

const TIMEOUT_MS = 20_000;
const SAID_MAX = 300;
/** As ntfy orders them: 5 rings through the night. */
const PRIORITIES: Readonly<Record<Notice['occasion'], string>> = {
  trigger: '5',
  failed: '4',
  'needs-person': '4',
  rollback: '5',
  deploy: '3',
  window: '3',
  closed: '3',
};

/** Resolves to why it was not delivered, or to undefined when it was. Never throws. */
export async function sendNotice(
  channel: Channel,
  notice: Notice,
  run: NoticedRun,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    switch (channel.kind) {
      case 'run':
        return await feed('/bin/sh', ['-c', channel.run], `${json(notice, run)}\n`, environment(notice, run), signal);
      case 'mail':
        return await feed('sendmail', ['-t', '-oi'], mail(channel.to, notice, run), {}, signal);
      case 'webhook':
        return await post(channel.url, json(notice, run), {'content-type': 'application/json'}, signal);
      case 'slack': {
        const body = JSON.stringify({text: `*${headline(notice, run)}*\n${notice.text}`});
        return await post(channel.url, body, {'content-type': 'application/json'}, signal);
      }
      case 'grafana':
        return await post(channel.url, annotation(notice, run), headersOfGrafana(channel), signal);
      case 'ntfy': {
        const headers = {
          title: headerText(headline(notice, run)),
          priority: PRIORITIES[notice.occasion],
          tags: notice.occasion,
        };
        return await post(channel.url, notice.text, headers, signal);
      }
    }
  } catch (error) {
    return messageOf(error);
  }
}

/** `Shop release: rollback trigger: P95 > 1500 ms` */
function headline({title}: Notice, run: NoticedRun): string {
  return oneLine(`${run.title}: ${title}`);
}

function json({occasion, at, title, text, of}: Notice, run: NoticedRun): string {
  return JSON.stringify({occasion, at: utcTime(at), title, text, event: of, run});
}

/** Grafana takes a stretch of time where there is an end, ms. */
function annotation(notice: Notice, run: NoticedRun): string {
  const {occasion, at, since, text} = notice;
  const time = since === undefined ? {time: at} : {time: since, timeEnd: at};
  return JSON.stringify({...time, tags: ['tminus', occasion, run.id], text: `${headline(notice, run)}\n${text}`});
}

function headersOfGrafana({token}: {token?: string}): Record<string, string> {
  const type = {'content-type': 'application/json'};
  return token === undefined ? type : {...type, authorization: `Bearer ${token}`};
}

async function post(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const answer = await exchange({method: 'POST', url, headers, body}, TIMEOUT_MS, signal);
  if ('error' in answer) return answer.error;
  return answer.status >= 200 && answer.status < 300 ? undefined : `status ${answer.status}`;
}

/** Headers hold no other letters; ntfy reads this form of them. */
function headerText(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}

function mail(to: string, notice: Notice, run: NoticedRun): string {
  const head = [`To: ${oneLine(to)}`, `Subject: ${headerText(headline(notice, run))}`, 'MIME-Version: 1.0'];
  const type = 'Content-Type: text/plain; charset=utf-8';
  const about = `Run ${run.id} of ${run.checklist}, on ${run.host} by ${run.user}, ${utcTime(notice.at)}`;
  return `${[...head, type, 'Content-Transfer-Encoding: 8bit'].join('\n')}\n\n${notice.text}\n\n${about}\n`;
}

function environment({occasion, title, text}: Notice, {id}: NoticedRun): Record<string, string> {
  return {TMINUS_OCCASION: occasion, TMINUS_TITLE: title, TMINUS_TEXT: text, TMINUS_RUN: id};
}

/** Runs a program here and gives it the input. What it says on its way out is the reason when it fails. */
async function feed(
  program: string,
  args: readonly string[],
  input: string,
  extra: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<string | undefined> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]);
  const child = spawn(program, args, {
    env: {...process.env, ...extra},
    stdio: ['pipe', 'ignore', 'pipe'],
    signal: stop,
    killSignal: 'SIGKILL',
  });
  let said = '';
  child.stderr.on('data', chunk => {
    said = `${said}${chunk}`.slice(-SAID_MAX);
  });
  // It may not read its input at all.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return await new Promise(resolve => {
    child.once('error', error =>
      resolve(stop.aborted ? `it did not end within ${TIMEOUT_MS / 1000} s` : messageOf(error)),
    );
    child.once('close', (code, ended) => {
      if (code === 0) return resolve(undefined);
      const why = code === null ? `killed by ${ended}` : `exit ${code}`;
      resolve(said.trim() === '' ? why : `${why}: ${oneLine(said.trim())}`);
    });
  });
}
