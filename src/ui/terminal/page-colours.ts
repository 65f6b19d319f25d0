/** SGR codes on a page that has colours of its own. */

const END_OF: Readonly<Record<string, readonly string[]>> = {
  '22': ['1', '2'],
  '23': ['3'],
  '24': ['4'],
  '27': ['7'],
  '29': ['9'],
};

/** Follows SGR codes to the style in force, written always in the same order so that equal styles are equal text. */
export class StyleInForce {
  text = '';
  background = '';
  #attributes = new Set<string>();

  get style(): string {
    return [...[...this.#attributes].sort(), this.text, this.background].filter(Boolean).join(';');
  }

  apply(parameters: string): void {
    if (parameters !== '') for (const code of splitColours(parameters)) this.#applyOne(code);
  }

  #applyOne(code: string): void {
    if (code === '0') {
      this.#attributes.clear();
      this.text = '';
      this.background = '';
    } else if (code === '39') this.text = '';
    else if (code === '49') this.background = '';
    else if (END_OF[code]) for (const ended of END_OF[code]) this.#attributes.delete(ended);
    else if (/^(?:38;|3[0-7]$|9[0-7]$)/.test(code)) this.text = code;
    else if (/^(?:48;|4[0-7]$|10[0-7]$)/.test(code)) this.background = code;
    else this.#attributes.add(code);
  }
}

/** Ends of colours fall back to the page instead of the terminal's own colours. */
export function onPage(row: string, page: string): string {
  const inForce = new StyleInForce();
  inForce.apply(page);
  return row.replace(/\u001B\[([\d;]*)m/g, (_, parameters: string) => {
    const codes = splitColours(parameters).map(code => {
      if (code === '39') return inForce.text || code;
      if (code === '49') return inForce.background || code;
      return code === '0' ? `0;${page}` : code;
    });
    return `\u001B[${codes.join(';')}m`;
  });
}

/** `1;38;5;39` -> `1`, `38;5;39`. */
function splitColours(parameters: string): string[] {
  const codes = parameters.split(';');
  const split: string[] = [];
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] || '0';
    const length = code !== '38' && code !== '48' ? 1 : codes[index + 1] === '2' ? 5 : 3;
    split.push(length === 1 ? code : codes.slice(index, index + length).join(';'));
    index += length - 1;
  }
  return split;
}
