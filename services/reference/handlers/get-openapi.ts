import openapi from '../../../shared/client/generated/openapi.json';
import { http, json } from '../../../shared/lambda/http';
import { getOpenApiRoute } from '../api';

/** Changes with a deploy alone; five minutes keep a page of docs from asking at each click. */
const reply = json(200, openapi, { 'cache-control': 'public, max-age=300' });

export const handler = http(getOpenApiRoute, async () => reply);
