/**
 * The import law: which layer may import which. Run by `npm run check:architecture` and by test/architecture.
 *
 * The parser is swc: TypeScript 7 has no JavaScript API, and without a parser that knows types
 * dependency-cruiser would see no TypeScript at all and call everything lawful.
 */
const OURS = '^(services|shared|events|statemachines|scripts|test)/';
const SERVICE = '^services/([^/]+)/';
const KERNEL = '^shared/kernel/';
const EVENTS = '^events/';

/** What a layer of a service may import of our own code; `$1` is the service itself. */
const LAYERS = {
  domain: ['^services/$1/domain/', KERNEL],
  ports: ['^services/$1/(ports|domain)/', EVENTS, KERNEL],
  'use-cases': ['^services/$1/(use-cases|ports|domain)/', EVENTS, KERNEL],
  adapters: ['^services/$1/(adapters|ports|domain)/', EVENTS, '^shared/'],
  handlers: ['^services/$1/(use-cases|adapters)/', '^services/$1/api(\\.ts$|/)', EVENTS, '^shared/'],
};

const onlyOurs = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: OURS, pathNot: allowed },
});

const npm = (...names) => names.map((name) => `(^|node_modules/)${name}(/|$)`);

module.exports = {
  forbidden: [
    ...Object.entries(LAYERS).map(([layer, allowed]) =>
      onlyOurs(`${layer}-imports`, `${SERVICE}${layer}/`, allowed),
    ),
    onlyOurs('api-imports', `${SERVICE}api(\\.ts$|/)`, ['^services/$1/(domain|api)/', EVENTS, KERNEL]),
    onlyOurs('answers-imports', `${SERVICE}answers\\.ts$`, ['^services/$1/(domain|answers)', KERNEL]),
    onlyOurs('events-import-kernel-alone', EVENTS, [EVENTS, KERNEL]),
    onlyOurs('kernel-is-pure', KERNEL, [KERNEL]),
    onlyOurs('shared-knows-no-business', '^shared/', ['^shared/']),
    {
      name: 'no-service-imports-another',
      comment: 'What services know of each other is events/ and their public APIs.',
      severity: 'error',
      from: { path: SERVICE },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'domain-needs-nothing',
      comment: 'No SDK, no clock, no I/O: hashing is the one thing of Node that is pure.',
      severity: 'error',
      from: { path: `${SERVICE}(domain|use-cases|ports)/` },
      to: { dependencyTypes: ['npm', 'core'], pathNot: ['^(node:)?crypto$'] },
    },
    {
      name: 'kernel-needs-little',
      severity: 'error',
      from: { path: KERNEL },
      to: {
        dependencyTypes: ['npm', 'core'],
        pathNot: ['^(node:)?crypto$', ...npm('ulid', 'canonicalize', 'joi')],
      },
    },
    {
      name: 'middy-in-shared-lambda-alone',
      severity: 'error',
      from: { pathNot: '^shared/lambda/' },
      to: { path: npm('@middy') },
    },
    {
      name: 'handlers-use-no-sdk',
      comment: 'A handler parses, calls one use case, shapes the answer; technology lies in adapters.',
      severity: 'error',
      from: { path: [`${SERVICE}handlers/`, `${SERVICE}api(\\.ts$|/)`] },
      to: { path: npm('@aws-sdk', '@smithy', 'stripe', 'opossum') },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-dev-dependency-in-a-function',
      severity: 'error',
      from: { path: '^(services|shared|events)/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        pathNot: npm('@types', 'aws-lambda'),
      },
    },
    {
      name: 'every-import-resolves',
      severity: 'error',
      from: {},
      // 'aws-lambda' exists as types alone (@types/aws-lambda).
      to: { couldNotResolve: true, pathNot: '^aws-lambda$' },
    },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
