const memory = require('./memory/postgresql_memory.cjs');

exports.chat = async payload => {
  const stored = await memory.store_message(String(payload.customer_id ?? 'anonymous'), String(payload.message ?? ''));
  return {status: 200, body: {reply: 'Thank you, we will be with you shortly.', message_id: stored}};
};
