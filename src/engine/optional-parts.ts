/** What only some runs have: a copy of the journal in a team's ledger, metrics for Prometheus. */
import type {ConsoleHost} from './consoles.ts';
import type {OpenRun, OpenSetup} from './opening/open-run.ts';
import type {LiveRun} from './wire-run.ts';

/** What a copy of the journal needs of the run. */
type LedgerWays = {
  run: {id: string; host: string; user: string};
  /** The last event that is on disk. */
  seq: number;
  show(behind: {copied: number; because: string} | undefined): void;
  /** Told of each event that the ledger has, with all before it. */
  copied(seq: number): void;
};

export type JournalCopy = {
  /** All events up to this one are on disk. */
  reached(seq: number): void;
  /** Resolves to how many events are not copied when the time is over. */
  finish(withinMs: number): Promise<number>;
};

/** Resolves to nothing where no ledger is set. */
export type OpenLedger = (ways: LedgerWays) => Promise<JournalCopy | undefined>;

/** Resolves to nothing where no ledger is set. */
export type OpenTeamConsoles = (
  host: Pick<ConsoleHost, 'join' | 'leave' | 'submit' | 'sources'>,
) => Promise<{close(): Promise<void>} | undefined>;

/** Dry runs and rehearsals are not copied. */
export async function copyJournal(
  {openLedger, options}: OpenSetup & {openLedger?: OpenLedger},
  {redactor}: OpenRun,
  {store, engine, progress}: LiveRun,
): Promise<JournalCopy | undefined> {
  if (options.dryRun || options.aloneMsMax !== undefined) return undefined;
  const {run, seq} = store.getState();
  const copy = await openLedger?.({
    run,
    seq,
    copied: progress.upTo,
    show(behind) {
      const state = store.getState();
      // An event behind the end of the run would have to be copied, too, and nobody waits for that.
      if (state.closed !== null) return;
      const event =
        behind === undefined
          ? ({type: 'ledger-caught-up', copied: state.seq} as const)
          : ({type: 'ledger-behind', ...redactor.data(behind)} as const);
      engine.record([event], 'engine');
    },
  });
  if (copy !== undefined) store.subscribe(state => copy.reached(state.seq));
  return copy;
}

/** When the address cannot be used, a note of the run says so, and the deploy goes on. */
export async function startMetrics(
  {options}: OpenSetup,
  {bindings: {metrics}, shownPlan}: OpenRun,
  {store, engine}: LiveRun,
): Promise<() => void> {
  if (metrics === undefined || options.dryRun) return () => {};
  // Not needed by runs that serve none.
  const {serveMetrics} = await import('./metrics.ts');
  try {
    return await serveMetrics(metrics, shownPlan, store.getState);
  } catch (error) {
    const text = `metrics are not served: ${error instanceof Error ? error.message : String(error)}`;
    engine.record([{type: 'note-added', text}], 'engine');
    return () => {};
  }
}
