import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamodbReservationAudit } from '../adapters/dynamodb-reservation-audit';
import { auditReservations } from '../use-cases/audit-reservations';

const env = environment({ RESERVATIONS_TABLE: text });
const ports = { reservations: new DynamodbReservationAudit(dynamodb, env.RESERVATIONS_TABLE) };

const payload = Joi.object<{ orderIds: string[] }, true>({
  orderIds: Joi.array().items(Joi.string().min(1).max(64)).min(1).max(100),
});

export const handler = schedule(payload, (input) => auditReservations(ports, input));
