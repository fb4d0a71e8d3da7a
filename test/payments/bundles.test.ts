import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '..', '..');

/** What each handler's bundle is made of, and its size, built as serverless.yml has it built; all of a provider at once. */
async function bundlesOf(provider: string): Promise<Map<string, { inputs: string[]; bytes: number }>> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: handlersOf(provider).map((name) => `services/payments/handlers/${provider}/${name}.ts`),
    bundle: true,
    minify: true,
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    metafile: true,
    write: false,
    outdir: '.build/none',
  });
  return new Map(
    Object.entries(metafile.outputs).map(([path, { inputs, bytes }]) => [
      basename(path, '.js'),
      { inputs: Object.keys(inputs), bytes },
    ]),
  );
}

const handlersOf = (provider: string): string[] =>
  readdirSync(join(root, 'services/payments/handlers', provider)).map((file) => file.replace('.ts', ''));

const OTHERS = {
  sandbox: /node_modules\/stripe\/|\/stripe-[a-z]+\.ts$/,
  stripe: /\/sandbox-[a-z]+\.ts$/,
};

describe.each(['sandbox', 'stripe'] as const)('the bundles for the provider %s', (provider) => {
  let bundles: Awaited<ReturnType<typeof bundlesOf>>;
  beforeAll(async () => {
    bundles = await bundlesOf(provider);
  }, 60_000);

  test.each(handlersOf(provider))('%s holds this provider alone', (name) => {
    const { inputs = [], bytes } = bundles.get(name) ?? {};
    const own = new RegExp(`adapters/${provider}-(gateway|webhooks)\\.ts$`);
    expect(inputs.some((path) => own.test(path))).toBe(true);
    expect(inputs.filter((path) => OTHERS[provider].test(path))).toEqual([]);
    expect(
      inputs.filter((path) => path.startsWith('services/') && !path.startsWith('services/payments/')),
    ).toEqual([]);
    expect(bytes).toBeLessThan(1_500_000);
  });
});
