import { readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';

export const root = resolve(__dirname, '../../..');

/** The file name of a sample says what triggers the function; `step` and `invoke` have no event of their own. */
export type Trigger = 'http' | 'sqs' | 'stream' | 'kinesis' | 'schedule' | 'websocket' | 'step' | 'invoke';

export interface DeployedFunction {
  service: string;
  key: string;
  /** Module path of the handler, without extension. */
  module: string;
  triggers: Trigger[];
  /** `POST /orders` of each httpApi event. */
  routes: string[];
  environment: string[];
}

interface Definition {
  handler: string;
  environment?: Record<string, unknown>;
  events?: { httpApi?: { method: string; path: string }; stream?: { type: string } }[];
}

const read = (path: string) =>
  parse(readFileSync(join(root, path), 'utf8'), { logLevel: 'silent', merge: true });

/** What the framework calls an event, and the kind of handler it means; a rule of EventBridge with a rate is a schedule. */
const KINDS: Record<string, Trigger> = {
  httpApi: 'http',
  sqs: 'sqs',
  stream: 'stream',
  schedule: 'schedule',
  eventBridge: 'schedule',
};

function triggersOf(events: Definition['events'] = []): Trigger[] {
  const named = events.flatMap((event) =>
    event.stream?.type === 'kinesis'
      ? ['kinesis' as const]
      : Object.keys(event).flatMap((kind) => KINDS[kind] ?? []),
  );
  return named.length > 0 ? [...new Set(named)] : ['step', 'invoke'];
}

interface Resources {
  Resources?: Record<string, { Type: string; Properties?: { IntegrationUri?: string } }>;
}

/** The functions that an integration in a service's resources.yml names: the routes of a WebSocket API stand there. */
function behindSockets(service: string): string[] {
  const { Resources = {} }: Resources = read(`services/${service}/resources.yml`) ?? {};
  return Object.values(Resources).flatMap(({ Type, Properties }) => {
    const id = /\$\{(\w+)LambdaFunction\.Arn\}/.exec(Properties?.IntegrationUri ?? '')?.[1];
    return Type === 'AWS::ApiGatewayV2::Integration' && id ? [`${id[0]?.toLowerCase()}${id.slice(1)}`] : [];
  });
}

/** Every function of every functions.yml. */
export const functions: DeployedFunction[] = readdirSync(join(root, 'services')).flatMap((service) => {
  const definitions: Record<string, Definition> = read(`services/${service}/functions.yml`);
  const sockets = behindSockets(service);
  return Object.entries(definitions).map(([key, { handler, environment, events }]) => ({
    service,
    key,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the framework
    module: handler.replace('${param:paymentProvider}', 'sandbox').replace(/\.handler$/, ''),
    triggers: sockets.includes(key) ? ['websocket'] : triggersOf(events),
    routes: (events ?? []).flatMap(({ httpApi }) =>
      httpApi ? [`${httpApi.method.toUpperCase()} ${httpApi.path}`] : [],
    ),
    environment: Object.keys(environment ?? {}),
  }));
});

export interface Sample {
  service: string;
  key: string;
  trigger: Trigger;
  path: string;
  // biome-ignore lint/suspicious/noExplicitAny: each trigger has its own shape
  event: any;
}

const SAMPLES = 'events/samples';

export const samples: Sample[] = readdirSync(join(root, SAMPLES)).flatMap((service) =>
  readdirSync(join(root, SAMPLES, service)).map((file) => {
    const [key = '', trigger] = basename(file, '.json').split('.');
    const path = `${SAMPLES}/${service}/${file}`;
    return {
      service,
      key,
      trigger: trigger as Trigger,
      path,
      event: JSON.parse(readFileSync(join(root, path), 'utf8')),
    };
  }),
);

export const functionOf = ({ service, key }: Sample): DeployedFunction | undefined =>
  functions.find((one) => one.service === service && one.key === key);
