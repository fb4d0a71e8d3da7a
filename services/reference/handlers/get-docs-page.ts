import page from '../../../shared/client/generated/docs-page.json';
import { refuse } from '../../../shared/kernel/refusal';
import { environment, integer } from '../../../shared/lambda/environment';
import { http } from '../../../shared/lambda/http';
import { TokenBucket } from '../../../shared/lambda/token-bucket';
import { getDocsFileRoute } from '../api';

const env = environment({ PUBLIC_CALLS_PER_SECOND: integer });
const bucket = new TokenBucket(env.PUBLIC_CALLS_PER_SECOND);

const files = new Map(Object.entries(page.files));

/** The page runs its own files alone, talks to its own API alone, and nobody may frame it. */
const headers = {
  'cache-control': 'public, max-age=300',
  'content-encoding': 'br',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
};

export const handler = http(
  getDocsFileRoute,
  async ({ path }) => {
    const file = files.get(path.file ?? 'index.html');
    if (!file) return refuse('NOT_FOUND', 'The page has no such file.');
    return {
      status: 200,
      headers: { ...headers, 'content-type': file.type },
      body: file.brotli,
      encoding: 'base64',
    };
  },
  { bucket },
);
