/** A run that is going on, as its console sees it. */
import {readFile} from 'node:fs/promises';
import {basename, join} from 'node:path';
import type {Connection} from '../../attach/client.ts';
import {openSpoolReader} from '../../journal/spool/reader.ts';
import type {Session, Spool} from '../../ui/session.ts';
import {programName} from '../command-line/program-name.ts';

/** What its screen shows and where its keys go. */
export function liveSession(connection: Connection): Session {
  const {plan, store, consoleId, send, questions, answer, trouble, onLost, runDirectory} = connection;
  return {
    plan,
    run: store,
    consoleId,
    me: nameOf(connection),
    program: programName(),
    send,
    questions,
    answer,
    onLost,
    trouble,
    spool: spoolOver(connection, runDirectory),
    papers: {
      path: file => join(runDirectory, basename(file)),
      read: file => readFile(join(runDirectory, basename(file)), 'utf8'),
    },
  };
}

function nameOf({store, consoleId}: Connection): string {
  return store.getState().consoles[consoleId]?.name ?? '';
}

/** How far sources have grown comes over the socket; their text is read from the run directory. */
function spoolOver(connection: Connection, runDirectory: string): Spool {
  const reader = openSpoolReader(runDirectory);
  return {
    sources: () => connection.sources(),
    read: (source, from, count) => reader.read(source, from, count),
    find: (source, pattern, from, direction, limit) => reader.find(source, pattern, from, direction, limit),
    tally: (source, pattern) => reader.tally(source, pattern),
    density: (source, patterns) => reader.density(source, patterns),
    lineAt: (source, at) => reader.lineAt(source, at),
    lineAfter: (source, at) => reader.lineAfter(source, at),
    moments: source => reader.moments(source),
    fileOf: source => reader.fileOf(source),
    subscribe: listener =>
      connection.onSources(() => {
        reader.refresh();
        listener();
      }),
  };
}
