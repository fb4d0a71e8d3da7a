import openapi from '../../../shared/client/generated/openapi.json';
import { environment, integer } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { TokenBucket } from '../../../shared/lambda/token-bucket';
import { getOpenApiRoute } from '../api';

const env = environment({ PUBLIC_CALLS_PER_SECOND: integer });
const bucket = new TokenBucket(env.PUBLIC_CALLS_PER_SECOND);

/** Changes with a deploy alone; five minutes keep a page of docs from asking at each click. */
const reply = json(200, openapi, { 'cache-control': 'public, max-age=300' });

export const handler = http(getOpenApiRoute, async () => reply, { bucket });
