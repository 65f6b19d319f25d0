/** The logs that a run follows: read on where the last engine stopped, and searched from the start of the deploy. */
import {readFileSync, renameSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {type Followed, type Following, placeOf, type Sink, type World} from '../actions/world.ts';
import type {Spool} from '../journal/spool/spool.ts';
import type {Bindings} from '../plan/plan.ts';
import type {Place} from '../plan/script.ts';
import {type Outcome, refused} from '../run/outcome.ts';
import type {Request} from '../run/request.ts';
import {patternOf} from '../text/pattern.ts';

type TailRequest = Extract<Request, {kind: 'tail'}>;
type LogRequest = Extract<Request, {kind: 'log'}>;

export type LogSources = {
  /** Follows a log the document names; one that the bindings follow already is that log. */
  open(request: TailRequest): Outcome;
  /** Looks through what a log received since the deploy began. */
  inspect(request: LogRequest, signal: AbortSignal): Promise<Outcome>;
  /** A log on a host whose link is down says nothing: it is marked, so that silence is not read as calm. */
  link(host: string, up: boolean, detail: string): void;
  /** From here on `inspect` looks: called when the deploy starts. */
  mark(): void;
  close(): void;
};

/** What a log must say may come a little after the step that causes it. */
const PRESENT_PATIENCE_MS = 30_000;
const LOOK_AGAIN_MS = 250;

const SAVE_EVERY_MS = 1000;

/** Opens the logs of the bindings and keeps them open; it goes on where the engine before this one stopped reading. */
export function openLogSources(bindings: Bindings, world: World, spool: Spool, ledger: LogLedger): LogSources {
  const followed = new Map<string, Following & {host: string | undefined}>();
  const {places, marks: known} = ledger.read();
  const marks = new Map(Object.entries(known));
  const standing = openStanding(spool);
  const sink: Sink = (source, chunk) => spool.write(source, chunk);

  function follow(source: string, place: Place, what: {file: string} | {command: string}): void {
    spool.open(source, logTitle(source, place, 'file' in what ? what.file : undefined));
    const host = place.kind === 'host' ? place.host : undefined;
    const before = places[source];
    if (before !== undefined) spool.repeat(source, before.lines);
    const from = goingOn(what, before);
    const onTrouble = standing.troubleOf(source, 'file' in what ? what.file : source);
    followed.set(source, {...world.follow(place, from, source, sink, onTrouble), host});
  }

  for (const [source, {on, tail, run}] of Object.entries(bindings.logs)) {
    follow(source, placeOf(on, bindings.hosts), tail === undefined ? {command: run ?? ''} : {file: tail});
  }

  function save(): void {
    const read = [...followed].flatMap(([source, one]) => {
      const position = one.position();
      return position === undefined ? [] : [[source, {...position, lines: spool.lines(source)}] as const];
    });
    ledger.write({places: {...places, ...Object.fromEntries(read)}, marks: Object.fromEntries(marks)});
  }
  const saving = setInterval(save, SAVE_EVERY_MS);
  return {
    open({source, place, file, command}) {
      if (!followed.has(source)) {
        if (file !== undefined) follow(source, place, {file});
        else if (command !== undefined) follow(source, place, {command});
      }
      return {kind: 'opened', source, durationMs: 0};
    },
    async inspect({source, absent, present}, signal) {
      const startedAt = performance.now();
      if (!followed.has(source)) {
        return refused('unsupported', `no log source is called ${source}; bind it under logs:`);
      }
      const pattern = patternOf(absent ?? present ?? '');
      const count = () => {
        spool.flush();
        return spool.countMatching(source, pattern, marks.get(source) ?? 0);
      };
      let found = await count();
      while (present !== undefined && found.matches === 0 && performance.now() - startedAt < PRESENT_PATIENCE_MS) {
        if (signal.aborted) return {kind: 'cancelled', detail: 'cancelled', durationMs: performance.now() - startedAt};
        await sleep(LOOK_AGAIN_MS);
        found = await count();
      }
      return {kind: 'counted', ...found, durationMs: performance.now() - startedAt};
    },
    link(host, up, detail) {
      for (const [source, one] of followed) if (one.host === host) standing.link(source, up, detail);
    },
    mark() {
      for (const source of followed.keys()) marks.set(source, spool.lines(source));
      save();
    },
    close() {
      clearInterval(saving);
      save();
      for (const one of followed.values()) one.close();
    },
  };
}

/** `error.log · vps` */
export function logTitle(source: string, place: Place, file?: string): string {
  return `${file === undefined ? source : baseName(file)} · ${place.kind === 'host' ? place.host : 'local'}`;
}

/** From where the engine before this one stopped, if it followed the same kind of thing. */
function goingOn(what: {file: string} | {command: string}, before: SourcePosition | undefined): Followed {
  if ('file' in what) return before !== undefined && 'offset' in before ? {...what, from: before} : what;
  return before !== undefined && 'streams' in before ? {...what, from: before} : what;
}

/** Whether a log comes in: its link and the log itself have a say. */
function openStanding(spool: Spool) {
  /** Logs that are there and may not be read: why. */
  const unreadable = new Map<string, string>();
  return {
    troubleOf: (source: string, name: string) => (reason: string | undefined) => {
      if (reason === undefined) unreadable.delete(source);
      else unreadable.set(source, `${name} cannot be read: ${reason}`);
      spool.mark(source, {up: reason === undefined, detail: unreadable.get(source) ?? ''});
    },
    /** A link that is back makes no log readable. */
    link(source: string, up: boolean, detail: string) {
      const reason = up ? unreadable.get(source) : undefined;
      spool.mark(source, {up: up && reason === undefined, detail: reason ?? detail});
    },
  };
}

function baseName(path: string): string {
  return path.split('/').at(-1) ?? path;
}

/** How far each followed log has been read, and where the deploy began in it: for the engine after this one. */
export type LogNotes = {
  /** `lines`: of the source's spool, at that position. */
  places: Readonly<Record<string, SourcePosition>>;
  marks: Readonly<Record<string, number>>;
};

type SourcePosition = NonNullable<ReturnType<Following['position']>> & {lines: number};

export type LogLedger = {read(): LogNotes; write(notes: LogNotes): void};

const LEDGER_FILE = 'logs.json';

/** Never fails: without it a log is read again from its last lines. */
export function openLogLedger(runDirectory: string): LogLedger {
  const path = join(runDirectory, LEDGER_FILE);
  let written = '';
  return {
    read() {
      try {
        const {places, marks} = JSON.parse(readFileSync(path, 'utf8')) as LogNotes;
        return {places: {...places}, marks: {...marks}};
      } catch {
        return {places: {}, marks: {}};
      }
    },
    write(notes) {
      const text = JSON.stringify(notes);
      if (text === written) return;
      try {
        writeFileSync(`${path}.draft`, text, {mode: 0o600});
        renameSync(`${path}.draft`, path);
        written = text;
      } catch {
        // The next second brings the next chance.
      }
    },
  };
}
