/** Regular expressions that somebody wrote, matched against lines that somebody else wrote: no line takes for ever. */

import type {RE2JS} from 're2js';
import {matchesOf} from './matches.ts';
import {patternCost} from './pattern-cost.ts';

export type Pattern = {
  source: string;
  flags: '' | 'i';
  /** Lines longer than this are for the linear engine, which is some twenty times slower. */
  nativeLengthMax: number;
  /** Once the linear engine is there. Before, of a line that is too long for the native one only its beginning is seen. */
  ready: Promise<void>;
  test(line: string): boolean;
  /** The first match and its groups. */
  exec(line: string): readonly (string | undefined)[] | undefined;
  /** As many as `max`, from the left; none of them empty. */
  ranges(line: string, max: number): readonly {from: number; to: number}[];
};

/** Steps that one line may cost the native engine: some milliseconds at the very worst. */
const STEPS_MAX = 1_000_000;
/** The same where there is no other engine: looking around and referring back are not linear. */
const STEPS_MAX_ALONE = 10_000_000;
/** A pattern must be safe for lines of at least this length. */
const LENGTH_USEFUL = 64;
const SOURCE_LENGTH_MAX = 1000;

/** Why the text cannot be used as a pattern, for an operator; undefined when it can. */
export function whyNoPattern(source: string): string | undefined {
  if (source.length > SOURCE_LENGTH_MAX)
    return `is longer than ${SOURCE_LENGTH_MAX} characters; write a shorter pattern`;
  try {
    new RegExp(source);
  } catch {
    return 'is not a regular expression; write special characters such as ( with a backslash before them';
  }
  if (patternCost(source).isRegular || lengthFor(source, STEPS_MAX_ALONE) >= LENGTH_USEFUL) return undefined;
  return 'can take for ever on some lines; write it without (?= (?! (?<= (?<! and without references such as \\1';
}

/** Throws where `whyNoPattern` says why. */
export function patternOf(source: string, flags: '' | 'i' = ''): Pattern {
  const why = whyNoPattern(source);
  if (why !== undefined) throw new SyntaxError(`\`${source}\` ${why}`);
  const {isRegular} = patternCost(source);
  const nativeLengthMax = lengthFor(source, isRegular ? STEPS_MAX : STEPS_MAX_ALONE);
  return patternFor(new RegExp(source, flags), nativeLengthMax, isRegular);
}

/** For a pattern in our own code, which is known to be fast on every line. */
export function ownPattern(native: RegExp): Pattern {
  return patternFor(native, Number.POSITIVE_INFINITY, true);
}

/** How long a line may be so that the native engine needs no more steps than these. */
function lengthFor(source: string, steps: number): number {
  const {degree, factor} = patternCost(source);
  // Each place is tried a few times: that is linear, however long the line is.
  if (degree === 0 && factor <= LENGTH_USEFUL) return Number.POSITIVE_INFINITY;
  return degree === Number.POSITIVE_INFINITY ? 0 : Math.floor((steps / factor) ** (1 / (degree + 1)));
}

let loaded: Promise<typeof RE2JS> | undefined;

/** Loaded for the first pattern that may need it. */
function linearOne(): Promise<typeof RE2JS> {
  loaded ??= import('re2js').then(({RE2JS: engine}) => engine);
  return loaded;
}

function patternFor(native: RegExp, nativeLengthMax: number, isRegular: boolean): Pattern {
  const {source} = native;
  const flags = native.flags.includes('i') ? 'i' : '';
  const every = new RegExp(source, `${flags}g`);
  let engine: typeof RE2JS | undefined;
  let linear: RE2JS | undefined;

  async function load(): Promise<void> {
    engine = await linearOne();
  }

  /** Made for the first line that is for it; undefined where it does not know the pattern, or is not there yet. */
  function linearEngine(): RE2JS | undefined {
    if (engine === undefined || linear !== undefined) return linear;
    try {
      linear = engine.compile(engine.translateRegExp(source), flags === 'i' ? engine.CASE_INSENSITIVE : 0);
    } catch {
      engine = undefined;
    }
    return linear;
  }

  /** The linear engine's matcher where the line is for it, or else what of the line the native one is held against. */
  function engineFor(line: string): ReturnType<RE2JS['matcher']> | string {
    if (line.length <= nativeLengthMax) return line;
    return linearEngine()?.matcher(line) ?? line.slice(0, nativeLengthMax);
  }

  return {
    source,
    flags,
    nativeLengthMax,
    ready: isRegular && nativeLengthMax < Number.POSITIVE_INFINITY ? load() : Promise.resolve(),
    test(line) {
      const held = engineFor(line);
      return typeof held === 'string' ? native.test(held) : held.find();
    },
    exec(line) {
      const held = engineFor(line);
      if (typeof held === 'string') return native.exec(held) ?? undefined;
      if (!held.find()) return undefined;
      return Array.from({length: held.groupCount() + 1}, (_, index) => held.group(index) ?? undefined);
    },
    ranges(line, max) {
      const held = engineFor(line);
      const found: {from: number; to: number}[] = [];
      const add = (from: number, to: number) => void (to > from && found.push({from, to}));
      if (typeof held === 'string') {
        for (const match of matchesOf(held, every)) {
          add(match.index, match.index + match[0].length);
          if (found.length >= max) break;
        }
      } else while (found.length < max && held.find()) add(held.start(), held.end());
      return found;
    },
  };
}
