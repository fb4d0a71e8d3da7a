// Plain JavaScript: jest reads a TypeScript configuration only with another compiler installed.
const transform = {
  '^.+\\.[cm]?[jt]sx?$': [
    '@swc/jest',
    { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'commonjs' } },
  ],
};

/** These packages are ES modules only: they are compiled like our own files, and found without an exports condition. */
const esmOnly = ['@middy/core', '@middy/util', 'canonicalize', 'commander'];

const project = (displayName, testMatch, more = {}) => ({
  displayName,
  rootDir: __dirname,
  testMatch: testMatch.map((pattern) => `<rootDir>/test/${pattern}`),
  testEnvironment: 'node',
  transform,
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleNameMapper: {
    '^@middy/core$': '<rootDir>/node_modules/@middy/core/index.js',
    '^@middy/util$': '<rootDir>/node_modules/@middy/util/index.js',
  },
  modulePathIgnorePatterns: [
    '<rootDir>/\\.build/',
    '<rootDir>/\\.serverless/',
    '<rootDir>/\\.esbuild/',
    '<rootDir>/\\.local/',
  ],
  ...more,
});

const ofItsOwn = ['handlers', 'contract', 'architecture', 'templates', 'e2e', 'e2e-alone', 'support'];
const e2e = { setupFilesAfterEnv: ['<rootDir>/test/support/e2e-setup.ts'] };

module.exports = {
  maxWorkers: '100%',
  projects: [
    // Everything under test/ that is not named below: domain, use cases, adapters, scripts.
    project('unit', [`!(${ofItsOwn.join('|')})/**/*.test.ts`]),
    project('handler', ['handlers/**/*.test.ts']),
    project('contract', ['contract/**/*.test.ts']),
    project('architecture', ['architecture/**/*.test.ts']),
    // Over the packaged templates in .build/ (npm run package).
    project('templates', ['templates/**/*.test.ts']),
    // Over the running stack; these share it.
    project('e2e', ['e2e/**/*.test.ts'], e2e),
    // These stop, restart, disturb or fill the stack, so nothing else may run meanwhile.
    project('e2e-alone', ['e2e-alone/**/*.test.ts'], e2e),
  ],
};
