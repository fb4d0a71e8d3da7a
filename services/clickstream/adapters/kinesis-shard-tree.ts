import { type KinesisClient, ListShardsCommand, type Shard } from '@aws-sdk/client-kinesis';

/** The shards that a shard came from by splits and merges, as long as the stream remembers them: a day. */
export class KinesisShardTree {
  constructor(
    private readonly client: KinesisClient,
    private readonly stream: string,
  ) {}

  /** Undefined for a shard that is not listed: one that was made a moment ago may not be yet. */
  async ancestorsOf(shardId: string): Promise<string[] | undefined> {
    const shards = new Map((await this.all()).map((shard) => [shard.ShardId, shard]));
    if (!shards.has(shardId)) return undefined;
    const found = new Set<string>();
    const open = [shardId];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const { ParentShardId, AdjacentParentShardId } = shards.get(id) ?? {};
      for (const parent of [ParentShardId, AdjacentParentShardId]) {
        if (!parent || found.has(parent)) continue;
        found.add(parent);
        open.push(parent);
      }
    }
    return [...found];
  }

  private async all(): Promise<Shard[]> {
    const shards: Shard[] = [];
    let NextToken: string | undefined;
    do {
      const page = await this.client.send(
        new ListShardsCommand(NextToken ? { NextToken } : { StreamName: this.stream }),
      );
      shards.push(...(page.Shards ?? []));
      NextToken = page.NextToken;
    } while (NextToken);
    return shards;
  }
}
