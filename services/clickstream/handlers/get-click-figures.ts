import { dynamodb } from '../../../shared/aws/dynamodb';
import { decodeCursor, encodeCursor } from '../../../shared/kernel/cursor';
import { refuse } from '../../../shared/kernel/refusal';
import { DAY, HOUR } from '../../../shared/kernel/time';
import { environment, text } from '../../../shared/lambda/environment';
import { http, json } from '../../../shared/lambda/http';
import { DynamoDbClickFigures } from '../adapters/dynamodb-click-figures';
import { DEFAULT_LIMIT, getClickFiguresRoute } from '../api';
import { rangeOf, readClickFigures } from '../use-cases/read-click-figures';

const env = environment({ CLICK_COUNTS_TABLE: text });
const ports = { figures: new DynamoDbClickFigures(dynamodb, env.CLICK_COUNTS_TABLE) };

const POSITION = /^\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z [^\p{Cc}]*$/u;

const wrong = (name: string, detail: string) =>
  refuse('VALIDATION_FAILED', detail, { errors: [{ pointer: `/query/${name}`, detail }] });

const MOST = 31 * DAY;

export const handler = http(getClickFiguresRoute, async ({ query }) => {
  const { by: view = 'kind', limit = DEFAULT_LIMIT, cursor } = query;
  const to = query.to ? Date.parse(query.to) : Date.now();
  const from = query.from ? Date.parse(query.from) : to - HOUR;
  if (Number.isNaN(to)) return wrong('to', 'There is no such time.');
  if (!(from <= to)) return wrong('from', 'It has to be a time before `to`.');
  if (to - from > MOST) return wrong('from', 'At most 31 days can be asked for at once.');
  const filter = { list: 'clicks', view, from: query.from, to: query.to };
  const position = cursor && decodeCursor(cursor, filter, POSITION);
  if (cursor && !position) return refuse('CURSOR_INVALID', 'This cursor is not one of this list.');
  const after = position ? { minute: position.slice(0, 24), key: position.slice(25) } : undefined;
  const { items, next } = await readClickFigures(ports, { view, range: rangeOf(from, to), limit, after });
  return json(200, { items, nextCursor: next && encodeCursor(`${next.minute} ${next.key}`, filter) });
});
