/**
 * Puts sharp's binary for Lambda (linux-arm64) beside the one of this machine, which is the only one that npm installs.
 * Runs after each `npm install`, so that packaging needs no network; packaging and deploying ask once more.
 */
const { execFileSync } = require('node:child_process');
const { createHash } = require('node:crypto');
const { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } = require('node:fs');
const { dirname, join } = require('node:path');
const { binariesFor, LAMBDA } = require('./sharp-files.cjs');

const ROOT = join(__dirname, '../..');
const LIMIT_MS = 120_000;

const read = (...path) => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8'));

/** Those of the two packages that are not there in the version of the lock file. */
function missing() {
  const { packages } = read('package-lock.json');
  return binariesFor(LAMBDA)
    .map((name) => ({ name, ...packages[`node_modules/${name}`] }))
    .filter(({ name, version }) => installed(name) !== version);
}

function installed(name) {
  try {
    return read('node_modules', name, 'package.json').version;
  } catch {
    return undefined;
  }
}

/** From the registry that npm uses, held to the lock file's checksum. @throws Error when it cannot be had */
function install({ name, version, integrity }) {
  const folder = mkdtempSync(join(ROOT, 'node_modules', '.lambda-'));
  try {
    const args = ['pack', `${name}@${version}`, '--pack-destination', folder, '--json', '--fetch-retries=1'];
    const shell = process.platform === 'win32';
    const said = execFileSync('npm', args, {
      cwd: folder,
      shell,
      encoding: 'utf8',
      timeout: LIMIT_MS,
      stdio: 'pipe',
    });
    const packed = join(folder, JSON.parse(said)[0].filename.replace(/^@/, '').replace('/', '-'));
    const sum = `sha512-${createHash('sha512').update(readFileSync(packed)).digest('base64')}`;
    if (sum !== integrity) throw new Error(`${name}@${version} is not what package-lock.json names`);
    execFileSync('tar', ['-xzf', packed, '-C', folder], { stdio: 'pipe' });
    const place = join(ROOT, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    rmSync(place, { recursive: true, force: true });
    renameSync(join(folder, 'package'), place);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

module.exports = { missing, install };

if (require.main === module) {
  try {
    missing().forEach(install);
  } catch (error) {
    // Nothing but packaging for AWS needs it, and that says so.
    console.warn(
      `sharp for Lambda was not fetched (${error.message.split('\n')[0]}); packaging will try again.`,
    );
  }
}
