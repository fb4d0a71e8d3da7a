import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamodbAccounts } from '../adapters/dynamodb-accounts';
import { accountView, getMeRoute } from '../api';
import { readAccount } from '../use-cases/read-account';

const env = environment({ ACCOUNTS_TABLE: text });

const ports = { accounts: new DynamodbAccounts(dynamodb, env.ACCOUNTS_TABLE) };

export const handler = http(getMeRoute, async ({ caller }) => {
  const account = await readAccount(ports, caller.id);
  return json(200, accountView(account), { etag: `"${account.version}"` });
});
