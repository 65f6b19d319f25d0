/** The list of all doubts of a document: one for each code and line. */
import {plainText} from '../document/inline.ts';
import type {Doubt, DoubtCode} from '../doubt.ts';
import type {Step} from '../plan.ts';
import type {FoundDoubt, LineIndex} from './found-doubt.ts';

export class DoubtList {
  readonly #found = new Map<string, Doubt>();
  readonly #lines: LineIndex;

  constructor(lines: LineIndex) {
    this.#lines = lines;
  }

  /** Of two with the same code and line, the one without a proposal is kept, because a person must answer it. */
  add(doubts: readonly FoundDoubt[]): void {
    for (const one of doubts) {
      const id = `${one.code}:${one.line}`;
      const told = one.steps ?? this.#lines.stepsAt(one.line).map(step => step.id);
      const steps = AHEAD.has(one.code) ? told.flatMap(id => this.#lines.partsFrom(id, one.line)) : told;
      const home = one.section ?? this.#lines.sectionAt(one.line)?.id;
      // A step waits only for the doubts of its own section.
      const holding = steps.flatMap(step => this.#lines.sectionOf(step) ?? []);
      const section = home !== undefined && holding.includes(home) ? home : (holding[0] ?? home);
      const before = this.#found.get(id);
      const isAnswered = before !== undefined && (before.proposed === undefined || one.proposed !== undefined);
      if (isAnswered) this.#join(before, one, steps);
      if (section === undefined || isAnswered) continue;
      // "Next working day: `a`, and if it is sane `b`": the open question does not hide the other.
      const isBeside = one.code === 'condition-assumed' && before !== undefined && before.because !== one.because;
      const message = isBeside ? `${before.message}; ${one.message}` : one.message;
      // The places of several steps may be asked about on the line of one of them.
      const others = one.code === 'place-assumed' || isBeside ? (before?.steps ?? []) : [];
      this.#found.set(id, {...one, id, section, message, steps: [...new Set([...steps, ...others])]});
    }
  }

  /**
   * Two questions about the place of one line, or when it is done, or two answered ones about the bounds of one, of
   * which one was read into a rule: an answer to one would hide the other.
   */
  #join(before: Doubt, {code, message, because, proposed, rules}: FoundDoubt, steps: readonly string[]): void {
    const isAnswered = before.proposed !== undefined && proposed !== undefined;
    const isBound = code === 'expectation-assumed' && (before.rules === undefined) !== (rules === undefined);
    if (!/^(?:place|condition)-assumed$/.test(code) && !(isBound && isAnswered)) return;
    if (before.because === because || before.message.includes(message)) return;
    const both = {message: `${before.message}; ${message}`, steps: [...new Set([...before.steps, ...steps])]};
    this.#found.set(before.id, {...before, ...both});
  }

  /**
   * Of what is there now: whether something about the line is asked, or whether the step is done at all. Where the step
   * runs, and as whom, is another question, unless `isWeak`.
   */
  asks(): (step: Step, line: number, isWeak?: boolean) => boolean {
    const all = [...this.#found.values()];
    const lines = new Set(all.filter(({code}) => !/^(?:place|user)-assumed$/.test(code)).map(({line}) => line));
    const places = new Set(all.map(({line}) => line));
    const steps = new Set(all.filter(({code}) => WHETHER.has(code)).flatMap(one => one.steps));
    return ({id}, line, isWeak = false) => steps.has(id) || (isWeak ? places : lines).has(line);
  }

  /** Of what is there now: whether an open question shows the beginning of this text, or is about the line. */
  shows(): (line: number, text?: string) => boolean {
    const open = [...this.#found.values()].filter(({proposed}) => proposed === undefined);
    const shown = open.map(({message}) => plainText(message)).join('\n');
    return (line, text) => {
      const beginning = plainText(text ?? '').slice(0, BEGINNING_MAX);
      const isQuoted = text !== undefined && shown.includes(beginning);
      return isQuoted || open.some(one => one.line === line && one.because.includes(beginning));
    };
  }

  /** Of what is there now: whether something but the place is asked about the line. */
  asksAt(): (line: number) => boolean {
    const lines = new Set([...this.#found.values()].filter(({code}) => code !== 'place-assumed').map(({line}) => line));
    return line => lines.has(line);
  }

  /** Of what is there now: whether what the line says is asked about, and not only where or when it is done. */
  tellsOf(): (line: number) => boolean {
    const lines = new Set([...this.#found.values()].filter(({code}) => TELLS.has(code)).map(({line}) => line));
    return line => lines.has(line);
  }

  /** A sentence is asked about once: what was read into no step is also measured by nothing. */
  sorted(): Doubt[] {
    const codes = new Set(this.#found.keys());
    const kept = [...this.#found.values()].filter(({code, line, proposed, steps}) => {
      if (proposed === undefined) return true;
      if (code === 'expectation-assumed')
        return this.#found.get(`not-read:${line}`)?.proposed !== undefined || !codes.has(`not-read:${line}`);
      return code !== 'not-read' || steps.length === 0 || !codes.has(`expectation-assumed:${line}`);
    });
    const ids = new Set(kept.map(({id}) => id));
    return kept
      .map(one => {
        // The doubt that is kept waits for the steps of both.
        const other = SAME_SENTENCE.get(one.code);
        const dropped = other === undefined ? undefined : this.#found.get(`${other}:${one.line}`);
        if (dropped === undefined || ids.has(dropped.id)) return one;
        return {...one, steps: [...new Set([...one.steps, ...dropped.steps])]};
      })
      .map(asRead)
      .sort((a, b) => a.line - b.line || a.code.localeCompare(b.code));
  }
}

/** What nobody has read holds no proposal: with one, it was read as a note to a person. */
function asRead(doubt: Doubt): Doubt {
  if (doubt.code !== 'not-read' || doubt.proposed === undefined) return doubt;
  return {...doubt, code: 'note-assumed', id: `note-assumed:${doubt.line}`};
}

const SAME_SENTENCE: ReadonlyMap<DoubtCode, DoubtCode> = new Map([
  ['not-read', 'expectation-assumed'],
  ['expectation-assumed', 'not-read'],
]);

/** What is asked above the first commands of a block is asked of all of them, wherever they run. */
const AHEAD: ReadonlySet<DoubtCode> = new Set(['condition-assumed', 'role-assumed']);

const TELLS: ReadonlySet<DoubtCode> = new Set(['expectation-assumed', 'not-read', 'output-assumed']);

const WHETHER: ReadonlySet<DoubtCode> = new Set([
  'condition-assumed',
  'alternatives-assumed',
  'role-assumed',
  'not-read',
  'endless-assumed',
]);

const BEGINNING_MAX = 40;
