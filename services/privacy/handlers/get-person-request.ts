import { dynamodb } from '../../../shared/aws/dynamodb';
import { s3 } from '../../../shared/aws/s3';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamodbPersonRequests } from '../adapters/dynamodb-person-requests';
import { S3Exports } from '../adapters/s3-exports';
import { getPersonRequestRoute, requestView } from '../api';
import { readPersonRequest } from '../use-cases/read-person-request';

const env = environment({ REQUESTS_TABLE: text, EXPORTS_BUCKET: text });

const ports = {
  requests: new DynamodbPersonRequests(dynamodb, { requests: env.REQUESTS_TABLE }),
  files: new S3Exports(s3, env.EXPORTS_BUCKET),
};

export const handler = http(getPersonRequestRoute, async ({ path }) => {
  const shown = await readPersonRequest(ports, path.requestId);
  return isRefusal(shown) ? shown : json(200, requestView(shown.row, shown.files));
});
