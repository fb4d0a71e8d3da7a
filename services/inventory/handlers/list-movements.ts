import { dynamodb } from '../../../shared/aws/dynamodb';
import { decodeCursor, encodeCursor } from '../../../shared/kernel/cursor';
import { idPattern } from '../../../shared/kernel/ids';
import { refuse } from '../../../shared/kernel/refusal';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamoDbMovements } from '../adapters/dynamodb-movements';
import { DEFAULT_LIMIT, listMovementsRoute, movementView } from '../api';
import { listMovements } from '../use-cases/list-movements';

const env = environment({ MOVEMENTS_TABLE: text });
const ports = { movements: new DynamoDbMovements(dynamodb, env.MOVEMENTS_TABLE) };

const POSITION = idPattern('mov');

export const handler = http(
  listMovementsRoute,
  async ({ path, query: { limit = DEFAULT_LIMIT, cursor } }) => {
    const filter = { list: 'movements', productId: path.id };
    const after = cursor && decodeCursor(cursor, filter, POSITION);
    if (cursor && !after) return refuse('CURSOR_INVALID', 'This cursor is not one of this list.');
    const { items, next } = await listMovements(ports, { productId: path.id, limit, after });
    return json(200, { items: items.map(movementView), nextCursor: next && encodeCursor(next, filter) });
  },
);
