import { faultsOf } from '../../scripts/packaging/check-binaries.cjs';
import { missing } from '../../scripts/packaging/lambda-sharp.cjs';
import { onLambda, onThisMachine, thisMachine } from '../../scripts/packaging/sharp-files.cjs';

const elf = (machine: number): Buffer => {
  const bytes = Buffer.alloc(64);
  bytes.write('\x7fELF', 'latin1');
  bytes.writeUInt16LE(machine, 18);
  return bytes;
};
const [ARM64, X64] = [183, 62];
const file = (name: string, bytes: Buffer) => ({ name, bytes: () => bytes });
const code = file('services/images/handlers/make-thumbnails.js', Buffer.from('var s=require("sharp");'));
const sharpOf = (machine: string, bytes: Buffer) => [
  file(`node_modules/@img/sharp-${machine}/lib/sharp-${machine}-0.35.5.node`, bytes),
  file(`node_modules/@img/sharp-libvips-${machine}/lib/libvips-cpp.so.8.18.7`, bytes),
];

test('a package with the binaries of its machine has no fault', () => {
  expect(faultsOf([code, ...sharpOf('linux-arm64', elf(ARM64))], 'linux-arm64')).toEqual([]);
  expect(faultsOf([code, ...sharpOf('linux-x64', elf(X64))], 'linux-x64')).toEqual([]);
});

test('a function that needs no binary may have none', () => {
  expect(faultsOf([file('services/orders/handlers/get-order.js', Buffer.from('1'))], 'linux-arm64')).toEqual(
    [],
  );
});

test.each([
  ['no binary at all', []],
  ['the binary of the machine that packaged it', sharpOf('linux-x64', elf(X64))],
  ['another machine’s binary under the right name', sharpOf('linux-arm64', elf(X64))],
  ['a text under the right name', sharpOf('linux-arm64', Buffer.alloc(64))],
  ['sharp without libvips', sharpOf('linux-arm64', elf(ARM64)).slice(0, 1)],
])('a package for Lambda with %s is refused', (_what, binaries) => {
  expect(faultsOf([code, ...binaries], 'linux-arm64')).not.toEqual([]);
});

test('what is taken along is the host’s for local, linux-arm64 for AWS', () => {
  expect(onLambda).toContain('node_modules/@img/sharp-linux-arm64/**');
  expect(onThisMachine).toContain(`node_modules/@img/sharp-${thisMachine()}/**`);
});

test('what is fetched for Lambda is what the lock file names, with its checksum', () => {
  for (const { name, version, integrity } of missing()) {
    expect([name, version, integrity]).toEqual([
      expect.stringMatching(/^@img\/sharp-(libvips-)?linux-arm64$/),
      expect.stringMatching(/^\d+\.\d+\.\d+$/),
      expect.stringMatching(/^sha512-/),
    ]);
  }
});
