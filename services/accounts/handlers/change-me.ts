import { dynamodb } from '../../../shared/aws/dynamodb';
import { newId } from '../../../shared/kernel/ids';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamodbAccounts } from '../adapters/dynamodb-accounts';
import { accountView, changeMeRoute } from '../api';
import { changeAccount } from '../use-cases/change-account';

const env = environment({ ACCOUNTS_TABLE: text });

const ports = {
  accounts: new DynamodbAccounts(dynamodb, env.ACCOUNTS_TABLE),
  clock: Date.now,
  newId: () => newId('dev'),
};

export const handler = http(changeMeRoute, async ({ caller, body, ifMatch }) => {
  const changed = await changeAccount(ports, { customerId: caller.id, seen: ifMatch, wanted: body });
  return isRefusal(changed) ? changed : json(200, accountView(changed), { etag: `"${changed.version}"` });
});
