import { kinesis } from '../../../shared/aws/kinesis';
import { newId } from '../../../shared/kernel/ids';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { TokenBucket } from '../../../shared/lambda/token-bucket';
import { validate } from '../../../shared/lambda/validation';
import { emfTally as tally } from '../adapters/emf-tally';
import { KinesisClickStream } from '../adapters/kinesis-click-stream';
import { visitorOf } from '../adapters/visitor';
import { clickEvent, postClicksRoute } from '../api';
import { ingestClicks } from '../use-cases/ingest-clicks';

const env = environment({ CLICK_STREAM: text, PUBLIC_CALLS_PER_SECOND: integer });
const stream = new KinesisClickStream(kinesis, env.CLICK_STREAM);
const bucket = new TokenBucket(env.PUBLIC_CALLS_PER_SECOND);

export const handler = http(
  postClicksRoute,
  async ({ body: { sessionId, events }, headers }) => {
    const clicks = events.flatMap((event) => {
      const checked = validate(clickEvent, event, { unknown: true });
      return 'value' in checked ? [checked.value] : [];
    });
    const visitor = visitorOf(headers);
    // The one of the call is the page's to choose, and would serve as a session in the archive.
    const correlationId = visitor.optedOut ? newId('cor') : invocation().correlationId;
    const call = { sessionId, events, clicks, visitor, correlationId };
    return json(202, await ingestClicks({ stream, tally, clock: Date.now }, call));
  },
  { bucket },
);
