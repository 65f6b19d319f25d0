/** The list of all doubts of a document: one for each code and line. */
import {plainText} from '../document/inline.ts';
import type {Doubt, DoubtCode} from '../doubt.ts';
import type {Step} from '../plan.ts';
import {ASKED_THEN, type FoundDoubt, isInTitle, type LineIndex, NEVER_ASKED} from './found-doubt.ts';
import {joined, stepsOfBoth} from './joined-doubts.ts';
import type {AskedAlready} from './unread-sentences.ts';

export class DoubtList {
  readonly #found = new Map<string, Doubt>();
  readonly #lines: LineIndex;

  constructor(lines: LineIndex) {
    this.#lines = lines;
  }

  add(doubts: readonly FoundDoubt[]): void {
    for (const one of doubts) {
      const told = one.steps ?? this.#lines.stepsAt(one.line).map(step => step.id);
      const steps = AHEAD.has(one.code) ? told.flatMap(id => this.#lines.partsFrom(id, one.line)) : told;
      const home = one.section ?? this.#lines.sectionAt(one.line)?.id;
      // A step waits only for the doubts of its own section.
      const holding = steps.flatMap(step => this.#lines.sectionOf(step) ?? []);
      const section = home !== undefined && holding.includes(home) ? home : (holding[0] ?? home);
      if (section === undefined) continue;
      const line = this.#lineFor(one, section, steps);
      const id = `${one.code}:${line}`;
      const before = this.#found.get(id);
      const found = {...one, line, id, section, steps: [...new Set(steps)]};
      this.#found.set(id, before === undefined ? found : joined(before, found));
    }
  }

  /** "NN is the turbine" is asked on its own line of the first section that has NN, and of the next on its first step. */
  #lineFor({code, line}: FoundDoubt, section: string, steps: readonly string[]): number {
    const before = this.#found.get(`${code}:${line}`);
    if (before === undefined || before.section === section) return line;
    return this.#lines.stepsIn(section).find(({id}) => steps.includes(id))?.line ?? line;
  }

  /**
   * Of what is there now: whether something about the line is asked, or whether the step is done at all. Where the step
   * runs, and as whom, is another question, unless `isWeak`.
   */
  asks(): (step: Step, line: number, isWeak?: boolean) => boolean {
    const all = [...this.#found.values()].filter(one => !this.#isOfTitle(one));
    const lines = new Set(all.filter(({code}) => !IS_PLACE.test(code)).map(({line}) => line));
    const places = new Set(all.map(({line}) => line));
    const steps = new Set(all.filter(({code}) => WHETHER.has(code)).flatMap(one => one.steps));
    return ({id}, line, isWeak = false) => steps.has(id) || (isWeak ? places : lines).has(line);
  }

  /** Of what is there now: whether something but place and user is asked about the line itself. */
  asksOfLine(): (step: Step, line: number) => boolean {
    const isAsked = this.asks();
    return (step, line) => isAsked({...step, id: ''}, line);
  }

  /** The title gives the condition, to all steps of its section: each may say more. */
  #isOfTitle({code, section, because, proposed}: Doubt): boolean {
    const title = this.#lines.byId.get(section)?.title ?? '';
    return code === 'condition-assumed' && proposed !== undefined && isInTitle(because, title);
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

  /** Of what is there now, without the places: what is asked about which lines. */
  asked(): AskedAlready {
    const byLine = Map.groupBy(
      [...this.#found.values()].filter(({code}) => code !== 'place-assumed'),
      ({line}) => line,
    );
    return {
      isAsked: line => byLine.has(line),
      quotes: (lines, text) => lines.some(line => (byLine.get(line) ?? []).some(one => showsText(one, text))),
    };
  }

  /** Of what is there now: whether a question shows the beginning of this text. */
  quotes(): (text: string) => boolean {
    const shown = [...this.#found.values()].map(({message}) => plainText(message)).join('\n');
    return text => shown.includes(plainText(text).slice(0, BEGINNING_MAX));
  }

  /** Of what is there now: whether what the line says is an open question, or was read into nothing. */
  holdsLine(): (line: number) => boolean {
    const all = [...this.#found.values()].filter(one => !IS_PLACE.test(one.code));
    const lines = new Set(all.flatMap(one => (one.proposed === undefined || one.code === 'not-read' ? one.line : [])));
    return line => lines.has(line);
  }

  /** Of what is there now: whether an open question that shows the beginning of this text holds the step. */
  holds(): (step: Step, text: string) => boolean {
    const open = [...this.#found.values()].filter(({proposed}) => proposed === undefined);
    const shown = open.map(({message, steps, section}) => ({text: plainText(message), steps: new Set(steps), section}));
    return ({id, section}, text) => {
      const beginning = plainText(text).slice(0, BEGINNING_MAX);
      return shown.some(
        one => one.text.includes(beginning) && (one.steps.has(id) || (one.steps.size === 0 && one.section === section)),
      );
    };
  }

  /** Of what is there now: whether the line is asked about as a figure, or an open question holds the step. In a rollback, a note that shows the text is enough. */
  holdsWhether(): Record<'isHeld' | 'isPlaced', (step: Step, text: string, line: number) => boolean> {
    const all = [...this.#found.values()].map(one => ({...one, text: plainText(one.message)}));
    const bySection = Map.groupBy(all, ({section}) => section);
    const measured = new Set(all.flatMap(({code, line}) => (MEASURED.test(code) ? line : [])));
    const ownOf = ({id, section}: Step) =>
      (bySection.get(section) ?? []).filter(({steps}) => steps.length === 0 || steps.includes(id));
    return {
      isPlaced: step => ownOf(step).some(({code}) => IS_PLACE.test(code)),
      isHeld: (step, text, line) => {
        if (measured.has(line)) return true;
        const isRollback = this.#lines.byId.get(step.section)?.use === 'rollback';
        const beginning = plainText(text).slice(0, BEGINNING_MAX);
        return ownOf(step).some(({code, proposed, text: shown}) => {
          const isOpen = !IS_PLACE.test(code) && (proposed === undefined || code === 'rollback-assumed');
          return isOpen || (isRollback && shown.includes(beginning));
        });
      },
    };
  }

  /** Of what is there now: whether what the line says is asked about, and not only where or when it is done. */
  tellsOf(): (line: number) => boolean {
    const lines = new Set([...this.#found.values()].filter(({code}) => TELLS.has(code)).map(({line}) => line));
    return line => lines.has(line);
  }

  /** A sentence is asked about once: what was read into no step is also measured by nothing. */
  sorted(): Doubt[] {
    const kept = [...this.#found.values()].filter(({code, line, because, proposed, steps}) => {
      if (proposed === undefined) return true;
      if (code === 'expectation-assumed') {
        const lost = this.#found.get(`not-read:${line}`);
        return lost === undefined || lost.proposed !== undefined || isOfOther(lost, because);
      }
      const other = code === 'not-read' ? this.#found.get(`expectation-assumed:${line}`) : undefined;
      return steps.length === 0 || other === undefined || !showsText(other, because);
    });
    const ids = new Set(kept.map(({id}) => id));
    const read = kept
      .map(one => {
        // The doubt that is kept waits for the steps of both.
        const other = SAME_SENTENCE.get(one.code);
        const dropped = other === undefined ? undefined : this.#found.get(`${other}:${one.line}`);
        if (dropped === undefined || ids.has(dropped.id)) return one;
        return {...one, steps: stepsOfBoth(one, dropped)};
      })
      .map(asRead);
    return askedOnce(read).sort((a, b) => a.line - b.line || a.code.localeCompare(b.code));
  }
}

function showsText({message, because}: Doubt, text: string): boolean {
  const beginning = plainText(text).slice(0, BEGINNING_MAX);
  return message.includes(beginning) || because.includes(beginning);
}

/** "Watch `tail -f deny.log`. More than 1 in 20 -> back out": what is lost of one sentence tells nothing of the other. */
function isOfOther(lost: Doubt, because: string): boolean {
  return (
    !WHOLE.some(what => lost.message.includes(what)) && !because.includes(lost.because) && !showsText(lost, because)
  );
}

const WHOLE = ['this item was read', 'this row of a table was read'];

/** What would be confirmed about a sentence is not asked beside a question that shows the sentence as a case. */
function askedOnce(doubts: readonly Doubt[]): Doubt[] {
  const cases = Map.groupBy(
    doubts.filter(({code, proposed}) => code === 'condition-assumed' && WHEN.has(proposed)),
    ({line}) => line,
  );
  const joins = new Map<Doubt, Doubt[]>();
  const kept = doubts.filter(one => {
    const isAlone = one.rules !== undefined || !CONFIRMED.has(one.proposed ?? '');
    const about = isAlone ? undefined : cases.get(one.line)?.find(other => shows(other, one));
    if (about !== undefined) joins.set(about, [...(joins.get(about) ?? []), one]);
    return about === undefined;
  });
  return kept.map(one => ({...one, steps: (joins.get(one) ?? []).reduce(stepsOfAll, one.steps)}));
}

function stepsOfAll(steps: readonly string[], one: Doubt): readonly string[] {
  return stepsOfBoth({...one, steps}, one);
}

/** Whether its message shows what the other was read from. */
function shows({message, because}: Doubt, {because: sentence, proposed}: Doubt): boolean {
  const said = plainText(sentence)
    .toLowerCase()
    .replaceAll(/^[\s–—-]+|[\s.]+$/g, '');
  if (said === '') return false;
  const isPart = proposed === BY_COMMANDS && because.length > WORDS_MIN && said.includes(because.toLowerCase());
  return isPart || plainText(message).toLowerCase().includes(said);
}

const WORDS_MIN = 8;
const WHEN: ReadonlySet<string | undefined> = new Set([undefined, ASKED_THEN, NEVER_ASKED]);
const BY_COMMANDS = 'its commands do it';
const CONFIRMED: ReadonlySet<string> = new Set([
  'a person looks whether it holds',
  'a person knows it, and does what it asks',
  BY_COMMANDS,
]);

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

const MEASURED = /^(?:expectation|trigger)-assumed$/;
const IS_PLACE = /^(?:place|user)-assumed$/;

const TELLS: ReadonlySet<DoubtCode> = new Set(['expectation-assumed', 'not-read', 'output-assumed']);

const WHETHER: ReadonlySet<DoubtCode> = new Set([
  'condition-assumed',
  'alternatives-assumed',
  'role-assumed',
  'not-read',
  'endless-assumed',
]);

const BEGINNING_MAX = 40;
