import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';

/** A file of the page as a function sends it: base64 of its brotli form, which every browser since 2017 reads. */
export interface PageFile {
  type: string;
  brotli: string;
}

const swagger = dirname(require.resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>orderly API</title>
    <link rel="stylesheet" href="docs/swagger-ui.css">
    <link rel="icon" href="data:,">
  </head>
  <body>
    <div id="api"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

/** The server is the stage that sent the page, wherever its base path is. */
const START = `const base = location.href.replace(/\\/docs.*$/, '');
fetch(base + '/openapi.json')
  .then((answer) => answer.json())
  .then((spec) => {
    spec.servers = [{ url: base }];
    SwaggerUIBundle({ spec, dom_id: '#api', deepLinking: true, tryItOutEnabled: true, persistAuthorization: false });
  });
`;

const file = (type: string, content: string | Buffer): PageFile => ({
  type,
  brotli: brotliCompressSync(content).toString('base64'),
});

const dist = (name: string): Buffer => readFileSync(join(swagger, name));

export interface DocsPage {
  /** Which Swagger UI it was made of: made again when that changes, since the compression takes five seconds. */
  of: string;
  files: Record<string, PageFile>;
}

const { version } = JSON.parse(dist('package.json').toString());
const page = createHash('sha256')
  .update(PAGE + START)
  .digest('hex')
  .slice(0, 12);
export const madeOf = `swagger-ui ${version}, page ${page}`;

/** The page at /docs and what it loads, by file name. */
export const docsPage = (): DocsPage => ({
  of: madeOf,
  files: {
    'index.html': file('text/html; charset=utf-8', PAGE),
    'start.js': file('text/javascript; charset=utf-8', START),
    'swagger-ui.css': file('text/css; charset=utf-8', dist('swagger-ui.css')),
    'swagger-ui-bundle.js': file('text/javascript; charset=utf-8', dist('swagger-ui-bundle.js')),
  },
});
