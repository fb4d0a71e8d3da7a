import { parkIn } from '../../../shared/aws/dead-letters';
import { sfn } from '../../../shared/aws/sfn';
import { environment, text } from '../../../shared/lambda/environment';
import { stream } from '../../../shared/lambda/stream';
import { readAttemptRequest } from '../adapters/event-row';
import { SfnOrderSaga } from '../adapters/sfn-order-saga';
import { startSagas } from '../use-cases/start-sagas';

const env = environment({ STATE_MACHINE_ARN: text, RETURN_MACHINE_ARN: text, DEAD_LETTER_QUEUE: text });

const sagas = new SfnOrderSaga(sfn, { order: env.STATE_MACHINE_ARN, return: env.RETURN_MACHINE_ARN });

export const handler = stream(
  { parse: readAttemptRequest, park: parkIn(env.DEAD_LETTER_QUEUE) },
  (requests) => startSagas({ sagas }, requests),
);
