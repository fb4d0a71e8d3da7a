/**
 * A local plugin of the framework: whatever it is told to do with stage local (`invoke local` above all), neither it nor
 * the function that it runs reaches an AWS account by the keys of the shell. Every other stage is left as it is.
 */
class LocalStage {
  constructor(serverless) {
    this.hooks = {
      initialize: () => {
        const { commands, options } = serverless.processedInput;
        if (commands[0] === 'print') return;
        const { running } = require('./local-endpoint.cjs');
        const stage = options.stage ?? serverless.service.provider.stage;
        const wanted = environmentOf(stage, process.env, running, serverless.classes.Error);
        for (const name of Object.keys(process.env)) if (!(name in wanted)) delete process.env[name];
        Object.assign(process.env, wanted);
      },
    };
  }
}

/** Each may lead past AWS_ENDPOINT_URL. */
const LEADS_AWAY = /^AWS_(ENDPOINT_URL_\w+|IGNORE_CONFIGURED_ENDPOINT_URLS)$/;
const OF_AN_ACCOUNT = ['AWS_PROFILE', 'AWS_SESSION_TOKEN'];

const REFUSAL = [
  'The local stack is not running, and without it stage local would be looked for in your AWS account.',
  'Type: npm start, and this again in another shell. For a stack elsewhere, first:',
  'export AWS_ENDPOINT_URL=http://127.0.0.1:4566 AWS_REGION=eu-west-1 AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test',
].join('\n');

/** @throws Refusal for stage local where neither the caller named an endpoint nor a stack runs */
function environmentOf(stage, env, running, Refusal = Error) {
  if (stage !== 'local') return { ...env };
  const named = env.AWS_ENDPOINT_URL;
  if (!named && !running) throw new Refusal(REFUSAL);
  const kept = Object.entries(env).filter(([name]) => !LEADS_AWAY.test(name));
  if (named) return Object.fromEntries(kept);
  return {
    ...Object.fromEntries(kept.filter(([name]) => !OF_AN_ACCOUNT.includes(name))),
    AWS_ENDPOINT_URL: running,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
}

module.exports = LocalStage;
module.exports.environmentOf = environmentOf;
