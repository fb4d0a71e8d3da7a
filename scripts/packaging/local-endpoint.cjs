const { require: withTypes } = require('tsx/cjs/api');

/** Where stage local is: what the caller named, else the stack of this folder that runs now, else where one would be. */
const running = runningEndpoint();
const endpoint = process.env.AWS_ENDPOINT_URL || running || 'http://127.0.0.1:4566';

function runningEndpoint() {
  if (process.env.AWS_ENDPOINT_URL) return undefined;
  const { endpointOf, readProcess } = withTypes('../local/local-aws.ts', __filename);
  const { files } = withTypes('../local/paths.ts', __filename);
  const aws = readProcess(files.process);
  return aws && endpointOf(aws);
}

module.exports = {
  running,
  endpoint,
  /** It takes WebSockets at the same port. */
  origin: endpoint.replace(/^http/, 'ws'),
};
