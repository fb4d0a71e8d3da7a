/**
 * A local plugin of the framework: no package with sharp leaves without the binary of the machine that it will run on,
 * whatever machine packaged it. A function would find out at its first picture.
 */
const { join } = require('node:path');
const { LAMBDA, thisMachine } = require('./sharp-files.cjs');
const { entriesOf } = require('./zip-entries.cjs');

const ELF = 0x7f454c46;
/** e_machine: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html */
const MACHINES = { arm64: 183, x64: 62 };

const NATIVE = /\.(node|so(\.[\d.]+)?)$/;

/** What is wrong with the files of one zip that will run on `machine`, such as `linux-arm64`. */
function faultsOf(entries, machine) {
  const code = entries.filter(({ name }) => /^services\/.*\.js$/.test(name));
  const needsSharp = code.some(({ bytes }) => bytes().includes('require("sharp")'));
  const natives = entries.filter(({ name }) => NATIVE.test(name));
  const faults = natives
    .filter((file) => isForeign(file.bytes(), machine))
    .map(({ name }) => `${name} is not for ${machine}`);
  const has = (folder) =>
    natives.some(({ name }) => name.startsWith(`node_modules/@img/${folder}-${machine}/`));
  if (needsSharp && !has('sharp')) faults.push(`it has no sharp for ${machine}`);
  // On Windows and in WebAssembly both are one file.
  if (needsSharp && machine.startsWith('linux') && !has('sharp-libvips'))
    faults.push(`it has no libvips for ${machine}`);
  return faults;
}

function isForeign(bytes, machine) {
  if (bytes.readUInt32BE(0) !== ELF) return machine.startsWith('linux');
  return bytes.readUInt16LE(18) !== MACHINES[machine.split('-')[1]];
}

class CheckBinaries {
  constructor(serverless) {
    this.hooks = {
      'before:aws:package:finalize:saveServiceState': () => {
        const { service, config } = serverless;
        const machine = service.provider.stage === 'local' ? thisMachine() : LAMBDA;
        for (const [key, { package: { artifact } = {} }] of Object.entries(service.functions)) {
          const faults = artifact ? faultsOf(entriesOf(join(config.servicePath, artifact)), machine) : [];
          if (faults.length > 0) throw new Error(`The package of ${key}: ${faults.join('; ')}.`);
        }
      },
    };
  }
}

module.exports = Object.assign(CheckBinaries, { faultsOf });
