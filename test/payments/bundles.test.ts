import { join } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '..', '..');

/** The files that a handler's bundle is made of, and its size, built as serverless.yml has it built. */
async function bundleOf(handler: string): Promise<{ inputs: string[]; bytes: number }> {
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [`services/payments/handlers/${handler}.ts`],
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
  return { inputs: Object.keys(metafile.inputs), bytes: outputFiles[0]?.contents.length ?? 0 };
}

const OTHERS = {
  sandbox: /node_modules\/stripe\/|\/stripe-[a-z]+\.ts$|secrets-manager/,
  stripe: /\/sandbox-[a-z]+\.ts$/,
};

describe.each(['sandbox', 'stripe'] as const)('the bundles for the provider %s', (provider) => {
  test.each(['process-payment', 'refund-payment'])('%s holds this provider alone', async (step) => {
    const { inputs, bytes } = await bundleOf(`${provider}/${step}`);
    expect(inputs.some((path) => path.endsWith(`adapters/${provider}-gateway.ts`))).toBe(true);
    expect(inputs.filter((path) => OTHERS[provider].test(path))).toEqual([]);
    expect(
      inputs.filter((path) => path.startsWith('services/') && !path.startsWith('services/payments/')),
    ).toEqual([]);
    expect(bytes).toBeLessThan(1_500_000);
  });
});
