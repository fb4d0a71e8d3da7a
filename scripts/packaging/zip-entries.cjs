const { readFileSync } = require('node:fs');
const { inflateRawSync } = require('node:zlib');

const END = 0x06054b50;
const DEFLATED = 8;
const ENTRY_HEADER = 46;
const LOCAL_HEADER = 30;

/** The files of a zip by its central directory (APPNOTE 4.3.12); enough for what the framework writes. */
function entriesOf(path) {
  const zip = readFileSync(path);
  const end = zip.lastIndexOf(Buffer.from(new Uint32Array([END]).buffer));
  if (end < 0) throw new Error(`${path} is no zip`);
  const entries = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    const entry = at;
    const nameLength = zip.readUInt16LE(entry + 28);
    const name = zip.toString('utf8', entry + ENTRY_HEADER, entry + ENTRY_HEADER + nameLength);
    entries.push({ name, bytes: () => bytesOf(zip, entry) });
    at = entry + ENTRY_HEADER + nameLength + zip.readUInt16LE(entry + 30) + zip.readUInt16LE(entry + 32);
  }
  return entries;
}

function bytesOf(zip, entry) {
  const size = zip.readUInt32LE(entry + 20);
  const local = zip.readUInt32LE(entry + 42);
  const start = local + LOCAL_HEADER + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const bytes = zip.subarray(start, start + size);
  return zip.readUInt16LE(entry + 10) === DEFLATED ? inflateRawSync(bytes) : bytes;
}

module.exports = { entriesOf };
