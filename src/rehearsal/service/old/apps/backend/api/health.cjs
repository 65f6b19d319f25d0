const {version} = require('../release.json');
const database = require('../database.cjs');

exports.health = async () => {
  try {
    await database.query('select 1');
    return {status: 200, body: {status: 'healthy', version}};
  } catch (error) {
    return {status: 503, body: {status: 'unhealthy', version, database: error.message}};
  }
};
