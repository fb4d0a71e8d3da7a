/** `npm run mails`: renders the example mails into docs/mails and takes their pictures. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderedFiles } from './render';
import { screenshots } from './screenshots';

const folder = join(__dirname, '../../docs/mails');

async function main(): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = renderedFiles();
  const mails = Object.fromEntries(
    Object.entries(files)
      .filter(([name]) => name.endsWith('.html'))
      .map(([name, html]) => [name.replace(/\.html$/, ''), html]),
  );
  const all = { ...files, ...(await screenshots(mails)) };
  for (const [name, content] of Object.entries(all)) await writeFile(join(folder, name), content);
  console.log(`${Object.keys(all).length} files in docs/mails`);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
