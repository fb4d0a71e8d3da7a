import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { faultsOf } from '../../../scripts/packaging/check-binaries.cjs';
import { LAMBDA, thisMachine } from '../../../scripts/packaging/sharp-files.cjs';
import { functions, keyOf, one, rightsOf, roleOf } from '../find';
import { render } from '../intrinsics';
import type { App, Resource } from '../load';
import { type Rules, unless } from '../rule';
import { type Entry, entriesOf } from '../zip';

/** AWS clients by what stays of them in minified code, with the prefix of the rights they need. */
const CLIENTS: Record<string, string> = {
  DynamoDB: 'dynamodb',
  SNS: 'sns',
  SQS: 'sqs',
  SFN: 'states',
  EventBridge: 'events',
  SESv2: 'ses',
  SSM: 'ssm',
  'Secrets Manager': 'secretsmanager',
  Lambda: 'lambda',
  'Cognito Identity Provider': 'cognito-idp',
  S3: 's3',
  Kinesis: 'kinesis',
  Scheduler: 'scheduler',
  ApiGatewayManagementApi: 'execute-api',
};

/** Libraries that belong to a service or two, by a text that only they contain. */
const LIBRARIES: Record<string, { sign: string; services: string[] }> = {
  stripe: { sign: 'api.stripe.com', services: ['payments'] },
  opossum: { sign: 'halfOpen', services: ['payments'] },
  mustache: { sign: 'Unclosed section', services: ['notifications', 'maintenance'] },
};

const MOST_BYTES = 1_500_000;

const WITH_SHARP = ['makeThumbnails'];

const machineOf = ({ stage }: App): string => (stage === 'local' ? thisMachine() : LAMBDA);

const zipOf = (app: App, { props }: Resource): string =>
  join(app.folder, basename(render(props.Code?.S3Key)));

const contents = new Map<string, Entry[]>();

function entries(app: App, fn: Resource): Entry[] {
  const path = zipOf(app, fn);
  const known = contents.get(path);
  if (known) return known;
  const read = existsSync(path) ? entriesOf(path) : [];
  contents.set(path, read);
  return read;
}

/** What is ours; a function with sharp takes its files along as they are, since a binary cannot be bundled. */
const bundled = (app: App, fn: Resource): Entry[] =>
  entries(app, fn).filter(
    ({ name }) => !(WITH_SHARP.includes(keyOf(app, fn)) && name.startsWith('node_modules/')),
  );

const code = (app: App, fn: Resource): string =>
  bundled(app, fn)
    .map(({ text }) => text())
    .join('\n');

export const clientsIn = (text: string): string[] =>
  Object.keys(CLIENTS).filter(
    (client) => text.includes(`serviceId:"${client}"`) || text.includes(`serviceId??"${client}"`),
  );

const serviceOf = ({ props }: Resource): string => props.Handler.split('/')[1];

const entry = (name: string, text: string): Entry => ({
  name,
  bytes: () => Buffer.from(text),
  text: () => text,
});

const borrow = (app: App, which: (fn: Resource) => boolean, from: (fn: Resource) => boolean): void => {
  const lender = one(app, 'Lambda::Function', from);
  const borrower = one(app, 'Lambda::Function', which);
  borrower.props.Code = lender.props.Code;
};

export const rules: Rules = {
  'each function has its zip': {
    violations: (app) =>
      unless(
        functions(app),
        (fn) => existsSync(zipOf(app, fn)),
        (fn) => basename(zipOf(app, fn)),
      ),
    breakIt: (app) => {
      one(app, 'Lambda::Function').props.Code.S3Key = 'nowhere.zip';
    },
  },
  'a zip holds one bundled file and nothing else': {
    violations: (app) =>
      unless(
        functions(app),
        (fn) =>
          bundled(app, fn)
            .map(({ name }) => name)
            .join() === fn.props.Handler.replace(/\.handler$/, '.js'),
        (fn) =>
          bundled(app, fn)
            .map(({ name }) => name)
            .join(),
      ),
    breakIt: (app) =>
      borrow(
        app,
        ({ id }) => id.startsWith('Create'),
        ({ id }) => id.startsWith('Get'),
      ),
  },
  'no zip passes 1.5 MB of code': {
    violations: (app) =>
      unless(
        functions(app),
        (fn) => code(app, fn).length <= MOST_BYTES,
        (fn) => `${code(app, fn).length} bytes`,
      ),
    breakIt: (app) => {
      const fn = one(app, 'Lambda::Function');
      fn.props.Code.S3Key = 'huge.zip';
      contents.set(zipOf(app, fn), [entry('huge.js', 'x'.repeat(MOST_BYTES + 1))]);
    },
  },
  'a function with sharp carries the binary of the machine that runs it, whatever machine packaged it': {
    violations: (app) =>
      functions(app).flatMap((fn) =>
        faultsOf(entries(app, fn), machineOf(app)).map((fault) => `${fn.id}: ${fault}`),
      ),
    breakIt: (app) => {
      const fn = one(app, 'Lambda::Function');
      fn.props.Code.S3Key = 'bare.zip';
      contents.set(zipOf(app, fn), [entry('services/a.js', 'require("sharp")')]);
    },
  },
  'a function carries no AWS client that its role has no use for': {
    violations: (app) =>
      functions(app).flatMap((fn) => {
        const role = roleOf(app, fn);
        const rights = role ? rightsOf(app, role).flatMap(({ actions }) => actions) : [];
        return clientsIn(code(app, fn))
          .filter((client) => !rights.some((action) => action.startsWith(`${CLIENTS[client]}:`)))
          .map((client) => `${fn.id}: carries ${client}`);
      }),
    breakIt: (app) => {
      for (const fn of functions(app)) {
        const role = roleOf(app, fn);
        if (role) role.props.Policies = [];
      }
    },
  },
  'a library lies in the functions of its service alone': {
    violations: (app) =>
      functions(app).flatMap((fn) =>
        Object.entries(LIBRARIES)
          .filter(
            ([, { sign, services }]) => !services.includes(serviceOf(fn)) && code(app, fn).includes(sign),
          )
          .map(([library]) => `${fn.id}: carries ${library}`),
      ),
    breakIt: (app) =>
      borrow(
        app,
        (fn) => serviceOf(fn) === 'orders',
        (fn) => keyOf(app, fn) === 'processPayment',
      ),
  },
};
