const { spawnSync } = require('node:child_process');

/** Makes what /openapi.json and /docs send before it is bundled, however the packaging was started. */
module.exports = class GenerateReference {
  constructor(serverless) {
    this.hooks = { 'before:package:initialize': () => generate(serverless.config.servicePath) };
  }
};

function generate(root) {
  const { status, stderr } = spawnSync('npm', ['run', '--silent', 'generate'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`The API reference could not be made:\n${stderr}`);
}
