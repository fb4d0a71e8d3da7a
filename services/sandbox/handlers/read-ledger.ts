import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { http } from '../../../shared/lambda/http';
import { DynamodbLedger } from '../adapters/dynamodb-ledger';
import { ok } from '../adapters/provider-reply';
import { getCharges } from '../api';
import { readLedger } from '../use-cases/read-ledger';

const env = environment({ SANDBOX_TABLE: text });
const ports = { ledger: new DynamodbLedger(dynamodb, env.SANDBOX_TABLE), clock: Date.now };

export const handler = http(getCharges, async ({ query }) => ok(await readLedger(ports, query)));
