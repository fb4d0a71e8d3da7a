import { type KinesisClient, PutRecordCommand } from '@aws-sdk/client-kinesis';
import type { ClickLine } from '../domain/click';
import type { ClickStream } from '../ports/clicks';
import { encodeLines } from './click-lines';

/** The whole of it is sent again by the client: its clicks have ids. */
class StreamUnavailable extends Error {
  override name = 'ServiceUnavailable';
}

export class KinesisClickStream implements ClickStream {
  constructor(
    private readonly client: KinesisClient,
    private readonly stream: string,
  ) {}

  async append(partition: string, lines: readonly ClickLine[]): Promise<void> {
    try {
      await this.client.send(
        new PutRecordCommand({
          StreamName: this.stream,
          PartitionKey: partition,
          Data: Buffer.from(encodeLines(lines)),
        }),
      );
    } catch (error) {
      throw new StreamUnavailable('The stream did not take the clicks', { cause: error });
    }
  }
}
