import { dynamodb } from '../../../shared/aws/dynamodb';
import { lambda } from '../../../shared/aws/lambda';
import { newId } from '../../../shared/kernel/ids';
import { isRefusal } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { invocation } from '../../../shared/lambda/invocation';
import { DynamodbAccounts } from '../adapters/dynamodb-accounts';
import { LambdaPushPlatforms } from '../adapters/lambda-push-platforms';
import { accountView, changeMeRoute } from '../api';
import { changeAccount } from '../use-cases/change-account';

const env = environment({ ACCOUNTS_TABLE: text, ERASE_DEVICES_FUNCTION: text });

const ports = {
  accounts: new DynamodbAccounts(dynamodb, env.ACCOUNTS_TABLE),
  devices: new LambdaPushPlatforms(lambda, env.ERASE_DEVICES_FUNCTION),
  tell: (error: unknown) =>
    invocation().log.error({ err: error }, 'a device off the account may still be known to its platform'),
  clock: Date.now,
  newId: () => newId('dev'),
};

export const handler = http(changeMeRoute, async ({ caller, body, ifMatch }) => {
  const changed = await changeAccount(ports, { customerId: caller.id, seen: ifMatch, wanted: body });
  return isRefusal(changed) ? changed : json(200, accountView(changed), { etag: `"${changed.version}"` });
});
