/** What stands inside one line of Markdown text. */
export type Inline = {
  /** Markup, comments and decoration removed. */
  text: string;
  /** Contents of `code` spans in order. */
  codes: readonly string[];
  /** `**Lead-in:** rest`: the bold start of the line, without its colon. */
  lead?: string;
  /** Text after the lead-in (or all of it). */
  rest: string;
  /** The whole line is bold. */
  strong: boolean;
};

export function readInline(raw: string): Inline {
  const source = raw.replaceAll(/<!--.*?-->/g, ' ').trim();
  const lead = /^[^\p{L}\p{N}*_`[(]*(?:\*\*|__)(?=[^\s_*])(.+?)(?:\*\*|__)\s*(:?)(.*)$/u.exec(source);
  const text = plainText(source);
  const codes = codeSpans(source);
  if (lead === null || lead[1] === undefined) return {text, codes, rest: text, strong: false};
  const rest = plainText(lead[3] ?? '').replace(/^:\s*/, '');
  const name = plainText(lead[1]).replace(/\s*:$/, '');
  return {text, codes, lead: name, rest, strong: rest === ''};
}

/** The line as a reader sees it: no markup, no decorative emoji. */
export function plainText(raw: string): string {
  const parts = raw.split(/(`+[^`]*`+)/);
  const shown = parts.map((part, index) => (index % 2 === 1 ? part.replaceAll('`', '').trim() : withoutMarkup(part)));
  return undecorated(shown.join(''));
}

/** Emoji at the ends and inside are decoration, never state. */
export function undecorated(text: string): string {
  return text
    .replaceAll(/(?![©®™])\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}]?|\u200d|\ufe0e|\ufe0f|\u20e3|[✓✔✗✘]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

export function codeSpans(raw: string): string[] {
  return [...raw.matchAll(/(?<!`)(`{1,3})(?!`)([^`]+)\1(?!`)/g)].map(([, , code]) => (code ?? '').trim());
}

function withoutMarkup(text: string): string {
  return text
    .replaceAll(/!?\[([^\][]*)\]\([^()\s]*(?:\s+"[^"]*")?\)/g, '$1')
    .replaceAll(/\*\*(?=[^\s*])(.+?)(?<=[^\s*])\*\*/g, '$1')
    .replaceAll(/(?<!\w)__(?=[^\s_])(.+?)(?<=[^\s_])__(?!\w)/g, '$1')
    .replaceAll(/(?<![\w*])\*(?=[^\s*])([^*]+?)(?<=\S)\*(?![\w*])/g, '$1')
    .replaceAll(/(?<![\w_])_(?=[^\s_])([^_]+?)(?<=\S)_(?![\w_])/g, '$1')
    .replaceAll(/~~(?=\S)(.+?)~~/g, '$1')
    .replaceAll(/<\/?(?:b|i|em|strong|code|br|sub|sup|kbd|span|u|p|summary|details)\b[^<>]*>/gi, ' ')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll(/&(lt|gt|amp|quot|nbsp|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);
}

const ENTITIES: Readonly<Record<string, string>> = {lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', '#39': "'"};
