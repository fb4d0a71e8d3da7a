import {
  type ApiGatewayManagementApiClient,
  DeleteConnectionCommand,
  GetConnectionCommand,
  GoneException,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { SECOND } from '../../../shared/kernel/time';
import type { KnowsPages, Pages } from '../ports/live';

/** One connection's time for one message; the client tries twice. */
const TAKEN_WITHIN = { requestTimeout: SECOND };

const isGone = (error: unknown): boolean => error instanceof GoneException;

export class ApiGatewayPages implements Pages, KnowsPages {
  constructor(private readonly client: ApiGatewayManagementApiClient) {}

  /** @throws Error when API Gateway itself cannot be asked: no connection is to blame for that. */
  async send(ConnectionId: string, frame: object): Promise<'SENT' | 'GONE' | 'SLOW'> {
    const Data = Buffer.from(JSON.stringify(frame));
    try {
      await this.client.send(new PostToConnectionCommand({ ConnectionId, Data }), TAKEN_WITHIN);
      return 'SENT';
    } catch (error) {
      if (isGone(error)) return 'GONE';
      if ((error as Error).name === 'TimeoutError') return 'SLOW';
      throw error;
    }
  }

  async isOpen(ConnectionId: string): Promise<boolean> {
    try {
      await this.client.send(new GetConnectionCommand({ ConnectionId }), TAKEN_WITHIN);
      return true;
    } catch (error) {
      if (isGone(error)) return false;
      throw error;
    }
  }

  async close(ConnectionId: string): Promise<void> {
    try {
      await this.client.send(new DeleteConnectionCommand({ ConnectionId }), TAKEN_WITHIN);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}
