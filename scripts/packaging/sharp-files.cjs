/**
 * The files of node_modules that a function with sharp takes along (`package.patterns`): sharp itself, what it requires,
 * and the binary of the machine that it will run on.
 */
const { readFileSync } = require('node:fs');
const { join } = require('node:path');

const ROOT = join(__dirname, '../..');
const LAMBDA = 'linux-arm64';

/** As sharp names it: `linux-x64`, `linuxmusl-arm64`, `darwin-arm64`. */
function thisMachine() {
  const { platform, arch, report } = process;
  if (platform !== 'linux') return `${platform}-${arch}`;
  report.excludeNetwork = true; // it would look every address up
  return `linux${report.getReport().header.glibcVersionRuntime ? '' : 'musl'}-${arch}`;
}

/** The package and all that it requires, by name. */
function withDependencies(name, found = new Set()) {
  if (found.has(name)) return found;
  found.add(name);
  const file = join(ROOT, 'node_modules', name, 'package.json');
  const { dependencies = {} } = JSON.parse(readFileSync(file, 'utf8'));
  for (const dependency of Object.keys(dependencies)) withDependencies(dependency, found);
  return found;
}

const binariesFor = (machine) => [`@img/sharp-${machine}`, `@img/sharp-libvips-${machine}`];

const patterns = (machine) => [
  ...[...withDependencies('sharp'), ...binariesFor(machine)].map((name) => `node_modules/${name}/**`),
  '!node_modules/sharp/{src,install}/**', // for building it from source
  '!**/*.{md,ts,mts,cts}',
];

module.exports = {
  LAMBDA,
  thisMachine,
  binariesFor,
  onLambda: patterns(LAMBDA),
  onThisMachine: patterns(thisMachine()),
};
