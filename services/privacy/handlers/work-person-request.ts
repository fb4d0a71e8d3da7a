import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { s3 } from '../../../shared/aws/s3';
import { MINUTE } from '../../../shared/kernel/time';
import { environment, text } from '../../../shared/lambda/environment';
import { forMessage } from '../../../shared/lambda/invocation';
import { stream } from '../../../shared/lambda/stream';
import { DynamodbPersonRequests } from '../adapters/dynamodb-person-requests';
import { LambdaKeepers } from '../adapters/lambda-keepers';
import { readRequestRow } from '../adapters/person-request-row';
import { S3Exports } from '../adapters/s3-exports';
import { workOnRequest } from '../use-cases/work-on-request';

const env = environment({
  REQUESTS_TABLE: text,
  EXPORTS_BUCKET: text,
  FUNCTIONS_PREFIX: text,
  DEAD_LETTER_QUEUE: text,
});

/** Requests about other people wait behind one that fails: the alarm of the stream's age has rung for five minutes. */
const GIVEN_UP_AFTER = 10 * MINUTE;

const ports = {
  keepers: new LambdaKeepers(lambda, env.FUNCTIONS_PREFIX),
  files: new S3Exports(s3, env.EXPORTS_BUCKET),
  requests: new DynamodbPersonRequests(dynamodb, { requests: env.REQUESTS_TABLE }),
  clock: Date.now,
};

export const handler = stream(
  { parse: readRequestRow, park: parkIn(env.DEAD_LETTER_QUEUE), giveUpAfter: GIVEN_UP_AFTER },
  async (requests) => {
    for (const request of requests)
      await forMessage(request.correlationId, () => workOnRequest(ports, request));
  },
);
