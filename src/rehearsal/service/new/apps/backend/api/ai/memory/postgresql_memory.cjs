const database = require('../../../database.cjs');
const release = require('../../../release.json');
const {upstream} = require('../../../upstream.cjs');
const {run_in_background} = require('../../../background.cjs');
const {record_emotion} = require('../emotion.cjs');

// Single answers are held against 1000 ms: a busy machine may stall one of them for as long as is left.
const contextMs = release.contextMs ?? 600;
const kept = [];
let calls = 0;

/** Stores a message; the emotion behind it is recorded after the customer has been answered. */
exports.store_message = async (customer, text) => {
  calls += 1;
  if (release.failEvery && calls % release.failEvery === 0) throw new TypeError("cannot unpack 'NoneType' object");
  if (release.leakMb) keep(release.leakMb);
  await upstream(contextMs);
  const [conversation] = await database.query(
    'insert into ai_conversations (customer_id) values ($1) on conflict (customer_id) do update set last_message_at = now() returning id',
    [customer],
  );
  const [message] = await database.query(
    'insert into ai_messages (conversation_id, content) values ($1, $2) returning id',
    [conversation?.id, text],
  );
  run_in_background('emotion_history', () => record_emotion(conversation?.id, message?.id));
  return message?.id ?? null;
};

/** Filled, because memory that nobody has written to is not resident. Bounded: it is a rehearsal. */
function keep(megabytes) {
  const keptMax = 400;
  if (kept.length < keptMax) kept.push(Buffer.alloc(megabytes * 1024 * 1024, 1));
}
