import {expect, test} from 'vitest';
import {EVENT_LINES_MAX, eventReader} from '../../../src/ui/logs/multi-line-events.ts';

/** An event a block; a line with `|` before it goes on with the one before. */
const LOGS: Readonly<Record<string, string>> = {
  'Python, dated': `
2026-01-05 13:00:01,123 ERROR api.chat failed
|Traceback (most recent call last):
|  File "app.py", line 3, in chat
|    answer(request)
|psycopg2.OperationalError: could not connect
|
|During handling of the above exception, another exception occurred:
|
|Traceback (most recent call last):
|  File "app.py", line 9, in <module>
|RuntimeError: gave up
2026-01-05 13:00:02,001 INFO next`,
  'Python, not dated': `
INFO started
Traceback (most recent call last):
|  File "app.py", line 3, in chat
|KeyError: 'name'
INFO next
ERROR with a traceback
|Traceback (most recent call last):
|  File "app.py", line 3
|ValueError: no
plain words`,
  Java: `
2026-01-05 13:00:01.123  INFO 1 --- [main] c.e.App : up
2026-01-05 13:00:01.124 ERROR 1 --- [main] c.e.App : failed
|java.lang.IllegalStateException: no pool
|	at com.example.App.main(App.java:3)
|	... 12 more
|Caused by: java.net.ConnectException: refused
|	at java.net.Socket.connect(Socket.java:589)
2026-01-05 13:00:01.125  WARN 1 --- [main] c.e.App : next`,
  Node: `
Error: connect ECONNREFUSED 127.0.0.1:5432
|    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1595:16) {
|  errno: -111,
|  code: 'ECONNREFUSED'
|}
listening on 3000`,
  Go: `
2026/01/05 13:00:01 serving
panic: runtime error: index out of range
|
|goroutine 1 [running]:
|main.(*Server).handle(0xc000010000)
|	/srv/app/main.go:12 +0x1d
|created by main.main
|	/srv/app/main.go:30 +0x2a
2026/01/05 13:00:02 serving`,
  'Go, ended by a signal': `
2026/01/05 13:00:01 serving
panic: runtime error: invalid memory address or nil pointer dereference
|[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x48a1b2]
|
|goroutine 1 [running]:
|main.main()
|	/srv/app/main.go:12 +0x1d
2026/01/05 13:00:02 serving`,
  'JSON over several lines': `
2026-01-05T13:00:01Z request {
|  "path": "/api",
|  "user": {
|    "id": 1
|  }
|}
2026-01-05T13:00:02Z next`,
  'one JSON object a line': `
{"time":"2026-01-05T13:00:01Z","level":"error","msg":"failed"}
{"time":"2026-01-05T13:00:01Z","level":"info","msg":"next"}`,
  'PostgreSQL, which dates every line': `
2026-01-05 13:00:01.123 UTC [7] ERROR:  relation "x" does not exist
|2026-01-05 13:00:01.123 UTC [7] STATEMENT:  select * from x
2026-01-05 13:00:02.123 UTC [7] LOG:  checkpoint starting`,
  'every line of a stack dated, as docker logs -t does': `
2026-01-05T13:00:01.000000001Z Traceback (most recent call last):
|2026-01-05T13:00:01.000000002Z   File "app.py", line 3
|2026-01-05T13:00:01.000000003Z ValueError: no
2026-01-05T13:00:02.000000003Z next`,
  'an access log': `
127.0.0.1 - - [05/Jan/2026:13:00:07 +0000] "GET / HTTP/1.1" 200 5
127.0.0.1 - - [05/Jan/2026:13:00:08 +0000] "GET /health HTTP/1.1" 500 5`,
  'lines without any order': `
first
second
[INFO] third`,
};

test.each(Object.entries(LOGS))('%s: lines of one event belong together', (_, log) => {
  const lines = log.slice(1).split('\n');
  const startsEvent = eventReader();
  const read = lines.map(line => {
    const text = line.replace(/^\|/, '');
    return startsEvent(text) ? text : `|${text}`;
  });
  expect(read).toEqual(lines);
});

test('an event has an end, however many lines go on', () => {
  const startsEvent = eventReader();
  const starts = Array.from({length: 2 * EVENT_LINES_MAX}, () => startsEvent('  indented')).filter(Boolean);
  expect(starts).toHaveLength(2);
});
