import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { corpus } from './support/corpus';

// Some are of 24 megapixels, which take a second each, and several on a machine with other work.
jest.setTimeout(120_000);

interface Judged {
  verdict: string;
  /** What the decoder says of what is no picture by its first bytes. */
  opened: string | false;
  milliseconds: number;
  megabytes: number;
}

let folder: string;
let judged: Judged[];
const fileOf = (index: number): string => join(folder, String(index));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'corpus-'));
  for (const [index, { bytes }] of corpus.entries()) writeFileSync(fileOf(index), await bytes());
  const list = join(folder, 'list.json');
  writeFileSync(
    list,
    JSON.stringify(corpus.map(({ type, seconds }, index) => ({ file: fileOf(index), type, seconds }))),
  );
  const args = ['--import', 'tsx', join(__dirname, 'support/judge.ts'), list];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (!stdout.startsWith('[')) throw new Error(stderr);
  judged = JSON.parse(stdout);
});
afterAll(() => rmSync(folder, { recursive: true }));

const nameOf = ({ type, name }: (typeof corpus)[number]): string => `${type}: ${name}`;

test('each file ends at once, as it has to', () => {
  const ends = corpus.map((file, index) => [nameOf(file), judged[index]?.verdict]);
  expect(ends).toEqual(corpus.map((file) => [nameOf(file), file.verdict]));
  expect(new Set(ends.map(([name]) => name)).size).toBe(corpus.length);
  expect(corpus.length).toBeGreaterThanOrEqual(60);
});

test('what is no picture by its first bytes, the decoder would not open either', () => {
  const rendered = corpus.filter(
    ({ verdict }, index) => verdict === 'NOT_AN_IMAGE' && judged[index]?.opened === 'PROCESSED',
  );
  expect(rendered.map(nameOf)).toEqual([]);
});

test('none takes more than 512 MB, and none longer than the function may run', () => {
  expect(Math.max(...judged.map(({ megabytes }) => megabytes))).toBeLessThan(512);
  expect(Math.max(...judged.map(({ milliseconds }) => milliseconds))).toBeLessThan(30_000);
});

/** What the files carry beside their pixels. */
const CARRIED = ['Ada Byron', '<script', '<?php', 'alert(1)', 'evil.html', 'PK\x03\x04', 'PK\x05\x06'];

test('of what was made of them nothing is left but pixels', async () => {
  for (const [index, { verdict }] of corpus.entries()) {
    const names = readdirSync(`${fileOf(index)}.made`);
    expect(names).toHaveLength(verdict === 'PROCESSED' ? 4 : 0);
    for (const name of names) {
      const made = readFileSync(join(`${fileOf(index)}.made`, name));
      const { format, space, exif, icc, xmp, iptc, comments, orientation, pages } =
        await sharp(made).metadata();
      expect([space, exif, icc, xmp, iptc, comments, orientation, pages]).toEqual(['srgb', ...Array(7)]);
      expect(name.endsWith(format === 'jpeg' ? '.jpg' : `.${format}`)).toBe(true);
      expect(CARRIED.filter((text) => made.includes(text))).toEqual([]);
    }
  }
});
