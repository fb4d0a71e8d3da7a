import { type KinesisClient, ListShardsCommand, type Shard } from '@aws-sdk/client-kinesis';

/** A shard that was made a moment ago: the batch comes again, and by then the list has it. */
class ShardNotListed extends Error {
  override name = 'ShardNotListed';
}

/** The shards that a shard came from by splits and merges, as long as the stream remembers them: a day. */
export class KinesisShardTree {
  constructor(
    private readonly client: KinesisClient,
    private readonly stream: string,
  ) {}

  async ancestorsOf(shardId: string): Promise<string[]> {
    const shards = new Map((await this.all()).map((shard) => [shard.ShardId, shard]));
    // What is read here is kept for the shard's life: without its parents it would count their clicks again.
    if (!shards.has(shardId)) throw new ShardNotListed(`${shardId} is not listed yet`);
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
