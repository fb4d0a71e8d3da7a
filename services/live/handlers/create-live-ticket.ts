import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamodbLive } from '../adapters/dynamodb-live';
import { createTicketRoute } from '../api';
import { issueTicket } from '../use-cases/issue-ticket';

const env = environment({ LIVE_TABLE: text });

const ports = { tickets: new DynamodbLive(dynamodb, env.LIVE_TABLE), clock: Date.now };

export const handler = http(createTicketRoute, async ({ caller }) =>
  json(201, await issueTicket(ports, { customerId: caller.id })),
);
