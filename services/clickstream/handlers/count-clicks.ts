import { parkIn } from '../../../shared/aws/dead-letters';
import { dynamodb } from '../../../shared/aws/dynamodb';
import { kinesis } from '../../../shared/aws/kinesis';
import { environment, text } from '../../../shared/lambda/environment';
import { stream } from '../../../shared/lambda/stream';
import { decodeLines } from '../adapters/click-lines';
import { DynamoDbShardLedger } from '../adapters/dynamodb-shard-ledger';
import { emfTally as tally } from '../adapters/emf-tally';
import { KinesisShardTree } from '../adapters/kinesis-shard-tree';
import { countClicks } from '../use-cases/count-clicks';

const env = environment({
  CLICK_COUNTS_TABLE: text,
  CLICK_SHARDS_TABLE: text,
  CLICK_STREAM: text,
  DEAD_LETTER_QUEUE: text,
});
const tree = new KinesisShardTree(kinesis, env.CLICK_STREAM);
const tables = { counts: env.CLICK_COUNTS_TABLE, shards: env.CLICK_SHARDS_TABLE };
const ports = {
  ledger: new DynamoDbShardLedger(dynamodb, tables, tree),
  tally,
  memories: new Map(),
  parked: new Set<string>(),
};

export const handler = stream(
  { from: 'kinesis', read: decodeLines, park: parkIn(env.DEAD_LETTER_QUEUE) },
  async (shard) => countClicks(ports, shard),
);
