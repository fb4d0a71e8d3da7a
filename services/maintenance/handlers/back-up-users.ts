import Joi from 'joi';
import { cognito } from '../../../shared/aws/cognito';
import { s3 } from '../../../shared/aws/s3';
import { environment, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { CognitoUsers } from '../adapters/cognito-users';
import { S3Backups } from '../adapters/s3-backups';
import { backUpUsers } from '../use-cases/back-up-users';

const env = environment({ USER_POOL_ID: text, BACKUPS_BUCKET: text });
const ports = {
  users: new CognitoUsers(cognito, env.USER_POOL_ID),
  backups: new S3Backups(s3, env.BACKUPS_BUCKET),
  clock: Date.now,
};

export const handler = schedule(Joi.object({}), async () => {
  const result = await backUpUsers(ports);
  invocation().metrics.add('usersBackedUp', result.users);
  invocation().log.info(result, 'users backed up');
  return result;
});
