import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { parse as parseSecurely } from 'secure-json-parse';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal';
import { MAX_BODY_BYTES } from '../kernel/route';

/** Deeper than any body of the API; JSON.parse itself would take ten thousand levels. */
const MAX_DEPTH = 16;

/** One step a token. A text may lack its end, so that 64 KB of quotes are looked at once and not once a quote. */
const TOKENS = /"(?:\\.|[^"\\])*"?|[[{\]}]/gs;

function tooDeep(json: string): boolean {
  let depth = 0;
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > MAX_DEPTH) return true;
  }
  return false;
}

export type HttpEventBody = Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded' | 'headers'>;

const JSON_ONLY = ['application/json'] as const;

const wrong = (detail: string): Refusal =>
  refuse('VALIDATION_FAILED', detail, { errors: [{ pointer: '', detail }] });

/** The body's bytes as they came, no more than a body may have. */
export function readBytes(event: HttpEventBody, maxBytes = MAX_BODY_BYTES): Buffer | Refusal {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length <= maxBytes) return bytes;
  return refuse('BODY_TOO_LARGE', `A body may have ${maxBytes} bytes; this one has ${bytes.length}.`);
}

/** The parsed JSON body. Size, media type and depth are checked before anything is parsed. */
export function readBody(
  event: HttpEventBody,
  types: readonly string[] = JSON_ONLY,
  maxBytes = MAX_BODY_BYTES,
): { value: unknown } | Refusal {
  const [mediaType = ''] = (event.headers['content-type'] ?? '').trim().toLowerCase().split(/\s*;/);
  const bytes = readBytes(event, maxBytes);
  if (isRefusal(bytes)) return bytes;
  if (bytes.length === 0) return wrong('The body is empty; a JSON object is needed.');
  if (!types.includes(mediaType)) {
    return refuse('UNSUPPORTED_MEDIA_TYPE', `Send the body as content-type: ${types.join(' or ')}.`);
  }
  const json = bytes.toString('utf8');
  if (tooDeep(json)) return wrong(`The body nests deeper than ${MAX_DEPTH} levels.`);
  try {
    return { value: parseSecurely(json) };
  } catch {
    return wrong('The body is not valid JSON, or has a key that is not allowed.');
  }
}
