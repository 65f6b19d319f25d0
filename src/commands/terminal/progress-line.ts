/** One line on the terminal that says what is still awaited, and is gone in the end. Nothing where there is no terminal. */
export type ProgressLine = {
  /** Counts it as awaited until it has settled. */
  of<T>(name: string, work: Promise<T>): Promise<T>;
  /** Takes the line away while something else is said. */
  away<T>(work: () => Promise<T>): Promise<T>;
  end(): void;
};

const NAMES_MAX = 3;
const CLEAR = '\r\u001b[K';

export function progressLine(stream: NodeJS.WriteStream = process.stderr): ProgressLine {
  const awaited = new Set<string>();
  let begun = 0;
  let away = 0;
  let shown = false;

  function clear(): void {
    if (shown) stream.write(CLEAR);
    shown = false;
  }

  function show(): void {
    if (stream.isTTY !== true || away > 0) return;
    clear();
    if (awaited.size === 0) return;
    const names = [...awaited].slice(0, NAMES_MAX).join(', ');
    const more = awaited.size > NAMES_MAX ? ', …' : '';
    const text = `${begun - awaited.size}/${begun} proved, waiting for ${names}${more}`.replaceAll(/\p{Cc}/gu, ' ');
    stream.write(text.slice(0, Math.max(1, (stream.columns ?? 80) - 1)));
    shown = true;
  }

  return {
    async of(name, work) {
      begun += 1;
      awaited.add(name);
      show();
      try {
        return await work;
      } finally {
        awaited.delete(name);
        show();
      }
    },
    async away(work) {
      clear();
      away += 1;
      try {
        return await work();
      } finally {
        away -= 1;
        show();
      }
    },
    end: () => {
      awaited.clear();
      clear();
    },
  };
}
