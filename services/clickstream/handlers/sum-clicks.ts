import Joi from 'joi';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { environment, text } from '../../../shared/lambda/environment';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamoDbClickFigures } from '../adapters/dynamodb-click-figures';
import { sumClicks } from '../use-cases/sum-clicks';

const env = environment({ CLICK_COUNTS_TABLE: text });
const ports = { figures: new DynamoDbClickFigures(dynamodb, env.CLICK_COUNTS_TABLE) };

const payload = Joi.object<{ day: string }, true>({ day: Joi.string().pattern(/^\d{4}-\d\d-\d\d$/) });

export const handler = schedule(payload, (input) => sumClicks(ports, input));
