/** Judges by its address whether a request only looks. The method does not say it: GET …/admin?action=DELETE deletes. */
import {phrase} from '../../words/vocabulary.ts';

type Asked = {readonly method: string; readonly url: string; readonly body?: string | undefined};

/**
 * Whether the request may be sent again and again, at any time, because it changes nothing: GET, HEAD or OPTIONS of an
 * address that names no work, neither in a query (`?action=CREATEALIAS`) nor in its path (`/-/reload`).
 */
export function onlyLooks(request: Asked): boolean {
  return kindOf(request) !== 'acts';
}

/** Whether the address itself says that it looks: `/health`, `/metrics`, `/api/search?q=…`. */
export function plainlyLooks(request: Asked): boolean {
  return kindOf(request) === 'looks';
}

/** Whether the address names work, whatever the method is. */
export function namesWork({url}: Pick<Asked, 'url'>): boolean {
  return kindOfAddress(url) === 'acts';
}

/** `silent`: the address says nothing of it, as that of a page. */
type Kind = 'looks' | 'silent' | 'acts';

function kindOf({method, url, body}: Asked): Kind {
  if (!/^(?:GET|HEAD|OPTIONS)$/i.test(method)) return 'acts';
  const kind = kindOfAddress(url);
  return kind === 'silent' && body !== undefined ? 'acts' : kind;
}

function kindOfAddress(url: string): Kind {
  const [address = '', query = ''] = url.split('#')[0]?.split(/\?(.*)/s) ?? [];
  if (query.split('&').some(isAction)) return 'acts';
  const parts = address
    .replace(/^\w+:\/\/[^/]*/, '')
    .split('/')
    .map(wordsOf)
    .filter(words => words !== '');
  const last = parts.pop() ?? '';
  if (ACTS.test(last) && !ABOUT_WORK.test(last)) return 'acts';
  if (LOOKS.test(last)) return 'looks';
  // `/drain/node-3`, `/switch/live`, but not `/deployment-service/orders`.
  if (parts.some(part => ACTS_ALONE.test(part))) return 'acts';
  return STATES.test(last) ? 'looks' : 'silent';
}

/** `action=CREATEALIAS`, `op=restart`, `reload`, `commit=true`, but not `action=LIST`. */
function isAction(parameter: string): boolean {
  const [key = '', value = ''] = parameter.split(/=(.*)/s);
  if (ACTION_KEYS.test(key)) return !LOOKING_VALUES.test(value);
  return FLAGGED.test(value) && ACTS_ALONE.test(wordsOf(key)) && key !== 'start';
}

/** `flushCache.php` becomes "flush cache". */
function wordsOf(part: string): string {
  return part
    .replace(/\.(?:php|html?|jspx?|aspx?|do|cgi|json|xml|txt)$/i, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll(/[^\p{L}\p{N}-]+/gu, ' ')
    .trim();
}

const ACTION_KEYS = /^_?(?:action|act|cmd|command|op|operation|do|task|method|exec|mode|event|stream\.body)$/i;
/** `?reload`, `?commit=true`; `?start=20` says where to begin. */
const FLAGGED = /^(?:|1|true|yes|on|all|now)$/i;
const LOOKING_VALUES =
  /^(?:list|show|get|info|view|read|search|select|query|count|ping|stats?|version|health|describe|export_?status|(?:cluster|request|core|job|queue|sync|replication)?_?status|)$/i;
const LOOKS =
  /(?:^|[ -])(?:health\w*|livez|liveness|readyz|readiness|ping|heartbeat|status|state|metrics|prometheus|search|select|count|stats|statistics|version|info)$/i;
/** What it tells of the work: `/build-info`. */
const ABOUT_WORK =
  /^(?:build|deploy|release|import|export|sync|snapshot|restore|update)[ -]?(?:info|status|state|stats|version)$/i;
/** These are looks, unless they say where something is to go: `/switch/live`. */
const STATES = /^(?:live|ready|up|alive)$/i;
const ACTS = phrase`\<${'request-acts'}\>`;
const ACTS_ALONE = phrase`^${'request-acts'}$`;
