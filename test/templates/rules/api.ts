import { isMeant, ofType, one } from '../find';
import { list, render } from '../intrinsics';
import type { App } from '../load';
import { type Rules, unless } from '../rule';

/** Routes that ask for no token, and why. */
const PUBLIC: [RegExp, why: string][] = [
  [/^GET \/products(\/\{id\})?$/, 'the catalogue is public'],
  [/^GET \/images\/\{productId\}\/\{imageId\}\/\{file\}$/, 'pictures of the public catalogue'],
  [/^\w+ \/sandbox\//, 'the sandbox provider has keys of its own'],
  [/^POST \/webhooks\//, 'signed by the provider'],
  [/^(GET|POST) \/guest\//, 'a guest has a signed link'],
  [/^POST \/clicks$/, 'sent by navigator.sendBeacon'],
  [/^GET \/(openapi\.json|docs(\/\{file\})?)$/, 'documentation'],
  [/^\$(connect|disconnect|default)$/, 'a WebSocket is opened by a ticket, which its function judges'],
];

const ACCESS_TOKEN_SCOPE = 'aws.cognito.signin.user.admin';

/** What an access log may hold: a guest's link has its token in the query, and an address of the net is a person's. */
const LOGGED = [
  'requestId',
  'requestTime',
  'routeKey',
  'status',
  'responseLength',
  'responseLatency',
  'integrationStatus',
  'integrationErrorMessage',
];

/** APIs of one kind; an Api without the property is one of HTTP. */
const apis = (app: App, protocol: 'HTTP' | 'WEBSOCKET') =>
  ofType(app, 'ApiGatewayV2::Api').filter(({ props }) => (props.ProtocolType ?? 'HTTP') === protocol);

const stagesOf = (app: App, protocol: 'HTTP' | 'WEBSOCKET') =>
  ofType(app, 'ApiGatewayV2::Stage').filter(({ props }) =>
    apis(app, protocol).some((api) => isMeant(app, props.ApiId, api)),
  );

const routes = (app: App) => ofType(app, 'ApiGatewayV2::Route');

const isPublic = (key: string) => PUBLIC.some(([route]) => route.test(key));

export const rules: Rules = {
  'each route but the public ones takes an access token alone': {
    violations: (app) =>
      unless(
        routes(app).filter(({ props }) => !isPublic(props.RouteKey)),
        ({ props }) =>
          props.AuthorizationType === 'JWT' && list(props.AuthorizationScopes).includes(ACCESS_TOKEN_SCOPE),
        ({ props }) => `${props.RouteKey} takes any token or none`,
      ),
    breakIt: (app) => {
      delete one(app, 'ApiGatewayV2::Route', ({ props }) => !isPublic(props.RouteKey)).props
        .AuthorizationScopes;
    },
  },
  'the authorizer trusts our user pool and our client alone': {
    violations: (app) =>
      unless(
        ofType(app, 'ApiGatewayV2::Authorizer'),
        ({ props }) => {
          const { Issuer, Audience } = props.JwtConfiguration ?? {};
          return (
            /\$\{UserPool\}$/.test(render(Issuer)) && render(list(Audience)[0]) === '$' + '{UserPoolClient}'
          );
        },
        ({ props }) => JSON.stringify(props.JwtConfiguration),
      ),
    breakIt: (app) => {
      one(app, 'ApiGatewayV2::Authorizer').props.JwtConfiguration.Audience = ['anybody'];
    },
  },
  'browsers are let in from named origins, in prod by https alone': {
    violations: (app) =>
      apis(app, 'HTTP').flatMap(({ id, props }) => {
        const origins = list(props.CorsConfiguration?.AllowOrigins);
        const lawful = (origin: string) =>
          !origin.includes('*') && (app.stage !== 'prod' || origin.startsWith('https://'));
        return origins.length > 0 && origins.every(lawful)
          ? []
          : [`${id}: AllowOrigins is ${JSON.stringify(origins)}`];
      }),
    breakIt: (app) => {
      one(app, 'ApiGatewayV2::Api', ({ id }) => id === 'HttpApi').props.CorsConfiguration.AllowOrigins = [
        '*',
      ];
    },
  },
  'each stage of the API limits the rate of calls': {
    violations: (app) =>
      unless(
        ofType(app, 'ApiGatewayV2::Stage'),
        ({ props }) =>
          props.DefaultRouteSettings?.ThrottlingRateLimit > 0 &&
          props.DefaultRouteSettings.ThrottlingBurstLimit > 0,
        () => 'no DefaultRouteSettings with ThrottlingRateLimit and ThrottlingBurstLimit',
      ),
    breakIt: (app) => {
      delete one(app, 'ApiGatewayV2::Stage').props.DefaultRouteSettings;
    },
  },
  'access logs name the route, and never its path, its query or who called': {
    violations: (app) =>
      stagesOf(app, 'HTTP').flatMap(({ id, props }) => {
        const { DestinationArn, Format = '' } = props.AccessLogSettings ?? {};
        if (!DestinationArn || !Format.includes('$context.routeKey'))
          return [`${id}: no access log by route`];
        return [...Format.matchAll(/\$context\.([\w.]+)/g)]
          .map(([, what]) => what ?? '')
          .filter((what) => !LOGGED.includes(what))
          .map((what) => `${id}: ${what} is logged`);
      }),
    breakIt: (app) => {
      one(
        app,
        'ApiGatewayV2::Stage',
        ({ props }) => props.AccessLogSettings,
      ).props.AccessLogSettings.Format += '$context.path';
    },
  },
  'a WebSocket API logs no access: its URL has a ticket, and it would need a role of the whole account': {
    violations: (app) =>
      unless(
        stagesOf(app, 'WEBSOCKET'),
        ({ props }) => !props.AccessLogSettings && !props.DefaultRouteSettings?.DataTraceEnabled,
        () => 'has AccessLogSettings or DataTraceEnabled',
      ),
    breakIt: (app) => {
      for (const { props } of stagesOf(app, 'WEBSOCKET')) props.AccessLogSettings = { Format: '' };
    },
  },
  'a WebSocket API deploys each change of its routes by itself': {
    violations: (app) =>
      unless(
        stagesOf(app, 'WEBSOCKET'),
        ({ props }) => props.AutoDeploy === true,
        () => 'AutoDeploy is not true',
      ),
    breakIt: (app) => {
      for (const { props } of stagesOf(app, 'WEBSOCKET')) delete props.AutoDeploy;
    },
  },
};
