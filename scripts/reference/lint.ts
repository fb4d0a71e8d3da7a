import { document } from './document';

/** Redocly's recommended rules over the document: `npm run check:reference`. */
async function main(): Promise<void> {
  const { createConfig, lintFromString } = await import('@redocly/openapi-core');
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = await lintFromString({ source: JSON.stringify(await document('1.0.0')), config });
  for (const { ruleId, message, location } of problems)
    console.error(`${ruleId}: ${message} (${location[0]?.pointer ?? '#'})`);
  if (problems.length > 0) process.exitCode = 1;
}

void main();
