const database = require('../../../database.cjs');
const {upstream} = require('../../../upstream.cjs');
const {record_emotion} = require('../emotion.cjs');

const contextMs = 60;

/** Stores a message and the emotion behind it; the customer waits for both. */
exports.store_message = async (customer, text) => {
  await upstream(contextMs);
  const [conversation] = await database.query(
    'insert into ai_conversations (customer_id) values ($1) on conflict (customer_id) do update set last_message_at = now() returning id',
    [customer],
  );
  const [message] = await database.query(
    'insert into ai_messages (conversation_id, content) values ($1, $2) returning id',
    [conversation?.id, text],
  );
  await record_emotion(conversation?.id, message?.id);
  return message?.id ?? null;
};
