/** A session with several logs. */
import {fakeSession} from './fake-session.ts';

/** Two logs with a line each second in turn, and one that says no time. */
export function severalLogs() {
  const session = fakeSession({
    sources: [
      {id: 'api', title: 'api.log · vps'},
      {id: 'web', title: 'web.log · vps'},
      {id: 'jobs', title: 'jobs · vps'},
    ],
  });
  const clock = (second: number) =>
    `2026-01-05 13:${String(second / 60 + 10).slice(0, 2)}:${String(second % 60).padStart(2, '0')}`;
  for (let second = 0; second < 200; second += 2) {
    const isError = second === 50 || second === 150;
    session.print('api', `${clock(second)} ${isError ? 'ERROR' : 'INFO'} api ${second}.`, '  with a second line');
    session.print('web', `${clock(second + 1)} INFO web ${second + 1}.`);
  }
  session.print('jobs', 'job without a time');
  return session;
}
