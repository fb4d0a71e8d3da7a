import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { step } from '../../../shared/lambda/step';
import { DynamoDbReservations } from '../adapters/dynamodb-reservations';
import { releaseInput } from '../api';
import { releaseInventory } from '../use-cases/release-inventory';

const env = environment({ STOCK_TABLE: text, RESERVATIONS_TABLE: text });
const ports = {
  reservations: new DynamoDbReservations(dynamodb, {
    reservations: env.RESERVATIONS_TABLE,
    stock: env.STOCK_TABLE,
  }),
  clock: Date.now,
};

export const handler = step(releaseInput, (input) => releaseInventory(ports, input));
