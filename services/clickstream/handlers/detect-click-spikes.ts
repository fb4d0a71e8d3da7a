import { dynamodb } from '../../../shared/aws/dynamodb';
import { sns } from '../../../shared/aws/sns';
import { environment, integer, text } from '../../../shared/lambda/environment';
import { invocation } from '../../../shared/lambda/invocation';
import { schedule } from '../../../shared/lambda/schedule';
import { DynamoDbClickFigures } from '../adapters/dynamodb-click-figures';
import { SnsSpikeAlerts } from '../adapters/sns-spike-alerts';
import { spikesInput } from '../api';
import { detectSpikes } from '../use-cases/detect-spikes';

const env = environment({
  CLICK_COUNTS_TABLE: text,
  CLICK_SHARDS_TABLE: text,
  SPIKES_TOPIC_ARN: text,
  SPIKE_LEAST: integer,
});
const ports = {
  figures: new DynamoDbClickFigures(dynamodb, env.CLICK_COUNTS_TABLE),
  alerts: new SnsSpikeAlerts(sns, dynamodb, {
    topicArn: env.SPIKES_TOPIC_ARN,
    table: env.CLICK_SHARDS_TABLE,
  }),
  clock: Date.now,
};

export const handler = schedule(spikesInput, async ({ minute }) => {
  const spikes = await detectSpikes(ports, { minute, least: env.SPIKE_LEAST });
  const { log, metrics } = invocation();
  metrics.add('clickSpikes', spikes.length);
  log.info({ spikes }, 'spikes');
  return { spikes };
});
